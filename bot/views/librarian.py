"""Cards about cohorts and people that librarians see. Names and arguments stand in databases, so they stay.

`stamp`: a number of the card's own, so that a second tap on a button finds the card turned.
"""

from __future__ import annotations

from bot.actions.librarian import Decided
from bot.conversation.declared import view

# Cohorts


@view
def groups(page: int) -> None:
    """All cohorts of the library."""


@view
def group(cohort_id: int, page: int) -> None:
    """One cohort, and who is in it."""


@view
def group_more(cohort_id: int) -> None:
    """»Več« of a cohort."""


@view
def meeting(cohort_id: int, seen: str, /) -> None:
    """The first meeting; `seen` says what was shown."""


# Enrolling


@view
def enrol(stamp: str, page: int, /) -> None:
    """The cohorts in which somebody can be enrolled."""


@view
def several(stamp: str, cohort_id: int) -> None:
    """How many are to be enrolled."""


@view
def enrolled(stamp: str, cohort_id: int, enrolment_id: int) -> None:
    """One person is enrolled; enrolment 0 is nobody."""


@view
def cards(stamp: str, cohort_id: int, first: int, last: int) -> None:
    """The codes from one enrolment to another."""


@view
def unenrol(enrolment_id: int) -> None:
    """»Odstrani vpis«, to be confirmed."""


@view
def list_for(cohort_id: int) -> None:
    """A list is to be sent."""


@view
def import_into(roster_id: int, stamp: str, page: int) -> None:
    """The cohorts for a list that was sent."""


@view
def import_(roster_id: int, stamp: str, choice: str = "") -> None:
    """What a list would do; without a choice what is likeliest is read of the file."""


# The waiting list


@view
def waitlist(stamp: str, cohort_id: int, decided: Decided | None) -> None:
    """How it was decided who waits; where that was said, how many they are."""


@view
def to_wait(enrolment_id: int) -> None:
    """How it was decided that one person waits."""


# One person


@view
def ask() -> None:
    """A code is to be typed."""


@view
def person(enrolment_id: int) -> None:
    """One person."""


@view
def more_of(enrolment_id: int) -> None:
    """»Več« of a person."""


@view
def new_link(enrolment_id: int) -> None:
    """»Nova povezava«, to be confirmed."""


@view
def leaving(enrolment_id: int) -> None:
    """»Konec sodelovanja«, to be confirmed."""


@view
def spoken_to(enrolment_id: int) -> None:
    """The languages in which the person can be asked."""


@view
def erasing(enrolment_id: int) -> None:
    """Everything of the person is to be erased: the code is to be typed."""


@view
def person_erased() -> None:
    """It is erased."""


@view
def erased() -> None:
    """The same, in the chat of who was erased."""


@view
def targets(enrolment_id: int, page: int) -> None:
    """The cohorts in which the person can go on."""


@view
def regroup(enrolment_id: int, cohort_id: int) -> None:
    """What that would do, to be confirmed."""


# Calls


@view
def calls(page: int) -> None:
    """Who is to be called."""


@view
def call(enrolment_id: int) -> None:
    """One person to call."""


@view
def refusal(enrolment_id: int) -> None:
    """What the person refuses, to be said."""


@view
def done(deed_id: int) -> None:
    """What was done a moment ago."""
