"""The desk where requests of the bot arrive: token, faults, limits, the method, a record of what became of it."""

from __future__ import annotations

import asyncio
import logging
from collections import Counter
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, NoReturn

from aiohttp import web

from bot.simulator.faults import Fault, Faults
from bot.simulator.methods import CANONICAL, METHODS, parameters
from bot.simulator.rates import Rates
from bot.simulator.receiving import Poller, file_path
from bot.simulator.refusals import Refusal, too_fast, unauthorized, unknown_method
from bot.simulator.state import World
from bot.simulator.webhooks import Courier
from bot.simulator.wire import MethodCall, accepted, read_call, refused

log = logging.getLogger(__name__)
TOKEN_PARTS = 2
REMEMBERED = 100_000


@dataclass
class HandledCall:
    """One request of the bot, and what became of it."""

    method: str
    params: dict[str, Any]
    files: list[str]
    at: datetime
    status: int = 0  # HTTP status; 0 while it runs or when the connection was cut
    description: str = ""
    result: Any = None
    unknown: bool = False
    problems: list[str] = field(default_factory=list)

    @property
    def outcome(self) -> str:
        """`ok`, `running or cut`, or the status and words of the refusal."""
        if not self.status:
            return "running or cut"
        return "ok" if self.status < 400 else f"{self.status} {self.description}"  # noqa: PLR2004 - HTTP errors


class BotApiServer:
    """Answers the bot over HTTP."""

    def __init__(self, token: str, world: World, rates: Rates) -> None:
        self.token = token
        self.world = world
        self.rates = rates
        self.faults = Faults()
        self.poller = Poller(world)
        self.courier = Courier(world)
        self.requests: list[HandledCall] = []
        self.running: Counter[int] = Counter()  # requests that concern a person and are not answered yet
        self.served: Counter[int] = Counter()

    async def answer(self, http: web.Request) -> web.StreamResponse:
        """Any request under `/bot<token>/`."""
        try:
            self._check_token(http.match_info["token"])
            name = http.match_info["method"]
            call = await read_call(http, CANONICAL.get(name.lower(), name))
        except Refusal as refusal:
            return refused(refusal)
        request = HandledCall(call.method, dict(call.params), sorted(call.files), self.world.clock())
        self.requests.append(request)
        if len(self.requests) > REMEMBERED:
            del self.requests[: REMEMBERED // 2]
        person = self._concerns(call)
        self.running[person] += 1
        try:
            return await self._respond(http, call, request)
        finally:
            self.running[person] -= 1
            self.served[person] += 1

    def _concerns(self, call: MethodCall) -> int:
        """The person whose chat a request is about; 0 if it is about none."""
        query = self.world.queries.get(call.text("callback_query_id"))
        return query.user_id if query is not None else _chat_id(call) or 0

    def _check_token(self, token: str) -> None:
        if len(token.split(":")) != TOKEN_PARTS or not token.partition(":")[0].isdigit():
            raise Refusal(404, "Not Found")
        if token != self.token:
            raise unauthorized()

    async def _respond(self, http: web.Request, call: MethodCall, request: HandledCall) -> web.StreamResponse:
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
        if fault is not None and fault.kind == "answer":
            return web.Response(text=fault.description, content_type="text/html")
        if fault is not None and fault.kind == "server_error":
            request.status = fault.status
            return web.Response(status=fault.status, text="<html>Bad Gateway</html>", content_type="text/html")
        return response

    async def _act(self, call: MethodCall, request: HandledCall, fault: Fault | None) -> Any:
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

    def _waiting_methods(self) -> dict[str, Callable[[MethodCall], Awaitable[Any]]]:
        return {
            "getUpdates": self.poller.get_updates,
            "setWebhook": self._set_webhook,
            "deleteWebhook": self.courier.delete_webhook,
            "getWebhookInfo": self.courier.get_webhook_info,
        }

    async def _set_webhook(self, call: MethodCall) -> bool:
        accepted_ = await self.courier.set_webhook(call)
        if self.world.webhook.url:
            self.poller.end()
        return accepted_

    def _check_known(self, call: MethodCall, request: HandledCall) -> None:
        if call.method.lower() not in CANONICAL:
            request.unknown = True
            request.problems.append(f"unknown method {call.method}")
            log.error("the bot called a method that the stand-in does not know: %s", call.method)
            raise unknown_method()
        given = {*call.params, *call.files} - parameters(call.method)
        attached = {name for name in given if name in call.files and f"attach://{name}" in str(call.params)}
        request.problems += [f"unknown parameter {name} of {call.method}" for name in sorted(given - attached)]

    async def file(self, http: web.Request) -> web.StreamResponse:
        """A download under `/file/bot<token>/`."""
        if http.match_info["token"] != self.token:
            return refused(unauthorized())
        fault = self.faults.take("file", None)
        spoiled = None if fault is None else await _spoiled(http, fault)
        if spoiled is not None:
            return spoiled
        for file in self.world.files.values():
            if file_path(file) == http.match_info["path"]:
                return web.Response(body=file.data, content_type="application/octet-stream")
        return refused(Refusal(404, "Not Found"))


async def _spoiled(http: web.Request, fault: Fault) -> web.StreamResponse | None:
    """What comes in the place of a download; None where it comes, though late."""
    match fault.kind:
        case "cut_before" | "cut_after":
            _cut(http)
        case "server_error":
            return web.Response(status=fault.status, text="<html>Bad Gateway</html>", content_type="text/html")
        case "refused":
            return refused(Refusal(fault.status, fault.description))
        case _:
            await asyncio.sleep(fault.seconds)
    return None


def _chat_id(call: MethodCall) -> int | None:
    reference = call.text("chat_id")
    return int(reference) if reference.lstrip("-").isdigit() else None


def _cut(http: web.Request) -> NoReturn:
    if http.transport is not None:
        http.transport.abort()
    raise asyncio.CancelledError
