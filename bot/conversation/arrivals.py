"""What comes in by a channel: who asks for which of four things, and what they had on the screen. Knows no channel."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime

from bot.conversation.request import Sent
from storage.chats import Chat
from storage.secrets.addresses import TELEGRAM

_NUMBERS = 10**9


@dataclass(frozen=True, slots=True)
class Command:
    """A command by its name, with what follows it."""

    name: str  # in small letters, without the slash
    rest: str = ""

    @property
    def text(self) -> str:
        """The command as it is written."""
        return f"/{self.name} {self.rest}".rstrip()


@dataclass(frozen=True, slots=True)
class Tap:
    """A button, by its action."""

    action: str


@dataclass(frozen=True, slots=True)
class Typed:
    """Words."""

    text: str


@dataclass(frozen=True, slots=True)
class Given:
    """A file, or something else that is not words and not taken (None)."""

    file: Sent | None


Asked = Command | Tap | Typed | Given


@dataclass(frozen=True, slots=True)
class ConfirmedCard:
    """What a channel confirmed: the revision that a card shows, from this message on or since it was edited then.

    `told_at`: when this process heard of an edit of the card `edited`; one without `at` may have been made, or not.
    """

    revision: int
    message: int | None = None
    at: datetime | None = None
    told_at: datetime | None = None
    edited: int | None = None


_UNKNOWN = ConfirmedCard(0)


@dataclass(frozen=True, slots=True)
class Arrival:
    """One thing that came in.

    The messages of a chat have numbers that grow, by which it is known what was on the screen.
    """

    chat: bytes  # the sealed address of whoever asks
    channel: str
    key: str  # the channel's own, the same when it comes again
    at: datetime
    asked: Asked
    receipt: str | None = None  # by which the channel answers a tap
    phone_language: str = ""  # what the phone speaks
    tapped: int = 0  # number of the card whose button was tapped
    message: int = 0  # number of what was typed or sent
    sent_at: datetime | None = None  # by the clock of the channel
    edited: bool = False  # the message had been sent before, with other words
    confirmed: ConfirmedCard | None = None  # what the card shows, where that is not recorded yet
    revision: int | None = None  # of the card below which it was written, where the channel sends that with it
    drawn_in: int | None = (
        None  # the card in which the chat shows at once what comes of it, where whoever looks draws it
    )

    @property
    def number(self) -> int:
        """A number of its own, the same when it comes again; at most nine digits for channels that do not count."""
        if self.channel == TELEGRAM:
            return int(self.key)
        digest = hashlib.sha256(f"{self.channel}:{self.key}".encode()).digest()
        return int.from_bytes(digest[:8]) % _NUMBERS

    @property
    def typed(self) -> bool:
        """Whether it is a message, below which the answer must stand."""
        return self.revision is None and not isinstance(self.asked, Tap)

    def had_seen(self, row: Chat) -> bool:
        """Whether the chat's view was on the screen when this was tapped, written or sent."""
        if self.revision is not None:
            return self.revision == row.wanted
        known = self.known(row)
        return self._is_after(row.seen_from or known.message, row.seen_at or known.at, unknown=False)

    def had_seen_earlier(self, row: Chat) -> bool:
        """Whether the view before was on the screen then."""
        return self.revision is None and self._is_after(row.earlier_from, row.earlier_at, unknown=True)

    def _is_after(self, message: int | None, moment: datetime | None, *, unknown: bool) -> bool:
        """Whether this came after that message, or that moment; `unknown`: where there is neither."""
        if not self.message:
            return True
        if message is not None:
            return self.message > message
        if moment is not None:
            return self.sent_at is not None and self.sent_at >= moment
        return unknown

    def known(self, row: Chat | None) -> ConfirmedCard:
        """Since when the chat's view is on the screen, where only this process knows."""
        known = self.confirmed
        return known if known is not None and row is not None and known.revision == row.wanted else _UNKNOWN
