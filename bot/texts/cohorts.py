"""What librarians and coordinators read when they call, change a group, and take something back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from zoneinfo import ZoneInfo

from bot.texts.common import safe
from bot.texts.days import weekday
from bot.texts.staff import REASONS
from bot.texts.waiting_list import ON_WAITING_LIST
from bot.texts.waves import capital, of_questionnaire, questionnaire
from storage.calls import QUIET, Call, CallReason, Note
from storage.replan_preview import Shift
from storage.schema import CallOutcome
from surveys.days import Cue
from surveys.locale_sl import NO_BREAK, counted, day, plural

UNDO = "Razveljavi"
UNDONE = "<b>Razveljavljeno.</b>\n\nVse je spet tako, kot je bilo."
TOO_LATE = "Razveljaviti je mogoče le eno minuto."
NOT_UNDONE = "Medtem se je nekaj spremenilo, zato tega ni mogoče razveljaviti."
NOTHING_TO_SHOW = "Tega ni več."
PERSON = "Pregled osebe"

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
REFUSES_TO_JOIN = "Ne želi sodelovati"
NO_CALL = "Ta oseba zdaj ne čaka na klic."


def call(one: Call, group: str, notes: Iterable[Note], zone: ZoneInfo) -> str:
    """The card of one person to call, with what came of earlier calls."""
    since = day(one.since.astimezone(zone).date())
    if one.reason is CallReason.ASKED:
        about = f"Prošnja je prišla {since}."
    elif one.closes_at is None:
        about = f"Povezava čaka od {since}. V pregledu osebe jo pokažete ali naredite novo."
    else:
        about = f"Vprašalnik je odprt do {day(one.closes_at.astimezone(zone).date())}."
    earlier = "\n".join(_noted(note, zone) for note in notes)
    where = f"{safe(group)}, {ON_WAITING_LIST}" if one.waits else safe(group)
    parts = [
        f"<b>Klic: {one.code}</b>\n{where}",
        f"Zakaj: {REASONS[one.reason]}. {about}",
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


def ask_not_joining(code: str) -> str:
    """Before somebody who never opened the link is left in peace."""
    return (
        f"<b>{code}: oseba ne želi sodelovati?</b>\n\nVpis se konča in osebe ne kličete več. "
        "Če si premisli, povezava še velja."
    )


def called(code: str, outcome: CallOutcome, *, invited: bool) -> str:
    """After a call: what came of it, and when the person is on the list again; `invited`: it was about a link."""
    after = _AFTER[outcome]
    if invited:
        days = counted(QUIET[outcome].days, "dan", "dneva", "dni", "dni")
        after = f"Osebe ni več na seznamu. Spet bo na njem čez {days}, če povezava do takrat ne bo odprta."
    return f"<b>{code}: {OUTCOMES[outcome]}</b>\n\n{after}"


def _noted(note: Note, zone: ZoneInfo) -> str:
    return f"• {day(note.noted_at.astimezone(zone).date())}: {OUTCOMES[note.outcome]}"


def _back_after(outcome: CallOutcome) -> str:
    days = counted(QUIET[outcome].days, "dan", "dneva", "dni", "dni")
    return (
        f"Osebe ni več na seznamu. Spet bo na njem čez {days}, če odgovora do takrat ne bo, ali prej, če se zgodi kaj "
        "novega: če prosi za klic, če začne odgovarjati in se ustavi, če sporočila ne pridejo več ali če se odpre nov "
        "vprašalnik."
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
        "ostanejo. Če želi pozneje spet sodelovati, v pregledu osebe izberite »Zapiši privolitev«."
    )


# New dates

CHANGE_DATES = "Spremeni datume"
CLOSE_GROUP = "Končaj skupino"
CONFIRM = "Da, tako naj bo"
WHICH_END: Mapping[Cue, str] = {Cue.START: "Nov prvi dan", Cue.END: "Nov zadnji dan"}
SAME_DATES = "To sta že zdajšnja datuma skupine."
CHANGED_MEANWHILE = "Medtem se je nekaj spremenilo. Preverite še enkrat."
NOBODY_YET = "V skupini še ni nikogar s privolitvijo, zato se ne premakne nobeno sporočilo."
GROUP_IS_CLOSED = "Skupina je končana."

_Z = frozenset({2, 8, 9, 10, 11, 12, 18, 19, 20, 21, 22, 28, 29, 31})  # »z drugega«, but »s tretjega«


def ask_dates(name: str, start: date, end: date) -> str:
    """The new dates are to be typed."""
    return (
        f"<b>Novi datumi: {safe(name)}</b>\n\nZdaj: {day(start)} – {day(end)}\n\n"
        "Napišite nov prvi in zadnji dan, na primer: od 3. 5. 2027 do 28. 6. 2027. Če se spremeni samo en dan, "
        "napišite samo tega. Preden se kar koli spremeni, pokažemo, komu se sporočila premaknejo."
    )


def ask_which(name: str, start: date, end: date, day_typed: date) -> str:
    """One day was typed that can be the first as well as the last."""
    return f"<b>Novi datumi: {safe(name)}</b>\n\nZdaj: {day(start)} – {day(end)}\n\nKaj naj bo {weekday(day_typed)}?"


def ask_redate(
    name: str, before: tuple[date, date], after: tuple[date, date], changes: Iterable[str], *, moves: bool
) -> str:
    """What new dates would do, to be confirmed; `moves`: there is somebody whose messages may move."""
    lines = "\n\n".join([*changes, *([] if moves else [NOBODY_YET])])
    return (
        f"<b>Novi datumi: {safe(name)}</b>\n\nZdaj: {day(before[0])} – {day(before[1])}\n"
        f"Novo: {day(after[0])} – {day(after[1])}\n\n{lines}\n\n<b>Naj bo tako?</b>"
    )


def shift(name: str, one: Shift) -> str:
    """What happens to one wave: who moves from which day to which, and what stays as it is."""
    lines = [_moves(count, *days) for days, count in one.moved.items()]
    lines += [
        f"{words}: {_people(count)}"
        for words, count in (
            ("vabilo je že poslano, ostane tako, kot je", one.sent),
            ("dan ostane isti", one.same),
            ("po novih datumih bi bilo že zaprto, zato ostane tako, kot je", one.late),
            ("vprašalnik se doda", one.added),
            ("vprašalnika ne bo", one.cancelled),
        )
        if count
    ]
    return "\n".join((f"<b>{safe(name)}</b>", *(f"• {line}" for line in lines)))


def redated(name: str, start: date, end: date) -> str:
    """After the dates were changed."""
    return f"<b>{safe(name)}: novi datumi</b>\n\n{day(start)} – {day(end)}\n\nSporočila so prestavljena."


def from_day(when: date, *, years: bool = False) -> str:
    """»s 4. 5.«, »z 8. 5.«: from a day, perhaps with its year."""
    return f"{'z' if when.day in _Z else 's'}{NO_BREAK}{_short(when, years=years)}"


def _moves(count: int, before: date, after: date) -> str:
    people = plural(
        count,
        f"{count} oseba se premakne",
        f"{count} osebi se premakneta",
        f"{count} osebe se premaknejo",
        f"{count} oseb se premakne",
    )
    years = before.year != after.year
    return f"{people} {from_day(before, years=years)} na {_short(after, years=years)}"


def _short(when: date, *, years: bool) -> str:
    return day(when) if years else f"{when.day}.{NO_BREAK}{when.month}."


# The end of a group


def ask_close(name: str, waves: Mapping[str, tuple[int, int]], waiting: int) -> str:
    """What ends with a group: by the name of a wave, how many people will not be asked, and how many may still answer.

    `waiting`: how many people have not said yes or no.
    """
    lines = []
    for wave, (cancelled, still_open) in waves.items():
        if cancelled:
            lines.append(f"• {capital(of_questionnaire(wave))} ne bo ({_people(cancelled)}).")
        if still_open:
            words = "ostane odprt do svojega dne, opomnikov ne bo"
            lines.append(f"• {capital(questionnaire(wave))} {words} ({_people(still_open)}).")
    if waiting:
        lines.append(f"• Povezave, ki še niso odprte, ne bodo več veljale ({_people(waiting)}).")
    listed = "\n".join(lines) or "Odpovedati ni treba ničesar."
    head = f"<b>Končaj skupino: {safe(name)}</b>"
    return f"{head}\n\n{listed}\n\nOdgovori, ki jih že imamo, ostanejo.\n\n<b>Naj bo tako?</b>"


def _people(count: int) -> str:
    return counted(count, "oseba", "osebi", "osebe", "oseb")


def closed(name: str) -> str:
    """After a group was ended."""
    return f"<b>{safe(name)}: skupina je končana</b>\n\nNihče ne dobi ničesar več. Odgovori, ki jih že imamo, ostanejo."


# Another group

MOVE = "V drugo skupino"
NO_OTHER_GROUP = "Ni druge skupine, v katero bi lahko šla ta oseba."


def choose_target(code: str, group: str) -> str:
    """Into which group?."""
    return f"<b>{code}: v drugo skupino</b>\n\nZdaj: {safe(group)}\n\nIzberite novo skupino istega programa."


def ask_move(code: str, before: str, after: str, changes: Iterable[str]) -> str:
    """What moving somebody would do, to be confirmed."""
    head = f"<b>{code}: v drugo skupino</b>\n\nZdaj: {safe(before)}\nNovo: {safe(after)}"
    return "\n\n".join((head, *changes, "Odgovori gredo z osebo.", "<b>Naj bo tako?</b>"))


def moved(code: str, group: str) -> str:
    """After somebody was moved."""
    return f"<b>{code}: v skupini {safe(group)}</b>\n\nKar še pride, pride po datumih te skupine."
