"""An HTTP server on one address, to which paths can be added while it listens. Knows nothing of what they answer."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from http import HTTPStatus

from aiohttp import web

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]

LARGEST_BODY = 1 << 20  # bytes


class HttpServer:
    """One aiohttp application. Port 0 is any that is free."""

    def __init__(self, host: str, port: int) -> None:
        self._host, self._wanted = host, port
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
        runner = web.AppRunner(app, access_log=None, shutdown_timeout=1.0)
        await runner.setup()
        try:
            await web.TCPSite(runner, self._host, self._wanted).start()
        except OSError:
            await runner.cleanup()
            raise
        self._runner, self.port = runner, runner.addresses[0][1]

    async def close(self) -> None:
        """Answer what is under way, then nothing more."""
        if self._runner is not None:
            await self._runner.cleanup()
            self._runner = None

    async def _answer(self, request: web.Request) -> web.StreamResponse:
        methods = self._handlers.get(request.path) or self._handlers.get(f"{request.path.rpartition('/')[0]}/{{}}")
        if methods is None:
            return web.Response(status=HTTPStatus.NOT_FOUND)
        handler = methods.get("GET" if request.method == "HEAD" else request.method)
        if handler is None:
            return web.Response(status=HTTPStatus.METHOD_NOT_ALLOWED, headers={"Allow": ", ".join(methods)})
        return await handler(request)
