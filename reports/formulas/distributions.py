"""Student's t and the small-sample correction of Hedges. Knows neither data nor what is done with a quantile.

scipy is imported where a quantile is needed, because it is heavy.
"""

from __future__ import annotations

import math


def t_quantile(df: float, probability: float) -> float:
    """The quantile of Student's t."""
    from scipy.special import stdtrit  # noqa: PLC0415 - heavy: only when a report is made

    return float(stdtrit(df, probability))


def t_two_sided(df: float, t: float) -> float:
    """How likely a t at least as far from 0 is, on both sides."""
    from scipy.special import stdtr  # noqa: PLC0415 - heavy: only when a report is made

    return float(2 * stdtr(df, -abs(t)))


def hedges_j(df: float) -> float:
    """The exact small-sample correction Γ(df/2) / (√(df/2) · Γ((df − 1)/2)); df > 1 (Hedges 1981)."""
    return math.exp(math.lgamma(df / 2) - math.lgamma((df - 1) / 2)) / math.sqrt(df / 2)
