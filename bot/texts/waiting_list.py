"""What librarians read about people who wait for the next group: enrolling them, and letting them begin."""

from __future__ import annotations

from collections.abc import Mapping

from bot.texts.common import safe
from bot.texts.enrolling import Size, in_group
from bot.texts.waves import capital
from storage.schema import Allocation
from surveys.locale_sl import counted, plural

TO_WAITING_LIST = "Na čakalni seznam"
ON_WAITING_LIST = "na čakalnem seznamu"
ONE_MORE_WAITS = "Še ena oseba na čakalni seznam"
BY_LOT = "Z žrebom"
BY_ORDER = "Po vrstnem redu prijav"
BEGINS_WITH = "Začenja s skupino"
ALLOCATIONS: Mapping[Allocation, str] = {
    Allocation.LOT: BY_LOT,
    Allocation.ORDER: BY_ORDER,
}
_DECIDED: Mapping[Allocation | None, str] = {
    Allocation.LOT: "Na čakalnem seznamu, določeno z žrebom.",
    Allocation.ORDER: "Na čakalnem seznamu, določeno po vrstnem redu prijav.",
    None: "Na čakalnem seznamu. Kako je bilo odločeno, ni zapisano.",
}
_DECIDES: Mapping[Allocation, str] = {
    Allocation.LOT: "Kdo čaka, odloči žreb.",
    Allocation.ORDER: "Kdo čaka, odloči vrstni red prijav.",
}
FIRST_HOW_DECIDED = "Najprej izberite, kako je bilo odločeno."
WHY = (
    "Čakajoči odgovorijo ob začetku in ob koncu te skupine, brez programa. Poročilo lahko potem pove, ali bi se "
    "spremenilo tudi brez njega.\n\nNihče naj zaradi tega ne čaka dlje: na vrsto pride takoj, ko je zanj prostor."
)


def how_decided(group: str, size: Size) -> str:
    """Before anybody is enrolled to wait: how it was decided who does."""
    return (
        f"<b>Čakalni seznam: {safe(group)}</b>\n\n{in_group(size)}\n\n{WHY}\n\n"
        "<b>Kako je bilo odločeno, kdo čaka?</b> Od tega je odvisno, kaj sme poročilo trditi."
    )


def how_many(group: str, allocation: Allocation) -> str:
    """How many are to be enrolled."""
    return (
        f"<b>Čakalni seznam: {safe(group)}</b>\n\n{_DECIDES[allocation]}\n\n"
        "<b>Koliko oseb čaka?</b> Izberite ali napišite število, na primer 12.\n\n"
        "Vsaka oseba dobi šifro in povezavo s kodo QR. Ko jo odpre, jo pričaka besedilo za čakajoče."
    )


def ask_one(code: str) -> str:
    """Before somebody who was enrolled to take part is put on the waiting list."""
    return f"<b>{code} na čakalni seznam?</b>\n\n{WHY}\n\n<b>Kako je bilo odločeno, da ta oseba čaka?</b>"


def role(allocation: Allocation | None) -> str:
    """On the card of a person who waits."""
    return _DECIDED[allocation]


def besides(waiting: int) -> str:
    """How many wait, beside those who are enrolled; nothing where nobody does."""
    return f"{capital(ON_WAITING_LIST)}: {counted(waiting, 'oseba', 'osebi', 'osebe', 'oseb')}" if waiting else ""


def begins_with(group: str) -> str:
    """A button: the time of waiting is over."""
    return f"{BEGINS_WITH} {group}"


HAS_BEGUN = "Ta oseba je že začela s skupino."


def has_begun(group: str) -> str:
    """On the card of the time of waiting: it is over."""
    return f"Začela se je skupina {group}"


def to_group(group: str) -> str:
    """A button: the same person in the group with which they have begun."""
    return f"Oseba v skupini {group}"


STAYS_WAITING = f"Oseba ostane {ON_WAITING_LIST}. Če s skupino začenja, v pregledu osebe izberite »{BEGINS_WITH} …«."
BASELINE_TO_FINISH = (
    "Oseba ima na pol odgovorjen vprašalnik. Ko ga odda, velja za izhodišče; še enega z istimi vprašanji ne dobi."
)


def baseline_answered(day: str) -> str:
    """The last answers of waiting are the first ones in the group."""
    return f"Izhodišče je odgovorjeno {day}. Ob začetku zato ne vprašamo še enkrat."


def baseline_comes(day: str) -> str:
    """It is asked as of everybody."""
    return f"Oseba dobi izhodišče {day}."


def began(code: str, group: str, baseline: str) -> str:
    """After it; `baseline` says what is the first measurement."""
    return f"<b>{code} začenja s skupino {safe(group)}.</b>" + (f"\n\n{baseline}" if baseline else "")


def begin_with(count: int) -> str:
    """Of people on a list: they wait, and the list lets them begin."""
    are = plural(count, "je", "sta", "so", "je")
    begin = plural(count, "začne", "začneta", "začnejo", "začne")
    return f"{counted(count, 'oseba', 'osebi', 'osebe', 'oseb')} {are} {ON_WAITING_LIST}: {begin} s to skupino."
