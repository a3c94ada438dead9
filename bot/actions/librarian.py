"""What librarians ask for by buttons about cohorts and people. `bot.librarian.routes` says what does it."""

from __future__ import annotations

from enum import StrEnum

from bot.conversation.declared import action
from storage.schema import Allocation, CallOutcome

EVERYBODY = 999_999_999  # the last enrolment of all


class Decided(StrEnum):
    """How it was decided who waits, as buttons and cards write it."""

    BY_LOT = "l"
    BY_ORDER = "o"

    @property
    def allocation(self) -> Allocation:
        """As it is stored."""
        return Allocation.LOT if self is Decided.BY_LOT else Allocation.ORDER

    @classmethod
    def of(cls, allocation: Allocation) -> Decided:
        """What stands for this on buttons."""
        return cls.BY_LOT if allocation is Allocation.LOT else cls.BY_ORDER


class Talked(StrEnum):
    """What came of a call in which nothing was refused."""

    REACHED = CallOutcome.REACHED.value
    COMING = CallOutcome.COMING.value


class RefusedInCall(StrEnum):
    """What somebody refused in a call."""

    WHAT_IS_OPEN = CallOutcome.REFUSED.value
    EVERYTHING = CallOutcome.LEFT.value


# Cohorts


@action
def show_cohorts(page: int = 1) -> None:
    """»Skupine«."""


@action
def show_cohort(cohort_id: int, page: int = 1) -> None:
    """A cohort by its name, and »V skupino«."""


@action
def show_more_of_cohort(cohort_id: int) -> None:
    """»Več« on the card of a cohort."""


@action
def show_first_meeting(cohort_id: int) -> None:
    """»Prvo srečanje« and »Osveži«."""


# Enrolling; `stamp` is the number of the card on which a button stands


@action
def choose_cohort_to_enrol(page: int = 1) -> None:
    """»Vpiši osebe« of the desk, which asks for the cohort."""


@action
def ask_how_many(cohort_id: int) -> None:
    """»Vpiši osebe« of a cohort, which asks how many."""


@action
def enrol_one(stamp: str, cohort_id: int) -> None:
    """»Še ena oseba«."""


@action
def enrol_several(stamp: str, cohort_id: int, count: int) -> None:
    """So many people."""


@action
def show_codes(cohort_id: int, first: int = 0, last: int = EVERYBODY) -> None:
    """»Šifre«: the codes from one enrolment to another whose link is not opened yet."""


@action
def order_cards(cohort_id: int, first: int, last: int) -> None:
    """»Kartice za tisk«."""


@action
def take_back_enrolments(stamp: str, cohort_id: int, first: int, last: int) -> None:
    """»Razveljavi« below those who were enrolled at one go."""


@action
def ask_removal(enrolment_id: int) -> None:
    """»Odstrani vpis«, to be confirmed."""


@action
def remove_enrolment(enrolment_id: int) -> None:
    """»Odstrani vpis«, confirmed."""


# Enrolling from a list; `roster` is its number, `stamp` that of the request in which it came


@action
def ask_for_list(cohort_id: int) -> None:
    """»Vpis s seznama«."""


@action
def choose_cohort_of_list(roster_id: int, stamp: str, page: int) -> None:
    """Other cohorts for the list."""


@action
def set_cohort_of_list(roster_id: int, stamp: str, cohort_id: int) -> None:
    """The cohort of the list."""


@action
def show_all_problems(roster_id: int, stamp: str) -> None:
    """Everything that is to be corrected, as a file."""


@action
def read_other_sheet(roster_id: int, stamp: str, choice: str) -> None:
    """Another sheet of the file, or what is hidden on it."""


@action
def enrol_list(roster_id: int, stamp: str, choice: str) -> None:
    """»Vpiši«: everybody on the list as it is shown."""


@action
def discard_list(roster_id: int, stamp: str) -> None:
    """»Prekliči«: nothing of the list stays."""


# The waiting list


@action
def ask_how_many_wait(cohort_id: int, decided: Decided | None = None) -> None:
    """»Na čakalni seznam« of a cohort."""


@action
def enrol_to_wait(stamp: str, cohort_id: int, decided: Decided, count: int) -> None:
    """So many people who wait."""


@action
def ask_to_wait(enrolment_id: int) -> None:
    """»Na čakalni seznam« of a person."""


@action
def put_on_waiting_list(enrolment_id: int, decided: Decided) -> None:
    """The person waits."""


@action
def begin_after_waiting(enrolment_id: int, cohort_id: int) -> None:
    """»Začenja s skupino«."""


# One person


@action
def find_person() -> None:
    """»Poišči osebo«."""


@action
def show_person(enrolment_id: int) -> None:
    """The card of a person."""


@action
def show_more_of_person(enrolment_id: int) -> None:
    """»Več« on the card of a person."""


@action
def show_link(enrolment_id: int) -> None:
    """»Pokaži povezavo«."""


@action
def ask_new_link(enrolment_id: int) -> None:
    """»Nova povezava«, to be confirmed."""


@action
def make_new_link(enrolment_id: int) -> None:
    """»Nova povezava«, confirmed."""


@action
def ask_end_of_taking_part(enrolment_id: int) -> None:
    """»Konec sodelovanja«, to be confirmed."""


@action
def end_taking_part(enrolment_id: int) -> None:
    """»Konec sodelovanja«, confirmed."""


@action
def choose_respondent_language(enrolment_id: int) -> None:
    """»Jezik vprašanj«."""


@action
def set_respondent_language(enrolment_id: int, language: str) -> None:
    """The language in which the person is asked."""


@action
def ask_erasure_of_person(enrolment_id: int) -> None:
    """»Izbriši podatke osebe«, to be confirmed by the code."""


@action
def choose_other_cohort(enrolment_id: int, page: int = 1) -> None:
    """»V drugo skupino«."""


@action
def ask_to_move(enrolment_id: int, cohort_id: int) -> None:
    """What it would do if the person went on in this cohort."""


@action
def move_person(enrolment_id: int, cohort_id: int) -> None:
    """The person goes on in this cohort."""


# Calls


@action
def show_calls(page: int = 1) -> None:
    """»Koga poklicati«."""


@action
def show_call(enrolment_id: int) -> None:
    """One person to call."""


@action
def note_call(enrolment_id: int, outcome: Talked) -> None:
    """»Poklicano« or »Pride v knjižnico«."""


@action
def ask_what_is_refused(enrolment_id: int) -> None:
    """»Ne želi«."""


@action
def note_refusal(enrolment_id: int, outcome: RefusedInCall) -> None:
    """This questionnaire, or taking part."""


@action
def take_back(deed_id: int) -> None:
    """»Razveljavi«, for a minute after something was done."""
