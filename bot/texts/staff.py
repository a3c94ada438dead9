"""What librarians and coordinators read. Numbers stand after a colon, where all plural forms read alike."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from zoneinfo import ZoneInfo

from bot.texts.common import safe
from reports.slovenian import counted, day
from storage.calls import Reason
from storage.groups import Group, Numbers, Standing, WaveOf
from storage.schema import EnrolmentState, OccasionState, Role

NOT_STAFF = "To je za knjižničarje in koordinatorje. Če ste med njimi, prosite za svojo povezavo."
NOT_YOUR_ROLE = "To v vaši vlogi ni mogoče."

# The desk

ROLES: dict[Role, str] = {
    Role.LIBRARIAN: "knjižničarka ali knjižničar",
    Role.COORDINATOR: "koordinatorka ali koordinator",
    Role.NATIONAL: "nacionalna koordinatorka ali koordinator",
}

_VPIS = ("vpis", "vpiše osebe v skupino in naredi povezave")
_SKUPINE = ("skupine", "pokaže skupine in kdo je odgovoril")
_UDELEZENEC = ("udelezenec", "pokaže eno osebo po šifri")
_IZPOLNI = ("izpolni", "odgovorite namesto osebe, ki vam narekuje")
_VPRASALNIK = ("vprasalnik", "pokaže vprašalnik brez shranjevanja")
_KLICI = ("klici", "pokaže, koga poklicati")
_POROCILO = ("porocilo", "tedenski povzetek programa")
_UCINEK = ("ucinek", "kaj se je spremenilo")
_STANJE = ("stanje", "številke na kratko")
_POMOC = ("pomoc", "pomoč")

_AT_THE_DESK = (_VPIS, _SKUPINE, _UDELEZENEC, _IZPOLNI, _VPRASALNIK, _KLICI, _STANJE)
COMMANDS: dict[Role, tuple[tuple[str, str], ...]] = {
    Role.LIBRARIAN: (*_AT_THE_DESK, _POMOC),
    Role.COORDINATOR: (_POROCILO, _UCINEK, *_AT_THE_DESK, _POMOC),
    Role.NATIONAL: (_POROCILO, _UCINEK, _STANJE, _VPRASALNIK, _POMOC),
}

BUTTONS: dict[str, str] = {
    "vpis": "Vpiši osebe",
    "skupine": "Skupine",
    "udelezenec": "Poišči osebo",
    "izpolni": "Odgovori za osebo",
    "vprasalnik": "Vprašalniki",
    "klici": "Koga poklicati",
    "porocilo": "Tedensko poročilo",
    "ucinek": "Učinek",
    "stanje": "Stanje",
}
DESK = "Na začetek"
LATER = "Naslednje ›"
EARLIER = "‹ Prejšnje"


def desk(role: Role, library: str) -> str:
    """Who one is here, and what one may do."""
    where = f"\n{safe(library)}" if library else ""
    lines = "\n".join(f"/{name} – {what}" for name, what in COMMANDS[role])
    return f"<b>Pozdravljeni!</b>\nVaša vloga: {ROLES[role]}{where}\n\n{lines}"


# Enrolling

NEW_GROUP = "Nova skupina"
ONE_MORE = "Še ena oseba"
SEVERAL = "Več oseb naenkrat"
CARDS_AGAIN = "Pošlji kartice še enkrat"
CARDS_FILE = "kartice.html"
NO_GROUPS = (
    "<b>Vpis</b>\n\nZdaj ni nobene skupine, v katero bi lahko vpisali osebe. "
    "Skupino naredi koordinatorka ali koordinator vaše knjižnice."
)
NO_GROUPS_YET = "<b>Vpis</b>\n\nZdaj ni nobene skupine, v katero bi lahko vpisali osebe. Naredite novo."
CHOOSE_GROUP = (
    "<b>Vpis</b>\n\nIzberite skupino. Takoj vpišemo eno osebo in pokažemo njeno povezavo in kodo QR.\n\n"
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
        "Dobite datoteko s karticami za tisk. Na vsaki so koda QR, povezava in šifra."
    )


def so_many(count: int) -> str:
    """A button."""
    return counted(count, "oseba", "osebi", "osebe", "oseb")


def enrolled_several(group: str, codes: Sequence[str]) -> str:
    """After several people were enrolled at once."""
    listed = "\n".join(f"<code>{code}</code>" for code in codes)
    return f"<b>Vpis: {safe(group)}</b>\n\nVpisane šifre, za katere povezava še ni odprta:\n{listed}"


CARDS_CAPTION = "Kartice za tisk. Odprite datoteko v brskalniku in jo natisnite na liste A4."


# Printed cards

CARD_TITLE = "Kartice za vpis"
CARD_CODE = "Šifra"
CARD_ALT = "Koda QR za začetek"
CARD_STEPS = (
    "Na telefonu namestite aplikacijo Telegram.",
    "S fotoaparatom poslikajte kodo QR.",
    "Izberite »Začni« ali »Start«.",
)
CARD_FOR_ONE = "Kartica je za eno osebo. Če potrebujete pomoč, jo prinesite v knjižnico."

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

# Groups

GROUPS = "Skupine"
GROUPS_EMPTY = "<b>Skupine</b>\n\nSkupin še ni. Za začetek izberite /vpis."
GROUP_EMPTY = "V skupini še ni nikogar."
TO_GROUP = "V skupino"

STANDINGS: dict[Standing, str] = {
    Standing.WAITING: "čaka",
    Standing.TAKES_PART: "sodeluje",
    Standing.ANSWERED: "odgovorjeno",
    Standing.HALF: "na pol",
    Standing.DECLINED: "ne želi",
    Standing.LEFT: "ne sodeluje več",
}


def group(one: Group, waves: Mapping[str, str]) -> str:
    """A group with its counts; `waves` are the names of its waves by id, in order."""
    answers = ", ".join(f"{safe(name)} {one.answered.get(wave, 0)}" for wave, name in waves.items())
    return (
        f"<b>{safe(one.name)}</b>\n{day(one.start)} – {day(one.end)}\n"
        f"Vpisanih: {one.enrolled} · s privolitvijo: {one.joined}\nOdgovori: {answers}"
    )


def member(code: str, standing: Standing) -> str:
    """A line in a group."""
    return f"<code>{code}</code> – {STANDINGS[standing]}"


def part(shown: int, of: int) -> str:
    """»Stran 2 od 3«."""
    return f"Stran {shown} od {of}."


# One person

ASK_CODE = "<b>Poišči osebo</b>\n\nNapišite šifro osebe, na primer KAM-7F3K2. Velike črke in vezaj niso nujni."
ASK_CODE_TO_ASSIST = (
    "<b>Odgovori za osebo</b>\n\nNapišite šifro osebe, ki vam narekuje odgovore, na primer KAM-7F3K2. "
    "Velike črke in vezaj niso nujni."
)
WRONG_CODE = (
    "Ta šifra ni prava. Preverite, ali so vsi znaki pravilni. Šifra ima tri črke knjižnice in še pet znakov. "
    "Za vezajem v njej ni znakov 0, O, 1 in I."
)
UNKNOWN_CODE = "Te šifre ni v skupinah vaše knjižnice."

STATES: dict[EnrolmentState, str] = {
    EnrolmentState.INVITED: "Še ni privolitve.",
    EnrolmentState.ACTIVE: "Sodeluje.",
    EnrolmentState.DECLINED: "Ne želi sodelovati.",
    EnrolmentState.LEFT: "Ne sodeluje več.",
    EnrolmentState.ERASED: "Podatki so izbrisani.",
}

WITH_TELEGRAM = "Sporočila dobiva po Telegramu."
WITHOUT_TELEGRAM = "Brez Telegrama: sporočil ne dobiva, odgovore vnesete vi."
OUT_OF_REACH = "Sporočila ne pridejo več. Pokličite."


def person(code: str, group_called: str, lines: Iterable[str], waves: Iterable[str]) -> str:
    """The card of one person."""
    head = f"<b>{code}</b>\n{safe(group_called)}"
    return "\n\n".join(part for part in (head, "\n".join(lines), "\n".join(waves)) if part)


def since(joined: datetime, zone: ZoneInfo) -> str:
    """Since when there is consent."""
    return f"Privolitev: {day(joined.astimezone(zone).date())}"


def wave(name: str, one: WaveOf, zone: ZoneInfo) -> str:
    """One wave of one person."""
    opens, closes = (day(moment.astimezone(zone).date()) for moment in (one.opens_at, one.closes_at))
    match one.state:
        case OccasionState.PLANNED:
            word = f"od {opens}"
        case OccasionState.OPEN:
            word = f"{'na pol' if one.begun else 'čaka na odgovor'}, odprto do {closes}"
        case OccasionState.COMPLETE:
            word = "odgovorjeno"
        case OccasionState.PARTIAL:
            word = "na pol, zaprto"
        case OccasionState.MISSED:
            word = "brez odgovora, zaprto"
        case OccasionState.CANCELLED:
            word = "odpovedano"
    return f"• {safe(name)}: {word}"


ASSIST = "Odgovori za to osebo"
SHOW_LINK = "Pokaži povezavo"
NEW_LINK = "Nova povezava"
RECORD_CONSENT = "Zapiši privolitev"
END_TAKING_PART = "Konec sodelovanja"
NO_OPEN_LINK = "Ta povezava ne velja več ali je že odprta. Naredite novo."


def ask_new_link(code: str) -> str:
    """Before a link is replaced."""
    return (
        f"<b>Nova povezava za {code}?</b>\n\nStara povezava in stara koda QR ne bosta več veljali. "
        "Odgovori in šifra ostanejo."
    )


NEW_LINK_YES = "Da, naredi novo povezavo"


def ask_leave(code: str) -> str:
    """Before somebody's taking part is ended."""
    return (
        f"<b>Konec sodelovanja za {code}?</b>\n\nOseba ne bo več dobivala vprašalnikov. "
        "Odgovori, ki jih že imamo, ostanejo za skupne številke."
    )


