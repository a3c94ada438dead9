"""The stand-in for Telegram's Bot API server: real HTTP on loopback, for one bot and its private chats."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import secrets
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, NoReturn

from aiohttp import web

from bot.simulator import snapshots
from bot.simulator.faults import Fault, Faults
from bot.simulator.methods import CANONICAL, METHODS, parameters
from bot.simulator.people import Person
from bot.simulator.rates import Rates
from bot.simulator.receiving import Poller, file_path
from bot.simulator.refusals import Refusal, too_fast, unauthorized, unknown_method
from bot.simulator.state import Account, Clock, World
from bot.simulator.webhooks import Courier
from bot.simulator.wire import UPLOAD_LIMIT, Call, accepted, read_call, refused

log = logging.getLogger(__name__)
TOKEN_PARTS = 2


def real_clock() -> datetime:
    """The time of this machine."""
    return datetime.now(UTC)


@dataclass
class Request:
    """One request of the bot, and what became of it."""

    method: str
    params: dict[str, Any]
    files: list[str]
    at: datetime
    status: int = 0  # HTTP status; 0 while it runs or when the connection was cut
    description: str = ""
    result: Any = None
    problems: list[str] = field(default_factory=list)

    @property
    def outcome(self) -> str:
        """`ok`, `running or cut`, or the status and words of the refusal."""
        if not self.status:
            return "running or cut"
        return "ok" if self.status < 400 else f"{self.status} {self.description}"  # noqa: PLR2004 - HTTP errors


class Simulator:
    """A Bot API server for one bot, with the people who write to it."""

    def __init__(self, token: str, username: str, clock: Clock, *, strict_rate: bool = True) -> None:
        self.token = token
        self.world = World(int(token.partition(":")[0]), username, clock)
        self.people: dict[int, Person] = {}
        self.faults = Faults()
        self.rates = Rates(strict=strict_rate)
        self.poller = Poller(self.world)
        self.courier = Courier(self.world)
        self.requests: list[Request] = []
        self.unknown: list[Request] = []
        self.in_flight = 0
        self.finished = 0
        self.port = 0
        self.extra_routes: list[web.RouteDef] = []
        self.app = web.Application()
        self._runner: web.AppRunner | None = None

    @property
    def username(self) -> str:
        """The bot's name in links, without @."""
        return self.world.username

    @property
    def base_url(self) -> str:
        """What a client puts before the token."""
        return f"http://127.0.0.1:{self.port}/bot"

    @property
    def base_file_url(self) -> str:
        """What a client puts before the token to load a file."""
        return f"http://127.0.0.1:{self.port}/file/bot"

    @property
    def problems(self) -> list[str]:
        """What the bot did that Telegram does not know: methods and parameters."""
        return [problem for request in self.requests for problem in request.problems]

    # Life

    @classmethod
    async def start(
        cls,
        *,
        port: int = 0,
        token: str | None = None,
        username: str = "povezujejo_bot",
        clock: Clock | None = None,
        strict_rate: bool = True,
        extra_routes: Iterable[web.RouteDef] = (),
        state: dict[str, Any] | None = None,
    ) -> Simulator:
        """Listen on 127.0.0.1; port 0 takes a free one. `state` is an earlier snapshot."""
        token = token or f"123456789:AA{secrets.token_urlsafe(24)}"
        simulator = cls(token, username, clock or real_clock, strict_rate=strict_rate)
        simulator.port = port
        simulator.extra_routes = list(extra_routes)
        if state is not None:
            simulator.restore(state)
        await simulator.comes_up()
        return simulator

    @classmethod
    @contextlib.asynccontextmanager
    async def running(cls, **options: Any) -> AsyncIterator[Simulator]:
        """`start` and `stop` around a block."""
        simulator = await cls.start(**options)
        try:
            yield simulator
        finally:
            await simulator.stop()

    async def comes_up(self) -> None:
        """Listen (again) on the same port with the state as it is."""
        self.app = web.Application(client_max_size=UPLOAD_LIMIT + 1024 * 1024)
        self.app.add_routes(self.extra_routes)
        self.app.router.add_route("*", "/bot{token}/{method}", self._answer)
        self.app.router.add_get("/file/bot{token}/{path:.+}", self._file)
        self._runner = web.AppRunner(self.app, access_log=None, shutdown_timeout=0.1)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", self.port, reuse_address=True)
        await site.start()
        self.port = self._runner.addresses[0][1]
        self.courier.begin()

    async def goes_down(self) -> None:
        """Refuse connections and end those that are open; the state stays."""
        await self.courier.end()
        self.poller.end("Conflict: the server goes down")
        if self._runner is not None:
            await self._runner.cleanup()
            self._runner = None

    stop = goes_down

    def snapshot(self) -> dict[str, Any]:
        """The whole state as JSON: people, messages, files, updates that wait, next numbers."""
        return snapshots.take(self.world)

    def restore(self, state: dict[str, Any]) -> None:
        """Put a snapshot back; the people come back with it."""
        snapshots.put_back(self.world, state)
        self.people = {account.id: Person(self, account) for account in self.world.accounts.values()}

    # People

    def person(self, first_name: str = "Marija", language_code: str = "sl", user_id: int | None = None) -> Person:
        """Somebody with a phone; the bot learns of them when they write."""
        account = Account(user_id or self.world.next_person_id, first_name, language_code)
        self.world.next_person_id = max(self.world.next_person_id, account.id) + 1
        self.world.accounts[account.id] = account
        self.people[account.id] = Person(self, account)
        return self.people[account.id]

    # Requests

    async def _answer(self, http: web.Request) -> web.StreamResponse:
        try:
            self._check_token(http.match_info["token"])
            name = http.match_info["method"]
            call = await read_call(http, CANONICAL.get(name.lower(), name))
        except Refusal as refusal:
            return refused(refusal)
        request = Request(call.method, dict(call.params), sorted(call.files), self.world.clock())
        self.requests.append(request)
        waits = call.method == "getUpdates"
        self.in_flight += not waits
        try:
            return await self._respond(http, call, request)
        finally:
            self.in_flight -= not waits
            self.finished += not waits

    def _check_token(self, token: str) -> None:
        if len(token.split(":")) != TOKEN_PARTS or not token.partition(":")[0].isdigit():
            raise Refusal(404, "Not Found")
        if token != self.token:
            raise unauthorized()

    async def _respond(self, http: web.Request, call: Call, request: Request) -> web.StreamResponse:
        fault = self.faults.take(call.method, _chat_id(call))
        if fault is not None and fault.kind == "cut_before":
            _cut(http)
        try:
            request.result = await self._act(call, request, fault)
            request.status, response = 200, accepted(request.result)
        except Refusal as refusal:
            request.status, request.description = refusal.code, refusal.description
            response = refused(refusal)
        if fault is not None and fault.kind == "cut_after":
            request.status = 0
            _cut(http)
        if fault is not None and fault.kind == "hang":
            await asyncio.sleep(fault.seconds)
        if fault is not None and fault.kind == "server_error":
            request.status = fault.status
            return web.Response(status=fault.status, text="<html>Bad Gateway</html>", content_type="text/html")
        return response

    async def _act(self, call: Call, request: Request, fault: Fault | None) -> Any:
        self._check_known(call, request)
        if fault is not None and fault.kind == "too_many":
            raise too_fast(int(fault.seconds))
        if fault is not None and fault.kind == "refused":
            raise Refusal(fault.status, fault.description)
        if fault is not None and fault.kind == "server_error":
            return None
        if fault is not None and fault.kind == "confirmation_lost":
            self.world.updates.lose_confirmation()
            call.params.pop("offset", None)
        delay = self.rates.upload_delay(sum(len(upload.data) for upload in call.files.values()))
        if delay:
            await asyncio.sleep(delay)
        self.rates.count(call.method, _chat_id(call))
        if call.method in METHODS:
            return METHODS[call.method].act(self.world, call)
        return await self._waiting_methods()[call.method](call)

    def _waiting_methods(self) -> dict[str, Callable[[Call], Awaitable[Any]]]:
        return {
            "getUpdates": self.poller.get_updates,
            "setWebhook": self._set_webhook,
            "deleteWebhook": self.courier.delete_webhook,
            "getWebhookInfo": self.courier.get_webhook_info,
        }

    async def _set_webhook(self, call: Call) -> bool:
        accepted_ = await self.courier.set_webhook(call)
        if self.world.webhook.url:
            self.poller.end()
        return accepted_

    def _check_known(self, call: Call, request: Request) -> None:
        if call.method.lower() not in CANONICAL:
            request.problems.append(f"unknown method {call.method}")
            self.unknown.append(request)
            log.error("the bot called a method that the stand-in does not know: %s", call.method)
            raise unknown_method()
        given = {*call.params, *call.files} - parameters(call.method)
        attached = {name for name in given if name in call.files and f"attach://{name}" in str(call.params)}
        request.problems += [f"unknown parameter {name} of {call.method}" for name in sorted(given - attached)]

    async def _file(self, http: web.Request) -> web.StreamResponse:
        if http.match_info["token"] != self.token:
            return refused(unauthorized())
        for file in self.world.files.values():
            if file_path(file) == http.match_info["path"]:
                return web.Response(body=file.data, content_type="application/octet-stream")
        return refused(Refusal(404, "Not Found"))


def _chat_id(call: Call) -> int | None:
    reference = call.text("chat_id")
    return int(reference) if reference.lstrip("-").isdigit() else None


def _cut(http: web.Request) -> NoReturn:
    if http.transport is not None:
        http.transport.abort()
    raise asyncio.CancelledError
