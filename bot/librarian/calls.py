"""/klici: who needs a call from the library, and why."""

from __future__ import annotations

from collections import Counter

from bot import roles, staffroom
from bot.librarian import paging
from bot.roles import Action
from bot.screens import Button, Reply, Screen, column
from bot.texts import staff as texts
from bot.visit import Visit
from storage import calls

_CALLS_A_PAGE = 20


def show(visit: Visit, page: str = "") -> Reply:
    """/klici."""
    if not roles.programmes(visit, Action.SEE_CALLS):
        return staffroom.refuse(visit)
    argument = paging.asked(page)
    return Reply(draw(visit, argument), f"calls:{argument}", fresh=visit.typed)


def draw(visit: Visit, argument: str) -> Screen:
    """The card of `calls:PAGE`."""
    slugs = [one.slug for one in roles.programmes(visit, Action.SEE_CALLS)]
    needing = calls.needing(visit.connection, slugs, visit.now)
    if not needing:
        return Screen(texts.CALLS_EMPTY, column(staffroom.to_desk()))
    counts = Counter(one.reason for one in needing)
    page = paging.turned(needing, argument, _CALLS_A_PAGE)
    zone = visit.house.rhythm.zone
    parts = [
        f"<b>{texts.CALLS}</b>",
        "\n".join(texts.calls_of(reason, counts[reason]) for reason in calls.Reason if counts[reason]),
        "\n".join(texts.call(one.code, one.reason, one.closes_at, zone) for one in page.shown),
        page.words,
    ]
    buttons = [Button(one.code, f"per:{one.enrolment}") for one in page.shown]
    rows = (*paging.pairs(buttons), *page.arrows("klic"), *column(staffroom.to_desk()))
    return Screen("\n\n".join(part for part in parts if part), rows)
