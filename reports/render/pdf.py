"""A report as a PDF for paper and screen readers: A4, tagged after PDF/UA-1, charts as vectors, every block.

The page for the mayor is one page, whatever stands on it.
"""

from __future__ import annotations

from typing import Any

from reports import texts
from reports.render import typesetting
from reports.render.words import bars, beside, cells_of_words, share, value, written
from reports.report import Block, Chart, Facts, Figure, Paragraph, Quote, Report, Section, Table
from reports.slovenian import quoted
from reports.texts import paper

_SINGLE = ("mayor",)  # kinds that are one page


def as_pdf(report: Report) -> bytes:
    """The same bytes for the same report; raises `typesetting.RenderError` where a font is missing."""
    page = {
        "title": report.title,
        "kind": texts.KINDS[report.kind],
        "subtitle": report.subtitle,
        "demo": texts.DEMO if report.demo else "",
        "made": texts.made_on(report.made_on),
        "author": paper.AUTHOR,
        "page": paper.PAGE,
        "of": paper.OF,
        "single": report.kind in _SINGLE,
        "sections": [_section(section) for section in report.sections],
    }
    return typesetting.paper("paper.typ", page, report.made_on)


def _section(section: Section) -> dict[str, Any]:
    blocks = [_block(block) for block in section.blocks]
    if section.id == "summary" and blocks and blocks[0]["kind"] == "text":
        blocks[0]["kind"] = "lead"
    return {"title": section.title, "blocks": blocks}


def _block(block: Block) -> dict[str, Any]:
    match block:
        case Paragraph(words):
            return {"kind": "text", "text": words}
        case Facts(title, figures):
            return {"kind": "facts", "title": title, "figures": [_fact(figure) for figure in figures]}
        case Table():
            return _table(block)
        case Chart(_, title, svg, alt):
            return {"kind": "chart", "title": title, "svg": svg, "alt": alt}
        case Quote(words, source):
            return {"kind": "quote", "text": quoted(words), "source": source}


def _fact(figure: Figure) -> dict[str, Any]:
    if figure.value is None:
        return {"label": figure.label, "value": written(figure), "beside": "", "none": True}
    return {"label": figure.label, "value": value(figure), "beside": beside(figure), "none": False}


def _table(table: Table) -> dict[str, Any]:
    barred = bars(table)
    return {
        "kind": "table",
        "title": table.title,
        "columns": table.columns,
        "words": cells_of_words(table),
        "bars": barred,
        "rows": [[_cell(cell, bar=barred) for cell in row] for row in table.rows],
        "caption": table.caption,
    }


def _cell(cell: str | Figure, *, bar: bool) -> dict[str, Any]:
    if not isinstance(cell, Figure):
        return {"text": cell, "share": None, "none": False}
    return {"text": written(cell), "share": share(cell) if bar else None, "none": cell.value is None}
