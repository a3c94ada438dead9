"""What librarians and coordinators read. Numbers stand after a colon, where all plural forms read alike."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.texts.common import safe
from bot.texts.waiting_list import ON_WAITING_LIST
from storage.calls import Call, CallReason
from storage.cohort_overview import CohortSummary, EnrolmentStanding, WaveOf
from storage.schema import EnrolmentState, OccasionState, Role
from surveys.locale_sl import day

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
_KIOSK = ("kiosk", "ljudje zaporedoma odgovarjajo na tem telefonu")
_VPRASALNIK = ("vprasalnik", "pokaže vprašalnik brez shranjevanja")
_POSNEMI = ("posnemi", "preberete vprašanja na glas, da jih je mogoče poslušati")
_PREPIS = ("prepis", "poslušate zvočne odgovore in jih prepišete")
_KLICI = ("klici", "pokaže, koga poklicati")
_KOLEDAR = ("koledar", "pokaže, kdaj pride katero sporočilo")
_POROCILO = ("porocilo", "tedenski povzetek programa")
_UCINEK = ("ucinek", "kaj se je spremenilo")
_IZVOZ = ("izvoz", "podatki programa s šiframi namesto imen")
_ZGODBE = ("zgodbe", "zgodbe udeležencev: uredite jih in odobrite")
_IZVEDELI = ("izvedeli", "napišete skupini, kaj ste izvedeli")
_STANJE = ("stanje", "številke na kratko")
_POMOC = ("pomoc", "navodila na kratko in koga vprašati")
IN_THE_BROWSER = ("splet", "isto v brskalniku, na primer na računalniku")

_AT_THE_DESK = (
    _VPIS,
    _SKUPINE,
    _UDELEZENEC,
    _IZPOLNI,
    _KIOSK,
    _VPRASALNIK,
    _POSNEMI,
    _PREPIS,
    _KLICI,
    _KOLEDAR,
    _STANJE,
)
COMMANDS: dict[Role, tuple[tuple[str, str], ...]] = {
    Role.LIBRARIAN: (*_AT_THE_DESK, _POMOC),
    Role.COORDINATOR: (_POROCILO, _UCINEK, _IZVOZ, _ZGODBE, _IZVEDELI, *_AT_THE_DESK, _POMOC),
    Role.NATIONAL: (_POROCILO, _UCINEK, _IZVOZ, _STANJE, _VPRASALNIK, _POMOC),
}

BUTTONS: dict[str, str] = {
    "vpis": "Vpiši osebe",
    "skupine": "Skupine",
    "udelezenec": "Poišči osebo",
    "izpolni": "Odgovori za osebo",
    "kiosk": "Kiosk",
    "vprasalnik": "Vprašalniki",
    "posnemi": "Posnetki vprašanj",
    "prepis": "Prepis posnetkov",
    "klici": "Koga poklicati",
    "koledar": "Koledar sporočil",
    "porocilo": "Tedensko poročilo",
    "ucinek": "Učinek",
    "izvoz": "Podatki",
    "zgodbe": "Zgodbe",
    "izvedeli": "Kaj smo izvedeli",
    "stanje": "Stanje",
}
HELP = "Pomoč"
CHOOSE_TASK = "Izberite, kaj želite narediti."
DESK = "Na začetek"
LATER = "Naslednje ›"
EARLIER = "‹ Prejšnje"


def desk(role: Role, library: str, commands: Iterable[tuple[str, str]]) -> str:
    """Who one is here, and what one may do; without `commands` where they stand beside the card."""
    where = f"\n{safe(library)}" if library else ""
    lines = "\n".join(f"/{name} – {what}" for name, what in commands) or CHOOSE_TASK
    return f"<b>Pozdravljeni!</b>\nVaša vloga: {ROLES[role]}{where}\n\n{lines}"


# Groups

GROUPS = "Skupine"
GROUPS_EMPTY = "<b>Skupine</b>\n\nSkupin še ni. Za začetek izberite /vpis."
GROUP_EMPTY = "V skupini še ni nikogar."
TO_GROUP = "V skupino"

STANDINGS: dict[EnrolmentStanding, str] = {
    EnrolmentStanding.WAITING: "še ni privolitve",
    EnrolmentStanding.TAKES_PART: "sodeluje",
    EnrolmentStanding.ANSWERED: "odgovorjeno",
    EnrolmentStanding.HALF: "na pol",
    EnrolmentStanding.DECLINED: "ne želi",
    EnrolmentStanding.LEFT: "ne sodeluje več",
}


def group(one: CohortSummary, waves: Mapping[str, str]) -> str:
    """A group with its counts; `waves` are the names of its waves by id, in order."""
    answers = ", ".join(f"{safe(name)} {one.answered.get(wave, 0)}" for wave, name in waves.items())
    return (
        f"<b>{safe(one.name)}</b>\n{day(one.start)} – {day(one.end)}\n"
        f"Vpisanih: {one.enrolled} · s privolitvijo: {one.joined}\nOdgovori: {answers}"
    )


def member(code: str, standing: EnrolmentStanding) -> str:
    """A button in a group."""
    return f"{code} · {STANDINGS[standing]}"


def needs(waiting: int, half: int, to_call: int) -> str:
    """What is to be done in a group, with how many people."""
    counts = {"še ni privolitve": waiting, "odgovorjeno na pol": half, "za klic": to_call}
    lines = [f"• {words}: {count}" for words, count in counts.items() if count]
    return "\n".join(("<b>Na vrsti</b>", *lines)) if lines else "Zdaj v skupini nič ne čaka na vas."


MORE = "Več"


def more(name: str, group_called: str = "") -> str:
    """What is done rarely, for a person or with a group."""
    where = f"\n{safe(group_called)}" if group_called else ""
    return f"<b>{safe(name)}</b>{where}\n\nRedkejša opravila. Preden se kaj spremeni, vas vprašamo."


def part(shown: int, of: int) -> str:
    """»Stran 2 od 3«."""
    return f"Stran {shown} od {of}."


# One person

ASK_CODE = "<b>Poišči osebo</b>\n\nNapišite šifro osebe, na primer KAM-7F3K2. Dovolj je zadnjih pet znakov."
ASK_CODE_TO_ASSIST = (
    "<b>Odgovori za osebo</b>\n\nNapišite šifro osebe, ki vam narekuje odgovore, na primer KAM-7F3K2. "
    "Dovolj je zadnjih pet znakov."
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
IN_A_BROWSER = "Odgovarja v brskalniku."
WITHOUT_TELEGRAM = "Brez Telegrama: sporočil ne dobiva, odgovore vnesete vi."
WITHOUT_CHAT = "Sporočil ne dobiva. Odgovore vnesete vi; lahko odgovarja tudi v brskalniku s svojo kartico."
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


def ask_new_link(code: str, *, moves: bool) -> str:
    """Before a link is replaced; `moves`: the person is on some telephone already."""
    phone = (
        " Ko oseba odpre novo povezavo na drugi napravi, odslej odgovarja tam. "
        "Do takrat ostane na prejšnji vse po starem."
    )
    return (
        f"<b>Nova povezava za {code}?</b>\n\n"
        "Stara povezava, stara koda QR in številka stare kartice ne bodo več veljale. "
        f"Odgovori in šifra ostanejo.{phone if moves else ''}"
    )


NEW_LINK_YES = "Da, naredi novo povezavo"


def ask_leave(code: str) -> str:
    """Before somebody's taking part is ended."""
    return (
        f"<b>Konec sodelovanja za {code}?</b>\n\nOseba ne bo več dobivala vprašalnikov. "
        "Odgovori, ki jih že imamo, ostanejo za skupne številke."
    )


