"""A figure as cells of a spreadsheet: real numbers with the look that `reports.render.words` writes. Knows no sheet."""

from __future__ import annotations

from dataclasses import dataclass

from reports.render.words import written
from reports.report import Figure
from surveys.locale_sl import MINUS, rounded

_THOUSANDS = "[>=10000]#,##0;0"  # four digits are read without a dot


@dataclass(frozen=True, slots=True)
class Amount:
    """A number with the number format in which it is shown."""

    number: float | int
    form: str


Cell = str | Amount


def number_format(figure: Figure, *numbers: float) -> str:
    """`0 %` for shares, `0.0` with a sign for changes, a dot between thousands only from 10.000 on.

    With one decimal more where that is needed to see one of the numbers as it is (`reports.disclosure.rounding`).
    """
    places = figure.decimals + 2 * (figure.unit == "share")
    decimals = figure.decimals + any(rounded(x, places) != x for x in numbers)
    digits = "0." + "0" * decimals if decimals else "0"
    body = f"{digits} %" if figure.unit == "share" else digits
    if figure.signed:
        return f'+{body};"{MINUS}"{body};{body}'
    if figure.unit == "share":
        return body
    return f'{body};"{MINUS}"{body}' if decimals else _THOUSANDS


def value_cell(figure: Figure) -> Cell:
    """The value as a number; empty where it is not shown, because columns hold either numbers or words."""
    if figure.value is None:
        return ""
    return Amount(figure.value, number_format(figure, figure.value))


def bounds(figure: Figure) -> tuple[Cell, Cell]:
    """Both ends of the interval; empty where there is none or the value is hidden."""
    if figure.value is None or figure.low is None or figure.high is None:
        return "", ""
    low, high = (Amount(end, number_format(figure, end)) for end in (figure.low, figure.high))
    return low, high


def counted_of(figure: Figure) -> bool:
    """Whether the value is a part of n people: »15 od 24«."""
    return figure.value is not None and figure.unit == "people" and figure.n not in (None, figure.value)


def people_cell(figure: Figure) -> Cell:
    """How many people are behind a value that is shown."""
    return "" if figure.value is None or figure.n is None else Amount(figure.n, _THOUSANDS)


def note_cell(figure: Figure) -> str:
    """The note beside a value, or why there is none."""
    return written(figure) if figure.value is None else figure.note


def words_of(cell: Cell) -> str:
    """The words of a cell; none of a number."""
    match cell:
        case Amount():
            return ""
        case words:
            return words
