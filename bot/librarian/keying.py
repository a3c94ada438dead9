"""»Vnesi s papirja«: what somebody answered on paper is typed in on the ordinary cards, as of the day on the sheets."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from bot import roles, staffroom
from bot.coordinator.cohorts import dates_in
from bot.librarian import papers, people
from bot.librarian.papers import Named
from bot.participant import questions
from bot.roles import Action
from bot.screens import Button, Reply, Screen, column
from bot.texts import paper as texts
from bot.texts.slovene import common
from bot.visit import ForgedError, Visit, whole
from storage import audit, occasions, paper, participants, runs
from storage.definitions import store_version
from storage.occasions import Occasion
from storage.participants import Place
from storage.runs import Run
from storage.schema import OccasionState
from surveys.model import Mode


def scanned(visit: Visit, named: Named) -> Reply | None:
    """The QR code of a sheet: staff of the library type in; None for anybody else, who learns nothing of it."""
    place = participants.of_enrolment(visit.connection, named.enrolment)
    if place is None or place.code != named.code or not roles.may(visit, Action.ASSIST, place.programme):
        return None
    for one in papers.waiting(visit.connection, place):
        if one.wave == named.wave and can_be_typed(visit, one):
            return _ask(visit, one)
    return people.show_place(visit, place, texts.NOTHING_TO_TYPE)


def ask_code(visit: Visit) -> Reply:
    """»Vnesi s papirja« of /izpolni: whose sheets are they?."""
    if not roles.programmes(visit, Action.ASSIST):
        return staffroom.refuse(visit)
    return Reply(draw_ask(visit, ""), "key_of:", fresh=visit.typed)


def code_typed(visit: Visit, _argument: str, text: str) -> Reply:
    """The code on the sheets was typed."""
    place, problem = people.by_code(visit, text)
    if place is not None:
        return choose(visit, str(place.enrolment)) or staffroom.refuse(visit)
    card = draw_ask(visit, "")
    return Reply(replace(card, text=f"<i>{problem}</i>\n\n{card.text}"), "key_of:", fresh=visit.typed)


def choose(visit: Visit, enrolment: str) -> Reply | None:
    """»Vnesi s papirja« on the card of a person: which questionnaire?."""
    place = people.here(visit, enrolment)
    if place is None or not roles.may(visit, Action.ASSIST, place.programme):
        return None
    found = to_type(visit, place)
    if not found:
        return people.show_place(visit, place, texts.NOTHING_TO_TYPE)
    if len(found) == 1:
        return _ask(visit, found[0])
    return Reply(draw(visit, enrolment), f"key:{place.enrolment}", fresh=visit.typed)


def ask_day(visit: Visit, occasion_id: str) -> Reply | None:
    """On which day was it filled in?."""
    one = _find(visit, occasion_id)
    return None if one is None else _ask(visit, one)


def begin(visit: Visit, occasion_id: str, day: str) -> Reply | None:
    """The day was tapped."""
    one = _find(visit, occasion_id)
    try:
        return None if one is None else _begin(visit, one, date.fromisoformat(day))
    except ValueError:
        raise ForgedError(day) from None


def typed(visit: Visit, occasion_id: str, text: str) -> Reply | None:
    """The day was typed."""
    one = _find(visit, occasion_id)
    if one is None:
        return None
    try:
        [day] = dates_in(text)
    except ValueError:
        return _ask(visit, one, texts.NO_DAY)
    return _begin(visit, one, day)


def draw_ask(_visit: Visit, _argument: str) -> Screen:
    """The card of `key_of:`."""
    return Screen(texts.ASK_CODE, column(Button(common.BACK, "izpo"), staffroom.to_desk()))


def draw(visit: Visit, enrolment: str) -> Screen:
    """The card of `key:ENROLMENT`."""
    place = people.here(visit, enrolment)
    if place is None:
        return people.draw(visit, enrolment)
    buttons = [Button(wave_name(visit, one.programme, one.wave), f"pkd:{one.id}") for one in to_type(visit, place)]
    return Screen(texts.choose(place.code), column(*buttons, Button(common.CANCEL, f"per:{place.enrolment}")))


def draw_day(visit: Visit, occasion_id: str) -> Screen:
    """The card of `key_day:OCCASION`."""
    one = _find(visit, occasion_id)
    if one is None:
        return Screen(texts.NOTHING_TO_TYPE, column(staffroom.to_desk()))
    zone = visit.house.rhythm.zone
    first, last = paper.days(one, zone, visit.now) or (date.max, date.min)
    today = visit.now.astimezone(zone).date()
    near = ((texts.TODAY, today), (texts.YESTERDAY, today - timedelta(days=1)))
    buttons = [Button(words, f"pkb:{one.id}:{day}") for words, day in near if first <= day <= last]
    rows = column(*buttons, Button(common.CANCEL, f"per:{one.enrolment}"))
    return Screen(texts.ask_day(one.code, wave_name(visit, one.programme, one.wave), first, last), rows)


def to_type(visit: Visit, place: Place) -> list[Occasion]:
    """What may be typed in for somebody now."""
    return [one for one in papers.waiting(visit.connection, place) if can_be_typed(visit, one)]


def can_be_typed(visit: Visit, one: Occasion) -> bool:
    """Whether its time has come, and it has no answers but those from paper."""
    if paper.days(one, visit.house.rhythm.zone, visit.now) is None:
        return False
    run = runs.of_occasion(visit.connection, one.id)
    return run is None or run.mode is Mode.PAPER or not runs.answers(visit.connection, visit.house.keys, run.id)


def wave_name(visit: Visit, programme: str, wave_id: str) -> str:
    """What a wave is called."""
    wave = visit.house.programmes[programme].wave(wave_id)
    return wave_id if wave is None else wave.name


def _find(visit: Visit, occasion_id: str) -> Occasion | None:
    """The occasion, where whoever is here may type it in now."""
    one = occasions.load(visit.connection, whole(occasion_id))
    if one is None or not roles.may(visit, Action.ASSIST, one.programme):
        return None
    place = participants.of_enrolment(visit.connection, one.enrolment)
    waits = place is not None and any(other.id == one.id for other in papers.waiting(visit.connection, place))
    return one if waits and can_be_typed(visit, one) else None


def _ask(visit: Visit, one: Occasion, note: str = "") -> Reply:
    """The day; what was typed in half goes on where it stopped."""
    run = runs.of_occasion(visit.connection, one.id)
    if run is not None and run.mode is Mode.PAPER:
        return questions.where(visit, run)
    card = draw_day(visit, str(one.id))
    if note:
        card = replace(card, text=f"<i>{note}</i>\n\n{card.text}")
    return Reply(card, f"key_day:{one.id}", fresh=visit.typed)


def _begin(visit: Visit, one: Occasion, day: date) -> Reply:
    zone = visit.house.rhythm.zone
    within = paper.days(one, zone, visit.now)
    if within is None or not within[0] <= day <= within[1]:
        return _ask(visit, one, texts.OTHER_DAY)
    if one.state is OccasionState.PLANNED:
        if visit.now < one.closes_at:
            occasions.open_now(visit.connection, one.id, visit.now, invited=True)
        else:
            occasions.settle(visit.connection, one.id, OccasionState.MISSED, visit.now)
    return questions.where(visit, _run(visit, one, day))


def _run(visit: Visit, one: Occasion, day: date) -> Run:
    """The run from paper, begun on its day; one that has no answers yet becomes it."""
    moment = paper.moment_of(one, day, visit.house.rhythm.zone, visit.now)
    run = runs.of_occasion(visit.connection, one.id)
    if run is not None and run.mode is not Mode.PAPER:
        runs.restart(visit.connection, run.id, Mode.PAPER, moment)
    elif run is None:
        programme = visit.house.programmes[one.programme]
        wave = programme.wave(one.wave)
        if wave is None:
            raise LookupError(f"programme {programme.slug} has no wave {one.wave} any more")
        version = store_version(visit.connection, programme.questionnaire(wave), programme, visit.now)
        runs.begin(visit.connection, one.id, version, Mode.PAPER, moment)
        audit.record(visit.connection, roles.actor(visit), "paper.begin", one.code, visit.now)
    begun = runs.of_occasion(visit.connection, one.id)
    if begun is None:
        raise LookupError("the run that was begun is gone")
    return begun
