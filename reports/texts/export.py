"""Every word of the exports and their codebooks. Knows no data, and none of the words of questionnaires."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from reports.slovenian import quoted
from storage.schema import EnrolmentState
from surveys.model import Mode, NonAnswer

WIDE = "Široko"
LONG = "Dolgo"
CODEBOOK = "Šifrant"
WIDE_FILE = "siroko"
LONG_FILE = "dolgo"
CODEBOOK_FILE = "sifrant"
DDI_FILE = "ddi"

NON_ANSWERS: Mapping[NonAnswer, str] = {
    NonAnswer.DONT_KNOW: "Ne vem",
    NonAnswer.REFUSED: "Ne želim odgovoriti",
    NonAnswer.NOT_APPLICABLE: "Ne velja zame",
    NonAnswer.SKIPPED: "Preskočeno",
    NonAnswer.NOT_ASKED: "Ni bilo vprašano",
}
MODES: Mapping[Mode, str] = {
    Mode.SELF: "lastna roka",
    Mode.ASSISTED: "s pomočjo knjižnice",
    Mode.PROXY: "odrasla oseba za otroka",
    Mode.PAPER: "na papirju",
}
STATES: Mapping[EnrolmentState, str] = {
    EnrolmentState.INVITED: "vpis brez odločitve o sodelovanju",
    EnrolmentState.ACTIVE: "s soglasjem",
    EnrolmentState.DECLINED: "brez soglasja",
    EnrolmentState.LEFT: "predčasen odhod",
}
CHOSEN = ((0, "ni izbrano"), (1, "izbrano"))
WRITTEN = ((1, "odgovor z besedami"),)
TYPED = "odgovor z besedami"

WIDE_LABELS: Mapping[str, str] = {
    "code": "Koda osebe",
    "cohort": "Številka skupine",
    "cohort_name": "Ime skupine",
    "audience": "Komu je skupina namenjena",
    "state": "Stanje vpisa",
}
LONG_LABELS: Mapping[str, str] = {
    "code": "Koda osebe",
    "programme": "Program",
    "cohort": "Številka skupine",
    "cohort_name": "Ime skupine",
    "audience": "Komu je skupina namenjena",
    "wave": "Val",
    "item": "Vprašanje",
    "value": "Koda ali število odgovora; pri več možnih odgovorih vsota 2^koda",
    "label": "Odgovor z besedami vprašalnika",
    "non_answer": "Zakaj ni odgovora",
    "text": "Besedilo odgovora",
    "mode": "Način odgovarjanja",
    "version": "Različica vprašalnika",
    "answered_at": "Kdaj je odgovor nastal",
}


def in_wave(waves: Sequence[str], words: str) -> str:
    """The label of a column that belongs to a wave: »izhodišče: Kako vam gre …?«."""
    return f"{' / '.join(waves)}: {words}"


def mode_in(waves: Sequence[str]) -> str:
    """The label of a column that tells whose hand gave the answers."""
    return in_wave(waves, LONG_LABELS["mode"].lower())


def answered_on(waves: Sequence[str]) -> str:
    """The label of a column that tells when the questionnaire was handed in."""
    return in_wave(waves, "dan oddaje")


def option(label: str, question: str) -> str:
    """One option of a question with several answers; the option first, because long labels are cut at the end."""
    return f"{quoted(label)} – {question}"


def text_of(question: str) -> str:
    """The column with the words themselves."""
    return f"{question} (besedilo)"
