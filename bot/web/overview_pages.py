"""»Pregled«: the page of a coordinator's Monday. What it says is made elsewhere, and handed in from above."""

from __future__ import annotations

import secrets

from aiohttp import web

from bot.conversation.channel import Router
from bot.conversation.overview import Overviews, ReportFile
from bot.texts import desk as texts
from bot.web import responses
from bot.web.channel import NAME
from bot.web.markup import paragraphs
from bot.web.responses import see_other
from bot.web.visitors import Visitors, language_of

_FILES: dict[str, ReportFile] = {"pdf": "pdf", "stran": "html", "tabela": "xlsx"}  # by the end of the address


class OverviewPages:
    """`overviews` says what stands on the page, and for whom there is one."""

    def __init__(self, router: Router, visitors: Visitors, overviews: Overviews) -> None:
        self._router, self._visitors, self._overviews = router, visitors, overviews

    async def show(self, request: web.Request) -> web.StreamResponse:
        """The page; whoever has none is led to their card."""
        visitor = await self._visitors.of(request)
        found = None if visitor is None else await self._overviews.of(visitor.chat, _about(request))
        if visitor is None or found is None:
            return see_other("/")
        shown = await self._router.look(visitor.chat, NAME, language_of(request), lambda _, card: card)
        return responses.page(
            "overview.html",
            shown.language,
            desk=texts,
            overview=found,
            tasks=paragraphs(found.tasks.text, {}),
            report=paragraphs(found.report, {}),
            files={name: texts.REPORT_FILES[form] for name, form in _FILES.items()},
            token=visitor.form_token,
            nonce=secrets.token_urlsafe(12),
            revision=shown.revision,
        )

    async def file(self, request: web.Request) -> web.StreamResponse:
        """The picture of the page, or its report as a file."""
        visitor, name = await self._visitors.of(request), request.path.rpartition("/")[2]
        if visitor is None:
            raise web.HTTPNotFound
        if name == "slika":
            found = await self._overviews.of(visitor.chat, _about(request))
            return responses.file(*_or_missing(None if found is None else (found.picture.data, found.picture.name)))
        if name not in _FILES:
            raise web.HTTPNotFound
        document = await self._overviews.file(visitor.chat, _about(request), _FILES[name])
        data, called = _or_missing(None if document is None else (document.data, document.name))
        return responses.shown(data, called) or responses.file(data, called)


def _about(request: web.Request) -> str:
    """What the page tells of; "" is everything."""
    return request.query.get("od", "")


def _or_missing(found: tuple[bytes, str] | None) -> tuple[bytes, str]:
    if found is None:
        raise web.HTTPNotFound
    return found