LEAVE_YES = "Da, končaj sodelovanje"


def ask_consent(code: str, *, child: bool) -> str:
    """Before consent is recorded for somebody without Telegram."""
    who = (
        "Starš ali skrbnik mora izvedeti, kaj sprašujemo in zakaj, in dati privolitev."
        if child
        else "Oseba mora izvedeti, kaj sprašujemo in zakaj, in dati privolitev."
    )
    return (
        f"<b>Privolitev za {code}</b>\n\n{who} Podpisani obrazec shranite v knjižnici.\n\n"
        "• Odgovori so shranjeni pod šifro, brez imena.\n"
        "• V poročilih so samo skupne številke.\n"
        "• Sodelovanje je prostovoljno. Kadar koli je mogoče nehati.\n\n"
        "<b>Kdo je dal privolitev?</b>"
    )


CONSENT_ON_PAPER = "Oseba sama, s podpisom"
CONSENT_BY_WITNESS = "Oseba sama, ustno ob priči"
CONSENT_BY_GUARDIAN = "Starš ali skrbnik, s podpisom"
CONSENT_RECORDED = "Privolitev je zapisana."

# Answering for somebody

NEEDS_CONSENT = "Najprej potrebujemo privolitev te osebe."
HAS_LEFT = "Ta oseba ne sodeluje več."
NOTHING_OPEN = "Za to osebo zdaj ni odprtega vprašalnika."
NEXT_PERSON = "Naslednja oseba"


