"""Numbers, days and plurals as Slovenian writes them; knows nothing of reports and imports nothing heavy."""

from __future__ import annotations

from datetime import date
from decimal import ROUND_HALF_UP, Decimal

NO_BREAK = "\N{NO-BREAK SPACE}"
MINUS = "\N{MINUS SIGN}"
MISSING = "–"
_FORMS = 5  # n % 100 from here on takes the last form


def plural(n: int, one: str, two: str, few: str, other: str) -> str:
    """The one of four whole phrases that agrees with a count (CLDR: by n % 100); 101 takes `one`, 0 `other`."""
    last = abs(n) % 100
    return (other, one, two, few, few)[last] if last < _FORMS else other


def counted(n: int, one: str, two: str, few: str, other: str) -> str:
    """The count and its noun, kept on one line: »2 vprašanji«."""
    return f"{number(n)}{NO_BREAK}{plural(n, one, two, few, other)}"


def number(x: float, decimals: int = 0, *, signed: bool = False) -> str:
    """A number with a decimal comma, halves rounded away from zero, a dot between thousands from 10.000 on.

    With `signed` what is above zero gets a plus; what is rounded to zero never has a sign.
    """
    shown = _decimal(x, decimals)
    whole, _, rest = str(abs(shown)).partition(".")
    if len(whole) > 4:  # noqa: PLR2004 - four digits are read without a dot
        whole = f"{int(whole):,}".replace(",", ".")
    sign = MINUS if shown < 0 else "+" if signed and shown > 0 else ""
    return sign + whole + ("," + rest if rest else "")


def rounded(x: float, decimals: int) -> float:
    """The number that `number` writes, as a number; never a negative zero."""
    return float(_decimal(x, decimals)) + 0.0


def _decimal(x: float, decimals: int) -> Decimal:
    return Decimal(str(x)).quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)


def percent(share: float, decimals: int = 0) -> str:
    """A share between 0 and 1 as »35 %«, with a space that does not break."""
    return f"{number(float(Decimal(str(share)) * 100), decimals)}{NO_BREAK}%"


def day(when: date) -> str:
    """A date as »22. 11. 2026«, on one line."""
    return f"{when.day}.{NO_BREAK}{when.month}.{NO_BREAK}{when.year}"


def quoted(words: str) -> str:
    """Words between Slovenian quotes: »…«."""
    return f"»{words.strip().strip('»«')}«"
