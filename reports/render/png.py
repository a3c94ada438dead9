"""A report or one chart as a picture for a phone, drawn by typst with the font that comes along.

Nothing of the machine's own fonts is used, so the picture is the same everywhere; a missing font is an error.
"""

from __future__ import annotations

import json
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import font_source_sans_pro
import typst

from reports import texts
from reports.render.words import beside, value, written
from reports.report import Block, Chart, Facts, Figure, Paragraph, Report

FONT = "Source Sans Pro"
PPI = 144  # two pixels for each point: 1,176 pixels wide
CHARTS = 2  # more makes it so high that Telegram, which shrinks pictures to 1,280 pixels, makes it unreadable


class RenderError(RuntimeError):
    """The picture could not be drawn as it should be."""


def as_png(what: Report | Chart) -> bytes:
    """A portrait picture: title, first sentences, figures and charts; of a chart, its title and drawing."""
    return _draw(_chart_page(what) if isinstance(what, Chart) else _report_page(what))


def _report_page(report: Report) -> dict[str, Any]:
    summary, *others = report.sections
    parts = [_part(block, lead=index == 0) for index, block in enumerate(summary.blocks)]
    wanted = (Chart, Facts) if report.kind == "weekly" else Chart
    found = [(section.title, block) for section in others for block in section.blocks if isinstance(block, wanted)]
    room = CHARTS - sum(isinstance(block, Chart) for block in summary.blocks)
    parts += [_part(block, title) for title, block in found[:room]]
    return {
        "font": FONT,
        "title": report.title,
        "kind": texts.KINDS[report.kind],
        "subtitle": report.subtitle,
        "demo": texts.DEMO if report.demo else "",
        "parts": [part for part in parts if part],
        "made": texts.made_on(report.made_on),
    }


def _chart_page(chart: Chart) -> dict[str, Any]:
    page: dict[str, Any] = dict.fromkeys(("title", "kind", "subtitle", "demo", "made"), "")
    return {**page, "font": FONT, "parts": [_part(chart)]}


def _part(block: Block, heading: str = "", *, lead: bool = False) -> dict[str, Any]:
    match block:
        case Paragraph(words):
            return {"kind": "lead" if lead else "text", "text": words}
        case Chart(_, title, svg, alt):
            return {"kind": "chart", "title": title, "svg": svg, "alt": alt}
        case Facts(_, figures):
            return {"kind": "facts", "title": heading, "figures": [_figure(figure) for figure in figures]}
        case _:
            return {}


def _figure(figure: Figure) -> dict[str, str]:
    if figure.value is None:
        return {"label": figure.label, "value": texts.NO_VALUE, "beside": written(figure)}
    return {"label": figure.label, "value": value(figure), "beside": beside(figure)}


def _draw(page: dict[str, Any]) -> bytes:
    source = files("reports.render").joinpath("report.typ").read_bytes()
    picture, warnings = typst.compile_with_warnings(
        source,
        format="png",
        ppi=PPI,
        font_paths=_fonts(),
        ignore_system_fonts=True,
        sys_inputs={"report": json.dumps(page)},
    )
    if warnings:
        raise RenderError("; ".join(str(warning.message) for warning in warnings))
    return bytes(picture)


@cache
def _fonts() -> typst.Fonts:
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[_folder()])


def _folder() -> str:
    return str(Path(font_source_sans_pro.font_directory))
