"""One person's request: everything a use case may know. Knows no channel."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from sqlalchemy import Connection

from bot.runtime.services import Services
from bot.texts import languages
from bot.texts.participant import Participant
from storage import attachments
from storage.secrets.addresses import TELEGRAM
from storage.staff import StaffMember
from surveys.languages import SLOVENIAN

LONGEST_SECONDS, LONGEST_BYTES = 120, 2 * 2**20  # of a recording; the texts say 2 minutes


@dataclass(frozen=True, slots=True)
class Request:
    """What every use case gets: the open transaction, the services, who is here, and when.

    `chat` is the sealed address of the person (`storage.secrets.keys`), never the address itself.
    `typed` says that the person sent a message, so that the answer must stand below it. `update` is
    a number of its own for every request, the same when it is repeated.
    """

    connection: Connection
    services: Services
    chat: bytes
    now: datetime
    typed: bool = False
    view: str = ""  # what is on the screen: question:17:2
    update: int = 0
    language: str = SLOVENIAN  # in which this chat reads
    channel: str = TELEGRAM  # by which this came in, or is looked at: a chat of Telegram in a browser, too
    phone_language: str = ""  # what the phone speaks, as a first guess
    aloud: bool = False  # a screen reader reads this chat
    kiosk: int | None = None  # the number that ends the kiosk that this chat is
    asked: str = ""  # what stands until it is answered (`bot.participant.pending_questions`)
    said: bytes | None = None  # what was typed at a question that asks whether it is an answer, sealed
    early: bool = False  # what was sent was written before the view was on the screen
    earlier: str = ""  # the view that was on the screen before
    edited: bool = False  # what was sent is a message that had been sent before, with other words
    answered: bool = False  # and those had been taken in the view before
    staff: dict[bytes, StaffMember | None] = field(default_factory=dict, compare=False)  # by chat, see `permissions`

    @property
    def words(self) -> Participant:
        """What is said to participants here, in their language."""
        return languages.words(self.language)

    @property
    def lives_in(self) -> str:
        """The channel of the chat itself, in whatever else it is looked at: of it we hold an address."""
        return self.services.keys.open_address(self.chat).channel


@dataclass(frozen=True, slots=True)
class Sent:
    """A file that a person sent, as its carrier names it; `bot.delivery.file_downloads` brings its content later."""

    kind: Literal["voice", "document", "photo"]
    file: str  # sealed wherever it is kept
    size: int | None  # bytes, where that is said
    mime: str = ""
    name: str = ""  # typed by a person: never in a log
    seconds: int | None = None  # of a recording

    @property
    def too_long(self) -> bool:
        """Whether it is longer, or a larger file, than a recording may be."""
        return (self.seconds or 0) > LONGEST_SECONDS or (self.size or 0) > LONGEST_BYTES


def receive(request: Request, sent: Sent) -> int:
    """Keep a file that was sent; its number. The reply must be `due`, so that its content is fetched at once."""
    return attachments.receive(
        request.connection, request.services.keys, sent.file, request.now, mime=sent.mime, seconds=sent.seconds
    )
