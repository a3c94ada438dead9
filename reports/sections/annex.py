"""The last section of a report, for those who know statistics; what stands above it is told without its terms.

Builders hand in what belongs there, part by part; in a PDF it begins a page of its own where there is room for one.
"""

from __future__ import annotations

from collections.abc import Sequence

from reports.data.indicators import AFTER
from reports.disclosure.material import Material
from reports.report import ANNEX, Block, Paragraph, Section
from reports.sections import changes
from reports.texts import annex as words


def annex(*parts: Sequence[Block]) -> Section:
    """The section; without blocks where no part has any."""
    return Section(ANNEX, words.TITLE, tuple(block for part in parts for block in part))


def of_changes(material: Material, *, intervals: bool) -> list[Block]:
    """Effects of whatever change is told, `intervals` where none stand above, and how its words were chosen."""
    effects = changes.effects(material, intervals=intervals)
    core = any(one.item.role == "core" and material.release(AFTER, one.id) for one in material.compared(AFTER))
    return [*effects, Paragraph(words.WORDS), *([Paragraph(words.HOLM)] if core else [])] if effects else []


def of_response() -> list[Block]:
    """Which response rate is told."""
    return [Paragraph(words.RESPONSE)]


def pointer(section: Section) -> list[Block]:
    """The sentence that says where the annex is, for a section above it; nothing where there is none."""
    return [Paragraph(words.POINTER)] if section.blocks else []
