"""Regression to the mean: how far people who were asked at a bad moment rise although nothing changed. Pure."""

from __future__ import annotations

import math
from statistics import NormalDist

_STANDARD = NormalDist()


def regression_to_the_mean(deviation: float, reliability: float, cutoff: float = 0.0) -> float:
    """The expected rise of those who lay below a cutoff at first, in the units of the standard deviation.

    `deviation` σ of one answer over all people, `reliability` ρ of the item between 0 and 1 (test–retest),
    `cutoff` z in standard deviations from the mean of all people (0: everybody below the mean).
    σ · (1 − ρ) · φ(z)/Φ(z): Davis 1976, American Journal of Epidemiology 104; the same as equation 1 of Barnett, van
    der Pols and Dobson 2005, International Journal of Epidemiology 34, whose variance within people is σ²(1 − ρ).
    Raises ValueError for a reliability outside of 0 to 1 and for a deviation below 0.
    """
    if not 0 <= reliability <= 1:
        raise ValueError("a reliability lies between 0 and 1")
    if deviation < 0 or math.isnan(deviation):
        raise ValueError("a standard deviation is not negative")
    return deviation * (1 - reliability) * _STANDARD.pdf(cutoff) / _STANDARD.cdf(cutoff)
