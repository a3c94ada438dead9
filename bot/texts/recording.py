"""What staff read where questions are read aloud, and where recordings of participants are typed in."""

from __future__ import annotations

from collections.abc import Sequence

from bot.texts.common import duration, safe
from surveys.locale_sl import quoted

TITLE = "Posnetki vprašanj"
CONSENT = "Besedilo privolitve"
CHOOSE_PROGRAMME = f"<b>{TITLE}</b>\n\nIzberite program."
LISTEN = "🔊 Poslušaj"
DELETE = "Izbriši posnetek"
DELETE_YES = "Da, izbriši posnetek"
DELETE_NO = "Ne, obdrži"
NEXT = "Naslednje vprašanje"
PREVIOUS = "Prejšnje vprašanje"
OTHER = "Drug vprašalnik"
DELETED = "Posnetek je izbrisan."
NOTHING_TO_HEAR = "Posnetka ni več."
SEND = "Preberite na glas in pošljite posnetek. Nov posnetek zamenja prejšnjega."
NO_RECORDING = "Posnetka še ni."
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


def ask_delete(words: Sequence[str]) -> str:
    """Before a recording is deleted."""
    read = "\n".join(safe(line) for line in words)
    return f"<b>Želite posnetek izbrisati?</b>\n\n{read}\n\nUdeleženci tega vprašanja ne bodo več slišali."


def recorded(day: str, seconds: int | None) -> str:
    """That there is a recording."""
    return _with_length(f"Posnetek: {day}", seconds)


def kept(done: int, of: int) -> str:
    """After a recording; the last one is told."""
    if done == of:
        return "Posnetek je shranjen. Posneta so vsa vprašanja tega vprašalnika."
    return f"Posnetek je shranjen. Posneto: {done} od {of}."


# What participants said


def spoken(seconds: int | None) -> str:
    """What stands in the place of an answer or a story until its words are typed in."""
    return _with_length("zvočni posnetek", seconds)


WAITING = "Prepis posnetkov"
WAITING_NONE = f"<b>{WAITING}</b>\n\nNoben posnetek ne čaka na prepis."
WAITING_ABOUT = "Poslušajte posnetek in napišite, kar slišite. Imen in naslovov ne prepisujte."
GONE = "Tega posnetka ni več."
RIGHT = "Tako je prav"
TO_WAITING = "Vsi posnetki za prepis"
TYPED = "Prepis je shranjen kot odgovor. Posnetek izbrišemo, ko se izteče rok hrambe ali ko oseba to želi."
TYPE_WORDS = "Napišite, kar slišite, in pošljite."
IS_IT_RIGHT = "Je tako prav? Če ni, pošljite popravljeno besedilo."


def line(code: str, question: str, when: str) -> str:
    """One recording in the list."""
    return f"<code>{code}</code> · {when}\n{safe(question)}"


def name(code: str, seconds: int | None) -> str:
    """The button of a recording."""
    return _with_length(code, seconds)


def one(code: str, question: str, when: str, words: str | None) -> str:
    """One recording, with the words that were typed, where there are any."""
    head = f"<b>Posnetek</b> · <code>{code}</code> · {when}\n\n{safe(question)}"
    told = TYPE_WORDS if words is None else f"<b>Prepis:</b>\n{safe(quoted(words))}\n\n{IS_IT_RIGHT}"
    return f"{head}\n\n{told}"


def _with_length(words: str, seconds: int | None) -> str:
    """How long it is where that is known: a file that was chosen without a script says nothing of it."""
    return f"{words}, {duration(seconds)}" if seconds else words
