"""What stands around the text of consent on a printed form, in three languages, and what staff read who order one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from bot.texts.common import safe
from surveys.languages import EASY, SLOVENIAN


@dataclass(frozen=True, slots=True)
class Form:
    """The words of a form in one language."""

    title: str
    yes: str
    no: str
    guardian_yes: str
    code: str
    child_code: str
    name: str
    guardian_name: str
    day: str
    signature: str
    kept: str  # who keeps the form, and that the name goes nowhere else
    version: str


_KEPT = "Obrazec hrani knjižnica. Imena ne vpiše v sistem; tam je samo šifra."
_SLOVENIAN = Form(
    title="Privolitev",
    yes="Da, dovolim.",
    no="Ne dovolim.",
    guardian_yes="Da, dovolim kot starš ali skrbnik.",
    code="Šifra",
    child_code="Otrokova šifra",
    name="Ime in priimek",
    guardian_name="Ime in priimek starša ali skrbnika",
    day="Datum",
    signature="Podpis",
    kept=_KEPT,
    version="Različica besedila",
)
FORMS: Mapping[str, Form] = {
    SLOVENIAN: _SLOVENIAN,
    EASY: Form(
        title="Privolitev",
        yes="Da, dovolim.",
        no="Ne dovolim.",
        guardian_yes="Da, dovolim. Sem starš ali skrbnik.",
        code="Šifra",
        child_code="Otrokova šifra",
        name="Ime in priimek",
        guardian_name="Ime in priimek starša ali skrbnika",
        day="Datum",
        signature="Podpis",
        kept="Ta list ostane v knjižnici. V računalniku je samo šifra. Imena tam ni.",
        version="Različica besedila",
    ),
    "en": Form(
        title="Consent",
        yes="Yes, I allow it.",
        no="No, I do not allow it.",
        guardian_yes="Yes, I allow it as a parent or guardian.",
        code="Code",
        child_code="Code of the child",
        name="Name and surname",
        guardian_name="Name and surname of the parent or guardian",
        day="Date",
        signature="Signature",
        kept="The library keeps this form. It does not enter the name anywhere else; the system knows only the code.",
        version="Version of the text",
    ),
}

# What staff read

PRINT = "Obrazec za privolitev"
ORDER_NAME = PRINT
ANOTHER = "Drug obrazec"
CHOOSE_PROGRAMME = f"<b>{PRINT}</b>\n\nIzberite program."


def about(programme: str) -> str:
    """Before a form is chosen."""
    return (
        f"<b>{PRINT}</b>\n{safe(programme)}\n\nNa obrazcu je isto besedilo, kot ga preberete na glas. Podpisanega "
        "shranite v knjižnici, privolitev pa zapišite na pregledu osebe: »Zapiši privolitev«.\n\n"
        "Kdo podpiše in v katerem jeziku?"
    )


def choice(language: str, *, guardian: bool) -> str:
    """One form: who signs it, and its language."""
    return f"{'Skrbnik' if guardian else 'Oseba sama'} · {language}"


def order_name(code: str, language: str) -> str:
    """What is being made."""
    return safe(" · ".join(part for part in (ORDER_NAME, code, language) if part))


def file_name(library: str, language: str, made_on: date, *, guardian: bool) -> str:
    """»privolitev-KAM-sl-skrbnik-2026-03-02.pdf«: says nothing of the programme or of a person."""
    who = "skrbnik-" if guardian else ""
    return f"privolitev-{library}-{language}-{who}{made_on.isoformat()}.pdf"


def caption(name: str) -> str:
    """Under the file."""
    return f"<b>{name}</b>\n\nNatisnite, kolikor izvodov potrebujete. Podpisane obrazce hranite v knjižnici."
