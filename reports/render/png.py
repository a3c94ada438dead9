"""A report or one chart as a picture for a phone: portrait, in large type, short enough to be read in a chat."""

from __future__ import annotations

import re
from typing import Any

from reports import texts
from reports.render import typesetting
from reports.render.embedded import embedded, logo
from reports.render.words import beside, value, written
from reports.report import Block, Chart, Copied, Facts, Figure, Paragraph, Quote, Report, ReportPicture, Table

BLOCKS = 2  # more makes it so high that Telegram, which shrinks pictures to 1,280 pixels, makes it unreadable
ROOM = 640  # points for all charts together, for the same reason
WHOLE = ("mayor",)  # kinds that are short enough to be shown whole
COUNTED = ("weekly", "library", "country")  # kinds whose counts are worth a place
_SVG_HEIGHT = re.compile(r'<svg[^>]* height="([\d.]+)"')


def as_png(what: Report | Chart) -> bytes:
    """A portrait picture: title, first sentences, figures and charts; of a chart, its title and drawing."""
    return typesetting.picture("phone.typ", _chart_page(what) if isinstance(what, Chart) else _report_page(what))


def _report_page(report: Report) -> dict[str, Any]:
    return {
        "title": report.title,
        "kind": texts.KINDS[report.kind],
        "subtitle": report.subtitle,
        "demo": texts.DEMO if report.demo else "",
        "parts": [part for part in _parts(report) if part],
        "made": texts.made_on(report.made_on),
        "logo": logo(report),
    }


def _parts(report: Report) -> list[dict[str, Any]]:
    """The summary and, of the other sections, what the kind of report shows first; of the mayor's page everything."""
    if not report.sections:
        return []
    summary, *others = report.sections
    parts = [_part(block, lead=index == 0) for index, block in enumerate(summary.blocks)]
    found = [(section.title, block) for section in others for block in section.blocks]
    if report.kind in WHOLE:
        return [*parts, *(_part(block, title) for title, block in found)]
    wanted = (Chart, Facts) if report.kind in COUNTED else Chart
    shown = [(title, block) for title, block in found if isinstance(block, wanted)]
    drawn = [block for block in summary.blocks if isinstance(block, Chart)]
    return [*parts, *(_part(block, title) for title, block in _fitting(shown, drawn))]


def _fitting(shown: list[tuple[str, Chart | Facts]], drawn: list[Chart]) -> list[tuple[str, Chart | Facts]]:
    """As many of the blocks as a phone shows readably beside what is already drawn; the first chart in any case."""
    found: list[tuple[str, Chart | Facts]] = []
    blocks, height = len(drawn), sum(map(_height, drawn))
    for title, block in shown:
        height += _height(block) if isinstance(block, Chart) else 0
        if blocks and (blocks >= BLOCKS or height > ROOM):
            break
        found.append((title, block))
        blocks += 1
    return found


def _height(chart: Chart) -> float:
    found = _SVG_HEIGHT.search(chart.svg)
    return float(found[1]) if found else 0.0


def _chart_page(chart: Chart) -> dict[str, Any]:
    page: dict[str, Any] = dict.fromkeys(("title", "kind", "subtitle", "demo", "made"), "")
    return {**page, "logo": None, "parts": [_part(chart)]}


def _part(block: Block, heading: str = "", *, lead: bool = False) -> dict[str, Any]:
    match block:
        case Paragraph(words):
            return {"kind": "lead" if lead else "text", "text": words}
        case Chart(_, title, svg, alt):
            return {"kind": "chart", "title": title, "svg": svg, "alt": alt}
        case Facts(_, figures):
            return {"kind": "facts", "title": heading, "figures": [_figure(figure) for figure in figures]}
        case Quote(source=source):
            return {"kind": "quote", "text": block.said, "source": source}
        case ReportPicture(_, png, alt):
            return {"kind": "chart", "title": "", "svg": embedded(png), "alt": alt}
        case Table() | Copied():
            return {}


def _figure(figure: Figure) -> dict[str, str]:
    if figure.value is None:
        return {"label": figure.label, "value": texts.NO_VALUE, "beside": written(figure)}
    return {"label": figure.label, "value": value(figure), "beside": beside(figure)}
