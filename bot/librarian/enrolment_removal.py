"""Taking back an enrolment: »Razveljavi« for a minute, and »Odstrani vpis« as long as nobody made use of it."""

from __future__ import annotations

from bot.actions import librarian as actions
from bot.conversation import permissions
from bot.conversation.request import Request
from bot.conversation.screens import Button, Reply, Screen, column
from bot.librarian import access_links, cohorts, enrolling, person
from bot.texts import cohorts as cohort_texts
from bot.texts import enrolling as texts
from bot.texts.slovene import common
from bot.views import librarian as views
from storage import participants, unused_enrolments
from storage.participants import Enrolment
from storage.schema import EnrolmentState
from storage.undo_log import WITHIN


def undo(request: Request, stamp: str, cohort_id: int, first: int, last: int) -> Reply | None:
    """»Razveljavi«: those who were enrolled at one go are not enrolled, within a minute and from the card of it."""
    cohort = enrolling.find_cohort(request, cohort_id)
    if cohort is None:
        return None
    if not enrolling.is_on_screen(request, stamp):
        return enrolling.turned(request, cohort)
    numbers = unused_enrolments.enrolled_together(request.connection, cohort.id, first, last, request.now - WITHIN)
    if not numbers:
        return Reply.again(request.view).toasted(cohort_texts.TOO_LATE)
    removed = sum(_remove(request, participants.of_enrolment(request.connection, number)) for number in numbers)
    asked = enrolling.ask_how_many(request, cohort_id)
    return asked and asked.noted(texts.taken_back(removed, len(numbers) - removed))


def ask(request: Request, enrolment_id: int) -> Reply | None:
    """»Odstrani vpis«, to be confirmed."""
    enrolment = _removable(request, enrolment_id)
    if enrolment is None:
        return person.show(request, enrolment_id)
    return Reply(draw(request, enrolment_id), views.unenrol(enrolment_id))


def remove(request: Request, enrolment_id: int) -> Reply | None:
    """The enrolment goes, from the card that asks."""
    enrolment = access_links.here(request, enrolment_id)
    if enrolment is None or request.view != views.unenrol(enrolment_id):
        return person.show(request, enrolment_id)
    if not _remove(request, enrolment):
        return person.show_enrolment(request, enrolment, texts.IN_USE)
    shown = cohorts.show_one(request, enrolment.cohort)
    return shown and shown.noted(texts.removed(enrolment.code))


def draw(request: Request, enrolment_id: int) -> Screen:
    """»Odstrani vpis«, to be confirmed."""
    enrolment = _removable(request, enrolment_id)
    if enrolment is None:
        return person.draw(request, enrolment_id)
    rows = column(
        Button(texts.REMOVE_YES, actions.remove_enrolment(enrolment_id)),
        Button(common.CANCEL, actions.show_person(enrolment_id)),
    )
    return Screen(texts.ask_remove(enrolment.code), rows)


def is_unused(enrolment: Enrolment) -> bool:
    """Whether nobody has made use of an enrolment, so that it can be removed."""
    return enrolment.state is EnrolmentState.INVITED and enrolment.joined_at is None


def _removable(request: Request, enrolment_id: int) -> Enrolment | None:
    enrolment = access_links.here(request, enrolment_id)
    return enrolment if enrolment is not None and is_unused(enrolment) else None


def _remove(request: Request, enrolment: Enrolment | None) -> bool:
    return enrolment is not None and unused_enrolments.remove(
        request.connection, enrolment, request.now, permissions.actor(request)
    )
