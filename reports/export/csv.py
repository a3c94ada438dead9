"""A table as CSV: as Slovenian Excel opens it, or plain for other programs. Numbers have their decimals."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

from reports.export.columns import Holds
from reports.export.table import Cell, ExportTable
from surveys import csv_text
from surveys.weeks import LJUBLJANA


def as_csv(table: ExportTable, *, plain: bool = False) -> bytes:
    """UTF-8 with a header row; days are ISO 8601.

    By default with BOM, semicolons, CRLF, decimal commas, moments in Slovenian time, and an apostrophe before words
    that a spreadsheet would take for a formula. Plain: no BOM, commas, LF, moments in UTC, every word as it is.
    """
    rows: list[Sequence[Cell]] = [[column.name for column in table.columns]]
    moments = [number for number, column in enumerate(table.columns) if column.holds is Holds.MOMENT]
    for row in table.rows:
        cells = list(row)
        for number in moments:
            cells[number] = _moment(cells[number], plain=plain)
        rows.append(cells)
    return csv_text.written(rows, end="\n", guards=False).encode() if plain else csv_text.for_excel(rows)


def _moment(cell: Cell, *, plain: bool) -> str:
    if not isinstance(cell, datetime):
        raise TypeError("a column of moments holds something else")
    if plain:
        return cell.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
    return cell.astimezone(LJUBLJANA).replace(tzinfo=None).isoformat(" ", timespec="seconds")
