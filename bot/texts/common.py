"""Words that all kinds of people read, and the few rules that all texts keep."""

from __future__ import annotations

from datetime import datetime
from html import escape
from zoneinfo import ZoneInfo

from reports.slovenian import plural


def safe(words: str) -> str:
    """Words from outside, so that they can stand in a screen's text."""
    return escape(words, quote=False)


def duration(seconds: int | None) -> str:
    """How long a recording is: »12 s«, »1 min 5 s«."""
    minutes, rest = divmod(seconds or 0, 60)
    return f"{minutes} min {rest} s" if minutes else f"{rest} s"


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
    NOT_YOURS = "Ta gumb ne pripada temu pogovoru."

    _DAYS = ("v ponedeljek", "v torek", "v sredo", "v četrtek", "v petek", "v soboto", "v nedeljo")

    def day(self, moment: datetime, zone: ZoneInfo) -> str:
        """»v ponedeljek, 23. 11. 2026«, with no-break spaces inside the date."""
        local = moment.astimezone(zone)
        return f"{self._DAYS[local.weekday()]}, {local.day}.\u00a0{local.month}.\u00a0{local.year}"

    def questions(self, count: int) -> str:
        """»5 vprašanj« in the right one of four forms."""
        return plural(count, f"{count} vprašanje", f"{count} vprašanji", f"{count} vprašanja", f"{count} vprašanj")
