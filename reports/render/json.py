"""A report as JSON: its figures by id, and all that is said, in order. Of charts and pictures the alternative text."""

from __future__ import annotations

import json
from typing import Any

from reports.report import Block, Chart, Copied, Facts, Figure, Paragraph, Quote, Report, ReportPicture, Table


def as_json(report: Report) -> str:
    """Two-space indented, UTF-8 as it is; numbers as they are shown, shares from 0 to 1, null for what is hidden."""
    return json.dumps(
        {
            "kind": report.kind,
            "title": report.title,
            "subtitle": report.subtitle,
            "subject": report.subject,
            "period": report.period,
            "made_on": report.made_on.isoformat(),
            "demo": report.demo,
            "figures": {key: _figure(figure) for key, figure in report.figures.items()},
            "sections": [
                {"id": section.id, "title": section.title, "blocks": [_block(block) for block in section.blocks]}
                for section in report.sections
            ],
        },
        ensure_ascii=False,
        indent=2,
    )


def _figure(figure: Figure) -> dict[str, Any]:
    shown = figure.value is not None
    return {
        "label": figure.label,
        "value": figure.value,
        "n": figure.n if shown else None,
        "unit": figure.unit,
        "decimals": figure.decimals,
        "signed": figure.signed,
        "low": figure.low if shown else None,
        "high": figure.high if shown else None,
        "note": figure.note,
        "formula": figure.source.formula if figure.source else None,
    }


def _block(block: Block) -> dict[str, Any]:
    match block:
        case Paragraph(words):
            return {"paragraph": words}
        case Facts(title, figures):
            return {"facts": title, "figures": [figure.id for figure in figures]}
        case Table(title, columns, rows, caption):
            cells = [[{"figure": cell.id} if isinstance(cell, Figure) else cell for cell in row] for row in rows]
            return {"table": title, "columns": columns, "rows": cells, "caption": caption}
        case Chart(id_, title, _, alt):
            return {"chart": id_, "title": title, "alt": alt}
        case Quote(words, source, edited):
            return {"quote": words, "source": source, "edited": edited}
        case ReportPicture(id_, _, alt):
            return {"picture": id_, "alt": alt}
        case Copied(words, source):
            return {"copy": words, "source": source}
