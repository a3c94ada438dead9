"""Did only the contented stay? Those who answered at the end beside those who did not, and what the latter could hide.

Computed from numbers that the report shows anyway, as they are shown.
"""

from __future__ import annotations

from reports import texts
from reports.data.indicators import AFTER, BEFORE, Indicator
from reports.disclosure import rounding
from reports.disclosure.material import Material
from reports.disclosure.suppression import Release
from reports.formulas.comparison import TippingPoint, tipping_point
from reports.formulas.statistics import Summary, mean_difference
from reports.report import Block, Figure, FigureSource, Paragraph, Table
from reports.sections.changes import number_of
from reports.texts import who_stayed as words
from surveys.locale_sl import rounded


def blocks(material: Material) -> list[Block]:
    """The first answers of both side by side, and the tipping point in words; or that neither can be told."""
    one = material.primary
    if one is None:
        return []
    stayed, gone = material.release(AFTER, one.id), material.release(BEFORE, "dropouts")
    if not stayed or not gone:
        return [Paragraph(texts.DROPOUTS_UNKNOWN)]
    told, between = _difference(stayed, gone)
    begun = Paragraph(texts.dropout_sentence(told, *between))
    return [_table(material, one, stayed, gone), begun, *_tipping(material, one, stayed, gone)]


def _table(material: Material, one: Indicator, stayed: Release, gone: Release) -> Table:
    told, between = _difference(stayed, gone)
    shown = stayed.shows("effect") and gone.shows("interval")  # the interval tells how wide the answers are spread
    low, high = between if shown else (None, None)
    label = texts.BASELINE_DIFFERENCE
    source = _source(material, one, "mean_difference", BEFORE, AFTER)
    rows = (
        (
            words.STAYED,
            _people("completers.n", words.STAYED, stayed.n, _source(material, one, "pairs", BEFORE, AFTER)),
            number_of(
                "completers.baseline",
                texts.STAYED_BASELINE,
                stayed,
                "mean_before",
                _source(material, one, "mean_before", BEFORE, AFTER),
            ),
        ),
        (
            words.GONE,
            _people("dropouts.n", words.GONE, gone.n, _source(material, one, "silent", BEFORE)),
            number_of(
                "dropouts.baseline", texts.GONE_BASELINE, gone, "mean", _source(material, one, "baseline", BEFORE)
            ),
        ),
        (
            label,
            "",
            Figure("dropouts.difference", label, told, gone.n, "points", 1, low, high, signed=True, source=source),
        ),
    )
    return Table(texts.DROPOUTS, (words.WHO, words.PEOPLE, words.FIRST), rows)


def _people(id_: str, who: str, n: int, source: FigureSource) -> Figure:
    return Figure(id_, f"{who}: {words.PEOPLE}", n, unit="people", source=source)


def _source(material: Material, one: Indicator, formula: str, *waves: str) -> FigureSource:
    return FigureSource(formula, material.programme.slug, one.id, waves)


def _difference(stayed: Release, gone: Release) -> tuple[float, rounding.Interval]:
    """By how much those without an answer at the end began higher, as the means are told, and its interval."""
    found = mean_difference(
        Summary(stayed.n, stayed["mean_before"], stayed["sd_before"]), Summary(gone.n, gone["mean"], gone["sd"])
    )
    told = rounding.difference(stayed["mean_before"] or 0.0, gone["mean"] or 0.0)
    return told, rounding.interval(found.ci_low or 0.0, found.ci_high or 0.0, told)


def _tipping(material: Material, one: Indicator, stayed: Release, gone: Release) -> list[Block]:
    """How much worse those who did not answer would have to have fared; nothing without a change for the better."""
    change = rounding.change(stayed)
    low, high = (change.low, change.high) if stayed.shows("interval") else (None, None)
    found = tipping_point(change.value, low, high, stayed.n, gone.n)
    if not isinstance(found, TippingPoint) or change.value <= 0:
        return []
    room = None if one.scale is None else rounded(gone["mean"] or 0.0, rounding.POINTS) - one.scale[0]
    told = words.tipping(gone.n, found.change, change.value, room)
    if found.limit_change is not None:
        told += f" {words.limit(found.limit_change, room)}"
    label, source = words.TIPPING, _source(material, one, "tipping_point", BEFORE)
    note = words.IMPOSSIBLE if words.impossible(found.change, room) else ""
    figure = Figure(
        "dropouts.tipping_point", label, found.change, gone.n, "points", 1, note=note, signed=True, source=source
    )
    return [Paragraph(told), Table("", (words.WHAT, words.VALUE), ((label, figure),), detail=True)]
