"""A report as a PDF for paper and screen readers: A4, tagged after PDF/UA-1, charts as vectors, every block.

The page for the mayor is one page, whatever stands on it.
"""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from reports import texts
from reports.render import typesetting
from reports.render.embedded import embedded, logo
from reports.render.fitting import Setting, best
from reports.render.words import bars, beside, cells_of_words, share, value, written
from reports.report import (
    ANNEX,
    Block,
    Chart,
    Copied,
    Facts,
    Figure,
    Paragraph,
    Quote,
    Report,
    ReportPicture,
    Section,
    Table,
)
from reports.texts import paper

_TEMPLATE = "paper.typ"
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
        "logo": logo(report),
        "single": report.kind in _SINGLE,
        "sections": [_section(section) for section in report.sections if not _copied(section)],
    }
    return typesetting.paper(_TEMPLATE, page | asdict(_setting(page)), report.made_on)


def _setting(page: dict[str, Any]) -> Setting:
    """How large the page is set; what is one page in any case fits itself."""
    if page["single"]:
        return Setting()
    annex = any(section["own"] for section in page["sections"])
    return best(lambda setting: typesetting.places(_TEMPLATE, page | asdict(setting)), annex=annex)


def _section(section: Section) -> dict[str, Any]:
    blocks = [_block(block) for block in section.blocks]
    if section.id == "summary" and blocks and blocks[0]["kind"] == "text":
        blocks[0]["kind"] = "lead"
    return {"title": section.title, "blocks": blocks, "own": section.id == ANNEX}


def _copied(section: Section) -> bool:
    """Whether it is there to be copied, which nobody does from paper."""
    return all(isinstance(block, Copied) for block in section.blocks)


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
        case Quote(source=source):
            return {"kind": "quote", "text": block.said, "source": source}
        case ReportPicture(_, png, alt):
            return {"kind": "picture", "svg": embedded(png), "alt": alt}
        case Copied():
            return {"kind": "none"}


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
