"""The pages from start to stop: a server, its addresses, and what every answer carries. Knows no use case."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from functools import partial
from http import HTTPStatus
from typing import NamedTuple

from aiohttp import web

from bot.conversation.channel import CannotReceive, Host, Router
from bot.conversation.handled import Handled
from bot.conversation.overview import Overviews
from bot.runtime.exit_codes import ExitCode
from bot.runtime.failures import described
from bot.runtime.http_server import Handler, HttpServer
from bot.runtime.services import Services
from bot.texts import languages
from bot.web import rendering, responses
from bot.web.card_number_pages import COMES_BACK, OPENED, CardNumberPages, TypedNumber
from bot.web.card_pages import CardPages
from bot.web.channel import WebChannel
from bot.web.device_pages import DevicePages
from bot.web.file_pages import FilePages
from bot.web.kiosk_pages import KioskPages
from bot.web.limits import Limit
from bot.web.link_pages import LinkPages
from bot.web.mail.mailer import Mailer
from bot.web.mail_pages import MailPages
from bot.web.overview_pages import OverviewPages
from bot.web.rendering import ASSETS
from bot.web.security import HEADERS
from bot.web.visitors import Visitors, language_of
from storage.engine.errors import Unavailable

log = logging.getLogger(__name__)

# At links, digits and leaving, of one address, which a whole library may have; digits are counted by whose they are.
_TRIES, _WITHIN = 600, 600.0  # so many in so many seconds
_FOREVER = "public, max-age=31536000, immutable"  # an asset with other content has another address


class Pages(NamedTuple):
    """What answers, by what it is about."""

    cards: CardPages
    kiosk: KioskPages
    files: FilePages
    overview: OverviewPages
    links: LinkPages
    numbers: CardNumberPages
    device: DevicePages
    mail: MailPages


class RunningWeb:
    """One life of the channel, as a `bot.conversation.channel.RunningChannel`.

    `telegram_link` makes the address that opens the bot of Telegram with a token, or "" while its name is not known;
    `overviews` make »Pregled«.
    """

    def __init__(
        self,
        services: Services,
        router: Router,
        host: Host,
        stop: asyncio.Event,
        telegram_link: Callable[[str], str],
        overviews: Overviews,
    ) -> None:
        self.channel = WebChannel(services)
        self._services, self._stop = services, stop
        self._recording: set[asyncio.Task[bool]] = set()
        settings = services.settings.web
        self.server = HttpServer(settings.listen, settings.port)
        visitors = Visitors(services)
        cards = CardPages(services, router, host, self.channel, visitors)
        tries, typed = Limit(_TRIES, _WITHIN), TypedNumber(services)
        self._kiosk = KioskPages(services, router, cards, visitors)
        pages = Pages(
            cards,
            self._kiosk,
            FilePages(services, visitors),
            OverviewPages(router, visitors, overviews),
            LinkPages(services, cards, self.channel, visitors, telegram_link, typed, tries),
            CardNumberPages(services, typed, tries),
            DevicePages(services, self.channel, visitors, tries),
            MailPages(services, Mailer(services)),
        )
        for method, path, handler in _addresses(pages):
            self.server.add(method, path, partial(self._answer, handler))
        self.server.otherwise = partial(self._answer, _nowhere)
        for name, kind in ASSETS.items():
            self.server.add("GET", f"/{name}", partial(_asset, name, kind))

    async def receive(self, ready: Callable[[], None]) -> None:
        """Take what comes in until told to stop."""
        settings = self._services.settings.web
        try:
            await self.server.listen()
        except OSError as problem:
            raise AddressInUse(settings.listen, settings.port, problem.strerror or "") from None
        log.info("the pages: %s, heard at %s:%d", settings.public_url, settings.listen, self.server.port)
        ready()
        await self._stop.wait()

    def show_again(self, handled: Handled) -> None:
        """What is behind is drawn when somebody looks; that alone is recorded."""
        task = asyncio.create_task(self.channel.show(handled))
        self._recording.add(task)
        task.add_done_callback(self._recording.discard)

    async def keep_in_step(self) -> None:
        """New addresses get the mail that confirms them; pages are drawn when somebody looks."""
        await self.channel.confirm_addresses()

    def stop_sending(self) -> None:
        """Nothing is sent."""

    async def stop_receiving(self) -> None:
        """Answer what is under way, then nothing more."""
        await self.server.close()

    async def finish(self) -> None:
        """What was accepted is committed before it is answered."""
        await asyncio.gather(*self._recording, return_exceptions=True)

    async def close(self) -> None:
        """Nothing is kept in this process."""

    async def _answer(self, handler: Handler, request: web.Request) -> web.StreamResponse:
        """The answer of a page with the headers of all; what goes wrong is said on a page."""
        try:
            response = await handler(request) if await self._kiosk.admits(request) else responses.see_other("/")
        except web.HTTPSeeOther as elsewhere:
            response = responses.see_other(str(elsewhere.location))
        except web.HTTPException as problem:
            response = self._problem(request, problem.status)
        except Unavailable as problem:
            self._services.outages.failed("a page", problem, self._services.clock())
            response = self._problem(request, HTTPStatus.SERVICE_UNAVAILABLE)
        except Exception as error:  # noqa: BLE001 - nobody sees an error of ours
            log.error("a page could not be made: %s", described(error))  # noqa: TRY400 - no words of it
            response = self._problem(request, HTTPStatus.INTERNAL_SERVER_ERROR)
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        return response

    def _problem(self, request: web.Request, status: int) -> web.Response:
        language = language_of(request)
        words = languages.words(language).web
        text = {
            HTTPStatus.NOT_FOUND: words.NOT_FOUND,
            HTTPStatus.TOO_MANY_REQUESTS: words.TOO_OFTEN,
            HTTPStatus.REQUEST_ENTITY_TOO_LARGE: words.TOO_LARGE,
            HTTPStatus.BAD_REQUEST: words.OLD_PAGE,
            HTTPStatus.FORBIDDEN: words.OLD_PAGE,
        }.get(HTTPStatus(status), words.AGAIN_LATER)
        template = "dead_link.html" if status == HTTPStatus.NOT_FOUND else "sorry.html"
        return responses.page(template, language, status, text=text)


class AddressInUse(CannotReceive):
    """The port of the pages is taken, or not ours to open."""

    exit_code = ExitCode.CONFIGURATION

    def __init__(self, host: str, port: int, why: str) -> None:
        super().__init__(f"The pages cannot be heard at {host}:{port} ({why}): write another port under [web].")


def _addresses(pages: Pages) -> list[tuple[str, str, Handler]]:
    """Which page answers where: method, path, and what answers."""
    return [
        ("GET", "/", pages.cards.show),
        ("POST", "/", pages.cards.act),
        ("GET", "/odjava", pages.device.ask_to_leave),
        ("POST", "/odjava", pages.device.leave),
        ("GET", "/stanje", pages.cards.state),
        ("GET", "/zapusti", pages.kiosk.leave),
        ("GET", "/naslednjic.ics", pages.cards.calendar),
        ("GET", "/slika", pages.cards.picture),
        ("GET", "/datoteka/{}", pages.files.file),
        ("GET", "/ogled/{}", pages.files.preview),
        ("GET", "/pregled", pages.overview.show),
        ("GET", "/pregled/{}", pages.overview.file),
        ("GET", "/k/{}", pages.links.show),
        ("POST", "/k/{}", pages.links.open),
        ("POST", f"{COMES_BACK}/{{}}", pages.links.come_back),
        ("GET", "/k", pages.numbers.ask),
        ("GET", "/k/", pages.numbers.ask),
        ("GET", "/K", pages.numbers.lead),
        ("GET", "/K/", pages.numbers.lead),
        ("POST", "/k", pages.numbers.take),
        ("GET", OPENED, pages.links.show),
        ("POST", OPENED, pages.links.open),
        ("POST", COMES_BACK, pages.links.come_back),
        ("GET", "/koda", pages.device.ask_pin),
        ("POST", "/koda", pages.device.keep_pin),
        ("GET", "/v/{}", pages.links.enter),
        ("POST", "/v/{}", pages.links.entered),
        ("GET", "/potrdi/{}", pages.mail.ask_to_confirm),
        ("POST", "/potrdi/{}", pages.mail.confirm),
        ("GET", "/odjavi/{}", pages.mail.ask_to_end),
        ("POST", "/odjavi/{}", pages.mail.end),
        ("GET", "/prijava", pages.mail.ask_to_sign_in),
        ("POST", "/prijava", pages.mail.sign_in),
    ]


async def _asset(name: str, kind: str, _: web.Request) -> web.Response:
    headers = {**HEADERS, "Cache-Control": _FOREVER}
    return web.Response(body=rendering.asset(name), content_type=kind, charset="utf-8", headers=headers)


async def _nowhere(_: web.Request) -> web.Response:
    raise web.HTTPNotFound
