"""The wide table for SPSS: names, labels, measure levels and user-missing values. Knows no questions."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pandas as pd
import pyreadstat

from reports.export.columns import (
    MISSING_FROM,
    MISSING_TO,
    NON_ANSWER_CODES,
    NUMERIC,
    ExportColumn,
    ExportError,
    Holds,
)
from reports.export.questions import Question
from reports.export.table import Cell, ExportTable
from reports.texts import export as words

_COUNTED = NUMERIC | {Holds.DAY}  # what SPSS holds as a number
_EPOCH = date(1582, 10, 14)  # from which SPSS counts its seconds
_DAY = 86_400
_LABEL, _VALUE_LABEL, _FILE_LABEL = 255, 120, 64  # bytes, after which SPSS would cut in the middle of a letter
_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_.]{0,63}(?<!\.)")
_RESERVED = frozenset("ALL AND BY EQ GE GT LE LT NE NOT OR TO WITH".split())  # noqa: SIM905 - easier to read


def as_sav(table: ExportTable, title: str) -> bytes:
    """The table as a `.sav` in UTF-8: empty numbers are system-missing, −99 to −95 user-missing.

    Raises ExportError where a name is none that SPSS takes.
    """
    check_names([column.name for column in table.columns])
    numeric = [column for column in table.columns if column.holds in _COUNTED]
    frame = pd.DataFrame({column.name: _values(column, number, table) for number, column in enumerate(table.columns)})
    with TemporaryDirectory() as folder:
        path = Path(folder) / "data.sav"
        pyreadstat.write_sav(
            frame,
            path,
            file_label=cut(title, _FILE_LABEL),
            column_labels=[cut(column.label, _LABEL) for column in table.columns],
            variable_value_labels={column.name: _labels(column) for column in table.columns},
            missing_ranges={
                column.name: [{"lo": MISSING_FROM, "hi": MISSING_TO}] for column in numeric if column.has_non_answers
            },
            variable_measure={column.name: column.measure.value for column in table.columns},
            variable_format=dict(_formats(table)),
        )
        return path.read_bytes()


def named(table: ExportTable) -> ExportTable:
    """The table with the names of authors where SPSS takes them, elsewhere with those of ids."""
    columns = (
        column
        if column.question is None or _takes(column.name)
        else replace(column, name=_by_id(column, column.question))
        for column in table.columns
    )
    return replace(table, columns=tuple(columns))


def _by_id(column: ExportColumn, question: Question) -> str:
    return question.by_id + column.name.removeprefix(question.name)


def _takes(name: str) -> bool:
    return _NAME.fullmatch(name) is not None and name.upper() not in _RESERVED


def check_names(names: list[str]) -> None:
    """ASCII, at most 64 letters, digits, underscores or dots, a letter first, no dot last, no two but for case."""
    seen: set[str] = set()
    for name in names:
        if not _takes(name):
            raise ExportError(f'SPSS takes no variable called "{name}"; give the item another id.')
        if name.lower() in seen:
            raise ExportError(f'SPSS cannot tell two variables called "{name}" apart; give one item another id.')
        seen.add(name.lower())


def cut(words_: str, most: int) -> str:
    """At most so many bytes of UTF-8, cut between letters and ending with »…« where something is missing."""
    said = " ".join(words_.split())
    if len(said.encode()) <= most:
        return said
    return said.encode()[: most - len("…".encode())].decode(errors="ignore").rstrip() + "…"


def _values(column: ExportColumn, number: int, table: ExportTable) -> pd.Series:
    cells = (row[number] for row in table.rows)
    if column.holds in NUMERIC:
        return pd.Series([float(cell) if isinstance(cell, int | Decimal) else None for cell in cells], dtype="float64")
    if column.holds is Holds.DAY:
        return pd.Series([_seconds(cell) for cell in cells], dtype="float64")
    return pd.Series(["" if cell is None else cell for cell in cells], dtype="object")


def _seconds(cell: Cell) -> float | None:
    """A day as SPSS counts it; the code of a non-answer as it is, a moment before any day that is answered."""
    if isinstance(cell, int):
        return float(cell)
    return (cell - _EPOCH).days * float(_DAY) if isinstance(cell, date) else None


def _labels(column: ExportColumn) -> dict[Any, str]:
    labels = {
        float(code) if column.holds in _COUNTED else code: cut(label, _VALUE_LABEL) for code, label in column.answers
    }
    if column.has_non_answers:
        labels |= {float(code): words.NON_ANSWERS[key] for key, code in NON_ANSWER_CODES.items()}
    return labels


def _formats(table: ExportTable) -> Iterator[tuple[str, str]]:
    for column in table.columns:
        if column.holds in NUMERIC:
            places = 0 if column.question is None else max(one.item.places for one in column.question.asked)
            yield column.name, f"F{8 + places}.{places}"
        elif column.holds is Holds.DAY:
            yield column.name, "EDATE10"