def next_opens(when: str) -> str:
    """When there is something to answer again."""
    return f"Zdaj ni odprtega vprašalnika. Naslednji se odpre {when}."


def assisted_thanks(code: str) -> str:
    """After answers were handed in for somebody."""
    return f"<b>Hvala!</b> Odgovori osebe s šifro {code} so shranjeni."


# Preview

CHOOSE_PROGRAMME = "<b>Vprašalniki</b>\n\nIzberite program."
PREVIEW_TOAST = "To je predogled."
PREVIEW_CONDITIONAL = "Pokaže se le ob nekaterih prejšnjih odgovorih."
OTHER_QUESTIONNAIRE = "Drug vprašalnik"


def choose_wave(programme: str) -> str:
    """Which questionnaire of a programme."""
    return f"<b>Vprašalniki</b>\n{safe(programme)}\n\nIzberite vprašalnik."


def preview(wave_name: str, position: int, total: int) -> str:
    """Above each card of a preview."""
    return f"Predogled · {safe(wave_name)} · {position} od {total}"


# Calls

CALLS_EMPTY = "<b>Koga poklicati</b>\n\nZdaj ni treba poklicati nikogar."
CALLS = "Koga poklicati"

REASONS: dict[Reason, str] = {
    Reason.UNREACHABLE: "sporočila ne pridejo več",
    Reason.NO_TELEGRAM: "brez Telegrama, vprašalnik je odprt",
    Reason.HALF: "odgovorjeno na pol, kmalu se zapre",
    Reason.SILENT: "brez odgovora po zadnjem opomniku",
}


