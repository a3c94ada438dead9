"""What stands in a kiosk before somebody's language is known, and what a librarian reads before it begins."""

from __future__ import annotations

from datetime import datetime, timedelta

BEGIN = "Začni kiosk"
FULL_SCREEN = "Čez ves zaslon"
CODE = "Šifra"
SCAN = "Pokažem kartico kameri"
NO_CAMERA = "Kamera ni na voljo. Šifro lahko vpišete."

WRONG = "Šifra ni prava. Preverite vsak znak ali se obrnite na osebje knjižnice."
CALL_STAFF = "Prosimo, obrnite se na osebje knjižnice. Z veseljem vam pomagamo."
NOTHING_OPEN = "Za vas zdaj ni vprašanj. Hvala!"
HANDED_IN = "Ti odgovori so že oddani. Hvala!"


def ask(library: str) -> str:
    """The question for a code; `library`: with which letters those of its people begin, empty where unknown."""
    example = f", na primer {library}-7F3K2" if library else ""
    return f"<b>Pozdravljeni!</b>\n\n<b>Vpišite svojo šifro.</b>\n\nStoji na vaši kartici{example}."


def paused(until: datetime) -> str:
    """Codes or numbers were guessed here; `until`: when the next one is taken, on the clock of the wall."""
    minute = until + timedelta(seconds=59)
    return (
        f"Prevečkrat je bilo vpisano nekaj napačnega. Poskusite znova ob {minute.hour}.{minute.minute:02}. "
        "Mudi se vam? Obrnite se na osebje knjižnice."
    )


_IN_A_CHAT = (
    "• Ukazi in gumbi za osebje medtem ne delujejo. Vaša sporočila počakajo.\n"
    "• Kar kdo napiše, se izbriše iz pogovora.\n"
    "• V Telegramu starejša sporočila nad kioskom ostanejo. Najbolje je, da prej počistite pogovor.\n"
)
_IN_A_BROWSER = (
    "• Ko se kiosk začne, izberite »Čez ves zaslon«.\n"
    "• Kdor se minuto ne dotakne zaslona (pri besedilu privolitve tri minute), vidi opozorilo. "
    "Deset sekund pozneje je spet začetek. Odgovori ostanejo.\n"
    "• Menija, datotek in vaših sporočil medtem ni na zaslonu. Prej vam ni treba ničesar počistiti.\n"
)


def offer(number: int, *, in_browser: bool) -> str:
    """Before a kiosk begins: what happens, and the number that ends it."""
    return (
        "<b>Kiosk</b>\n\n"
        "Telefon ali tablica knjižnice gre iz rok v roke. Vsaka oseba vpiše svojo šifro in sama odgovori. "
        "Potem se njeni odgovori umaknejo z zaslona in na vrsti je naslednja.\n\n"
        f"{_IN_A_BROWSER if in_browser else _IN_A_CHAT}"
        "• Za otroka odgovarja odrasla oseba.\n\n"
        f"<b>Številka za konec: {number}</b>\n"
        "Zapišite si jo. Ko jo napišete namesto šifre, se kiosk konča."
    )
