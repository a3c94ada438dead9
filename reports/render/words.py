"""How one figure is written, the same in every format."""

from __future__ import annotations

from reports import texts
from reports.report import Figure, Table
from surveys.locale_sl import NO_BREAK, number, percent, told

_UNSAID = (texts.TOO_FEW, texts.HIDDEN, texts.UNKNOWN, texts.NO_VALUE)  # instead of a number
_PAIR = 2  # columns


def written(figure: Figure) -> str:
    """The value with its interval and note: »+0,8 (+0,4 do +1,2)«, »63 %«, »15 od 24«, »premalo odgovorov«."""
    if figure.value is None:
        return figure.note or texts.TOO_FEW
    return " ".join([value(figure), *([words] if (words := beside(figure)) else [])])


def value(figure: Figure) -> str:
    """The bare value; a dash where there is none."""
    if figure.value is None:
        return texts.NO_VALUE
    if figure.unit == "share":
        return percent(figure.value, figure.decimals)
    words = number(figure.value, figure.decimals, signed=figure.signed)
    if figure.unit == "people" and figure.n is not None and figure.n != figure.value:
        return f"{words}{NO_BREAK}od{NO_BREAK}{number(figure.n)}"
    return words


def beside(figure: Figure) -> str:
    """What stands beside the value: the interval and the note, in brackets; often nothing."""
    interval = ""
    if figure.low is not None and figure.high is not None:
        interval = f"{bound(figure, figure.low)}{NO_BREAK}do{NO_BREAK}{bound(figure, figure.high)}"
    words = "; ".join(part for part in (interval, figure.note) if part)
    return f"({words})" if words else ""


def bars(table: Table) -> bool:
    """Whether bars stand behind the cells: in a table of shares alone, whose lengths may be compared."""
    return len(table.columns) == _PAIR and all(
        isinstance(row[1], Figure) and row[1].unit == "share" for row in table.rows
    )


def share(cell: str | Figure) -> float | None:
    """How long the bar behind a cell is: a share without an interval, between 0 and 1."""
    return cell.value if isinstance(cell, Figure) and cell.unit == "share" and cell.low is None else None


def cells_of_words(table: Table) -> list[bool]:
    """For each column whether it holds words, which begin at the left; numbers end at the right."""
    return [index == 0 or _holds_words([row[index] for row in table.rows]) for index in range(len(table.columns))]


def _holds_words(cells: list[str | Figure]) -> bool:
    return any(cells) and not any(isinstance(cell, Figure) or _counts(cell) for cell in cells)


def _counts(cell: str) -> bool:
    return cell in _UNSAID or any(letter.isdigit() for letter in cell)


def bound(figure: Figure, x: float) -> str:
    """An end of the interval of a figure."""
    return percent(x, figure.decimals) if figure.unit == "share" else told(x, figure.decimals, signed=figure.signed)
