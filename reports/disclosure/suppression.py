"""What may be shown of small groups: cells, totals, and the comparison of two successive reports.

Pure. Every cell that is shown stands for at least k people; small neighbours are joined rather than starred out, so
that the shown cells always add up to the shown total and subtraction gives nothing away.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from storage.analysis.published import Published

Feature = Literal["interval", "directions", "answers", "effect", "verdict"]
FEATURES: tuple[Feature, ...] = ("interval", "directions", "answers", "effect", "verdict")
WHO = "who"  # the key of a fingerprint of the people
SHOWN = "shown"  # the key of the features that may be shown
CELL = "cell/"  # begins the keys of a table: cell/2/4 counts those who scored 2 before and 4 after
Groups = tuple[tuple[int, ...], ...]  # positions of the categories that are shown as one
Table = tuple[tuple[tuple[int, int], int], ...]  # how many people gave these two scores: ((before, after), count)
Division = tuple[tuple[str, ...], ...]  # keys of counts, those that are shown as one together


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
class DisclosureInputs:
    """What has to be known of a change to say what of it may be shown (`reports.disclosure.protection`).

    `once`: of one answer, told as a mean; its table holds each score beside itself (`safe_mean`).
    """

    table: Table
    scale: tuple[int, int] | None
    means: bool
    answers: bool
    wanted: tuple[Feature, ...]
    once: bool = False


@dataclass(frozen=True, slots=True)
class KnownToReader:
    """What a reader saw before: the table behind the last edition, and its features."""

    table: Table
    shown: frozenset[Feature]


@dataclass(frozen=True, slots=True)
class Block:
    """Numbers that are published together or not at all; `name` is stable over reports."""

    name: str
    numbers: Mapping[str, Number]
    divisions: tuple[Division, ...] = ()  # the counts among them that add up to all people, as they are shown
    audit: DisclosureInputs | None = None  # of a change, whose table is among the numbers
    hidden: bool = False  # enough people, but a person's answer would follow from any number
    options: tuple[tuple[Division, ...], ...] = ()  # of each answer beside others: chosen or not, on each side

    @property
    def n(self) -> int:
        """The people behind it; 0 without numbers."""
        return next((number.n for number in self.numbers.values()), 0)

    @property
    def figures(self) -> list[str]:
        """Under which names its numbers are remembered."""
        return [f"{self.name}:{key}" for key in self.numbers]


@dataclass(frozen=True, slots=True)
class Release:
    """What is shown of a block: its own numbers (`fresh`) or those of an earlier period, or nothing."""

    numbers: Mapping[str, Number]
    period: str
    fresh: bool
    hidden: bool = False  # nothing is shown though there are enough people

    def __bool__(self) -> bool:
        return bool(self.numbers)

    def __getitem__(self, key: str) -> float | None:
        return self.numbers[key].value

    @property
    def n(self) -> int:
        """The people behind it; 0 without numbers."""
        return next((number.n for number in self.numbers.values()), 0)

    @property
    def features(self) -> frozenset[Feature]:
        """The parts of the numbers that may be shown beside the mean."""
        shown = self.count(SHOWN) if self else 0
        return frozenset(feature for at, feature in enumerate(FEATURES) if shown >> at & 1)

    def shows(self, feature: Feature) -> bool:
        """Whether this part of the numbers may be shown, too."""
        return feature in self.features

    @property
    def table(self) -> Table:
        """The table of both scores, where the edition remembers it."""
        cells = [key.split("/")[1:] for key in self.numbers if key.startswith(CELL)]
        found = (((int(x), int(y)), self.count(f"{CELL}{x}/{y}")) for x, y in cells)
        return tuple(sorted((cell, count) for cell, count in found if count))

    def count(self, key: str) -> int:
        """A value that is a count."""
        return _count(self.numbers, key)


NOTHING = Release({}, "", fresh=True)


def enough(n: int, k: int) -> bool:
    """Whether a group is big enough to be spoken of."""
    return n >= k


def constant(*columns: Sequence[float]) -> bool:
    """Whether one of the columns says the same of everybody, so that its mean tells each person's value."""
    return any(len(set(column)) <= 1 for column in columns)


def mask(features: Iterable[Feature]) -> int:
    """Features as one whole number, as it is remembered."""
    return sum(1 << FEATURES.index(feature) for feature in features)


def admitted(block: Block, earlier: Release, k: int) -> bool:
    """Whether a block may stand beside an earlier edition of itself.

    It may where both are of the same people, or where k or more came or went and these are not all alike.
    """
    if block.n == earlier.n:
        return block.numbers.get(WHO) == earlier.numbers.get(WHO)
    return (
        abs(block.n - earlier.n) >= k
        and not any(_alike(block, earlier, division) for division in block.divisions)
        and not any(_telling(block, earlier, option, k) for option in block.options)
    )


