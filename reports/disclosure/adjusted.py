"""Whether the adjusted difference of two groups may be told: no hidden count of either may follow from it. Pure.

As in `reports.disclosure.protection` other answers are looked for that give the very same report with another count.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from reports.disclosure import rounding
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
from reports.disclosure.protection import others, same_effect, unmoved
from reports.disclosure.suppression import Feature, KnownToReader, Table
from reports.formulas.comparison import ancova
from reports.formulas.estimates import Estimate, NotEstimable
from surveys.locale_sl import rounded

NOTHING, ESTIMATE, VERDICT, INTERVAL = range(4)  # how much of the difference is told
_TRIES = 1200  # other answers whose adjusted difference is looked at
_WORLDS = 24  # of the other group beside each


@dataclass(frozen=True, slots=True)
class AdjustedTables:
    """Both tables of scores: of those who take part and of those who wait."""

    taking_part: Table
    waiting: Table

    def adjusted(self) -> Estimate | NotEstimable:
        """By how much those who take part score higher in the end than the others who had begun alike."""
        people = [
            (x, y, group)
            for group, table in ((True, self.taking_part), (False, self.waiting))
            for (x, y), count in table
            for _ in range(count)
        ]
        before, after, group = ([one[at] for one in people] for at in range(3))
        return ancova(before, after, [bool(one) for one in group])


@dataclass(frozen=True, slots=True)
class AdjustedRelease:
    """An earlier edition: its tables, what was shown of those who waited, and how much of the adjusted difference."""

    groups: AdjustedTables
    shown: frozenset[Feature]
    level: int


def as_told(groups: AdjustedTables, level: int) -> tuple[float | bool, ...] | None:
    """What is told at a level: the rounded difference; whether it may be chance, too; its rounded interval, too."""
    found = groups.adjusted()
    if isinstance(found, NotEstimable):
        return None
    verdict = (found.ci_low > 0, found.ci_high < 0) if level >= VERDICT else ()
    ends = rounding.interval(found.ci_low, found.ci_high, found.estimate) if level >= INTERVAL else ()
    return rounded(found.estimate, rounding.POINTS), *verdict, *ends


@lru_cache(maxsize=256)
def safe_level(
    groups: AdjustedTables,
    features: tuple[frozenset[Feature], frozenset[Feature]],
    scale: tuple[int, int] | None,
    k: int,
    earlier: AdjustedRelease | None = None,
) -> int:
    """How much of the adjusted difference may be told so that no hidden count of either group follows.

    `features`: what is shown of those who take part, and of those who wait. Other answers are looked for that give
    the very same report; what is not found is taken to follow.
    """
    if isinstance(groups.adjusted(), NotEstimable):
        return NOTHING
    if k <= 1:
        return INTERVAL
    then = earlier.groups if earlier else AdjustedTables((), ())
    taking_part = _view(groups.taking_part, then.taking_part, (features[0], frozenset()), scale, k)
    waiting = _view(groups.waiting, then.waiting, (features[1], earlier.shown if earlier else frozenset()), scale, k)
    level = NOTHING
    while level < INTERVAL and _safe(groups, (taking_part, waiting), level + 1, earlier):
        level += 1
    return level


@dataclass(frozen=True, slots=True)
class _View:
    """What a reader knows of one group without the difference, and what must stay hidden."""

    there: AttackerTables
    before: AttackerTables  # when the last difference was told
    facts: list[KnownCount]
    hidden: list[Weights]
    same: Callable[[Weights], bool]  # whether the effect size that is shown would be the same

    def worlds(self) -> list[tuple[Table, Table]]:
        """The tables of now and then, as they are and as they could be, too."""
        counted = [one for one in others(self.there, self.facts, _WORLDS) if self.same(one)]
        return [(_table(self.there, one), _table(self.before, one)) for one in counted]


def _view(
    table: Table,
    then: Table,
    shown: tuple[frozenset[Feature], frozenset[Feature]],
    scale: tuple[int, int] | None,
    k: int,
) -> _View:
    earlier = KnownToReader(then, shown[1]) if then else None
    there, before, segments = situations(table, scale, k, earlier, means=True, ordered=True)
    facts, hidden = background(segments, there, before, earlier)
    facts += [*always(there), *(fact for feature in shown[0] for fact in FACTS[feature](there))]
    same = same_effect(there) if "effect" in shown[0] else lambda _counts: True
    return _View(there, before, facts, hidden + hidden_counts(there, shown[0]), same)


def _safe(groups: AdjustedTables, views: tuple[_View, _View], level: int, earlier: AdjustedRelease | None) -> bool:
    """Whether each hidden count of a group could be another one, whatever the other group is then thought to be."""
    for at, view in enumerate(views):
        if not view.hidden:
            continue
        worlds = views[1 - at].worlds()
        same = _Same(groups, earlier, level, view, worlds, taking_part=at == 0)
        if unmoved(view.there, view.facts, np.array(view.hidden), same.holds):
            return False
    return True


class _Same:
    """Whether other answers of one group give the differences that were told; says no after too many tries."""

    def __init__(
        self,
        groups: AdjustedTables,
        earlier: AdjustedRelease | None,
        level: int,
        view: _View,
        worlds: list[tuple[Table, Table]],
        *,
        taking_part: bool,
    ) -> None:
        self.view, self.worlds, self.taking_part = view, worlds, taking_part
        self.now = level, as_told(groups, level)
        self.then = (earlier.level, as_told(earlier.groups, earlier.level)) if earlier and earlier.level else None
        self.left = _TRIES

    def holds(self, counts: Weights) -> bool:
        """Whether there is a world of the other group beside which these counts give what was told."""
        if not self.view.same(counts):
            return False
        now, then = _table(self.view.there, counts), _table(self.view.before, counts)
        return any(self._fits(now, then, *world) for world in self.worlds)

    def _fits(self, now: Table, then: Table, other: Table, other_then: Table) -> bool:
        self.left -= 1
        return (
            self.left >= 0
            and as_told(self._beside(now, other), self.now[0]) == self.now[1]
            and (self.then is None or as_told(self._beside(then, other_then), self.then[0]) == self.then[1])
        )

    def _beside(self, table: Table, other: Table) -> AdjustedTables:
        return AdjustedTables(table, other) if self.taking_part else AdjustedTables(other, table)


def _table(where: AttackerTables, counts: Weights) -> Table:
    """The table of the people whom an edition counts."""
    found: Counter[tuple[int, int]] = Counter()
    for x, y, count, member in zip(where.before, where.after, counts, where.member, strict=True):
        if count and member:
            found[int(x), int(y)] += int(count)
    return tuple(sorted(found.items()))
