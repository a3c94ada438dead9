"""Updates of the Bot API as plain values. Of each only what is used is read: the rest may be of any shape or age.

What cannot be read is None, and hides nothing that stands beside it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from bot.conversation.arrivals import Arrival, Asked, Command, ConfirmedCard, Given, Tap, Typed
from bot.conversation.request import Sent
from storage.secrets.addresses import TELEGRAM

KINDS = ("message", "edited_message", "callback_query", "my_chat_member")  # what Telegram is asked for
_GIVEN = frozenset(  # what a person sends that is neither words nor a file that is taken; all else is no input at all
    (
        "animation", "audio", "checklist", "contact", "dice", "game", "live_photo", "location", "paid_media", "photo",
        "poll", "sticker", "story", "venue", "video", "video_note",
    )
)  # fmt: skip
_COMMAND = re.compile(r"/([A-Za-z_]+)(?:@\w+)?(?:\s+(.*))?", re.DOTALL)
_ENDED = frozenset(("kicked", "left"))
_LONGEST = 4096  # characters of a message
_LONGEST_TAG = 16  # of a language
_WIDEST = 2**53  # Telegram's numbers have at most 52 significant bits
_LATEST = 2**36  # seconds, in the year 4147


@dataclass(frozen=True, slots=True)
class User:
    """Who wrote or tapped."""

    number: int
    language: str = ""  # of the phone


@dataclass(frozen=True, slots=True)
class Tapped:
    """A button was tapped on the message `card`; 0 where Telegram does not say on which."""

    user: User
    query: str
    action: str
    card: int


@dataclass(frozen=True, slots=True)
class Written:
    """A message to the bot in private: words, a file, or something else that people send (neither)."""

    user: User
    message: int
    sent_at: datetime | None
    text: str | None = None
    file: Sent | None = None
    edited: bool = False


@dataclass(frozen=True, slots=True)
class Reachable:
    """Somebody blocked the bot or lets it write again."""

    user: User
    blocked: bool


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """The bot is in a group or in a channel, where it has nothing to do."""

    chat: int


Content = Tapped | Written | Reachable | Elsewhere


def read(raw: Mapping[str, Any]) -> Content | None:
    """What an update says; None where it is nothing that the bot acts upon."""
    query = _part(raw, "callback_query")
    if query:
        return _tapped(query)
    member = _part(raw, "my_chat_member")
    if member:
        return _member(member)
    edited = _part(raw, "edited_message")
    return _written(edited or _part(raw, "message"), edited=bool(edited))


def kind_of(raw: Mapping[str, Any]) -> str:
    """Whether it is a tap, a message or something else, for whoever counts."""
    if "callback_query" in raw:
        return "tap"
    return "message" if "message" in raw or "edited_message" in raw else "other"


def arrival(
    content: Tapped | Written, update: int, chat: bytes, now: datetime, confirmed: ConfirmedCard | None
) -> Arrival | None:
    """What is asked for, in the terms of every channel; None where a change of a message leaves no words in it.

    `confirmed`: what the card showed as the update arrived, where that is not recorded yet.
    """
    language = content.user.language
    if isinstance(content, Tapped):
        return Arrival(
            chat,
            TELEGRAM,
            str(update),
            now,
            Tap(content.action),
            receipt=content.query,
            phone_language=language,
            tapped=content.card,
            confirmed=confirmed,
        )
    if content.edited and content.text is None:
        return None
    return Arrival(
        chat,
        TELEGRAM,
        str(update),
        now,
        Given(content.file) if content.text is None else asked(content.text),
        phone_language=language,
        message=content.message,
        sent_at=content.sent_at,
        edited=content.edited,
        confirmed=confirmed,
    )


def asked(text: str) -> Asked:
    """What words ask for: a command, or what they say."""
    command = _COMMAND.fullmatch(text.strip())
    return Typed(text) if command is None else Command(command[1].lower(), (command[2] or "").strip())


def sender(raw: Mapping[str, Any]) -> int | None:
    """The number of whoever wrote or tapped: what one person does stays in order."""
    for kind in KINDS:
        user = _user(_part(raw, kind))
        if user is not None:
            return user.number
    return None


def update_number(raw: Any) -> int | None:
    """The number of an update; None where it is none."""
    return _whole(raw, "update_id") if isinstance(raw, dict) else None


def query_of(raw: Mapping[str, Any]) -> str | None:
    """The tap to be answered, whatever else of it cannot be read."""
    found = _part(raw, "callback_query").get("id")
    return found if isinstance(found, str) else None


def _tapped(query: Mapping[str, Any]) -> Tapped | None:
    user, number = _user(query), query.get("id")
    if user is None or not isinstance(number, str):
        return None
    return Tapped(user, number, _words(query, "data"), _whole(_part(query, "message"), "message_id") or 0)


def _written(message: Mapping[str, Any], *, edited: bool) -> Content | None:
    chat, user = _part(message, "chat"), _user(message)
    if chat.get("type") != "private":
        return _elsewhere(chat) if user is not None and not edited else None
    number = _whole(message, "message_id")
    file = _file(message)
    if user is None or number is None:
        return None
    text = _words(message, "text") if isinstance(message.get("text"), str) else None
    if text is None and file is None and not _GIVEN & message.keys():
        return None  # a service message: pinned, a timer, a permission
    return Written(user, number, _moment(message), text, file, edited)


def _member(member: Mapping[str, Any]) -> Content | None:
    chat, user = _part(member, "chat"), _user(member)
    status = _part(member, "new_chat_member").get("status")
    if chat.get("type") != "private":
        return None if status in _ENDED else _elsewhere(chat)
    return None if user is None else Reachable(user, status == "kicked")


def _elsewhere(chat: Mapping[str, Any]) -> Elsewhere | None:
    number = _whole(chat, "id")
    return Elsewhere(number) if number is not None and chat.get("type") in {"group", "supergroup", "channel"} else None


def _file(message: Mapping[str, Any]) -> Sent | None:
    """The recording, the document or the picture of a message."""
    sizes = message.get("photo")
    if isinstance(sizes, list) and sizes and isinstance(sizes[-1], dict) and _words(sizes[-1], "file_id"):
        return Sent("photo", _words(sizes[-1], "file_id"), _whole(sizes[-1], "file_size"), "image/jpeg")
    for kind in ("voice", "document"):
        file = _part(message, kind)
        if file and _words(file, "file_id"):
            return Sent(
                "voice" if kind == "voice" else "document",
                _words(file, "file_id"),
                _whole(file, "file_size"),
                _words(file, "mime_type"),
                _words(file, "file_name"),
                _whole(file, "duration"),
            )
    return None


def _user(content: Mapping[str, Any]) -> User | None:
    user = _part(content, "from")
    number = _whole(user, "id")
    return None if number is None else User(number, _words(user, "language_code").partition("-")[0][:_LONGEST_TAG])


def _part(content: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    """An object inside; empty where there is none."""
    found = content.get(name)
    return found if isinstance(found, dict) else {}


def _words(content: Mapping[str, Any], name: str) -> str:
    """A text that can be stored: as long as Telegram lets one be, and without halves of characters."""
    found = content.get(name)
    return found[:_LONGEST].encode(errors="replace").decode() if isinstance(found, str) else ""


def _whole(content: Mapping[str, Any], name: str) -> int | None:
    found = content.get(name)
    return found if isinstance(found, int) and not isinstance(found, bool) and abs(found) < _WIDEST else None


def _moment(message: Mapping[str, Any]) -> datetime | None:
    """When a message was sent first."""
    seconds = _whole(message, "date")
    return None if seconds is None or not 0 <= seconds < _LATEST else datetime.fromtimestamp(seconds, UTC)
