"""/udelezenec: one person by code, with what can be done for them. Shows states and dates, never an answer."""

from __future__ import annotations

from dataclasses import replace

from bot import roles, staffroom
from bot.roles import Action
from bot.screens import Button, Reply, Rows, Screen, column
from bot.texts import consents as consent_texts
from bot.texts import groups as group_texts
from bot.texts import paper as paper_texts
from bot.texts import speaking
from bot.texts import staff as texts
from bot.texts.participant import CONSENT_VERSION
from bot.visit import Visit, whole
from storage import codes, consents, groups, invites, participants, runs, second_entries
from storage.groups import WaveOf
from storage.participants import Place
from storage.schema import EnrolmentState, OccasionState
from surveys.model import Mode, Programme

_UNANSWERED = (OccasionState.PLANNED, OccasionState.OPEN, OccasionState.MISSED)


def find(visit: Visit, rest: str = "") -> Reply:
    """/udelezenec CODE, or a question for the code."""
    if not roles.programmes(visit, Action.SEE_GROUPS):
        return staffroom.refuse(visit)
    if not rest:
        return Reply(draw_ask(visit, ""), "ask:", fresh=visit.typed)
    return find_typed(visit, "", rest)


def find_typed(visit: Visit, _argument: str, text: str) -> Reply:
    """A code was typed where one was asked for."""
    place, problem = by_code(visit, text)
    if place is None:
        card = draw_ask(visit, "")
        return Reply(replace(card, text=f"<i>{problem}</i>\n\n{card.text}"), "ask:", fresh=visit.typed)
    return show_place(visit, place)


def typed_at_desk(visit: Visit, _argument: str, text: str) -> Reply | None:
    """A code typed at the desk finds the person; None for other words."""
    return find(visit, text) if codes.read_code(text) is not None else None


def show(visit: Visit, enrolment: str) -> Reply | None:
    """The card of a person."""
    place = here(visit, enrolment)
    return None if place is None else show_place(visit, place)


def show_place(visit: Visit, place: Place, note: str = "") -> Reply:
    """The card of a person; `note` stands above it."""
    card = draw(visit, str(place.enrolment))
    if note:
        card = replace(card, text=f"<i>{note}</i>\n\n{card.text}")
    return Reply(card, f"person:{place.enrolment}", fresh=visit.typed)


def by_code(visit: Visit, text: str) -> tuple[Place | None, str]:
    """The newest place of whoever has this code, where whoever is here may see it; else why there is none."""
    code = codes.read_code(text)
    if code is None:
        return None, texts.WRONG_CODE
    places = [place for place in participants.of_code(visit.connection, code) if _may_see(visit, place)]
    return (places[-1], "") if places else (None, texts.UNKNOWN_CODE)


def here(visit: Visit, enrolment: str) -> Place | None:
    """The place of an enrolment, where whoever is here may see it."""
    place = participants.of_enrolment(visit.connection, whole(enrolment))
    return place if place is not None and _may_see(visit, place) else None


def draw_ask(_visit: Visit, _argument: str) -> Screen:
    """The card of `ask:`."""
    return Screen(texts.ASK_CODE, column(staffroom.to_desk()))


def draw(visit: Visit, enrolment: str) -> Screen:
    """The card of `person:ENROLMENT`."""
    place = here(visit, enrolment)
    if place is None:
        return Screen(texts.UNKNOWN_CODE, column(staffroom.to_desk()))
    programme = visit.house.programmes[place.programme]
    waves = groups.waves_of(visit.connection, place.enrolment)
    zone = visit.house.rhythm.zone
    lines = [texts.STATES[place.state]]
    if place.joined_at is not None and place.state is EnrolmentState.ACTIVE:
        lines += [texts.since(place.joined_at, zone), _reach(place)]
    described = [texts.wave(_name(programme, one), one, zone) for one in waves]
    return Screen(texts.person(place.code, place.cohort_name, lines, described), _rows(visit, programme, place, waves))


def _reach(place: Place) -> str:
    if place.chat is None:
        return texts.WITHOUT_TELEGRAM
    return texts.WITH_TELEGRAM if place.unreachable_at is None else texts.OUT_OF_REACH


def _rows(visit: Visit, programme: Programme, place: Place, waves: list[WaveOf]) -> Rows:
    active = place.state is EnrolmentState.ACTIVE
    may_act = roles.may(visit, Action.ENROL, place.programme)
    buttons = []
    if active and any(_is_open(visit, one) for one in waves):
        buttons.append(Button(texts.ASSIST, f"pas:{place.enrolment}"))
    if active and roles.may(visit, Action.ASSIST, place.programme):
        buttons += [*_paper(visit, place, waves), *_second(visit, place)]
    if may_act and not (active and consents.holds(visit.connection, place.enrolment, CONSENT_VERSION)):
        buttons.append(Button(texts.RECORD_CONSENT, f"pco:{place.enrolment}"))
    if may_act:
        token = invites.open_token(visit.connection, visit.house.keys, place.enrolment, visit.now)
        if token is not None:
            buttons.append(Button(texts.SHOW_LINK, f"pli:{place.enrolment}"))
        buttons.append(Button(texts.NEW_LINK, f"pre:{place.enrolment}"))
    if may_act and place.state in {EnrolmentState.ACTIVE, EnrolmentState.INVITED}:
        if len(programme.languages) > 1:
            buttons.append(Button(speaking.LANGUAGE, f"pja:{place.enrolment}"))
        buttons.append(Button(group_texts.MOVE, f"psk:{place.enrolment}"))
        buttons.append(Button(texts.END_TAKING_PART, f"ple:{place.enrolment}"))
    if roles.may(visit, Action.ERASE, place.programme):
        buttons.append(Button(consent_texts.ERASE, f"pib:{place.enrolment}"))
    return column(*buttons, Button(texts.TO_GROUP, f"sku:{place.cohort}"), staffroom.to_desk())


def _is_open(visit: Visit, one: WaveOf) -> bool:
    waiting = one.state in {OccasionState.PLANNED, OccasionState.OPEN}
    return waiting and one.opens_at <= visit.now < one.closes_at


def _paper(visit: Visit, place: Place, waves: list[WaveOf]) -> list[Button]:
    """The ways to paper and back, as long as something is not answered."""
    unanswered = [one for one in waves if one.state in _UNANSWERED]
    buttons = []
    if any(one.opens_at <= visit.now for one in unanswered):
        buttons.append(Button(paper_texts.TYPE_IN, f"pkv:{place.enrolment}"))
    if unanswered:
        buttons.append(Button(paper_texts.PRINT, f"pap:{place.cohort}:{place.enrolment}"))
    return buttons


def _second(visit: Visit, place: Place) -> list[Button]:
    """The way to typing once more what came from paper last, until that is settled."""
    for run in reversed(runs.of_enrolment(visit.connection, place.enrolment)):
        if run.mode is Mode.PAPER and run.finished_at is not None:
            second = second_entries.look(visit.connection, visit.house.keys, run.id)
            if second is None or second.settled_at is None:
                return [Button(paper_texts.SECOND, f"dv:{run.id}")]
    return []


def _name(programme: Programme, one: WaveOf) -> str:
    wave = programme.wave(one.wave)
    return one.wave if wave is None else wave.name


def _may_see(visit: Visit, place: Place) -> bool:
    return place.state is not EnrolmentState.ERASED and roles.may(visit, Action.SEE_GROUPS, place.programme)
