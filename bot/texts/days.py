"""Words about days that staff type: what was read, what cannot be, what is asked about."""

from __future__ import annotations

from datetime import date

from bot.texts.common import safe
from surveys.days import FIRST, LAST, DayFault, Unusual
from surveys.locale_sl import NO_BREAK, OF_MONTHS, day

_NAMES = ("ponedeljek", "torek", "sreda", "četrtek", "petek", "sobota", "nedelja")

NEEDS_TWO = "Napišite dva datuma, na primer 3. 5. 2027 in 28. 6. 2027."
TOO_MANY = "Napišite samo prvi in zadnji dan, na primer: od 3. 5. 2027 do 28. 6. 2027."
ENDS_FIRST = "Zadnji dan je pred prvim. Preverite datuma."

UNUSUAL: dict[Unusual, str] = {
    Unusual.FAR: "Prvi dan je čez več kot dve leti. Je leto pravo?",
    Unusual.LONG_AGO: "Prvi dan je bil pred več kot enim letom. Je leto pravo?",
    Unusual.OVER: "Zadnji dan je že mimo. Je leto pravo? Kdor se pridruži zdaj, ne dobi več vseh vprašalnikov.",
    Unusual.LONG: "Od prvega do zadnjega dne je več kot dve leti. Sta datuma prava?",
}


def weekday(when: date) -> str:
    """»ponedeljek, 3. 5. 2027«."""
    return f"{_NAMES[when.weekday()]}, {day(when)}"


def worded(when: date) -> str:
    """»3. maja 2027«: nobody takes the day for the month."""
    return f"{when.day}.{NO_BREAK}{OF_MONTHS[when.month - 1]} {when.year}"


def wrong(written: str, why: DayFault) -> str:
    """What looks like a day and is none."""
    if why is DayFault.OUTSIDE:
        return f"Dan »{safe(written)}« je predaleč. Leto naj bo od {FIRST.year} do {LAST.year}."
    return f"Dneva »{safe(written)}« ni v koledarju. Preverite ga."


def which(first: date, other: date) -> str:
    """A day that may be one or another, to be typed so that it is clear."""
    return f"Kateri dan je to: {worded(first)} ali {worded(other)}? Napišite mesec z besedo."
