"""The webhook: a small HTTP server that says 200 only after the commit. Knows no use case."""

from __future__ import annotations

import asyncio
import hmac
import time
from collections.abc import Awaitable, Callable
from http import HTTPStatus

from aiohttp import web
from telegram.error import BadRequest, InvalidToken, RetryAfter, TelegramError

from bot.runtime.http_server import HttpServer
from bot.runtime.settings import Telegram
from bot.telegram import payloads
from bot.telegram.intake.patience import Patience, until
from bot.telegram.intake.problems import AddressTaken, WebhookElsewhere, WebhookRefused, WrongToken
from bot.telegram.intake.receiver import ALLOWED_UPDATES, NotCommitted, Receiver
from bot.telegram.intake.webhook_watch import WebhookWatch
from bot.telegram.transport import TelegramBot, wait_of
from bot.telegram.updates import update_number
from bot.telegram.webhook_info import WebhookInfo, ask_webhook

SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 - the name of a header
_CONNECTIONS = 100


class Webhook:
    """Receives until `stop` is set. At its start it raises what `bot.telegram.intake.problems` has.

    `take_over`: also where Telegram brings the updates to another webhook.
    """

    def __init__(
        self,
        bot: TelegramBot,
        receiver: Receiver,
        stop: asyncio.Event,
        settings: Telegram,
        *,
        server: HttpServer | None = None,
        take_over: bool = False,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], Awaitable[object]] = asyncio.sleep,
    ) -> None:
        self._bot = bot
        self._receiver = receiver
        self._stop = stop
        self._settings = settings
        self._take_over = take_over
        self.watch = WebhookWatch(settings.webhook_url, receiver.activity, clock=clock)
        self._patience = Patience(stop, sleep)
        self._server = server or HttpServer(settings.webhook_listen, settings.webhook_port)

    @property
    def port(self) -> int:
        """Where it listens, once it does."""
        return self._server.port

    async def run(self, ready: Callable[[], None] | None = None) -> None:
        """Listen, tell Telegram where, and receive until told to stop; `ready` is called once Telegram knows."""
        await self.listen()
        await self.announce()
        if ready is not None:
            ready()
        await self._stop.wait()

    async def listen(self) -> None:
        """Open the port."""
        self._server.add("POST", self._settings.webhook_path, self._receive)
        try:
            await self._server.listen()
        except OSError:
            raise AddressTaken(self._settings.webhook_listen, self._settings.webhook_port) from None

    async def announce(self) -> None:
        """Tell Telegram our address; what waits there is never dropped. Several processes may say the same."""
        while not self._stop.is_set():
            try:
                await until(self._stop, self._begin())
            except BadRequest as error:
                raise WebhookRefused(error.message) from None
            except InvalidToken:
                raise WrongToken from None
            except RetryAfter as error:
                await self._patience.wait("Telegram asks the bot to wait", at_least=wait_of(error))
            except TelegramError as error:
                await self._patience.wait(f"no connection to Telegram, waiting for it: {error.message}")
            else:
                self._patience.over()
                self._receiver.heard()
                return

    async def keep(self) -> None:
        """Now and then: see whether the webhook is still ours, and set it again where it is not."""
        if not self.watch.due():
            return
        try:
            found = await ask_webhook(self._bot)
            self._receiver.heard()
            if not self.watch.holds(found):
                await self._set(found)
        except TelegramError as error:
            self.watch.unknown(error.message)

    async def _begin(self) -> None:
        found = await ask_webhook(self._bot)
        if found.url not in {"", self._settings.webhook_url} and not self._take_over:
            raise WebhookElsewhere(found.place)
        await self._set(found)

    async def _set(self, found: WebhookInfo) -> None:
        await self._bot.set_webhook(
            self._settings.webhook_url,
            secret_token=self._settings.webhook_secret,
            allowed_updates=ALLOWED_UPDATES,
            max_connections=_CONNECTIONS,
        )
        self.watch.begin(found)

    async def close(self) -> None:
        """Take no more; Telegram keeps what it cannot deliver."""
        await self._server.close()

    async def _receive(self, request: web.Request) -> web.Response:
        given = request.headers.get(SECRET_HEADER, "")
        if not hmac.compare_digest(given.encode(), self._settings.webhook_secret.encode()):
            return web.Response(status=HTTPStatus.FORBIDDEN)
        try:
            raw = payloads.read(await request.read())
        except ValueError:
            raw = None
        if update_number(raw) is None:
            return web.Response(status=HTTPStatus.BAD_REQUEST)
        try:
            await asyncio.shield(self._receiver.accept(raw))
        except NotCommitted:
            return web.Response(status=HTTPStatus.SERVICE_UNAVAILABLE)
        return web.Response()
