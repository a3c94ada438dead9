"""What is counted of the work of several programmes or libraries in a week or a month: a line for each, and their sum.

Counts of the work alone: nothing here holds an answer. Knows no words but the names of columns.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Connection

from reports import texts
from reports.charts import plots
from reports.data import participation
from reports.data.frames import Data
from reports.data.indicators import EVERYBODY
from reports.data.participation import ResponseStep
from reports.disclosure.suppression import enough
from reports.kinds.weekly import arrivals
from reports.report import Block, Chart, Figure, FigureSource, Table
from reports.sections import response
from reports.texts import library as words
from reports.texts import periods
from reports.texts import response as said
from reports.texts.periods import ToldPeriod
from storage import calls
from surveys.model import Programme

_ALL = "all"
_FORMULAS = {"new": "answered_new", "next.openings": "openings", "next.closings": "closings"}  # by the end of an id


@dataclass(frozen=True, slots=True)
class CountLine:
    """What is counted of one programme, of one library, or of all together (both `programme` and `library` empty)."""

    name: str
    programme: str  # slug
    library: str  # code
    enrolled: int
    consented: int
    unopened: int  # codes that nobody has opened
    response: ResponseStep  # over all waves
    last: ResponseStep  # as it stood when the period began
    new: int
    before: int  # as many came in the period before
    openings: int
    closings: int
    waiting: int

    @property
    def id(self) -> str:
        """What the ids of its figures begin with."""
        return self.programme or self.library or _ALL


def of_programme(connection: Connection, programme: Programme, data: Data, told: ToldPeriod) -> CountLine:
    """The line of one programme, from its data."""
    moment, of = told.moment, told.period
    return CountLine(
        name=programme.name,
        programme=programme.slug,
        library="",
        enrolled=participation.enrolled(data, moment),
        consented=participation.consented(data, moment),
        unopened=participation.unopened(data, moment),
        response=_response(data, programme, told),
        last=_response(data, programme, ToldPeriod(of, of.start)),
        new=arrivals(data, programme, of.start, moment),
        before=arrivals(data, programme, of.previous.start, of.start),
        openings=participation.opening(data, moment, of.next.end),
        closings=participation.closing(data, moment, of.next.end),
        waiting=len(calls.needing(connection, [programme.slug], told.told_at)),
    )


def together(lines: Sequence[CountLine], name: str = words.ALL, library: str = "") -> CountLine:
    """The sum of lines: of all, or of the programmes of one library."""
    return CountLine(
        name=name,
        programme="",
        library=library,
        enrolled=sum(one.enrolled for one in lines),
        consented=sum(one.consented for one in lines),
        unopened=sum(one.unopened for one in lines),
        response=participation.together(_ALL, [one.response for one in lines]),
        last=participation.together(_ALL, [one.last for one in lines]),
        new=sum(one.new for one in lines),
        before=sum(one.before for one in lines),
        openings=sum(one.openings for one in lines),
        closings=sum(one.closings for one in lines),
        waiting=sum(one.waiting for one in lines),
    )


def work(lines: Sequence[CountLine], first_column: str, told: ToldPeriod, k: int) -> Table:
    """Who is enrolled, asked and answered: a row for each line, and of several their sum."""
    new = periods.new_answers(told)
    columns = (
        first_column, texts.ENROLLED, texts.CONSENTED, new,
        said.ELIGIBLE, said.RESPONDED, said.RESPONSE, said.EARLY, said.OPEN,
    )  # fmt: skip
    rows = tuple(
        (
            one.name,
            _count(one, "enrolled", texts.ENROLLED, one.enrolled),
            _count(one, "consented", texts.CONSENTED, one.consented),
            _count(one, "new", new, one.new),
            _count(one, "eligible", said.ELIGIBLE, one.response.eligible),
            _count(one, "responded", said.RESPONDED, one.response.responded),
            _rate(one, k),
            _count(one, "early", said.EARLY, one.response.early, spare=True),
            _count(one, "open", said.OPEN, one.response.open, spare=True),
        )
        for one in (lines if len(lines) == 1 else (*lines, together(lines)))
    )
    return Table("", columns, rows, caption=said.NOTE_OF_WAVES)


def answers(lines: Sequence[CountLine], title: str, told: ToldPeriod, k: int) -> list[Block]:
    """The response of each line in words and drawn, with that of the beginning of the period as a tick."""
    sentences = response.paragraphs(((one.name, one.response) for one in lines), k, said.of_questionnaires)
    return [*sentences, *response.apart(together(lines).unopened), *response_chart(lines, title, told, k)]


def response_chart(lines: Sequence[CountLine], title: str, told: ToldPeriod, k: int) -> list[Chart]:
    """The response of each line drawn, with that of the beginning of the period as a tick."""
    bars = [
        plots.Bar(
            one.name,
            one.response.responded,
            one.response.eligible,
            response.share(one.last, k),
            enough(one.response.eligible, k),
        )
        for one in lines
        if one.response.eligible
    ]
    return [plots.bars("response", bars, title, periods.tick(told.last_before))] if bars else []


def due(lines: Sequence[CountLine], first_column: str, told: ToldPeriod) -> list[Block]:
    """What is to come and who waits for a call: of all, and of each line with any of it."""
    facts = response.due(_due(together(lines), told))
    busy = [one for one in lines if one.openings or one.closings or one.waiting]
    if len(lines) == 1 or not busy:
        return [facts]
    columns = (first_column, words.OPENINGS, words.CLOSINGS, periods.calls(words.CALLS, told))
    return [facts, Table("", columns, tuple((one.name, *_due(one, told)) for one in busy))]


def _due(one: CountLine, told: ToldPeriod) -> tuple[Figure, ...]:
    return (
        _count(one, "next.openings", texts.DUE_OPENINGS, one.openings, spare=True),
        _count(one, "next.closings", texts.DUE_CLOSINGS, one.closings, spare=True),
        _count(one, "calls", periods.calls(texts.CALLS, told), one.waiting, spare=True),
    )


def _response(data: Data, programme: Programme, told: ToldPeriod) -> ResponseStep:
    return participation.together(_ALL, [participation.response(data, one.id, told.moment) for one in programme.waves])


def _count(line: CountLine, key: str, label: str, value: int, *, spare: bool = False) -> Figure:
    whole = line.id == _ALL
    source = FigureSource(_FORMULAS.get(key, key), line.programme, audience=EVERYBODY, library=line.library)
    return response.count(f"{line.id}.{key}", label if whole else f"{line.name}: {label}", value, source, spare=spare)


def _rate(line: CountLine, k: int) -> Figure:
    source = FigureSource("rate", line.programme, audience=EVERYBODY, library=line.library)
    return response.rate(f"{line.id}.response", f"{line.name}: {said.RESPONSE}", line.response, k, source)
