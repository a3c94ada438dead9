"""A report as a spreadsheet: real numbers, a sheet a table, native charts, a codebook; the same bytes every time."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from io import BytesIO

from xlsxwriter import Workbook

from reports import texts
from reports.render.sheets.charts import SCALE, write_charts
from reports.render.sheets.clean import clean
from reports.render.sheets.codebook import write_codebook
from reports.render.sheets.names import sheet_names
from reports.render.sheets.page import StyledWorkbook
from reports.render.sheets.plots import plots_of
from reports.render.sheets.summary import write_summary
from reports.render.sheets.tables import Leaf, leaves, write_leaf
from reports.report import Block, Figure, Report
from reports.texts import sheets as words

_OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}


def as_xlsx(report: Report) -> bytes:
    """The whole workbook."""
    report = clean(report)
    target = BytesIO()
    with Workbook(target, _OPTIONS) as workbook:
        workbook.set_properties(_properties(report))
        footer = f"{texts.KINDS[report.kind]} · {report.title}"
        book = StyledWorkbook(workbook, footer, texts.DEMO if report.demo else "")
        _write(book, report)
    return target.getvalue()


def _write(book: StyledWorkbook, report: Report) -> None:
    found = leaves(report)
    plots = [drawn for leaf in found for drawn in plots_of(leaf)]
    wishes = [words.SUMMARY, words.CHARTS, words.CODEBOOK, *(leaf.name for leaf in found)]
    first, charts, last, *names = sheet_names(wishes)
    sheets = dict(zip(names, found, strict=True))
    drawn = (charts,) if plots or report.charts else ()
    write_summary(book.page(first), report, _blocks(report, sheets, charts), (*sheets, *drawn, last))
    for name, leaf in sheets.items():
        write_leaf(book.page(name), leaf)
    for name in drawn:
        write_charts(book.page(name, scale=SCALE), plots, report.charts)
    write_codebook(book.page(last), report, _figures(report, sheets, first))


def _blocks(report: Report, sheets: Mapping[str, Leaf], charts: str) -> dict[Block, str]:
    """On which sheet each table and each drawing stands."""
    found: dict[Block, str] = {table: name for name, leaf in sheets.items() for table in leaf.tables}
    return found | dict.fromkeys(report.charts, charts)


def _figures(report: Report, sheets: Mapping[str, Leaf], first: str) -> dict[str, str]:
    """On which sheet each figure stands, by its id."""
    found = dict.fromkeys(report.figures, first)
    for name, leaf in sheets.items():
        cells = (cell for table in leaf.tables for row in table.rows for cell in row)
        found.update({cell.id: name for cell in cells if isinstance(cell, Figure)})
    return found


def _properties(report: Report) -> dict[str, str | datetime]:
    return {
        "title": report.title,
        "subject": f"{texts.KINDS[report.kind]} · {report.subtitle}",
        "author": words.AUTHOR,
        "category": texts.KINDS[report.kind],
        "keywords": report.name,
        "comments": texts.DEMO if report.demo else "",
        "created": datetime.combine(report.made_on, datetime.min.time()),  # of the report, so that the bytes are too
    }
