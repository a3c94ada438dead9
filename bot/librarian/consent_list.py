"""»Seznam privolitev« of a group: ordered as a file that comes into the chat, since the library must account for it."""

from __future__ import annotations

from bot.conversation import permissions
from bot.conversation.permissions import Permission
from bot.conversation.request import Request
from bot.conversation.screens import Reply
from bot.librarian import cohorts as groups
from bot.orders import placed
from bot.orders.consent_list import ConsentListOrder
from bot.views.librarian import group_more


def order(request: Request, cohort_id: int) -> Reply | None:
    """Order the list of a group. A second tap, or one on an old card, orders nothing."""
    cohort = permissions.cohort(request, Permission.SEE_GROUPS, cohort_id)
    if cohort is None:
        return None
    if request.view != group_more(cohort.id):
        return placed.on_screen(request) or groups.show_one(request, cohort_id)
    return placed.place(request, ConsentListOrder(cohort.id))
