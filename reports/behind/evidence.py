"""The rows behind a figure: people under their codes, with what of theirs was counted. Knows no formulas and no words.

A row maps names of `reports.texts.formulas.COLUMNS`; `counts` says whether it is in the numerator of a share.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType
from typing import Any

import pandas as pd

from reports import participation
from reports.frames import Data
from reports.indicators import AFTER, BEFORE, Indicator, indicators
from reports.report import Figure, Source
from reports.weeks import Week, local_day
from surveys.model import Kind, Programme

Cell = str | int | bool
Row = dict[str, Cell]
_ENROLLED, _CONSENTED = "enrolled", "consented"
_HIGHER = "improved"


@dataclass(frozen=True, slots=True)
class Scene:
    """One programme as it stood when a figure was computed."""

    programme: Programme
    data: Data  # of the people that the report is about
    moment: datetime
    week: Week | None  # of a weekly report
    calls: Sequence[tuple[int, str]]  # of those who need a call: enrolment, and closing day or day of the link
    figure: Figure
    source: Source

    @property
    def indicator(self) -> Indicator | None:
        """That of the source's item."""
        found = indicators(self.programme, self.source.audience)
        return next((one for one in found if one.id == self.source.item), None)

    @property
    def last(self) -> str:
        """The last word of the figure's id, which says what is counted."""
        return self.figure.id.rpartition(".")[2]

    @property
    def since(self) -> datetime:
        """The beginning of the week."""
        return self.moment if self.week is None else self.week.start

    @property
    def waves(self) -> tuple[str, ...]:
        """Those of the source, or else all."""
        return self.source.waves or tuple(wave.id for wave in self.programme.waves)


def behind(scene: Scene) -> list[Row]:
    """The rows of one programme, by code; none where the figure is no count of people."""
    rows = _MAKERS.get(scene.source.formula, _pairs)(scene)
    return sorted(rows, key=lambda row: (str(row.get("group", "")), str(row["code"])))


def _pairs(scene: Scene) -> Iterator[Row]:
    """Both scores of everybody who answered twice; whether they count where a direction is counted."""
    one = scene.indicator
    if one is None or not scene.source.waves:
        return
    first, second = scene.source.waves[0], scene.source.waves[-1]
    data = scene.data.until(scene.moment)
    cohorts = _cohorts(data, one.id, (first, second))
    directions = _directions(scene.source.formula)
    for code, before, after in _each(data.pairs(one.id, first, second)):
        scores = one.score(int(before)), one.score(int(after))
        row = _row(code, cohorts[code], before=scores[0], after=scores[1], difference=scores[1] - scores[0])
        if directions:
            row["counts"] = _direction(scores[1] - scores[0]) in directions
        yield row


def _directions(formula: str) -> frozenset[str]:
    """The directions that a formula counts: `improved_share`, `improved`, or joined ones like `worse_same`."""
    parts = frozenset(formula.removesuffix("_share").split("_"))
    return parts if parts <= {"worse", "same", _HIGHER} else frozenset()


def _direction(difference: int) -> str:
    return _HIGHER if difference >= 1 else "worse" if difference <= -1 else "same"


def _shares(scene: Scene) -> Iterator[Row]:
    """What everybody answered in a wave; without an item by whose hand they answered last."""
    one = scene.indicator
    keys = scene.last.split("_")
    if one is None:
        cohorts = _cohorts(scene.data, "", ())
        for code, mode in scene.data.last_modes(scene.moment).items():
            yield _row(str(code), cohorts[str(code)], mode=str(mode), counts=str(mode) in keys)
        return
    data = scene.data.until(scene.moment)
    wave = scene.source.waves[-1]
    cohorts = _cohorts(data, one.id, (wave,))
    chosen = {int(key) for key in keys if key.isdecimal()}
    for code, value in data.values(one.id, wave).items():
        row = _row(str(code), cohorts[str(code)], value=int(value), label=_label(one, int(value)))
        if chosen:
            row["counts"] = any(_chose(one, int(value), option) for option in chosen)
        yield row


