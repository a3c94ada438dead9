"""From a Screen to the fields of Bot API messages, within Telegram's limits. Sends nothing."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass

from bot.conversation.screens import Button, Media, Rows, Screen

TEXT_LIMIT = 4096
CAPTION_LIMIT = 1024
TOAST_LIMIT = 200
ACTION_BYTES = 64

_TAG = re.compile(r"<(/?)(\w+)[^>]*>")


Keyboard = dict[str, list[list[dict[str, str]]]]  # an InlineKeyboardMarkup as the Bot API writes it


class Unsendable(ValueError):  # noqa: N818 - says what the screen is
    """A screen that Telegram would refuse: a mistake of ours, found before anything is sent."""


@dataclass(frozen=True, slots=True)
class Message:
    """One message as it goes out. With media, `text` is the caption."""

    text: str
    keyboard: Keyboard | None
    media: Media | None = None
    protect: bool = False


def messages(screen: Screen) -> list[Message]:
    """The screen as one message, or as several if its text is too long; the buttons stand under the last.

    Raises `Unsendable` for what cannot be sent in any way.
    """
    markup = keyboard(screen.rows)
    if screen.media is None:
        *before, last = split(screen.text, TEXT_LIMIT)
        texts = [Message(text, None, protect=screen.protect) for text in before]
        return [*texts, Message(last, markup, protect=screen.protect)]
    if length(screen.text) <= CAPTION_LIMIT:
        return [Message(screen.text, markup, screen.media, screen.protect)]
    alone = Message("", None, screen.media, screen.protect)
    return [alone, *messages(Screen(screen.text, screen.rows, protect=screen.protect))]


def keyboard(rows: Rows) -> Keyboard | None:
    """The buttons, or None where there are none. Raises `Unsendable` if an action is over 64 bytes or empty."""
    return {"inline_keyboard": [[_button(button) for button in row] for row in rows]} if rows else None


def _button(button: Button) -> dict[str, str]:
    if button.link:
        return {"text": button.label, "url": button.link}
    size = len(button.action.encode())
    if not 0 < size <= ACTION_BYTES:
        raise Unsendable(f"the action of a button has {size} bytes, not 1 to {ACTION_BYTES}")
    return {"text": button.label, "callback_data": button.action}


def length(text: str) -> int:
    """Length as Telegram counts: in UTF-16 units, without tags."""
    plain = html.unescape(_TAG.sub("", text))
    return len(plain.encode("utf-16-le")) // 2


def split(text: str, limit: int) -> list[str]:
    """Pieces that fit, cut at line ends outside of tags. Raises `Unsendable` if there is no such place or no text."""
    if not text.strip():
        raise Unsendable("a message without text")
    if len(text) * 2 <= limit or length(text) <= limit:  # a character is at most two units
        return [text]
    pieces, piece = [], ""
    for block in _blocks(text):
        if piece and length((piece + block).strip("\n")) > limit:
            pieces.append(piece.strip("\n"))
            piece = ""
        piece += block
    pieces.append(piece.strip("\n"))
    pieces = [piece for piece in pieces if piece.strip()]
    longest = max(map(length, pieces))
    if longest > limit:
        raise Unsendable(f"a text of {longest} characters that cannot be cut")
    return pieces


def _blocks(text: str) -> list[str]:
    """Lines, those joined that one tag spans."""
    blocks, block, depth = [], "", 0
    for line in text.splitlines(keepends=True):
        block += line
        depth += sum(-1 if tag.group(1) else 1 for tag in _TAG.finditer(line))
        if depth == 0:
            blocks.append(block)
            block = ""
    return [*blocks, block] if block else blocks


def shortened(toast: str) -> str:
    """A toast that fits over the chat."""
    return toast if len(toast) <= TOAST_LIMIT else toast[: TOAST_LIMIT - 1] + "…"
