"""The chat as a phone shows it: messages with their buttons and files, and the answers to taps."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from bot.simulator.state import StoredMessage, World

_NUMBER = re.compile(r"^(✓ )?\d+ · ")


@dataclass(frozen=True)
class Button:
    """A button under a message."""

    label: str
    data: str | None = None
    url: str | None = None


@dataclass(frozen=True)
class Media:
    """A file in a message."""

    kind: str
    name: str
    mime: str
    data: bytes


@dataclass(frozen=True)
class Toast:
    """The answer to a tap, as the person saw it."""

    text: str | None
    show_alert: bool = False
    query_id: str = ""


class Message:
    """A message as the phone shows it now; it changes when the bot edits it."""

    def __init__(self, world: World, stored: StoredMessage) -> None:
        self._world = world
        self._stored = stored

    def __repr__(self) -> str:
        labels = [[button.label for button in row] for row in self.buttons]
        return f"<{'bot' if self.by_bot else 'person'} {self.id}: {self.text!r} {labels}>"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Message) and (self.chat_id, self.id) == (other.chat_id, other.id)

    def __hash__(self) -> int:
        return hash((self.chat_id, self.id))

    @property
    def id(self) -> int:
        """Number of the message."""
        return self._stored.id

    @property
    def chat_id(self) -> int:
        """Number of the chat, which is the person's."""
        return self._stored.chat_id

    @property
    def date(self) -> int:
        """When it was sent, in Unix seconds."""
        return self._stored.date

    @property
    def by_bot(self) -> bool:
        """Whether the bot sent it."""
        return self._stored.by_bot

    @property
    def text(self) -> str:
        """The text or the caption, without markup."""
        return self._stored.text or self._stored.caption or ""

    @property
    def entities(self) -> list[dict[str, Any]]:
        """Entities of the text or caption."""
        return self._stored.entities

    @property
    def buttons(self) -> list[list[Button]]:
        """The inline keyboard, row by row."""
        rows = (self._stored.reply_markup or {}).get("inline_keyboard", [])
        return [[Button(b["text"], b.get("callback_data"), b.get("url")) for b in row] for row in rows]

    @property
    def labels(self) -> list[str]:
        """What stands on the buttons, in reading order."""
        return [button.label for row in self.buttons for button in row]

    @property
    def edited(self) -> int:
        """How often it was edited."""
        return self._stored.edits

    @property
    def edited_at(self) -> int | None:
        """When it was last edited, in Unix seconds."""
        return self._stored.edited_at

    @property
    def deleted(self) -> bool:
        """Whether it is gone from the phone."""
        return self._stored.deleted

    @property
    def protect_content(self) -> bool:
        """Whether it cannot be forwarded or saved."""
        return self._stored.protect_content

    @property
    def reply_to(self) -> int | None:
        """Number of the message that this one answers."""
        return self._stored.reply_to

    @property
    def media(self) -> Media | None:
        """The file that it carries."""
        if self._stored.file_id is None:
            return None
        file = self._world.files[self._stored.file_id]
        return Media(file.kind, file.name, file.mime, file.data)


def find_button(message: Message, label: str) -> Button | None:
    """The button with this label, or the first one whose label begins so, with its number or without (»1 · nikoli«)."""
    buttons = [button for row in message.buttons for button in row]
    named = [(name, button) for button in buttons for name in (button.label, _NUMBER.sub(r"\1", button.label))]
    exact = [button for name, button in named if name == label]
    return next(iter(exact or [button for name, button in named if name.startswith(label)]), None)
