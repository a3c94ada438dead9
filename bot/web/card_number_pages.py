"""The page on which the number of a card is typed, and how a browser knows for a while which one that was.

No address and no log ever holds the number: it is sent by a form, and comes back sealed in a cookie.
"""

from __future__ import annotations

import base64
import binascii
import math
import re
from datetime import UTC, datetime, timedelta
from functools import partial

from aiohttp import web
from sqlalchemy import Connection

from bot.runtime.services import Services
from bot.texts import languages
from bot.texts.web import Web
from bot.web import forms, responses
from bot.web.limits import Limit
from bot.web.responses import see_other
from bot.web.security import Cookie, caller
from bot.web.visitors import language_of
from storage import access_links, attempts, card_numbers
from storage.access_links import Unknown
from storage.attempts import Guess
from storage.card_numbers import Misread
from storage.engine.errors import StorageError

OPENED = "/kartica"  # what the number opens
COMES_BACK = "/nazaj"  # where the digits are sent there
_ANYBODY = "web"  # for whom wrong numbers are counted in the audit, which keeps no address
# Of one address, behind which a whole library may type: so many different wrong numbers in so many seconds. Fewer than
# are free over all addresses, so that one of them cannot shut out the others.
_WRONG, _WITHIN = 60, 3600.0
_REMEMBERED = timedelta(minutes=10)
_LONGEST = 64  # characters
_KEPT = re.compile(r"card (\d{1,12}) ([0-9A-Z]{13})")


class TypedNumber:
    """The number that was typed in a browser, for ten minutes, or until the browser is closed."""

    def __init__(self, services: Services) -> None:
        self._services = services
        self._cookie = Cookie(services.settings.web.public_url, "kartica")

    def keep(self, response: web.StreamResponse, number: str) -> None:
        """The browser of this response has typed a number."""
        until = int((self._services.clock() + _REMEMBERED).timestamp())
        sealed = self._services.keys.seal_text(f"card {until} {number}")
        self._cookie.put(response, base64.urlsafe_b64encode(sealed).decode(), None)

    def of(self, request: web.Request) -> str | None:
        """The number that was typed there a moment ago."""
        try:
            sealed = base64.urlsafe_b64decode(self._cookie.read(request).encode())
            kept = _KEPT.fullmatch(self._services.keys.open_text(sealed))
        except (binascii.Error, StorageError):
            return None
        if kept is None or datetime.fromtimestamp(int(kept[1]), UTC) <= self._services.clock():
            return None
        return kept[2]

    def forget(self, response: web.StreamResponse) -> None:
        """The number has opened its door."""
        self._cookie.drop(response)


class CardNumberPages:
    """Asks for the number, and leads to what it opens. Looking uses nothing up, and neither does typing."""

    def __init__(self, services: Services, typed: TypedNumber, tries: Limit) -> None:
        self._services, self._typed, self._tries = services, typed, tries
        self._wrong, self._told = Limit(_WRONG, _WITHIN), Limit(1, _WITHIN)

    async def ask(self, request: web.Request) -> web.StreamResponse:
        """»Vtipkajte številko s kartice«."""
        return self._ask(request)

    async def lead(self, _: web.Request) -> web.StreamResponse:
        """A printed address was typed in capitals."""
        return see_other("/k")

    async def take(self, request: web.Request) -> web.StreamResponse:
        """A number was typed: its door, or what is wrong with it beside what was typed."""
        settings = self._services.settings.web
        fields = await forms.submitted(request, settings, self._tries)
        given, words = str(fields.get("number", ""))[:_LONGEST], languages.words(language_of(request)).web
        number = card_numbers.read(given)
        if isinstance(number, Misread):
            return self._ask(request, given, words.misread(number))
        address = caller(request, settings.proxy)
        again = f"{address} {number}"
        if self._told.opens_in(again):  # the same once more is no other guess
            return self._ask(request, given, words.NUMBER_UNKNOWN)
        if not self._wrong.admits(address):
            return self._ask(request, given, words.too_many_wrong_numbers(_minutes(self._wrong.opens_in(address))))
        problem = await self._services.database.write(partial(self._problem, number=number, words=words))
        if problem == words.NUMBER_UNKNOWN:
            self._told.admits(again)
            return self._ask(request, given, problem)
        self._wrong.take_back(address)
        if problem:
            return self._ask(request, given, problem)
        response = see_other(OPENED)
        self._typed.keep(response, number)
        return response

    def _problem(self, connection: Connection, number: str, words: Web) -> str:
        """Why a well-formed number opens nothing; "" where it does. Where many guess, the right one waits, too."""
        now = self._services.clock()
        until = attempts.paused_until(connection, Guess.CARD_NUMBER, _ANYBODY, now)
        if until is not None:
            return words.numbers_are_guessed(_minutes((until - now).total_seconds()))
        found, _ = access_links.look_up_number(connection, self._services.keys, number, now)
        if isinstance(found, Unknown):
            attempts.note(connection, Guess.CARD_NUMBER, _ANYBODY, now, "stranger")
            return words.NUMBER_UNKNOWN
        return ""

    def _ask(self, request: web.Request, given: str = "", problem: str = "") -> web.Response:
        return responses.page(
            "type_number.html", language_of(request), given=given, problem=problem, example=card_numbers.EXAMPLE
        )


def _minutes(seconds: float) -> int:
    """After so many full minutes the time is over."""
    return max(1, math.ceil(seconds / 60))
