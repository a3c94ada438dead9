"""»Seznam privolitev« of a group: ordered as a file that comes into the chat, since the library must account for it."""

from __future__ import annotations

from bot import roles
from bot.coordinator import orders
from bot.librarian import groups
from bot.roles import Action
from bot.screens import Reply
from bot.visit import Visit, whole
from storage import cohorts


def order(visit: Visit, cohort_id: str) -> Reply | None:
    """Order the list of a group. A second tap, or one on an old card, orders nothing."""
    cohort = cohorts.find(visit.connection, whole(cohort_id))
    if cohort is None or not roles.may(visit, Action.SEE_GROUPS, cohort.programme):
        return None
    if not visit.view.startswith(f"group:{cohort.id}:"):
        return orders.on_screen(visit) or groups.show_one(visit, cohort_id)
    return orders.place(visit, "consents.order", f"cohort:{cohort.id}", {"consents": cohort.id}, ("consents",))
