"""»Prvo srečanje«: what librarians read while a group begins, with eleven people waiting."""

from __future__ import annotations

from bot.texts.common import safe
from storage.cohort_overview import EnrolmentStanding
from surveys.locale_sl import counted

MEETING = "Prvo srečanje"
REFRESH = "Osveži"
STEPS = (
    "1. Vsaka oseba dobi svojo kartico. Zapišite si, kdo ima katero šifro.\n"
    "2. Oseba s telefonom poskenira kodo QR, odpre povezavo in se odloči o privolitvi.\n"
    "3. Kdor na telefonu ne more odgovarjati: izberite šifro spodaj, zapišite privolitev in vprašajte na glas."
)
NOBODY_ENROLLED = "V skupini še ni nikogar. Najprej vpišite osebe in natisnite kartice."
EVERYBODY = "Vsi so začeli. Nihče več ne čaka na pomoč."
LIVE = "Ta zaslon se sproti osvežuje."

HELP: dict[EnrolmentStanding, str] = {
    EnrolmentStanding.WAITING: "še ni začetka",
    EnrolmentStanding.HALF: "odgovorjeno na pol",
    EnrolmentStanding.TAKES_PART: "še brez odgovora",
}


def meeting(group: str, joined: int, enrolled: int, answered: int, declined: int, waiting: int) -> str:
    """How far a group is: who has joined, who has answered, who still needs help."""
    lines = [f"Privolitev: <b>{joined} od {enrolled}</b>", f"Odgovorjeno: {answered} od {joined}"]
    if declined:
        lines.append(f"Ne želi sodelovati: {declined}")
    help_ = f"<b>Še potrebujejo pomoč: {counted(waiting, 'oseba', 'osebi', 'osebe', 'oseb')}</b>"
    head = f"<b>{MEETING}: {safe(group)}</b>"
    return "\n\n".join((head, "\n".join(lines), STEPS, help_ if waiting else EVERYBODY, LIVE))


def nobody(group: str) -> str:
    """Before anybody is enrolled."""
    return f"<b>{MEETING}: {safe(group)}</b>\n\n{NOBODY_ENROLLED}"


def needs_help(code: str, standing: EnrolmentStanding) -> str:
    """On a button."""
    return f"{code} · {HELP[standing]}"
