"""What is written behind an option, as a value: days, weeks, counts. Loads nothing that takes time."""

from __future__ import annotations

import math
import re
from argparse import ArgumentTypeError
from datetime import date
from pathlib import Path

from surveys import days

FASTEST = 1_000_000
"""A second of the demo's clock is then eleven days."""
_WEEK = re.compile(r"\d{4}-W\d{2}")
_MONTH = re.compile(r"\d{4}-\d{2}")


def day(text: str) -> date:
    """A day as people write it; one that may be another is refused."""
    found = days.read(text, None)
    if any(why is days.DayFault.OUTSIDE for _, why in found.wrong):
        raise ArgumentTypeError(f"a day lies between {days.FIRST} and {days.LAST}, unlike {text!r}")
    if days.read(text, days.FIRST).wrong:  # not in any year: »3. 5.« lacks one, and is written as below
        raise ArgumentTypeError(f"there is no day {text!r} in the calendar")
    if len(found.days) != 1 or found.pieces or found.wrong:
        raise ArgumentTypeError(f"a day is written like 2026-11-22 or 22. 11. 2026, not {text!r}")
    [one] = found.days
    if one.other is not None:
        raise ArgumentTypeError(f"{text!r} may be {one.day} or {one.other}; write it like one of these")
    return one.day


def file(text: str) -> Path:
    """A file to be written, which has a name."""
    path = Path(text)
    if not path.name:
        raise ArgumentTypeError(f"the name of a file is needed, not {text!r}")
    return path


def port(text: str) -> int:
    """A port of this machine; 0 is any that is free."""
    if not text.isdecimal() or len(text) > 5 or int(text) > 65535:  # noqa: PLR2004 - what TCP has
        raise ArgumentTypeError(f"a port is a number from 0 to 65535, not {text!r}")
    return int(text)


def times(text: str) -> float:
    """How many times faster a clock runs."""
    try:
        factor = float(text)
    except ValueError:
        factor = math.nan
    if not 0 <= factor <= FASTEST:
        raise ArgumentTypeError(f"a number from 0 to {FASTEST} is needed, not {text!r}")
    return factor


def week(text: str) -> str:
    """A week like 2026-W47."""
    if not _WEEK.fullmatch(text):
        raise ArgumentTypeError(f"a week is written like 2026-W47, not {text!r}")
    return text


def month(text: str) -> str:
    """A month like 2026-11."""
    if not _MONTH.fullmatch(text):
        raise ArgumentTypeError(f"a month is written like 2026-11, not {text!r}")
    return text


def count(text: str) -> int:
    """How many, at most a thousand."""
    if not text.isdecimal() or not 1 <= int(text) <= 1000:  # noqa: PLR2004 - more is a slip of the finger
        raise ArgumentTypeError(f"a number from 1 to 1000 is needed, not {text!r}")
    return int(text)
