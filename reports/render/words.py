"""How one figure is written, the same in every format."""

from __future__ import annotations

from reports import texts
from reports.report import Figure
from reports.slovenian import NO_BREAK, number, percent


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
        interval = f"{_bound(figure, figure.low)}{NO_BREAK}do{NO_BREAK}{_bound(figure, figure.high)}"
    told = "; ".join(part for part in (interval, figure.note) if part)
    return f"({told})" if told else ""


def _bound(figure: Figure, x: float) -> str:
    return percent(x, figure.decimals) if figure.unit == "share" else number(x, figure.decimals, signed=figure.signed)
