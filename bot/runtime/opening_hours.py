"""When a library is open, as it is written in the configuration: "mon-fri 8:00-19:00". Says nothing in words."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import time
from typing import Annotated

from pydantic import BeforeValidator, PlainSerializer

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_DAY, _HOUR = f"({'|'.join(WEEKDAYS)})", r"(\d{1,2}):(\d{2})"
_WRITTEN = re.compile(rf"{_DAY}(?:-{_DAY})? +{_HOUR} ?[-–] ?{_HOUR}")
_EXAMPLE = 'opening hours are written like "mon-fri 8:00-19:00" or "sat 8:00-13:00"'


@dataclass(frozen=True, slots=True)
class Open:
    """The same hours on days that follow each other; weekday 0 is Monday."""

    first: int
    last: int
    opens: time
    closes: time


def read_open(value: object) -> object:
    """Read one line of opening hours; raises ValueError with a sentence for what is none."""
    if isinstance(value, Open):
        return value
    found = _WRITTEN.fullmatch(value.strip().casefold()) if isinstance(value, str) else None
    if found is None:
        raise ValueError(f"{_EXAMPLE}; the days are {', '.join(WEEKDAYS)}")
    first, last = WEEKDAYS.index(found[1]), WEEKDAYS.index(found[2] or found[1])
    try:
        opens, closes = time(int(found[3]), int(found[4])), time(int(found[5]), int(found[6]))
    except ValueError:
        raise ValueError(_EXAMPLE) from None
    if last < first or closes <= opens:
        raise ValueError(f"{_EXAMPLE}; the earlier day and the earlier hour come first")
    return Open(first, last, opens, closes)


def write_open(one: Open) -> str:
    """The inverse of `read_open`."""
    days = WEEKDAYS[one.first] if one.first == one.last else f"{WEEKDAYS[one.first]}-{WEEKDAYS[one.last]}"
    return f"{days} {one.opens:%H:%M}-{one.closes:%H:%M}"


OpeningHours = Annotated[Open, BeforeValidator(read_open), PlainSerializer(write_open)]
