"""Looks after the running bot: answers who asks how it is, and looks now and then by itself."""

from __future__ import annotations

import asyncio
import logging
import os
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from http import HTTPStatus

from aiohttp import web

from bot.conversation.channel import Outgoing
from bot.health import looking
from bot.health.facts import HealthReport
from bot.health.heartbeat import Heartbeat
from bot.health.judging import judge, unready
from bot.health.service_manager import ServiceManager
from bot.runtime.failures import described
from bot.runtime.http_server import Handler, HttpServer
from bot.runtime.loopback import is_loopback
from bot.runtime.services import Services

log = logging.getLogger(__name__)

_KEPT_SEEN = timedelta(hours=1)  # so long what is kept counts as seen, where nothing of it is overdue

Told = Callable[[HealthReport], Awaitable[None]]


class Watch:
    """Of one running process."""

    def __init__(self, services: Services) -> None:
        self._services = services
        self._started_at = services.clock()
        self._looking = asyncio.Lock()
        self._kept: looking.Kept | None = None
        self._kept_seen_at: datetime | None = None
        health, telegram = services.settings.health, services.settings.telegram
        self._shared = telegram.mode == "webhook" and telegram.webhook_port == health.port and health.enabled
        self.server = HttpServer(telegram.webhook_listen if self._shared else health.listen, health.port)
        self.manager = ServiceManager(services.activity, os.environ)
        self.told: list[Told] = [self.manager.told]  # what is called with everything that is seen, now and then

    @property
    def webhook_server(self) -> HttpServer | None:
        """The server that the webhook shares; None where it has one of its own."""
        return self.server if self._shared else None

    async def open(self) -> None:
        """Answer on the port that is configured; where it is taken, say so and do without."""
        if not self._services.settings.health.enabled:
            return
        for path, handler in self._handlers().items():
            self.server.add("GET", path, handler)
        settings = self._services.settings.health
        try:
            await self.server.listen()
        except OSError as problem:
            where = f"{settings.listen}:{settings.port}"
            log.warning("nothing tells how the bot is: %s cannot be used (%s); see [health]", where, problem.strerror)
        else:
            log.info("how the bot is: http://%s:%d/readyz", settings.listen, self.server.port)

    async def run(self) -> None:
        """Look again and again, forever."""
        while True:
            try:
                report = await self.look()
                for told in self.told:
                    await told(report)
            except Exception as error:  # noqa: BLE001 - in a minute again
                log.error("the bot could not look after itself: %s", described(error))  # noqa: TRY400 - one line
            await asyncio.sleep(self._services.settings.health.every.total_seconds())

    async def look(self, *, thoroughly: bool = False) -> HealthReport:
        """How everything stands now; of many who ask, the database answers one after the other.

        What is kept is counted anew each time where that is asked for, or where something of it was overdue.
        """
        async with self._looking:
            await self._look_at_kept(thoroughly=thoroughly)
            facts = await looking.look(self._services, self._started_at, self._kept)
        return HealthReport(facts=facts, alerts=judge(facts, self._services.settings))

    async def _look_at_kept(self, *, thoroughly: bool) -> None:
        now = self._services.clock()
        seen = self._kept_seen_at is not None and now - self._kept_seen_at < _KEPT_SEEN
        well = self._kept is not None and not any(one.overdue for one in self._kept)
        if thoroughly or not (seen and well):
            self._kept, self._kept_seen_at = await looking.look_at_kept(self._services), now

    def tell_operators(self, channels: Outgoing) -> None:
        """From now on operators hear of alerts by these channels."""
        self.told.append(Heartbeat(self._services, channels).told)

    def _handlers(self) -> Mapping[str, Handler]:
        answers = {"/healthz": _alive, "/readyz": self._ready, "/metrics": self._metrics, "/status": self._status}
        return {path: self._for_us(handler) for path, handler in answers.items()}

    def _for_us(self, handler: Handler) -> Handler:
        """Where the webhook's port is open to others, they are not told how the bot is."""
        if not (self._shared and is_loopback(self._services.settings.health.listen)):
            return handler

        async def answer(request: web.Request) -> web.StreamResponse:
            own = None if request.transport is None else request.transport.get_extra_info("sockname")
            if own is None or not is_loopback(own[0]):
                return web.Response(status=HTTPStatus.NOT_FOUND)
            return await handler(request)

        return answer

    async def _ready(self, _: web.Request) -> web.Response:
        missing = {what: why for what, why in unready((await self.look()).facts).items() if why}
        status = HTTPStatus.SERVICE_UNAVAILABLE if missing else HTTPStatus.OK
        return web.json_response({"ready": not missing, "missing": missing}, status=status)

    async def _metrics(self, _: web.Request) -> web.Response:
        from bot.health import metrics  # noqa: PLC0415 - who asks no figures need not load what writes them

        content = metrics.exposed(await self.look(), self._services.activity)
        return web.Response(body=content, headers={"Content-Type": metrics.CONTENT_TYPE})

    async def _status(self, _: web.Request) -> web.Response:
        return web.Response(text=(await self.look(thoroughly=True)).model_dump_json(), content_type="application/json")


@asynccontextmanager
async def watching(services: Services, stop: asyncio.Event) -> AsyncIterator[Watch]:
    """Somebody looks after the bot inside, and answers who asks."""
    watch = Watch(services)
    await watch.open()
    tasks = [asyncio.create_task(watch.run()), asyncio.create_task(watch.manager.run(stop))]
    try:
        yield watch
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        await watch.server.close()


async def _alive(_: web.Request) -> web.Response:
    return web.Response(text="alive\n")
