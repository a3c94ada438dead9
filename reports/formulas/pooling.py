"""One result out of several programmes: standardised changes and their random-effects pooling. Knows no programmes.

What cannot be computed (too few people, no spread) is None, never NaN.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from reports.formulas.distributions import hedges_j, t_quantile, t_two_sided
from reports.formulas.tallies import pearson, tally_pairs

FEWEST = 3  # programmes; of fewer, nothing can be said about how they differ
_STEPS, _HALVINGS = 1000, 60
_PRECISION = 1e-12  # of τ², as a share of what τ² and the sampling variances are together


class TooFewToPool(ValueError):  # noqa: N818 - it says what is the case, like the other outcomes of ours
    """Fewer than three effects are left as they are: a pooled figure of two would only pretend to be one."""


@dataclass(frozen=True, slots=True)
class Pooled:
    """What several effects say together; units are those of the effects, p and I² lie between 0 and 1."""

    k: int  # effects
    estimate: float
    se: float  # modified Hartung–Knapp
    ci_low: float
    ci_high: float
    p: float
    tau2: float  # variance of the true effects, by REML
    i2: float  # share of all variance that lies between the effects
    q: float  # Cochran's Q, k − 1 degrees of freedom
    prediction_low: float  # where the true effect of one more programme of this kind may lie
    prediction_high: float


def correlation(before: Sequence[float | None], after: Sequence[float | None]) -> float | None:
    """Pearson's r of those who answered both times; None for fewer than two people or no spread on one side.

    Raises ValueError when the two sequences are not of the same length.
    """
    pairs, _ = tally_pairs(before, after)
    return pearson(pairs)


def standardised_change(
    n: int, mean_before: float | None, mean_after: float | None, sd_before: float | None, r: float | None
) -> tuple[float, float] | tuple[None, None]:
    """SMCR and its variance: g = J·(after − before)/SD_before with df = n − 1, v = 2(1 − r)/n + g²/2n (Becker 1988).

    (None, None) for fewer than three people (J does not exist), without spread at the start, or where something is
    None. The variance is 0 when nothing moved and r = 1: such an effect cannot be pooled.
    Raises ValueError for a negative n or SD, and for r outside −1 … 1.
    """
    if n < 0 or (sd_before is not None and sd_before < 0) or (r is not None and not -1 <= r <= 1):
        raise ValueError("n and the standard deviation are not negative, r lies between -1 and 1")
    if mean_before is None or mean_after is None or not sd_before or r is None or n < FEWEST:
        return None, None
    effect = hedges_j(n - 1) * (mean_after - mean_before) / sd_before
    return effect, 2 * (1 - r) / n + effect**2 / (2 * n)


def pool(effects: Sequence[float], variances: Sequence[float], confidence: float = 0.95) -> Pooled:
    """The random-effects mean: τ² by REML, interval and test by modified Hartung–Knapp.

    Modified: the factor on the squared standard error is max(1, q), so that effects that happen to lie close together
    are not taken for certainty; t has k − 1 degrees of freedom (Hartung and Knapp 2001; Röver, Knapp and Friede 2015).
    I² = τ²/(τ² + typical sampling variance) (Higgins and Thompson 2002). Prediction interval: estimate ± t·√(se² + τ²),
    also with k − 1 degrees of freedom (IntHout, Ioannidis, Rovers and Goeman 2016; metafor).
    Raises TooFewToPool for fewer than three effects; ValueError for different lengths, or for numbers that are not
    finite or variances that are not above 0.
    """
    values = [(float(y), float(v)) for y, v in zip(effects, variances, strict=True)]
    if not all(math.isfinite(y) and math.isfinite(v) and v > 0 for y, v in values):
        raise ValueError("effects are finite and their variances finite and above 0")
    k = len(values)
    if k < FEWEST:
        raise TooFewToPool(f"{k} effects: at least {FEWEST} are needed to pool")
    tau2 = _reml(values)
    weight, estimate, scatter = _moments(values, tau2)
    fixed_weight, _, q = _moments(values, 0.0)
    se = math.sqrt(max(1.0, scatter / (k - 1)) / weight)
    typical = (k - 1) * fixed_weight / (fixed_weight**2 - math.fsum(v**-2 for _, v in values))
    t = t_quantile(k - 1, (1 + confidence) / 2)
    half, reach = t * se, t * math.sqrt(se**2 + tau2)
    return Pooled(
        k=k,
        estimate=estimate,
        se=se,
        ci_low=estimate - half,
        ci_high=estimate + half,
        p=t_two_sided(k - 1, estimate / se),
        tau2=tau2,
        i2=tau2 / (tau2 + typical),
        q=q,
        prediction_low=estimate - reach,
        prediction_high=estimate + reach,
    )


def _moments(values: Sequence[tuple[float, float]], tau2: float) -> tuple[float, float, float]:
    """The sum of the weights, the weighted mean, and the weighted squares around it."""
    weight = math.fsum(1 / (v + tau2) for _, v in values)
    mean = math.fsum(y / (v + tau2) for y, v in values) / weight
    return weight, mean, math.fsum((y - mean) ** 2 / (v + tau2) for y, v in values)


def _reml(values: Sequence[tuple[float, float]]) -> float:
    """The τ² of the highest restricted likelihood: Fisher scoring from Hedges' estimate, halving steps that go too far.

    Viechtbauer (2005): with P = W − W1(1ᵀW1)⁻¹1ᵀW, a step is (yᵀPPy − tr P) / tr PP.
    """
    tau2, size = _hedges(values), math.fsum(v for _, v in values) / len(values)
    likelihood = _likelihood(values, tau2)
    for _ in range(_STEPS):
        step = _scoring_step(values, tau2)
        for _ in range(_HALVINGS):
            tried = max(0.0, tau2 + step)
            found = _likelihood(values, tried)
            if found >= likelihood:
                break
            step /= 2
        else:
            break  # no step in this direction is better: rounding is all that is left
        moved, tau2, likelihood = abs(tried - tau2), tried, found
        if moved <= _PRECISION * (tau2 + size):
            break
    return tau2


def _hedges(values: Sequence[tuple[float, float]]) -> float:
    """The variance of the effects above their mean sampling variance, or 0: where scoring starts."""
    k = len(values)
    mean = math.fsum(y for y, _ in values) / k
    between = math.fsum((y - mean) ** 2 for y, _ in values) / (k - 1)
    return max(0.0, between - math.fsum(v for _, v in values) / k)


def _scoring_step(values: Sequence[tuple[float, float]], tau2: float) -> float:
    weight, mean, _ = _moments(values, tau2)
    second = math.fsum((v + tau2) ** -2 for _, v in values)
    third = math.fsum((v + tau2) ** -3 for _, v in values)
    squares = math.fsum(((y - mean) / (v + tau2)) ** 2 for y, v in values)
    trace = weight - second / weight
    information = second - 2 * third / weight + (second / weight) ** 2
    return (squares - trace) / information


def _likelihood(values: Sequence[tuple[float, float]], tau2: float) -> float:
    """Twice the restricted log-likelihood, without its constant."""
    weight, _, scatter = _moments(values, tau2)
    return -math.fsum(math.log(v + tau2) for _, v in values) - math.log(weight) - scatter
