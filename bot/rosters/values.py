"""What stands in a cell of a workbook, as somebody would write it by hand."""

from __future__ import annotations

from datetime import date, datetime
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
