"""What stands in a cell of a workbook: as somebody would write it by hand, and as programs do."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any

from surveys.locale_sl import day


def words(value: Any) -> str:
    """A number without its empty decimals, a day as people write days."""
    match value:
        case bool():
            return "da" if value else "ne"
        case float() if value.is_integer():
            return str(int(value))
        case float():
            return str(value).replace(".", ",")
        case datetime():
            return day(value.date())
        case date():
            return day(value)
    return str(value)


def exact(value: Any) -> str:
    """A number with a point, a day as 2026-12-31, TRUE and FALSE: as XLSForm reads them."""
    match value:
        case bool():
            return str(value).upper()
        case float() if value.is_integer():
            return str(int(value))
        case datetime() if value.time() == time.min:
            return value.date().isoformat()
    return str(value)
