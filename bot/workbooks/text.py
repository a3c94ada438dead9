"""A table as text: CSV as the programs of offices save it, whatever its separator and encoding."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator

from bot.workbooks.book import BookRow, BookRules, BookSheet, Unreadable, UnreadableError, kept
from bot.workbooks.encodings import decoded

_SEPARATORS = ";,\t|"
_NOTHING = f"{_SEPARATORS} \r\n"  # rows of a sheet that are formatted and say nothing
_LINE_END = re.compile(r"\r\n|\r|\n")
_FIELD = 20_000  # letters: more is no cell of a list


def read(data: bytes, rules: BookRules) -> BookSheet:
    """The rows of a file. Raises UnreadableError."""
    text = decoded(data, sentences=rules.exact)
    if text is None:
        raise UnreadableError(Unreadable.NO_SHEET)
    lines = _LINE_END.split(text.rstrip(_NOTHING))
    if any(len(line) > _FIELD for line in lines):
        raise UnreadableError(Unreadable.NO_SHEET)
    heading = _heading(lines, rules)
    separator = max(_SEPARATORS, key=heading.count)
    torn = _torn(lines, separator, heading.count(separator))
    rows = enumerate((_line(line, separator) for line in lines), start=1) if torn else _records(lines, separator)
    return BookSheet(kept((BookRow(number, cells) for number, cells in rows), rules), torn=torn)


def _heading(lines: list[str], rules: BookRules) -> str:
    """The line with the names of columns: the first of the topmost that names one, else the first."""
    top = [line for line in lines[: rules.top] if line.strip()]
    named = (line for line in top if any(map(rules.is_heading, re.split(f"[{_SEPARATORS}]", line))))
    return next(named, top[0] if top else "")


def _records(lines: list[str], separator: str) -> Iterator[tuple[int, list[str]]]:
    """Each record with the line on which it begins, which a spreadsheet shows as a row of its own."""
    reader = csv.reader((f"{line}\n" for line in lines), delimiter=separator)
    yield from enumerate(reader, start=1)


def _torn(lines: list[str], separator: str, separators: int) -> int:
    """The line of a quotation mark that is never closed, so that lines below would become one cell; 0: there is none.

    It is known by the end of the file within quotes, by words after the closing mark, or by whole rows within a cell.
    """
    reader = csv.reader((f"{line}\n" for line in lines), delimiter=separator, strict=True)
    begun = 1
    try:
        for cells in reader:
            if reader.line_num > begun and any(_holds_rows(cell, separator, separators) for cell in cells):
                return begun
            begun = reader.line_num + 1
    except csv.Error:
        return begun
    return 0


def _holds_rows(cell: str, separator: str, separators: int) -> bool:
    return separators > 0 and any(line.count(separator) >= separators for line in cell.split("\n"))


def _line(line: str, separator: str) -> list[str]:
    """The cells of one line, whose quotation marks may be torn."""
    try:
        [cells] = csv.reader([line], delimiter=separator, strict=True)
    except (csv.Error, ValueError):
        cells = [cell.strip().strip('"') for cell in line.split(separator)]
    return cells
