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
from bot.web.card_number_pages import COMES_BACK, OPENED, TypedNumber
from bot.web.card_pages import CardPages
from bot.web.channel import NAME, WebChannel
from bot.web.limits import Limit
from bot.web.responses import see_other
from bot.web.visitors import Visitors, language_of
from storage import access_links, occasions, participants
from storage.access_links import Expired, Found, Invitation, Used
from storage.web import pins, sessions
from storage.web.pins import PinTry
from surveys.signs import four_digits

TOKEN = re.compile(r"[A-Za-z0-9_-]{4,64}")


@dataclass(frozen=True, slots=True)
class LinkOwner:
    """Whose link was used before: the chat in which they answer, and what is open there."""

    chat: bytes
    elsewhere: bool  # in another channel
    tries: int | None  # at the digits, that are left; None where none were chosen
    waits: bool


@dataclass(frozen=True, slots=True)
class Door:
    """What a link opens, or the number on its card: at which address, and where the digits are sent."""

    found: Found
    token: str  # of the link; "" where only the number is known
    address: str
    comes_back: str


class LinkPages:
    """`telegram_link` makes the address that opens the bot of Telegram with a token; "" while its name is not known."""

    def __init__(
        self,
        services: Services,
        cards: CardPages,
        channel: WebChannel,
        visitors: Visitors,
        telegram_link: Callable[[str], str],
        typed: TypedNumber,
        tries: Limit,
    ) -> None:
        self._services, self._cards, self._typed = services, cards, typed
        self._channel, self._visitors = channel, visitors
        self._telegram_link = telegram_link
        self._tries = tries

    async def show(self, request: web.Request) -> web.StreamResponse:
        """The two ways, or for whose link this is: what waits, and the question for the digits."""
        visitor, (door, owner) = await self._visitors.of(request), await self._door(request)
        if owner is not None:
            return self._back(request, door, owner, mine=visitor is not None and visitor.chat == owner.chat)
        problem = _problem(door, languages.words(language_of(request)))
        if problem and (visitor is None or not door.token):
            return self._page("dead_link.html", request, text=problem)
        staff = isinstance(door.found, Invitation) and door.found.role is not None
        return self._page("link.html", request, door=door, telegram=self._telegram_link(door.token), staff=staff)

    async def open(self, request: web.Request) -> web.StreamResponse:
        """»Odgovarjam tukaj«: the link is opened in the chat of this browser, which is a new one for a new browser."""
        fields = await self._fields(request)
        visitor, (door, owner) = await self._visitors.of(request), await self._door(request)
        mine = owner is not None and visitor is not None and visitor.chat == owner.chat
        if not mine and (owner is not None or not door.token):
            return see_other(door.address)
        if not door.token:
            return see_other("/")
        own_device = fields.get("device") != "other"
        response = see_other("/")
        chat = self._channel.new_chat() if visitor is None else visitor.chat
        key = secrets.token_hex(16)
        asked, now = Command("start", door.token), self._services.clock()
        arrival = Arrival(chat, NAME, key, now, asked, phone_language=language_of(request), revision=0)
        handled = await self._cards.hand_in(arrival, visitor)
        if handled is not None and visitor is None:
            await self._visitors.begin(response, chat, own_device=own_device)
        self._typed.forget(response)
        return response

    async def come_back(self, request: web.Request) -> web.StreamResponse:
        """The digits were given: this browser shows the chat from now on, where they are right."""
        fields = await self._fields(request)
        door, owner = await self._door(request)
        if owner is None or owner.elsewhere:
            return see_other(door.address)
        digits, words = four_digits(str(fields.get("pin", ""))), languages.words(language_of(request)).web
        if digits is None:
            return self._back(request, door, owner, words.PIN_IS_FOUR)
        unit = partial(pins.give, keys=self._services.keys, chat=owner.chat, digits=digits)
        if await self._services.database.write(unit) is not PinTry.RIGHT:
            door, now = await self._door(request)
            return self._back(request, door, now or owner, words.wrong_pin((now or owner).tries or 0))
        response = see_other("/")
        await self._visitors.begin(response, owner.chat, own_device=fields.get("device") != "other")
        self._typed.forget(response)
        return response

    async def enter(self, request: web.Request) -> web.StreamResponse:
        """A link into the browser: a page with one button, since looking at it uses nothing up."""
        token = token_of(request)
        unit = partial(sessions.is_offered, token=token, now=self._services.clock())
        if not await self._services.database.read(unit):
            return self._old(request)
        return self._page("enter.html", request, token=token)

    async def entered(self, request: web.Request) -> web.StreamResponse:
        """The link was opened: this browser shows its chat."""
        token = token_of(request)
        await self._fields(request)
        unit = partial(sessions.take_offer, token=token, now=self._services.clock())
        chat = await self._services.database.write(unit)
        if chat is None:
            return self._old(request)
        response = see_other("/")
        await self._visitors.begin(response, chat, own_device=True)
        return response

    async def _door(self, request: web.Request) -> tuple[Door, LinkOwner | None]:
        """What is asked for, and whose it is where it was used before."""
        find: Callable[[Connection], Door]
        if request.path in {OPENED, COMES_BACK}:
            number = self._typed.of(request)
            if number is None:
                raise web.HTTPSeeOther("/")  # it was used, or typed long ago
            find = partial(self._by_number, number=number)
        else:
            find = partial(self._by_token, token=token_of(request))

        def unit(connection: Connection) -> tuple[Door, LinkOwner | None]:
            door = find(connection)
            return door, self._find_owner(connection, door.found)

        return await self._services.database.read(unit)

    def _by_token(self, connection: Connection, token: str) -> Door:
        found = access_links.look(connection, token, self._services.clock())
        return Door(found, token, f"/k/{token}", f"{COMES_BACK}/{token}")

    def _by_number(self, connection: Connection, number: str) -> Door:
        found, token = access_links.look_up_number(connection, self._services.keys, number, self._services.clock())
        return Door(found, token, OPENED, COMES_BACK)

    def _find_owner(self, connection: Connection, found: Found) -> LinkOwner | None:
        now = self._services.clock()
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
        self, request: web.Request, door: Door, owner: LinkOwner, problem: str = "", *, mine: bool = False
    ) -> web.Response:
        telegram = self._telegram_link(door.token) if owner.elsewhere and door.token else ""
        return self._page("back.html", request, door=door, owner=owner, telegram=telegram, problem=problem, mine=mine)

    def _old(self, request: web.Request) -> web.Response:
        return self._page("sorry.html", request, text=languages.words(language_of(request)).web.LINK_IS_OLD)

    def _page(self, template: str, request: web.Request, **content: Any) -> web.Response:
        return responses.page(template, language_of(request), **content)


def _problem(door: Door, words: Participant) -> str:
    """Why a participant's link begins nothing any more; "" where it may."""
    match door.found:
        case Used(Invitation(enrolment=int())):
            return words.LINK_USED
        case Expired(Invitation(enrolment=int())):
            return words.LINK_EXPIRED
        case _:
            return "" if door.token else words.LINK_EXPIRED


def token_of(request: web.Request) -> str:
    """The token at the end of an address."""
    token = request.path.rpartition("/")[2]
    if not TOKEN.fullmatch(token):
        raise web.HTTPNotFound
    return token
