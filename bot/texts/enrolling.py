"""What librarians read while they enrol people, and what stands on the printed cards."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from bot.texts.common import safe
from reports.slovenian import counted

_LISTED = 60  # codes in one message

NEW_GROUP = "Nova skupina"
ONE_MORE = "Še ena oseba"
SEVERAL = "Več oseb naenkrat"
CARDS = "Kartice za tisk"
CODES = "Šifre in kartice"
NO_GROUPS = (
    "<b>Vpis</b>\n\nZdaj ni nobene skupine, v katero bi lahko vpisali osebe. "
    "Skupino naredi koordinatorka ali koordinator vaše knjižnice."
)
NO_GROUPS_YET = "<b>Vpis</b>\n\nZdaj ni nobene skupine, v katero bi lahko vpisali osebe. Naredite novo."
CHOOSE_GROUP = (
    "<b>Vpis</b>\n\nIzberite skupino. Takoj vpišemo eno osebo in pokažemo njeno povezavo in kodo QR.\n\n"
    "Za več oseb lahko sem pošljete seznam kot datoteko Excel ali CSV.\n\n"
    "Imena osebe ne vpisujemo. Kdo ima katero šifro, si zapišite zase, zunaj Telegrama."
)


def group_name(name: str, programme: str, *, several: bool) -> str:
    """A group on a button; with its programme, where the library has several."""
    return f"{name} · {programme}" if several else name


def handed_out(code: str, address: str) -> str:
    """Under the picture that is handed to the person."""
    return (
        f"Šifra: <code>{code}</code>\n{safe(address)}\n\n"
        "Koda QR odpre pogovor s knjižnico. Poslikajte jo s telefonom in izberite »Začni« ali »Start«."
    )


def enrolled(group: str, size: int, code: str, address: str | None) -> str:
    """After somebody was enrolled; without a code: the group alone."""
    parts = [f"<b>Vpis: {safe(group)}</b>"]
    if code:
        parts.append(f"Vpisana je oseba s šifro <code>{code}</code>.")
        parts.append(LINK_OPENED if address is None else f"Povezava: {safe(address)}")
    parts.append(f"V skupini: {counted(size, 'oseba', 'osebi', 'osebe', 'oseb')}")
    return "\n\n".join(parts)


LINK_OPENED = "Povezava je že odprta."


def how_many(group: str) -> str:
    """Before several people are enrolled at once."""
    return (
        f"<b>Vpis: {safe(group)}</b>\n\nKoliko oseb naj vpišemo? "
        "Za vse lahko natisnete kartice. Na vsaki sta koda QR in šifra."
    )


def so_many(count: int) -> str:
    """A button."""
    return counted(count, "oseba", "osebi", "osebe", "oseb")


def enrolled_several(group: str, codes: Sequence[str]) -> str:
    """The codes of a group whose link is not opened yet; the first of very many."""
    title = f"<b>Vpis: {safe(group)}</b>\n\n"
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
GROUP_MADE = "Skupina je narejena."


def ask_group(programme: str) -> str:
    """What is to be typed."""
    return (
        f"<b>Nova skupina</b>\n{safe(programme)}\n\n"
        "Napišite ime skupine, prvi dan in zadnji dan programa. Na primer:\n"
        "<code>Pomladna skupina, 3. 5. 2027, 28. 6. 2027</code>"
    )


GROUP_NEEDS_DATES = "Potrebujemo ime in dva datuma, na primer 3. 5. 2027 in 28. 6. 2027."
GROUP_NEEDS_NAME = "Manjka ime skupine. Napišite ga pred datumoma."
GROUP_NAME_LONG = "Ime skupine je predolgo. Naj ima največ 60 znakov."
GROUP_ENDS_FIRST = "Zadnji dan je pred prvim. Preverite datuma."
GROUP_TAKEN = "Skupina s tem imenom že obstaja. Izberite drugo ime."
