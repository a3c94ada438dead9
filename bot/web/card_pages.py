"""The page of a card: it shows what stored state says, and takes what is tapped, typed or sent on it."""

from __future__ import annotations

import hashlib
import logging
import secrets
from datetime import timedelta
from functools import partial
from http import HTTPStatus
from typing import NamedTuple

from aiohttp import web
from sqlalchemy import Connection

from bot.conversation.arrivals import Arrival, Asked, Given, Typed
from bot.conversation.channel import Handling, Host, Router
from bot.conversation.handled import CurrentCard, Handled
from bot.conversation.screens import Document, EntryField, Picture, Voice
from bot.runtime.failures import described
from bot.runtime.services import Services
from bot.texts import languages
from bot.web import calendar_file, forms, rendering, responses
from bot.web.channel import CARD, NAME, WebChannel
from bot.web.device_pages import kept
from bot.web.file_pages import recording
from bot.web.forms import CardForm, UnreadableForm
from bot.web.limits import Limit
from bot.web.next_pages import NextPages
from bot.web.responses import see_other
from bot.web.security import is_own_form
from bot.web.visitors import Visitor, Visitors, language_of
from storage.engine.errors import Unavailable
from storage.web import messages, uploads
from storage.web.messages import NewMessage, WebMessage

log = logging.getLogger(__name__)

_OF_THE_MOMENT = timedelta(hours=1)  # as long a sentence beside a card is news; whoever comes back later knows no tap
_FORMS_A_MINUTE = 120  # of one browser


class _Shown(NamedTuple):
    """The page of a browser: the card, and what is said beside it."""

    visitor: Visitor
    card: CurrentCard
    said: list[WebMessage]
    newest: int  # number of the last message that was there
    typed: str = ""  # what was typed, where it is asked for once more


class _Taken(NamedTuple):
    """What became of a form: from whose browser it was (None: from nobody's any more), and the page that comes then."""

    visitor: Visitor | None = None
    handled: Handled | None = None
    shown: _Shown | None = None


