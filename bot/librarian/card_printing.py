"""»Kartice za tisk«: the cards of a group, ordered as a PDF that is made beside the bot and comes into the chat."""

from __future__ import annotations

from bot.conversation.request import Request
from bot.conversation.screens import Reply
from bot.librarian import enrolling
from bot.orders import placed
from bot.orders.cards import CardsOrder
from bot.views import librarian as views


def order(request: Request, cohort_id: int, first: int, last: int) -> Reply | None:
    """Order the cards from one enrolment to another. A second tap, or one on an old card, orders nothing."""
    if enrolling.find_cohort(request, cohort_id) is None:
        return None
    _stamp, *shown = views.cards.arguments_of(request.view) or ("",)
    if shown != [cohort_id, first, last]:
        return placed.on_screen(request) or enrolling.show_codes(request, cohort_id, first, last)
    return placed.place(request, CardsOrder(cohort_id, first, last))
