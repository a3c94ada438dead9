"""What may be shown of small groups: cells, totals, and the comparison of two successive reports.

Pure. Every cell that is shown stands for at least k people; small neighbours are joined rather than starred out, so
that the shown cells always add up to the shown total and subtraction gives nothing away.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise
from typing import Literal

from storage.published import Published

Feature = Literal["interval", "directions", "answers", "effect"]
Groups = tuple[tuple[int, ...], ...]  # positions of the categories that are shown as one


@dataclass(frozen=True, slots=True)
class Cells:
    """The smallest groups that are spoken of: inside a library, and in what is published or national."""

    inside: int = 5
    published: int = 10


@dataclass(frozen=True, slots=True)
class Number:
    """A value and how many people stand behind it."""

    value: float | None
    n: int


@dataclass(frozen=True, slots=True)
class Block:
    """Numbers that are published together or not at all; `name` is stable over reports."""

    name: str
    numbers: Mapping[str, Number]

    @property
    def figures(self) -> list[str]:
        """Under which names its numbers are remembered."""
        return [f"{self.name}:{key}" for key in self.numbers]


@dataclass(frozen=True, slots=True)
class Edition:
    """What is shown of a block: its own numbers (`fresh`) or those of an earlier period, or nothing."""

    numbers: Mapping[str, Number]
    period: str
    fresh: bool

    def __bool__(self) -> bool:
        return bool(self.numbers)

    def __getitem__(self, key: str) -> float | None:
        return self.numbers[key].value

    def shows(self, _feature: Feature) -> bool:
        """Whether this part of the numbers may be shown, too."""
        return bool(self)

    def count(self, key: str) -> int:
        """A value that is a count."""
        return int(self.numbers[key].value or 0)

    def people(self, key: str) -> int:
        """How many people stand behind a value."""
        return self.numbers[key].n


NOTHING = Edition({}, "", fresh=True)


def enough(n: int, k: int) -> bool:
    """Whether a group is big enough to be spoken of."""
    return n >= k


def constant(*columns: Sequence[float]) -> bool:
    """Whether one of the columns says the same of everybody, so that its mean tells each person's value."""
    return any(len(set(column)) <= 1 for column in columns)


def admitted(n: int, earlier: Iterable[int], k: int) -> bool:
    """Whether a value over n people may stand beside earlier ones: the same people's number, or k or more apart."""
    return all(n == other or abs(n - other) >= k for other in earlier)


def choose(block: Block, earlier: Sequence[Published], period: str, k: int) -> Edition:
    """The edition of a block that may be shown: the new one, else the last one, else nothing.

    `earlier` holds what was published under the names of the block, of whatever period.
    """
    by_name: dict[str, list[int]] = {}
    for one in earlier:
        by_name.setdefault(one.figure, []).append(one.n)
    fits = all(admitted(number.n, by_name.get(f"{block.name}:{key}", ()), k) for key, number in block.numbers.items())
    if fits:
        big = all(enough(number.n, k) for number in block.numbers.values())
        return Edition(block.numbers, period, fresh=True) if big else NOTHING
    return _last(block, [one for one in earlier if one.period <= period])


def _last(block: Block, earlier: Sequence[Published]) -> Edition:
    if not earlier:
        return NOTHING
    period = max(one.period for one in earlier)
    found = {one.figure: Number(one.value, one.n) for one in earlier if one.period == period}
    if any(figure not in found for figure in block.figures):
        return NOTHING
    return Edition({key: found[f"{block.name}:{key}"] for key in block.numbers}, period, fresh=False)


def join_neighbours(rows: Sequence[Sequence[int]], k: int) -> Groups:
    """The finest division of ordered categories in which every group has at least k people in every row.

    Each row holds the counts of one wave. Of equally fine divisions the one whose smallest cell is largest; a single
    group (or none, without categories) means that no division may be shown.
    """
    size = len(rows[0]) if rows else 0
    for cuts in range(size - 1, 0, -1):
        best = max(
            (_cut(size, at) for at in combinations(range(1, size), cuts)), key=lambda groups: _smallest(rows, groups)
        )
        if _smallest(rows, best) >= k:
            return best
    return (tuple(range(size)),) if size else ()


def join_smallest(counts: Sequence[int], k: int) -> Groups:
    """Categories without an order: those with fewer than k people are joined into one last group of k or more."""
    order = sorted(range(len(counts)), key=lambda position: (counts[position], position))
    joined: list[int] = []
    for position in order:
        if counts[position] >= k and (not joined or sum(counts[other] for other in joined) >= k):
            break
        joined.append(position)
    alone = tuple((position,) for position in range(len(counts)) if position not in joined)
    return (*alone, tuple(sorted(joined))) if joined else alone


def _cut(size: int, at: Sequence[int]) -> Groups:
    edges = (0, *at, size)
    return tuple(tuple(range(start, end)) for start, end in pairwise(edges))


def _smallest(rows: Sequence[Sequence[int]], groups: Groups) -> int:
    return min(sum(row[position] for position in group) for row in rows for group in groups)
