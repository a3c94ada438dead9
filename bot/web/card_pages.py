"""The page of a card: it shows what stored state says, and takes what is tapped, typed or sent on it."""

from __future__ import annotations

import hashlib
import logging
import secrets
from functools import partial
from http import HTTPStatus
from typing import NamedTuple

from aiohttp import web
from sqlalchemy import Connection

from bot.conversation.arrivals import Arrival, Asked, Given, Typed
from bot.conversation.channel import Host, Router
from bot.conversation.handled import CurrentCard, Handled
from bot.conversation.screens import Document, Picture, Voice
from bot.runtime.failures import described
from bot.runtime.services import Services
from bot.texts import languages
from bot.web import calendar_file, forms, rendering, responses
from bot.web.channel import NAME, WebChannel
from bot.web.file_pages import recording
from bot.web.forms import CardForm, UnreadableForm
from bot.web.limits import Limit
from bot.web.responses import see_other
from bot.web.security import is_own_form
from bot.web.visitors import Visitor, Visitors, language_of
from storage.engine.errors import Unavailable
from storage.web import messages, pins, uploads
from storage.web.messages import NewMessage, WebMessage

log = logging.getLogger(__name__)

_FORMS_A_MINUTE = 120  # of one browser


class _Shown(NamedTuple):
    """What stands on a page: the card, what is said beside it; before it the question for digits comes."""

    card: CurrentCard
    said: list[WebMessage]
    wants_pin: bool


