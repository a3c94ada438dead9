"""/pomoc of staff: the manual in short, where the whole of it is, and whom to ask."""

from __future__ import annotations

from bot.texts.common import safe
from storage.schema import Role

TITLE = "<b>Pomoč</b>"
MANUAL = "Navodila s slikami"
CHOOSE = "Izberite, kaj bi radi vedeli."
BACK = "Druga pomoč"

_BEGIN = (
    "Kako začne skupina",
    (
        "1. V /vpis izberete skupino in poveste, koliko oseb vpisujete.\n"
        "2. Natisnete kartice: »Šifre in kartice«, potem »Kartice za tisk«.\n"
        "3. Na srečanju odprete skupino in »Prvo srečanje«. Tam vidite, kdo je že začel in kdo še potrebuje "
        "pomoč.\n"
        "4. Kdo ima katero šifro, si zapišite zase, ne tukaj."
    ),
)
_ASSIST = (
    "Kdor nima telefona",
    (
        "Napišite šifro osebe ali jo izberite v skupini. Najprej izberite »Zapiši privolitev«, potem "
        "»Odgovori za to osebo«: vprašanja preberete na glas in vnesete, kar oseba pove. Vprašalnik lahko "
        "tudi natisnete in odgovore vnesete pozneje, z »Vnesi s papirja«."
    ),
)
_LINK = (
    "Povezava ali telefon",
    (
        "Povezava je za eno osebo. Če se je izgubila, v pregledu osebe izberite »Pokaži povezavo«. Če je že "
        "odprta ali ima oseba nov telefon, izberite »Več« in »Nova povezava«. Odgovori in šifra ostanejo."
    ),
)
_MISTAKE = (
    "Če se zmotite",
    (
        "Po vpisu in po drugih spremembah imate eno minuto časa za »Razveljavi«. Vpis, ki ga nihče ni "
        "uporabil, odstranite tudi pozneje: v pregledu osebe izberite »Več« in »Odstrani vpis«."
    ),
)
_RIGHTS = (
    "Konec in izbris",
    (
        "Kdor ne želi več sodelovati: v pregledu osebe izberite »Več« in »Konec sodelovanja«. Odgovori "
        "ostanejo. Kdor želi, da se vse izbriše: »Več« in »Izbriši podatke osebe«. Tega ni mogoče "
        "razveljaviti."
    ),
)
_CALLS = (
    "Koga poklicati",
    (
        "/klici pokaže, kdo čaka na klic in zakaj. Po klicu izberete, kako je bilo, in oseba za nekaj časa "
        "izgine s seznama."
    ),
)
_GROUPS = (
    "Skupine in datumi",
    (
        "V /vpis izberete »Nova skupina« in napišete ime ter prvi in zadnji dan. Datume, ime in konec skupine "
        "spremenite v skupini, pod »Več«. Preden se kaj spremeni, vidite, kaj to pomeni."
    ),
)
_REPORTS = (
    "Poročila",
    (
        "Tedenski povzetek pride sam. /porocilo in /ucinek ga naredita kadar koli, /izvoz pripravi podatke. "
        "Majhnih skupin poročila ne pokažejo, da nikogar ni mogoče prepoznati."
    ),
)
_AT_THE_DESK = (_BEGIN, _ASSIST, _LINK, _MISTAKE, _CALLS, _RIGHTS)
TOPICS: dict[Role, tuple[tuple[str, str], ...]] = {
    Role.LIBRARIAN: _AT_THE_DESK,
    Role.COORDINATOR: (_GROUPS, _REPORTS, *_AT_THE_DESK),
    Role.NATIONAL: (_REPORTS,),
}
_ASK = {
    Role.LIBRARIAN: "Če ne gre, vprašajte koordinatorko ali koordinatorja vaše knjižnice.",
    Role.COORDINATOR: "Če ne gre, vprašajte skrbnika sistema.",
    Role.NATIONAL: "Če ne gre, vprašajte skrbnika sistema.",
}


def help_(role: Role, contact: str, manual: str) -> str:
    """The first card; `contact`: whom staff ask, as it is configured, `manual`: where the whole manual is."""
    ask = f"{_ASK[role]}{f' Pomoč za osebje: {safe(contact)}.' if contact else ''}"
    parts = (TITLE, CHOOSE, ask, "" if manual else "Navodila s slikami dobite pri skrbniku sistema.")
    return "\n\n".join(part for part in parts if part)


def topic(title: str, words: str) -> str:
    """One topic."""
    return f"<b>{title}</b>\n\n{words}"
