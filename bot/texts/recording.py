"""What staff read where questions are read aloud, and where recordings of participants are typed in."""

from __future__ import annotations

from collections.abc import Sequence

from bot.texts.common import safe

TITLE = "Posnetki vprašanj"
CHOOSE_PROGRAMME = f"<b>{TITLE}</b>\n\nIzberite program."
LISTEN = "🔊 Poslušaj"
DELETE = "Izbriši posnetek"
NEXT = "Naslednje vprašanje"
PREVIOUS = "Prejšnje vprašanje"
OTHER = "Drug vprašalnik"
DELETED = "Posnetek je izbrisan."
NOTHING_TO_HEAR = "Posnetka ni več."
SEND = "Preberite na glas in pošljite kot glasovno sporočilo. Nov posnetek zamenja prejšnjega."
NO_RECORDING = "Posnetka še ni."
LONGEST_SECONDS = 120
LONGEST_BYTES = 2 * 2**20
TOO_LONG = "Posnetek je predolg. Dolg je lahko največ 2 minuti. Posnemite ga znova, malo krajše."


def choose_questionnaire(programme: str) -> str:
    """Before a questionnaire is chosen."""
    return f"<b>{TITLE}</b>\n{safe(programme)}\n\nIzberite vprašalnik."


def choose_language(name: str) -> str:
    """Before a language is chosen."""
    return f"<b>{TITLE}</b>\n{safe(name)}\n\nV katerem jeziku boste brali?"


def card(place: str, words: Sequence[str], recorded: str) -> str:
    """What is to be read aloud, and whether it was."""
    read = "\n".join(safe(line) for line in words)
    return f"<i>{safe(place)}</i>\n\n<b>{read}</b>\n\n{recorded}\n\n{SEND}"


def place(questionnaire: str, language: str, number: int, of: int) -> str:
    """Where one is."""
    return f"{questionnaire} · {language} · {number} od {of}"


def recorded(day: str, length: str) -> str:
    """That there is a recording."""
    return f"Posnetek: {day}, {length}"


def kept(done: int, of: int) -> str:
    """After a recording; the last one is told."""
    if done == of:
        return "Posnetek je shranjen. Posneta so vsa vprašanja tega vprašalnika."
    return f"Posnetek je shranjen. Posneto: {done} od {of}."
