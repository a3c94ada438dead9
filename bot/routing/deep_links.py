"""/start with what stands in a link or a QR code: who it is for, and so which room takes it."""

from __future__ import annotations

from bot.conversation.request import Request
from bot.conversation.screens import Reply
from bot.librarian import data_entry
from bot.participant import home, joining
from bot.staff import operators, paper_forms
from bot.texts import paper as paper_texts
from storage import operators as stored_operators


def start(request: Request, token: str) -> Reply:
    """The sheet that a code on paper names, or the link of a participant, of staff or an operator; home without any."""
    if not token:
        return home.home(request)
    if stored_operators.is_token(token):
        return home.home(request, operators.join(request, token))
    sheet = paper_forms.read_token(token)
    if sheet is None:
        return joining.open_link(request, token)
    return data_entry.scanned(request, sheet) or home.home(request, paper_texts.LIBRARY_SHEET)
