"""What is answered to a browser: a page, another address, a file."""

from __future__ import annotations

from http import HTTPStatus

from aiohttp import web

from bot.web import rendering

_PNG = b"\x89PNG"


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


def sound(data: bytes) -> web.Response:
    """A recording."""
    return web.Response(body=data, content_type="audio/ogg")
