"""What a person sees: text, buttons, pictures. Knows no channel; each makes messages of it in its own way."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from enum import Enum, auto

from bot.conversation.declared import ActionData
from surveys.engine import Progress

_NO_ACTION = ActionData("")
_NOTE = re.compile(r"<i>(.+?)</i>\n\n", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Button:
    """One button, always with words. Either an `action`, as a declared one writes it, or a `link` to open."""

    label: str
    action: ActionData = _NO_ACTION  # made by `bot.actions`, at most 64 bytes
    link: str = ""
    chosen: bool | None = None  # of an option: whether it is chosen; None: it is no option
    quiet: bool = False  # beside what the card asks, for channels that show such smaller
    strong: bool = False  # what the card is there for, for channels that show such stronger


Rows = tuple[tuple[Button, ...], ...]


@dataclass(frozen=True, slots=True)
class Picture:
    """A PNG. The text of its screen is the caption, and says what the picture shows."""

    data: bytes
    name: str = "slika.png"


@dataclass(frozen=True, slots=True)
class Document:
    """A file to open or keep."""

    data: bytes
    name: str


@dataclass(frozen=True, slots=True)
class Voice:
    """A recording that somebody sent before (`storage.attachments`); it never carries buttons."""

    attachment: int
    file: str  # its channel's name for it
    seconds: int | None = None


Media = Picture | Document | Voice


class EntryField(Enum):
    """What a card asks to be typed, for channels that show where."""

    WORDS = auto()
    NUMBER = auto()
    TEXT = auto()  # of several lines
    EMAIL = auto()


@dataclass(frozen=True, slots=True)
class Screen:
    """One message. `text` is escaped HTML in which only <b>, <i>, <u>, <code> and <a> stand."""

    text: str
    rows: Rows = ()
    media: Media | None = None
    protect: bool = False  # not to be saved or forwarded from the chat
    entry: EntryField | None = None  # what it asks to be typed
    progress: Progress | None = None  # of a question: how far somebody has come
    language: str = ""  # of what it asks, where that is not the chat's own

    @property
    def note(self) -> str:
        """The sentence above it; "" where there is none."""
        found = _NOTE.match(self.text)
        return found[1] if found else ""

    def noted(self, note: str) -> Screen:
        """The same with a sentence above it; "" changes nothing."""
        return replace(self, text=f"<i>{note}</i>\n\n{self.text}") if note else self


@dataclass(frozen=True, slots=True)
class Reply:
    """The answer to one request: the card of the chat, and what else is to be said.

    `card` replaces the chat's live card: edited in place, or sent anew when `fresh` (a typed message
    stands between, or nothing was ever sent). `view` is what `bot.routing.routes.draw` needs to draw the same
    card again after a crash. `extras` are sent before the card, once, and are never drawn again.
    """

    card: Screen
    view: str
    fresh: bool = False
    extras: tuple[Screen, ...] = ()
    toast: str = ""  # a short word over the chat after a tap
    stays: bool = False  # what was tapped is a message and no card: it stays as it is, and the card comes below it
    left: Screen | None = None  # what the card says from now on that a new one comes below; None: only its buttons go
    due: bool = False  # the request made something due, which need not wait for the clock
    soon: bool = False  # what takes long may be ordered next: whoever makes it can get ready
    erased: bool = False  # the request erased somebody else, of whom nothing may stay in the files
    language: str | None = None  # in which the chat reads from now on; None: as before
    aloud: bool | None = None  # whether a screen reader reads the chat from now on
    kiosk: int | None = None  # the number that ends the kiosk that begins here; 0: it ends
    redrawn: bool = False  # the card is what its view draws, in place of `card`
    note: str = ""  # a sentence above a card that is drawn again
    once: Rows = ()  # of the buttons of `card`, those that its view does not draw again
    asked: str | None = None  # what stands until it is answered (`bot.participant.pending_questions`); None: as before
    said: str | None = None  # what was typed, to be kept until it is said whether it is an answer; "": no more
    unread: bool = False  # what was sent was not taken: what comes counts once the card that says so is seen

    @classmethod
    def again(cls, view: str, *, note: str = "", language: str | None = None, aloud: bool | None = None) -> Reply:
        """A view drawn again, as the chat reads from now on, with a sentence above it."""
        return cls(Screen(""), view, language=language, aloud=aloud, redrawn=True, note=note)

    def noted(self, note: str) -> Reply:
        """The same with a sentence above its card; "" changes nothing."""
        return replace(self, note=note) if self.redrawn else replace(self, card=self.card.noted(note))

    def offering(self, rows: Rows) -> Reply:
        """The same with buttons below its card, once."""
        return replace(self, card=replace(self.card, rows=(*self.card.rows, *rows)), once=rows)

    def toasted(self, toast: str) -> Reply:
        """The same with a toast."""
        return replace(self, toast=toast)


def column(*buttons: Button) -> Rows:
    """One button a row, full width: for big fingers."""
    return tuple((button,) for button in buttons)
