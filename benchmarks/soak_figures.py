"""What a soak shows: how fast memory grows, and whether something that was opened is never closed. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import sqrt
from statistics import fmean

BLOCKS = 20
T_95 = 2.101  # Student's t, 18 degrees of freedom: as many as 20 blocks leave
GOAL = 1.0  # MB an hour


@dataclass(frozen=True, slots=True)
class Slope:
    """MB an hour, and by how much it may be off either way (95 %)."""

    an_hour: float
    off: float

    @property
    def met(self) -> bool:
        """Whether memory is as flat as it has to be."""
        return self.an_hour <= GOAL

    @property
    def sure(self) -> bool:
        """Whether the whole interval is on one side of the goal."""
        return abs(self.an_hour - GOAL) > self.off


def blocks(values: Sequence[float]) -> list[float]:
    """The means of twenty pieces of equal length, in order; needs twenty values at least."""
    ends = [len(values) * number // BLOCKS for number in range(BLOCKS + 1)]
    return [fmean(values[begin:end]) for begin, end in pairwise(ends)]


def slope(seconds: Sequence[float], megabytes: Sequence[float]) -> Slope:
    """The straight line of least squares through the means of twenty blocks.

    Samples that follow each other are alike; their means are less so, hence the interval is honest.
    """
    at, height = blocks(seconds), blocks(megabytes)
    middle, level = fmean(at), fmean(height)
    spread = sum((one - middle) ** 2 for one in at)
    a_second = sum((x - middle) * (y - level) for x, y in zip(at, height, strict=True)) / spread
    rest = sum((y - level - a_second * (x - middle)) ** 2 for x, y in zip(at, height, strict=True))
    return Slope(3600 * a_second, 3600 * T_95 * sqrt(rest / (BLOCKS - 2) / spread))


def lost(counts: Sequence[int]) -> int:
    """By how many the least of the second half is over that of the first; what comes and goes is not counted."""
    half = len(counts) // 2
    return max(0, min(counts[half:]) - min(counts[:half]))
