"""»Več« of a person and of a group: what is done rarely, and what cannot be undone, apart from everyday's buttons."""

from __future__ import annotations

from bot.actions import assistance, coordinator
from bot.actions import librarian as actions
from bot.conversation import permissions
from bot.conversation.permissions import Permission
from bot.conversation.request import Request
from bot.conversation.screens import Button, Reply, Screen, column
from bot.librarian import cohorts, consent_forms, enrolment_removal, person, waiting_list_starts
from bot.staff import staff_home
from bot.texts import calendar as calendar_texts
from bot.texts import cohorts as cohort_texts
from bot.texts import consents as consent_texts
from bot.texts import enrolling as enrolling_texts
from bot.texts import new_cohort as naming_texts
from bot.texts import paper as paper_texts
from bot.texts import respondent_language
from bot.texts import staff as texts
from bot.texts.slovene import common
from bot.texts.waiting_list import TO_WAITING_LIST
from bot.views import librarian as views
from storage.answers import double_entry, responses
from storage.cohort_overview import CohortSummary
from storage.participants import Enrolment
from storage.schema import EnrolmentState
from surveys.model import Mode


def of_person(request: Request, enrolment_id: int) -> Reply | None:
    """»Več« on the card of a person."""
    enrolment = person.here(request, enrolment_id)
    if enrolment is None:
        return None
    return Reply(draw_of_person(request, enrolment_id), views.more_of(enrolment_id))


def of_group(request: Request, cohort_id: int) -> Reply | None:
    """»Več« on the card of a group."""
    one = cohorts.find(request, cohort_id)
    return None if one is None else Reply(draw_of_group(request, cohort_id), views.group_more(cohort_id))


def draw_of_person(request: Request, enrolment_id: int) -> Screen:
    """What is rarely done for a person."""
    enrolment = person.here(request, enrolment_id)
    if enrolment is None:
        return person.draw(request, enrolment_id)
    back = Button(common.BACK, actions.show_person(enrolment_id))
    words = texts.more(enrolment.code, enrolment.cohort_name)
    return Screen(words, column(*person_buttons(request, enrolment), back, staff_home.to_desk()))


def draw_of_group(request: Request, cohort_id: int) -> Screen:
    """What is rarely done with a group."""
    one = cohorts.find(request, cohort_id)
    if one is None:
        return Screen(texts.NOT_STAFF)
    back = Button(common.BACK, actions.show_cohort(cohort_id))
    return Screen(texts.more(one.name), column(*group_buttons(request, one), back, staff_home.to_desk()))


def person_buttons(request: Request, enrolment: Enrolment) -> list[Button]:
    """What is rarely done for a person, the dangerous last."""
    buttons = _second(request, enrolment)
    may_act = permissions.may(request, Permission.ENROL, enrolment.programme)
    if may_act:
        buttons.append(Button(texts.NEW_LINK, actions.ask_new_link(enrolment.id)))
    if may_act and enrolment.state in {EnrolmentState.ACTIVE, EnrolmentState.INVITED}:
        if len(request.services.programmes[enrolment.programme].languages) > 1:
            buttons.append(Button(respondent_language.LANGUAGE, actions.choose_respondent_language(enrolment.id)))
        buttons.append(Button(cohort_texts.MOVE, actions.choose_other_cohort(enrolment.id)))
        buttons.append(Button(texts.END_TAKING_PART, actions.ask_end_of_taking_part(enrolment.id)))
    if may_act and waiting_list_starts.can_wait(request, enrolment):
        buttons.append(Button(TO_WAITING_LIST, actions.ask_to_wait(enrolment.id)))
    if may_act and enrolment_removal.is_unused(enrolment):
        buttons.append(Button(enrolling_texts.REMOVE, actions.ask_removal(enrolment.id)))
    if permissions.may(request, Permission.ERASE, enrolment.programme):
        buttons.append(Button(consent_texts.ERASE, actions.ask_erasure_of_person(enrolment.id)))
    return buttons


def group_buttons(request: Request, one: CohortSummary) -> list[Button]:
    """What is rarely done with a group, the dangerous last."""
    buttons = [] if one.closed else [Button(calendar_texts.CALENDAR, assistance.show_timeline(one.cohort))]
    if one.people_joined:
        buttons.append(Button(consent_texts.LIST, assistance.order_consent_list(one.cohort)))
    if not one.closed and permissions.may(request, Permission.ENROL, one.programme):
        audiences = request.services.programmes[one.programme].audiences
        buttons.append(consent_forms.button(one.programme, audiences.index(one.audience)))
    if not permissions.may(request, Permission.ADD_GROUP, one.programme):
        return buttons
    if not one.closed:
        buttons += [
            Button(cohort_texts.CHANGE_DATES, coordinator.change_dates(one.cohort)),
            Button(naming_texts.RENAME, coordinator.rename_cohort(one.cohort)),
            Button(cohort_texts.CLOSE_GROUP, coordinator.close_cohort(one.cohort)),
        ]
    if not one.people:
        buttons.append(Button(naming_texts.REMOVE, coordinator.remove_cohort(one.cohort)))
    return buttons


def _second(request: Request, enrolment: Enrolment) -> list[Button]:
    """The way to typing once more what came from paper last, until that is settled."""
    if enrolment.state is not EnrolmentState.ACTIVE or not permissions.may(
        request, Permission.ASSIST, enrolment.programme
    ):
        return []
    for run in reversed(responses.of_enrolment(request.connection, enrolment.id)):
        if run.mode is Mode.PAPER and run.finished_at is not None:
            second = double_entry.look(request.connection, request.services.keys, run.id)
            if second is None or second.settled_at is None:
                return [Button(paper_texts.SECOND, assistance.enter_twice(run.id))]
    return []
