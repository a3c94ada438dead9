"""What became of a delivery, recorded; and when what was not sent is tried again."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import Connection

from bot.conversation.outcomes import Delivered, Outcome, Refused, Uncertain
from bot.delivery.steps import Post
from bot.runtime.services import Services
from storage import chats, deliveries, occasions
from storage.deliveries import Delivery

_SHORTEST, _LONGEST = timedelta(minutes=1), timedelta(hours=6)  # between two tries
_GIVE_UP = timedelta(days=30)


def next_try(since: datetime, now: datetime) -> datetime:
    """When to try again what has waited since then: the pauses grow with the delay."""
    return now + min(max(now - since, _SHORTEST), _LONGEST)


def record_sent(connection: Connection, post: Post, message_id: int, now: datetime) -> None:
    """Record that the channel has the message. A card is the live one of its chat; below others the next one comes."""
    deliveries.sent(connection, post.delivery, now)
    if post.invites:
        occasions.mark_invited(connection, post.occasion, now)
    if not post.view:
        chats.cover(connection, post.chat)
        return
    revision = chats.show_next(connection, post.chat, post.view, now)
    chats.record_shown(connection, post.chat, revision, message_id)


def record_outcome(connection: Connection, services: Services, due: Delivery, outcome: Outcome) -> None:
    """Record what the channel said of it."""
    now = services.clock()
    match outcome:
        case Delivered():
            deliveries.sent(connection, due.id, now)
        case Refused(permanent=True, problem=problem):
            deliveries.failed(connection, due.id, problem, now)
        case Refused(problem=problem):
            _put_off(connection, due, problem, now)
        case Uncertain():
            deliveries.uncertain(connection, due.id, now)


def set_aside(connection: Connection, services: Services, due: Delivery, problem: str) -> None:
    """After a fault of ours: what may have left already is uncertain, so never sent again; the rest is put off."""
    now = services.clock()
    if not deliveries.uncertain(connection, due.id, now):
        _put_off(connection, due, problem, now)


def _put_off(connection: Connection, due: Delivery, problem: str, now: datetime) -> None:
    """Try again after a pause; the rules for people (quiet hours) are asked again then."""
    if now - due.planned_at > _GIVE_UP:
        deliveries.failed(connection, due.id, problem, now)
    else:
        deliveries.retry_at(connection, due.id, next_try(due.planned_at, now), problem)
