"""/splet: the same chat in a browser, by a link that holds once."""

from __future__ import annotations

from dataclasses import replace

from bot.actions import participant as actions
from bot.conversation.request import Request
from bot.conversation.screens import Button, Reply, Screen, column
from bot.views import participant as views
from storage import chats
from storage.secrets.addresses import TELEGRAM
from storage.web import sessions


def open_here(request: Request) -> Reply:
    """A link that opens this chat in a browser; for strangers there is nothing to open.

    It stands in place of the card, below which or above which it would be out of sight. No place is lost: the view is
    the same, so what is typed meanwhile counts, and the browser shows the card.
    """
    pages, view = request.services.settings.web, request.view or views.home()
    if not pages.public_url:
        return Reply.again(view, note=request.words.web.NO_PAGES)
    if not chats.is_of_somebody(request.connection, request.chat):
        return Reply.again(view, note=request.words.STRANGER)
    token = sessions.offer(request.connection, request.chat, request.now)
    text = request.words.web.open_here(pages.entrance(token))
    if request.channel != TELEGRAM:  # a page is drawn from the view, and shows what is said beside it
        return replace(Reply.again(view), extras=(Screen(text),))
    rows = column(Button(request.words.BACK, actions.back_from_link()))
    return Reply(Screen(text, rows, protect=True), view, fresh=True)


def back(request: Request) -> Reply:
    """»‹ Nazaj«: the card, as a new message, which may be copied from; the link stays where it is."""
    return replace(Reply.again(request.view or views.home()), fresh=True)
