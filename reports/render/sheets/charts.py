"""The sheet of native charts, each beside the numbers that it draws, and the report's own drawings in words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from reports.render.sheets.cells import value_cell
from reports.render.sheets.page import ACCENT, MIDDLE, PALE, Page
from reports.render.sheets.plots import Plot
from reports.report import Chart
from reports.texts import sheets as texts

_WIDTHS = (38, 12, 12, 12, 2)
_ROW = 20  # pixels
_WIDE, _BASE, _BAR = 620, 120, 26
_COLOURS = {1: (ACCENT,), 2: (PALE, ACCENT), 3: (PALE, MIDDLE, ACCENT)}  # from the palest, as in the drawings


def write_charts(page: Page, plots: Sequence[Plot], drawings: Sequence[Chart]) -> None:
    """Every plot with its data, then every drawing of the report by its alternative text."""
    page.widths(_WIDTHS)
    page.title(texts.CHARTS)
    page.hold()
    page.line(texts.ABOUT_CHARTS, "muted")
    for plot in plots:
        page.row += 1
        _plot(page, plot)
    if drawings:
        page.row += 1
        page.line(texts.DRAWN, "heading")
    for one in drawings:
        page.line(one.title, "strong")
        page.note(one.alt, len(_WIDTHS) + 4)


def _plot(page: Page, plot: Plot) -> None:
    top = page.row
    page.line(plot.title, "strong")
    page.heads(("", *(one.name for one in plot.series)))
    first = page.row
    for place, name in enumerate(plot.names):
        page.cells((name, *(value_cell(one.figures[place]) for one in plot.series)))
    height = _BASE + _BAR * len(plot.names) * len(plot.series)
    chart = _chart(page, plot, first)
    chart.set_size({"width": _WIDE, "height": height})
    page.sheet.insert_chart(top, len(_WIDTHS), chart, {"description": plot.alt, "object_position": 2})
    page.row = max(page.row, top + height // _ROW + 1)


def _chart(page: Page, plot: Plot, first: int) -> Any:
    """Horizontal bars from the first row downwards, each with its number."""
    last = first + len(plot.names) - 1
    chart = page.book.workbook.add_chart({"type": "bar"})
    colours = _COLOURS[min(len(plot.series), len(_COLOURS))]
    for place, one in enumerate(plot.series):
        chart.add_series(
            {
                "name": [page.name, first - 1, place + 1],
                "categories": [page.name, first, 0, last, 0],
                "values": [page.name, first, place + 1, last, place + 1],
                "fill": {"color": colours[place % len(colours)]},
                "data_labels": {"value": True, "num_format": one.form},
                "gap": 60,
                "overlap": -5,
            }
        )
    _axes(chart, plot)
    return chart


def _axes(chart: Any, plot: Plot) -> None:
    chart.set_title({"name": plot.title, "name_font": {"size": 13, "color": ACCENT}, "overlay": False})
    chart.set_y_axis({"reverse": True, "num_font": {"size": 11}, "line": {"color": PALE}})
    ends = {"min": 0, "max": 1} if plot.shares else {"min": 0}
    quiet = {"major_gridlines": {"visible": False}, "visible": False}
    chart.set_x_axis({**ends, **quiet, "num_format": plot.series[0].form})
    chart.set_legend({"none": True} if len(plot.series) == 1 else {"position": "top", "font": {"size": 11}})
