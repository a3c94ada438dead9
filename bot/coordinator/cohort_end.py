"""»Končaj skupino«: a coordinator ends a group early, after seeing what that cancels."""

from __future__ import annotations

from bot.actions import coordinator as actions
from bot.actions import librarian
from bot.conversation import permissions
from bot.conversation.request import Request
from bot.conversation.screens import Button, Reply, Screen, column
from bot.coordinator import cohort_dates
from bot.librarian import undo
from bot.texts import cohorts as texts
from bot.texts.slovene import common
from bot.views import coordinator as views
from storage import replan_preview, staff_actions
from storage.cohorts import Cohort


def ask(request: Request, cohort: int) -> Reply | None:
    """»Končaj skupino«, to be confirmed."""
    group = cohort_dates.find(request, cohort)
    return None if group is None else _asked(request, group)


def close(request: Request, cohort: int) -> Reply | None:
    """The group is ended, once, from the card that shows what that does."""
    group = cohort_dates.find(request, cohort)
    if group is None:
        return undo.again(request)
    if request.view != views.closing(group.id):
        return _asked(request, group)
    return undo.show(request, staff_actions.close(request.connection, group, request.now, permissions.actor(request)))


def draw(request: Request, cohort: int) -> Screen:
    """What ending a cohort does."""
    group = cohort_dates.find(request, cohort)
    if group is None:
        return cohort_dates.gone()
    ending = replan_preview.of_closing(request.connection, request.services.programmes[group.programme], group)
    rows = column(
        Button(texts.CONFIRM, actions.confirm_closing(group.id)), Button(common.CANCEL, librarian.show_cohort(group.id))
    )
    return Screen(texts.ask_close(group.name, ending.waves, ending.links), rows)


def _asked(request: Request, group: Cohort) -> Reply:
    return Reply(draw(request, group.id), views.closing(group.id))
