"""/udelezenec: one person by code, with what can be done for them. Shows states and dates, never an answer."""

from __future__ import annotations

from bot.actions import assistance
from bot.actions import librarian as actions
from bot.consent import text_archive
from bot.conversation import permissions
from bot.conversation.permissions import Permission
from bot.conversation.request import Request
from bot.conversation.screens import Button, Reply, Rows, Screen, column
from bot.librarian import waiting_list_starts
from bot.staff import staff_home
from bot.texts import paper as paper_texts
from bot.texts import staff as texts
from bot.texts import waiting_list as waiting_texts
from bot.texts.common import safe
from bot.views import librarian as views
from storage import access_links, codes, cohort_overview, occasions, participants
from storage import consents as stored_consents
from storage import waiting_list_starts as stored_starts
from storage.cohort_overview import WaveOf
from storage.participants import Enrolment
from storage.schema import EnrolmentState, OccasionState
from storage.secrets.addresses import TELEGRAM
from surveys.model import Programme

_STARTS = 3  # groups with which somebody may begin, on one card
_UNANSWERED = (OccasionState.PLANNED, OccasionState.OPEN, OccasionState.MISSED)


def find(request: Request, rest: str = "") -> Reply:
    """/udelezenec CODE, or a question for the code."""
    if not permissions.programmes(request, Permission.SEE_GROUPS):
        return staff_home.refuse(request)
    if not rest:
        return Reply(draw_ask(request), views.ask())
    return find_typed(request, rest)


def find_typed(request: Request, text: str) -> Reply:
    """A code was typed where one was asked for."""
    enrolment, problem = by_code(request, text)
    return (
        Reply(draw_ask(request).noted(problem), views.ask())
        if enrolment is None
        else show_enrolment(request, enrolment)
    )


def typed_anywhere(request: Request, text: str, *_arguments: object) -> Reply | None:
    """A code typed at a card of staff finds the person, also without the library; None for other words."""
    enrolment, _ = by_code(request, text)
    if enrolment is not None:
        return show_enrolment(request, enrolment)
    return find(request, text) if codes.read_code(text) is not None else None


def show(request: Request, enrolment_id: int) -> Reply | None:
    """The card of a person."""
    enrolment = here(request, enrolment_id)
    return None if enrolment is None else show_enrolment(request, enrolment)


def show_enrolment(request: Request, enrolment: Enrolment, note: str = "") -> Reply:
    """The card of a person; `note` stands above it."""
    return Reply(draw(request, enrolment.id).noted(note), views.person(enrolment.id))


def by_code(request: Request, text: str) -> tuple[Enrolment | None, str]:
    """The place of whoever has this code, where whoever is here may see it; else why there is none.

    Of several it is the newest in which something is open, else the newest.
    """
    code = codes.read_code(text, libraries(request))
    if code is None:
        return None, texts.WRONG_CODE
    places = [enrolment for enrolment in participants.of_code(request.connection, code) if _may_see(request, enrolment)]
    return (_asked_now(request, places), "") if places else (None, texts.UNKNOWN_CODE)


def _asked_now(request: Request, places: list[Enrolment]) -> Enrolment:
    """Of the places of one person the newest in which something is open, else the newest."""
    for enrolment in reversed(places[:-1] and places):
        there = occasions.waiting(request.connection, enrolment.id)
        if enrolment.state is EnrolmentState.ACTIVE and any(
            one.opens_at <= request.now < one.closes_at for one in there
        ):
            return enrolment
    return places[-1]


def libraries(request: Request) -> frozenset[str]:
    """How the codes begin of those whom whoever is here may see."""
    return frozenset(programme.code for programme in permissions.programmes(request, Permission.SEE_GROUPS))


def here(request: Request, enrolment_id: int) -> Enrolment | None:
    """The enrolment, where whoever is here may see it."""
    enrolment = participants.of_enrolment(request.connection, enrolment_id)
    return enrolment if enrolment is not None and _may_see(request, enrolment) else None


def draw_ask(_request: Request) -> Screen:
    """The question for a code."""
    return Screen(texts.ASK_CODE, column(staff_home.to_desk()))


def draw(request: Request, enrolment_id: int) -> Screen:
    """The card of a person."""
    enrolment = here(request, enrolment_id)
    if enrolment is None:
        return Screen(texts.UNKNOWN_CODE, column(staff_home.to_desk()))
    programme = request.services.programmes[enrolment.programme]
    waves = cohort_overview.waves_of(request.connection, enrolment.id)
    zone = request.services.policy.zone
    lines = [texts.STATES[enrolment.state], *_waits(request, enrolment)]
    if enrolment.joined_at is not None and enrolment.state is EnrolmentState.ACTIVE:
        given_at = stored_consents.since(request.connection, enrolment.id) or enrolment.joined_at
        lines += [texts.since(given_at, zone), _reach(request, enrolment)]
    described = [texts.wave(_name(programme, one), one, zone) for one in waves]
    return Screen(
        texts.person(enrolment.code, enrolment.cohort_name, lines, described), _rows(request, enrolment, waves)
    )


