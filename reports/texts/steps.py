"""A mean change in steps of its scale, in words: coarse, because that is how exactly a reader has to know it."""

from __future__ import annotations

from surveys.locale_sl import rounded

# below which change in steps; what it is; the same behind »od« and »do«
_WORDS = (
    (0.15, "skoraj nič", "skoraj nič"),
    (0.35, "manj kot pol stopnje", "manj kot pol stopnje"),
    (0.65, "približno pol stopnje", "približno pol stopnje"),
    (0.85, "manj kot ena stopnja", "manj kot ene stopnje"),
    (1.25, "približno ena stopnja", "približno ene stopnje"),
    (1.75, "približno stopnja in pol", "približno stopnje in pol"),
    (2.25, "približno dve stopnji", "približno dveh stopenj"),
)
_MORE = ("več kot dve stopnji", "več kot dveh stopenj")


def steps(change: float) -> str:
    """»približno pol stopnje navzgor«, »skoraj nič«; `change` in steps, as it is shown (one decimal)."""
    return f"{_found(change)[0]}{_way(change)}"


def of_steps(change: float) -> str:
    """The same behind »od« and »do«: »približno ene stopnje navzgor«."""
    return f"{_found(change)[1]}{_way(change)}"


def _found(change: float) -> tuple[str, str]:
    size = abs(rounded(change, 1))
    return next(((words, of) for below, words, of in _WORDS if size < below), _MORE)


def _way(change: float) -> str:
    if abs(rounded(change, 1)) < _WORDS[0][0]:
        return ""
    return " navzgor" if change > 0 else " navzdol"
