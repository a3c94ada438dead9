"""`enrol`: participants in a cohort, with their codes, links and cards to print.

Names of a list pass through, to the output and to the librarian's printed list, and are not kept.
"""

from __future__ import annotations

import csv
import io
from argparse import Namespace
from functools import partial
from pathlib import Path
from typing import Any

from sqlalchemy import Connection

from bot import listed
from bot.cli import list_words
from bot.cli.cohort import open_cohort_of
from bot.cli.opening import OPERATOR, house_of, programme_of, say, say_json, say_table, username_of
from bot.cli.output import write_out
from bot.cli.problem import Problem
from bot.house import House
from bot.links import link
from bot.lists.sheet import UnreadableError
from bot.printing.cards import Card, Sheet, as_pdf
from reports.weeks import local_day
from storage import enrolments
from storage.cohorts import Cohort
from storage.enrolments import Enrolled

Pairs = list[tuple[str, str]]  # code and link


def enrol(given: Namespace) -> None:
    """Enrol as many as asked for, or everybody on a list; or only say what a list would do."""
    _room_for(given.cards)
    data = None if given.list is None else _content(given.list)
    if given.dry_run:
        _preview(given, data)
        return
    house = house_of(given)
    username = username_of(house)
    enrolling = (
        partial(_enrol, count=given.count) if data is None else partial(_enrol_listed, data=data, file=given.list)
    )
    cohort, enrolled, plan = house.database.write_now(partial(enrolling, house=house, reference=given.cohort))
    pairs = [(one.code, link(username, one.token)) for one in enrolled]
    if given.json:
        say_json([{"code": code, "link": address} for code, address in pairs])
    elif plan is None:
        say_table([("code", "link"), *pairs])
    else:
        say(_written(plan, pairs))
    if given.cards is not None:
        names = [""] * len(pairs) if plan is None else [one.printed for one in plan.people.listed]
        cards = tuple(Card(code, address, name) for (code, address), name in zip(pairs, names, strict=True))
        write_out(given.cards, as_pdf(_sheet(house, cohort, cards)))


def _preview(given: Namespace, data: bytes | None) -> None:
    """What would be done, which is nothing."""
    house = house_of(given)
    cohort = house.database.read_now(partial(open_cohort_of, reference=given.cohort))
    plan = (
        None
        if data is None
        else house.database.read_now(partial(_plan, house=house, cohort=cohort, data=data, file=given.list))
    )
    numbers = {"new": given.count, "known": 0} if plan is None else {"new": plan.new, "known": len(plan.known)}
    if given.json:
        say_json(numbers)
        return
    counts = f"new {numbers['new']}, with their code {numbers['known']}"
    say(f"Nobody is enrolled. In »{cohort.name}« would be enrolled: {counts}.")
    if plan is not None and plan.people.unread:
        say(f"Not read: {', '.join(plan.people.unread)}.")
    for first, second in () if plan is None else plan.people.alike:
        say(f"The same name stands in rows {first} and {second}.")


def _room_for(file: Path | None) -> None:
    """Whether cards could be written there is asked before anybody is enrolled."""
    if file is not None and (file.is_dir() or not file.parent.is_dir()):
        raise Problem(f"{file} cannot be written: {'it is a folder' if file.is_dir() else 'there is no such folder'}.")


def _content(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as problem:
        raise Problem(f"{file} cannot be read: {problem.strerror}.") from None


def _sheet(house: House, cohort: Cohort, cards: tuple[Card, ...]) -> Sheet:
    programme = programme_of(house, cohort.programme)
    return Sheet(programme.library, programme.group, cohort.name, cards, local_day(house.clock()))


def _enrol(connection: Connection, house: House, reference: str, count: int) -> tuple[Cohort, list[Enrolled], None]:
    cohort = open_cohort_of(connection, reference)
    programme = programme_of(house, cohort.programme)
    now = house.clock()
    new = [enrolments.enrol(connection, house.keys, programme, cohort, now, OPERATOR) for _ in range(count)]
    return cohort, new, None


def _enrol_listed(
    connection: Connection, house: House, reference: str, data: bytes, file: Path
) -> tuple[Cohort, list[Enrolled], listed.Plan]:
    cohort = open_cohort_of(connection, reference)
    plan = _plan(connection, house, cohort, data, file)
    return cohort, listed.enrol(connection, house, cohort, plan, house.clock(), OPERATOR), plan


def _plan(connection: Connection, house: House, cohort: Cohort, data: bytes, file: Path) -> listed.Plan:
    """What the list would do; raises Problem with everything that is wrong with it."""
    programme_of(house, cohort.programme)
    try:
        plan = listed.plan(connection, house, cohort, data)
    except UnreadableError as refused:
        raise Problem(f"{file} {list_words.UNREADABLE[refused.why]}.") from None
    if plan.problems:
        raise Problem("\n".join([f"Nobody is enrolled. In {file}:", *map(list_words.problem, plan.problems)]))
    return plan


def _written(plan: listed.Plan, pairs: Pairs) -> str:
    """Each row of the list with code and link."""
    written = io.StringIO()
    writer = csv.writer(written, lineterminator="\n")
    writer.writerow(["row", "name", "code", "link"])
    rows: list[tuple[Any, ...]] = [(one.row, one.printed) for one in plan.people.listed]
    writer.writerows([*row, *pair] for row, pair in zip(rows, pairs, strict=True))
    return written.getvalue().rstrip("\n")
