"""Every report there is of some programmes at one moment, and where two of them say different numbers of one thing.

What a figure is follows from its source alone (what is counted, of which programme or library, question, waves,
audience and groups), never from its label: two figures with one source are one number.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime

from plugins.respondents import open_text
from sqlalchemy import Connection, select

from reports.data.indicators import PARTICIPANTS
from reports.disclosure.suppression import Cells
from reports.kinds.compare import compare
from reports.kinds.country import country
from reports.kinds.impact import impact
from reports.kinds.library import library
from reports.kinds.mayor import mayor
from reports.kinds.national import national
from reports.kinds.weekly import weekly
from reports.report import Figure, FigureSource, Paragraph, Report
from storage import schema
from surveys.model import Programme
from surveys.weeks import week_of

_NO_COUNTS = ("pooled", "smcr", "least_rate", "most_rate", "count")  # of several people or programmes in other ways
_BEGINNINGS = ("izhodišče:", "zaključek:", "spremljanje:", "privolitev:")


def reports_of(
    connection: Connection,
    programmes: Mapping[str, Programme],
    now: datetime,
    cells: Cells,
    open_text: Callable[[bytes], str] = open_text,
) -> Iterator[Report]:
    """All reports as of now; nothing is published, so that none repeats an earlier number."""
    every, week = list(programmes.values()), week_of(now)
    for one in every:
        yield weekly(connection, one, week, now, cells, open_text)
        yield impact(connection, one, now, cells, open_text)
    for code in sorted({one.code for one in every}):
        its = [one for one in every if one.code == code]
        yield library(connection, its, week, now, cells)
        yield mayor(connection, its, now, cells, open_text)
    yield country(connection, every, week, now, cells)
    yield national(connection, every, now, cells, open_text)
    asked = select(schema.cohort.c.programme, schema.cohort.c.id).where(schema.cohort.c.audience == PARTICIPANTS)
    for slug, cohort in connection.execute(asked).all():
        yield compare(connection, programmes[slug], cohort, now, cells)


def contradictions(reports: Iterable[Report]) -> list[str]:
    """Where one number has two values, ten people are drawn in two ways, or a wave is told in two sentences."""
    said: dict[object, tuple[object, str]] = {}
    wrong = []
    for report in reports:
        where = f"{report.kind} {report.subject} {report.period}"
        for what, value, name in _told(report):
            known = said.setdefault(what, (value, f"{where}: {name}"))
            if known[0] != value:
                wrong.append(f"{known[1]} is {known[0]}, {where}: {name} is {value}")
    return wrong


def _told(report: Report) -> Iterator[tuple[object, object, str]]:
    """What is told, the number or words, and where."""
    for figure in report.figures.values():
        if figure.source is not None and figure.value is not None and _counts(figure.source):
            source = figure.source
            scope = source.programme or source.library or report.subject
            what = (source.formula, scope, source.item, source.waves, source.audience, source.cohorts)
            yield from _numbers(what, figure)
    if report.kind in ("weekly", "impact", "mayor"):
        yield from _drawn(report)
    if report.kind in ("weekly", "impact"):
        yield from _sentences(report)


def _counts(source: FigureSource) -> bool:
    pooled = source.item != "" and not source.programme
    return source.formula not in _NO_COUNTS and not pooled


def _numbers(what: tuple[object, ...], figure: Figure) -> Iterator[tuple[object, object, str]]:
    share_of_option = figure.id.rpartition(".")[2] if what[0] in _BY_OPTION else ""
    yield (*what, share_of_option), figure.value, figure.id
    if figure.n is not None and figure.unit == "share":
        yield (*what, share_of_option, "n"), figure.n, figure.id
    if figure.low is not None:
        yield (*what, share_of_option, "interval"), (figure.low, figure.high), figure.id


_BY_OPTION = ("share", "share_before", "share_after", "share_change")


def _drawn(report: Report) -> Iterator[tuple[object, object, str]]:
    for chart in report.charts:
        if chart.id == "icons":
            subject = chart.title.rpartition(": ")[2].rpartition(", ")[2]
            ten = chart.svg.count('class="accent"'), chart.title.partition(":")[0]
            yield ("icons", subject), ten, chart.title


def _sentences(report: Report) -> Iterator[tuple[object, object, str]]:
    for section in report.sections:
        for block in section.blocks:
            if isinstance(block, Paragraph) and block.text.lower().startswith(_BEGINNINGS):
                wave = block.text.partition(":")[0].lower()
                yield ("sentence", report.subject, section.id in ("response", "flow"), wave), block.text, section.id
