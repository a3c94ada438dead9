"""Pages behind the links of mails, and the page on which staff sign in. Looking at a link does nothing."""

from __future__ import annotations

import asyncio
from functools import partial

from aiohttp import web
from sqlalchemy import Connection

from bot.runtime.services import Services
from bot.texts import email as texts
from bot.web import forms, responses
from bot.web.limits import Limit
from bot.web.link_pages import token_of
from bot.web.mail.mailer import Mailer
from bot.web.visitors import language_of
from storage import staff
from storage.web import email_addresses
from storage.web.email_addresses import EmailAddress
from surveys.languages import SLOVENIAN

_TRIES, _WITHIN = 10, 600.0  # of one address, in so many seconds


class MailPages:
    """Confirming, ending, signing in."""

    def __init__(self, services: Services, mailer: Mailer) -> None:
        self._services, self._mailer = services, mailer
        self._tries = Limit(_TRIES, _WITHIN)
        self._sending: set[asyncio.Task[None]] = set()

    async def ask_to_confirm(self, request: web.Request) -> web.StreamResponse:
        """»Potrdite svoj naslov«."""
        found = await self._found(request)
        return await self._about(request, found, "confirm_mail.html", done=found.confirmed)

    async def confirm(self, request: web.Request) -> web.StreamResponse:
        """It is theirs: mail may go there."""
        found = await self._found(request)
        unit = partial(email_addresses.confirm, token=found.token, now=self._services.clock())
        await self._services.database.write(unit)
        return await self._about(request, found, "confirm_mail.html", done=True)

    async def ask_to_end(self, request: web.Request) -> web.StreamResponse:
        """Whether no more mail is wished."""
        return await self._about(request, await self._found(request), "end_mail.html", done=False)

    async def end(self, request: web.Request) -> web.StreamResponse:
        """No more mail. Mail programs ask for it with one press, from anywhere (RFC 8058): the token is enough."""
        token = token_of(request)

        def unit(connection: Connection) -> EmailAddress | None:
            found = email_addresses.of_token(connection, self._services.keys, token)
            if found is not None:
                email_addresses.end(connection, found.chat, self._services.clock())
            return found

        found = await self._services.database.write(unit)
        return await self._about(request, found, "end_mail.html", done=True)

    async def ask_to_sign_in(self, request: web.Request) -> web.StreamResponse:
        """»Prijava za zaposlene«."""
        return self._sign_in(request, sent=False)

    async def sign_in(self, request: web.Request) -> web.StreamResponse:
        """A link goes to the address, if it is of staff; the page says the same in every case, and at once."""
        fields = await forms.submitted(request, self._services.settings.web, self._tries)
        address = str(fields.get("address", "")).strip()
        task = asyncio.create_task(self._mailer.send_sign_in(address))
        self._sending.add(task)
        task.add_done_callback(self._sending.discard)
        return self._sign_in(request, sent=True)

    def _sign_in(self, request: web.Request, *, sent: bool) -> web.Response:
        mail = bool(self._services.settings.email.host)
        return responses.page("sign_in.html", language_of(request), sent=sent, mail=mail)

    async def _about(
        self, request: web.Request, found: EmailAddress | None, template: str, *, done: bool
    ) -> web.Response:
        """A page about an address, which for staff is one to sign in by; what they read is Slovenian."""
        member = None if found is None else await self._services.database.read(partial(staff.by_chat, chat=found.chat))
        language = language_of(request) if found is None else SLOVENIAN if member else found.language
        return responses.page(template, language, path=request.path, done=done, staff=member is not None, texts=texts)

    async def _found(self, request: web.Request) -> EmailAddress:
        unit = partial(email_addresses.of_token, keys=self._services.keys, token=token_of(request))
        found = await self._services.database.read(unit)
        if found is None:
            raise web.HTTPNotFound
        return found
