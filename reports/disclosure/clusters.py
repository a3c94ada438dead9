"""The change of the primary outcome over several groups, whose people resemble each other: its interval by CR2.

It depends on how many people of each group answered and on the sum of their changes alone. It is therefore told where
no hidden count follows even for a reader who knows those of every group (docs/decisions/evidence.md). Knows no words.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np
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
from reports.disclosure.protection import same_effect, unmoved
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
    found = cr2([[y - x for (x, y), count in table for _ in range(count)] for table in tables])
    enough = isinstance(found, Estimate) and len(tables) >= FEWEST and found.df >= LEAST_DF
    if not enough or isinstance(found, NotEstimable):
        return Grouped(len(tables), NOTHING, enough=enough)
    period = local_day(material.moment).isoformat()
    numbers = {"low": found.ci_low, "high": found.ci_high, WHO: release_units.who(codes)}
    named = release_units.name(material.programme.slug, AFTER, f"groups:{one.id}")
    block = Block(named, {key: Number(value, shown.n) for key, value in numbers.items()})
    earlier = editions_of(block, published.read(connection, block.figures))
    current = shown[WHO] == numbers[WHO]
    known = any(one[WHO] == numbers[WHO] for one in earlier)
    if not current or not (known or _safe(connection, material, one, tables, shown)):
        return Grouped(len(tables), _of_the_same(shown, last(block, earlier, period)), enough=enough)
    release = releases(connection, [block], period, material.cells.inside)[named]
    told = newly_shown({named: release}) if release else ()
    return Grouped(len(tables), _of_the_same(shown, release), enough=enough, published=told)


def _of_the_same(shown: Release, release: Release) -> Release:
    """The interval, where it is that of the people whose change is shown."""
    return release if release and release[WHO] == shown[WHO] else NOTHING


def _tables(material: Material, one: Indicator) -> tuple[tuple[Table, ...], list[str]]:
    """The table of both scores of each group, from the first to the last, and the codes of all people."""
    pairs = material.data.pairs(one.id, BEFORE, AFTER)
    cohorts = material.data.last_cohorts(one.id, BEFORE, AFTER)
    found: dict[int, Counter[tuple[int, int]]] = {}
    for code, before, after in zip(pairs.index, pairs["before"], pairs["after"], strict=True):
        cell = one.score(int(before)), one.score(int(after))
        found.setdefault(cohorts[code], Counter())[cell] += 1
    return tuple(tuple(sorted(found[cohort].items())) for cohort in sorted(found)), list(pairs.index)


def _safe(
    connection: Connection, material: Material, one: Indicator, tables: tuple[Table, ...], shown: Release
) -> bool:
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


@lru_cache(maxsize=256)
def safe_by_group(
    tables: tuple[Table, ...],
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
    whole: Counter[tuple[int, int]] = Counter()
    for table in tables:
        whole.update(dict(table))
    there, before, _ = situations(tuple(sorted(whole.items())), scale, k, earlier, means=True, ordered=ordered)
    there, before, segments, parts = _by_group(tables, there, before)
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
    tables: Sequence[Table], there: AttackerTables, before: AttackerTables
) -> tuple[AttackerTables, AttackerTables, list[Weights], list[Weights]]:
    """The same tables with those who stayed and who came apart by group, those who stayed in the first groups."""
    size, groups = there.size, len(tables)
    cells = [(int(x), int(y)) for x, y in zip(there.before[:size], there.after[:size], strict=True)]
    staying, gone = there.counts[:size].copy(), there.counts[2 * size :]
    stayed, came = [], []
    for table in tables:
        counts = np.array([float(dict(table).get(cell, 0)) for cell in cells])
        here = np.minimum(counts, staying)
        staying -= here
        stayed.append(here)
        came.append(counts - here)
    counts = np.concatenate([*stayed, *came, gone])
    parts = [np.repeat(np.eye(2 * groups + 1)[at], size) for at in range(2 * groups + 1)]
    segments = [
        np.sum(parts[:groups], axis=0), np.sum(parts[groups : 2 * groups], axis=0), parts[-1],
    ]  # fmt: skip
    x, y = (np.tile(side[:size], 2 * groups + 1) for side in (there.before, there.after))
    now = replace(there, before=x, after=y, counts=counts, member=segments[0] + segments[1])
    then = replace(before, before=x, after=y, counts=counts, member=segments[0] + segments[2])
    return now, then, segments, parts
