"""»Vnesi s papirja«: what somebody answered on paper is typed in on the ordinary cards, as of the day on the sheets."""

from __future__ import annotations

from datetime import date, timedelta

from bot.actions import assistance as actions
from bot.actions import librarian
from bot.conversation import permissions
from bot.conversation.permissions import Permission
from bot.conversation.request import Request
from bot.conversation.screens import Button, Reply, Screen, column
from bot.librarian import person
from bot.participant import response_cards
from bot.staff import paper_forms, staff_home, typed_days
from bot.staff.paper_forms import NamedSheet
from bot.texts import paper as texts
from bot.texts.slovene import common
from bot.views import assistance as views
from storage import audit, occasions, participants
from storage.answers import paper, responses
from storage.answers.definitions import store_version
from storage.answers.responses import Response
from storage.occasions import Occasion
from storage.participants import Enrolment
from storage.schema import EnrolmentState, OccasionState
from surveys.model import Mode
from surveys.waiting import asked


def scanned(request: Request, named: NamedSheet) -> Reply | None:
    """The QR code of a sheet: staff of the library type in; None for anybody else, who learns nothing of it."""
    enrolment = participants.of_enrolment(request.connection, named.enrolment)
    if (
        enrolment is None
        or enrolment.code != named.code
        or not permissions.may(request, Permission.ASSIST, enrolment.programme)
    ):
        return None
    for one in to_enter(request, enrolment):
        if one.wave == named.wave:
            return _ask(request, one)
    return person.show_enrolment(request, enrolment, _why_not(request, enrolment, named.wave))


def ask_code(request: Request) -> Reply:
    """»Vnesi s papirja« of /izpolni: whose sheets are they?."""
    if not permissions.programmes(request, Permission.ASSIST):
        return staff_home.refuse(request)
    return Reply(draw_ask(request), views.key_of())


def code_typed(request: Request, text: str) -> Reply:
    """The code on the sheets was typed."""
    enrolment, problem = person.by_code(request, text)
    if enrolment is not None:
        return choose(request, enrolment.id) or staff_home.refuse(request)
    return Reply(draw_ask(request), views.key_of()).noted(problem)


def choose(request: Request, enrolment_id: int) -> Reply | None:
    """»Vnesi s papirja« on the card of a person: which questionnaire?."""
    enrolment = person.here(request, enrolment_id)
    if enrolment is None or not permissions.may(request, Permission.ASSIST, enrolment.programme):
        return None
    found = to_enter(request, enrolment)
    if not found:
        return person.show_enrolment(request, enrolment, _why_not(request, enrolment))
    if len(found) == 1:
        return _ask(request, found[0])
    return Reply(draw(request, enrolment_id), views.key(enrolment_id))


def ask_day(request: Request, occasion_id: int) -> Reply | None:
    """On which day was it filled in?."""
    one = _find(request, occasion_id)
    return None if one is None else _ask(request, one)


def ask_instead(request: Request, occasion_id: int, revision: int) -> Reply | None:
    """The sheet is to hold in the place of what was answered so far, as it stands at this revision."""
    one = _find(request, occasion_id)
    return None if one is None else _ask(request, one, revision)


def begin(request: Request, occasion_id: int, day: date, revision: int = 0) -> Reply | None:
    """The day was tapped; `revision` is what the sheet may replace."""
    one = _find(request, occasion_id)
    return None if one is None else _begin(request, one, day, revision)


def typed(request: Request, text: str, occasion_id: int, revision: int = 0) -> Reply | None:
    """The day was typed."""
    one = _find(request, occasion_id)
    if one is None:
        return None
    found = typed_days.read(request, text)
    problem = typed_days.problem(found)
    if problem or len(found.days) != 1:
        return _ask(request, one, revision, problem or texts.NO_DAY)
    return _begin(request, one, found.days[0].day, revision)


def draw_ask(_request: Request) -> Screen:
    """The question for a code."""
    return Screen(texts.ASK_CODE, column(Button(common.BACK, actions.choose_whom_to_assist()), staff_home.to_desk()))


def draw(request: Request, enrolment_id: int) -> Screen:
    """The questionnaires of a person that may be typed in."""
    enrolment = person.here(request, enrolment_id)
    if enrolment is None:
        return person.draw(request, enrolment_id)
    buttons = [
        Button(wave_name(request, one.programme, one.wave), actions.enter_paper(one.id))
        for one in to_enter(request, enrolment)
    ]
    return Screen(
        texts.choose(enrolment.code), column(*buttons, Button(common.CANCEL, librarian.show_person(enrolment.id)))
    )


def draw_instead(request: Request, occasion_id: int) -> Screen:
    """Something was answered already, on the phone or with help."""
    one = _find(request, occasion_id)
    response = None if one is None else responses.of_occasion(request.connection, one.id)
    if one is None or response is None:
        return Screen(texts.NOTHING_TO_TYPE, column(staff_home.to_desk()))
    answers = responses.answers(request.connection, request.services.keys, response.id)
    asked = [item.id for item in response.questionnaire.items if item.asks]
    answered = sum(item in answers for item in asked)
    instead = Button(texts.SHEET_INSTEAD, actions.replace_by_paper(one.id, response.revision))
    words = texts.ask_instead(one.code, wave_name(request, one.programme, one.wave), answered, len(asked))
    return Screen(words, column(instead, Button(common.CANCEL, librarian.show_person(one.enrolment))))