class CardPages:
    """`router` does what is asked, `host` shows it in the chat where that is another channel's."""

    def __init__(self, services: Services, router: Router, host: Host, channel: WebChannel, visitors: Visitors) -> None:
        self._services, self._router, self._host = services, router, host
        self._channel, self._visitors = channel, visitors
        self._forms = Limit(_FORMS_A_MINUTE, 60.0)
        self._next: NextPages[_Shown] = NextPages()

    async def show(self, request: web.Request) -> web.StreamResponse:
        """The card of whoever is there."""
        shown = await self._led_to(request) or await self._there(request)
        if shown is None:
            return self._nobody(request)
        return self._page(shown)

    async def act(self, request: web.Request) -> web.StreamResponse:
        """Do what a form asks for. What comes again changes nothing; what cannot be stored now is said so."""
        language, form = language_of(request), await self._form(request)
        visitor = await self._visitors.of(request, lately=form.file is None)
        if visitor is None or not visitor.sent(form.token):
            return self._not_taken(form, language)
        if not self._forms.admits(visitor.token):
            return self._sorry(language, languages.words(language).web.TOO_OFTEN, HTTPStatus.TOO_MANY_REQUESTS)
        try:
            taken = await self._handle(form, visitor, request)
            if taken is not None and taken.visitor is None and (visitor := await self._visitors.of(request)):
                taken = await self._handle(form, visitor, request)  # it shows another chat than lately
        except Unavailable as problem:
            self._services.outages.failed("a form", problem, self._services.clock())
            return self._sorry(language, languages.words(language).web.AGAIN_LATER, HTTPStatus.SERVICE_UNAVAILABLE)
        except Exception as error:  # noqa: BLE001 - whoever is there can press again
            log.error("a form could not be handled: %s", described(error))  # noqa: TRY400 - no words of it
            return self._sorry(language, languages.words(language).web.AGAIN_LATER, HTTPStatus.SERVICE_UNAVAILABLE)
        if taken is None:
            return self._sorry(language, languages.words(language).web.TOO_OFTEN, HTTPStatus.TOO_MANY_REQUESTS)
        if taken.visitor is None or taken.handled is None:
            return self._not_taken(form, language)
        if taken.handled.forgotten:
            return await self._farewell(taken.visitor, taken.handled, language)
        if taken.shown is not None and "X-Card" in request.headers:  # a script, which puts the card in its place
            return self._page(taken.shown)
        if taken.shown is not None and not isinstance(taken.shown.card.screen.media, Picture | Document):
            self._next.keep(taken.visitor.token, taken.shown)
        return see_other("/")

    async def state(self, request: web.Request) -> web.StreamResponse:
        """Which card and which file is the newest, for a script that asks whether its page still shows them."""
        shown = await self._there(request)
        if shown is None:
            return web.json_response({"revision": None, "newest": 0})
        if "tukaj" in request.query:  # somebody types or reads
            await self._visitors.keep_on(shown.visitor)
        return web.json_response({"revision": shown.card.revision, "newest": rendering.newest(shown.said)})

    async def calendar(self, request: web.Request) -> web.StreamResponse:
        """The day of the next questionnaire, for whoever wants it in a calendar."""
        there = await self._there(request)
        shown = None if there is None else there.card
        if shown is None or shown.next_at is None:
            raise web.HTTPNotFound
        day = shown.next_at.astimezone(self._services.policy.zone).date()
        uid = hashlib.sha256(shown.chat + day.isoformat().encode()).hexdigest()[:32]
        title, address = languages.words(shown.language).web.CALENDAR_TITLE, self._services.settings.web.public_url
        data = calendar_file.calendar(title, day, address, uid, self._services.clock())
        return responses.file(data, "knjiznica.ics", calendar_file.KIND)

    async def picture(self, request: web.Request) -> web.StreamResponse:
        """The picture, file or recording of the card itself."""
        shown = await self._there(request)
        if shown is None:
            raise web.HTTPNotFound
        match shown.card.screen.media:
            case Picture(data, name) | Document(data, name):
                return responses.file(data, name)
            case Voice(attachment):
                return await recording(self._services, attachment)
            case _:
                raise web.HTTPNotFound

    async def _led_to(self, request: web.Request) -> _Shown | None:
        """What a form of this browser has led to a moment ago, while nothing has come in between."""
        shown = self._next.take(self._visitors.cookie.read(request))
        if shown is None:
            return None
        unit = partial(
            self._visitors.still_at, visitor=shown.visitor, revision=shown.card.revision, newest=shown.newest
        )
        here = await self._services.database.read(unit)
        return None if here is None else shown._replace(visitor=here)

    async def _there(self, request: web.Request) -> _Shown | None:
        """What stands on the page of this browser, read at one moment; None where it shows nothing, or not any more."""
        for lately in (True, False):
            visitor = await self._visitors.of(request, lately=lately)
            if visitor is None:
                return None
            unit = partial(self._still_beside, visitor)
            shown = await self._router.look(visitor.chat, NAME, language_of(request), unit)
            if shown is not None:
                return shown
        return None

    def _still_beside(self, visitor: Visitor, connection: Connection, card: CurrentCard) -> _Shown | None:
        here = self._visitors.still(connection, visitor)
        return None if here is None else self._beside(here, connection, card)

    def _beside(self, visitor: Visitor, connection: Connection, card: CurrentCard) -> _Shown:
        """The card with what is said beside it."""
        since = max(visitor.session.begun_at, self._services.clock() - _OF_THE_MOMENT)
        beside = messages.beside(connection, self._services.keys, card.chat, card.revision)
        said = [one for one in beside if one.lasts or one.kind or one.said_at >= since]
        return _Shown(visitor, card, said, max((one.id for one in beside), default=0))

    async def _handle(self, form: CardForm, visitor: Visitor, request: web.Request) -> _Taken | None:
        """Have done what a form asks for, for who is still at this browser; None where it is too often."""
        asked = await self._asked(form)
        drawn_in = CARD if self._channel.is_here(visitor.chat) else None
        arrival = form.arrival(visitor.chat, asked, self._services.clock(), language_of(request), drawn_in)

        def unit(connection: Connection, handling: Handling) -> _Taken:
            here = self._visitors.still(connection, visitor)
            if here is None:
                return _Taken()
            handled = handling.handle()
            self._channel.keep_said(connection, handled)
            self._give_back(connection, form, handled)
            if handled.forgotten or handled.reply.kiosk is not None:
                return _Taken(here, handled)
            shown = self._beside(here, connection, handling.card())
            return _Taken(here, handled, shown._replace(typed=_once_more(form, shown.card)))

        taken = await self._router.handle_within(arrival, unit)
        if taken is not None and taken.handled is not None:
            self._services.outages.succeeded("a form")
            await self._committed(taken.handled, taken.visitor)
        return taken

    async def _asked(self, form: CardForm) -> Asked:
        """What a form asks for; its file is kept first."""
        if form.file is not None:
            unit = partial(uploads.keep, keys=self._services.keys, data=form.file.data, now=self._services.clock())
            return Given(form.file.sent(await self._services.database.write(unit)))
        assert form.asked is not None  # noqa: S101 - a form without a file asks for something
        return form.asked

    async def hand_in(self, arrival: Arrival, visitor: Visitor | None) -> Handled | None:
        """Have done what no card asks for: a link was opened, or nobody is at a kiosk any more."""

        def unit(connection: Connection, handling: Handling) -> Handled:
            handled = handling.handle()
            self._channel.keep(connection, handled)
            return handled

        handled = await self._router.handle_within(arrival, unit)
        if handled is not None:
            await self._committed(handled, visitor)
        return handled

    async def _committed(self, handled: Handled, visitor: Visitor | None) -> None:
        """What was committed is shown in the chat of another channel, too, and begins what is due."""
        if not self._channel.is_here(handled.chat):
            await self._host.show(handled)
        if visitor is not None and not handled.forgotten:
            await self._visitors.keep_on(visitor)
        if handled.reply.soon:
            self._host.soon()
        if handled.reply.due:
            await self._host.due()

    def _give_back(self, connection: Connection, form: CardForm, handled: Handled) -> None:
        """What was typed for a card that is not there any more stands beside the one that is."""
        late = handled.revision > form.revision + 1 and not handled.repeated
        if isinstance(form.asked, Typed) and late and not handled.kiosk:  # somebody else may be at a kiosk by now
            said = languages.words(handled.language).web.not_taken(form.asked.text)
            now, keys = self._services.clock(), self._services.keys
            messages.add(connection, keys, handled.chat, [NewMessage(said, handled.revision)], now)

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

    def _page(self, found: _Shown) -> web.Response:
        """The page of the card; before it that of the digits, where none were chosen."""
        visitor, shown, said = found.visitor, found.card, found.said
        if visitor.session.lacks_pin and shown.participant and not shown.staff and self._channel.is_here(shown.chat):
            return see_other("/koda")
        response = responses.html(
            rendering.card(
                shown,
                said,
                token=visitor.form_token,
                nonce=secrets.token_urlsafe(12),
                own_device=visitor.session.own_device,
                typed=found.typed,
            )
        )
        if shown.kiosk:
            self._visitors.hold(response, visitor, alone=not shown.leave)
        return response

    async def _farewell(self, visitor: Visitor, handled: Handled, language: str) -> web.Response:
        response = responses.page("farewell.html", language, text=handled.reply.card.text)
        await self._visitors.end(response, visitor)
        return response

    def _nobody(self, request: web.Request) -> web.Response:
        """Nobody is there; `konec`: any more, and how they come back."""
        language, way = language_of(request), request.query.get("konec")
        said, mail = kept(languages.words(language).web, way or ""), bool(self._services.settings.email.host)
        return responses.page("nobody.html", language, ended=way is not None, kept=said, mail=mail)

    def _sorry(self, language: str, text: str, status: HTTPStatus) -> web.Response:
        return responses.page("sorry.html", language, status, text=text)


def _once_more(form: CardForm, card: CurrentCard) -> str:
    """What was typed where an address is asked for again: with a slip in it, it is quicker mended than typed anew."""
    return form.asked.text if isinstance(form.asked, Typed) and card.entry is EntryField.EMAIL else ""
