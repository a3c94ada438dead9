"""»Ne zdaj«: another day for the next message about a questionnaire, or no more messages about it."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from bot.actions import participant as actions
from bot.conversation.request import Request
from bot.conversation.screens import Button, Reply, Screen, column
from bot.participant import invitations, mail_reminders, response_cards, shared_phone
from bot.views import participant as views
from storage import contact_preferences, occasions
from storage.answers import responses
from storage.occasions import Occasion
from storage.schema import EnrolmentState, OccasionState
from surveys.plan import offered, wished

_WEEK = timedelta(days=7)


def ask(request: Request, occasion_id: int) -> Reply | None:
    """»Ne zdaj« below an invitation or a reminder."""
    return (
        Reply(draw(request, occasion_id), views.later(occasion_id)) if _mine(request, occasion_id) is not None else None
    )


def put_off(request: Request, occasion_id: int, day: date) -> Reply | None:
    """Another day. One that has passed meanwhile, or is too late, leads to those that fit."""
    one = _mine(request, occasion_id)
    moment = None
    if one is not None and _is_open(one):
        moment = wished(day, request.now, one.closes_at, request.services.policy)
    if one is None or moment is None:
        return ask(request, occasion_id)
    contact_preferences.put_off(request.connection, one, moment, request.now)
    return _settled(request, occasion_id).toasted(request.words.wishes.PUT_OFF_TOAST)


def back(request: Request, occasion_id: int) -> Reply | None:
    """»‹ Nazaj«: the invitation again."""
    if _mine(request, occasion_id) is None:
        return None
    return Reply(invitations.draw(request, occasion_id), views.invitation(occasion_id))


def ask_never(request: Request, occasion_id: int) -> Reply | None:
    """»Ne več«: asked once more."""
    if _mine(request, occasion_id) is None:
        return None
    return Reply(draw_never(request, occasion_id), views.never(occasion_id))


def never(request: Request, occasion_id: int) -> Reply | None:
    """No more messages about this questionnaire."""
    one = _mine(request, occasion_id)
    if one is None:
        return None
    if _is_open(one):
        contact_preferences.mute(request.connection, one, request.now)
    return _settled(request, occasion_id)


def draw(request: Request, occasion_id: int) -> Screen:
    """The days that fit."""
    one = occasions.load(request.connection, occasion_id)
    if one is None or not _is_open(one):
        return _closed(request, one)
    zone, policy = request.services.policy.zone, request.services.policy
    closes = request.words.day(one.closes_at, zone)
    if not mail_reminders.is_written_to(request):  # no day would bring a message
        back = Button(request.words.BACK, actions.back_to_invitation(one.id))
        return _card(request, one, request.words.wishes.waits_here(closes), back)
    moments = [(_label(request, moment), moment) for moment in offered(request.now, one.closes_at, policy)]
    others = (
        Button(request.words.wishes.NEVER, actions.ask_to_mute(one.id)),
        Button(request.words.BACK, actions.back_to_invitation(one.id)),
    )
    if not moments:
        return _card(request, one, request.words.wishes.too_late(closes), *others)
    days = [request.words.wishes.explained(label, moment, zone) for label, moment in moments]
    too_late = wished(_today(request) + _WEEK, request.now, one.closes_at, policy) is None
    buttons = (
        Button(label, actions.postpone_until(one.id, moment.astimezone(zone).date())) for label, moment in moments
    )
    return _card(request, one, request.words.wishes.when(days, closes, week_too_late=too_late), *buttons, *others)


def draw_never(request: Request, occasion_id: int) -> Screen:
    """Whether no more messages are wished."""
    one = occasions.load(request.connection, occasion_id)
    if one is None or not _is_open(one):
        return _closed(request, one)
    closes = request.words.day(one.closes_at, request.services.policy.zone)
    buttons = (
        Button(request.words.wishes.NEVER_YES, actions.mute_occasion(one.id)),
        Button(request.words.BACK, actions.postpone(one.id)),
    )
    return _card(request, one, request.words.wishes.ask_never(closes), *buttons)


def draw_settled(request: Request, occasion_id: int) -> Screen:
    """What was settled, as it stands now."""
    one = occasions.load(request.connection, occasion_id)
    if one is None or not _is_open(one):
        return _closed(request, one)
    zone = request.services.policy.zone
    closes = request.words.day(one.closes_at, zone)
    begun = responses.of_occasion(request.connection, one.id) is not None
    upcoming = contact_preferences.next_message(request.connection, one.id)
    if not mail_reminders.is_written_to(request):
        text = request.words.wishes.waits_here(closes)
    elif one.muted_at is not None:
        text = request.words.wishes.muted(closes)
    elif upcoming is None:
        text = request.words.wishes.nothing_planned(closes)
    else:
        text = request.words.wishes.put_off(upcoming, one.closes_at, zone)
    go_on = Button(request.words.CONTINUE if begun else request.words.START, actions.begin_answering(one.id))
    return shared_phone.with_switch(request, one, _card(request, one, text, go_on))


def _card(request: Request, one: Occasion, text: str, *buttons: Button) -> Screen:
    return shared_phone.headed(request.services, request.words, one, Screen(text, column(*buttons)))


def _settled(request: Request, occasion_id: int) -> Reply:
    return Reply(draw_settled(request, occasion_id), views.wish(occasion_id))


def _mine(request: Request, occasion_id: int) -> Occasion | None:
    """The occasion, where it is that of whoever is here."""
    one = occasions.load(request.connection, occasion_id)
    return None if one is None or one.chat != request.chat else one


def _is_open(one: Occasion) -> bool:
    return one.state is OccasionState.OPEN and one.enrolment_state is EnrolmentState.ACTIVE


def _closed(request: Request, one: Occasion | None) -> Screen:
    return response_cards.closed_screen(request.words, OccasionState.MISSED if one is None else one.state)


def _label(request: Request, moment: datetime) -> str:
    ahead = moment.astimezone(request.services.policy.zone).date() - _today(request)
    known = {timedelta(days=1): request.words.wishes.TOMORROW, _WEEK: request.words.wishes.IN_A_WEEK}
    return known.get(ahead) or request.words.wishes.on_day(moment, request.services.policy.zone)


def _today(request: Request) -> date:
    return request.now.astimezone(request.services.policy.zone).date()
