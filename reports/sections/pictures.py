"""Which charts a report holds, from the editions that may be shown. Knows no shapes."""

from __future__ import annotations

from collections.abc import Sequence

from reports import texts
from reports.charts import plots
from reports.data.indicators import AFTER, Indicator
from reports.data.participation import BEFORE_WAVES, ENROLLED, ResponseStep
from reports.disclosure import improvement, rounding
from reports.disclosure.material import Material
from reports.disclosure.suppression import Release, enough
from reports.report import Chart
from reports.sections.response import share
from reports.texts import response as words
from surveys.locale_sl import rounded
from surveys.model import ORDERED


def ten_people(found: improvement.Improvement, label: str, sentence: str) -> list[Chart]:
    """The icon array of the primary outcome; nothing where its share may not be shown."""
    ten = found.of_ten
    if ten is None:
        return []
    rest = texts.REST if ten.least else texts.NOT_HIGHER
    return [plots.icons(ten.tenths, f"{ten.title}: {label}", sentence, (texts.HIGHER, rest))]


def means(material: Material) -> list[Chart]:
    """Dumbbells over the indicators that may be shown, one for each scale, the primary one's first."""
    by_scale: dict[tuple[int, int], list[plots.Moved]] = {}
    for one in material.compared(AFTER):
        release = material.release(AFTER, one.id)
        row = _moved(one, release) if release and one.item.kind in ORDERED else None
        if row is not None and one.scale is not None:
            by_scale.setdefault(one.scale, []).append(row)
    return [
        plots.dumbbell(f"means-{scale[0]}-{scale[1]}", rows, scale, texts.dumbbell(scale))
        for scale, rows in by_scale.items()
    ]


def _moved(one: Indicator, release: Release) -> plots.Moved:
    """A drawing tells no more than words."""
    told = rounding.change(release)
    before, after = (rounded(release[key] or 0.0, rounding.POINTS) for key in ("mean_before", "mean_after"))
    ends = (told.low, told.high) if release.shows("interval") else ()
    return plots.Moved(one.name, before, after, told.value, *ends)


def answers(material: Material) -> list[Chart]:
    """The answers to the primary item, before and after."""
    one = material.primary
    release = material.release(AFTER, one.id) if one else None
    if one is None or not release or one.item.kind not in ORDERED:
        return []
    found = improvement.distribution(release, one, material.k)
    if not found:
        return []
    rows = [
        plots.Stack(label, tuple(group.counts[side] for group in found))
        for side, label in enumerate((texts.AT_START, texts.AT_END))
    ]
    return [plots.stacks(rows, [group.label for group in found], f"{texts.ANSWERS_CHART}: {one.name}")]


def funnel(steps: Sequence[tuple[str, ResponseStep]], k: int) -> list[Chart]:
    """The flow of people from enrolment to the last wave, once somebody is enrolled."""
    rows = [
        plots.Bar(
            name if step.id in BEFORE_WAVES else words.with_open(name, step.open),
            step.responded,
            step.eligible,
            share_shown=step.id != ENROLLED and enough(step.eligible, k),
        )
        for name, step in steps
        if step.begun
    ]
    return [plots.bars("funnel", rows, texts.FUNNEL)] if any(row.of for row in rows) else []


def response(waves: Sequence[tuple[str, ResponseStep, ResponseStep]], tick: str, k: int) -> list[Chart]:
    """The response of each wave that has begun, with the earlier one as a tick that has a name."""
    rows = [
        plots.Bar(name, now.responded, now.eligible, share(last, k), enough(now.eligible, k))
        for name, now, last in waves
        if now.eligible
    ]
    return [plots.bars("response", rows, texts.RESPONSE_CHART, tick)] if rows else []
