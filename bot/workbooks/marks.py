"""What python-calamine does not tell of a sheet: what is hidden, which cells are errors, how far it goes.

Written after ECMA-376, part 1: 18.3.1 (sheets of Excel), and OpenDocument 1.3, part 3: 9.1 (tables).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from bot.workbooks.archive import Attributes
from bot.workbooks.book import BookRules, Unreadable, UnreadableError

_REFERENCE = re.compile(r"\$?([A-Z]{1,3})\$?([1-9][0-9]{0,6})")
_WHOLE = re.compile(r"[0-9]{1,8}")
_MOST_ERRORS = 10_000
_YES = frozenset({"1", "true"})
_EMPTY_NUMBERS = frozenset({"0", "0.0", "0.00"})


@dataclass(slots=True)
class Marks:
    """Of one sheet; rows and columns are counted from 0."""

    rules: BookRules
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    errors: dict[tuple[int, int], str] = field(default_factory=dict)
    _rows: int = 0
    _columns: int = 0

    def fill(self, row: int, column: int) -> None:
        """Something stands there. Raises UnreadableError where that is too far away from the rest."""
        self._rows, self._columns = max(self._rows, row + 1), max(self._columns, column + 1)
        if self._rows * self._columns > self.rules.area:  # so many are laid out in memory
            raise UnreadableError(Unreadable.SWOLLEN, self._rows)

    def hide_columns(self, first: int, last: int) -> None:
        """These columns are hidden."""
        self.hidden_columns.update(range(min(first, self.rules.columns), min(last + 1, self.rules.columns)))

    def add_error(self, row: int, column: int, words: str) -> None:
        """An error stands there, which calamine takes for nothing."""
        if len(self.errors) < _MOST_ERRORS:
            self.errors[row, column] = words


class ExcelSheet:
    """Reads the part of a sheet of Excel."""

    def __init__(self, rules: BookRules) -> None:
        self.marks = Marks(rules)
        self._row = self._column = -1
        self._error = False
        self._words: list[str] | None = None

    def start(self, name: str, attributes: Attributes) -> None:
        """A column, a row, a cell or what stands in it."""
        match name:
            case "c":
                self._cell(attributes)
            case "is" | "f":
                self.marks.fill(self._row, self._column)
            case "v" | "t":
                self.marks.fill(self._row, self._column)
                self._words = [] if self._error and name == "v" else None
            case "row":
                self._row = _whole(attributes.get("r"), self._row + 2) - 1
                self._column = -1
                if attributes.get("hidden") in _YES or attributes.get("ht") in _EMPTY_NUMBERS:
                    self.marks.hidden_rows.add(self._row)
            case "col" if attributes.get("hidden") in _YES or attributes.get("width") in _EMPTY_NUMBERS:
                first = _whole(attributes.get("min"), 1)
                self.marks.hide_columns(first - 1, _whole(attributes.get("max"), first) - 1)

    def text(self, words: str) -> None:
        """The words of an error."""
        if self._words is not None:
            self._words.append(words[:20])

    def end(self, name: str) -> None:
        """An error is complete."""
        if name == "v" and self._words is not None:
            self.marks.add_error(self._row, self._column, "".join(self._words))
            self._words = None

    def _cell(self, attributes: Attributes) -> None:
        reference = attributes.get("r")
        self._error = attributes.get("t") == "e"
        if reference is None:
            self._column += 1
            return
        found = _REFERENCE.fullmatch(reference) if len(reference) < 16 else None  # noqa: PLR2004 - the longest has 12
        if found is None:
            raise UnreadableError(Unreadable.DAMAGED)
        self._row, self._column = int(found[2]) - 1, _column(found[1])
        if "t" in attributes:  # of a kind, hence perhaps with a value
            self.marks.fill(self._row, self._column)


class SharedStrings:
    """Reads how many texts the cells share, for which calamine makes room before it has seen one."""

    def __init__(self, rules: BookRules) -> None:
        self._most = rules.area

    def start(self, name: str, attributes: Attributes) -> None:
        """The table of texts, or one of them."""
        if name == "sst" and max(_whole(attributes.get(one), 0) for one in ("count", "uniqueCount")) > self._most:
            raise UnreadableError(Unreadable.SWOLLEN)

    def text(self, words: str) -> None:
        """Words say nothing here."""

    def end(self, name: str) -> None:
        """Nor do ends."""


class Tables:
    """Reads the tables of an OpenDocument file, each with its marks."""

    def __init__(self, rules: BookRules) -> None:
        self._rules = rules
        self.marks: list[Marks] = []
        self._row = self._column = self._next_column = 0
        self._rows = self._cells = 1  # how often the row, the cell is repeated
        self._groups: list[bool] = []  # whether each group of rows around is folded away
        self._filled = False

    def start(self, name: str, attributes: Attributes) -> None:
        """A table, a column, a row, a cell or what stands in it."""
        if name == "table":
            self.marks.append(Marks(self._rules))
            self._row = self._next_column = 0
        elif not self.marks:
            return
        match name:
            case "table-column":
                self._columns(attributes)
            case "table-row-group":
                self._groups.append(attributes.get("display") == "false")
            case "table-row":
                self._begin_row(attributes)
            case "table-cell" | "covered-table-cell":
                self._cells = _whole(attributes.get("number-columns-repeated"), 1)
                self._filled = "value-type" in attributes
            case "p":
                self._filled = True

    def text(self, words: str) -> None:
        """Words say nothing here."""

    def end(self, name: str) -> None:
        """A row or a cell is complete."""
        match name:
            case "table-cell" | "covered-table-cell" if self.marks:
                if self._filled:
                    self.marks[-1].fill(self._row + self._rows - 1, self._column + self._cells - 1)
                self._column += self._cells
            case "table-row":
                self._row += self._rows
            case "table-row-group":
                self._groups.pop()

    def _columns(self, attributes: Attributes) -> None:
        many = _whole(attributes.get("number-columns-repeated"), 1)
        if attributes.get("visibility", "visible") != "visible":
            self.marks[-1].hide_columns(self._next_column, self._next_column + many - 1)
        self._next_column += many

    def _begin_row(self, attributes: Attributes) -> None:
        self._rows, self._column = _whole(attributes.get("number-rows-repeated"), 1), 0
        if attributes.get("visibility", "visible") != "visible" or any(self._groups):
            last = min(self._row + self._rows, self._rules.area)
            self.marks[-1].hidden_rows.update(range(self._row, last))


def _whole(written: str | None, otherwise: int) -> int:
    if written is None:
        return otherwise
    if _WHOLE.fullmatch(written) is None:
        raise UnreadableError(Unreadable.DAMAGED)
    return int(written)


def _column(letters: str) -> int:
    """0 for A, 27 for AB."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1
