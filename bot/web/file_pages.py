"""Files that stand beside a card: to be heard, looked at, or kept. What came from elsewhere is never a page of ours."""

from __future__ import annotations

from functools import partial

from aiohttp import web

from bot.runtime.services import Services
from bot.web import responses
from bot.web.visitors import Visitors
from storage import attachments
from storage.web import messages
from storage.web.messages import MessageFile

_MOST_DIGITS = 9  # of the number of a row


class FilePages:
    """Each file is shown to browsers that show its chat, and to no other."""

    def __init__(self, services: Services, visitors: Visitors) -> None:
        self._services, self._visitors = services, visitors

    async def file(self, request: web.Request) -> web.StreamResponse:
        """The picture or recording of a message, or its file to be kept."""
        found = await self._of(request)
        if found.data is None:
            return await recording(self._services, found.attachment or 0)
        return responses.file(found.data, found.name)

    async def preview(self, request: web.Request) -> web.StreamResponse:
        """The file of a message as a browser shows it by itself, where it can do nothing there."""
        found = await self._of(request)
        shown = None if found.data is None else responses.shown(found.data, found.name)
        if shown is None:
            raise web.HTTPNotFound
        return shown

    async def _of(self, request: web.Request) -> MessageFile:
        visitor, number = await self._visitors.of(request), request.path.rpartition("/")[2]
        if visitor is None or not number.isdecimal() or len(number) > _MOST_DIGITS:
            raise web.HTTPNotFound
        keys = self._services.keys
        unit = partial(messages.media, keys=keys, chat=visitor.chat, message_id=int(number))
        found = await self._services.database.read(unit)
        if found is None:
            raise web.HTTPNotFound
        return found


async def recording(services: Services, attachment: int) -> web.Response:
    """A recording that somebody sent."""
    unit = partial(attachments.content, keys=services.keys, attachment_id=attachment)
    found = await services.database.read(unit)
    if found is None:
        raise web.HTTPNotFound
    return responses.sound(found)
