"""How often which value occurs, and the exact moments of such a tally. Knows no people and no scales.

Answers take few values, so thousands of them are counted once and summed as whole numbers: nothing is
rounded before the end, and the order in which people answered cannot matter.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

Tally = Mapping[float, int]  # value → how many


def tally_pairs(
    before: Sequence[float | None], after: Sequence[float | None]
) -> tuple[Counter[tuple[float, float]], int]:
    """The pairs with both sides and how many there are; a pair with a missing side (None, NaN) is left out.

    Raises ValueError when the two sequences are not of the same length.
    """
    found: Counter[tuple[float, float]] = Counter()
    for (x, y), count in Counter(zip(before, after, strict=True)).items():
        if x is not None and y is not None and not math.isnan(x) and not math.isnan(y):
            found[float(x), float(y)] += count
    return found, found.total()


def tally(values: Iterable[tuple[float, int]]) -> Counter[float]:
    """Add up the counts of equal values."""
    found: Counter[float] = Counter()
    for value, count in values:
        found[value] += count
    return found


def mean(values: Tally) -> float | None:
    """The mean; nobody has none."""
    n = sum(values.values())
    whole, unit = _whole(values)
    return _sum(whole) / (n * unit) if n else None


def deviation(values: Tally) -> float | None:
    """The standard deviation (n − 1); fewer than two have none."""
    n = sum(values.values())
    whole, unit = _whole(values)
    return math.sqrt(_squares(whole) / (n * (n - 1) * unit**2)) if n > 1 else None


def pearson(pairs: Mapping[tuple[float, float], int]) -> float | None:
    """The correlation of the two sides; None without spread on one of them."""
    counts = list(pairs.values())
    left, right = _whole_numbers([x for x, _ in pairs])[0], _whole_numbers([y for _, y in pairs])[0]
    first, second = list(zip(left, counts, strict=True)), list(zip(right, counts, strict=True))
    spread = math.sqrt(_squares(first)) * math.sqrt(_squares(second))
    if not spread:
        return None
    products = sum(x * y * count for x, y, count in zip(left, right, counts, strict=True))
    return max(-1.0, min(1.0, (sum(counts) * products - _sum(first) * _sum(second)) / spread))


def _whole_numbers(values: Iterable[float]) -> tuple[list[int], int]:
    """The values in the largest unit 1/2ⁱ in which all are whole, and how many such units make 1."""
    ratios = [value.as_integer_ratio() for value in values]
    unit = max((denominator for _, denominator in ratios), default=1)
    return [numerator * (unit // denominator) for numerator, denominator in ratios], unit


def _whole(values: Tally) -> tuple[list[tuple[int, int]], int]:
    found, unit = _whole_numbers(values)
    return list(zip(found, values.values(), strict=True)), unit


def _sum(values: Iterable[tuple[int, int]]) -> int:
    return sum(value * count for value, count in values)


def _squares(values: Sequence[tuple[int, int]]) -> int:
    """N times the squares around the mean: n·Σx² − (Σx)², which is not negative because nothing is rounded."""
    n, squares = sum(count for _, count in values), sum(value * value * count for value, count in values)
    return n * squares - _sum(values) ** 2
