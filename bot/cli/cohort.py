"""`cohort add`, `cohort list`, `cohort edit`, `cohort close`."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import Any

from sqlalchemy import Connection

from bot.cli.opening import OPERATOR, programme_of, say, say_json, say_table, services_of
from bot.cli.options import CohortAddOptions, CohortCloseOptions, CohortEditOptions, CohortListOptions
from bot.cli.problem import CommandProblem
from bot.runtime.services import Services
from storage import cohorts, replan_preview, staff_actions
from storage.cohorts import Cohort, CohortError
from surveys.locale_sl import MONTHS
from surveys.model import Programme

NOT_YET = "Nothing is changed. To do it, add --yes."


def add(given: CohortAddOptions) -> None:
    """Add a cohort; says its number."""
    services = services_of(given)
    programme = programme_of(services, given.programme)
    added = _write(services, partial(_add, programme=programme, given=given, services=services))
    if given.json:
        say_json({"cohort": added.id})
    else:
        say(f"Cohort {added.id}: {_described(added)}")


def listing(given: CohortListOptions) -> None:
    """List cohorts with how many people they have."""
    services = services_of(given)
    if given.programme is not None:
        programme_of(services, given.programme)
    found = services.database.read_now(partial(cohorts.listing, programme=given.programme))
    sizes = services.database.read_now(cohorts.sizes)
    if given.json:
        say_json([_as_json(one) | {"enrolled": sizes.get(one.id, 0)} for one in found])
        return
    heading = ("number", "programme", "name", "start", "end", "place", "enrolled")
    rows = [
        (str(one.id), one.programme, one.name, str(one.start), str(one.end), one.place, str(sizes.get(one.id, 0)))
        for one in found
    ]
    say_table([heading, *rows])


def edit(given: CohortEditOptions) -> None:
    """Change a cohort; new dates plan its messages anew."""
    services = services_of(given)
    edited = _write(services, partial(_edit, services=services, given=given))
    if given.json:
        say_json({"cohort": edited.id})
    else:
        say(f"Cohort {edited.id}: {_described(edited)}")


def close(given: CohortCloseOptions) -> None:
    """End a cohort early; without --yes only say what ends with it."""
    services = services_of(given)
    unit = partial(_close, services=services, given=given)
    for line in services.database.write_now(unit) if given.yes else services.database.read_now(unit):
        say(line)


def open_cohort_of(connection: Connection, reference: str) -> Cohort:
    """The same, where it was not closed; raises Problem else."""
    found = cohort_of(connection, reference)
    if found.closed_at is not None:
        raise CommandProblem(f"Cohort {found.id} »{found.name}« was closed.")
    return found


def cohort_of(connection: Connection, reference: str, programme: str | None = None) -> Cohort:
    """The cohort with this number or name; raises Problem without one, or where it is of another programme."""
    try:
        found = cohorts.find(connection, reference)
    except CohortError as problem:
        raise CommandProblem(f"{problem}.") from None
    if found is None:
        raise CommandProblem(f"There is no cohort {reference}; see: povezujejo cohort list.")
    if programme not in {None, found.programme}:
        raise CommandProblem(f"»{found.name}« is a group of {found.programme}, not of {programme}.")
    return found


def _add(connection: Connection, programme: Programme, given: CohortAddOptions, services: Services) -> Cohort:
    taken = {one.name for one in cohorts.listing(connection, programme.slug)}
    return cohorts.add(
        connection,
        programme,
        name=given.name if given.name is not None else _usual_name(given.start, taken),
        start=given.start,
        end=given.end,
        now=services.clock(),
        actor=OPERATOR,
        audience=given.audience,
        place=given.place,
    )


def _edit(connection: Connection, services: Services, given: CohortEditOptions) -> Cohort:
    before = cohort_of(connection, given.cohort)
    return cohorts.edit(
        connection,
        programme_of(services, before.programme),
        before.id,
        services.policy,
        now=services.clock(),
        actor=OPERATOR,
        name=given.name,
        start=given.start,
        end=given.end,
        place=given.place,
    )


def _close(connection: Connection, services: Services, given: CohortCloseOptions) -> list[str]:
    cohort = open_cohort_of(connection, given.cohort)
    if given.yes:
        staff_actions.close(connection, cohort, services.clock(), OPERATOR)
        return [f"Cohort {cohort.id} »{cohort.name}« is closed; the answers stay."]
    ending = replan_preview.of_closing(connection, programme_of(services, cohort.programme), cohort)
    lines = [
        f"  {wave}: {words}: {count}"
        for wave, counts in ending.waves.items()
        for count, words in zip(counts, ("would not be asked", "may still answer, without reminders"), strict=True)
        if count
    ]
    if ending.links:
        lines.append(f"  links that would open nothing any more: {ending.links}")
    return [
        f"Cohort {cohort.id} »{cohort.name}« would be closed; the answers stay:",
        *(lines or ["  nothing is to come"]),
        NOT_YET,
    ]


def _write(services: Services, unit: Any) -> Cohort:
    try:
        changed: Cohort = services.database.write_now(unit)
    except CohortError as problem:
        raise CommandProblem(f"{problem}.") from None
    return changed


def _usual_name(start: date, taken: set[str]) -> str:
    """»oktober 2026«, with a number where there is one already."""
    name = f"{MONTHS[start.month - 1]} {start.year}"
    numbered = (f"{name} ({number})" for number in range(2, len(taken) + 3))
    return next(one for one in (name, *numbered) if one not in taken)


def _described(one: Cohort) -> str:
    return f"»{one.name}« of {one.programme}, {one.start} to {one.end}{f', {one.place}' if one.place else ''}"


def _as_json(one: Cohort) -> dict[str, Any]:
    return {
        "cohort": one.id,
        "programme": one.programme,
        "name": one.name,
        "audience": one.audience,
        "start": str(one.start),
        "end": str(one.end),
        "place": one.place,
    }
