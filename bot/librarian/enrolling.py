"""/vpis: new people in a group, with a link, a QR code and a printed code each.

Nobody is enrolled before it was said how many. A button that enrols names the number of the card on which it stands, so
that a second tap on it finds the card turned.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.actions import coordinator
from bot.actions import librarian as actions
from bot.actions.librarian import EVERYBODY, Decided
from bot.conversation import paging, permissions
from bot.conversation.declared import ForgedError
from bot.conversation.permissions import Permission
from bot.conversation.request import Request
from bot.conversation.screens import Button, Reply, Screen, column
from bot.librarian import person
from bot.staff import handouts, staff_home
from bot.staff.newcomers import Late, late
from bot.texts import cohorts as cohort_texts
from bot.texts import enrolling as enrolling_texts
from bot.texts import rosters as roster_texts
from bot.texts import staff as texts
from bot.texts.enrolling import Size
from bot.texts.slovene import common, participant
from bot.texts.waiting_list import ONE_MORE_WAITS, TO_WAITING_LIST
from bot.views import librarian as views
from bot.worker.printing.cards import Card
from storage import access_links, cohort_overview, cohorts, enrolments, participants, unused_enrolments
from storage.cohorts import Cohort
from storage.participants import Enrolment
from storage.undo_log import WITHIN
from surveys import reading
from surveys.model import Item, Kind
from surveys.waiting import offered

AT_ONCE = (1, 5, 10, 20)
MOST = 60  # whose codes stand in one message
_COHORTS_A_PAGE = 12
HOW_MANY = Item(id="people", kind=Kind.NUMBER, text="Koliko oseb?", minimum=1, maximum=MOST)
_PEOPLE = re.compile(r"\s*\b(?:oseb[aeio]?|ljudi|ljudje|človek[a]?|udeležen\w*)\b[\s.!]*$", re.IGNORECASE)


def by_command(request: Request, words: str) -> Reply:
    """/vpis, with the page that follows it."""
    return choose(request, paging.of_command(words))


def choose(request: Request, page: int = 1) -> Reply:
    """The groups in which somebody can be enrolled."""
    if not permissions.programmes(request, Permission.ENROL):
        return staff_home.refuse(request)
    stamp = new_stamp(request)
    return Reply(draw_choice(request, stamp, page), views.enrol(stamp, page))


def enrol(request: Request, stamp: str, cohort_id: int) -> Reply | None:
    """One new person in a group: the picture to be handed out, and the card to go on from."""
    cohort = find_cohort(request, cohort_id)
    if cohort is None:
        return None
    if not is_on_screen(request, stamp):
        return turned(request, cohort)
    enrolled = _enrol(request, cohort)
    card = handouts.card(request.services, enrolled.code, enrolled.on_card)
    extra = handouts.handed_out(request.services, card)
    return after(request, cohort.id, enrolled.enrolment, extra)


def ask_how_many(request: Request, cohort_id: int) -> Reply | None:
    """The group was chosen: it is asked how many are to be enrolled."""
    cohort = find_cohort(request, cohort_id)
    if cohort is None:
        return None
    stamp = new_stamp(request)
    return Reply(draw_how_many(request, stamp, cohort.id), views.several(stamp, cohort.id))


def to_waiting_list(request: Request, cohort: Cohort) -> list[Button]:
    """The way to enrolling people who wait, where the programme asks them."""
    programme = request.services.programmes[cohort.programme]
    return (
        [Button(TO_WAITING_LIST, actions.ask_how_many_wait(cohort.id))] if offered(programme, cohort.audience) else []
    )


def typed_how_many(request: Request, text: str, stamp: str, cohort_id: int) -> Reply | None:
    """»12« or »tri« was typed where it is asked how many; a code finds the person."""
    of_person = person.typed_anywhere(request, text)
    if of_person is not None:
        return of_person
    count = reading.read_number(_PEOPLE.sub("", text), HOW_MANY)
    if not isinstance(count, int):
        asked = ask_how_many(request, cohort_id)
        return None if asked is None else asked.noted(enrolling_texts.SO_MANY_AT_ONCE)
    return _enrol_so_many(request, stamp, cohort_id, count)


def enrol_several(request: Request, stamp: str, cohort_id: int, count: int) -> Reply | None:
    """So many new people in a group."""
    if count not in AT_ONCE:
        raise ForgedError(count)
    return _enrol_so_many(request, stamp, cohort_id, count)


def show_codes(request: Request, cohort_id: int, first: int = 0, last: int = EVERYBODY) -> Reply | None:
    """The codes from one enrolment to another whose link is not opened yet, with the way to their cards."""
    cohort = find_cohort(request, cohort_id)
    if cohort is None:
        return None
    stamp = new_stamp(request)
    return Reply(draw_codes(request, stamp, cohort.id, first, last), views.cards(stamp, cohort.id, first, last))


def after(request: Request, cohort_id: int, enrolment_id: int, *extras: Screen) -> Reply:
    """The card to go on from; `enrolment` 0 is nobody."""
    stamp = new_stamp(request)
    card = draw_enrolled(request, stamp, cohort_id, enrolment_id)
    return Reply(card, views.enrolled(stamp, cohort_id, enrolment_id), extras=extras)


def new_stamp(request: Request) -> str:
    """The number of the card that is shown now."""
    return str(request.update)


def find_cohort(request: Request, cohort_id: int) -> Cohort | None:
    """The group, where it is not closed and whoever is here may enrol in it."""
    return permissions.open_cohort(request, Permission.ENROL, cohort_id)


def open_cohorts(request: Request) -> list[Cohort]:
    """The groups that are not over in which whoever is here may enrol."""
    today = request.now.astimezone(request.services.policy.zone).date()
    return [
        one
        for programme in permissions.programmes(request, Permission.ENROL)
        for one in cohorts.listing(request.connection, programme.slug)
        if one.closed_at is None and one.end >= today
    ]


def named(request: Request, listed: Sequence[Cohort]) -> list[tuple[Cohort, str]]:
    """Groups with what stands on their buttons: also the programme, where the library has several."""
    programmes = {one.slug: one.name for one in permissions.programmes(request, Permission.ENROL)}
    several = len(programmes) > 1
    return [(one, enrolling_texts.group_name(one.name, programmes[one.programme], several=several)) for one in listed]


def draw_choice(request: Request, _stamp: str, page: int) -> Screen:
    """The groups that are not over."""
    if not permissions.programmes(request, Permission.ENROL):
        return Screen(texts.NOT_STAFF)
    found = open_cohorts(request)
    part = paging.turned(found, page, _COHORTS_A_PAGE)
    buttons = [Button(name, actions.ask_how_many(one.id)) for one, name in named(request, part.shown)]
    may_add = bool(permissions.programmes(request, Permission.ADD_GROUP))
    new = [Button(enrolling_texts.NEW_GROUP, coordinator.new_cohort())] if may_add else []
    words = (
        enrolling_texts.CHOOSE_GROUP
        if found
        else enrolling_texts.NO_GROUPS_YET
        if may_add
        else enrolling_texts.NO_GROUPS
    )
    return Screen(
        words, (*column(*buttons), *part.arrows(actions.choose_cohort_to_enrol), *column(*new, staff_home.to_desk()))
    )


def draw_enrolled(request: Request, stamp: str, cohort_id: int, enrolment_id: int) -> Screen:
    """Who was enrolled; the card holds the code and link even if the picture was lost."""
    cohort = find_cohort(request, cohort_id)
    if cohort is None:
        return Screen(texts.NOT_STAFF)
    enrolment = participants.of_enrolment(request.connection, enrolment_id)
    if enrolment is None or enrolment.cohort != cohort.id:
        code, begins = "", ""
    else:
        code, begins = enrolment.code, _begins(request, enrolment)
    rows = column(
        Button(enrolling_texts.ONE_MORE, actions.enrol_one(stamp, cohort.id)),
        Button(enrolling_texts.SEVERAL, actions.ask_how_many(cohort.id)),
        *_undo(request, stamp, cohort.id, enrolment_id, enrolment_id),
        Button(texts.TO_GROUP, actions.show_cohort(cohort.id)),
        Button(common.BACK, actions.choose_cohort_to_enrol()),
    )
    return Screen(
        enrolling_texts.enrolled(cohort.name, size(request, cohort), code, begins, _late(request, cohort)), rows
    )


def draw_how_many(request: Request, stamp: str, cohort_id: int) -> Screen:
    """How many are to be enrolled."""
    cohort = find_cohort(request, cohort_id)
    if cohort is None:
        return Screen(texts.NOT_STAFF)
    counts = [
        Button(enrolling_texts.so_many(count), actions.enrol_several(stamp, cohort.id, count)) for count in AT_ONCE
    ]
    return Screen(
        enrolling_texts.how_many(cohort.name, size(request, cohort), _late(request, cohort)),
        (
            *paging.pairs(counts),
            *column(
                Button(roster_texts.FROM_LIST, actions.ask_for_list(cohort.id)),
                *to_waiting_list(request, cohort),
                Button(texts.TO_GROUP, actions.show_cohort(cohort.id)),
                Button(common.BACK, actions.choose_cohort_to_enrol()),
            ),
        ),
    )


def draw_codes(request: Request, stamp: str, cohort_id: int, first: int, last: int) -> Screen:
    """The codes from one enrolment to another."""
    cohort = find_cohort(request, cohort_id)
    if cohort is None:
        return Screen(texts.NOT_STAFF)
    sheet = handouts.sheet(request.connection, request.services, cohort, first, last, request.now)
    codes = [card.code for card in sheet.cards]
    rows = column(
        *([Button(enrolling_texts.CARDS, actions.order_cards(cohort.id, first, last))] if codes else []),
        *_undo(request, stamp, cohort.id, first, last),
        _one_more(request, stamp, cohort.id, range(first, last + 1)),
        Button(texts.TO_GROUP, actions.show_cohort(cohort.id)),
        Button(common.BACK, actions.choose_cohort_to_enrol()),
    )
    named_here = any(card.name for card in sheet.cards)
    words = enrolling_texts.enrolled_several(cohort.name, codes, _late(request, cohort))
    return Screen(f"{words}\n\n{roster_texts.NAMES_ARE_KEPT}" if named_here else words, rows)


def card_of(request: Request, enrolment: Enrolment) -> Card | None:
    """The card of a person whose link still opens something."""
    on_card = access_links.open_card(request.connection, request.services.keys, enrolment.id, request.now)
    return None if on_card is None else handouts.card(request.services, enrolment.code, on_card)


def size(request: Request, cohort: Cohort) -> Size:
    """How many are in a group, and beside it."""
    counted = cohort_overview.find(request.connection, cohort.id)
    return Size(0) if counted is None else Size(counted.enrolled, counted.waiting)


def _begins(request: Request, enrolment: Enrolment) -> str:
    card = card_of(request, enrolment)
    if card is None:
        return enrolling_texts.LINK_OPENED
    return enrolling_texts.begins_by(card.address, request.services.settings.web.typed, card.number)


def _late(request: Request, cohort: Cohort) -> Late | None:
    return late(request.services, cohort, request.now)


def _enrol(request: Request, cohort: Cohort) -> enrolments.Enrolled:
    programme = request.services.programmes[cohort.programme]
    return enrolments.enrol(
        request.connection, request.services.keys, programme, cohort, request.now, permissions.actor(request)
    )


def _enrol_so_many(request: Request, stamp: str, cohort_id: int, count: int) -> Reply | None:
    """One person with a picture to be handed out, or several whose cards can be printed."""
    if count == 1:
        return enrol(request, stamp, cohort_id)
    cohort = find_cohort(request, cohort_id)
    if cohort is None:
        return None
    if not is_on_screen(request, stamp):
        return turned(request, cohort)
    numbers = [_enrol(request, cohort).enrolment for _ in range(count)]
    return show_codes(request, cohort_id, min(numbers), max(numbers))


def _one_more(request: Request, stamp: str, cohort_id: int, shown: range) -> Button:
    """One more like those whose codes are `shown`: where all of them wait, one who waits, decided in the same way."""
    here = [one for one in participants.of_cohort(request.connection, cohort_id) if one.id in shown]
    ways = {one.allocation if one.waits else None for one in here}
    allocation = ways.pop() if len(ways) == 1 else None
    if allocation is None:
        return Button(enrolling_texts.ONE_MORE, actions.enrol_one(stamp, cohort_id))
    return Button(ONE_MORE_WAITS, actions.enrol_to_wait(stamp, cohort_id, Decided.of(allocation), 1))


def _undo(request: Request, stamp: str, cohort_id: int, first: int, last: int) -> list[Button]:
    """»Razveljavi«, for a minute after somebody was enrolled."""
    if not unused_enrolments.enrolled_together(request.connection, cohort_id, first, last, request.now - WITHIN):
        return []
    return [Button(cohort_texts.UNDO, actions.take_back_enrolments(stamp, cohort_id, first, last))]


def is_on_screen(request: Request, stamp: str) -> bool:
    """Whether the card with this number is the one on the screen."""
    stamped = (views.enrol, views.enrolled, views.several, views.cards, views.waitlist)
    return any((arguments := view.arguments_of(request.view)) and arguments[0] == stamp for view in stamped)


def turned(request: Request, cohort: Cohort) -> Reply:
    """A second tap, or one on an old card: nothing changes, and the card that counts is shown."""
    of_cohort = (views.enrolled, views.cards, views.several)
    if any((arguments := view.arguments_of(request.view)) and arguments[1] == cohort.id for view in of_cohort):
        return Reply.again(request.view).toasted(participant.WHERE_YOU_ARE)
    return after(request, cohort.id, 0).toasted(common.OLD_BUTTON)
