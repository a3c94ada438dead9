"""Words that all kinds of people read, and the few rules that all texts keep."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from html import escape
from zoneinfo import ZoneInfo

from surveys.locale_sl import dated, plural


def safe(words: str) -> str:
    """Words from outside, so that they can stand in a screen's text."""
    return escape(words, quote=False)


def shorten(words: str, longest: int) -> str:
    """Words with »…« in place of what is over so many characters."""
    return words if len(words) <= longest else f"{words[: longest - 1].rstrip()}…"


def duration(seconds: int) -> str:
    """How long a recording is: »12 s«, »1 min 5 s«."""
    minutes, rest = divmod(seconds, 60)
    return f"{minutes} min {rest} s" if minutes else f"{rest} s"


ELSEWHERE = (  # in a group or a channel, whose language nobody knows
    "Ta robot se pogovarja samo zasebno, zato zapušča to skupino. / This bot talks in private only, so it leaves."
)


class Common:
    """What everybody may read, in Slovenian."""

    BACK = "‹ Nazaj"
    FORWARD = "Naprej ›"
    CONTINUE = "Nadaljuj"
    START = "Začni"
    HOME = "Nazaj na začetek"
    CANCEL = "Prekliči"
    CHOSEN = "✓"
    YOUR_ANSWER = "Vaš odgovor"

    OLD_BUTTON = "Ta gumb ne velja več."
    UNKNOWN_COMMAND = "Tega ukaza ne poznamo. Pomoč: /pomoc"
    NOT_YOURS = "Ta gumb tukaj ne velja."

    _DAYS = ("v ponedeljek", "v torek", "v sredo", "v četrtek", "v petek", "v soboto", "v nedeljo")

    def day(self, moment: datetime, zone: ZoneInfo) -> str:
        """»v ponedeljek, 23. 11. 2026«, with no-break spaces inside the date."""
        local = moment.astimezone(zone)
        return f"{self._DAYS[local.weekday()]}, {local.day}.\u00a0{local.month}.\u00a0{local.year}"

    def number(self, value: int | Decimal) -> str:
        """»2,5«."""
        return str(value).replace(".", ",")

    def date(self, day: date, accuracy: str) -> str:
        """»3. 12. 2026«, »december 2026« or »2026«, with no-break spaces inside."""
        return dated(day, accuracy)

    def questions(self, count: int) -> str:
        """»5 vprašanj« in the right one of four forms."""
        return plural(count, f"{count} vprašanje", f"{count} vprašanji", f"{count} vprašanja", f"{count} vprašanj")
