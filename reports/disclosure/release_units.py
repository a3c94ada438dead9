"""From answers to the blocks of numbers that are published together. What may be shown is decided elsewhere."""

from __future__ import annotations

import zlib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

import pandas as pd

from reports.data.frames import Data
from reports.data.indicators import AFTER, BEFORE, Indicator
from reports.disclosure.protection import ORDER, SHORT
from reports.disclosure.suppression import (
    CELL,
    SHOWN,
    WHO,
    Block,
    Cells,
    DisclosureInputs,
    Division,
    Feature,
    Groups,
    Number,
    Table,
    constant,
    join_neighbours,
    join_smallest,
)
from reports.formulas.statistics import PairedChange, correlation, paired_change, standardised_change, summary
from surveys.model import ORDERED, Kind, ReportedMode

DIRECTIONS: tuple[str, ...] = ("worse", "same", "improved")
SIDES = ("before", "after")
_CHANGE = ("change", "ci_low", "ci_high", "p", "improved", "same", "worse", "improved_low", "improved_high")
_BOTH_SIDES = (*_CHANGE, "mean_before", "mean_after", "sd_before", "d_z", "g_av", "wilcoxon_p", "rank_biserial")


def name(slug: str, wave: str, subject: str) -> str:
    """Under which name a block is remembered."""
    return f"impact:{slug}:{wave}:{subject}"


def change(slug: str, indicator: Indicator, data: Data, cells: Cells) -> Block:
    """The change from before to after, with both means and both distributions of the same people."""
    pairs = scored(indicator, data.pairs(indicator.id, BEFORE, AFTER))
    return changed(name(slug, AFTER, indicator.id), indicator, pairs, cells)


def group_change(slug: str, cohort: int, indicator: Indicator, data: Data, cells: Cells) -> Block:
    """The change from before to after in one group, of which mean and interval are told and no counts."""
    pairs = scored(indicator, data.pairs(indicator.id, BEFORE, AFTER))
    named = name(slug, f"cohort:{cohort}", indicator.id)
    return changed(named, indicator, pairs, cells, means=False, wanted=("interval",))


def waiting_change(slug: str, indicator: Indicator, data: Data, cells: Cells) -> Block:
    """The change of those who wait, from their first to their last answer.

    Of it the change alone is told, and whether it may be chance. What may be is decided as if both means were told: who
    joined later gave the last answer as the first of those who take part, where it is among the numbers.
    """
    pairs = scored(indicator, data.pairs(indicator.id, BEFORE, AFTER))
    return changed(
        name(slug, AFTER, f"waiting:{indicator.id}"), indicator, pairs, cells, wanted=("verdict", "interval")
    )


def later_change(slug: str, indicator: Indicator, wave: str, data: Data, cells: Cells) -> Block:
    """The change from before to a follow-up.

    Without means: the people are others than in `change`, and two baseline means of nearly the same people would
    tell those apart who are in one group only.
    """
    pairs = scored(indicator, data.pairs(indicator.id, BEFORE, wave))
    return changed(name(slug, wave, indicator.id), indicator, pairs, cells, means=False)


def changed(
    named: str,
    indicator: Indicator,
    pairs: pd.DataFrame,
    cells: Cells,
    *,
    means: bool = True,
    wanted: tuple[Feature, ...] = ORDER,
) -> Block:
    """The numbers of a change, from scores `before` and `after` by code; what of them may be shown is not decided yet.

    Hidden where everybody gave the same answer, so that a mean would tell each person's.
    """
    before, after = pairs["before"].tolist(), pairs["after"].tolist()
    n = len(before)
    differences = [second - first for first, second in zip(before, after, strict=True)]
    if n >= cells.inside and constant(*((before, after) if means else ()), differences):
        return Block(named, {}, hidden=True)
    table = tuple(sorted(Counter(zip(before, after, strict=True)).items()))
    audit = DisclosureInputs(table, indicator.scale, means, indicator.item.kind in ORDERED, wanted)
    counts = _distributions(indicator, before, after) if means else {}
    numbers = {
        **_formulas(before, after, _BOTH_SIDES if means else _CHANGE),
        **{key: float(count) for side in counts.values() for key, count in side.items()},
        SHOWN: 0.0,
        WHO: who(pairs.index),
        **_cells(table, indicator.scale),
    }
    divisions = _divisions(numbers, list(counts.values()), cells.inside)
    return Block(named, {key: Number(value, n) for key, value in numbers.items()}, divisions, audit)


def who(codes: Iterable[str]) -> float:
    """A fingerprint of the people behind a number, by which the same people are known again."""
    return float(zlib.crc32("\n".join(sorted(codes)).encode()))


def shares(slug: str, indicator: Indicator, wave: str, data: Data, cells: Cells) -> Block:
    """How many people chose each option in a wave: `code` → count; of several answers also who did not, `code.not`."""
    given = data.values(indicator.id, wave)
    values = [int(value) for value in given]
    named = name(slug, wave, indicator.id)
    if indicator.item.kind is Kind.MULTIPLE:
        return _optional(named, indicator, {"": values}, given.index)
    counts = {str(code): float(values.count(code)) for code in indicator.codes}
    join = _join_ordered if indicator.item.kind in ORDERED else join_smallest
    return _counted(named, counts, given.index, join([int(count) for count in counts.values()], cells.inside))


