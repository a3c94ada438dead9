"""What everybody may read, in English."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

from bot.texts.common import Common


def some(count: int, one: str) -> str:
    """»1 question«, »2 questions«."""
    return f"{count} {one}" if count == 1 else f"{count} {one}s"


class EnglishCommon(Common):
    """What everybody may read, in English."""

    BACK = "‹ Back"
    FORWARD = "Next ›"
    CONTINUE = "Continue"
    START = "Start"
    HOME = "Back to the beginning"
    CANCEL = "Cancel"
    YOUR_ANSWER = "Your answer"
    OLD_BUTTON = "This button no longer works."
    UNKNOWN_COMMAND = "We do not know this command. Help: /help"
    NOT_YOURS = "This button does not work here."
    _DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
    _MONTHS = (
        *("January", "February", "March", "April", "May", "June"),
        *("July", "August", "September", "October", "November", "December"),
    )

    def day(self, moment: datetime, zone: ZoneInfo) -> str:
        """»on Monday, 23 November 2026«, with no-break spaces inside the date."""
        local = moment.astimezone(zone)
        month = self._MONTHS[local.month - 1]
        return f"on {self._DAYS[local.weekday()]}, {local.day}\u00a0{month}\u00a0{local.year}"

    def number(self, value: int | Decimal) -> str:
        """»2.5«."""
        return str(value)

    def date(self, day: date, accuracy: str) -> str:
        """»3 December 2026«, »December 2026« or »2026«, with no-break spaces inside."""
        first = f"{day.day}\u00a0" if accuracy == "day" else ""
        month = "" if accuracy == "year" else f"{self._MONTHS[day.month - 1]}\u00a0"
        return f"{first}{month}{day.year}"

    def questions(self, count: int) -> str:
        """»5 questions«."""
        return some(count, "question")
