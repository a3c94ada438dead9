"""Invitations and reminders: what a due row of an occasion asks for. Decides; sends nothing."""

from __future__ import annotations

from datetime import datetime, timedelta
from itertools import repeat

from sqlalchemy import Connection

from bot.conversation.request import Request
from bot.delivery.steps import NotWanted, Post, TooEarly, begin, locked, reach, wait_until
from bot.participant import invitations
from bot.runtime.services import Services
from bot.views import participant as views
from storage import chats, contact_attempts, contact_preferences, occasions, waiting_list
from storage.answers import responses
from storage.deliveries import Delivery
from storage.occasions import Occasion
from storage.schema import DeliveryKind, EnrolmentState, OccasionState
from surveys import waiting as rules
from surveys.contact_policy import sendable
from surveys.languages import SLOVENIAN
from surveys.plan import invitation_moment, next_free_moment

_ENOUGH = "enough this week"
_BUSY = timedelta(hours=12)  # who answered so recently is not reminded


def decide(connection: Connection, services: Services, due: Delivery, now: datetime) -> Post:
    """Decide about a claimed row and begin its sending. Raises Stopped where nothing is to be sent (now)."""
    occasion = _wanted(connection, services, due, now)
    if due.kind is DeliveryKind.OPENING:
        occasions.open_now(connection, occasion.id, now, invited=False)
    chat = reach(connection, occasion.chat, occasion.unreachable_at, now)
    wait_until(_not_before(connection, services, due, occasion, now), now)
    if due.details != contact_preferences.WISHED:  # what the person wished for has its day
        _find_room(connection, services, due, occasion, chat, now)
    begin(connection, due, now)
    row = chats.load(connection, chat)
    request = Request(connection, services, chat, now, language=SLOVENIAN if row is None else row.language)
    screen = invitations.card(request, occasion, reminding=due.kind is DeliveryKind.REMINDER)
    old_card = None if row is None else row.card
    return Post(due.id, occasion.id, chat, screen, views.invitation(occasion.id), old_card, invites=True)


def _wanted(connection: Connection, services: Services, due: Delivery, now: datetime) -> Occasion:
    """The occasion, where somebody is still to be asked."""
    occasion = locked(connection, due)
    if occasion is not None and due.kind is DeliveryKind.OPENING:
        occasion = _after_waiting(connection, services, occasion, now)
    if occasion is None or occasion.state not in (OccasionState.PLANNED, OccasionState.OPEN):
        raise NotWanted("the occasion has ended")
    if occasion.enrolment_state is not EnrolmentState.ACTIVE or occasion.closes_at <= now:
        raise NotWanted("nobody is to be asked")
    if due.kind is not DeliveryKind.OPENING and occasion.muted_at is not None:
        raise NotWanted("no more of this was wished")
    return occasion


def _after_waiting(connection: Connection, services: Services, occasion: Occasion, now: datetime) -> Occasion | None:
    """What is about to open, as it is when the time of waiting has ended with it: perhaps it is answered."""
    programme = services.programmes[occasion.programme]
    if occasion.waits or not rules.begins(programme, occasion.wave):
        return occasion
    waiting_list.follow(connection, programme, occasion.enrolment, services.policy, now)
    return occasions.load(connection, occasion.id)


def _find_room(
    connection: Connection, services: Services, due: Delivery, occasion: Occasion, chat: bytes, now: datetime
) -> None:
    """Whoever was written to enough this week is left alone: an invitation waits and a reminder is dropped."""
    sent = contact_attempts.unasked(connection, chat, now)
    if due.kind is DeliveryKind.OPENING:
        later = invitation_moment(sent, now, occasion.opens_at, occasion.closes_at, services.policy)
        if later > now:
            raise TooEarly(later, _ENOUGH)
        return
    ahead = repeat(now, contact_attempts.waiting(connection, chat, now))  # which come before reminders
    if next_free_moment([*sent, *ahead], now, services.policy) > now:
        raise NotWanted(_ENOUGH)


def _not_before(
    connection: Connection, services: Services, due: Delivery, occasion: Occasion, now: datetime
) -> datetime:
    """The first moment at which this may be sent: never in quiet hours, never soon after the last message."""
    earliest = now
    if due.kind is DeliveryKind.REMINDER and due.details != contact_preferences.WISHED:
        contact = occasions.last_contact(connection, occasion.id) or now  # the invitation itself is on its way
        earliest = max(earliest, contact + _gap(services, due))
        response = responses.of_occasion(connection, occasion.id)
        answered = None if response is None else responses.last_answered_at(connection, response.id)
        if answered is not None:
            earliest = max(earliest, answered + min(_BUSY, _gap(services, due)))
    return sendable(earliest, services.policy)


def _gap(services: Services, due: Delivery) -> timedelta:
    """How long after the message before a reminder comes at the earliest: half of what the policy says."""
    number = int(due.key.rpartition(":")[2]) - 1
    offsets = services.policy.reminders
    if number >= len(offsets):
        return timedelta(0)
    return (offsets[number] - (offsets[number - 1] if number else timedelta(0))) / 2
