"""What a browser that shows a kiosk may see, and how it goes back to the start without a script. Knows no use case."""

from __future__ import annotations

import hashlib
from functools import partial

from aiohttp import web
from sqlalchemy import Connection

from bot.conversation.arrivals import Arrival, Tap
from bot.conversation.channel import Router
from bot.runtime.services import Services
from bot.web.card_pages import CardPages
from bot.web.channel import NAME
from bot.web.responses import see_other
from bot.web.security import is_own_form
from bot.web.visitors import Visitors, language_of
from storage import chats
from storage.web import messages

_OPEN = frozenset({"/", "/stanje", "/slika", "/zapusti"})
_BESIDE = "/datoteka/"  # what is said beside a card, and everything that staff ordered


class KioskPages:
    """Stands before all other pages where a browser shows a kiosk: who is there is not whose chat it is."""

    def __init__(self, services: Services, router: Router, cards: CardPages, visitors: Visitors) -> None:
        self._services, self._router, self._cards, self._visitors = services, router, cards, visitors

    async def admits(self, request: web.Request) -> bool:
        """Whether whoever is at this browser may see this address."""
        if request.path in _OPEN:
            return True
        visitor = await self._visitors.of(request)
        if visitor is None:
            return True
        return await self._services.database.read(partial(self._is_open, chat=visitor.chat, path=request.path))

    async def leave(self, request: web.Request) -> web.StreamResponse:
        """Nobody has pressed anything on the page with this revision: what a browser without a script asks for."""
        visitor = await self._visitors.of(request)
        if visitor is not None and is_own_form(request, self._services.settings.web.public_url):
            shown = await self._router.look(visitor.chat, NAME, language_of(request), lambda _, card: card)
            if shown.leave and request.query_string == str(shown.revision):
                key = hashlib.sha256(b"%b\0left\0%d" % (visitor.chat, shown.revision)).hexdigest()
                asked, now = Tap(shown.leave), self._services.clock()
                arrival = Arrival(visitor.chat, NAME, key, now, asked, phone_language=shown.language)
                await self._cards.hand_in(arrival, visitor)
        return see_other("/")

    def _is_open(self, connection: Connection, chat: bytes, path: str) -> bool:
        row = chats.load(connection, chat)
        if row is None or row.kiosk is None:
            return True
        beside = messages.beside(connection, self._services.keys, chat, row.wanted)
        return path in {f"{_BESIDE}{one.id}" for one in beside if not one.lasts}