def _telling(block: Block, earlier: Release, option: Sequence[Division], k: int) -> bool:
    """Whether an answer that stands alone tells too much in two editions; not where neither shows it."""
    now, then = (_big(numbers, option, k) for numbers in (block.numbers, earlier.numbers))
    if not now and not then:
        return False
    if any(_alike(block, earlier, division) for division in option):
        return True
    if now and then:
        return False
    shown, hidden = (block.numbers, earlier.numbers) if now else (earlier.numbers, block.numbers)
    return _pinned(option, shown, hidden, k)


def _pinned(option: Sequence[Division], shown: Mapping[str, Number], hidden: Mapping[str, Number], k: int) -> bool:
    """Whether a count that one edition hides follows from the counts that the other shows.

    As those between them are not all alike, a hidden count is less than the shown one, by less than their number; and
    that the option is hidden says that a side of it is too small or too large. An edition of more people hides nothing
    that one of fewer shows, unless others have left: no count fits then, and it counts as one that follows.
    """
    many, n = (next(iter(numbers.values())).n for numbers in (shown, hidden))
    counts = [_count(shown, chosen) for (chosen,), _ in option]
    near = [range(max(0, count - many + n + 1), min(count, n + 1)) for count in counts]
    fitting = [count for side in near for count in side if not k <= count <= n - k]
    return len(fitting) <= 1 or any(len(side) <= 1 for side in near)


def _big(numbers: Mapping[str, Number], option: Sequence[Division], k: int) -> bool:
    """Whether k people chose an option and k did not, on each side."""
    keys = [key for division in option for group in division for key in group]
    return all(key in numbers and _count(numbers, key) >= k for key in keys)


def _alike(block: Block, earlier: Release, division: Division) -> bool:
    """Whether all people by whom two editions differ fall into one group of what is shown."""
    if any(key not in earlier.numbers for group in division for key in group):
        return False
    now, then = block.numbers, earlier.numbers
    return sum(sum(_count(now, key) - _count(then, key) for key in group) != 0 for group in division) <= 1


def _count(numbers: Mapping[str, Number], key: str) -> int:
    return int(numbers[key].value or 0)


def editions_of(block: Block, remembered: Iterable[Published]) -> list[Release]:
    """The earlier editions of a block, the oldest first; `remembered` holds figures under its name."""
    by_period: dict[str, dict[str, Number]] = {}
    for one in sorted(remembered, key=lambda one: one.period):
        by_period.setdefault(one.period, {})[one.figure.removeprefix(f"{block.name}:")] = Number(one.value, one.n)
    return [Release(numbers, period, fresh=False) for period, numbers in by_period.items()]


def choose(block: Block, earlier: Sequence[Release], period: str, k: int) -> Release:
    """The edition of a block that may be shown: the new one, else the last one, else nothing."""
    hidden = Release({}, period, fresh=True, hidden=True)
    if block.hidden:
        return hidden
    if all(fits(block, one, period, k) for one in earlier):
        return Release(block.numbers, period, fresh=True) if enough(block.n, k) else NOTHING
    return last(block, earlier, period) or (hidden if enough(block.n, k) else NOTHING)


def fits(block: Block, earlier: Release, period: str, k: int) -> bool:
    """Whether a block may be published beside an earlier edition; of one day only one of these people is remembered."""
    return admitted(block, earlier, k) and (earlier.period != period or earlier.n == block.n)


def last(block: Block, earlier: Sequence[Release], period: str) -> Release:
    """The last edition up to this period that holds every number of a block; nothing without one."""
    found = next((one for one in reversed(earlier) if one.period <= period), NOTHING)
    return found if block.numbers.keys() <= found.numbers.keys() else NOTHING


def join_neighbours(rows: Sequence[Sequence[int]], k: int) -> Groups:
    """Ordered categories, joined until every group has at least k people in every row.

    Each row holds the counts of one wave. The smallest group is joined with its smaller neighbour, again and again, so
    that the groups of a greater k are always made of whole groups of a smaller one. A single group (or none, without
    categories) means that no division may be shown.
    """
    groups: list[tuple[int, ...]] = [(position,) for position in range(len(rows[0]))] if rows else []
    while len(groups) > 1:
        sizes = [_smallest(rows, group) for group in groups]
        at = sizes.index(min(sizes))
        if sizes[at] >= k:
            break
        sides = [side for side in (at - 1, at + 1) if 0 <= side < len(groups)]
        first = min(at, min(sides, key=sizes.__getitem__))
        groups[first : first + 2] = [groups[first] + groups[first + 1]]
    return tuple(groups)


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


def _smallest(rows: Sequence[Sequence[int]], group: Sequence[int]) -> int:
    return min(sum(row[position] for position in group) for row in rows)
