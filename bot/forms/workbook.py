"""How far the workbook of a form is read, and its sheets."""

from __future__ import annotations

from bot.workbooks.book import Book, BookRules
from surveys.xlsform.sheets import FormSheet, divided, sheet_of

_HEADINGS = frozenset({"type", "name", "label", "list_name", "list name", "relevant", "form_title", "form_id"})


def is_heading(cell: str) -> bool:
    """Whether a column of a form is called so."""
    return cell.strip().strip('"').partition(":")[0].lower() in _HEADINGS


FORMS = BookRules(
    rows=20_000,  # the longest list of choices that is in public forms has some 12,000
    columns=300,  # many languages
    letters=10_000,
    elements=6_000_000,  # ten seconds: formatting down to the last row of a sheet fits
    area=6_000_000,
    exact=True,
    is_heading=is_heading,
    top=20,
)


def sheets(book: Book) -> list[FormSheet]:
    """The sheets of a form, hidden ones too: authors hide the choices. A CSV is divided into those it names."""
    if len(book.sheets) == 1 and not book.sheets[0].name:
        return divided([(row.number, row.cells) for row in book.sheets[0].rows])
    found = (sheet_of(one.name, ((row.number, row.cells) for row in one.rows)) for one in book.sheets)
    return [sheet for sheet in found if sheet is not None]
