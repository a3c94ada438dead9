"""People of one group resemble each other: what the report says of that, in a sentence and in the annex."""

from __future__ import annotations

from reports.data.indicators import AFTER, BEFORE
from reports.disclosure import rounding
from reports.disclosure.clusters import Grouped
from reports.disclosure.material import Material
from reports.report import Block, Facts, Figure, FigureSource, Paragraph
from reports.texts import clustered as words


def blocks(material: Material, found: Grouped) -> list[Block]:
    """The interval that allows for groups, or why there is none; nothing without a change."""
    one = material.primary
    if one is None or not found.groups:
        return []
    if found.groups == 1:
        return [Paragraph(words.ONE)]
    if not found.enough:
        return [Paragraph(words.too_few(found.groups))]
    if found.told is None:
        return [Paragraph(words.hidden(found.groups))]
    return [Paragraph(words.told(found.groups, found.told, one.name))]


def annex(material: Material, found: Grouped) -> list[Block]:
    """The change with that interval, for statisticians."""
    one = material.primary
    if one is None or found.ends is None:
        return []
    change = rounding.change(material.release(AFTER, one.id)).value
    source = FigureSource("cr2", material.programme.slug, one.id, (BEFORE, AFTER))
    n, (low, high) = found.release.n, found.ends
    figure = Figure("groups.change", words.CHANGE, change, n, "points", 1, low, high, signed=True, source=source)
    return [Facts(words.TITLE, (figure,)), Paragraph(words.METHOD)]
