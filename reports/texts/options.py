"""The words of answers of which several may be chosen, before and after. Knows no numbers' origin."""

from __future__ import annotations

from reports.texts import people
from surveys.locale_sl import NO_BREAK, number, plural

DIFFERENCE = "Razlika"
DIFFERENCE_IN_POINTS = "Razlika (odstotne točke)"
THEN = "na začetku"
SAME_SHARE = "brez razlike"
NEARLY_SAME = "skoraj brez razlike"


def more_or_less(points: int, *, equal: bool) -> str:
    """A difference of two shares in percentage points: »20 odstotnih točk več«, »1 odstotna točka manj«."""
    if points == 0:
        return SAME_SHARE if equal else NEARLY_SAME
    size = abs(points)
    noun = plural(size, "odstotna točka", "odstotni točki", "odstotne točke", "odstotnih točk")
    return f"{number(size)}{NO_BREAK}{noun} {'več' if points > 0 else 'manj'}"


def drawn(label: str) -> str:
    """Above the bars of what was chosen at the end."""
    return f"Izbrano ob zaključku: {label}"


def both_times(n: int, wave: str = "") -> str:
    """Whose answers these are: at the start and at the end, or in a later wave."""
    later = f"v merjenju »{wave}«" if wave else "ob zaključku"
    return f"{people(n)} z odgovorom na začetku in {later}; možnih je več odgovorov"
