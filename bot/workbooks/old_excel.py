"""A workbook of Excel before 2007 (.xls), read by xlrd: sparse rows, and what is hidden."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any

import xlrd
from xlrd.xldate import XLDateError, xldate_as_datetime

from bot.workbooks.book import MAX_SHEETS, Book, BookRow, BookRules, BookSheet, Unreadable, UnreadableError, kept
from bot.workbooks.values import exact, words


def read(data: bytes, rules: BookRules) -> Book:
    """Its sheets. Raises UnreadableError."""
    try:
        with xlrd.open_workbook(
            file_contents=data, formatting_info=True, ragged_rows=True, on_demand=True, logfile=io.StringIO()
        ) as book:
            return Book(tuple(_sheet(book, number, rules) for number in range(min(book.nsheets, MAX_SHEETS))))
    except Exception as problem:  # noqa: BLE001 - a file from outside may be wrong in any way, and xlrd says so in many
        locked = isinstance(problem, xlrd.XLRDError) and "encrypted" in str(problem)
        raise UnreadableError(Unreadable.LOCKED if locked else Unreadable.DAMAGED) from None


def _sheet(book: Any, number: int, rules: BookRules) -> BookSheet:
    sheet = book.sheet_by_index(number)
    written = exact if rules.exact else words
    hidden = frozenset(
        column
        for column, info in sheet.colinfo_map.items()
        if column < rules.columns and (info.hidden or not info.width)
    )
    return BookSheet(kept(_rows(book, sheet, written), rules), sheet.name, bool(sheet.visibility), hidden)


def _rows(book: Any, sheet: Any, written: Callable[[Any], str]) -> Iterator[BookRow]:
    for number in range(sheet.nrows):
        info = sheet.rowinfo_map.get(number)
        hidden = info is not None and bool(info.hidden or (info.height == 0 and info.has_default_height == 0))
        yield BookRow(number + 1, [_words(book, cell, written) for cell in sheet.row(number)], hidden)


def _words(book: Any, cell: Any, written: Callable[[Any], str]) -> str:
    match cell.ctype:
        case xlrd.XL_CELL_ERROR:
            return str(xlrd.error_text_from_code.get(cell.value, "#N/A"))
        case xlrd.XL_CELL_BOOLEAN:
            return written(bool(cell.value))
        case xlrd.XL_CELL_DATE:
            return written(_moment(book, cell.value))
    return written(cell.value)


def _moment(book: Any, value: float) -> datetime | float:
    try:
        moment: datetime = xldate_as_datetime(value, book.datemode)
    except (XLDateError, ValueError, OverflowError):
        return value
    return moment
