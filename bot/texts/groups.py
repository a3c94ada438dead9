"""What librarians and coordinators read when they call, change a group, and take something back."""

from __future__ import annotations

from collections.abc import Iterable
from zoneinfo import ZoneInfo

from bot.texts.common import safe
from bot.texts.staff import REASONS
from reports.slovenian import counted, day
from storage.calls import QUIET, Call, Note
from storage.schema import CallOutcome

UNDO = "Razveljavi"
UNDONE = "<b>Razveljavljeno.</b>\n\nVse je spet tako, kot je bilo."
TOO_LATE = "Razveljaviti je mogoče le eno minuto."
NOT_UNDONE = "Medtem se je nekaj spremenilo, zato tega ni mogoče razveljaviti."
NOTHING_TO_SHOW = "Te kartice ni več."
PERSON = "Kartica osebe"

# A call

OUTCOMES: dict[CallOutcome, str] = {
    CallOutcome.REACHED: "poklicano",
    CallOutcome.COMING: "pride v knjižnico",
    CallOutcome.REFUSED: "ne želi odgovoriti",
    CallOutcome.LEFT: "ne želi več sodelovati",
}
REACHED = "Poklicano"
COMING = "Pride v knjižnico"
REFUSES = "Ne želi"
REFUSES_THIS = "Tega vprašalnika"
REFUSES_ALL = "Ničesar več"
NO_CALL = "Ta oseba zdaj ne čaka na klic."


def call(one: Call, group: str, notes: Iterable[Note], zone: ZoneInfo) -> str:
    """The card of one person to call, with what came of earlier calls."""
    closes = day(one.closes_at.astimezone(zone).date())
    earlier = "\n".join(_noted(note, zone) for note in notes)
    parts = [
        f"<b>Klic: {one.code}</b>\n{safe(group)}",
        f"Zakaj: {REASONS[one.reason]}. Vprašalnik je odprt do {closes}.",
        f"Prejšnji klici:\n{earlier}" if earlier else "",
        "Po klicu izberite, kako je bilo.",
    ]
    return "\n\n".join(part for part in parts if part)


def no_call(code: str) -> str:
    """Somebody who was on the list, and is not any more."""
    return f"<b>Klic: {code}</b>\n\n{NO_CALL}"


def ask_refusal(code: str) -> str:
    """What exactly the person does not want."""
    return (
        f"<b>{code}: česa oseba ne želi?</b>\n\n"
        "• »Tega vprašalnika«: o odprtem vprašalniku ne pošljemo ničesar več. Naslednji pride ob svojem času.\n"
        "• »Ničesar več«: sodelovanje se konča in vprašalnikov ne bo več. Odgovori, ki jih že imamo, ostanejo za "
        "skupne številke."
    )


def called(code: str, outcome: CallOutcome) -> str:
    """After a call: what came of it, and when the person is on the list again."""
    return f"<b>{code}: {OUTCOMES[outcome]}</b>\n\n{_AFTER[outcome]}"


def _noted(note: Note, zone: ZoneInfo) -> str:
    return f"• {day(note.noted_at.astimezone(zone).date())}: {OUTCOMES[note.outcome]}"


def _back_after(outcome: CallOutcome) -> str:
    days = counted(QUIET[outcome].days, "dan", "dneva", "dni", "dni")
    return (
        f"Osebe ni več na seznamu. Spet bo na njem čez {days}, če odgovora do takrat ne bo, ali prej, če se zgodi kaj "
        "novega: če oseba začne odgovarjati in se ustavi, če sporočila ne pridejo več ali če se odpre nov vprašalnik."
    )


_AFTER: dict[CallOutcome, str] = {
    CallOutcome.REACHED: _back_after(CallOutcome.REACHED),
    CallOutcome.COMING: _back_after(CallOutcome.COMING),
    CallOutcome.REFUSED: (
        "O odprtem vprašalniku ne pošljemo ničesar več. Na seznamu bo oseba spet šele pri naslednjem vprašalniku. Če "
        "si premisli, lahko še odgovori."
    ),
}


# Leaving


def left(code: str) -> str:
    """After somebody's taking part was ended."""
    return (
        f"<b>{code}: konec sodelovanja</b>\n\nOseba ne bo več dobivala vprašalnikov. Odgovori, ki jih že imamo, "
        "ostanejo. Če želi pozneje spet sodelovati, na njeni kartici izberite »Zapiši privolitev«."
    )
