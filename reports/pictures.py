"""Which charts a report holds, from the editions that may be shown. Knows no shapes."""

from __future__ import annotations

from collections.abc import Sequence

from reports import charts, groups, texts
from reports.indicators import AFTER, Indicator
from reports.material import Material
from reports.participation import Response, Step
from reports.report import Chart
from reports.slovenian import rounded
from reports.suppression import Edition, enough
from surveys.model import ORDERED


def ten_people(one: Indicator, edition: Edition, k: int, sentence: str) -> list[Chart]:
    """The icon array of the primary outcome; nothing where its share may not be shown."""
    found = groups.improvement(edition, k)
    if found.tenths is None:
        return []
    rest = texts.NOT_HIGHER if found.exact is not None else texts.REST
    return [charts.icons(found.tenths, f"{texts.ICONS}: {one.label}", sentence, (texts.HIGHER, rest))]


def means(material: Material) -> list[Chart]:
    """Dumbbells over the indicators that may be shown, one for each scale, the primary one's first."""
    by_scale: dict[tuple[int, int], list[charts.Moved]] = {}
    for one in material.compared(AFTER):
        edition = material.edition(AFTER, one.id)
        row = _moved(one, edition) if edition and one.item.kind in ORDERED else None
        if row is not None and one.scale is not None:
            by_scale.setdefault(one.scale, []).append(row)
    return [
        charts.dumbbell(f"means-{scale[0]}-{scale[1]}", rows, scale, texts.dumbbell(scale))
        for scale, rows in by_scale.items()
    ]


def _moved(one: Indicator, edition: Edition) -> charts.Moved | None:
    means = [edition[key] for key in ("mean_before", "mean_after", "change")]
    ends = [edition[key] for key in ("ci_low", "ci_high")] if edition.shows("interval") else []
    known = [
        rounded(number, 1) for number in (*means, *ends) if number is not None
    ]  # a drawing tells no more than words
    return (
        charts.Moved(texts.row_name(one.label, reverse=one.item.reverse), *known) if len(known) >= len(means) else None
    )


def answers(material: Material) -> list[Chart]:
    """The answers to the primary item, before and after."""
    one = material.primary
    edition = material.edition(AFTER, one.id) if one else None
    if one is None or not edition or one.item.kind not in ORDERED:
        return []
    found = groups.distribution(edition, one, material.k)
    if not found:
        return []
    rows = [
        charts.Stack(label, tuple(group.counts[side] for group in found))
        for side, label in enumerate((texts.AT_START, texts.AT_END))
    ]
    return [charts.stacks(rows, [group.label for group in found], f"{texts.ANSWERS_CHART}: {one.label}")]


def funnel(steps: Sequence[tuple[str, Step]], k: int) -> list[Chart]:
    """The flow of people from enrolment to the last wave, once somebody is enrolled."""
    rows = [
        charts.Bar(name, step.people, step.eligible, share_shown=step.id != "enrolled" and enough(step.eligible, k))
        for name, step in steps
    ]
    return [charts.bars("funnel", rows, texts.FUNNEL)] if any(row.of for row in rows) else []


def response(waves: Sequence[tuple[str, Response, Response]], k: int) -> list[Chart]:
    """The response of each wave that has begun, with last week's as a tick."""
    rows = [
        charts.Bar(name, now.answered, now.asked, last.rate if enough(last.asked, k) else None, enough(now.asked, k))
        for name, now, last in waves
        if now.asked
    ]
    return [charts.bars("response", rows, texts.RESPONSE_CHART, texts.TICK)] if rows else []
