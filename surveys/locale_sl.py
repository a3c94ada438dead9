"""Numbers, days and plurals as Slovenian writes them; knows nothing of reports and imports nothing heavy."""

from __future__ import annotations

import math
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

NO_BREAK = "\N{NO-BREAK SPACE}"
MINUS = "\N{MINUS SIGN}"
MISSING = "–"
MONTHS = (
    *("januar", "februar", "marec", "april", "maj", "junij"),
    *("julij", "avgust", "september", "oktober", "november", "december"),
)
OF_MONTHS = (
    *("januarja", "februarja", "marca", "aprila", "maja", "junija"),
    *("julija", "avgusta", "septembra", "oktobra", "novembra", "decembra"),
)
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


def told(x: float, decimals: int = 0, *, signed: bool = False) -> str:
    """An end of an interval: half of the last decimal place, with one place more, where it would be rounded to zero.

    See `reports.disclosure.rounding`.
    """
    least = half(decimals)
    if 0 < abs(x) <= least:
        return number(math.copysign(least, x), decimals + 1, signed=signed)
    return number(x, decimals, signed=signed)


def between(low: float, high: float, decimals: int = 0) -> str:
    """Both ends of the interval of a change: »od +0,2 do +1,1«."""
    return f"od {told(low, decimals, signed=True)} do {told(high, decimals, signed=True)}"


def half(decimals: int) -> float:
    """Half of the last decimal place: 0,05 for one decimal."""
    return float(Decimal(5).scaleb(-decimals - 1))


def rounded(x: float, decimals: int) -> float:
    """The number that `number` writes, as a number; never a negative zero."""
    return float(_decimal(x, decimals)) + 0.0


def _decimal(x: float, decimals: int) -> Decimal:
    return Decimal(str(x)).quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)


def percent(share: float, decimals: int = 0) -> str:
    """A share between 0 and 1 as »35 %«, with a space that does not break; »0 %« is none and »100 %« is all."""
    shown = rounded_share(share, decimals)
    exact = Decimal(str(shown)) * 100
    more = shown != rounded(shown, decimals + 2)
    return f"{number(float(exact), decimals + more)}{NO_BREAK}%"


def rounded_share(share: float, decimals: int = 0) -> float:
    """The share that `percent` writes, as a number: what is neither none nor all is never rounded to either."""
    least = half(decimals + 2)
    if 0 < share <= least:
        return least
    if 1 - least <= share < 1:
        return float(1 - Decimal(str(least)))
    return rounded(share, decimals + 2)


def day(when: date) -> str:
    """A date as »22. 11. 2026«, on one line."""
    return f"{when.day}.{NO_BREAK}{when.month}.{NO_BREAK}{when.year}"


def month(when: date) -> str:
    """The month of a date as »maj 1999«, on one line."""
    return f"{MONTHS[when.month - 1]}{NO_BREAK}{when.year}"


def dated(when: date, accuracy: str) -> str:
    """A date as exactly as it is known, to the »day«, »month« or »year«: »22. 11. 2026«, »november 2026«, »2026«."""
    return day(when) if accuracy == "day" else month(when) if accuracy == "month" else str(when.year)


def short_day(when: date) -> str:
    """A date without its year: »22. 11.«, on one line."""
    return f"{when.day}.{NO_BREAK}{when.month}."


def days(first: date, last: date) -> str:
    """All days between two dates: »16.–22. 11. 2026«, »30. 11.–6. 12. 2026«, »28. 12. 2026–3. 1. 2027«."""
    if first == last:
        return day(last)
    if first.year != last.year:
        return f"{day(first)}–{day(last)}"
    return f"{f'{first.day}.' if first.month == last.month else short_day(first)}–{day(last)}"


def quoted(words: str) -> str:
    """Words between Slovenian quotes: »…«."""
    return f"»{words.strip().strip('»«')}«"
