"""A table as CSV: as Slovenian Excel opens it, or plain for other programs. All numbers in it are whole."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from datetime import UTC, datetime

from reports.export.columns import WORDED, Holds
from reports.export.table import Cell, Table
from reports.weeks import LJUBLJANA

_FORMULA = ("=", "+", "-", "@", "\t", "\r")  # how a cell begins that a spreadsheet would calculate


def as_csv(table: Table, *, plain: bool = False) -> bytes:
    """UTF-8 with a header row; days are ISO 8601.

    By default with BOM, semicolons, CRLF, moments in Slovenian time, and an apostrophe before words that a spreadsheet
    would take for a formula. Plain: no BOM, commas, LF, moments in UTC, every word as it is.
    """
    written = io.StringIO(newline="")
    writer = csv.writer(written, delimiter="," if plain else ";", lineterminator="\n" if plain else "\r\n")
    writer.writerow([column.name for column in table.columns])
    worded = [column.holds in WORDED for column in table.columns]
    moments = [number for number, column in enumerate(table.columns) if column.holds is Holds.MOMENT]
    for row in table.rows:
        cells = list(row) if plain else _harmless(row, worded)
        for number in moments:
            cells[number] = _moment(cells[number], plain=plain)
        writer.writerow(cells)
    return written.getvalue().encode("utf-8" if plain else "utf-8-sig")


def _harmless(row: Sequence[Cell], worded: Sequence[bool]) -> list[Cell]:
    return [
        f"'{cell}" if words and isinstance(cell, str) and cell.startswith(_FORMULA) else cell
        for cell, words in zip(row, worded, strict=True)
    ]


def _moment(cell: Cell, *, plain: bool) -> str:
    if not isinstance(cell, datetime):
        raise TypeError("a column of moments holds something else")
    if plain:
        return cell.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
    return cell.astimezone(LJUBLJANA).replace(tzinfo=None).isoformat(" ", timespec="seconds")
