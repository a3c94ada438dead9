"""What a person sees: text, buttons, pictures. Free of Telegram; `bot.edge` turns it into messages."""

from __future__ import annotations

from dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True)
class Button:
    """One button, always with words. Either an `action` for `bot.handlers` or a `link` to open."""

    label: str
    action: str = ""  # verb:argument:argument, at most 64 bytes
    link: str = ""


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
    file: str  # Telegram's name for it
    seconds: int | None = None


Media = Picture | Document | Voice


@dataclass(frozen=True, slots=True)
class Screen:
    """One message. `text` is escaped HTML in which only <b>, <i>, <u>, <code> and <a> stand."""

    text: str
    rows: Rows = ()
    media: Media | None = None
    protect: bool = False  # not to be saved or forwarded from the chat


@dataclass(frozen=True, slots=True)
class Reply:
    """The answer to one visit: the card of the chat, and what else is to be said.

    `card` replaces the chat's live card: edited in place, or sent anew when `fresh` (a typed message
    stands between, or nothing was ever sent). `view` is what `bot.views.render` needs to draw the same
    card again after a crash. `extras` are sent before the card, once, and are never drawn again.
    """

    card: Screen
    view: str
    fresh: bool = False
    extras: tuple[Screen, ...] = ()
    toast: str = ""  # a short word over the chat after a tap
    due: bool = False  # the visit made something due, which need not wait for the clock
    erased: bool = False  # the visit erased somebody else, of whom nothing may stay in the files
    language: str | None = None  # in which the chat reads from now on; None: as before
    aloud: bool | None = None  # whether a screen reader reads the chat from now on
    kiosk: int | None = None  # the number that ends the kiosk that begins here; 0: it ends
    redrawn: bool = False  # the card is what its view draws, in place of `card`

    @classmethod
    def again(cls, view: str, *, language: str | None = None, aloud: bool | None = None) -> Reply:
        """A view drawn again, as the chat reads from now on."""
        return cls(Screen(""), view, language=language, aloud=aloud, redrawn=True)

    def toasted(self, toast: str) -> Reply:
        """The same with a toast."""
        return replace(self, toast=toast)


def column(*buttons: Button) -> Rows:
    """One button a row, full width: for big fingers."""
    return tuple((button,) for button in buttons)
