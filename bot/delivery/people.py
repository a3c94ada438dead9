"""Invitations, reminders and closing: what a due row of an occasion asks for. Decides and records; sends nothing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import repeat

from sqlalchemy import Connection

from bot.delivery import kiosks
from bot.house import House
from bot.participant import invitations
from bot.screens import Screen
from bot.visit import Visit
from storage import chats, contacts, deliveries, occasions, runs, wishes
from storage.deliveries import Delivery
from storage.occasions import Occasion
from storage.schema import DeliveryKind, EnrolmentState, OccasionState
from surveys import engine
from surveys.languages import SLOVENIAN
from surveys.plan import room, sendable, turn

_BUSY = timedelta(hours=12)  # who answered so recently is not reminded


@dataclass(frozen=True, slots=True)
class Post:
    """A message that is to be sent now; the sending is already recorded as begun."""

    delivery: int
    occasion: int
    chat: bytes
    screen: Screen
    view: str
    old_card: int | None


def prepare(connection: Connection, house: House, due: Delivery, now: datetime) -> Post | None:
    """Decide about a claimed row and begin its sending; None when nothing is to be sent (now)."""
    occasion = locked(connection, due)
    if occasion is None or occasion.state not in (OccasionState.PLANNED, OccasionState.OPEN):
        deliveries.cancelled(connection, due.id, now, "the occasion has ended")
        return None
    if due.kind is DeliveryKind.CLOSING:
        deliveries.sent(connection, due.id, now)  # before what closing cancels
        close(connection, house, occasion, now)
        return None
    if occasion.enrolment_state is not EnrolmentState.ACTIVE or occasion.closes_at <= now:
        deliveries.cancelled(connection, due.id, now, "nobody is to be asked")
        return None
    if due.kind is DeliveryKind.OPENING:
        occasions.open_now(connection, occasion.id, now, invited=False)
    elif occasion.muted_at is not None:
        deliveries.cancelled(connection, due.id, now, "no more of this was wished")
        return None
    return _begin(connection, house, due, occasion, now)


def record_sent(connection: Connection, post: Post, message_id: int, now: datetime) -> None:
    """Record that Telegram has the message, which is the chat's live card from now on."""
    deliveries.sent(connection, post.delivery, now)
    occasions.mark_invited(connection, post.occasion, now)
    revision = chats.turn(connection, post.chat, post.view, now)
    chats.record_shown(connection, post.chat, revision, message_id)


def close(connection: Connection, house: House, occasion: Occasion, now: datetime) -> None:
    """End an occasion whose time is over; what was answered stays."""
    run = runs.of_occasion(connection, occasion.id)
    if run is None:
        occasions.settle(connection, occasion.id, OccasionState.MISSED, now)
        return
    answers = runs.answers(connection, house.keys, run.id)
    added = engine.close(run.questionnaire, answers)
    if added:
        runs.store(connection, house.keys, run.id, added, "system", now)
    whole_run = engine.current(run.questionnaire, {**answers, **added}) is None
    if whole_run:
        runs.finish(connection, run.id, now)
    ended = OccasionState.COMPLETE if whole_run else OccasionState.PARTIAL if answers else OccasionState.MISSED
    occasions.settle(connection, occasion.id, ended, now)


def _begin(connection: Connection, house: House, due: Delivery, occasion: Occasion, now: datetime) -> Post | None:
    if occasion.chat is None or occasion.unreachable_at is not None:
        reason = "no chat" if occasion.chat is None else "out of reach"
        deliveries.failed(connection, due.id, reason, now)
        return None
    if kiosks.put_off(connection, due, occasion.chat, now):
        return None
    later = _not_before(connection, house, due, occasion, now)
    if later > now:
        deliveries.retry_at(connection, due.id, later)
        return None
    if not _has_room(connection, house, due, occasion, now):
        return None
    if not deliveries.begin_sending(connection, due.id, due.attempt, now):
        return None
    chat = chats.load(connection, occasion.chat)
    language = SLOVENIAN if chat is None else chat.language
    visit = Visit(connection, house, occasion.chat, now, language=language)
    screen = invitations.card(visit, occasion, reminding=due.kind is DeliveryKind.REMINDER)
    old_card = None if chat is None else chat.card
    return Post(due.id, occasion.id, occasion.chat, screen, f"invitation:{occasion.id}", old_card)


def locked(connection: Connection, due: Delivery) -> Occasion | None:
    """The occasion, with the chat locked: what its person does, and what else is sent to it, comes before or after."""
    occasion = None if due.occasion is None else occasions.load(connection, due.occasion)
    if occasion is None or occasion.chat is None:
        return occasion
    chats.lock(connection, occasion.chat)
    return occasions.load(connection, occasion.id)


def _has_room(connection: Connection, house: House, due: Delivery, occasion: Occasion, now: datetime) -> bool:
    """Whether the person has not been written to enough this week; else an invitation waits and a reminder is dropped.

    What the person wished for has its day.
    """
    if occasion.chat is None or due.details == wishes.WISHED:
        return True
    sent = contacts.unasked(connection, occasion.chat, now)
    if due.kind is DeliveryKind.OPENING:
        later = turn(sent, now, occasion.opens_at, occasion.closes_at, house.rhythm)
        if later > now:
            deliveries.retry_at(connection, due.id, later, "enough this week")
        return later <= now
    waiting = contacts.waiting(connection, occasion.chat, now)  # invitations come before reminders
    if room([*sent, *repeat(now, waiting)], now, house.rhythm) > now:
        deliveries.cancelled(connection, due.id, now, "enough this week")
        return False
    return True


def _not_before(connection: Connection, house: House, due: Delivery, occasion: Occasion, now: datetime) -> datetime:
    """The first moment at which this may be sent: never in quiet hours, never soon after the last message."""
    earliest = now
    if due.kind is DeliveryKind.REMINDER and due.details != wishes.WISHED:
        contact = occasions.last_contact(connection, occasion.id) or now  # the invitation itself is on its way
        earliest = max(earliest, contact + _gap(house, due))
        run = runs.of_occasion(connection, occasion.id)
        answered = None if run is None else runs.last_answered_at(connection, run.id)
        if answered is not None:
            earliest = max(earliest, answered + min(_BUSY, _gap(house, due)))
    return sendable(earliest, house.rhythm)


def _gap(house: House, due: Delivery) -> timedelta:
    """How long after the message before a reminder comes at the earliest: half of what the rhythm says."""
    number = int(due.key.rpartition(":")[2]) - 1
    offsets = house.rhythm.reminders
    if number >= len(offsets):
        return timedelta(0)
    return (offsets[number] - (offsets[number - 1] if number else timedelta(0))) / 2
