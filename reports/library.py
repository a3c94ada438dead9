"""The weekly summary of a whole library over its programmes: counts of the work alone. Knows neither files nor formats.

What changed for people is told by the reports of each programme; nothing here holds an answer.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from reports import charts, participation, texts
from reports.frames import Data, read
from reports.participation import Response
from reports.report import Block, Chart, Facts, Figure, Paragraph, Report, Section, Table
from reports.suppression import Cells, enough
from reports.texts import library as words
from reports.weekly import arrivals, as_of, count, rate, summary
from reports.weeks import Week, local_day
from storage import calls
from surveys.model import Programme


@dataclass(frozen=True, slots=True)
class _Line:
    """What is counted of one programme, or of all together; `slug` is then empty."""

    slug: str
    name: str
    enrolled: int
    consented: int
    response: Response  # over all waves
    last: Response  # a week before
    new: int
    before: int  # as many came the week before
    openings: int
    closings: int
    waiting: int

    @property
    def id(self) -> str:
        """What the ids of its figures begin with."""
        return self.slug or "all"


def library(
    connection: Connection,
    programmes: Sequence[Programme],
    week: Week | str,
    now: datetime,
    cells: Cells,
    *,
    demo: bool = False,
) -> Report:
    """The report of one ISO week over all programmes of one library, as it stood at its end or stands now.

    Raises ValueError for a week that has not begun, and where there is no programme.
    """
    if not programmes:
        raise ValueError("a library without programmes has no summary")
    of, moment = as_of(week, now)
    lines = [_line(connection, one, of, moment) for one in programmes]
    together = _together(lines)
    k = cells.inside
    sections = (
        Section("summary", texts.IN_SHORT, tuple(_summary(len(lines), together))),
        Section("programmes", words.PROGRAMMES, (_people(lines, together, k),)),
        Section("response", texts.RESPONSE, tuple(_chart(lines, k))),
        Section("next", texts.NEXT_WEEK, tuple(_next(lines, together))),
    )
    return Report(
        kind="library",
        title=programmes[0].library,
        subtitle=words.subtitle(len(programmes), of.monday, of.sunday),
        subject=programmes[0].code,
        period=str(of),
        made_on=local_day(now),
        sections=tuple(section for section in sections if section.blocks),
        demo=demo,
    )


def _line(connection: Connection, programme: Programme, of: Week, moment: datetime) -> _Line:
    data = read(connection, programme.slug)
    return _Line(
        slug=programme.slug,
        name=programme.name,
        enrolled=participation.enrolled(data, moment),
        consented=participation.consented(data, moment),
        response=_response(data, programme, moment),
        last=_response(data, programme, of.start),
        new=arrivals(data, programme, of.start, moment),
        before=arrivals(data, programme, of.previous.start, of.start),
        openings=participation.opening(data, moment, of.next.end),
        closings=participation.closing(data, moment, of.next.end),
        waiting=len(calls.needing(connection, [programme.slug], moment)),
    )


def _response(data: Data, programme: Programme, moment: datetime) -> Response:
    waves = [participation.response(data, wave.id, moment) for wave in programme.waves]
    return _sum(waves)


def _sum(found: Sequence[Response]) -> Response:
    return Response("all", sum(one.asked for one in found), sum(one.answered for one in found))


def _together(lines: Sequence[_Line]) -> _Line:
    return _Line(
        slug="",
        name=words.ALL,
        enrolled=sum(one.enrolled for one in lines),
        consented=sum(one.consented for one in lines),
        response=_sum([one.response for one in lines]),
        last=_sum([one.last for one in lines]),
        new=sum(one.new for one in lines),
        before=sum(one.before for one in lines),
        openings=sum(one.openings for one in lines),
        closings=sum(one.closings for one in lines),
        waiting=sum(one.waiting for one in lines),
    )


def _summary(programmes: int, together: _Line) -> list[Block]:
    people = Paragraph(words.people(programmes, together.enrolled, together.consented))
    return [people, *summary(together.new, together.before, together.openings, together.waiting)]


def _people(lines: Sequence[_Line], together: _Line, k: int) -> Table:
    columns = (
        words.PROGRAMME, texts.ENROLLED, texts.CONSENTED, texts.INVITATIONS, texts.ANSWERS, texts.NEW_ANSWERS,
        texts.RESPONSE,
    )  # fmt: skip
    rows = tuple(
        (
            one.name,
            _count(one, "enrolled", texts.ENROLLED, one.enrolled),
            _count(one, "consented", texts.CONSENTED, one.consented),
            _count(one, "invited", texts.INVITATIONS, one.response.asked),
            _count(one, "answered", texts.ANSWERS, one.response.answered),
            _count(one, "new", texts.NEW_ANSWERS, one.new),
            rate(f"{one.id}.response", f"{one.name}: {texts.RESPONSE}", one.response, k, one.slug),
        )
        for one in _rows(lines, together)
    )
    return Table("", columns, rows)


def _chart(lines: Sequence[_Line], k: int) -> list[Chart]:
    bars = [
        charts.Bar(
            one.name,
            one.response.answered,
            one.response.asked,
            one.last.rate if enough(one.last.asked, k) else None,
            enough(one.response.asked, k),
        )
        for one in lines
        if one.response.asked
    ]
    return [charts.bars("response", bars, words.RESPONSE_CHART, texts.TICK)] if bars else []


def _next(lines: Sequence[_Line], together: _Line) -> list[Block]:
    facts = (
        _count(together, "next.openings", texts.DUE_OPENINGS, together.openings),
        _count(together, "next.closings", texts.DUE_CLOSINGS, together.closings),
        _count(together, "calls", texts.CALLS, together.waiting),
    )
    busy = [one for one in lines if one.openings or one.closings or one.waiting]
    if len(lines) == 1 or not busy:
        return [Facts("", facts)]
    columns = (words.PROGRAMME, words.OPENINGS, words.CLOSINGS, words.CALLS)
    rows = tuple(
        (
            one.name,
            _count(one, "next.openings", texts.DUE_OPENINGS, one.openings),
            _count(one, "next.closings", texts.DUE_CLOSINGS, one.closings),
            _count(one, "calls", texts.CALLS, one.waiting),
        )
        for one in busy
    )
    return [Facts("", facts), Table("", columns, rows)]


def _count(line: _Line, key: str, label: str, value: int) -> Figure:
    return count(f"{line.id}.{key}", f"{line.name}: {label}" if line.slug else label, value, line.slug)


def _rows(lines: Sequence[_Line], together: _Line) -> Sequence[_Line]:
    return lines if len(lines) == 1 else (*lines, together)
