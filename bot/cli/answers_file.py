"""The CSV of raw answers, as `answers export` writes and `answers import` reads it: cells, columns, lines."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from enum import Enum
from pathlib import Path
from typing import Any

from pydantic import ValidationError
from sqlalchemy import Column, Date, Integer
from sqlalchemy import Enum as OneOf

from bot.cli.problem import Problem
from storage.records import FIELDS, Record
from storage.types import Moment
from surveys.model import Questionnaire

_FIRST = ("code", "programme", "cohort", "wave", "item", "value", "label", "non_answer", "mode", "answered_at")
COLUMNS = (*_FIRST, *(name for name in FIELDS if name not in _FIRST))
_FORMULA = ("=", "+", "-", "@", "\t", "\r")  # how a cell begins that a spreadsheet would calculate
_GUARD = "'"


@dataclass(frozen=True, slots=True)
class Listed:
    """A table as somebody keeps it: each row by the names in the heading, with the line on which it begins."""

    heading: tuple[str, ...]
    rows: tuple[tuple[int, dict[str, str]], ...]


def write(records: Iterable[Record]) -> bytes:
    """Records with all of `FIELDS`, and a `label`."""
    written = io.StringIO(newline="")
    writer = csv.writer(written, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    writer.writerows([as_cell(record[name]) for name in COLUMNS] for record in records)
    return written.getvalue().encode("utf-8")


def read(file: Path) -> Listed:
    """A table with commas, semicolons or tabs, in UTF-8, with or without a byte order mark."""
    try:
        text = file.read_bytes().decode("utf-8-sig")
    except OSError as problem:
        raise Problem(f"{file} cannot be read: {problem.strerror}.") from None
    except UnicodeDecodeError:
        raise Problem(f"{file} is not UTF-8: save it as »CSV UTF-8«.") from None
    first = text.partition("\n")[0]
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=max(",;\t", key=first.count), strict=True)
    rows: list[tuple[int, list[str]]] = []
    begins = 1
    try:
        for row in reader:
            if any(cell.strip() for cell in row):
                rows.append((begins, row))
            begins = reader.line_num + 1
    except csv.Error as problem:
        raise Problem(f"{file} cannot be read: line {reader.line_num}: {problem}.") from None
    if not rows:
        raise Problem(f"{file} is empty.")
    heading = tuple(cell.strip() for cell in rows[0][1])
    return Listed(heading, tuple((line, _named(file, line, heading, row)) for line, row in rows[1:]))


def read_record(cells: Mapping[str, str]) -> Record:
    """A row of an export as a record. Raises ValueError with the names of the cells that cannot be read."""
    record: Record = {}
    wrong = []
    for name, column in FIELDS.items():
        try:
            record[name] = _read_cell(name, column, cells[name])
        except ValueError:
            wrong.append(name)
    if wrong:
        raise ValueError(", ".join(wrong))
    return record


def as_cell(value: Any) -> str:
    """What is written of a value; text that a spreadsheet would take for a formula gets an apostrophe before it."""
    match value:
        case None:
            return ""
        case Enum():
            return str(value.value)
        case datetime():
            return value.isoformat()
        case str():
            return f"{_GUARD}{value}" if _guarded(value) else value
        case _:
            return str(value)


def bare(cell: str) -> str:
    """The text of a cell without the apostrophe that guards it; the inverse of `as_cell`."""
    return cell[1:] if cell.startswith(_GUARD) and _guarded(cell[1:]) else cell


def beside(file: Path) -> Path:
    """Where the definitions of an export lie: `answers.definitions.json` beside `answers.csv`."""
    return file.with_name(f"{file.stem}.definitions.json")


def write_definitions(questionnaires: Mapping[str, Questionnaire]) -> bytes:
    """Questionnaires by the hash of their version."""
    found = {version: questionnaires[version].model_dump(mode="json") for version in sorted(questionnaires)}
    return f"{json.dumps(found, ensure_ascii=False, indent=1)}\n".encode()


def read_definitions(file: Path) -> dict[str, Questionnaire]:
    """The questionnaires of such a file, by hash; none where there is no file."""
    if not file.exists():
        return {}
    try:
        found = {
            version: Questionnaire.model_validate_json(json.dumps(definition))
            for version, definition in json.loads(file.read_bytes()).items()
        }
    except (OSError, ValueError, AttributeError, ValidationError):
        raise Problem(f"{file} cannot be read as the definitions of an export.") from None
    damaged = [version for version, questionnaire in found.items() if questionnaire.hash != version]
    if damaged:
        raise Problem(f"{file} is damaged: the questionnaire {damaged[0]} is not what its hash says.")
    return found


def _named(file: Path, line: int, heading: Sequence[str], row: Sequence[str]) -> dict[str, str]:
    if len(row) > len(heading) and any(row[len(heading) :]):
        raise Problem(f"{file}: line {line} has more cells than the heading.")
    cells = [*row, *[""] * len(heading)][: len(heading)]
    return dict(zip(heading, map(bare, cells), strict=True))


def _guarded(text: str) -> bool:
    """Whether text needs a guard: a formula, or one that has a guard already."""
    return text.lstrip(_GUARD).startswith(_FORMULA)


def _read_cell(name: str, column: Column[Any], cell: str) -> Any:
    if name == "value":
        return cell or None
    if not cell:
        if column.nullable or name.startswith("consent_"):  # a consent is there as a whole or not at all
            return None
        if name == "cohort_place":
            return ""
        raise ValueError(name)
    return _reader(column)(cell)


def _reader(column: Column[Any]) -> Callable[[str], Any]:
    match column.type:
        case OneOf(enum_class=type() as kind):
            return kind
        case Moment():
            return _moment
        case Date():
            return date.fromisoformat
        case Integer():
            return int
        case _:
            return str


def _moment(cell: str) -> datetime:
    found = datetime.fromisoformat(cell)
    if found.tzinfo is None:
        raise ValueError("a moment needs a time zone")
    return found.astimezone(UTC)