def draw_day(request: Request, occasion_id: int, revision: int = 0) -> Screen:
    """The question for the day on the sheets."""
    one = _find(request, occasion_id)
    if one is None:
        return Screen(texts.NOTHING_TO_TYPE, column(staff_home.to_desk()))
    zone = request.services.policy.zone
    first, last = paper.days(one, zone, request.now) or (date.max, date.min)
    today = request.now.astimezone(zone).date()
    near = ((texts.TODAY, today), (texts.YESTERDAY, today - timedelta(days=1)))
    buttons = [
        Button(words, actions.enter_paper_as_of(one.id, day, revision)) for words, day in near if first <= day <= last
    ]
    rows = column(*buttons, Button(common.CANCEL, librarian.show_person(one.enrolment)))
    return Screen(texts.ask_day(one.code, wave_name(request, one.programme, one.wave), first, last), rows)


def to_enter(request: Request, enrolment: Enrolment) -> list[Occasion]:
    """What may be typed in for somebody now."""
    return [one for one in paper_forms.waiting(request.connection, enrolment) if can_be_entered(request, one)]


def can_be_entered(request: Request, one: Occasion) -> bool:
    """Whether its time has come."""
    return paper.days(one, request.services.policy.zone, request.now) is not None


def wave_name(request: Request, programme: str, wave_id: str) -> str:
    """What a wave is called."""
    wave = request.services.programmes[programme].wave(wave_id)
    return wave_id if wave is None else wave.name


def _find(request: Request, occasion_id: int) -> Occasion | None:
    """The occasion, where whoever is here may type it in now."""
    one = occasions.load(request.connection, occasion_id)
    if one is None or not permissions.may(request, Permission.ASSIST, one.programme):
        return None
    enrolment = participants.of_enrolment(request.connection, one.enrolment)
    waits = enrolment is not None and any(
        other.id == one.id for other in paper_forms.waiting(request.connection, enrolment)
    )
    return one if waits and can_be_entered(request, one) else None


def _why_not(request: Request, enrolment: Enrolment, wave: str = "") -> str:
    """Why nothing can be typed in for somebody now, wave by wave or of one."""
    if enrolment.state is not EnrolmentState.ACTIVE:
        return texts.NO_CONSENT if enrolment.state is EnrolmentState.INVITED else texts.NOTHING_TO_TYPE
    zone = request.services.policy.zone
    found = [one for one in occasions.of_enrolment(request.connection, enrolment.id) if wave in {"", one.wave}]
    reasons = [
        texts.why_not(
            wave_name(request, one.programme, one.wave),
            one.opens_at.astimezone(zone).date() if request.now < one.opens_at else None,
            cancelled=one.state is OccasionState.CANCELLED,
        )
        for one in found
    ]
    return " ".join(reasons) or texts.NOTHING_TO_TYPE


def _ask(request: Request, one: Occasion, revision: int = 0, note: str = "") -> Reply:
    """The day, where there is a choice; what was typed in half goes on where it stopped.

    What was answered in another way is not replaced before somebody says so.
    """
    response = responses.of_occasion(request.connection, one.id)
    if response is not None and response.mode is Mode.PAPER:
        return response_cards.where(request, response)
    if _holds_more(request, response, revision):
        return Reply(draw_instead(request, one.id), views.key_instead(one.id))
    first, last = paper.days(one, request.services.policy.zone, request.now) or (date.max, date.min)
    if first == last:
        return _begin(request, one, first, revision)
    return Reply(draw_day(request, one.id, revision), views.key_day(one.id, revision)).noted(note)


def _holds_more(request: Request, response: Response | None, revision: int) -> bool:
    """Whether a response has answers that whoever types in has not agreed to replace."""
    if response is None or response.revision == revision:
        return False
    return bool(responses.answers(request.connection, request.services.keys, response.id))


def _begin(request: Request, one: Occasion, day: date, revision: int) -> Reply:
    zone = request.services.policy.zone
    within = paper.days(one, zone, request.now)
    if within is None or not within[0] <= day <= within[1]:
        return _ask(request, one, revision, texts.OTHER_DAY)
    response = responses.of_occasion(request.connection, one.id)
    if response is not None and response.mode is not Mode.PAPER and _holds_more(request, response, revision):
        return _ask(request, one, revision)
    if one.state is OccasionState.PLANNED:
        if request.now < one.closes_at:
            occasions.open_now(request.connection, one.id, request.now, invited=True)
        else:
            occasions.settle(request.connection, one.id, OccasionState.MISSED, request.now)
    return response_cards.where(request, _run(request, one, day))


def _run(request: Request, one: Occasion, day: date) -> Response:
    """The response from paper, begun on its day; one that was begun in another way becomes it."""
    moment = paper.moment_of(one, day, request.services.policy.zone, request.now)
    response = responses.of_occasion(request.connection, one.id)
    if response is not None and response.mode is not Mode.PAPER:
        responses.restart(request.connection, response.id, Mode.PAPER, moment, permissions.actor(request), request.now)
        audit.record(request.connection, permissions.actor(request), "paper.begin", one.code, request.now)
    elif response is None:
        programme = request.services.programmes[one.programme]
        wave = programme.wave(one.wave)
        if wave is None:
            raise LookupError(f"programme {programme.slug} has no wave {one.wave} any more")
        version = store_version(request.connection, asked(programme, wave, one.role), programme, request.now)
        responses.begin(request.connection, one.id, version, Mode.PAPER, moment)
        audit.record(request.connection, permissions.actor(request), "paper.begin", one.code, request.now)
    begun = responses.of_occasion(request.connection, one.id)
    if begun is None:
        raise LookupError("the run that was begun is gone")
    return begun
