"""One person's turn at the counter: everything a use case may know. Free of Telegram."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from sqlalchemy import Connection

from bot.house import House
from bot.texts import languages
from bot.texts.participant import Participant
from storage import attachments
from surveys.languages import SLOVENIAN

LONGEST_SECONDS, LONGEST_BYTES = 120, 2 * 2**20  # of a recording; the texts say 2 minutes


@dataclass(frozen=True, slots=True)
class Visit:
    """What every use case gets: the open transaction, the house, who is here, and when.

    `chat` is the sealed reference of the person (`storage.keys`), never the Telegram id itself.
    `typed` says that the person sent a message, so that the answer must stand below it. `update` is
    a number of its own for every visit, the same when it is repeated.
    """

    connection: Connection
    house: House
    chat: bytes
    now: datetime
    typed: bool = False
    view: str = ""  # what is on the screen: question:17:2
    update: int = 0
    language: str = SLOVENIAN  # in which this chat reads
    phone_language: str = ""  # what the phone speaks, as a first guess
    aloud: bool = False  # a screen reader reads this chat
    kiosk: int | None = None  # the number that ends the kiosk that this chat is

    @property
    def words(self) -> Participant:
        """What is said to participants here, in their language."""
        return languages.words(self.language)


@dataclass(frozen=True, slots=True)
class Sent:
    """A file that a person sent, as its carrier names it; `bot.delivery.fetching` brings its content later."""

    kind: Literal["voice", "document"]
    file: str  # sealed wherever it is kept
    size: int | None  # bytes, where that is said
    mime: str = ""
    name: str = ""  # typed by a person: never in a log
    seconds: int | None = None  # of a recording

    @property
    def too_long(self) -> bool:
        """Whether it is longer, or a larger file, than a recording may be."""
        return (self.seconds or 0) > LONGEST_SECONDS or (self.size or 0) > LONGEST_BYTES


def receive(visit: Visit, sent: Sent) -> int:
    """Keep a file that was sent; its number. The reply must be `due`, so that its content is fetched at once."""
    return attachments.receive(
        visit.connection, visit.house.keys, sent.file, visit.now, mime=sent.mime, seconds=sent.seconds
    )


class ForgedError(ValueError):
    """A button's action that no button of ours says."""


def whole(argument: str) -> int:
    """The whole number in an action. Raises ForgedError for anything else, also for what no column can hold."""
    if not (argument.isascii() and argument.isdecimal() and len(argument) <= 9):  # noqa: PLR2004 - below 2**31
        raise ForgedError(argument)
    return int(argument)
