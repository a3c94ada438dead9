"""A figure as cells of a spreadsheet: real numbers with the look that `reports.render.words` writes. Knows no sheet."""

from __future__ import annotations

from dataclasses import dataclass

from reports.render.words import written
from reports.report import Figure
from reports.slovenian import MINUS

_THOUSANDS = "[>=10000]#,##0;0"  # four digits are read without a dot


@dataclass(frozen=True, slots=True)
class Amount:
    """A number with the number format in which it is shown."""

    number: float | int
    form: str


@dataclass(frozen=True, slots=True)
class Hidden:
    """The words that stand where a number is not shown."""

    words: str


Cell = str | Amount | Hidden


def number_format(figure: Figure) -> str:
    """`0 %` for shares, `0.0` with a sign for changes, a dot between thousands only from 10.000 on."""
    digits = "0." + "0" * figure.decimals if figure.decimals else "0"
    body = f"{digits} %" if figure.unit == "share" else digits
    if figure.signed:
        return f'+{body};"{MINUS}"{body};{body}'
    if figure.unit == "share":
        return body
    return f'{body};"{MINUS}"{body}' if figure.decimals else _THOUSANDS


def value_cell(figure: Figure) -> Amount | Hidden:
    """The value as a number, or why it is not shown."""
    if figure.value is None:
        return Hidden(written(figure))
    return Amount(figure.value, number_format(figure))


def bounds(figure: Figure) -> tuple[Cell, Cell]:
    """Both ends of the interval; empty where there is none or the value is hidden."""
    if figure.value is None or figure.low is None or figure.high is None:
        return "", ""
    form = number_format(figure)
    return Amount(figure.low, form), Amount(figure.high, form)


def counted_of(figure: Figure) -> bool:
    """Whether the value is a part of n people: »15 od 24«."""
    return figure.value is not None and figure.unit == "people" and figure.n not in (None, figure.value)


def people_cell(figure: Figure) -> Cell:
    """How many people are behind a value that is shown."""
    return "" if figure.value is None or figure.n is None else Amount(figure.n, _THOUSANDS)


def note_cell(figure: Figure) -> str:
    """The note beside a value; of a hidden one it stands in its place."""
    return "" if figure.value is None else figure.note


def words_of(cell: Cell) -> str:
    """The words of a cell; none of a number."""
    match cell:
        case Amount():
            return ""
        case Hidden(words):
            return words
        case words:
            return words
