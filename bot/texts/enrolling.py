"""What librarians read while they enrol people, and what stands on the printed cards."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from bot.staff.newcomers import Late
from bot.texts.common import safe
from bot.texts.waves import questionnaire
from surveys.locale_sl import NO_BREAK, counted, day, plural


@dataclass(frozen=True, slots=True)
class Size:
    """How many people a group has, without those who wait beside it for the next one."""

    taking_part: int
    waiting: int = 0


_LISTED = 60  # codes in one message
PARAGRAPH = "\n\n"

NEW_GROUP = "Nova skupina"
ONE_MORE = "Še ena oseba"
SEVERAL = "Več oseb"
CARDS = "Kartice za tisk"
CODES = "Šifre in kartice"
NO_GROUPS = (
    "<b>Vpis</b>\n\nZdaj ni nobene skupine, v katero bi lahko vpisali osebe. "
    "Skupino ustvari koordinatorka ali koordinator vaše knjižnice."
)
NO_GROUPS_YET = "<b>Vpis</b>\n\nZdaj ni nobene skupine, v katero bi lahko vpisali osebe. Ustvarite novo."
CHOOSE_GROUP = (
    "<b>Vpis</b>\n\nIzberite skupino. Potem vprašamo, koliko oseb naj vpišemo.\n\n"
    "Za več oseb lahko sem pošljete seznam kot datoteko Excel ali CSV.\n\n"
    "Imena osebe ne vpisujemo. Kdo ima katero šifro, si zapišite zase, ne tukaj."
)


def group_name(name: str, programme: str, *, several: bool) -> str:
    """A group on a button; with its programme, where the library has several."""
    return f"{name} · {programme}" if several else name


def handed_out(code: str, address: str, typed: str, number: str) -> str:
    """Under the picture that is handed to the person; `typed`: the short address of the pages, where there are any."""
    opens = "stran knjižnice. Poskenirajte jo s telefonom in izberite, kje želite odgovarjati."
    if not typed:
        opens = "pogovor s knjižnico. Poskenirajte jo s telefonom in izberite »Začni« ali »Start«."
    parts = [f"Šifra: <code>{code}</code>\n{safe(address)}", f"Koda QR odpre {opens}", without_camera(typed, number)]
    return PARAGRAPH.join(filter(None, parts))


def without_camera(typed: str, number: str) -> str:
    """The way for who has no camera, where the card has a number; else empty."""
    if not number:
        return ""
    return f"Brez kamere: v brskalnik vpišite {safe(typed)} in nato številko kartice <code>{number}</code>."


def enrolled(group: str, size: Size, code: str, begins: str, late: Late | None) -> str:
    """After somebody was enrolled, with how they begin; without a code: the group alone."""
    parts = [f"<b>Vpis: {safe(group)}</b>"]
    if code:
        parts.append(f"Vpisana je oseba s šifro <code>{code}</code>.")
        parts.append(begins)
    parts += [in_group(size), newcomers(late)]
    return "\n\n".join(part for part in parts if part)


LINK_OPENED = "Povezava je že odprta."


def begins_by(address: str, typed: str, number: str) -> str:
    """How somebody begins: by the link, or by the number of the card."""
    return PARAGRAPH.join(filter(None, (f"Povezava: {safe(address)}", without_camera(typed, number))))


def how_many(group: str, size: Size, late: Late | None) -> str:
    """Before anybody is enrolled."""
    soon = newcomers(late)
    return (
        f"<b>Vpis: {safe(group)}</b>\n\n{in_group(size)}\n\n{f'{soon}{PARAGRAPH}' if soon else ''}"
        "<b>Koliko oseb naj vpišemo?</b> Izberite ali napišite število, na primer 12.\n\n"
        "Vsaka oseba dobi šifro in povezavo s kodo QR. Kartice lahko natisnete."
    )


def newcomers(late: Late | None) -> str:
    """What who joins now still gets, where it is too late for something; else empty."""
    if late is None:
        return ""
    since = f"Skupina se je končala {day(late.ended)}." if late.ended else "Skupina že poteka."
    names = [questionnaire(wave.name) for wave in late.waves]
    *first, last = names or [""]
    listed = f"{', '.join(first)} in {last}" if first else last
    gets = f"dobi samo {listed}" if names else "ne dobi nobenega vprašalnika"
    return f"{since} Kdor se pridruži zdaj, {gets}."


def in_group(size: Size) -> str:
    """How many are in a group, and how many wait beside it."""
    waiting = f", na čakalnem seznamu: {so_many(size.waiting)}" if size.waiting else ""
    return f"V skupini: {so_many(size.taking_part)}{waiting}"


SO_MANY_AT_ONCE = f"Napišite število od 1 do {_LISTED}, na primer 12. Za večjo skupino vpišite osebe v več korakih."


def taken_back(removed: int, kept: int) -> str:
    """After an enrolment was taken back; `kept`: who has used the link meanwhile."""
    words = "Razveljavljeno. Vpisan ni nihče."
    if kept:
        people = plural(kept, "oseba je", "osebi sta", "osebe so", "oseb je")
        words = f"Razveljavljeno: {so_many(removed)}. {kept}{NO_BREAK}{people} povezavo že odprla in ostane v skupini."
    return words


REMOVE = "Odstrani vpis"
REMOVE_YES = "Da, odstrani vpis"
IN_USE = "Ta oseba je povezavo že uporabila, zato vpisa ni mogoče odstraniti."


def ask_remove(code: str) -> str:
    """Before an unused enrolment is removed."""
    return (
        f"<b>Odstrani vpis {code}?</b>\n\nTa oseba še ni začela. Njena šifra, povezava in kartica ne bodo več "
        "veljale, in v nobeni številki je ne bo več. Tega ni mogoče razveljaviti."
    )


def removed(code: str) -> str:
    """After it."""
    return f"Vpis {code} je odstranjen. Kartico s to šifro zavrzite."


def so_many(count: int) -> str:
    """A button."""
    return counted(count, "oseba", "osebi", "osebe", "oseb")


def enrolled_several(group: str, codes: Sequence[str], late: Late | None) -> str:
    """The codes of a group whose link is not opened yet; the first of very many."""
    soon = newcomers(late)
    title = f"<b>Vpis: {safe(group)}</b>\n\n{f'{soon}{PARAGRAPH}' if soon and codes else ''}"
    if not codes:
        return f"{title}Vse povezave so že odprte ali ne veljajo več. Za novo kartico izberite osebo v skupini."
    listed = "\n".join(f"<code>{code}</code>" for code in codes[:_LISTED])
    more = len(codes) - _LISTED
    rest = f"\n… in še {counted(more, 'šifra', 'šifri', 'šifre', 'šifer')}" if more > 0 else ""
    return f"{title}Vpisane šifre, za katere povezava še ni odprta:\n{listed}{rest}"


# Printed cards


def cards_name(group: str) -> str:
    """»Kartice za tisk · Pomlad«, safe for a screen."""
    return safe(" · ".join(part for part in (CARDS, group) if part))


def cards_caption(group: str, count: int) -> str:
    """Under the file."""
    return (
        f"<b>{cards_name(group)}</b>\n"
        f"{counted(count, 'kartica', 'kartici', 'kartice', 'kartic')}, na zadnjih straneh je seznam šifer za vas.\n\n"
        "Natisnite na liste A4, samo na eno stran lista, in razrežite po črtah. "
        "Vsaka kartica je za eno osebo. Imena pišite samo na seznam."
    )


def cards_file(library: str, made_on: date) -> str:
    """»kartice-BRE-2026-03-02.pdf«: says nothing of the programme."""
    return f"kartice-{library}-{made_on.isoformat()}.pdf"


CARDS_GONE = "Za kartice, ki ste jih želeli, so vse povezave že odprte ali ne veljajo več."

# A new group

CHOOSE_PROGRAMME_FOR_GROUP = "<b>Nova skupina</b>\n\nIzberite program."
AUDIENCES: dict[str, str] = {"participants": "", "volunteers": "prostovoljci"}
