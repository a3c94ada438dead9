"""A report as a spreadsheet: real numbers, a sheet a table, native charts, a codebook; the same bytes every time."""

from __future__ import annotations

from datetime import datetime
from io import BytesIO

from xlsxwriter import Workbook

from reports import texts
from reports.render.sheets.charts import write_charts
from reports.render.sheets.codebook import write_codebook
from reports.render.sheets.names import sheet_names
from reports.render.sheets.page import Book
from reports.render.sheets.plots import plot
from reports.render.sheets.summary import write_summary
from reports.render.sheets.tables import write_table
from reports.report import Figure, Report, Table
from reports.texts import sheets as words

_OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}


def as_xlsx(report: Report) -> bytes:
    """The whole workbook."""
    target = BytesIO()
    with Workbook(target, _OPTIONS) as workbook:
        workbook.set_properties(_properties(report))
        book = Book(workbook, f"{texts.KINDS[report.kind]} · {report.title}", texts.DEMO if report.demo else "")
        _write(book, report)
    return target.getvalue()


def _write(book: Book, report: Report) -> None:
    titles = _titles(report)
    plots = [found for table, title in titles.items() if (found := plot(table, title))]
    first, charts, last, *named = sheet_names([words.SUMMARY, words.CHARTS, words.CODEBOOK, *titles.values()])
    sheets = dict(zip(titles, named, strict=True))
    drawn = (charts,) if plots or report.charts else ()
    write_summary(book.page(first, landscape=False), report, sheets, (*drawn, last))
    for table, title in titles.items():
        write_table(book.page(sheets[table]), table, title)
    for name in drawn:
        write_charts(book.page(name), plots, report.charts)
    write_codebook(book.page(last), report, _places(report, sheets, first))


def _titles(report: Report) -> dict[Table, str]:
    """The tables that have rows, each with its own title or that of its section."""
    return {
        block: block.title or section.title
        for section in report.sections
        for block in section.blocks
        if isinstance(block, Table) and block.rows
    }


def _places(report: Report, sheets: dict[Table, str], first: str) -> dict[str, str]:
    inside = {
        cell.id: sheet
        for table, sheet in sheets.items()
        for row in table.rows
        for cell in row
        if isinstance(cell, Figure)
    }
    return {id_: inside.get(id_, first) for id_ in report.figures}


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
