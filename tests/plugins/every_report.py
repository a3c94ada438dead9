"""A report of every kind over a crowd that nobody is missing from: no one, one person, a dozen, five hundred."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack
from datetime import UTC, date, datetime, timedelta
from functools import cache
from typing import Any

import pytest
from plugins.images import png
from plugins.respondents import DAY, START, grouper, open_text
from sqlalchemy import Connection, create_engine, select, update

from reports.disclosure.suppression import Cells
from reports.kinds.compare import compare
from reports.kinds.country import country
from reports.kinds.impact import impact
from reports.kinds.library import library
from reports.kinds.mayor import mayor
from reports.kinds.national import national
from reports.kinds.weekly import weekly
from reports.render.pdf import as_pdf
from reports.report import Report, ReportPicture
from reports.sections.library_page import LibraryPage, Spent
from storage import schema
from surveys.model import Item, Kind, Mode, Programme
from surveys.weeks import week_of

NOW = datetime(2026, 12, 20, 12, tzinfo=UTC)
KINDS = ("weekly", "library", "country", "impact", "compare", "mayor", "national")
SIZES = (0, 1, 12, 500)
UGLY = '<b>Čšž & "žaba"</b> <script>x</script> {{ 7*7 }} #let x'
EARLIER = (date(2026, 2, 2), date(2026, 4, 6), date(2026, 6, 1))  # when groups before the last one began
GIVEN = LibraryPage(  # everything that a library may say of itself
    place=UGLY,
    hours="ob torkih",
    contact="Ana Novak",
    phone="07 620 12 34",
    email="ana@knjiznica.si",
    web="www.knjiznica.si",
    logo=ReportPicture("logo", png(300, 120), UGLY),
    photo=ReportPicture("photo", png(640, 480), UGLY),
    spent=(Spent("radovljica-zmoremo", 2026, 5880, 420),),
)
LARGE, SMALL = "radovljica-zmoremo", 40  # one programme holds the crowd, the others at most so many
Make = Callable[..., Report]


@pytest.fixture(scope="session")
def every_report(programmes: dict[str, Programme]) -> Iterator[Make]:
    """Makes a report (kind, size, k=5) over so many people, with long names and stories full of signs."""
    with ExitStack() as open_ones:

        @cache
        def crowd(size: int) -> Connection:
            engine = create_engine("sqlite://")
            open_ones.callback(engine.dispose)
            schema.metadata.create_all(engine)
            connection = open_ones.enter_context(engine.begin())
            new_group = grouper(connection, programmes)
            for slug in programmes:
                groups = [new_group(slug, start=start) for start in (START, *EARLIER)]
                fill(groups, size if slug == LARGE else min(size, SMALL))
            for start in EARLIER:
                ended = update(schema.cohort).where(schema.cohort.c.start == start)
                connection.execute(ended.values(end=start + timedelta(days=25)))
            return connection

        @cache
        def made(kind: str, size: int, k: int = 5) -> Report:
            return _report(kind, crowd(size), programmes, Cells(k, 2 * k))

        yield made


@pytest.fixture(scope="session")
def every_pdf(every_report: Make) -> Callable[[str, int], bytes]:
    """The same reports on paper, each set once."""
    return cache(lambda kind, size: as_pdf(every_report(kind, size)))


def fill(groups: list[Any], size: int) -> None:
    """So many people, two after the other into each group; later waves are answered by fewer."""
    for number in range(size):
        group = groups[number // 2 % len(groups)]
        one = group.enrols()
        for stage, wave in enumerate(("before", "after", "followup")):
            if (number + stage) % 7 < 6 - stage:
                asked = group.programme.questionnaire(group.programme.wave(wave)).items
                group.answers(one, wave, list(Mode)[number % 9 % 3], **_answers(asked, number, stage))
        if number % 50 == 0:
            group.tells(one, UGLY, NOW - DAY, NOW - DAY)


def _answers(items: list[Item], number: int, stage: int) -> dict[str, int]:
    said = {}
    for place, item in enumerate(items):
        if item.kind in (Kind.SCALE, Kind.FACES, Kind.CHOICE):
            codes = sorted(choice.code for choice in item.choices)
            said[item.id] = codes[min(len(codes) - 1, (number * (place + 3) + number // 5) % 3 + stage * (number % 2))]
        elif item.kind is Kind.NUMBER:
            said[item.id] = min(item.maximum, item.minimum + number % 4 + stage)
    return said


def _report(kind: str, connection: Connection, programmes: Mapping[str, Programme], cells: Cells) -> Report:
    one, every = programmes[LARGE], list(programmes.values())
    match kind:
        case "weekly":
            return weekly(connection, one, week_of(NOW), NOW, cells, open_text)
        case "library":
            return library(connection, every, week_of(NOW), NOW, cells)
        case "country":
            return country(connection, every, "2026-11", NOW, cells)
        case "impact":
            return impact(connection, one, NOW, cells, open_text)
        case "compare":
            last = select(schema.cohort.c.id).where(schema.cohort.c.programme == LARGE, schema.cohort.c.start == START)
            return compare(connection, one, connection.scalars(last).one(), NOW, cells)
        case "national":
            return national(connection, every, NOW, cells, open_text)
        case "mayor":
            return mayor(connection, [one], NOW, cells, open_text, given=GIVEN)
    raise ValueError(f"no report of kind {kind}")
