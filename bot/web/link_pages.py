"""The page of a link: two ways to answer, and the way back for who answered here before.

Looking at a link never uses it up: mail programs and scanners look at links ahead of people.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

from aiohttp import web
from sqlalchemy import Connection

from bot.conversation.arrivals import Arrival, Command
from bot.runtime.services import Services
from bot.texts import languages
from bot.texts.participant import Participant
from bot.web import forms, responses
from bot.web.card_pages import CardPages
from bot.web.channel import NAME, WebChannel
from bot.web.limits import Limit
from bot.web.responses import see_other
from bot.web.visitors import Visitors, language_of
from storage import access_links, occasions, participants
from storage.access_links import Expired, Found, Invitation, Used
from storage.web import pins, sessions
from storage.web.pins import PinTry

TOKEN = re.compile(r"[A-Za-z0-9_-]{4,64}")


@dataclass(frozen=True, slots=True)
class LinkOwner:
    """Whose link was used before: the chat in which they answer, and what is open there."""

    chat: bytes
    elsewhere: bool  # in another channel
    tries: int | None  # at the digits, that are left; None where none were chosen
    waits: bool


class LinkPages:
    """`telegram_link` makes the address that opens the bot of Telegram with a token; "" while its name is not known."""

    def __init__(
        self,
        services: Services,
        cards: CardPages,
        channel: WebChannel,
        visitors: Visitors,
        telegram_link: Callable[[str], str],
        tries: Limit,
    ) -> None:
        self._services, self._cards = services, cards
        self._channel, self._visitors = channel, visitors
        self._telegram_link = telegram_link
        self._tries = tries

    async def show(self, request: web.Request) -> web.StreamResponse:
        """The two ways, or for whose link this is: what waits, and the question for the digits."""
        token = token_of(request)
        visitor, owner = await self._visitors.of(request), await self._owner(token)
        if owner is not None:
            return self._back(request, token, owner, mine=visitor is not None and visitor.chat == owner.chat)
        unit = partial(access_links.look, token=token, now=self._services.clock())
        found = await self._services.database.read(unit)
        problem = _problem(found, languages.words(language_of(request)))
        if visitor is None and problem:
            return self._page("sorry.html", request, text=problem)
        staff = isinstance(found, Invitation) and found.role is not None
        return self._page("link.html", request, token=token, telegram=self._telegram_link(token), staff=staff)

    async def open(self, request: web.Request) -> web.StreamResponse:
        """»Odgovarjam tukaj«: the link is opened in the chat of this browser, which is a new one for a new browser."""
        token, fields = token_of(request), await self._fields(request)
        visitor, owner = await self._visitors.of(request), await self._owner(token)
        if owner is not None and (visitor is None or visitor.chat != owner.chat):
            return see_other(f"/k/{token}")
        own_device = fields.get("device") != "other"
        response = see_other("/")
        chat = self._channel.new_chat() if visitor is None else visitor.chat
        key = secrets.token_hex(16)
        asked, now = Command("start", token), self._services.clock()
        arrival = Arrival(chat, NAME, key, now, asked, phone_language=language_of(request), revision=0)
        handled = await self._cards.hand_in(arrival, visitor)
        if handled is not None and visitor is None:
            await self._visitors.begin(response, chat, own_device=own_device)
        return response

    async def come_back(self, request: web.Request) -> web.StreamResponse:
        """The digits were given: this browser shows the chat from now on, where they are right."""
        token, fields = token_of(request), await self._fields(request)
        owner = await self._owner(token)
        if owner is None or owner.elsewhere:
            return see_other(f"/k/{token}")
        digits, words = str(fields.get("pin", "")).strip(), languages.words(language_of(request)).web
        if not pins.IS_PIN.fullmatch(digits):
            return self._back(request, token, owner, words.PIN_IS_FOUR)
        unit = partial(pins.give, keys=self._services.keys, chat=owner.chat, digits=digits)
        if await self._services.database.write(unit) is not PinTry.RIGHT:
            owner = await self._owner(token) or owner
            return self._back(request, token, owner, words.wrong_pin(owner.tries or 0))
        response = see_other("/")
        await self._visitors.begin(response, owner.chat, own_device=fields.get("device") != "other")
        return response

    async def enter(self, request: web.Request) -> web.StreamResponse:
        """A link into the browser: a page with one button, since looking at it uses nothing up."""
        return self._page("enter.html", request, token=token_of(request))

    async def entered(self, request: web.Request) -> web.StreamResponse:
        """The link was opened: this browser shows its chat."""
        token = token_of(request)
        await self._fields(request)
        unit = partial(sessions.take_offer, token=token, now=self._services.clock())
        chat = await self._services.database.write(unit)
        if chat is None:
            return self._page("sorry.html", request, text=languages.words(language_of(request)).web.LINK_IS_OLD)
        response = see_other("/")
        await self._visitors.begin(response, chat, own_device=True)
        return response

    async def _owner(self, token: str) -> LinkOwner | None:
        return await self._services.database.read(partial(self._find_owner, token=token))

    def _find_owner(self, connection: Connection, token: str) -> LinkOwner | None:
        now = self._services.clock()
        found = access_links.look(connection, token, now)
        if not isinstance(found, Used) or found.invitation.enrolment is None:
            return None
        enrolment = participants.of_enrolment(connection, found.invitation.enrolment)
        if enrolment is None or enrolment.chat is None:
            return None
        waits = any(one.opens_at <= now < one.closes_at for one in occasions.waiting(connection, enrolment.id))
        tries = pins.tries_left(connection, enrolment.chat)
        return LinkOwner(enrolment.chat, not self._channel.is_here(enrolment.chat), tries, waits)

    async def _fields(self, request: web.Request) -> dict[str, object]:
        """What the form says."""
        return await forms.submitted(request, self._services.settings.web, self._tries)

    def _back(
        self, request: web.Request, token: str, owner: LinkOwner, problem: str = "", *, mine: bool = False
    ) -> web.Response:
        telegram = self._telegram_link(token) if owner.elsewhere else ""
        return self._page("back.html", request, token=token, owner=owner, telegram=telegram, problem=problem, mine=mine)

    def _page(self, template: str, request: web.Request, **content: Any) -> web.Response:
        return responses.page(template, language_of(request), **content)


def _problem(found: Found, words: Participant) -> str:
    """Why a participant's link begins nothing any more; "" where it may."""
    match found:
        case Used(Invitation(enrolment=int())):
            return words.LINK_USED
        case Expired(Invitation(enrolment=int())):
            return words.LINK_EXPIRED
        case _:
            return ""


def token_of(request: web.Request) -> str:
    """The token at the end of an address."""
    token = request.path.rpartition("/")[2]
    if not TOKEN.fullmatch(token):
        raise web.HTTPNotFound
    return token
