"""What is answered to a browser: a page, another address, a file."""

from __future__ import annotations

from http import HTTPStatus

from aiohttp import web

from bot.conversation.sound import OGG, kind_of
from bot.web import rendering

_PNG = b"\x89PNG"
_PDF = b"%PDF-"
_REPORT_POLICY = "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'none'"
# a browser's own reader is an object within the page, and would be blocked within a sandbox
_PDF_POLICY = "default-src 'none'; object-src 'self'; style-src 'unsafe-inline'; frame-ancestors 'none'"


def page(template: str, language: str, status: int = HTTPStatus.OK, **content: object) -> web.Response:
    """A page from a template."""
    return html(rendering.page(template, language, **content), status)


def html(text: str, status: int = HTTPStatus.OK) -> web.Response:
    """A page that is written."""
    return web.Response(text=text, content_type="text/html", status=status)


def see_other(path: str) -> web.Response:
    """A form was done: the browser looks there, so that loading again sends nothing anew."""
    return web.Response(status=HTTPStatus.SEE_OTHER, headers={"Location": path})


def file(data: bytes, name: str, kind: str = "application/octet-stream") -> web.Response:
    """A picture to be looked at, or a file to be kept; none is ever a page of ours."""
    if data.startswith(_PNG):
        return web.Response(body=data, content_type="image/png")
    plain = "".join(sign if sign.isascii() and (sign.isalnum() or sign in "._-") else "_" for sign in name)
    disposition = f'attachment; filename="{plain or "datoteka"}"'
    return web.Response(body=data, content_type=kind, headers={"Content-Disposition": disposition})


def shown(data: bytes, name: str) -> web.Response | None:
    """A file in a tab of its own: a page that runs no script and has no part in ours, or a PDF; None for any other."""
    if name.endswith(".html"):
        return _alone(data, "text/html", _REPORT_POLICY)
    return _alone(data, "application/pdf", _PDF_POLICY) if data.startswith(_PDF) else None


def sound(data: bytes) -> web.Response:
    """A recording, as a telephone or a browser made it."""
    return web.Response(body=data, content_type=kind_of(data) or OGG)


def _alone(data: bytes, kind: str, policy: str) -> web.Response:
    charset = "utf-8" if kind.startswith("text/") else None
    return web.Response(body=data, content_type=kind, charset=charset, headers={"Content-Security-Policy": policy})
