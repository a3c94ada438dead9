"""»Kartice za tisk«: the cards of a group, ordered as a PDF that is made beside the bot and comes into the chat."""

from __future__ import annotations

from bot.coordinator import orders
from bot.librarian import enrolling
from bot.screens import Reply
from bot.visit import Visit, whole


def order(visit: Visit, cohort_id: str, first: str, last: str) -> Reply | None:
    """Order the cards from one enrolment to another. A second tap, or one on an old card, orders nothing."""
    cohort = enrolling.find_cohort(visit, cohort_id)
    if cohort is None:
        return None
    numbers = (cohort.id, whole(first), whole(last))
    name, _, argument = visit.view.partition(":")
    if name != "cards" or argument.split(":")[1:] != [str(one) for one in numbers]:
        return orders.on_screen(visit) or enrolling.show_codes(visit, cohort_id, first, last)
    stored = {"cards": cohort.id, "first": numbers[1], "last": numbers[2]}
    return orders.place(visit, "cards.order", f"cohort:{cohort.id}", stored, ("cards",))
