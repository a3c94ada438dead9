"""What the change of the primary outcome means: one step in the words of the scale, the ceiling, and mere regression.

Everything is said from numbers that the report shows anyway (docs/decisions/meaning-of-a-change.md).
"""

from __future__ import annotations

from reports.data.indicators import AFTER, Indicator
from reports.disclosure import improvement, rounding
from reports.disclosure.material import Material
from reports.disclosure.suppression import Release
from reports.formulas.distributions import hedges_j
from reports.formulas.reversion import regression_to_the_mean
from reports.report import Block, Paragraph
from reports.texts import meaning as words
from surveys.locale_sl import rounded
from surveys.model import ORDERED

_SMALLEST = 0.3  # of an effect size: from a smaller one, rounded, no spread follows


def meaning_blocks(material: Material, waiting: float | None = None) -> list[Block]:
    """Three sentences on the primary change; nothing where it may not be told.

    `waiting` is the change, as it is told, of people who wait, where there are some.
    """
    one = material.primary
    release = material.release(AFTER, one.id) if one else None
    if one is None or not release or one.item.kind not in ORDERED:
        return []
    told = f"{_step(one)} {_steps(release, material.k)}"
    return [
        Paragraph(words_) for words_ in (told, _ceiling(release, one, material.k), _reversion(release, one, waiting))
    ]


def _step(one: Indicator) -> str:
    """Two neighbouring answers in the middle of the scale, from worse to better."""
    labels = list(one.labels)
    middle = len(labels) // 2
    return words.step(*labels[middle - 1 : middle + 1])


def _steps(release: Release, k: int) -> str:
    found = improvement.improvement(release, k)
    if found.exact is not None:
        return words.steps(found.exact, found.n)
    if found.least is not None:
        return words.steps_at_least(found.least, found.n)
    return words.STEPS_HIDDEN if found.below is None else words.steps_below(found.below, found.n)


def _ceiling(release: Release, one: Indicator, k: int) -> str:
    found = improvement.distribution(release, one, k)
    if not found:
        return words.CEILING_HIDDEN
    best = found[-1]
    return words.ceiling(best.counts[0], release.n, best.label, joined="_" in best.key)


def _reversion(release: Release, one: Indicator, waiting: float | None) -> str:
    if waiting is not None:
        return words.compared(waiting)
    reliability, spread = one.item.reliability, _spread(release)
    if reliability is None or spread is None:
        return words.NAMED
    return words.estimated(reliability, regression_to_the_mean(spread, reliability))


def _spread(release: Release) -> float | None:
    """How widely answers are spread, as it follows from the change and the effect size that are told."""
    exact = release["g_av"] if release.shows("effect") else None
    effect = 0.0 if exact is None else rounded(exact, rounding.POINTS)
    if abs(effect) < _SMALLEST:
        return None
    return abs(rounding.change(release).value / effect) * hedges_j(2 * (release.n - 1))
