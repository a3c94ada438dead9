"""One sheet while it is written: looks, widths and the set-up for printing. Knows no report.

Whatever people wrote goes in as a string, so that nothing of it is ever a formula, a link or a number.
"""

from __future__ import annotations

from collections.abc import Sequence
from textwrap import wrap
from typing import Any, Literal

from xlsxwriter import Workbook
from xlsxwriter.format import Format

from reports.charts.drawing import TONES
from reports.render.sheets.cells import Amount, Cell, words_of
from reports.texts import sheets as texts

Look = Literal[
    "title", "subtitle", "demo", "heading", "lead", "strong", "words", "muted", "link",
    "head", "namehead", "asidehead", "name", "aside", "cell",
]  # fmt: skip
SOFT, PALE, MIDDLE, ACCENT = TONES[0], TONES[1], TONES[2], TONES[-1]
_INK, _MUTED = "#1b1f24", "#4d5761"
_A4 = 9
_LINE, _AIR = 15, 3  # points
_STANDARD = 9  # characters of a column without a width
_NOTED = 6  # columns that a note has at least
_FOOTER = 100  # characters of each of two parts; together a footer takes 255
_SIZE = 11  # points
_FONT = {"font_name": "Calibri", "font_size": _SIZE, "font_color": _INK, "valign": "vcenter"}
_RULED = {**_FONT, "bottom": 1, "bottom_color": SOFT}
_HEAD = {**_FONT, "bold": True, "bg_color": SOFT, "bottom": 1, "text_wrap": True, "valign": "bottom"}
_LOOKS: dict[Look, dict[str, Any]] = {
    "title": {**_FONT, "font_size": 18, "bold": True, "font_color": ACCENT},
    "subtitle": {**_FONT, "font_color": _MUTED},
    "demo": {**_FONT, "bold": True, "bg_color": "#ffd479"},
    "heading": {**_FONT, "font_size": 14, "bold": True, "font_color": ACCENT, "bottom": 2, "bottom_color": ACCENT},
    "lead": {**_FONT, "font_size": 13, "bold": True, "text_wrap": True},
    "strong": {**_FONT, "bold": True},
    "words": {**_FONT, "text_wrap": True},
    "muted": {**_FONT, "font_color": _MUTED, "text_wrap": True},
    "head": {**_HEAD, "align": "right"},
    "namehead": _HEAD,
    "asidehead": {**_HEAD, "align": "left", "indent": 1},
    "name": {**_RULED, "text_wrap": True},
    "aside": {**_RULED, "text_wrap": True, "align": "left", "indent": 1},
    "cell": {**_RULED, "align": "right", "text_wrap": True},
    "link": {**_FONT, "font_color": ACCENT, "underline": 1},
}


class StyledWorkbook:
    """The workbook with its looks and the names of its sheets."""

    def __init__(self, workbook: Workbook, footer: str, demo: str) -> None:
        self.workbook = workbook
        self.demo = demo  # said on every sheet; empty where the answers are real
        self._footer = footer
        self._formats: dict[tuple[Look, str], Format] = {}

    def page(self, name: str, *, scale: int = 0) -> Worksheet:
        """The next sheet on A4 across, as wide as the paper or at a scale in percent, with its name at the foot."""
        sheet = self.workbook.add_worksheet(name)
        sheet.set_paper(_A4)
        sheet.set_landscape()
        sheet.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.7)
        sheet.hide_gridlines(2)
        sheet.set_footer(f"&L{_no_codes(self._footer)}&R{_no_codes(name)}, {texts.PAGE}")
        if scale:
            sheet.set_print_scale(scale)
        else:
            sheet.fit_to_pages(1, 0)
        return Worksheet(self, sheet, name)

    def look(self, look: Look, form: str = "") -> Format:
        """The format of a look with a number format, made once."""
        key = (look, form)
        if key not in self._formats:
            properties = {**_LOOKS[look], **({"num_format": form} if form else {})}
            self._formats[key] = self.workbook.add_format(properties)
        return self._formats[key]


