"""The rows behind a figure: people under their codes, with what of theirs was counted. Knows no formulas and no words.

A row maps names of `reports.texts.formulas.COLUMNS`; `counts` says whether it is in the numerator of a share.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from types import MappingProxyType
from typing import Any

import pandas as pd

from reports.data import participation
from reports.data.answers import NOT_GIVEN
from reports.data.frames import Data
from reports.data.indicators import AFTER, BEFORE, Indicator, indicators
from reports.report import Figure, FigureSource
from surveys.model import Kind, Programme
from surveys.months import Period
from surveys.weeks import local_day

Cell = str | int | bool
Row = dict[str, Cell]
_HIGHER = "improved"


@dataclass(frozen=True, slots=True)
class Scene:
    """One programme as it stood when a figure was computed."""

    programme: Programme
    data: Data  # of the people that the report is about
    moment: datetime
    period: Period | None  # the week or month that the report is of
    calls: Sequence[tuple[int, str]]  # of those who need a call: enrolment, and closing day or day of the link
    figure: Figure
    source: FigureSource

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
        """The beginning of the period."""
        return self.moment if self.period is None else self.period.start

    @property
    def rated_at(self) -> datetime:
        """The moment of a response: that of the report, or the beginning of its week."""
        return self.since if self.source.formula == "rate_before" else self.moment

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


def _both_answers(scene: Scene) -> Iterator[Row]:
    """Both scores of those with an answer at the end, and the first ones of those without."""
    for group, rows in (("stayed", _pairs(replace(scene, source=_changes_of(scene)))), ("gone", _baseline(scene))):
        yield from ({"group": group, **row} for row in rows)


def _changes_of(scene: Scene) -> FigureSource:
    """The change that a figure is computed from."""
    return replace(scene.source, formula="mean_change", waves=(BEFORE, AFTER))


def _waiting(scene: Scene) -> Iterator[Row]:
    """Both scores of everybody who answered twice while waiting."""
    if scene.data.waiting is not None:
        yield from _pairs(replace(scene, data=scene.data.waiting))


def _beside(scene: Scene) -> Iterator[Row]:
    """Both scores of those who took part and of those who waited."""
    for group, rows in (("taking_part", _pairs(scene)), ("waiting", _waiting(scene))):
        yield from ({"group": group, **row} for row in rows)


def _counted(scene: Scene) -> Iterator[Row]:
    """Of an item the pairs; what else is counted has no rows of people."""
    if scene.source.item:
        yield from _pairs(scene)


def _persons(find: Callable[[Data, datetime], frozenset[str]]) -> Callable[[Scene], Iterator[Row]]:
    """Different people, each with the group that they came to last."""

    def people(scene: Scene) -> Iterator[Row]:
        cohorts = _cohorts(scene.data, "", ())
        yield from (_row(code, cohorts[code]) for code in find(scene.data, scene.moment))

    return people


def _joining(column: str, *, new: bool = False) -> Callable[[Scene], Iterator[Row]]:
    """Enrolments or consents, all or those of the week."""

    def joined(scene: Scene) -> Iterator[Row]:
        there = scene.data.people
        wanted = there[column] <= scene.moment
        if new:
            wanted &= there[column] > scene.since
        yield from _of_people(there[wanted], column)

    return joined


def _persons_answered(scene: Scene) -> Iterator[Row]:
    for wave in scene.waves:
        there = scene.data.answered(wave, scene.moment).drop_duplicates("code", keep="last")
        yield from _occasions(there, "ended_at")


def _unopened(scene: Scene) -> Iterator[Row]:
    return _of_people(participation.undecided(scene.data, scene.moment), "enrolled_at")


def _of_people(there: pd.DataFrame, column: str) -> Iterator[Row]:
    for one in _each(there):
        yield _row(one.code, one.cohort, state=str(one.state), day=_day(getattr(one, column)))


def _answered(scene: Scene) -> Iterator[Row]:
    yield from (row for row, _ in _answers(scene))


def _arrived(scene: Scene) -> Iterator[Row]:
    """The questionnaires that came back in the week."""
    yield from (row for row, ended in _answers(scene) if ended > scene.since)


def _answers(scene: Scene) -> Iterator[tuple[Row, datetime]]:
    for wave in scene.waves:
        there = scene.data.answered(wave, scene.moment)
        yield from zip(_occasions(there, "ended_at"), there["ended_at"], strict=True)


def _open(scene: Scene) -> Iterator[Row]:
    for wave in scene.waves:
        yield from _occasions(participation.still_open(scene.data, wave, scene.moment), "closes_at")


def _due(column: str) -> Callable[[Scene], Iterator[Row]]:
    def due(scene: Scene) -> Iterator[Row]:
        until = scene.moment if scene.period is None else scene.period.next.end
        yield from _occasions(participation.planned(scene.data, column, scene.moment, until), column)

    return due


def _calls(scene: Scene) -> Iterator[Row]:
    people = {one.enrolment: one for one in _each(scene.data.people)}
    for enrolment, day in scene.calls:
        yield _row(people[enrolment].code, people[enrolment].cohort, day=day)


def _eligible(scene: Scene) -> Iterator[Row]:
    """Everybody who could have answered by then."""
    for row in _rates(scene):
        yield {name: cell for name, cell in row.items() if name != "counts"}


def _rates(scene: Scene) -> Iterator[Row]:
    """Everybody who could have answered by then, and whether they did."""
    for wave in scene.waves:
        there = participation.could_answer(scene.data, wave, scene.rated_at)
        for row, responded in zip(_occasions(there, "closes_at"), there["responded"], strict=True):
            yield {**row, "counts": bool(responded)}


def _responded(scene: Scene) -> Iterator[Row]:
    """Everybody who answered, of those who could have by then."""
    for row in _rates(scene):
        if row["counts"]:
            yield {name: cell for name, cell in row.items() if name != "counts"}


def _early(scene: Scene) -> Iterator[Row]:
    """Answers of those whose time was not over by then."""
    for wave in scene.waves:
        yield from _occasions(participation.answered_early(scene.data, wave, scene.moment), "ended_at")


def _decided(scene: Scene) -> Iterator[Row]:
    """Everybody who has said yes or no."""
    for one in _each(participation.decided(scene.data, scene.moment)):
        yield _row(one.code, one.cohort, state=str(one.state))


def _consenting(scene: Scene) -> Iterator[Row]:
    """The same, and whether it was yes."""
    there = participation.decided(scene.data, scene.moment)
    for row, agreed in zip(_decided(scene), there["responded"], strict=True):
        yield {**row, "counts": bool(agreed)}


def _occasions(there: pd.DataFrame, column: str) -> Iterator[Row]:
    for one in _each(there):
        row = _row(one.code, one.cohort, wave=str(one.wave), state=str(one.state), day=_day(getattr(one, column)))
        yield row if pd.isna(one.mode) else {**row, "mode": str(one.mode)}


def _each(table: pd.DataFrame) -> Iterator[Any]:
    """The rows, whose columns are typed by `reports.data.frames`."""
    return iter(table.itertuples())


def _row(code: str, cohort: int, **cells: Cell) -> Row:
    return {"code": str(code), "cohort": int(cohort), **cells}


def _day(moment: pd.Timestamp) -> str:
    return local_day(moment.to_pydatetime()).isoformat()


def _cohorts(data: Data, item: str, waves: Sequence[str]) -> dict[str, int]:
    """With which cohort each person counts: the last one that has what is asked for (see `reports.data.frames`)."""
    there = data.people
    for wave in waves:
        there = there[data.answers.column(item, wave)[there["place"]] != NOT_GIVEN]
    return {str(code): int(cohort) for code, cohort in zip(there["code"], there["cohort"], strict=True)}


_MAKERS: Mapping[str, Callable[[Scene], Iterator[Row]]] = MappingProxyType(
    {
        "count": _counted,
        "enrolled": _joining("enrolled_at"),
        "enrolled_new": _joining("enrolled_at", new=True),
        "consented": _joining("joined_at"),
        "consented_new": _joining("joined_at", new=True),
        "persons": _persons(participation.persons),
        "ended": _persons(lambda data, moment: participation.persons_ended(data, AFTER, moment)),
        "twice": _persons(lambda data, moment: participation.persons_twice(data, BEFORE, AFTER, moment)),
        "persons_answered": _persons_answered,
        "unopened": _unopened,
        "decided": _decided,
        "consent_rate": _consenting,
        "answered": _answered,
        "answered_new": _arrived,
        "eligible": _eligible,
        "responded": _responded,
        "early": _early,
        "open": _open,
        "rate": _rates,
        "rate_before": _rates,
        "openings": _due("opens_at"),
        "closings": _due("closes_at"),
        "calls": _calls,
        "share": _shares,
        "share_before": _options,
        "share_after": _options,
        "share_change": _options,
        "baseline": _baseline,
        "silent": _baseline,
        "tipping_point": _both_answers,
        "mean_difference": _both_groups,
        "waiting_pairs": _waiting,
        "waiting_change": _waiting,
        "difference_in_differences": _beside,
        "ancova": _beside,
    }
)
