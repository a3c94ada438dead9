"""An HTTP server on one address, to which paths can be added while it listens. Knows nothing of what they answer."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from http import HTTPStatus

from aiohttp import web
from aiohttp.web_protocol import RequestHandler

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]

LARGEST_BODY = 1 << 20  # bytes
HEADER_SECONDS = 20.0  # in which a new connection has to say what it wants; twice that at most
_IDLE_SECONDS = 30.0  # after which a connection that has been answered is closed


class HttpServer:
    """One aiohttp application. Port 0 is any that is free. Whoever connects and asks for nothing is sent away."""

    def __init__(self, host: str, port: int, header_seconds: float = HEADER_SECONDS) -> None:
        self._host, self._wanted, self._header_seconds = host, port, header_seconds
        self.otherwise: Handler = _nothing_there  # what answers at every other path
        self._asked: set[RequestHandler] = set()  # connections that have asked for something
        self._watch: asyncio.Task[None] | None = None
        self._handlers: dict[str, dict[str, Handler]] = {}  # path → method → what answers
        self._runner: web.AppRunner | None = None
        self.port = 0  # where it listens, once it does

    def add(self, method: str, path: str, handler: Handler) -> None:
        """Answer such requests from now on. A path that ends with /{} has any one name in its place."""
        self._handlers.setdefault(path, {})[method] = handler

    async def listen(self) -> None:
        """Open the port; a second call does nothing. Raises OSError where it is taken or not ours to open."""
        if self._runner is not None:
            return
        app = web.Application(client_max_size=LARGEST_BODY)
        app.router.add_route("*", "/{path:.*}", self._answer)
        runner = web.AppRunner(app, access_log=None, shutdown_timeout=1.0, keepalive_timeout=_IDLE_SECONDS)
        await runner.setup()
        try:
            await web.TCPSite(runner, self._host, self._wanted).start()
        except OSError:
            await runner.cleanup()
            raise
        self._runner, self.port = runner, runner.addresses[0][1]
        self._watch = asyncio.create_task(self._send_away(runner))

    async def close(self) -> None:
        """Answer what is under way, then nothing more."""
        if self._watch is not None:
            self._watch.cancel()
            self._watch = None
        if self._runner is not None:
            await self._runner.cleanup()
            self._runner = None

    async def _send_away(self, runner: web.AppRunner) -> None:
        """Close what has been open for a while and never came to the end of the first header."""
        silent: set[RequestHandler] = set()
        while runner.server is not None:
            await asyncio.sleep(self._header_seconds)
            there = set(runner.server.connections)
            self._asked &= there
            for connection in silent & there - self._asked:
                connection.force_close()
            silent = there - self._asked

    async def _answer(self, request: web.Request) -> web.StreamResponse:
        self._asked.add(request.protocol)
        methods = self._handlers.get(request.path) or self._handlers.get(f"{request.path.rpartition('/')[0]}/{{}}")
        if methods is None:
            return await self.otherwise(request)
        handler = methods.get("GET" if request.method == "HEAD" else request.method)
        if handler is None:
            return web.Response(status=HTTPStatus.METHOD_NOT_ALLOWED, headers={"Allow": ", ".join(methods)})
        return await handler(request)


async def _nothing_there(_: web.Request) -> web.StreamResponse:
    return web.Response(status=HTTPStatus.NOT_FOUND)
