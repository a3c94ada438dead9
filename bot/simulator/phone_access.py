"""Who may talk with the phone page: this machine's browser, from the page itself. Knows nothing of what is asked."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from aiohttp import web

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]

PAGE_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
FILE_POLICY = "sandbox; default-src 'none'; img-src data:; style-src 'unsafe-inline'; font-src data:"
LOOPBACK = ("127.0.0.1", "localhost", "[::1]")


def guarded(handler: Handler) -> Handler:
    """The same handler for requests that come from this machine under its own name.

    The name in Host keeps out pages whose own name was made to point here (DNS rebinding); Origin and
    Sec-Fetch-Site keep out requests that other pages send.
    """

    async def checked(request: web.Request) -> web.StreamResponse:
        if not _at_home(request):
            return web.json_response({"problem": "Predstavitev je dosegljiva samo s tega računalnika."}, status=403)
        response = await handler(request)
        if not response.prepared:
            response.headers.setdefault("Content-Security-Policy", PAGE_POLICY)
            response.headers["X-Content-Type-Options"] = "nosniff"
            response.headers["Referrer-Policy"] = "no-referrer"
            response.headers.setdefault("Cache-Control", "no-store")
        return response

    return checked


def _at_home(request: web.Request) -> bool:
    name, _, port = request.host.rpartition(":")
    address = request.transport.get_extra_info("sockname") if request.transport is not None else None
    if name not in LOOPBACK or address is None or port != str(address[1]):
        return False
    if request.headers.get("Sec-Fetch-Site", "same-origin") not in {"same-origin", "none"} and not _is_led_here(
        request
    ):
        return False
    if request.method == "GET":
        return True
    return request.headers.get("Origin") == f"http://{request.host}" and request.content_type == "application/json"


def _is_led_here(request: web.Request) -> bool:
    """Whether another server of this machine only leads to the page: the bot's, whose card is opened on a phone."""
    site, mode = request.headers.get("Sec-Fetch-Site"), request.headers.get("Sec-Fetch-Mode")
    return (request.method, request.path, site, mode) == ("GET", "/", "same-site", "navigate")


async def body_of(request: web.Request) -> dict[str, Any]:
    """The JSON object that the page sent; raises ValueError where it is none."""
    body = await request.json()
    if not isinstance(body, dict):
        raise ValueError("the page sends JSON objects")  # noqa: TRY004 - one error for whatever is wrong with a body
    return body
