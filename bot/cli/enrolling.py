"""`enrol`: participants in a cohort, with their codes, links and cards to print.

A list with names passes through, to the output and to the librarian's printed list, and is not kept.
"""

from __future__ import annotations

import csv
import io
from argparse import Namespace
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from sqlalchemy import Connection

from bot.cli.cohort import cohort_of
from bot.cli.opening import OPERATOR, house_of, programme_of, say, say_json, say_table, username_of
from bot.cli.output import write_out
from bot.cli.problem import Problem
from bot.house import House
from bot.links import link
from bot.printing.cards import Card, Sheet, as_pdf
from reports.weeks import local_day
from storage import enrolments
from storage.cohorts import Cohort
from storage.enrolments import Enrolled


@dataclass(frozen=True, slots=True)
class Listed:
    """A list of people as somebody keeps it: a heading, and a row for each."""

    heading: list[str]
    people: list[list[str]]
    separator: str


def enrol(given: Namespace) -> None:
    """Enrol as many as asked for, or one for each row of a list."""
    _room_for(given.cards)
    listed = None if given.csv is None else _read(given.csv)
    count = given.count if listed is None else len(listed.people)
    house = house_of(given)
    username = username_of(house)
    cohort, enrolled = house.database.write_now(partial(_enrol, house=house, reference=given.cohort, count=count))
    pairs = [(one.code, link(username, one.token)) for one in enrolled]
    if given.json:
        say_json([{"code": code, "link": address} for code, address in pairs])
    elif listed is None:
        say_table([("code", "link"), *pairs])
    else:
        say(_written(listed, pairs))
    if given.cards is not None:
        names = [""] * count if listed is None else [" ".join(filter(None, row)) for row in listed.people]
        cards = tuple(Card(code, address, name) for (code, address), name in zip(pairs, names, strict=True))
        write_out(given.cards, as_pdf(_sheet(house, cohort, cards)))


def _room_for(file: Path | None) -> None:
    """Whether cards could be written there is asked before anybody is enrolled."""
    if file is not None and (file.is_dir() or not file.parent.is_dir()):
        raise Problem(f"{file} cannot be written: {'it is a folder' if file.is_dir() else 'there is no such folder'}.")


def _sheet(house: House, cohort: Cohort, cards: tuple[Card, ...]) -> Sheet:
    programme = programme_of(house, cohort.programme)
    return Sheet(programme.library, programme.group, cohort.name, cards, local_day(house.clock()))


def _enrol(connection: Connection, house: House, reference: str, count: int) -> tuple[Cohort, list[Enrolled]]:
    cohort = cohort_of(connection, reference)
    programme = programme_of(house, cohort.programme)
    now = house.clock()
    return cohort, [enrolments.enrol(connection, house.keys, programme, cohort, now, OPERATOR) for _ in range(count)]


def _read(file: Path) -> Listed:
    """A list with commas or semicolons, in UTF-8."""
    try:
        text = file.read_text(encoding="utf-8-sig")
    except OSError as problem:
        raise Problem(f"{file} cannot be read: {problem.strerror}.") from None
    except UnicodeDecodeError:
        raise Problem(f"{file} is not UTF-8: save it as »CSV UTF-8«.") from None
    separator = ";" if text.partition("\n")[0].count(";") else ","
    rows = [row for row in csv.reader(io.StringIO(text, newline=""), delimiter=separator) if any(row)]
    if len(rows) <= 1:
        raise Problem(f"{file} lists nobody: the first row is the heading, and each row under it is one person.")
    width = len(rows[0])
    return Listed(rows[0], [[*row, *[""] * width][:width] for row in rows[1:]], separator)


def _written(listed: Listed, pairs: list[tuple[str, str]]) -> str:
    """The list with code and link behind each row."""
    written = io.StringIO()
    writer = csv.writer(written, delimiter=listed.separator, lineterminator="\n")
    writer.writerow([*listed.heading, "code", "link"])
    writer.writerows([*row, *pair] for row, pair in zip(listed.people, pairs, strict=True))
    return written.getvalue().rstrip("\n")
