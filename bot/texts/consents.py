"""What is read aloud before consent, in easy words, and what staff read when they record or account for it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from bot.texts.common import safe
from storage.schema import ConsentKind, Giver
from surveys.locale_sl import counted
from surveys.model import Mode

# The card

ALOUD_AGREED = "Prebrano in dovoljeno"
SIGNED = "Oseba sama, s podpisom"
SIGNED_BY_GUARDIAN = "Starš ali skrbnik podpiše"
NOT_AGREED = "Ne dovoli"
HAS_CHANGED = "Medtem se je spremenilo, ali oseba čaka na skupino. Prej prebrano besedilo ne velja: preberite to."
RECORDED = "Privolitev je zapisana."
RECORDED_NO = "Zapisano: privolitve ni."


def ask(code: str, text: str, *, child: bool) -> str:
    """The text that is to be read aloud, and what the buttons mean."""
    who = "staršu ali skrbniku" if child else "osebi"
    return (
        f"<b>Privolitev za {code}</b>\n\nPreberite {who} na glas:\n\n<i>{text}</i>\n\n"
        f"»{ALOUD_AGREED}«: odgovor slišite vi in ga potrdite kot priča. "
        "Podpisan obrazec z istim besedilom shranite v knjižnici."
    )


# Erasing

ERASE = "Izbriši podatke osebe"
WRONG_CODE = "To ni šifra te osebe. Nič ni izbrisano."


def ask_erase(code: str, places: int) -> str:
    """Before everything of somebody is erased."""
    several = f" Velja za {counted(places, 'skupino', 'skupini', 'skupine', 'skupin')}." if places > 1 else ""
    return (
        f"<b>Izbris podatkov: {code}</b>\n\nIzbrišemo vse odgovore, zgodbe, privolitve in povezavo z osebo.{several} "
        "Tega ni mogoče razveljaviti. Izbrišite le, če je to želja osebe, pri otroku pa želja starša ali skrbnika.\n\n"
        f"Za potrditev napišite šifro osebe: <code>{code}</code>"
    )


ERASED = "<b>Podatki so izbrisani.</b>\n\nO tej osebi ne hranimo ničesar več. V novih skupnih številkah je ni več."

# The account of consents

LIST = "Seznam privolitev"


def list_name(group: str) -> str:
    """»Seznam privolitev · Pomlad«, safe for a screen."""
    return safe(" · ".join(part for part in (LIST, group) if part))


def list_caption(group: str, count: int) -> str:
    """Under the file."""
    return (
        f"<b>{list_name(group)}</b>\n{counted(count, 'privolitev', 'privolitvi', 'privolitve', 'privolitev')}\n\n"
        "V datoteki so šifre, brez imen, in besedila, na katera se privolitve nanašajo."
    )


def list_file(library: str, made_on: date) -> str:
    """»privolitve-BRE-2026-03-02.xlsx«: says nothing of the programme."""
    return f"privolitve-{library}-{made_on.isoformat()}.xlsx"


SHEET = "Privolitve"
TEXTS_SHEET = "Besedila"
HEADINGS = (
    "šifra",
    "program",
    "skupina",
    "kdo in kako",
    "različica besedila",
    "jezik besedila",
    "katero besedilo",
    "prstni odtis besedila (SHA-256)",
    "besedilo določeno naknadno",
    "dana",
    "čigava roka je zapisala",
    "preklicana",
    "čigava roka je preklicala",
)
TEXT_HEADINGS = ("različica", "jezik", "katero besedilo", "prstni odtis (SHA-256)", "besedilo")
KINDS: Mapping[ConsentKind, str] = {
    ConsentKind.SELF: "prebrano na zaslonu",
    ConsentKind.GUARDIAN: "prebrano na zaslonu, starš ali skrbnik",
    ConsentKind.MENTOR: "prebrano na zaslonu, privolitev je na papirju",
    ConsentKind.ALOUD: "prebrano na glas, podpisano ali prebrano v kiosku",
    ConsentKind.ALOUD_GUARDIAN: "za starša ali skrbnika: prebrano na glas, podpisano ali prebrano v kiosku",
}
KIND_IS_UNKNOWN = "ni znano"
TEXT_IS_MISSING = "Besedila s tem odtisom v tem programu ni."


def hand(actor: str | None) -> str:
    """Through whose hand something was recorded."""
    who, _, number = (actor or "").partition(":")
    match who:
        case "staff":
            return f"knjižnica, številka {number}"
        case "kiosk":
            return f"kiosk knjižnice {number}"
        case "operator":
            return "upravljanje sistema"
        case "participant":
            return "oseba sama"
        case "":
            return ""
        case _:  # a code that was destroyed
            return "oseba sama"


IN_KIOSK: Mapping[Giver, str] = {
    Giver.SELF: "oseba sama v kiosku knjižnice",
    Giver.GUARDIAN: "starš ali skrbnik v kiosku knjižnice",
}
GIVERS: Mapping[tuple[Giver, Mode], str] = {
    (Giver.SELF, Mode.SELF): "oseba sama na zaslonu",
    (Giver.SELF, Mode.PAPER): "oseba sama s podpisom",
    (Giver.WITNESS, Mode.ASSISTED): "oseba sama ustno ob priči",
    (Giver.GUARDIAN, Mode.SELF): "starš ali skrbnik na zaslonu",
    (Giver.GUARDIAN, Mode.PAPER): "starš ali skrbnik s podpisom",
    (Giver.GUARDIAN, Mode.ASSISTED): "starš ali skrbnik ustno ob priči",
}