def calls_of(reason: Reason, count: int) -> str:
    """How many for one reason."""
    return f"• {REASONS[reason]}: {count}"


def call(code: str, reason: Reason, closes_at: datetime, zone: ZoneInfo) -> str:
    """One person to call."""
    return f"<code>{code}</code> – {REASONS[reason]}, odprto do {day(closes_at.astimezone(zone).date())}"


# Reports

WHICH_WEEKLY = "<b>Tedensko poročilo</b>\n\nIzberite program."
WHICH_IMPACT = "<b>Učinek</b>\n\nIzberite program."
PREPARING = "Pripravljamo poročilo. V nekaj trenutkih pride v ta pogovor kot besedilo, slika in datoteka za branje."


def which_week(programme: str) -> str:
    """Which week of a programme."""
    return f"<b>Tedensko poročilo</b>\n{safe(programme)}\n\nIzberite teden."


def this_week(monday: date, sunday: date) -> str:
    """A button."""
    return f"Ta teden ({_days(monday, sunday)})"


def last_week(monday: date, sunday: date) -> str:
    """A button."""
    return f"Prejšnji teden ({_days(monday, sunday)})"


def report_picture(title: str) -> str:
    """Under the picture of a report."""
    return f"{safe(title)} – slika. Vse številke so tudi v besedilu."


def report_file(title: str) -> str:
    """Under the file of a report."""
    return f"{safe(title)} – celotno poročilo. Odpre se v brskalniku."


def _days(first: date, last: date) -> str:
    return f"{first.day}. {first.month}. – {last.day}. {last.month}."


# State


def state(where: str, numbers: Numbers, calls: int) -> str:
    """A few numbers at once."""
    return (
        f"<b>Stanje</b>\n{safe(where)}\n\n"
        f"Vpisanih: {numbers.enrolled}\n"
        f"Sodeluje: {numbers.active}\n"
        f"Odprtih vprašalnikov: {numbers.open}\n"
        f"Odgovorov ta teden: {numbers.answered}\n"
        f"Se odpre v 7 dneh: {numbers.opening}\n"
        f"Sporočil čaka na pošiljanje: {numbers.waiting}\n"
        f"Sporočila ne pridejo do: {numbers.unreachable}\n"
        f"Za klic: {calls}"
    )


ALL_PROGRAMMES = "Vsi programi"
