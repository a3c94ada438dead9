"""»Razlike s papirja«: whose questionnaires of a group were typed twice and differ, each with the way to settle it."""

from __future__ import annotations

from bot import roles, staffroom
from bot.librarian import keying, paging
from bot.roles import Action
from bot.screens import Button, Reply, Screen, column
from bot.texts import paper as texts
from bot.texts import staff as staff_texts
from bot.texts.slovene import common
from bot.visit import Visit, whole
from storage import cohorts, runs, second_entries
from storage.cohorts import Cohort

_A_PAGE = 8


def button(visit: Visit, cohort_id: int, programme: str) -> tuple[Button, ...]:
    """The way here, where something waits for whoever is here."""
    if not roles.may(visit, Action.ASSIST, programme) or not second_entries.unsettled(visit.connection, cohort_id):
        return ()
    return (Button(texts.DIFFERENCES, f"rzp:{cohort_id}"),)


def show(visit: Visit, cohort_id: str, page: str = "1") -> Reply | None:
    """What differs in a group."""
    if _find(visit, cohort_id) is None:
        return None
    argument = f"{whole(cohort_id)}:{whole(page)}"
    return Reply(draw(visit, argument), f"differences:{argument}", fresh=visit.typed)


def draw(visit: Visit, argument: str) -> Screen:
    """The card of `differences:COHORT:PAGE`."""
    cohort_id, _, number = argument.partition(":")
    cohort = _find(visit, cohort_id)
    if cohort is None:
        return Screen(staff_texts.NOT_STAFF, column(staffroom.to_desk()))
    page = paging.turned(second_entries.unsettled(visit.connection, cohort.id), number, _A_PAGE)
    lines, buttons = [], []
    for one in page.shown:
        run = runs.load(visit.connection, one.run)
        second = second_entries.look(visit.connection, visit.house.keys, one.run)
        if run is None or second is None:
            raise LookupError("what was typed twice is gone")
        first = runs.answers(visit.connection, visit.house.keys, one.run)
        left = second_entries.differing(run.questionnaire, first, second.answers)
        name = keying.wave_name(visit, cohort.programme, one.wave)
        lines.append(texts.different(one.code, name, len(left)))
        buttons.append(Button(f"{one.code} · {name}", f"dv:{one.run}"))
    once = second_entries.typed_once(visit.connection, cohort.id)
    back = column(Button(common.BACK, f"sku:{cohort.id}"), staffroom.to_desk())
    text = texts.differences(cohort.name, lines, once, page.words)
    return Screen(text, (*column(*buttons), *page.arrows(f"rzp:{cohort.id}"), *back))


def _find(visit: Visit, cohort_id: str) -> Cohort | None:
    """The group, where whoever is here may type in what came from paper."""
    found = cohorts.find(visit.connection, whole(cohort_id))
    return found if found is not None and roles.may(visit, Action.ASSIST, found.programme) else None
