"""What the stand-in remembers: people, messages, files, taps and the bot's own settings. It knows no HTTP."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from bot.simulator.refusals import (
    BLOCKED,
    CHAT_ID_EMPTY,
    CHAT_NOT_FOUND,
    DEACTIVATED,
    bad_request,
    forbidden,
)
from bot.simulator.updates import UpdateQueue

Clock = Callable[[], datetime]
FIRST_MESSAGE_ID = 1001
FIRST_PERSON_ID = 5_000_000_001
FIRST_QUERY_ID = 4_000_000_000_000_001


@dataclass
class Account:
    """A person at Telegram; the chat with the bot has the same number."""

    id: int
    first_name: str
    language_code: str | None = "sl"
    last_name: str | None = None
    username: str | None = None
    started: bool = False
    blocked: bool = False
    deactivated: bool = False

    def user(self) -> dict[str, Any]:
        """The User object."""
        user: dict[str, Any] = {"id": self.id, "is_bot": False, "first_name": self.first_name}
        optional = {"last_name": self.last_name, "username": self.username, "language_code": self.language_code}
        return user | {key: value for key, value in optional.items() if value}

    def chat(self) -> dict[str, Any]:
        """The Chat object."""
        chat: dict[str, Any] = {"id": self.id, "type": "private", "first_name": self.first_name}
        optional = {"last_name": self.last_name, "username": self.username}
        return chat | {key: value for key, value in optional.items() if value}


@dataclass
class GroupChat:
    """A group at Telegram in which the bot may be; only what the bot writes there is kept."""

    id: int  # negative
    title: str
    present: bool = False
    texts: list[str] = field(default_factory=list)

    def chat(self) -> dict[str, Any]:
        """The Chat object."""
        return {"id": self.id, "type": "supergroup", "title": self.title}


@dataclass
class StoredFile:
    """A file at Telegram: its bytes under one of its identifiers."""

    file_id: str
    unique_id: str
    kind: str  # photo, document, voice, audio, video, animation
    name: str
    mime: str
    data: bytes
    width: int = 0
    height: int = 0
    seconds: int = 0  # of a recording
    picture: str = ""  # the sizes of one photo have it in common


@dataclass
class StoredMessage:
    """A message of a private chat, the bot's or the person's."""

    chat_id: int
    id: int
    date: int
    by_bot: bool
    text: str | None = None
    caption: str | None = None
    entities: list[dict[str, Any]] = field(default_factory=list)
    media: dict[str, Any] | None = None  # {"photo": [PhotoSize …]}, {"document": Document} …
    file_id: str | None = None
    reply_markup: dict[str, Any] | None = None
    had_reply_keyboard: bool = False
    reply_to: int | None = None
    protect_content: bool = False
    flags: dict[str, Any] = field(default_factory=dict)  # link preview, spoiler, caption above
    edited_at: int | None = None
    edits: int = 0
    deleted: bool = False

    def content(self) -> tuple[object, ...]:
        """What an edit compares: everything that a person would see change."""
        return (self.text, self.caption, self.entities, self.file_id, self.reply_markup)


@dataclass
class Query:
    """A tap that waits for its answer."""

    id: str
    user_id: int
    message_id: int
    data: str
    asked_at: float
    answered: bool = False
    text: str | None = None
    show_alert: bool = False
    url: str | None = None


@dataclass
class Profile:
    """What the bot says about itself, by language and by scope."""

    names: dict[str, str] = field(default_factory=dict)
    descriptions: dict[str, str] = field(default_factory=dict)
    short_descriptions: dict[str, str] = field(default_factory=dict)
    commands: dict[str, list[dict[str, str]]] = field(default_factory=dict)  # "scope|language" → BotCommand …
    menu_buttons: dict[str, dict[str, Any]] = field(default_factory=dict)  # "" or a chat → MenuButton
    joins_groups: bool = False  # as @BotFather is told
    reads_groups: bool = False


@dataclass
class WebhookAddress:
    """Where updates go when they are pushed."""

    url: str = ""
    secret: str = ""
    max_connections: int = 40
    last_error_at: int | None = None
    last_error: str | None = None


class World:
    """Everything that Telegram would hold about one bot."""

    def __init__(self, bot_id: int, username: str, clock: Clock) -> None:
        self.bot_id = bot_id
        self.username = username
        self.pages = ""  # where the bot's own pages are, whose links to cards lead on to the chat
        self.clock = clock
        self.accounts: dict[int, Account] = {}
        self.groups: dict[int, GroupChat] = {}
        self.messages: dict[int, dict[int, StoredMessage]] = {}
        self.files: dict[str, StoredFile] = {}
        self.queries: dict[str, Query] = {}
        self.profile = Profile()
        self.webhook = WebhookAddress()
        self.updates = UpdateQueue()
        self.typing: dict[int, tuple[str, float]] = {}
        self.next_message_id = FIRST_MESSAGE_ID
        self.next_query_id = FIRST_QUERY_ID
        self.next_person_id = FIRST_PERSON_ID
        self.listeners: list[Callable[[int, str], None]] = []

    def now(self) -> float:
        """The clock of the stand-in, in Unix seconds."""
        return self.clock().astimezone(UTC).timestamp()

    def happened(self, chat_id: int, what: str) -> None:
        """Tell who listens that the bot did something in a chat: sent, edited, deleted, answered, typing."""
        for listener in list(self.listeners):
            listener(chat_id, what)

    def bot_user(self) -> dict[str, Any]:
        """The bot as a User object."""
        name = self.profile.names.get("", "Knjižnice povezujejo")
        return {"id": self.bot_id, "is_bot": True, "first_name": name, "username": self.username}

    def chat_for(self, reference: str, *, writing: bool = True) -> Account:
        """The chat that a request names, or Telegram's refusal."""
        if not reference:
            raise bad_request(CHAT_ID_EMPTY)
        account = self.accounts.get(int(reference)) if reference.lstrip("-").isdigit() else None
        if account is None or not account.started:
            raise bad_request(CHAT_NOT_FOUND)
        if writing and account.deactivated:
            raise forbidden(DEACTIVATED)
        if writing and account.blocked:
            raise forbidden(BLOCKED)
        return account

    def message(self, chat_id: int, message_id: int) -> StoredMessage | None:
        """A message that is still there."""
        found = self.messages.get(chat_id, {}).get(message_id)
        return None if found is None or found.deleted else found

    def add(self, chat_id: int, *, by_bot: bool, **content: Any) -> StoredMessage:
        """Append a message to a chat; numbers run over all private chats of the bot, as at Telegram."""
        message = StoredMessage(chat_id, self.next_message_id, int(self.now()), by_bot, **content)
        self.next_message_id += 1
        self.messages.setdefault(chat_id, {})[message.id] = message
        return message

    def keep_file(self, kind: str, name: str, mime: str, data: bytes, **more: Any) -> StoredFile:
        """Store bytes under a new identifier."""
        file_id, unique_id = f"BQAC{secrets.token_urlsafe(40)}", f"Ag{secrets.token_hex(7)}"
        self.files[file_id] = StoredFile(file_id, unique_id, kind, name, mime, data, **more)
        return self.files[file_id]

    def message_object(self, message: StoredMessage, *, nested: bool = False) -> dict[str, Any]:
        """The Message object."""
        account = self.accounts[message.chat_id]
        sender = self.bot_user() if message.by_bot else account.user()
        result: dict[str, Any] = {
            "message_id": message.id,
            "from": sender,
            "chat": account.chat(),
            "date": message.date,
        }
        if message.edited_at:
            result["edit_date"] = message.edited_at
        result |= message.media or {}
        if message.text is not None:
            result["text"] = message.text
        if message.caption:
            result["caption"] = message.caption
        if message.entities:
            result["entities" if message.text is not None else "caption_entities"] = message.entities
        replied = self.message(message.chat_id, message.reply_to) if message.reply_to and not nested else None
        if replied is not None:
            result["reply_to_message"] = self.message_object(replied, nested=True)
        if message.reply_markup and "inline_keyboard" in message.reply_markup:
            result["reply_markup"] = message.reply_markup
        if message.protect_content:
            result["has_protected_content"] = True
        return result | message.flags
