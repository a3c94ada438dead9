"""A form as a spreadsheet shows it: sheets of rows with their numbers, under headings as they are written."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

SURVEY, CHOICES, SETTINGS = "survey", "choices", "settings"
OTHERS = ("external_choices", "entities", "osm")
KNOWN = (SURVEY, CHOICES, SETTINGS, *OTHERS)

NumberedRow = tuple[int, Sequence[str]]


@dataclass(frozen=True, slots=True)
class FormRow:
    """A row with its number as the spreadsheet shows it, and its cells by heading; empty ones are left out."""

    number: int
    cells: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class FormSheet:
    """A sheet: its name as written, the number of the row of its headings, and these as written."""

    name: str
    heading: int
    columns: tuple[str, ...]
    rows: tuple[FormRow, ...]

    @property
    def kind(self) -> str:
        """What it is by its name."""
        return sheet_kind(self.name)


def sheet_kind(name: str) -> str:
    """A name of a sheet as it is compared."""
    return name.strip().lower()


def sheet_of(name: str, rows: Iterable[NumberedRow]) -> FormSheet | None:
    """The sheet that these rows make; the first that says something has the headings. None where none does."""
    told = [(number, cells) for number, cells in rows if any(cells)]
    if not told:
        return None
    number, headings = told[0]
    columns = tuple(heading for heading in headings if heading)
    named = [
        FormRow(row, {heading: cell for heading, cell in zip(headings, cells, strict=False) if heading and cell})
        for row, cells in told[1:]
    ]
    return FormSheet(name, number, columns, tuple(row for row in named if row.cells))


def divided(rows: Sequence[NumberedRow]) -> list[FormSheet]:
    """The sheets of a text file: ODK writes all into one, each below its name in the first column.

    A file without such names is the sheet of questions.
    """
    if not any(_is_title(cells) for _, cells in rows):
        sheets = [sheet_of(SURVEY, rows)]
    else:
        parts: list[tuple[str, list[NumberedRow]]] = []
        for number, cells in rows:
            if _is_title(cells):
                parts.append((cells[0], []))
            elif parts:
                parts[-1][1].append((number, cells[1:]))
        sheets = [sheet_of(name, part) for name, part in parts]
    return [sheet for sheet in sheets if sheet is not None]


def _is_title(cells: Sequence[str]) -> bool:
    return bool(cells) and sheet_kind(cells[0]) in KNOWN and not any(cells[1:])
