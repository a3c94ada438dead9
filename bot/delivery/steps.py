"""The steps that every message to a person takes before it is sent, and why it may stop at one of them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from sqlalchemy import Connection

from bot.conversation.screens import Screen
from bot.delivery import kiosks
from bot.runtime.services import Services
from storage import chats, deliveries, occasions
from storage.deliveries import Delivery
from storage.occasions import Occasion

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Post:
    """A message that is to be sent now; the sending is already recorded as begun."""

    delivery: int
    occasion: int
    chat: bytes
    screen: Screen
    view: str = ""  # of a card; "" is a message, which leaves what is open in the chat
    old_card: int | None = None
    invites: bool = False  # into the occasion


class Stopped(Exception):  # noqa: N818 - says what happened
    """Nothing is to be sent now, and nothing is to be recorded: another process works on it."""

    def record(self, connection: Connection, due: Delivery, now: datetime) -> None:
        """Record why."""


class NotWanted(Stopped):
    """It is not needed any more."""

    def record(self, connection: Connection, due: Delivery, now: datetime) -> None:
        """Record why."""
        deliveries.cancelled(connection, due.id, now, str(self))


class Unreachable(Stopped):
    """It cannot be sent, for a reason that does not pass."""

    def record(self, connection: Connection, due: Delivery, now: datetime) -> None:
        """Record why."""
        deliveries.failed(connection, due.id, str(self), now)


class TooEarly(Stopped):
    """It is to be sent later."""

    def __init__(self, moment: datetime, reason: str = "") -> None:
        super().__init__(reason)
        self.moment = moment

    def record(self, connection: Connection, due: Delivery, now: datetime) -> None:  # noqa: ARG002 - as of the others
        """Record why."""
        deliveries.retry_at(connection, due.id, self.moment, str(self))


def prepare(
    connection: Connection,
    decide: Callable[[Connection, Services, Delivery, datetime], T],
    services: Services,
    due: Delivery,
    now: datetime,
) -> T | None:
    """What is decided about a claimed row; None where nothing is to be sent, or not now, which is recorded."""
    try:
        return decide(connection, services, due, now)
    except Stopped as why:
        why.record(connection, due, now)
        return None


def locked(connection: Connection, due: Delivery) -> Occasion | None:
    """The occasion, with the chat locked: what its person does, and what else is sent to it, comes before or after."""
    occasion = None if due.occasion is None else occasions.load(connection, due.occasion)
    if occasion is None or occasion.chat is None:
        return occasion
    chats.lock(connection, occasion.chat)
    return occasions.load(connection, occasion.id)


def reach(connection: Connection, chat: bytes | None, unreachable_at: datetime | None, now: datetime) -> bytes:
    """The chat of somebody who can be written to, and in which nobody else sits."""
    if chat is None or unreachable_at is not None:
        raise Unreachable("no chat" if chat is None else "out of reach")
    if kiosks.is_kiosk(connection, chat):
        raise TooEarly(now + kiosks.PAUSE)
    return chat


def wait_until(moment: datetime, now: datetime) -> None:
    """Not before this moment."""
    if moment > now:
        raise TooEarly(moment)


def begin(connection: Connection, due: Delivery, now: datetime) -> None:
    """From here on it may have left, whatever happens."""
    if not deliveries.begin_sending(connection, due.id, due.attempt, now):
        raise Stopped