def _options(scene: Scene) -> Iterator[Row]:
    """Whether everybody who answered twice chose an option (1) or not (0), each time."""
    one = scene.indicator
    if one is None:
        return
    first, second = scene.source.waves[0], scene.source.waves[-1]
    data, option = scene.data.until(scene.moment), int(scene.last)
    cohorts = _cohorts(data, one.id, (first, second))
    side = {"share_before": 0, "share_after": 1}.get(scene.source.formula)
    for code, *values in _each(data.pairs(one.id, first, second)):
        chosen = [int(_chose(one, int(value), option)) for value in values]
        row = _row(code, cohorts[code], before=chosen[0], after=chosen[1], difference=chosen[1] - chosen[0])
        yield row if side is None else {**row, "counts": bool(chosen[side])}


def _chose(one: Indicator, value: int, option: int) -> bool:
    return bool(value >> option & 1) if one.item.kind is Kind.MULTIPLE else value == option


def _label(one: Indicator, value: int) -> str:
    return "; ".join(choice.label for choice in one.item.choices if _chose(one, value, choice.code))


def _baseline(scene: Scene) -> Iterator[Row]:
    """The first scores of those whose time to answer at the end has passed without an answer."""
    one = scene.indicator
    if one is None:
        return
    data = scene.data.until(scene.moment)
    over = participation.over(data, AFTER, scene.moment)
    stayed = data.values(one.id, AFTER).index
    cohorts = _cohorts(data, one.id, (BEFORE,))
    for code, value in data.values(one.id, BEFORE).items():
        if code in over and code not in stayed:
            yield _row(str(code), cohorts[str(code)], before=one.score(int(value)))


def _both_groups(scene: Scene) -> Iterator[Row]:
    """First scores of those with and of those without an answer at the end."""
    for row in _pairs(scene):
        yield {"group": "stayed", **{name: row[name] for name in ("code", "cohort", "before")}}
    for row in _baseline(scene):
        yield {"group": "gone", **row}


def _counted(scene: Scene) -> Iterator[Row]:
    """The enrolments or occasions that a figure counts; of an item the pairs."""
    if scene.source.item:
        yield from _pairs(scene)
        return
    made = _COUNTS.get(scene.last)
    if made is None and scene.last in scene.waves:
        made = _answered
    if made is not None:
        yield from made(scene)


def _people(scene: Scene, column: str, since: datetime | None) -> Iterator[Row]:
    there = scene.data.people
    wanted = there[column] <= scene.moment
    if since is not None:
        wanted &= there[column] > since
    for one in _each(there[wanted]):
        yield _row(one.code, one.cohort, state=str(one.state), day=_day(getattr(one, column)))


def _joining(column: str) -> Callable[[Scene], Iterator[Row]]:
    return lambda scene: _people(scene, column, None)


def _new(scene: Scene) -> Iterator[Row]:
    """Those of this week: questionnaires that came back, enrolments or consents."""
    columns = {_ENROLLED: "enrolled_at", _CONSENTED: "joined_at"}
    of = scene.figure.id.split(".")[-2]
    if of in columns:
        yield from _people(scene, columns[of], scene.since)
        return
    yield from (row for row, ended in _answers(scene) if ended > scene.since)


def _invited(scene: Scene) -> Iterator[Row]:
    for wave in scene.waves:
        yield from _occasions(scene.data.asked(wave, scene.moment), "opens_at")


def _answered(scene: Scene) -> Iterator[Row]:
    yield from (row for row, _ in _answers(scene))


def _answers(scene: Scene) -> Iterator[tuple[Row, datetime]]:
    for wave in scene.waves:
        there = scene.data.answered(wave, scene.moment)
        yield from zip(_occasions(there, "ended_at"), there["ended_at"], strict=True)


