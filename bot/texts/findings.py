"""What coordinators read while they write »Kaj smo izvedeli« for a group."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from bot.texts.common import safe
from bot.texts.slovene import common, participant
from storage.findings import FindingsStanding
from surveys.locale_sl import NO_BREAK

LONGEST = 1500  # characters

EMPTY = (
    f"<b>{participant.LEARNED}</b>\n\n"
    "Tu še ni ničesar. Ko se skupini zapre prvi vprašalnik, lahko napišete, kaj ste iz odgovorov izvedeli. "
    "Besedilo potem dobijo vsi v skupini."
)
ABOUT = "Izberite skupino in vprašalnik. Napišete, preberete in potrdite. Brez vaše potrditve skupina ne dobi ničesar."
WRITE = "Napiši besedilo"
CHANGE = "Spremeni besedilo"
SEND = "Pošlji skupini"
STOP = "Ustavi pošiljanje"
NUMBERS = "Številke iz poročila"
TO_ALL = "Vse skupine"
SAVED = "Besedilo je shranjeno. Preberite ga tako, kot ga bo prebrala skupina."
APPROVED = "Potrjeno"
STOPPED = "Ustavljeno"
CHANGED_MEANWHILE = "Medtem se je nekaj spremenilo."
TOO_LATE = "Prvo sporočilo je že poslano, zato besedila ni več mogoče spremeniti ali ustaviti."
GONE = "Tega vprašalnika ni več na seznamu."

STANDINGS: dict[FindingsStanding, str] = {
    FindingsStanding.UNWRITTEN: "ni napisano",
    FindingsStanding.DRAFT: "osnutek",
    FindingsStanding.APPROVED: "potrjeno",
    FindingsStanding.SENT: "poslano",
}


def moment(when: datetime, zone: ZoneInfo) -> str:
    """»v torek, 9. 6. 2026, ob 10.00«."""
    local = when.astimezone(zone)
    return f"{common.day(when, zone)}, ob{NO_BREAK}{local.hour}.{local:%M}"


def name(group: str, wave: str) -> str:
    """Which questionnaire of which group."""
    return f"{group}: {wave}"


def line(group: str, wave: str, closed: str, told: str, standing: FindingsStanding) -> str:
    """One closed questionnaire in the list; `told`: the day of the message."""
    when = "" if standing is FindingsStanding.SENT else f"\nsporočilo: {told}"
    return f"<b>{safe(name(group, wave))}</b> · {STANDINGS[standing]}\nzaprto: {closed}{when}"


def head(group: str, wave: str, closed: str, people: int, standing: FindingsStanding) -> str:
    """What this is about, and who would get it."""
    receivers = "" if standing is FindingsStanding.SENT else f"\nPrejemnikov: {people}"
    return (
        f"<b>{participant.LEARNED}</b> · {STANDINGS[standing]}\n{safe(name(group, wave))}\n"
        f"Vprašalnik se je zaprl {closed}.{receivers}"
    )


def read_back(message: str) -> str:
    """The message as the group reads it."""
    return f"———\n{message}\n———"


def unwritten(when: str) -> str:
    """Nothing is written yet."""
    return f"Besedila še ni. Če ga napišete in potrdite, ga skupina dobi {when}."


def draft(when: str) -> str:
    """Before it is approved: when it would go out."""
    return f"Osnutka ne dobi še nihče. Če zdaj izberete »{SEND}«, ga skupina dobi {when}. Do takrat ga lahko ustavite."


def approved(when: str) -> str:
    """It goes out then."""
    return (
        f"Skupina ga dobi {when}. Do takrat ga lahko spremenite ali ustavite. "
        "Kdor tisti teden dobi že dovolj drugih sporočil, ga dobi nekaj dni pozneje."
    )


NOBODY_WAITS = "Potrjeno, vendar ga ni mogel dobiti nihče: ni nikogar, ki še sodeluje in bi mu lahko pisali."
NOBODY = "V skupini ni nikogar, ki bi mu lahko pisali."


def sent(count: int) -> str:
    """To how many people it went."""
    return f"Poslano ljudem: {count}. Besedila ni več mogoče spremeniti."


def ask(group: str, wave: str, text: str, standing: FindingsStanding) -> str:
    """Before the text is typed; the one that is there can be copied by a touch."""
    again = " Ko besedilo spremenite, ga je treba znova potrditi." if standing is FindingsStanding.APPROVED else ""
    present = f"\n\nSedanje besedilo (z dotikom ga kopirate):\n\n<code>{safe(text)}</code>" if text else ""
    return (
        f"<b>{participant.LEARNED}</b>\n{safe(name(group, wave))}\n\n"
        "Napišite skupini in pošljite: kaj ste iz odgovorov izvedeli in kaj boste zdaj naredili. "
        "Dovolj je nekaj preprostih stavkov.\n\n"
        "• Navedite samo številke, ki so v poročilu.\n"
        "• Ne pišite o posameznih osebah, tudi brez imena ne.\n"
        f"• Besedilo ima lahko največ {LONGEST} znakov. Ime knjižnice dodamo sami.{again}{present}"
    )


def too_long(length: int) -> str:
    """Why a text could not be taken."""
    return f"Besedilo je predolgo: ima {length} znakov. Skrajšajte ga na največ {LONGEST} znakov."
