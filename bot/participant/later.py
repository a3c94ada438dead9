"""»Ne zdaj«: another day for the next message about a questionnaire, or no more messages about it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta

from bot.participant import invitations, questions, sharing
from bot.screens import Button, Reply, Screen, column
from bot.visit import ForgedError, Visit, whole
from storage import occasions, runs, wishes
from storage.occasions import Occasion
from storage.schema import EnrolmentState, OccasionState
from surveys.plan import offered, wished

_WEEK = timedelta(days=7)


def ask(visit: Visit, occasion_id: str) -> Reply | None:
    """»Ne zdaj« below an invitation or a reminder."""
    return _of_mine(visit, occasion_id, "later", draw)


def put_off(visit: Visit, occasion_id: str, day: str) -> Reply | None:
    """Another day. One that has passed meanwhile, or is too late, leads to those that fit."""
    one, wish = _mine(visit, occasion_id), _day(day)
    moment = None
    if one is not None and _is_open(one):
        moment = wished(wish, visit.now, one.closes_at, visit.house.rhythm)
    if one is None or moment is None:
        return ask(visit, occasion_id)
    wishes.put_off(visit.connection, one, moment, visit.now)
    return Reply(draw_settled(visit, occasion_id), f"wish:{one.id}", fresh=visit.typed).toasted(
        visit.words.wishes.PUT_OFF_TOAST
    )


def back(visit: Visit, occasion_id: str) -> Reply | None:
    """»‹ Nazaj«: the invitation again."""
    return _of_mine(visit, occasion_id, "invitation", invitations.draw)


def ask_never(visit: Visit, occasion_id: str) -> Reply | None:
    """»Ne več«: asked once more."""
    return _of_mine(visit, occasion_id, "never", draw_never)


def never(visit: Visit, occasion_id: str) -> Reply | None:
    """No more messages about this questionnaire."""
    one = _mine(visit, occasion_id)
    if one is not None and _is_open(one):
        wishes.mute(visit.connection, one, visit.now)
    return _of_mine(visit, occasion_id, "wish", draw_settled)


def draw(visit: Visit, occasion_id: str) -> Screen:
    """The card of `later:OCCASION`: the days that fit."""
    one = occasions.load(visit.connection, whole(occasion_id))
    if one is None or not _is_open(one):
        return _closed(visit, one)
    zone, rhythm = visit.house.rhythm.zone, visit.house.rhythm
    closes = visit.words.day(one.closes_at, zone)
    moments = [(_label(visit, moment), moment) for moment in offered(visit.now, one.closes_at, rhythm)]
    others = (Button(visit.words.wishes.NEVER, f"nn:{one.id}"), Button(visit.words.BACK, f"nb:{one.id}"))
    if not moments:
        return _card(visit, one, visit.words.wishes.too_late(closes), *others)
    days = [visit.words.wishes.explained(label, moment, zone) for label, moment in moments]
    too_late = wished(_today(visit) + _WEEK, visit.now, one.closes_at, rhythm) is None
    buttons = (Button(label, f"nd:{one.id}:{moment.astimezone(zone):%Y%m%d}") for label, moment in moments)
    return _card(visit, one, visit.words.wishes.when(days, closes, week_too_late=too_late), *buttons, *others)


def draw_never(visit: Visit, occasion_id: str) -> Screen:
    """The card of `never:OCCASION`: whether no more messages are wished."""
    one = occasions.load(visit.connection, whole(occasion_id))
    if one is None or not _is_open(one):
        return _closed(visit, one)
    closes = visit.words.day(one.closes_at, visit.house.rhythm.zone)
    buttons = Button(visit.words.wishes.NEVER_YES, f"nx:{one.id}"), Button(visit.words.BACK, f"nz:{one.id}")
    return _card(visit, one, visit.words.wishes.ask_never(closes), *buttons)


def draw_settled(visit: Visit, occasion_id: str) -> Screen:
    """The card of `wish:OCCASION`: what was settled, as it stands now."""
    one = occasions.load(visit.connection, whole(occasion_id))
    if one is None or not _is_open(one):
        return _closed(visit, one)
    zone = visit.house.rhythm.zone
    closes = visit.words.day(one.closes_at, zone)
    begun = runs.of_occasion(visit.connection, one.id) is not None
    upcoming = wishes.next_message(visit.connection, one.id)
    if one.muted_at is not None:
        text = visit.words.wishes.muted(closes)
    elif upcoming is None:
        text = visit.words.wishes.nothing_planned(closes)
    else:
        text = visit.words.wishes.put_off(upcoming, one.closes_at, zone)
    go_on = Button(visit.words.CONTINUE if begun else visit.words.START, f"go:{one.id}")
    return sharing.with_switch(visit, one, _card(visit, one, text, go_on))


def _card(visit: Visit, one: Occasion, text: str, *buttons: Button) -> Screen:
    return sharing.headed(visit.house, visit.words, one, Screen(text, column(*buttons)))


def _of_mine(visit: Visit, occasion_id: str, view: str, draw_it: Callable[[Visit, str], Screen]) -> Reply | None:
    one = _mine(visit, occasion_id)
    return None if one is None else Reply(draw_it(visit, occasion_id), f"{view}:{one.id}", fresh=visit.typed)


def _mine(visit: Visit, occasion_id: str) -> Occasion | None:
    """The occasion, where it is that of whoever is here."""
    one = occasions.load(visit.connection, whole(occasion_id))
    return None if one is None or one.chat != visit.chat else one


def _is_open(one: Occasion) -> bool:
    return one.state is OccasionState.OPEN and one.enrolment_state is EnrolmentState.ACTIVE


def _closed(visit: Visit, one: Occasion | None) -> Screen:
    return questions.closed_screen(visit.words, OccasionState.MISSED if one is None else one.state)


def _label(visit: Visit, moment: datetime) -> str:
    ahead = moment.astimezone(visit.house.rhythm.zone).date() - _today(visit)
    known = {timedelta(days=1): visit.words.wishes.TOMORROW, _WEEK: visit.words.wishes.IN_A_WEEK}
    return known.get(ahead) or visit.words.wishes.on_day(moment, visit.house.rhythm.zone)


def _today(visit: Visit) -> date:
    return visit.now.astimezone(visit.house.rhythm.zone).date()


def _day(argument: str) -> date:
    """The day in a button's action. Raises ForgedError for what is none."""
    try:
        return date(*divmod(whole(argument) // 100, 100), whole(argument) % 100)
    except ValueError as error:
        raise ForgedError(argument) from error
