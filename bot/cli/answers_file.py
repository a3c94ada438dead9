"""The CSV of raw answers, as `answers export` writes and `answers import` reads it: cells, columns, lines."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from enum import Enum
from itertools import chain
from pathlib import Path
from typing import Any

from pydantic import ValidationError
from sqlalchemy import Column, Date, Integer
from sqlalchemy import Enum as OneOf

from bot.cli.problem import CommandProblem
from storage.answers.records import FIELDS, Record
from storage.types import Moment
from surveys import csv_text
from surveys.model import Questionnaire

_FIRST = ("code", "programme", "cohort", "wave", "item", "value", "label", "non_answer", "mode", "answered_at")
COLUMNS = (*_FIRST, *(name for name in FIELDS if name not in _FIRST))
_LATER = {  # columns that older exports lack, and what holds there
    "role": "participant",
    "allocation": "",
    "consent_text_kind": "",
    "consent_text_hash": "",
    "consent_text_derived_at": "",
}
MADE_UP = "made_up"  # a column more in what a demo writes


@dataclass(frozen=True, slots=True)
class AnswersTable:
    """A table as somebody keeps it: each row by the names in the heading, with the line on which it begins."""

    heading: tuple[str, ...]
    rows: tuple[tuple[int, dict[str, str]], ...]


def write(records: Iterable[Record], *, made_up: bool = False) -> bytes:
    """Records with all of `FIELDS`, and a `label`; where they are made up, each row says so."""
    mark = (MADE_UP,) if made_up else ()
    rows = ([*(as_cell(record[name]) for name in COLUMNS), *("1" for _ in mark)] for record in records)
    return csv_text.written(chain([(*COLUMNS, *mark)], rows)).encode("utf-8")


def read(file: Path) -> AnswersTable:
    """A table with commas, semicolons or tabs, in UTF-8, with or without a byte order mark."""
    try:
        text = file.read_bytes().decode("utf-8-sig")
    except OSError as problem:
        raise CommandProblem(f"{file} cannot be read: {problem.strerror}.") from None
    except UnicodeDecodeError:
        raise CommandProblem(f"{file} is not UTF-8: save it as »CSV UTF-8«.") from None
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
        raise CommandProblem(f"{file} cannot be read: line {reader.line_num}: {problem}.") from None
    if not rows:
        raise CommandProblem(f"{file} is empty.")
    heading = tuple(cell.strip() for cell in rows[0][1])
    return AnswersTable(heading, tuple((line, _named(file, line, heading, row)) for line, row in rows[1:]))


def is_export(heading: Iterable[str]) -> bool:
    """Whether a table with these columns is an export, be it of an older version."""
    return set(COLUMNS) - set(_LATER) <= set(heading)


def read_record(cells: Mapping[str, str]) -> Record:
    """A row of an export as a record. Raises ValueError with the names of the cells that cannot be read."""
    record: Record = {}
    wrong = []
    for name, column in FIELDS.items():
        try:
            cell = cells[name] if name in cells else _LATER[name]
            record[name] = _read_cell(name, column, cell)
        except ValueError:
            wrong.append(name)
    if wrong:
        raise ValueError(", ".join(wrong))
    return record


def as_cell(value: Any) -> object:
    """What is written of a value: whole numbers and text as they are."""
    match value:
        case None:
            return ""
        case Enum():
            return str(value.value)
        case datetime():
            return value.isoformat()
        case date():
            return value.isoformat()
    return value


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
    except (OSError, ValueError, AttributeError, ValidationError, RecursionError):
        raise CommandProblem(f"{file} cannot be read as the definitions of an export.") from None
    damaged = [version for version, questionnaire in found.items() if questionnaire.hash != version]
    if damaged:
        raise CommandProblem(f"{file} is damaged: the questionnaire {damaged[0]} is not what its hash says.")
    return found


def _named(file: Path, line: int, heading: Sequence[str], row: Sequence[str]) -> dict[str, str]:
    if len(row) > len(heading) and any(row[len(heading) :]):
        raise CommandProblem(f"{file}: line {line} has more cells than the heading.")
    cells = [*row, *[""] * len(heading)][: len(heading)]
    return dict(zip(heading, map(csv_text.bare, cells), strict=True))


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
