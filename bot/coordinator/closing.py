"""»Končaj skupino«: a coordinator ends a group early, after seeing what that cancels."""

from __future__ import annotations

from bot import roles
from bot.coordinator import dates
from bot.librarian import undoing
from bot.screens import Button, Reply, Screen, column
from bot.texts import groups as texts
from bot.texts.slovene import common
from bot.visit import Visit
from storage import changes, foresight
from storage.cohorts import Cohort


def ask(visit: Visit, cohort_id: str) -> Reply | None:
    """»Končaj skupino«, to be confirmed."""
    group = dates.find(visit, cohort_id)
    return None if group is None else _asked(visit, group)


def close(visit: Visit, cohort_id: str) -> Reply | None:
    """The group is ended, once, from the card that shows what that does."""
    group = dates.find(visit, cohort_id)
    if group is None:
        return undoing.again(visit)
    if visit.view != f"closing:{group.id}":
        return _asked(visit, group)
    return undoing.show(visit, changes.close(visit.connection, group, visit.now, roles.actor(visit)))


def draw(visit: Visit, cohort_id: str) -> Screen:
    """The card of `closing:COHORT`."""
    group = dates.find(visit, cohort_id)
    if group is None:
        return dates.gone()
    ending = foresight.of_closing(visit.connection, visit.house.programmes[group.programme], group)
    rows = column(Button(texts.CONFIRM, f"gzx:{group.id}"), Button(common.CANCEL, f"sku:{group.id}"))
    return Screen(texts.ask_close(group.name, ending.waves, ending.links), rows)


def _asked(visit: Visit, group: Cohort) -> Reply:
    return Reply(draw(visit, str(group.id)), f"closing:{group.id}", fresh=visit.typed)