class CardPages:
    """`router` does what is asked, `host` shows it in the chat where that is another channel's."""

    def __init__(self, services: Services, router: Router, host: Host, channel: WebChannel, visitors: Visitors) -> None:
        self._services, self._router, self._host = services, router, host
        self._channel, self._visitors = channel, visitors
        self._forms = Limit(_FORMS_A_MINUTE, 60.0)

    async def show(self, request: web.Request) -> web.StreamResponse:
        """The card of whoever is there."""
        visitor = await self._visitors.of(request)
        if visitor is None:
            return responses.page("nobody.html", language_of(request), ended="konec" in request.query)
        return await self._shown(visitor, request)

    async def act(self, request: web.Request) -> web.StreamResponse:
        """Do what a form asks for. What comes again changes nothing; what cannot be stored now is said so."""
        language, visitor, form = language_of(request), await self._visitors.of(request), await self._form(request)
        if visitor is None or not visitor.sent(form.token):
            return self._not_taken(form, language)
        if not self._forms.admits(visitor.token):
            return self._sorry(language, languages.words(language).web.TOO_OFTEN, HTTPStatus.TOO_MANY_REQUESTS)
        try:
            handled = await self._handle(form, visitor, language)
        except Unavailable as problem:
            self._services.outages.failed("a form", problem, self._services.clock())
            return self._sorry(language, languages.words(language).web.AGAIN_LATER, HTTPStatus.SERVICE_UNAVAILABLE)
        except Exception as error:  # noqa: BLE001 - whoever is there can press again
            log.error("a form could not be handled: %s", described(error))  # noqa: TRY400 - no words of it
            return self._sorry(language, languages.words(language).web.AGAIN_LATER, HTTPStatus.SERVICE_UNAVAILABLE)
        if handled is None:
            return self._sorry(language, languages.words(language).web.TOO_OFTEN, HTTPStatus.TOO_MANY_REQUESTS)
        if handled.forgotten:
            return await self._farewell(visitor, handled, language)
        if "X-Card" in request.headers and handled.reply.kiosk is None:  # a script puts it in place
            return await self._shown(visitor, request)
        return see_other("/")

    async def sign_out(self, request: web.Request) -> web.StreamResponse:
        """»Odjava«: the browser forgets everything."""
        visitor = await self._visitors.of(request)
        response = see_other("/?konec")
        if visitor is not None and visitor.sent((await self._form(request)).token):
            await self._visitors.end(response, visitor)
        return response

    async def state(self, request: web.Request) -> web.StreamResponse:
        """Which card and which file is the newest, for a script that asks whether its page still shows them."""
        visitor = await self._visitors.of(request)
        if visitor is None:
            return web.json_response({"revision": None, "newest": 0})
        if "tukaj" in request.query:  # somebody types or reads
            await self._visitors.keep_on(visitor)
        shown, said, _ = await self._look(visitor, request)
        return web.json_response({"revision": shown.revision, "newest": rendering.newest(said)})

    async def calendar(self, request: web.Request) -> web.StreamResponse:
        """The day of the next questionnaire, for whoever wants it in a calendar."""
        visitor = await self._visitors.of(request)
        shown = None if visitor is None else (await self._look(visitor, request)).card
        if shown is None or shown.next_at is None:
            raise web.HTTPNotFound
        day = shown.next_at.astimezone(self._services.policy.zone).date()
        uid = hashlib.sha256(shown.chat + day.isoformat().encode()).hexdigest()[:32]
        title, address = languages.words(shown.language).web.CALENDAR_TITLE, self._services.settings.web.public_url
        data = calendar_file.calendar(title, day, address, uid, self._services.clock())
        return responses.file(data, "knjiznica.ics", calendar_file.KIND)

    async def picture(self, request: web.Request) -> web.StreamResponse:
        """The picture, file or recording of the card itself."""
        visitor = await self._visitors.of(request)
        if visitor is None:
            raise web.HTTPNotFound
        match (await self._look(visitor, request)).card.screen.media:
            case Picture(data, name) | Document(data, name):
                return responses.file(data, name)
            case Voice(attachment):
                return await recording(self._services, attachment)
            case _:
                raise web.HTTPNotFound

    async def _look(self, visitor: Visitor, request: web.Request) -> _Shown:
        """What stands on the page of this browser, read at one moment."""

        def unit(connection: Connection, card: CurrentCard) -> _Shown:
            said = messages.beside(connection, self._services.keys, card.chat, card.revision)
            return _Shown(card, said, self._wants_pin(connection, visitor, card))

        return await self._router.look(visitor.chat, NAME, language_of(request), unit)

    def _wants_pin(self, connection: Connection, visitor: Visitor, shown: CurrentCard) -> bool:
        """Whether whoever is there should choose digits by which they come back."""
        if visitor.session.without_pin or not shown.participant or shown.staff or not self._channel.is_here(shown.chat):
            return False
        return not pins.is_chosen(connection, shown.chat)

    async def _handle(self, form: CardForm, visitor: Visitor, language: str) -> Handled | None:
        asked: Asked | None = form.asked
        if form.file is not None:
            unit = partial(uploads.keep, keys=self._services.keys, data=form.file.data, now=self._services.clock())
            asked = Given(form.file.sent(await self._services.database.write(unit)))
        assert asked is not None  # noqa: S101 - a form without a file asks for something
        arrival = form.arrival(visitor.chat, asked, self._services.clock(), language)
        handled = await self.hand_in(arrival, visitor)
        if handled is not None:
            self._services.outages.succeeded("a form")
            late = handled.revision > form.revision + 1 and not handled.repeated
            if isinstance(asked, Typed) and late and not handled.kiosk:  # somebody else may stand before a kiosk by now
                await self._give_back(handled, asked.text)
        return handled

    async def hand_in(self, arrival: Arrival, visitor: Visitor | None) -> Handled | None:
        """Have it done; what was committed is shown in the chat of another channel, too, and begins what is due."""
        handled = await self._router.handle(arrival, self._channel.keep)
        if handled is None:
            return None
        if not self._channel.is_here(handled.chat):
            await self._host.show(handled)
        if visitor is not None and not handled.forgotten:
            await self._visitors.keep_on(visitor)
        if handled.reply.soon:
            self._host.soon()
        if handled.reply.due:
            await self._host.due()
        return handled

    async def _give_back(self, handled: Handled, words: str) -> None:
        """What was typed for a card that is not there any more stands beside the one that is."""
        said = languages.words(handled.reply.language or "").web.not_taken(words)
        now, keys = self._services.clock(), self._services.keys

        def unit(connection: Connection) -> None:
            messages.add(connection, keys, handled.chat, [NewMessage(said, handled.revision)], now)

        await self._services.database.write(unit)

    def _not_taken(self, form: CardForm, language: str) -> web.Response:
        """The page is too old, or it is somebody else's: what was typed there stands once more, to be copied."""
        if not isinstance(form.asked, Typed):
            return see_other("/")
        return self._sorry(language, languages.words(language).web.lost(form.asked.text), HTTPStatus.FORBIDDEN)

    async def _form(self, request: web.Request) -> CardForm:
        """What one of our pages sends."""
        if not is_own_form(request, self._services.settings.web.public_url):
            raise web.HTTPForbidden
        try:
            return forms.read(await forms.received(request, forms.LARGEST_FILE + forms.LARGEST_FORM))
        except UnreadableForm:
            raise web.HTTPBadRequest from None

    async def _shown(self, visitor: Visitor, request: web.Request) -> web.Response:
        """The page of the card; before it that of the digits, where none were chosen."""
        shown, said, wants_pin = await self._look(visitor, request)
        if wants_pin:
            return see_other("/koda")
        response = responses.html(
            rendering.card(
                shown,
                said,
                token=visitor.form_token,
                nonce=secrets.token_urlsafe(12),
                own_device=visitor.session.own_device,
            )
        )
        if shown.kiosk:
            self._visitors.hold(response, visitor, alone=not shown.leave)
        return response

    async def _farewell(self, visitor: Visitor, handled: Handled, language: str) -> web.Response:
        response = responses.page("farewell.html", language, text=handled.reply.card.text)
        await self._visitors.end(response, visitor)
        return response

    def _sorry(self, language: str, text: str, status: HTTPStatus) -> web.Response:
        return responses.page("sorry.html", language, status, text=text)
