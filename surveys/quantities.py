"""Numbers with decimals, and dates: how they are stored as one integer, and between which bounds. Pure.

A number with `places` decimals is stored times 10 to their power, a date as days since 1970.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from surveys.epoch import EARLIEST, LATEST, day_of, days_since
from surveys.model import Item, Kind

HIGHEST_NON_ANSWER = -95  # of the codes −99 to −95 by which exports tell why there is no answer
WIDEST = 2**31 - 1  # what an INTEGER column holds


def bounds(item: Item) -> tuple[int, int]:
    """The lowest and the highest value that may be stored, both inclusive.

    A number without a minimum stays above the codes of exports.
    """
    if item.kind is Kind.DATE:
        low, high = days_since(EARLIEST), days_since(LATEST)
        return int(low if item.minimum is None else item.minimum), int(high if item.maximum is None else item.maximum)
    low = stored(HIGHEST_NON_ANSWER + 1 if item.minimum is None else item.minimum, item)
    return low, WIDEST if item.maximum is None else stored(item.maximum, item)


def stored(value: float | Decimal, item: Item) -> int:
    """What is stored of a number that has no more decimals than the item."""
    return int(Decimal(str(value)).scaleb(item.places))


def decimals(value: float) -> int:
    """How many decimals a number has as it is written."""
    return max(0, -int(Decimal(str(value)).normalize().as_tuple().exponent))


def said(value: int, item: Item) -> int | Decimal | date:
    """What is stored as what was meant: a whole number, one with the decimals of the item, or a date."""
    if item.kind is Kind.DATE:
        return day_of(value)
    return Decimal(value).scaleb(-item.places) if item.places else value


def written(limit: float | None, item: Item) -> str:
    """A limit as it stands in a definition; »…« where there is none."""
    if limit is None:
        return "…"
    return day_of(int(limit)).isoformat() if item.kind is Kind.DATE else str(limit)


def compared(value: int, item: Item) -> float:
    """What rules compare: a number as it was said, everything else as it is stored."""
    return value / 10**item.places if item.places else value
