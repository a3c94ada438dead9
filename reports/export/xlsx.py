"""The two tables and the codebook as one workbook. Every cell is written by its type, so no text becomes a formula."""

from __future__ import annotations

import io
import math
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from decimal import Decimal

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from reports.export.codebook import CodebookEntry, entry
from reports.export.columns import ExportError, Holds
from reports.export.table import Cell, ExportedData, ExportTable
from reports.texts import export as words
from surveys.weeks import LJUBLJANA

_ROWS = 1_048_575  # that a sheet may have under its header
_LONGEST = 32_767  # characters of a cell
_CREATED = datetime(2026, 1, 1)  # noqa: DTZ001 - a fixed day without a zone: the same data give the same bytes
_SAFE = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
_WIDTHS = (22, 12, 44, 40, 18, 44, 44, 36, 14, 44, 44)
_MARGIN = 4  # of a width, so that words that do not fit on a line are reckoned with
_LINE, _TALLEST = 15, 409  # points
_HEADINGS = (
    words.COLUMN,
    words.TABLE,
    words.LABEL,
    words.QUESTION,
    words.WAVE,
    words.ANSWERS,
    words.MISSING,
    words.ASKED,
    words.LEVEL,
    words.SOURCE,
    words.NOTES,
)


def as_xlsx(export: ExportedData) -> bytes:
    """Three sheets with frozen headers. Raises ExportError where a table has more rows than a sheet."""
    for table in (export.wide, export.long):
        if len(table.rows) > _ROWS:
            raise ExportError(f"{len(table.rows)} rows do not fit on a sheet; choose CSV.")
    data = io.BytesIO()
    book = xlsxwriter.Workbook(data, {**_SAFE, "constant_memory": True})
    about = {"title": export.programme.name, "author": export.programme.library, "created": _CREATED}
    book.set_properties({**about, "comments": words.MADE_UP_ALL} if export.demo else about)
    head = book.add_format({"bold": True, "bottom": 1})
    formats = {
        Holds.DAY: book.add_format({"num_format": "d. m. yyyy"}),
        Holds.MOMENT: book.add_format({"num_format": "d. m. yyyy hh:mm"}),
    }
    for name, table in ((words.WIDE, export.wide), (words.LONG, export.long)):
        _data(book.add_worksheet(name), table, head, formats)
    _codebook(book.add_worksheet(words.CODEBOOK), export, head, book.add_format({"text_wrap": True, "valign": "top"}))
    book.close()
    return data.getvalue()


def _data(sheet: Worksheet, table: ExportTable, head: Format, formats: dict[Holds, Format]) -> None:
    names = [column.name for column in table.columns]
    for number, column in enumerate(table.columns):
        least = 18 if column.holds in formats else 14 if column.holds is Holds.NAME else 8
        width = min(max(len(column.name) + 3, least), 30)
        sheet.set_column(number, number, width)
    _begin(sheet, names, head, len(table.rows), frozen=1)
    styles = [formats.get(column.holds) for column in table.columns]
    for line, row in enumerate(table.rows, start=1):
        for number, cell in enumerate(row):
            if cell is not None:
                _write(sheet, line, number, cell, styles[number])


def _write(sheet: Worksheet, line: int, number: int, cell: Cell, style: Format | None) -> None:
    match cell:
        case str():
            sheet.write_string(line, number, cell if len(cell) <= _LONGEST else f"{cell[: _LONGEST - 1]}…")
        case datetime():
            sheet.write_datetime(line, number, cell.astimezone(LJUBLJANA).replace(tzinfo=None), style)
        case date():
            sheet.write_datetime(line, number, cell, style)
        case int() | Decimal():
            sheet.write_number(line, number, cell)


def _codebook(sheet: Worksheet, export: ExportedData, head: Format, wrapped: Format) -> None:
    for number, width in enumerate(_WIDTHS):
        sheet.set_column(number, number, width)
    rows = list(_entries(export))
    _begin(sheet, _HEADINGS, head, len(rows), frozen=1)
    for line, row in enumerate(rows, start=1):
        sheet.set_row(line, _height(row))
        for number, said in enumerate(row):
            if said:
                sheet.write_string(line, number, said, wrapped)


def _height(row: Sequence[str]) -> int:
    """Points for the tallest cell of the row: not every program measures wrapped words itself."""
    lines = max(
        sum(max(1, math.ceil(len(part) / (width - _MARGIN))) for part in said.split("\n"))
        for said, width in zip(row, _WIDTHS, strict=True)
    )
    return min(lines * _LINE, _TALLEST)


def _entries(export: ExportedData) -> Iterator[tuple[str, ...]]:
    for name, table in ((words.WIDE, export.wide), (words.LONG, export.long)):
        for column in table.columns:
            yield _line(name, entry(column, export.programme.slug))


def _line(table: str, one: CodebookEntry) -> tuple[str, ...]:
    return (
        one.name,
        table,
        one.label,
        one.question,
        one.waves,
        "\n".join(one.answers),
        "\n".join(one.non_answers),
        "\n".join(one.asked),
        one.level,
        "\n".join(one.sources),
        "\n".join(one.notes),
    )


def _begin(sheet: Worksheet, names: Sequence[str], head: Format, rows: int, frozen: int) -> None:
    for number, name in enumerate(names):
        sheet.write_string(0, number, name, head)
    sheet.freeze_panes(1, frozen)
    sheet.autofilter(0, 0, rows, len(names) - 1)
