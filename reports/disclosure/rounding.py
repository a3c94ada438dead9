"""How numbers that stand beside each other are rounded, so that a head can check them (`docs/decisions/rounding.md`).

Where both means are told, their change is that of the means as they are told. An end of an interval is never told as
zero, and a share as none or all only where it is: half of the last decimal place stands there instead. Whatever is told
lies as near to the exact number as a rounded one, but for an interval that had to grow to hold its change. Pure.
"""

from __future__ import annotations

from dataclasses import dataclass

from reports.disclosure.suppression import Release
from surveys.locale_sl import half, rounded

POINTS = 1  # decimals of means and changes on the scale of an item
Interval = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Change:
    """A change as it is told, and both ends of its interval as they would be told."""

    value: float
    low: float
    high: float

    @property
    def clear(self) -> bool:
        """Whether the interval lies on one side of zero."""
        return self.low > 0 or self.high < 0


def difference(before: float, after: float, decimals: int = POINTS) -> float:
    """The difference of two numbers as they are told: what a reader computes."""
    return rounded(rounded(after, decimals) - rounded(before, decimals), decimals)


def end(exact: float, decimals: int, *, upper: bool) -> float:
    """An end of an interval: instead of zero, half of the last decimal place on the side on which it lies.

    What is exactly zero counts with the interval: a lower end then lies below, an upper end above.
    """
    least = half(decimals)
    if abs(exact) > least:
        return rounded(exact, decimals)
    above = exact > 0 or (upper and exact == 0)
    return least if above else -least


def meant(told: float, decimals: int) -> Interval:
    """Between which numbers an end lies that is told so."""
    least = half(decimals)
    if abs(told) <= least:
        return (0.0, least) if told > 0 else (-least, 0.0)
    return told - least, told + least


def interval(low: float, high: float, value: float | None, decimals: int = POINTS) -> Interval:
    """Both ends as they are told; they hold the value that is told with them, on whatever side of zero that is.

    A value of zero lies on no side: an interval around it has an end on each.
    """
    below, above = end(low, decimals, upper=False), end(high, decimals, upper=True)
    if value is None:
        return below, above
    told = rounded(value, decimals)
    return min(below, end(told, decimals, upper=False)), max(above, end(told, decimals, upper=True))


def change(release: Release) -> Change:
    """The change of an edition as it is told: of the told means where there are some.

    Raises ValueError for an edition of fewer than two people, which is never shown.
    """
    exact, low, high = (release[key] for key in ("change", "ci_low", "ci_high"))
    if exact is None or low is None or high is None:
        raise ValueError("a change has an interval from two people on")
    value = rounded(exact, POINTS)
    if "mean_before" in release.numbers:
        before, after = release["mean_before"], release["mean_after"]
        value = difference(before or 0.0, after or 0.0)
    return Change(value, *interval(low, high, value))