def _starts(request: Request, enrolment: Enrolment) -> list[Button]:
    """The groups with which somebody who waits may begin, the next ones first."""
    if not permissions.may(request, Permission.ENROL, enrolment.programme):
        return []
    return [
        Button(waiting_texts.begins_with(cohort.name), actions.begin_after_waiting(enrolment.id, cohort.id))
        for cohort in waiting_list_starts.targets(request, enrolment)[:_STARTS]
    ]


def _waits(request: Request, enrolment: Enrolment) -> list[str]:
    """That somebody waits, or with which group they have begun."""
    if not enrolment.waits:
        return []
    begun = stored_starts.began_in(request.connection, enrolment)
    return [
        waiting_texts.role(enrolment.allocation)
        if begun is None
        else f"{safe(waiting_texts.has_begun(begun.cohort_name))}."
    ]


def _begun(request: Request, enrolment: Enrolment) -> list[Button]:
    """The way from the time of waiting to the group with which it ended."""
    begun = stored_starts.began_in(request.connection, enrolment)
    return [] if begun is None else [Button(waiting_texts.to_group(begun.cohort_name), actions.show_person(begun.id))]


def _may_join_on_a_page(request: Request, enrolment: Enrolment) -> bool:
    """Whether the card of this person opens a page on which they can answer."""
    if not request.services.settings.web.public_url:
        return False
    return access_links.open_token(request.connection, request.services.keys, enrolment.id, request.now) is not None


def _reach(request: Request, enrolment: Enrolment) -> str:
    if enrolment.chat is None:
        return texts.WITHOUT_CHAT if _may_join_on_a_page(request, enrolment) else texts.WITHOUT_TELEGRAM
    if enrolment.unreachable_at is not None:
        return texts.OUT_OF_REACH
    channel = request.services.keys.open_address(enrolment.chat).channel
    return texts.WITH_TELEGRAM if channel == TELEGRAM else texts.IN_A_BROWSER


def _rows(request: Request, enrolment: Enrolment, waves: list[WaveOf]) -> Rows:
    """What is done every day; the rest is behind »Več«."""
    active = enrolment.state is EnrolmentState.ACTIVE
    may_act = permissions.may(request, Permission.ENROL, enrolment.programme)
    buttons = []
    if active and any(_is_open(request, one) for one in waves):
        buttons.append(Button(texts.ASSIST, assistance.assist_person(enrolment.id)))
    if active and permissions.may(request, Permission.ASSIST, enrolment.programme):
        buttons += _paper(request, enrolment, waves)
    if may_act and not (active and text_archive.agreed(request.connection, enrolment)):
        buttons.append(Button(texts.RECORD_CONSENT, assistance.ask_recorded_consent(enrolment.id)))
    if may_act:
        token = access_links.open_token(request.connection, request.services.keys, enrolment.id, request.now)
        if token is not None:
            buttons.append(Button(texts.SHOW_LINK, actions.show_link(enrolment.id)))
    return column(
        *buttons,
        *_starts(request, enrolment),
        *_begun(request, enrolment),
        Button(texts.MORE, actions.show_more_of_person(enrolment.id)),
        Button(texts.TO_GROUP, actions.show_cohort(enrolment.cohort)),
        staff_home.to_desk(),
    )


def _is_open(request: Request, one: WaveOf) -> bool:
    waiting = one.state in {OccasionState.PLANNED, OccasionState.OPEN}
    return waiting and one.opens_at <= request.now < one.closes_at


def _paper(request: Request, enrolment: Enrolment, waves: list[WaveOf]) -> list[Button]:
    """The ways to paper and back, as long as something is not answered."""
    unanswered = [one for one in waves if one.state in _UNANSWERED]
    buttons = []
    if any(one.opens_at <= request.now for one in unanswered):
        buttons.append(Button(paper_texts.TYPE_IN, assistance.enter_paper_of(enrolment.id)))
    if unanswered:
        buttons.append(Button(paper_texts.PRINT, assistance.choose_paper(enrolment.cohort, enrolment.id)))
    return buttons


def _name(programme: Programme, one: WaveOf) -> str:
    wave = programme.wave(one.wave)
    return one.wave if wave is None else wave.name


def _may_see(request: Request, enrolment: Enrolment) -> bool:
    return enrolment.state is not EnrolmentState.ERASED and permissions.may(
        request, Permission.SEE_GROUPS, enrolment.programme
    )
