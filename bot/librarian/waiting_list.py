"""»Na čakalni seznam« and »Začenja s skupino …«: people who wait for the next group, and the end of their waiting."""

from __future__ import annotations

from bot.actions import librarian as actions
from bot.actions.librarian import Decided
from bot.conversation import paging, permissions
from bot.conversation.declared import ForgedError
from bot.conversation.request import Request
from bot.conversation.screens import Button, Reply, Screen, column
from bot.librarian import access_links, enrolling, person, undo, waiting_list_starts
from bot.texts import staff as staff_texts
from bot.texts import waiting_list as texts
from bot.texts.enrolling import SO_MANY_AT_ONCE, so_many
from bot.texts.slovene import common
from bot.views import librarian as views
from storage import enrolments, staff_actions
from storage import waiting_list_starts as stored_starts
from storage.cohorts import Cohort
from storage.participants import Enrolment
from surveys import reading
from surveys.model import EnrolmentRole


def ask(request: Request, cohort_id: int, decided: Decided | None = None) -> Reply | None:
    """How it was decided who waits, then how many."""
    cohort = _here(request, cohort_id)
    if cohort is None:
        return None
    stamp = enrolling.new_stamp(request)
    return Reply(draw(request, stamp, cohort.id, decided), views.waitlist(stamp, cohort.id, decided))


def enrol(request: Request, stamp: str, cohort_id: int, decided: Decided, count: int) -> Reply | None:
    """So many new people who wait."""
    if count not in enrolling.AT_ONCE:
        raise ForgedError(count)
    return _enrol(request, stamp, cohort_id, decided, count)


def typed(request: Request, text: str, stamp: str, cohort_id: int, decided: Decided | None) -> Reply | None:
    """»12« was typed where it is asked how many; a code finds the person."""
    of_person = person.typed_anywhere(request, text)
    if of_person is not None:
        return of_person
    count = reading.read_number(text, enrolling.HOW_MANY)
    if decided is None or not isinstance(count, int):
        asked = ask(request, cohort_id, decided)
        return asked and asked.noted(texts.FIRST_HOW_DECIDED if decided is None else SO_MANY_AT_ONCE)
    return _enrol(request, stamp, cohort_id, decided, count)


def draw(request: Request, stamp: str, cohort_id: int, decided: Decided | None) -> Screen:
    """How it was decided who waits; where that was said, how many they are."""
    cohort = _here(request, cohort_id)
    if cohort is None:
        return Screen(staff_texts.NOT_STAFF)
    back = Button(common.BACK, actions.ask_how_many(cohort.id))
    if decided is not None:
        counts = [
            Button(so_many(count), actions.enrol_to_wait(stamp, cohort.id, decided, count))
            for count in enrolling.AT_ONCE
        ]
        return Screen(texts.how_many(cohort.name, decided.allocation), (*paging.pairs(counts), *column(back)))
    ways = [
        Button(words, actions.ask_how_many_wait(cohort.id, Decided.of(allocation)))
        for allocation, words in texts.ALLOCATIONS.items()
    ]
    return Screen(texts.how_decided(cohort.name, enrolling.size(request, cohort)), column(*ways, back))


def ask_one(request: Request, enrolment_id: int) -> Reply | None:
    """»Na čakalni seznam« of somebody who was enrolled and has not begun, to be said how that was decided."""
    enrolment = _may_wait(request, enrolment_id)
    if enrolment is None:
        return person.show(request, enrolment_id)
    return Reply(draw_one(request, enrolment_id), views.to_wait(enrolment_id))


def put_one(request: Request, enrolment_id: int, decided: Decided) -> Reply | None:
    """The person waits, from the card that asks."""
    enrolment = _may_wait(request, enrolment_id)
    if enrolment is None or request.view != views.to_wait(enrolment_id):
        return person.show(request, enrolment_id)
    stored_starts.wait(request.connection, enrolment, decided.allocation, request.now, permissions.actor(request))
    return person.show(request, enrolment_id)


def draw_one(request: Request, enrolment_id: int) -> Screen:
    """How it was decided that this person waits."""
    enrolment = _may_wait(request, enrolment_id)
    if enrolment is None:
        return person.draw(request, enrolment_id)
    ways = [
        Button(words, actions.put_on_waiting_list(enrolment_id, Decided.of(allocation)))
        for allocation, words in texts.ALLOCATIONS.items()
    ]
    return Screen(
        texts.ask_one(enrolment.code), column(*ways, Button(common.CANCEL, actions.show_person(enrolment_id)))
    )


def begin(request: Request, enrolment_id: int, cohort_id: int) -> Reply | None:
    """The time of waiting is over: one tap on the card of the person, with »Razveljavi« for a minute."""
    enrolment = access_links.here(request, enrolment_id)
    if enrolment is None:
        return None
    target = next((one for one in waiting_list_starts.targets(request, enrolment) if one.id == cohort_id), None)
    if target is None or request.view != views.person(enrolment_id):
        return undo.again(request) or person.show(request, enrolment_id)
    plans, actor = undo.plans(request), permissions.actor(request)
    try:
        done = staff_actions.begin(
            request.connection, request.services.keys, plans, enrolment, target, request.now, actor
        )
    except stored_starts.HasBegunError:  # somebody else was faster by a moment
        return person.show_enrolment(request, enrolment, texts.HAS_BEGUN)
    return undo.show(request, done)


def _may_wait(request: Request, enrolment_id: int) -> Enrolment | None:
    """The place of somebody who can be put on the waiting list."""
    enrolment = access_links.here(request, enrolment_id)
    return enrolment if enrolment is not None and waiting_list_starts.can_wait(request, enrolment) else None


def _here(request: Request, cohort_id: int) -> Cohort | None:
    cohort = enrolling.find_cohort(request, cohort_id)
    return cohort if cohort is not None and enrolling.to_waiting_list(request, cohort) else None


def _enrol(request: Request, stamp: str, cohort_id: int, decided: Decided, count: int) -> Reply | None:
    cohort = _here(request, cohort_id)
    if cohort is None:
        return None
    if not enrolling.is_on_screen(request, stamp):
        return enrolling.turned(request, cohort)
    programme, actor = request.services.programmes[cohort.programme], permissions.actor(request)
    numbers = [
        enrolments.enrol(
            request.connection,
            request.services.keys,
            programme,
            cohort,
            request.now,
            actor,
            role=EnrolmentRole.WAITING,
            allocation=decided.allocation,
        ).enrolment
        for _ in range(count)
    ]
    return enrolling.show_codes(request, cohort_id, min(numbers), max(numbers))
