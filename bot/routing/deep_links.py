"""/start with what stands in a link or a QR code: who it is for, and so which room takes it."""

from __future__ import annotations

from bot.conversation.request import Request
from bot.conversation.screens import Reply
from bot.librarian import data_entry
from bot.participant import home, joining
from bot.staff import paper_forms
from bot.texts import paper as paper_texts


def start(request: Request, token: str) -> Reply:
    """The sheet that a code on paper names, or the link of a participant or of staff; home without any."""
    if not token:
        return home.home(request)
    sheet = paper_forms.read_token(token)
    if sheet is None:
        return joining.open_link(request, token)
    return data_entry.scanned(request, sheet) or home.home(request, paper_texts.LIBRARY_SHEET)
