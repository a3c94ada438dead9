"""What librarians ask for who help people to answer: with them, from paper, in a kiosk, in their language, by ear."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from bot.conversation.declared import action
from surveys.model import EnrolmentRole


class ConsentGiven(StrEnum):
    """In which way somebody consented without a phone, and who did."""

    ALOUD = "aloud"
    ALOUD_BY_GUARDIAN = "aloud_guardian"
    SIGNED = "signed"
    SIGNED_BY_GUARDIAN = "signed_guardian"


class Signer(StrEnum):
    """Who signs a form for consent."""

    PERSON = "person"
    GUARDIAN = "guardian"


class Entry(StrEnum):
    """Of two entries, one."""

    FIRST = "1"
    SECOND = "2"


# Answering together with somebody


@action
def choose_whom_to_assist() -> None:
    """»Izpolni z osebo«: asks for a code."""


@action
def assist_person(enrolment_id: int) -> None:
    """»Odgovori za to osebo«."""


# Data entry from paper


@action
def ask_code_of_paper() -> None:
    """»Vnesi s papirja« of /izpolni: asks for the code on the sheets."""


@action
def enter_paper_of(enrolment_id: int) -> None:
    """»Vnesi s papirja« on the card of a person."""


@action
def enter_paper(occasion_id: int) -> None:
    """One of several questionnaires."""


@action
def enter_paper_as_of(occasion_id: int, day: date, revision: int = 0) -> None:
    """The day on the sheets. `revision`: up to which revision of what was answered before it may be replaced."""


@action
def replace_by_paper(occasion_id: int, revision: int) -> None:
    """»Velja list«: in the place of what was answered before, as it stands at this revision."""


# Double entry


@action
def enter_twice(response_id: int) -> None:
    """»Drugi vnos«: begin it, or go on."""


@action
def answer_twice(response_id: int, index: int, revision: int, key: str) -> None:
    """An option of a question; `key` as in `bot.participant.question_cards`."""


@action
def back_in_second_entry(response_id: int, index: int) -> None:
    """»‹ Nazaj«."""


@action
def on_in_second_entry(response_id: int, index: int) -> None:
    """»Naprej ›«."""


@action
def change_second_entry(response_id: int, index: int) -> None:
    """An answer of the summary."""


@action
def finish_second_entry(response_id: int, revision: int) -> None:
    """»Oddaj odgovore«: what differs comes next."""


@action
def settle_difference(response_id: int, index: int, revision: int, entry: Entry) -> None:
    """Which of the two stands on paper."""


@action
def show_entry_differences(cohort_id: int, page: int = 1) -> None:
    """»Razlike s papirja«."""


# Questionnaires on paper


@action
def choose_paper(cohort_id: int, enrolment_id: int) -> None:
    """»Natisni vprašalnik«: of a person, or of everybody of a cohort (0)."""


@action
def order_paper(cohort_id: int, enrolment_id: int, wave_id: str) -> None:
    """The sheets of a wave."""


# The kiosk


@action
def offer_kiosk() -> None:
    """»Kiosk« of the desk."""


@action
def begin_kiosk(number: int) -> None:
    """»Začni kiosk«. `number` ends it."""


@action
def leave_kiosk(response_id: int) -> None:
    """»Končano« or »Končaj za zdaj«."""


@action
def consent_in_kiosk(enrolment_id: int, role: EnrolmentRole) -> None:
    """»Da, dovolim«. `role`: for whom the text above it is."""


@action
def decline_in_kiosk(enrolment_id: int) -> None:
    """»Ne, hvala«."""


@action
def speak_in_kiosk(enrolment_id: int, language: str) -> None:
    """The text of consent in another language."""


@action
def hear_in_kiosk(enrolment_id: int, times: int) -> None:
    """»Poslušaj«. `times`: how often it was heard before."""


@action
def leave_kiosk_consent(enrolment_id: int) -> None:
    """»Končaj za zdaj«, neither yes nor no."""


# Consent without a phone


@action
def ask_recorded_consent(enrolment_id: int, language: str = "") -> None:
    """»Zapiši privolitev«; "" is the person's own language."""


@action
def record_consent(enrolment_id: int, given: ConsentGiven, role: EnrolmentRole) -> None:
    """Consent was given. `role`: for whom the text is that was read."""


@action
def record_refusal(enrolment_id: int) -> None:
    """»Ne dovoli«."""


@action
def choose_consent_form(slug: str = "", audience: int = 0) -> None:
    """»Obrazec za privolitev«: for whom, in which language, who signs; "" where the programme is to be chosen."""


@action
def get_form(slug: str, audience: int, signer: Signer, language: str) -> None:
    """A form for anybody of a programme."""


@action
def order_form_of(enrolment_id: int, language: str) -> None:
    """The form of one person."""


@action
def order_consent_list(cohort_id: int) -> None:
    """»Seznam privolitev«."""


# Questions read aloud; answers that were spoken


@action
def choose_reading() -> None:
    """»Posnemi vprašanja«: asks for a programme."""


@action
def read_aloud(slug: str, wave: int | None = None, language: str = "", number: int = 0) -> None:
    """The questionnaires of a programme, the languages of one, or a question; as the card `record` has it."""


@action
def hear_reading(slug: str, wave: int, language: str, number: int) -> None:
    """»Poslušaj«."""


@action
def ask_drop_recording(recording_id: int) -> None:
    """»Izbriši posnetek« of the question on the screen, to be confirmed."""


@action
def drop_recording(recording_id: int) -> None:
    """»Da, izbriši posnetek«."""


@action
def show_voices(page: int = 1) -> None:
    """/prepis: answers that were spoken."""


@action
def hear_voice(voice_id: int) -> None:
    """One of them."""


@action
def confirm_transcript(voice_id: int, revision: int) -> None:
    """»Tako je prav«."""


# Looking ahead


@action
def choose_preview() -> None:
    """»Vprašalnik«: asks for a programme."""


@action
def preview_questionnaire(slug: str, wave: int | None = None, item: int = 0) -> None:
    """The waves of a programme, or a question of one, by their places."""


@action
def try_preview() -> None:
    """An answer in a preview: it does nothing."""


@action
def choose_timeline(page: int = 1) -> None:
    """/koledar: asks for a cohort."""


@action
def show_timeline(cohort_id: int) -> None:
    """The messages of a cohort."""


@action
def choose_timeline_programme() -> None:
    """»Za dva datuma«."""


@action
def ask_timeline_dates(slug: str, place: int) -> None:
    """The dates are to be typed, for an audience of the programme by its place."""


@action
def show_staff_help(topic: int | None = None) -> None:
    """/pomoc, and one topic of it by its place."""
