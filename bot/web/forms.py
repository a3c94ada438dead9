"""What a form asks for, in the terms of every channel. Bounded: what no page of ours sends is refused."""

from __future__ import annotations

import asyncio
import hashlib
import re
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from aiohttp import web
from multidict import MultiDictProxy

from bot.conversation.arrivals import Arrival, Asked, Command, Given, Tap, Typed
from bot.conversation.request import Sent
from bot.runtime.settings import WebSettings
from bot.web.channel import NAME
from bot.web.limits import Limit
from bot.web.security import caller, is_own_form

LONGEST_WORDS = 4096  # characters, as in every channel
LARGEST_FILE = 10 * 2**20  # bytes
LARGEST_FORM = 64 * 2**10  # bytes of a form beside a file
READ_SECONDS = 30.0  # in which a form has to come in
_ACTION_BYTES = 64
_NONCE = re.compile(r"[A-Za-z0-9_-]{8,32}")
_COMMAND = re.compile(r"[a-z_]{1,32}")
_REVISION = re.compile(r"\d{1,9}")
_SECONDS = re.compile(r"\d{1,4}")

_KINDS: dict[str, Literal["voice", "document", "photo"]] = {
    "audio": "voice",
    "video": "voice",  # as browsers call recordings without pictures, too
    "image": "photo",
}

Fields = MultiDictProxy[str | bytes | bytearray | web.FileField]


class UnreadableForm(ValueError):  # noqa: N818 - says what the form is
    """No page of ours sends this."""


@dataclass(frozen=True, slots=True)
class UploadedFile:
    """A file as a browser sent it."""

    name: str
    mime: str
    data: bytes
    seconds: int = 0  # of a recording, where the page has counted them

    def sent(self, key: str) -> Sent:
        """The same for a use case, by the name under which its content is kept."""
        kind = _KINDS.get(self.mime.partition("/")[0], "document")
        seconds = self.seconds if kind == "voice" else None
        return Sent(kind, f"{NAME}:{key}", len(self.data), self.mime[:80], self.name[:200], seconds)


@dataclass(frozen=True, slots=True)
class CardForm:
    """What was sent: from which page, and what it asks for. A `file` is kept before it can be asked about."""

    token: str
    revision: int  # of the card on the page
    nonce: str  # of the page: the same when it is sent again
    asked: Asked | None
    file: UploadedFile | None = None

    def arrival(self, chat: bytes, asked: Asked, now: datetime, language: str, drawn_in: int | None) -> Arrival:
        """What came in. A tap says itself for which card it is; words and files are for the one on the page."""
        revision, key = None if isinstance(asked, Tap) else self.revision, self._key(chat)
        return Arrival(chat, NAME, key, now, asked, phone_language=language, revision=revision, drawn_in=drawn_in)

    def _key(self, chat: bytes) -> str:
        """The same when the same comes again from the same page, and else another one."""
        content = repr(self.asked) if self.file is None else hashlib.sha256(self.file.data).hexdigest()
        return hashlib.sha256(b"\0".join([chat, self.nonce.encode(), content.encode()])).hexdigest()


async def received(request: web.Request, largest: int = LARGEST_FORM) -> Fields:
    """What a form holds; who sends too much, or does not come to an end, is told so."""
    try:
        async with asyncio.timeout(READ_SECONDS):
            return await request.clone(client_max_size=largest).post()
    except TimeoutError:
        raise web.HTTPRequestTimeout from None


async def submitted(request: web.Request, settings: WebSettings, tries: Limit) -> dict[str, object]:
    """What a small form of ours holds; others are refused, and whoever tries too often is told to wait."""
    if not is_own_form(request, settings.public_url):
        raise web.HTTPForbidden
    if not tries.admits(caller(request, settings.proxy)):
        raise web.HTTPTooManyRequests
    return dict(await received(request))


def read(fields: Fields) -> CardForm:
    """The form of a card. Raises UnreadableForm."""
    revision, nonce = _text(fields, "revision"), _text(fields, "nonce")
    if not _REVISION.fullmatch(revision) or not _NONCE.fullmatch(nonce):
        raise UnreadableForm
    file = _file(fields)
    return CardForm(_text(fields, "token"), int(revision), nonce, None if file else _asked(fields), file)


def _asked(fields: Fields) -> Asked:
    action, command, words = (_text(fields, name) for name in ("action", "command", "words"))
    if action:
        if len(action.encode()) > _ACTION_BYTES:
            raise UnreadableForm
        return Tap(action)
    if command:
        if not _COMMAND.fullmatch(command) or command == "start":
            raise UnreadableForm
        return Command(command, words.strip())
    return Typed(words) if words.strip() else Given(None)


def _file(fields: Fields) -> UploadedFile | None:
    given = fields.get("file")
    if not isinstance(given, web.FileField) or not given.filename:
        return None
    with given.file as content:
        data = content.read(LARGEST_FILE + 1)
    if len(data) > LARGEST_FILE:
        raise UnreadableForm
    seconds = _text(fields, "seconds")
    if seconds and not _SECONDS.fullmatch(seconds):
        raise UnreadableForm
    return UploadedFile(_clean(given.filename), _clean(given.content_type), data, int(seconds or 0))


def _text(fields: Fields, name: str) -> str:
    given = fields.get(name, "")
    return _clean(given.replace("\r\n", "\n")) if isinstance(given, str) else ""


def _clean(words: str) -> str:
    """Words that can be stored: as long as a page lets them be, and without halves of characters."""
    if len(words) > LONGEST_WORDS:
        raise UnreadableForm
    return words.encode(errors="replace").decode()
