"""»Kaj smo izvedeli« for one person: whether, when and what is sent. Decides and records; sends nothing.

It is a message and no card: what is open in the chat stays open, above it.
"""

from __future__ import annotations

from datetime import datetime
from itertools import repeat

from sqlalchemy import Connection

from bot.delivery import kiosks
from bot.delivery.people import Post, locked
from bot.house import House
from bot.screens import Screen
from bot.texts import languages
from storage import chats, contacts, deliveries, feedback
from storage.deliveries import Delivery
from storage.occasions import Occasion
from storage.schema import EnrolmentState
from surveys.languages import SLOVENIAN
from surveys.plan import room, sendable


def prepare(connection: Connection, house: House, due: Delivery, now: datetime) -> Post | None:
    """Decide about a claimed row and begin its sending; None when nothing is to be sent (now)."""
    occasion = locked(connection, due)
    text = feedback.approved_text(connection, house.keys, due.details["feedback"])
    if occasion is None or text is None or occasion.enrolment_state is not EnrolmentState.ACTIVE:
        deliveries.cancelled(connection, due.id, now, "nobody is to be told")
        return None
    if occasion.muted_at is not None:
        deliveries.cancelled(connection, due.id, now, "no more of this was wished")
        return None
    if occasion.chat is None or occasion.unreachable_at is not None:
        reason = "no chat" if occasion.chat is None else "out of reach"
        deliveries.failed(connection, due.id, reason, now)
        return None
    if feedback.was_told(connection, occasion.chat, due.details["feedback"]):
        deliveries.cancelled(connection, due.id, now, "told in this chat before")
        return None
    if kiosks.put_off(connection, due, occasion.chat, now):
        return None
    later = _not_before(connection, house, occasion.chat, now)
    if later > now:
        deliveries.retry_at(connection, due.id, later)
        return None
    if not deliveries.begin_sending(connection, due.id, due.attempt, now):
        return None
    return Post(due.id, occasion.id, occasion.chat, screen(connection, house, occasion, text), "", None)


def record_sent(connection: Connection, post: Post, message_id: int, now: datetime) -> None:  # noqa: ARG001 - as of a card
    """Record that Telegram has the message; the chat's next card comes below it."""
    deliveries.sent(connection, post.delivery, now)
    chats.cover(connection, post.chat)


def screen(connection: Connection, house: House, occasion: Occasion, text: str) -> Screen:
    """The message as this person reads it."""
    chat = None if occasion.chat is None else chats.load(connection, occasion.chat)
    words = languages.words(SLOVENIAN if chat is None else chat.language)
    programme = house.programmes[occasion.programme]
    return Screen(words.learned(programme.library, programme.group, text))


def _not_before(connection: Connection, house: House, chat: bytes, now: datetime) -> datetime:
    """Never in quiet hours, and after what this week has no room for; invitations that wait go first."""
    ahead = repeat(now, contacts.waiting(connection, chat, now))
    return sendable(room([*contacts.unasked(connection, chat, now), *ahead], now, house.rhythm), house.rhythm)
