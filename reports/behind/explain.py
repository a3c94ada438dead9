"""What is behind a figure of a report: its formula, since when it stands, and the rows, under codes, that it counts.

Knows neither files nor who may see rows: whoever asks has decided that.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from difflib import get_close_matches

from sqlalchemy import Connection

from reports.behind import evidence
from reports.behind.evidence import Row, Scene
from reports.data.frames import Data, read
from reports.data.indicators import EVERYBODY, PARTICIPANTS, everything
from reports.disclosure.cohort_releases import part
from reports.report import Figure, FigureSource, Report, Table
from reports.texts import formulas
from reports.texts.formulas import FORMULAS, Formula
from storage import calls, cohorts
from storage.cohorts import Cohort
from surveys.locale_sl import day
from surveys.model import Programme
from surveys.months import Period, read_period
from surveys.weeks import LJUBLJANA, local_day

_NEAR = 5
_LIKE = 0.6  # how like an id must be to be named
_OVER_OTHERS = ("mean_difference", "tipping_point", "pooled")  # their n is not the number of rows
_AS_OF = re.compile(r"stanje (\d{1,2})\.\s(\d{1,2})\.\s(\d{4})")  # what `reports.texts.as_of` writes


class UnknownFigureError(LookupError):
    """There is no figure with this id; `near` are ids like it."""

    def __init__(self, figure_id: str, near: tuple[str, ...]) -> None:
        super().__init__(figure_id)
        self.near = near


@dataclass(frozen=True, slots=True)
class Explanation:
    """A figure with what it comes from.

    `rows` map names of `reports.texts.formulas.COLUMNS` to what stands there; scores are turned so that higher is
    better. `as_of` is set where the figure repeats one of an earlier day. `note` says, in Slovenian, why there are no
    rows, or that they are not those of the figure any more.
    """

    figure: Figure
    formula: Formula | None
    as_of: date | None
    rows: tuple[Row, ...]
    note: str

    @property
    def columns(self) -> tuple[str, ...]:
        """The names that rows have, in a constant order."""
        return tuple(name for name in formulas.COLUMNS if any(name in row for row in self.rows))


def explain(
    connection: Connection, programmes: Mapping[str, Programme], report: Report, figure_id: str, now: datetime
) -> Explanation:
    """What is behind a figure of a report that was made at `now`.

    `programmes` are all that there are, by slug. Raises UnknownFigureError.
    """
    figure = report.figures.get(figure_id)
    if figure is None:
        raise UnknownFigureError(figure_id, _near(report, figure_id))
    if figure.source is None:
        return Explanation(figure, None, None, (), formulas.NO_SOURCE)
    formula = FORMULAS.get(figure.source.formula, FORMULAS["count"])
    if figure.value is None:
        return Explanation(figure, formula, None, (), formulas.suppressed(figure.note))
    as_of = _as_of(report, figure, figure.source)
    period = read_period(report.period) if report.kind in {"weekly", "library", "country"} else None
    moment = now if period is None else min(now, period.end)
    if as_of is not None:
        moment = min(moment, _end_of(as_of))
    scope = _Scope(report, figure, figure.source, moment, period, now)
    several = _programmes(programmes, report, figure.source)
    rows = [
        {"programme": programme.slug, **row} if len(several) > 1 else row
        for programme in several
        for row in _rows(connection, programme, scope)
    ]
    return Explanation(figure, formula, as_of, tuple(rows), _note(figure, rows, as_of))


@dataclass(frozen=True, slots=True)
class _Scope:
    """Whose rows are looked for, of which moment."""

    report: Report
    figure: Figure
    source: FigureSource
    moment: datetime
    period: Period | None  # that the report is of, where it is of one
    now: datetime  # when it was made: who waits for a call is known of then alone


def _rows(connection: Connection, programme: Programme, scope: _Scope) -> list[Row]:
    """The rows of one programme, with the names of cohorts."""
    groups = cohorts.listing(connection, programme.slug)
    waiting = [
        (one.enrolment, local_day(one.closes_at or one.since).isoformat())
        for one in calls.needing(connection, [programme.slug], scope.now)
    ]
    everybody = read(connection, programme.slug, everything(programme))
    rows = [
        row
        for data in _parts(
            everybody if scope.source.audience == EVERYBODY else everybody.of(scope.source.audience), groups, scope
        )
        for row in evidence.behind(
            Scene(programme, data, scope.moment, scope.period, waiting, scope.figure, scope.source)
        )
    ]
    names = {one.id: one.name for one in groups}
    return [{**row, "cohort": names[int(row["cohort"])]} for row in rows]


def _parts(data: Data, groups: Sequence[Cohort], scope: _Scope) -> list[Data]:
    """The data whole, or of a comparison those of its cohort or of each earlier one."""
    if scope.source.formula == "mean_change_of_others":
        others = [one for one in groups if one.audience == PARTICIPANTS and one.id not in scope.source.cohorts]
        return [part(data, one.id) for one in others]
    if scope.source.cohorts:
        return [part(data, cohort) for cohort in scope.source.cohorts]
    if scope.report.kind != "compare":
        return [data]
    this = next(one for one in groups if str(one.id) == scope.report.period.rpartition("-")[2])
    if scope.figure.id in {"compare.n", "compare.change"}:
        return [part(data, this.id)]
    everybody_else = scope.figure.id == "compare.others"
    there = (one for one in groups if one.audience == PARTICIPANTS and one.id != this.id)
    return [part(data, one.id) for one in there if everybody_else or one.end < this.end]


def _programmes(programmes: Mapping[str, Programme], report: Report, source: FigureSource) -> list[Programme]:
    """Those that a figure is about: its own, those of a library, or all."""
    if source.programme:
        return [programmes[source.programme]]
    if source.programmes:
        return [programmes[slug] for slug in source.programmes]
    if source.library:
        return [one for one in programmes.values() if one.code == source.library]
    return [one for one in programmes.values() if report.subject in {one.code, "national"}]


def _as_of(report: Report, figure: Figure, source: FigureSource) -> date | None:
    """The earlier day whose number is repeated, as a figure of the same source or the caption of its table says."""
    told = [one.note for one in report.figures.values() if source.item and _kin(one.source, source)]
    tables = [block for section in report.sections for block in section.blocks if isinstance(block, Table)]
    told += [table.caption for table in tables if any(figure in row for row in table.rows)]
    found = next((day_ for words in told if (day_ := _AS_OF.search(words))), None)
    return None if found is None else date(int(found[3]), int(found[2]), int(found[1]))


def _kin(one: FigureSource | None, other: FigureSource) -> bool:
    """Whether two figures come from the same answers."""
    return one is not None and (one.programme, one.item, one.waves) == (other.programme, other.item, other.waves)


def _end_of(when: date) -> datetime:
    return datetime.combine(when + timedelta(days=1), time.min, LJUBLJANA).astimezone(UTC)


def _note(figure: Figure, rows: Sequence[Row], as_of: date | None) -> str:
    """What has to be said of the rows."""
    if not rows and figure.value != 0:
        return formulas.NO_ROWS
    told = [formulas.repeated(day(as_of))] if as_of is not None else []
    of_all_rows = figure.source is not None and figure.source.formula not in _OVER_OTHERS
    if of_all_rows and figure.n is not None and figure.n != len(rows):
        told.append(formulas.changed_since(len(rows), figure.n))
    return " ".join(told)


def _near(report: Report, figure_id: str) -> tuple[str, ...]:
    """Ids that are like this one, or hold it."""
    holding = [known for known in report.figures if figure_id in known]
    return tuple(dict.fromkeys([*holding, *get_close_matches(figure_id, report.figures, _NEAR, _LIKE)]))[:_NEAR]
