"""How many of ten people, in words: the same in every report. Knows nothing of what the people answered."""

from __future__ import annotations

from surveys.locale_sl import NO_BREAK

ICONS = "Od desetih ljudi"
_ALL = 10


def many(tenths: int, *, exact: bool, least: bool = False) -> str:
    """»7 od 10«, »približno 7 od 10«, »vsaj 7 od 10«, »več kot 9 od 10«, »manj kot 1 od 10«."""
    of = f"{NO_BREAK}od{NO_BREAK}{_ALL}"
    if least:
        return f"vsaj {tenths}{of}"
    if tenths == 0:
        return f"manj kot 1{of}"
    if tenths == _ALL and not exact:
        return f"več kot {_ALL - 1}{of}"
    return f"{'' if exact else 'približno '}{tenths}{of}"


def title(tenths: int, *, least: bool) -> str:
    """Above ten drawn people; where they show a bound, it says so."""
    return f"{ICONS} vsaj {tenths}" if least else ICONS
