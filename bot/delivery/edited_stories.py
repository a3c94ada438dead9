"""The question to the author of an edited story: whether, when and what is sent. Decides; sends nothing.

It is a card, so that its buttons are those of the chat; whoever is just using the chat is not interrupted.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from itertools import repeat

from sqlalchemy import Connection

from bot.conversation.request import Request
from bot.delivery.steps import NotWanted, Post, begin, locked, reach, wait_until
from bot.participant import story_approval
from bot.runtime.services import Services
from bot.views import participant as views
from storage import chats, contact_attempts, stories
from storage.chats import Chat
from storage.deliveries import Delivery
from storage.schema import EnrolmentState
from storage.stories import Story, StoryStanding
from surveys.contact_policy import sendable
from surveys.languages import SLOVENIAN
from surveys.plan import next_free_moment

_BUSY = timedelta(minutes=10)


def decide(connection: Connection, services: Services, due: Delivery, now: datetime) -> Post:
    """Decide about a claimed row and begin its sending. Raises Stopped where nothing is to be sent (now)."""
    occasion = locked(connection, due)
    story = stories.load(connection, services.keys, due.details["story"])
    if occasion is None or story is None or not _is_to_be_asked(story):
        raise NotWanted("nobody is to be asked")
    chat = reach(connection, story.chat, occasion.unreachable_at, now)
    row = chats.load(connection, chat)
    wait_until(_not_before(connection, services, chat, row, now), now)
    begin(connection, due, now)
    request = Request(connection, services, chat, now, language=SLOVENIAN if row is None else row.language)
    old_card = None if row is None else row.card
    return Post(due.id, occasion.id, chat, story_approval.card(request, story), views.edited_story(story.id), old_card)


def _is_to_be_asked(story: Story) -> bool:
    """Whether these words still wait for the author, who still takes part."""
    return story.standing is StoryStanding.ASKED and story.enrolment_state is EnrolmentState.ACTIVE


def _not_before(connection: Connection, services: Services, ref: bytes, chat: Chat | None, now: datetime) -> datetime:
    """Never in quiet hours or amid something else, and after what this week has no room for; invitations go first."""
    ahead = repeat(now, contact_attempts.waiting(connection, ref, now))
    free = next_free_moment([*contact_attempts.unasked(connection, ref, now), *ahead], now, services.policy)
    return sendable(free if chat is None else max(free, chat.changed_at + _BUSY), services.policy)