class Worksheet:
    """One sheet; rows and columns are counted from 0."""

    def __init__(self, book: StyledWorkbook, sheet: Any, name: str) -> None:
        self.book = book
        self.sheet = sheet
        self.name = name
        self.row = 0  # the next free one
        self._widths: dict[int, float] = {}

    def line(self, words: str, look: Look) -> None:
        """Words in the first column, and on to the next row."""
        self.put(self.row, 0, words, look)
        self._end([(words, self._width(0))] if _LOOKS[look].get("text_wrap") else [], look)

    def put(self, row: int, column: int, cell: Cell, look: Look = "cell") -> None:
        """One cell: a number as a number, everything else as a string."""
        match cell:
            case Amount(number, form):
                self.sheet.write_number(row, column, number, self.book.look(look, form))
            case "":
                self.sheet.write_blank(row, column, None, self.book.look(look))  # empty, so that sums pass over it
            case words:
                self.sheet.write_string(row, column, words, self.book.look(look))

    def heads(self, heads: Sequence[str], *, names: Sequence[int] = (0,)) -> None:
        """The names of the columns, and on to the next row."""
        for column, words in enumerate(heads):
            self.put(self.row, column, words, _name("namehead", "asidehead", column) if column in names else "head")
        self._end([(words, self._width(column)) for column, words in enumerate(heads)], "head")

    def cells(self, cells: Sequence[Cell], *, names: Sequence[int] = (0,)) -> None:
        """One row of cells, those in the columns `names` to the left, and on to the next row."""
        for column, cell in enumerate(cells):
            self.put(self.row, column, cell, _name("name", "aside", column) if column in names else "cell")
        self._end([(words_of(cell), self._width(column)) for column, cell in enumerate(cells)], "cell")

    def title(self, words: str) -> None:
        """What the sheet shows and, in a row of its own, that the answers are made up."""
        self.line(words, "title")
        if self.book.demo:
            self.line(self.book.demo, "demo")

    def hold(self) -> None:
        """Keeps all rows so far in sight, on the screen and on every printed page."""
        self.sheet.freeze_panes(self.row, 1)
        self.sheet.repeat_rows(0, self.row - 1)

    def link(self, sheet: str, words: str = "") -> None:
        """A way to another sheet of this workbook, and on to the next row."""
        place = "internal:'" + sheet.replace("'", "''") + "'!A1"
        self.sheet.write_url(self.row, 0, place, self.book.look("link"), words or sheet)
        self.row += 1

    def note(self, words: str, columns: int, look: Look = "muted") -> None:
        """Words over several columns, and on to the next row."""
        last = max(columns, _NOTED) - 1
        self.sheet.merge_range(self.row, 0, self.row, last, "", self.book.look(look))
        self.put(self.row, 0, words, look)
        room = sum(self._width(column) for column in range(last + 1))
        self._end([(words, room)], look)

    def rule(self, words: str, columns: int, look: Look) -> None:
        """A heading whose line goes on over several columns, and on to the next row."""
        for column in range(1, columns):
            self.sheet.write_blank(self.row, column, None, self.book.look(look))
        self.line(words, look)

    def bars(self, column: int, top: int, bottom: int) -> None:
        """Shares between 0 and 1 with bars behind them."""
        look = {"type": "data_bar", "bar_solid": True, "bar_color": PALE, "bar_border_color": PALE}
        ends = {"min_type": "num", "min_value": 0, "max_type": "num", "max_value": 1}
        self.sheet.conditional_format(top, column, bottom, column, {**look, **ends})

    def widths(self, widths: Sequence[float]) -> None:
        """The width of each column, in characters."""
        for column, width in enumerate(widths):
            self.sheet.set_column(column, column, width)
            self._widths[column] = width

    def _width(self, column: int) -> float:
        return self._widths.get(column, _STANDARD)

    def _end(self, wrapped: Sequence[tuple[str, float]], look: Look) -> None:
        """Makes the row as high as its words need in their room: not every program does so by itself."""
        size = _LOOKS[look]["font_size"]
        lines = max((_lines(words, room * _SIZE / size) for words, room in wrapped), default=1)
        self.sheet.set_row(self.row, lines * _LINE * size / _SIZE + _AIR)
        self.row += 1


def _name(first: Look, other: Look, column: int) -> Look:
    """Names keep away from the numbers to their left."""
    return other if column else first


def _lines(words: str, width: float) -> int:
    """How many lines the words take in so many characters."""
    return sum(max(1, len(wrap(part, max(1, int(width))))) for part in words.split("\n"))


def _no_codes(words: str) -> str:
    """Words for a footer, in which & begins a code."""
    return words.replace("&", "&&")[:_FOOTER]