def _due(column: str) -> Callable[[Scene], Iterator[Row]]:
    def due(scene: Scene) -> Iterator[Row]:
        until = scene.moment if scene.week is None else scene.week.next.end
        yield from _occasions(participation.planned(scene.data, column, scene.moment, until), column)

    return due


def _calls(scene: Scene) -> Iterator[Row]:
    people = {one.enrolment: one for one in _each(scene.data.people)}
    for enrolment, day in scene.calls:
        yield _row(people[enrolment].code, people[enrolment].cohort, day=day)


def _rates(scene: Scene) -> Iterator[Row]:
    """Everybody who could answer, and whether they did: in the flow people whose cohort had begun, else invitations."""
    if scene.figure.id.removeprefix(f"{scene.source.audience}.").startswith("response."):
        yield from _eligible(scene)
        return
    moment = scene.since if scene.last == "last_week" else scene.moment
    for wave in scene.waves:
        done = scene.data.answered(wave, moment).index
        asked = scene.data.asked(wave, moment)
        for row, place in zip(_occasions(asked, "opens_at"), asked.index, strict=True):
            yield {**row, "counts": place in done}


def _eligible(scene: Scene) -> Iterator[Row]:
    there, step = scene.data.people, (*scene.source.waves, scene.last)[0]
    everybody = there[there["enrolled_at"] <= scene.moment]
    if step == _CONSENTED:
        done = everybody.loc[everybody["joined_at"] <= scene.moment, "enrolment"]
    else:
        occasions = scene.data.occasions
        begun = occasions[(occasions["wave"] == step) & (occasions["opens_at"] <= scene.moment)]
        everybody = everybody[everybody["cohort"].isin(begun["cohort"])]
        done = scene.data.answered(step, scene.moment)["enrolment"]
    counting = set(done)
    for one in _each(everybody):
        yield _row(one.code, one.cohort, state=str(one.state), counts=one.enrolment in counting)


def _occasions(there: pd.DataFrame, column: str) -> Iterator[Row]:
    for one in _each(there):
        row = _row(one.code, one.cohort, wave=str(one.wave), state=str(one.state), day=_day(getattr(one, column)))
        yield row if pd.isna(one.mode) else {**row, "mode": str(one.mode)}


def _each(table: pd.DataFrame) -> Iterator[Any]:
    """The rows, whose columns are typed by `reports.frames`."""
    return iter(table.itertuples())


def _row(code: str, cohort: int, **cells: Cell) -> Row:
    return {"code": str(code), "cohort": int(cohort), **cells}


def _day(moment: pd.Timestamp) -> str:
    return local_day(moment.to_pydatetime()).isoformat()


def _cohorts(data: Data, item: str, waves: Sequence[str]) -> dict[str, int]:
    """With which cohort each person counts: the last one that has what is asked for (see `reports.frames`)."""
    there = data.people
    for wave in waves:
        having = data.answers[(data.answers["item"] == item) & (data.answers["wave"] == wave)]
        there = there[there["enrolment"].isin(having["enrolment"])]
    return {str(code): int(cohort) for code, cohort in zip(there["code"], there["cohort"], strict=True)}


_MAKERS: Mapping[str, Callable[[Scene], Iterator[Row]]] = MappingProxyType(
    {
        "count": _counted,
        "rate": _rates,
        "share": _shares,
        "share_before": _options,
        "share_after": _options,
        "share_change": _options,
        "baseline": _baseline,
        "mean_difference": _both_groups,
    }
)
_COUNTS: Mapping[str, Callable[[Scene], Iterator[Row]]] = MappingProxyType(
    {
        _ENROLLED: _joining("enrolled_at"),
        _CONSENTED: _joining("joined_at"),
        "new": _new,
        "invited": _invited,
        "answered": _answered,
        "openings": _due("opens_at"),
        "closings": _due("closes_at"),
        "calls": _calls,
    }
)
