"""What keeps pages from others: headers of every answer, the cookie, whence a form comes, the token in it."""

from __future__ import annotations

import base64
import hashlib
import hmac
from functools import lru_cache
from ipaddress import IPv6Address, ip_address, ip_network
from urllib.parse import urlsplit

from aiohttp import web

POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; media-src 'self'; connect-src 'self';"
    " form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "X-Robots-Tag": "noindex, nofollow",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(self), microphone=(self), geolocation=(), payment=()",
}
_FORM = b"form"


class Cookie:
    """A cookie that goes to this host alone, by https wherever that is not this machine."""

    def __init__(self, public_url: str, name: str) -> None:
        self._secure = urlsplit(public_url).scheme == "https"
        self.name = f"__Host-{name}" if self._secure else name

    def read(self, request: web.Request) -> str:
        """What the browser says; "" where it says nothing."""
        return request.cookies.get(self.name, "")

    def put(self, response: web.StreamResponse, token: str, seconds: float | None) -> None:
        """Give the browser a token, for so long; None: until it is closed."""
        response.set_cookie(
            self.name,
            token,
            max_age=None if seconds is None else int(seconds),
            path="/",
            secure=self._secure,
            httponly=True,
            samesite="Lax",
        )

    def drop(self, response: web.StreamResponse) -> None:
        """The browser forgets the token."""
        response.del_cookie(self.name, path="/", secure=self._secure, httponly=True, samesite="Lax")


@lru_cache(maxsize=10_000)
def form_token(session_token: str) -> str:
    """What stands in each form of a browser, and in no other's: 22 characters."""
    digest = hmac.digest(session_token.encode(), _FORM, hashlib.sha256)
    return base64.urlsafe_b64encode(digest[:16]).decode().rstrip("=")


def is_own_form(request: web.Request, public_url: str) -> bool:
    """Whether a form was sent from one of our pages, as far as the browser says.

    Our pages tell no address (`no-referrer`), for which browsers write »null« in Origin; Sec-Fetch-Site says it then.
    """
    origin, site = request.headers.get("Origin", "null"), request.headers.get("Sec-Fetch-Site", "same-origin")
    return origin in {public_url, "null"} and site == "same-origin"


def caller(request: web.Request, proxy: str) -> str:
    """For whom a request counts: its address, of IPv6 the network of one household.

    Only `proxy` is believed for whom it asks, and of what it says the last: whatever stands before was sent to it.
    """
    address = request.remote or ""
    if proxy and address == proxy:
        address = request.headers.get("X-Forwarded-For", "").rpartition(",")[2].strip() or address
    try:
        found = ip_address(address)
    except ValueError:
        return ""  # all whose address nobody knows together
    if isinstance(found, IPv6Address):
        return str(found.ipv4_mapped or ip_network((found, 64), strict=False))
    return str(found)
