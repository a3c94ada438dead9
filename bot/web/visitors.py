"""Who is at a page: the session of a browser, and how long it lasts. Knows no page."""

from __future__ import annotations

import secrets
from collections import OrderedDict
from dataclasses import dataclass
from datetime import timedelta
from functools import partial

from aiohttp import web
from sqlalchemy import Connection

from bot.runtime.services import Services
from bot.texts import languages
from bot.web.security import Cookie, form_token
from storage import chats, staff
from storage.web import sessions
from storage.web.sessions import KIOSK_LIFE, OWN_LIFE, SHARED_LIFE, STAFF_LIFE, Session
from surveys.languages import SLOVENIAN

_MOST_KNOWN = 10_000  # browsers


@dataclass(frozen=True, slots=True)
class Visitor:
    """A browser that shows a chat."""

    session: Session
    token: str

    @property
    def chat(self) -> bytes:
        """The chat that it shows."""
        return self.session.chat

    @property
    def form_token(self) -> str:
        """What stands in its forms."""
        return form_token(self.token)

    def sent(self, token: str) -> bool:
        """Whether a form with this token is from a page of this browser."""
        return secrets.compare_digest(token.encode(), self.form_token.encode())


class Visitors:
    """Finds, begins and ends sessions."""

    def __init__(self, services: Services) -> None:
        self._services = services
        self._database = services.database
        self.cookie = Cookie(services.settings.web.public_url, "seja")  # by which a browser is known
        self._lately: OrderedDict[str, Session] = OrderedDict()  # by the token of the browser

    async def of(self, request: web.Request, *, lately: bool = False) -> Visitor | None:
        """Who is there; None for a browser that shows nothing, or not any more.

        `lately`: as this process knew it lately is enough, for a unit that asks whether that is `still` so.
        """
        token = self.cookie.read(request)
        if not token:
            return None
        if lately and token in self._lately:
            return Visitor(self._lately[token], token)
        session = await self._database.read(partial(sessions.find, token=token, now=self._services.clock()))
        self._remember(token, session)
        return None if session is None else Visitor(session, token)

    def still(self, connection: Connection, visitor: Visitor) -> Visitor | None:
        """Who is there at this moment; None where the session has ended, or shows another chat by now."""
        session = sessions.find(connection, visitor.token, self._services.clock())
        return None if session is None or session.chat != visitor.chat else Visitor(session, visitor.token)

    def still_at(self, connection: Connection, visitor: Visitor, revision: int, newest: int) -> Visitor | None:
        """The same, while the chat wants this revision and nothing was said beside it after the message `newest`."""
        session = sessions.find_unchanged(connection, visitor.token, self._services.clock(), revision, newest)
        return None if session is None or session.chat != visitor.chat else Visitor(session, visitor.token)

    def _remember(self, token: str, session: Session | None) -> None:
        self._lately.pop(token, None)
        if session is not None:
            self._lately[token] = session
        if len(self._lately) > _MOST_KNOWN:
            self._lately.popitem(last=False)

    async def begin(self, response: web.StreamResponse, chat: bytes, *, own_device: bool) -> str:
        """The browser of this response shows a chat from now on, by a new token; gives it."""

        def unit(connection: Connection) -> tuple[str, timedelta]:
            life = _life(connection, chat, own_device=own_device)
            return sessions.begin(connection, chat, self._services.clock(), life, own_device=own_device), life

        token, life = await self._database.write(unit)
        self.cookie.put(response, token, life.total_seconds() if own_device else None)
        return token

    async def keep_on(self, visitor: Visitor) -> None:
        """The browser was used: what is a participant's own lasts longer; staff sign in anew after eight hours."""
        if sessions.lasts(visitor.session, OWN_LIFE, self._services.clock()):
            return

        def unit(connection: Connection) -> None:
            now, own_device = self._services.clock(), visitor.session.own_device
            if staff.by_chat(connection, visitor.chat) is not None:
                row = chats.load(connection, visitor.chat)
                if row is not None and row.kiosk is not None:
                    sessions.extend(connection, visitor.session, KIOSK_LIFE - (now - row.changed_at), now)
                    return
                if own_device:
                    return
            sessions.extend(connection, visitor.session, _life(connection, visitor.chat, own_device=own_device), now)

        await self._database.write(unit)

    def hold(self, response: web.StreamResponse, visitor: Visitor, *, alone: bool) -> None:
        """A kiosk is shown: the browser stays as long as the server lets it; `alone`: nobody is there any more."""
        self.cookie.put(response, visitor.token, None)
        if alone:
            response.headers["Clear-Site-Data"] = '"cache"'

    async def end(self, response: web.StreamResponse, visitor: Visitor) -> None:
        """The browser forgets everything."""
        await self._database.write(partial(sessions.end, token=visitor.token))
        self._remember(visitor.token, None)
        self.cookie.drop(response)
        response.headers["Clear-Site-Data"] = '"cache", "storage"'


def _life(connection: Connection, chat: bytes, *, own_device: bool) -> timedelta:
    if not own_device:
        return SHARED_LIFE
    return OWN_LIFE if staff.by_chat(connection, chat) is None else STAFF_LIFE


def language_of(request: web.Request) -> str:
    """What a browser speaks, of the languages in which the bot does."""
    for part in request.headers.get("Accept-Language", "")[:200].split(","):
        tag = part.partition(";")[0].strip().partition("-")[0].lower()
        if tag in languages.WORDS:
            return tag
    return SLOVENIAN
