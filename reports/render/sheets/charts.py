"""The sheet of native charts, each beside the numbers that it draws, and the report's own drawings in words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from math import ceil, floor
from typing import Any

from xlsxwriter.utility import quote_sheetname

from reports.render.sheets.cells import Amount, number_format, value_cell
from reports.render.sheets.page import ACCENT, MIDDLE, PALE, SOFT, Worksheet
from reports.render.sheets.plots import Plot
from reports.report import Chart, Figure
from reports.texts import sheets as texts

SCALE = 72  # percent: data and chart are together as wide as the paper
_WIDTHS = (38, 12, 12, 12, 2)
_NOTES = 12  # columns
_ROW = 20  # pixels
_WIDE, _BASE, _BAR = 620, 120, 26  # pixels
_ENDS = ("C", "D")  # columns
_EXACT = 6  # decimals: subtraction leaves traces behind them
_PAPER = 36  # rows on a printed page, beside its title
_AGAINST = (PALE, ACCENT)  # the end stands out
_ALONE = (ACCENT, PALE, MIDDLE)


def write_charts(page: Worksheet, plots: Sequence[Plot], drawings: Sequence[Chart]) -> None:
    """Every plot with its data, then every drawing of the report by its alternative text."""
    page.widths(_WIDTHS)
    page.title(texts.CHARTS)
    page.hold()
    if plots:
        page.note(texts.ABOUT_CHARTS, _NOTES)
    breaks = [0]
    for plot in plots:
        page.row += 1
        if page.row + _rows(plot) - breaks[-1] > _PAPER:
            breaks.append(page.row - 1)
        _plot(page, plot)
    page.sheet.set_h_pagebreaks(breaks[1:])
    _drawings(page, drawings)


def _drawings(page: Worksheet, drawings: Sequence[Chart]) -> None:
    if drawings:
        page.row += 1
        page.rule(texts.DRAWN, _NOTES, "heading")
    for one in drawings:
        page.line(one.title, "strong")
        page.note(one.alt, _NOTES)


def _rows(plot: Plot) -> int:
    return _height(plot) // _ROW + 1


def _height(plot: Plot) -> int:
    return _BASE + _BAR * len(plot.names) * len(plot.series)


def _plot(page: Worksheet, plot: Plot) -> None:
    top = page.row
    page.line(plot.title, "strong")
    page.heads(("", *(one.name for one in plot.series), *(texts.ENDS if plot.intervals else ())))
    first = page.row
    for place, name in enumerate(plot.names):
        figures = [one.figures[place] for one in plot.series]
        page.cells((name, *map(value_cell, figures), *(_ends(figures[0]) if plot.intervals else ())))
    chart = _chart(page, plot, first)
    chart.set_size({"width": _WIDE, "height": _height(plot)})
    page.sheet.insert_chart(top, len(_WIDTHS), chart, {"description": plot.alt, "object_position": 2})
    page.row = max(page.row, top + _rows(plot))


def _chart(page: Worksheet, plot: Plot, first: int) -> Any:
    """Horizontal bars from the first row downwards, each with its number or its interval."""
    last = first + len(plot.names) - 1
    chart = page.book.workbook.add_chart({"type": "bar"})
    colours = _ALONE if plot.shares or len(plot.series) != len(_AGAINST) else _AGAINST
    for place, one in enumerate(plot.series):
        beside = _error_bars(page.name, first, last) if plot.intervals else {"data_labels": _labels(one.form)}
        chart.add_series(
            {
                "name": [page.name, first - 1, place + 1],
                "categories": [page.name, first, 0, last, 0],
                "values": [page.name, first, place + 1, last, place + 1],
                "fill": {"color": PALE if plot.intervals else colours[place % len(colours)]},
                "gap": 60,
                "overlap": -5,
                **beside,
            }
        )
    _axes(chart, plot)
    return chart


def _labels(form: str) -> dict[str, Any]:
    return {"value": True, "num_format": form}


def _ends(figure: Figure) -> tuple[Amount, Amount]:
    """How far the ends of the interval are from the value."""
    middle, low, high = figure.value or 0, figure.low or 0, figure.high or 0
    alike = replace(figure, signed=False)
    below, above = (round(far, _EXACT) for far in (middle - low, high - middle))
    return Amount(below, number_format(alike, below)), Amount(above, number_format(alike, above))


def _error_bars(sheet: str, first: int, last: int) -> dict[str, Any]:
    """The interval of the only series, whose ends stand in the two columns after it."""
    minus, plus = (f"={quote_sheetname(sheet)}!${column}${first + 1}:${column}${last + 1}" for column in _ENDS)
    line = {"color": ACCENT, "width": 1.75}
    return {"x_error_bars": {"type": "custom", "plus_values": plus, "minus_values": minus, "line": line}}


def _reach(plot: Plot) -> dict[str, float]:
    """An axis that holds 0 and every interval, to whole fifths."""
    figures = plot.series[0].figures
    low, high = min(one.low or 0 for one in figures), max(one.high or 0 for one in figures)
    return {"min": floor(min(low, 0) * 5) / 5, "max": ceil(max(high, 0) * 5) / 5}


def _axes(chart: Any, plot: Plot) -> None:
    chart.set_title({"name": plot.title, "name_font": {"size": 13, "color": ACCENT}, "overlay": False})
    names = {"reverse": True, "num_font": {"size": 11}, "line": {"color": PALE}, "label_position": "low"}
    chart.set_y_axis(names)
    ends = {"min": 0, "max": 1} if plot.shares else _reach(plot) if plot.intervals else {"min": 0}
    lines = {"major_gridlines": {"visible": plot.intervals, "line": {"color": SOFT}}, "visible": plot.intervals}
    chart.set_x_axis({**ends, **lines, "num_format": plot.series[0].form})
    chart.set_legend({"none": True} if len(plot.series) == 1 else {"position": "top", "font": {"size": 11}})
