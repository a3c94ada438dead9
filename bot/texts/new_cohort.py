"""What coordinators read while they make a group, give it another name, or remove it."""

from __future__ import annotations

from datetime import date

from bot.texts.common import safe
from bot.texts.days import weekday, worded
from surveys.days import Day
from surveys.locale_sl import day
from surveys.short_words import NAME, Unfit

TITLE = "Nova skupina"
MADE = "Skupina je ustvarjena."
MAKE = "Da, ustvari skupino"
OTHER_NAME = "Drugo ime"
OTHER_DAYS = "Druga datuma"
CONFIRM = "<b>Ali je tako prav?</b> Skupine še ni. Ustvarimo jo, ko potrdite. Če kaj ni prav, napišite, kako naj bo."
WHICH_DAY = "<b>Kateri dan je to?</b>"
NO_DAY = "V tem ne najdemo datuma. Napišite ga na primer takole: 3. 5. 2027 ali 3. maja 2027."
START_OR_END = "Je to prvi ali zadnji dan? Napišite na primer »od 3. 5. 2027« ali »do 28. 6. 2027«."
NOT_A_NAME = "Kako naj bo skupini ime?"
TAKEN = "Skupina s tem imenom že obstaja. Izberite drugo ime."
UNFIT: dict[Unfit, str] = {
    Unfit.EMPTY: "V imenu skupine naj bodo črke ali številke.",
    Unfit.LONG: f"Ime skupine je predolgo. Naj ima največ {NAME} znakov.",
}
YES = frozenset({"da", "ja", "ok", "okej", "v redu", "prav", "prav je", "tako je", "potrdi", "potrjujem", "ustvari"})
NO = frozenset({"ne", "prekliči", "preklic", "nazaj", "nehaj", "stop"})
NO_NAMES = YES | NO | frozenset({"hvala", "pomoč", "ne vem", "dober dan", "nova skupina", "skupina", "ime"})


def known(programme: str, name: str, start: Day | None, end: Day | None) -> str:
    """What is known of the new group."""
    lines = [
        f"Ime: <b>{safe(name)}</b>" if name else "",
        f"Prvi dan: {weekday(start.day)}" if start is not None and start.other is None else "",
        f"Zadnji dan: {weekday(end.day)}" if end is not None and end.other is None else "",
    ]
    listed = "\n".join(line for line in lines if line)
    head = f"<b>{TITLE}</b>\n{safe(programme)}"
    return f"{head}\n\n{listed}" if listed else head


def ask(name: str, start: Day | None, end: Day | None) -> str:
    """What is to be typed next."""
    if not name and start is None and end is None:
        return (
            "Napišite ime skupine ter prvi in zadnji dan programa, vse skupaj ali eno za drugim. Na primer:\n"
            "<code>Pomladna skupina, od 3. 5. 2027 do 28. 6. 2027</code>"
        )
    if not name:
        return "Napišite ime skupine, na primer: Pomladna skupina."
    if start is None and end is None:
        return (
            "Napišite prvi in zadnji dan programa, na primer: od 3. 5. 2027 do 28. 6. 2027. Lahko tudi enega za drugim."
        )
    return f"Napišite {'prvi' if start is None else 'zadnji'} dan programa, na primer 28. 6. 2027."


def days(*meant: date) -> str:
    """On a button: »1. marca 2027« or both days, so that nobody takes the day for the month."""
    return worded(meant[0]) if len(meant) == 1 else " – ".join(day(one) for one in meant)


# Another name, and the end of a group in which nobody is

RENAME = "Preimenuj skupino"
RENAMED = "Skupina ima novo ime."
REMOVE = "Izbriši skupino"
REMOVE_YES = "Da, izbriši skupino"
SOMEBODY_IS_IN_IT = "V skupini je medtem že kdo, zato je ni mogoče izbrisati."


def ask_name(name: str) -> str:
    """The new name is to be typed."""
    return f"<b>{RENAME}</b>\n\nZdaj: {safe(name)}\n\nNapišite novo ime."


def ask_rename(before: str, after: str) -> str:
    """Both names, to be confirmed."""
    return f"<b>{RENAME}</b>\n\nZdaj: {safe(before)}\nNovo: <b>{safe(after)}</b>\n\n<b>Naj bo tako?</b>"


def ask_remove(name: str) -> str:
    """Before a group in which nobody is goes."""
    return f"<b>Izbriši skupino: {safe(name)}?</b>\n\nV skupini ni nikogar. Tega ni mogoče razveljaviti."


def removed(name: str) -> str:
    """After it."""
    return f"Skupina {safe(name)} je izbrisana."
