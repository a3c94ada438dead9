"""What a browser keeps of somebody: the digits by which they come back, and how it forgets everything."""

from __future__ import annotations

from enum import StrEnum
from functools import partial
from typing import Any

from aiohttp import web
from sqlalchemy import Connection

from bot.runtime.services import Services
from bot.texts import languages
from bot.texts.web import Web
from bot.web import forms, responses
from bot.web.channel import WebChannel
from bot.web.limits import Limit
from bot.web.responses import see_other
from bot.web.visitors import Visitor, Visitors, language_of
from storage import staff
from storage.web import pins, sessions
from surveys.signs import four_digits


class WayBack(StrEnum):
    """How somebody comes back to what they have answered, as an address says it."""

    DIGITS = "stevilke"
    NEW_CARD = "kartica"  # no digits were chosen
    TELEGRAM = "telegram"
    NONE = "ni"  # nothing was answered here


def kept(words: Web, way: str) -> str:
    """What is said to whoever leaves: that nothing is lost, and how to come back to it."""
    how = {WayBack.DIGITS: words.BACK_BY_DIGITS, WayBack.NEW_CARD: words.BACK_BY_NEW_CARD, WayBack.TELEGRAM: ""}
    return f"{words.ANSWERS_KEPT} {how[WayBack(way)]}".strip() if way in how else ""


class DevicePages:
    """Choosing the digits, and leaving."""

    def __init__(self, services: Services, channel: WebChannel, visitors: Visitors, tries: Limit) -> None:
        self._services, self._channel, self._visitors = services, channel, visitors
        self._tries = tries

    async def ask_pin(self, request: web.Request) -> web.StreamResponse:
        """»Izberite štiri številke«."""
        return self._choose(request, await self._somebody(request))

    async def keep_pin(self, request: web.Request) -> web.StreamResponse:
        """They were chosen, or are not wanted: on a device of somebody else's nobody could come back without them."""
        visitor, fields = await self._somebody(request), await self._fields(request)
        if not visitor.sent(str(fields.get("token", ""))):
            return see_other("/koda")
        digits, now, keys = four_digits(str(fields.get("pin", ""))), self._services.clock(), self._services.keys
        words = languages.words(language_of(request)).web
        if "none" in fields and visitor.session.own_device:
            await self._services.database.write(partial(sessions.go_without_pin, session=visitor.session))
        elif digits is None:
            return self._choose(request, visitor, words.PIN_IS_FOUR)
        elif pins.is_easy(digits):
            return self._choose(request, visitor, words.PIN_IS_EASY)
        else:
            unit = partial(pins.choose, keys=keys, chat=visitor.chat, digits=digits, now=now)
            await self._services.database.write(unit)
        return see_other("/")

    async def ask_to_leave(self, request: web.Request) -> web.StreamResponse:
        """Whether somebody is done here, with what stays of it and how they come back."""
        visitor = await self._visitors.of(request)
        if visitor is None:
            return see_other("/")
        way = await self._way_back(visitor)
        text = kept(languages.words(language_of(request)).web, way)
        return self._page("leave.html", request, visitor, kept=text, lacks_pin=way is WayBack.NEW_CARD)

    async def leave(self, request: web.Request) -> web.StreamResponse:
        """»Odjava«: the browser forgets everything."""
        visitor, fields = await self._visitors.of(request), await self._fields(request)
        if visitor is None or not visitor.sent(str(fields.get("token", ""))):
            return see_other("/")
        response = see_other(f"/?konec={await self._way_back(visitor)}")
        await self._visitors.end(response, visitor)
        return response

    async def _somebody(self, request: web.Request) -> Visitor:
        visitor = await self._visitors.of(request)
        if visitor is None or not self._channel.is_here(visitor.chat):
            raise web.HTTPSeeOther("/")
        return visitor

    async def _way_back(self, visitor: Visitor) -> WayBack:
        return await self._services.database.read(partial(self._find_way_back, chat=visitor.chat))

    def _find_way_back(self, connection: Connection, chat: bytes) -> WayBack:
        takes_part, role = staff.who(connection, chat)
        if role is not None or not takes_part:
            return WayBack.NONE
        if not self._channel.is_here(chat):
            return WayBack.TELEGRAM
        return WayBack.DIGITS if pins.tries_left(connection, chat) is not None else WayBack.NEW_CARD

    async def _fields(self, request: web.Request) -> dict[str, object]:
        return await forms.submitted(request, self._services.settings.web, self._tries)

    def _choose(self, request: web.Request, visitor: Visitor, problem: str = "") -> web.Response:
        return self._page("pin.html", request, visitor, problem=problem)

    def _page(self, template: str, request: web.Request, visitor: Visitor, **content: Any) -> web.Response:
        own_device = visitor.session.own_device
        language = language_of(request)
        return responses.page(template, language, token=visitor.form_token, own_device=own_device, **content)