LEAVE_YES = "Da, končaj sodelovanje"


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

REASONS: dict[CallReason, str] = {
    CallReason.ASKED: "prosi za klic",
    CallReason.UNREACHABLE: "sporočila ne pridejo več",
    CallReason.NO_TELEGRAM: "brez Telegrama, vprašalnik je odprt",
    CallReason.BY_BROWSER: "odgovarja v brskalniku, vprašalnik je odprt in nihče ga ne opomni",
    CallReason.MAIL_REFUSED: "e-poštni naslov ne deluje več, vprašalnik je odprt",
    CallReason.HALF: "odgovorjeno na pol, kmalu se zapre",
    CallReason.SILENT: "brez odgovora po zadnjem opomniku",
    CallReason.UNOPENED: "povezava še ni odprta",
}


def calls_of(reason: CallReason, count: int) -> str:
    """How many for one reason."""
    return f"• {REASONS[reason]}: {count}"


def call(one: Call, zone: ZoneInfo) -> str:
    """One person to call."""
    when = f"od {_day(one.since, zone)}" if one.closes_at is None else f"odprto do {_day(one.closes_at, zone)}"
    waits = f", {ON_WAITING_LIST}" if one.waits else ""
    return f"<code>{one.code}</code> – {REASONS[one.reason]}, {when}{waits}"


def _day(moment: datetime, zone: ZoneInfo) -> str:
    return day(moment.astimezone(zone).date())