def options(slug: str, indicator: Indicator, wave: str, data: Data) -> Block:
    """How many of the same people chose each option at the start and in a wave: `before.code`, `before.code.not`."""
    pairs = data.pairs(indicator.id, BEFORE, wave)
    sides = {f"{side}.": [int(value) for value in pairs[side]] for side in SIDES}
    return _optional(name(slug, wave, indicator.id), indicator, sides, pairs.index)


def modes(slug: str, data: Data, moment: datetime, cells: Cells) -> Block:
    """Whose hands gave the answers: mode → people, each with the last questionnaire that they answered."""
    last = data.last_modes(moment)
    found = list(last)
    there = [mode for mode in ReportedMode if mode is not ReportedMode.WEB or mode in found]
    counts = {mode.value: float(found.count(mode)) for mode in there}
    groups = join_smallest([int(count) for count in counts.values()], cells.inside)
    return _counted(name(slug, "all", "modes"), counts, last.index, groups)


def dropouts(slug: str, indicator: Indicator, data: Data, over: Sequence[str], cells: Cells) -> Block:
    """The first answers of those (by code, `over`) whose time to answer at the end has passed without an answer."""
    before = data.values(indicator.id, BEFORE)
    gone = before[before.index.isin(over) & ~before.index.isin(data.values(indicator.id, AFTER).index)]
    scores = [indicator.score(int(value)) for value in gone]
    named = name(slug, BEFORE, "dropouts")
    group = summary(scores)
    table = tuple(sorted(Counter(zip(scores, scores, strict=True)).items()))
    numbers = {
        "mean": group.mean, "sd": group.sd, SHOWN: 0.0, WHO: who(gone.index), **_cells(table, indicator.scale)
    }  # fmt: skip
    if group.n >= cells.inside and (indicator.scale is None or constant(scores)):
        return Block(named, {}, hidden=True)
    audit = DisclosureInputs(table, indicator.scale, means=True, answers=False, wanted=(), once=True)
    return Block(named, {key: Number(value, group.n) for key, value in numbers.items()}, audit=audit)


def scored(indicator: Indicator, pairs: pd.DataFrame) -> pd.DataFrame:
    """The scores of these values: higher is better."""
    scores = pairs.astype("int64")
    return sum(indicator.scale or (0, 0)) - scores if indicator.item.reverse else scores


def _formulas(before: list[int], after: list[int], keys: Sequence[str]) -> dict[str, float | None]:
    found: PairedChange = paired_change(before, after)
    numbers: dict[str, float | None] = {key: getattr(found, key) for key in keys}
    if "sd_before" in numbers:
        spread, together = (found.sd_before or None), correlation(before, after)
        effect = standardised_change(found.n, found.mean_before, found.mean_after, spread, together)
        numbers["smcr"], numbers["smcr_variance"] = effect
    return numbers


def _distributions(indicator: Indicator, before: list[int], after: list[int]) -> dict[str, dict[str, int]]:
    """How many people gave each answer, by side and key, in the order from low to high outcome."""
    sides = {"before": Counter(before), "after": Counter(after)}
    return {
        side: {f"{side}.{point}": scores[indicator.score(point)] for point in indicator.points}
        for side, scores in sides.items()
        if indicator.points
    }


def _divisions(numbers: Mapping[str, float | None], sides: list[dict[str, int]], k: int) -> tuple[Division, ...]:
    """Counts that add up to everybody, joined as they are shown, or one by one where they are not."""
    directions = [int(numbers[key] or 0) for key in DIRECTIONS]
    shown = [(DIRECTIONS, join_neighbours([directions], k))]
    if sides:
        groups = join_neighbours([list(side.values()) for side in sides], k)
        shown += [(tuple(side), groups) for side in sides]
    return tuple(_division(keys, groups) for keys, groups in shown)


def _cells(table: Table, scale: tuple[int, int] | None) -> dict[str, float]:
    """The counts of all cells of a short scale, to compare a later edition with."""
    low, high = scale or (0, SHORT + 1)
    if high - low > SHORT:
        return {}
    found, points = dict(table), range(low, high + 1)
    return {f"{CELL}{x}/{y}": float(found.get((x, y), 0)) for x in points for y in points}


def _join_ordered(counts: Sequence[int], k: int) -> Groups:
    return join_neighbours([counts], k)


def _division(keys: Sequence[str], groups: Groups) -> Division:
    if len(groups) <= 1:
        return tuple((key,) for key in keys)
    return tuple(tuple(keys[position] for position in group) for group in groups)


def _counted(named: str, counts: Mapping[str, float], codes: Iterable[str], groups: Groups) -> Block:
    """Counts of the answers of one wave, joined into these groups."""
    people = list(codes)
    numbers = {**counts, WHO: who(people)}
    divisions = (_division(list(counts), groups),) if groups else ()
    return Block(named, {key: Number(value, len(people)) for key, value in numbers.items()}, divisions)


def _optional(named: str, indicator: Indicator, sides: Mapping[str, Sequence[int]], codes: Iterable[str]) -> Block:
    """How many chose each of several options and how many did not; `sides` holds the answers by what begins a key."""
    people = list(codes)
    numbers = {WHO: who(people)}
    for side, values in sides.items():
        for code in indicator.codes:
            chosen = sum(value >> code & 1 for value in values)
            numbers |= {f"{side}{code}": float(chosen), f"{side}{code}.not": float(len(people) - chosen)}
    alone = tuple(tuple(((f"{side}{code}",), (f"{side}{code}.not",)) for side in sides) for code in indicator.codes)
    return Block(named, {key: Number(value, len(people)) for key, value in numbers.items()}, options=alone)
