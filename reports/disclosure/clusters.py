"""The change of the primary outcome over several groups, whose people resemble each other: its interval by CR2.

It depends on how many people of each group answered and on the sum of their changes alone. It is therefore told where
no hidden count follows even for a reader who knows those of every group (docs/decisions/evidence.md). Knows no words.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from sqlalchemy import Connection

from reports.data.indicators import AFTER, BEFORE, Indicator
from reports.disclosure import release_units, rounding
from reports.disclosure.facts import (
    FACTS,
    AttackerTables,
    KnownCount,
    Weights,
    always,
    background,
    hidden_counts,
    situations,
)
from reports.disclosure.material import Material
from reports.disclosure.protection import STARTS, same_effect, unmoved
from reports.disclosure.publishing import newly_shown, releases
from reports.disclosure.suppression import (
    NOTHING,
    WHO,
    Block,
    Feature,
    KnownToReader,
    Number,
    Release,
    Table,
    editions_of,
    last,
)
from reports.formulas.comparison import cr2
from reports.formulas.estimates import Estimate, NotEstimable
from storage.analysis import published
from storage.analysis.published import Published
from surveys.model import ORDERED
from surveys.weeks import local_day

FEWEST = 5  # groups, and
LEAST_DF = 4.0  # degrees of freedom from which the interval is told (Pustejovsky and Tipton 2018 warn below)
_ENDS = ("low", "high")


@dataclass(frozen=True, slots=True)
class Grouped:
    """In how many groups the people of a change were, whether these are enough, and the edition of the interval."""

    groups: int
    release: Release
    enough: bool
    published: tuple[Published, ...] = ()

    @property
    def ends(self) -> tuple[float, float] | None:
        """Both ends of the interval, where they may be told."""
        if not self.release:
            return None
        low, high = (self.release[key] or 0.0 for key in _ENDS)
        return low, high

    @property
    def told(self) -> rounding.Interval | None:
        """The interval as it is told."""
        return None if self.ends is None else rounding.interval(*self.ends, None)


def grouped(connection: Connection, material: Material) -> Grouped:
    """The primary change of `material` by group; of no groups where it is not shown."""
    one = material.primary
    shown = material.release(AFTER, one.id) if one else NOTHING
    if one is None or not shown:
        return Grouped(0, NOTHING, enough=False)
    tables, codes = _tables(material, one)
    groups, found = len(tables.counts), cr2(tables.changes)
    enough = isinstance(found, Estimate) and groups >= FEWEST and found.df >= LEAST_DF
    if not enough or isinstance(found, NotEstimable):
        return Grouped(groups, NOTHING, enough=enough)
    period = local_day(material.moment).isoformat()
    numbers = {"low": found.ci_low, "high": found.ci_high, WHO: release_units.who(codes)}
    named = release_units.name(material.programme.slug, AFTER, f"groups:{one.id}")
    block = Block(named, {key: Number(value, shown.n) for key, value in numbers.items()})
    earlier = editions_of(block, published.read(connection, block.figures))
    current = shown[WHO] == numbers[WHO]
    known = any(one[WHO] == numbers[WHO] for one in earlier)
    if not current or not (known or _safe(connection, material, one, tables, shown)):
        return Grouped(groups, _of_the_same(shown, last(block, earlier, period)), enough=enough)
    release = releases(connection, [block], period, material.cells.inside)[named]
    told = newly_shown({named: release}) if release else ()
    return Grouped(groups, _of_the_same(shown, release), enough=enough, published=told)


def _of_the_same(shown: Release, release: Release) -> Release:
    """The interval, where it is that of the people whose change is shown."""
    return release if release and release[WHO] == shown[WHO] else NOTHING


@dataclass(frozen=True, slots=True)
class GroupTables:
    """How many people of each group gave which two scores: a row a group, the first one first, a column a cell."""

    cells: tuple[tuple[int, int], ...]
    counts: NDArray[np.int64]

    @property
    def changes(self) -> list[NDArray[np.int64]]:
        """The change of each person, group by group."""
        change = np.array([y - x for x, y in self.cells], dtype=np.int64)
        return [np.repeat(change, people) for people in self.counts]

    @property
    def together(self) -> Table:
        """The table of all groups."""
        return tuple(zip(self.cells, self.counts.sum(axis=0).tolist(), strict=True))


def _tables(material: Material, one: Indicator) -> tuple[GroupTables, pd.Index[str]]:
    """Both scores of each group, and the codes of all people."""
    pairs = material.data.pairs(one.id, BEFORE, AFTER)
    scores = np.unique(pairs.to_numpy(), axis=0, return_inverse=True)
    cohorts = np.unique(material.data.last_cohorts(one.id, BEFORE, AFTER).to_numpy(), return_inverse=True)
    cells = [(one.score(int(x)), one.score(int(y))) for x, y in scores[0]]
    order = sorted(range(len(cells)), key=cells.__getitem__)
    counts = np.zeros((len(cohorts[0]), len(cells)), dtype=np.int64)
    np.add.at(counts, (cohorts[1], scores[1]), 1)
    return GroupTables(tuple(cells[at] for at in order), counts[:, order]), pairs.index


def _safe(connection: Connection, material: Material, one: Indicator, tables: GroupTables, shown: Release) -> bool:
    whole = Block(release_units.name(material.programme.slug, AFTER, one.id), shown.numbers)
    before = [
        release
        for release in editions_of(whole, published.read(connection, whole.figures))
        if release[WHO] != shown[WHO]
    ]
    if before and not before[-1].table:
        return False
    earlier = KnownToReader(before[-1].table, before[-1].features) if before else None
    return safe_by_group(
        tables, one.scale, material.cells.inside, shown.features, earlier, ordered=one.item.kind in ORDERED
    )


def safe_by_group(
    groups: GroupTables,
    scale: tuple[int, int] | None,
    k: int,
    features: frozenset[Feature],
    earlier: KnownToReader | None,
    *,
    ordered: bool,
) -> bool:
    """Whether no hidden count follows for a reader who knows n and the sum of changes of each group, too."""
    if k <= 1:
        return True
    there, before, _ = situations(groups.together, scale, k, earlier, means=True, ordered=ordered)
    there, before, segments, parts = _by_group(groups, there, before)
    facts, hidden = background(segments, there, before, earlier)
    facts += [*always(there), *(fact for feature in features for fact in FACTS[feature](there))]
    facts += [fact for part in parts for fact in _known(there, part)]
    hidden += hidden_counts(there, features)
    same = same_effect(there) if "effect" in features else None
    return not hidden or not unmoved(there, facts, np.array(hidden), same)


def _known(there: AttackerTables, part: Weights) -> list[KnownCount]:
    """How many people there are in a part, and the sum of their changes."""
    return [there.exactly(part), there.exactly(part * (there.after - there.before))]


def _by_group(
    groups: GroupTables, there: AttackerTables, before: AttackerTables
) -> tuple[AttackerTables, AttackerTables, list[Weights], list[Weights]]:
    """The same tables with those who stayed and who came apart by group, those who stayed in the first groups.

    Beside each other stand those groups from which people are moved (`protection.STARTS`). All others are one table,
    which comes to the same, because nobody moves in it, and grows with no number of groups.
    """
    size = there.size
    stayed, came = _apart(groups, there)
    parts: list[Weights] = []
    kinds: list[int] = []
    left = STARTS
    for kind, counts in enumerate((stayed, came)):
        occupied = np.count_nonzero(counts, axis=1)
        opened = (occupied > 0) & (np.cumsum(occupied) - occupied < left)
        left -= occupied[opened].sum()
        parts += [*counts[opened], counts[~opened].sum(axis=0)]
        kinds += [kind] * (np.count_nonzero(opened) + 1)
    counts = np.concatenate([*parts, there.counts[2 * size :]])
    weights = [np.repeat(one, size) for one in np.eye(len(parts) + 1)]
    segments = [np.repeat(np.array([*kinds, 2]) == kind, size).astype(float) for kind in range(3)]
    x, y = (np.tile(side[:size], len(weights)) for side in (there.before, there.after))
    now = replace(there, before=x, after=y, counts=counts, member=segments[0] + segments[1])
    then = replace(before, before=x, after=y, counts=counts, member=segments[0] + segments[2])
    return now, then, segments, weights


def _apart(groups: GroupTables, there: AttackerTables) -> tuple[Weights, Weights]:
    """Who stayed and who came, a row a group, a column a cell of `there`: those who stayed are in the first groups."""
    size = there.size
    places = {cell: at for at, cell in enumerate(zip(there.before[:size], there.after[:size], strict=True))}
    counts = np.zeros((len(groups.counts), size))
    for cell, people in zip(groups.cells, groups.counts.T, strict=True):
        if cell in places:  # what an earlier questionnaire had beyond the scale is in no table
            counts[:, places[cell]] = people
    until = np.minimum(np.cumsum(counts, axis=0), there.counts[:size])
    stayed = np.diff(until, axis=0, prepend=0)
    return stayed, counts - stayed
