"""The words of the summary of the work over all libraries. Knows nothing of where a number comes from."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from reports.texts.periods import ToldPeriod, heading
from surveys.locale_sl import counted, day, percent, plural

TITLE = "Delo v vseh knjižnicah"
ATTENTION = "Kje je potrebna pozornost"
LIBRARIES = "Knjižnice"
LIBRARY = "Knjižnica"
RESPONSE_CHART = "Odziv po knjižnicah, vsa merjenja skupaj"
NOTHING = "Nobena knjižnica ne potrebuje posebne pozornosti."
NOBODY = "nihče še ni vpisan"
NO_STAFF = "nihče od osebja nima dostopa"
_NAMED = 3  # libraries that are named in the first sentences


def subtitle(libraries: int, told: ToldPeriod) -> str:
    """Under the title."""
    return f"{counted(libraries, 'knjižnica', 'knjižnici', 'knjižnice', 'knjižnic')} · {heading(told)}"


def attention(libraries: Sequence[str]) -> str:
    """How many libraries need attention, and which where they are few."""
    n = len(libraries)
    if n == 0:
        return NOTHING
    who = plural(
        n,
        f"Pozornost potrebuje {n} knjižnica",
        f"Pozornost potrebujeta {n} knjižnici",
        f"Pozornost potrebujejo {n} knjižnice",
        f"Pozornost potrebuje {n} knjižnic",
    )
    return f"{who}: {', '.join(libraries)}." if n <= _NAMED else f"{who}."


def needs(library: str, reasons: Sequence[str]) -> str:
    """Why a library needs attention."""
    return f"{library}: {'; '.join(reasons)}."


def shared(reason: str, libraries: Sequence[str]) -> str:
    """The same reason of several libraries."""
    return f"{reason[0].upper()}{reason[1:]}: {', '.join(libraries)}."


def empty_groups(n: int) -> str:
    """Groups that run or soon begin, in which nobody is."""
    return f"{counted(n, 'skupina', 'skupini', 'skupine', 'skupin')} brez vpisov"


def uninvited(n: int, last: date) -> str:
    """Waves that open by a day, for which there is no invitation."""
    which = plural(
        n,
        f"se odpre {n} merjenje",
        f"se odpreta {n} merjenji",
        f"se odprejo {n} merjenja",
        f"se odpre {n} merjenj",
    )
    return f"do {day(last)} {which} brez vabil"


def falling(now: float, before: float, told: ToldPeriod) -> str:
    """The response to what closed fell."""
    return (
        f"odziv pada: {told.when} je odgovorjenih {percent(now)} zaprtih vprašalnikov, {told.before} {percent(before)}"
    )


def idle(since: date) -> str:
    """Nobody of the staff has done anything since."""
    return f"osebje od {day(since)} ni ničesar vneslo ali naročilo"


def method(k: int, points: int, days: int) -> str:
    """What is looked at."""
    return (
        "To poročilo šteje delo: vpise, vabila in odgovore vseh, tudi prostovoljcev. "
        "Odgovorov ljudi v njem ni; kaj se je spremenilo, povedo "
        f"druga poročila. Delež je zapisan od {k} vabil naprej. Knjižnica potrebuje pozornost, kadar v njej ali v "
        "skupini, ki teče ali se začenja, ni vpisan nihče; kadar se merjenje odpre brez vabil; kadar je od "
        f"vprašalnikov, ki so se zaprli, odgovorjenih za vsaj {points} odstotnih točk manj kot v obdobju prej; kadar "
        f"nihče od osebja nima dostopa ali kadar osebje ob tekočem delu {days} dni ni ničesar vneslo ali naročilo."
    )
