"""The last sheet: every figure of the report with its id, unit, number, how it is read and computed."""

from __future__ import annotations

from collections.abc import Mapping

from reports.render.sheets.cells import Cell, bounds, counted_of, note_cell, people_cell, value_cell
from reports.render.sheets.page import Worksheet
from reports.report import Figure, FigureSource, Report
from reports.texts import sheets as texts
from reports.texts.formulas import FORMULAS

_WIDTHS = (28, 36, 11, 16, 8, 8, 8, 44, 44, 20, 22)
_EFFECTS = {("g_av", "points"), ("smcr", ""), ("pooled", "")}  # formulas with the units that figures give them
_NAMES = (0, 1, 2, 7, 8, 9, 10)


def write_codebook(page: Worksheet, report: Report, places: Mapping[str, str]) -> None:
    """`places` says on which sheet a figure stands, by its id."""
    page.widths(_WIDTHS)
    page.title(texts.CODEBOOK)
    page.heads(texts.CODEBOOK_HEADS, names=_NAMES)
    page.hold()
    for figure in report.figures.values():
        page.cells(_row(figure, places[figure.id]), names=_NAMES)


def _row(figure: Figure, sheet: str) -> tuple[Cell, ...]:
    low, high = bounds(figure)
    how = texts.reading(
        _unit(figure),
        shown=figure.value is not None,
        signed=figure.signed,
        counted_of=counted_of(figure),
        interval=low != "",
    )
    return (
        figure.id,
        figure.label,
        texts.UNITS[_unit(figure)],
        value_cell(figure),
        low,
        high,
        people_cell(figure),
        how,
        _computed(figure.source),
        note_cell(figure),
        sheet,
    )


def _unit(figure: Figure) -> str:
    """The unit, or that it is an effect size, which has none."""
    formula = figure.source.formula if figure.source else ""
    return "effect" if figure.signed and (formula, figure.unit) in _EFFECTS else figure.unit


def _computed(source: FigureSource | None) -> str:
    """The formula in words; joined counts (`worse_same`) have none of their own."""
    return FORMULAS.get(source.formula, FORMULAS["count"]).words if source else ""
