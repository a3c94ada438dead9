"""`enrol`: participants in a cohort, with their codes, links and cards to print.

Names of a list pass through, to the output and to the librarian's printed list, and are not kept.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from sqlalchemy import Connection

from bot.cli import roster_file, roster_words, waiting_list
from bot.cli.cohort import open_cohort_of
from bot.cli.opening import OPERATOR, programme_of, say, say_json, say_table, services_of, with_links
from bot.cli.options import EnrolOptions
from bot.cli.output import write_out
from bot.cli.problem import CommandProblem
from bot.cli.waiting_list import WaitingShare
from bot.rosters.people import Roster
from bot.runtime.services import Services
from bot.staff import handouts, roster_enrolment
from bot.staff.newcomers import late
from bot.texts.waiting_list import ON_WAITING_LIST
from bot.worker.printing.cards import Card, as_pdf
from storage import enrolments
from storage.cohorts import Cohort
from storage.enrolments import Enrolled
from surveys import csv_text


@dataclass(frozen=True, slots=True)
class _Done:
    """Who was enrolled, and who of them waits."""

    cohort: Cohort
    enrolled: list[Enrolled]
    plan: roster_enrolment.Plan | None
    waiting: WaitingShare


def enrol(given: EnrolOptions) -> None:
    """Enrol as many as asked for, or everybody on a list; or only say what a list would do."""
    _room_for(given.cards)
    read = None if given.list is None else roster_file.read(given.list, given)
    if given.dry_run:
        _preview(given, read)
        return
    services = with_links(services_of(given))
    enrolling = _enrol if read is None else partial(_enrol_listed, read=read)
    done = services.database.write_now(partial(enrolling, services=services, given=given))
    cohort, plan = done.cohort, done.plan
    _warn(services, cohort)
    cards = _cards(services, done)
    columns = (
        "code",
        "link",
        *(["number"] if services.settings.web.typed else []),
        *(["role"] if given.waiting else []),
    )
    said = [
        {"code": card.code, "link": card.address, "number": card.number, "role": done.waiting.role(place).value}
        for place, card in enumerate(cards)
    ]
    rows = [tuple(one[column] for column in columns) for one in said]
    if given.json:
        say_json([dict(zip(columns, row, strict=True)) for row in rows])
    elif plan is None:
        say_table([columns, *rows])
    else:
        say(_written(plan, columns, rows))
    if given.cards is not None:
        write_out(given.cards, as_pdf(handouts.sheet_of(services, cohort, cards, services.clock())))


def _cards(services: Services, done: _Done) -> tuple[Card, ...]:
    """Of whoever was enrolled, in this order."""
    names = [""] * len(done.enrolled) if done.plan is None else [one.printed for one in done.plan.people.listed]
    notes = [ON_WAITING_LIST if place in done.waiting.places else "" for place in range(len(names))]
    return tuple(
        handouts.card(services, one.code, one.on_card, name, note)
        for one, name, note in zip(done.enrolled, names, notes, strict=True)
    )


def _preview(given: EnrolOptions, read: Roster | None) -> None:
    """What would be done, which is nothing."""
    services = services_of(given)
    cohort = services.database.read_now(partial(open_cohort_of, reference=given.cohort))
    plan = (
        None
        if read is None
        else services.database.read_now(partial(_plan, services=services, cohort=cohort, read=read, file=given.list))
    )
    everybody = given.count if plan is None else len(plan.people.listed)
    waiting = waiting_list.drawn(given, programme_of(services, cohort.programme), cohort.audience, everybody)
    _warn(services, cohort)
    numbers = {"new": given.count, "known": 0} if plan is None else {"new": plan.new, "known": len(plan.known)}
    if given.waiting:
        numbers["waiting"] = len(waiting.places)
    if given.json:
        say_json(numbers)
        return
    counts = f"new {numbers['new']}, with their code {numbers['known']}"
    say(f"Nobody is enrolled. In »{cohort.name}« would be enrolled: {counts}.")
    if given.waiting:
        say(f"Of them would wait: {given.waiting}, {'drawn by lot' if given.by_lot else 'the last ones'}.")
    for line in () if plan is None else roster_words.seen(plan.people):
        say(line)


def _warn(services: Services, cohort: Cohort) -> None:
    """Say beside the output what who joins now still gets, where it is too late for something."""
    found = late(services, cohort, services.clock())
    if found is not None:
        since = "runs already" if found.ended is None else f"ended on {found.ended}"
        gets = f"only {', '.join(wave.id for wave in found.waves)}" if found.waves else "no questionnaire"
        sys.stderr.write(f"The group {since}: who joins now gets {gets}.\n")


def _room_for(file: Path | None) -> None:
    """Whether cards could be written there is asked before anybody is enrolled."""
    if file is not None and (file.is_dir() or not file.parent.is_dir()):
        raise CommandProblem(
            f"{file} cannot be written: {'it is a folder' if file.is_dir() else 'there is no such folder'}."
        )


def _enrol(connection: Connection, services: Services, given: EnrolOptions) -> _Done:
    cohort = open_cohort_of(connection, given.cohort)
    programme = programme_of(services, cohort.programme)
    now = services.clock()
    waiting = waiting_list.drawn(given, programme, cohort.audience, given.count)
    new = [
        enrolments.enrol(
            connection,
            services.keys,
            programme,
            cohort,
            now,
            OPERATOR,
            role=waiting.role(place),
            allocation=waiting.decided(place),
        )
        for place in range(given.count)
    ]
    return _Done(cohort, new, None, waiting)


def _enrol_listed(connection: Connection, services: Services, given: EnrolOptions, read: Roster) -> _Done:
    cohort = open_cohort_of(connection, given.cohort)
    plan = _plan(connection, services, cohort, read, given.list)
    waiting = waiting_list.drawn(
        given, programme_of(services, cohort.programme), cohort.audience, len(plan.people.listed)
    )
    new = roster_enrolment.enrol(
        connection, services, cohort, plan, services.clock(), OPERATOR, waiting.places, waiting.allocation
    )
    return _Done(cohort, new, plan, waiting)


def _plan(
    connection: Connection, services: Services, cohort: Cohort, read: Roster, file: Path | None
) -> roster_enrolment.Plan:
    """What the list would do; raises Problem with everything that is wrong with it."""
    programme_of(services, cohort.programme)
    plan = roster_enrolment.plan(connection, services, cohort, read)
    if plan.problems:
        raise CommandProblem("\n".join([f"Nobody is enrolled. In {file}:", *map(roster_words.problem, plan.problems)]))
    return plan


def _written(plan: roster_enrolment.Plan, columns: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> str:
    """Each row of the list with what was enrolled for it."""
    listed = ((one.row, one.printed, *row) for one, row in zip(plan.people.listed, rows, strict=True))
    return csv_text.written([("row", "name", *columns), *listed], end="\n").rstrip("\n")
