"""»Kaj smo izvedeli« for one person: whether, when and what is sent. Decides; sends nothing.

It is a message and no card: what is open in the chat stays open, above it.
"""

from __future__ import annotations

from datetime import datetime
from itertools import repeat

from sqlalchemy import Connection

from bot.conversation.screens import Screen
from bot.delivery.steps import NotWanted, Post, begin, locked, reach, wait_until
from bot.runtime.services import Services
from bot.texts import languages
from storage import chats, contact_attempts, findings
from storage.deliveries import Delivery
from storage.occasions import Occasion
from storage.schema import EnrolmentState
from surveys.contact_policy import sendable
from surveys.languages import SLOVENIAN, group_name
from surveys.plan import next_free_moment


def decide(connection: Connection, services: Services, due: Delivery, now: datetime) -> Post:
    """Decide about a claimed row and begin its sending. Raises Stopped where nothing is to be sent (now)."""
    occasion = locked(connection, due)
    text = findings.approved_text(connection, services.keys, due.details["feedback"])
    if occasion is None or text is None or occasion.enrolment_state is not EnrolmentState.ACTIVE:
        raise NotWanted("nobody is to be told")
    if occasion.muted_at is not None:
        raise NotWanted("no more of this was wished")
    if occasion.chat is not None and findings.was_told(connection, occasion.chat, due.details["feedback"]):
        raise NotWanted("told in this chat before")
    chat = reach(connection, occasion.chat, occasion.unreachable_at, now)
    wait_until(_not_before(connection, services, chat, now), now)
    begin(connection, due, now)
    return Post(due.id, occasion.id, chat, screen(connection, services, occasion, text))


def screen(connection: Connection, services: Services, occasion: Occasion, text: str) -> Screen:
    """The message as this person reads it."""
    chat = None if occasion.chat is None else chats.load(connection, occasion.chat)
    language = SLOVENIAN if chat is None else chat.language
    programme = services.programmes[occasion.programme]
    return Screen(languages.words(language).learned(programme.library, group_name(programme, language), text))


def _not_before(connection: Connection, services: Services, chat: bytes, now: datetime) -> datetime:
    """Never in quiet hours, and after what this week has no room for; invitations that wait go first."""
    ahead = repeat(now, contact_attempts.waiting(connection, chat, now))
    return sendable(
        next_free_moment([*contact_attempts.unasked(connection, chat, now), *ahead], now, services.policy),
        services.policy,
    )
