"""How one figure is written, the same in every format."""

from __future__ import annotations

from reports import texts
from reports.report import Figure
from reports.slovenian import NO_BREAK, number, percent


def written(figure: Figure) -> str:
    """The value with its interval and note: »+0,8 (+0,4 do +1,2)«, »63 %«, »15 od 24«, »premalo odgovorov«."""
    if figure.value is None:
        return figure.note or texts.TOO_FEW
    words = value(figure)
    if figure.low is not None and figure.high is not None:
        words += f" ({_bound(figure, figure.low)} do {_bound(figure, figure.high)})"
    return f"{words}, {figure.note}" if figure.note else words


def value(figure: Figure) -> str:
    """The bare value."""
    if figure.value is None:
        return "–"
    if figure.unit == "share":
        return percent(figure.value, figure.decimals)
    words = number(figure.value, figure.decimals, signed=figure.signed)
    if figure.unit == "people" and figure.n is not None and figure.n != figure.value:
        return f"{words}{NO_BREAK}od{NO_BREAK}{number(figure.n)}"
    return words


def _bound(figure: Figure, x: float) -> str:
    return percent(x, figure.decimals) if figure.unit == "share" else number(x, figure.decimals, signed=figure.signed)
