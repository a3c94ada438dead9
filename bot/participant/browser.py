"""/splet: the same chat in a browser, by a link that holds once."""

from __future__ import annotations

from dataclasses import replace

from bot.conversation.request import Request
from bot.conversation.screens import Reply, Screen
from bot.views import participant as views
from storage import chats
from storage.web import sessions


def open_here(request: Request) -> Reply:
    """A link that opens this chat in a browser; for strangers there is nothing to open."""
    pages, view = request.services.settings.web, request.view or views.home()
    if not pages.public_url:
        return Reply.again(view, note=request.words.web.NO_PAGES)
    if not chats.is_of_somebody(request.connection, request.chat):
        return Reply.again(view, note=request.words.STRANGER)
    token = sessions.offer(request.connection, request.chat, request.now)
    link = Screen(request.words.web.open_here(pages.entrance(token)), protect=True)
    return replace(Reply.again(view), extras=(link,))
