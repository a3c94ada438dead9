"""What people who share a phone call each other: asked when the second one joins, and changed at any time."""

from __future__ import annotations

from bot.actions import participant as actions
from bot.conversation.request import Request
from bot.conversation.screens import Button, Reply, Screen, column
from bot.participant import answering, home, pending_questions, shared_phone
from bot.texts.sharing import LONGEST
from bot.views import participant as views
from storage import occasions, participants, shared_phones
from storage.participants import Enrolment
from storage.schema import OccasionState
from storage.shared_phones import PersonOfChat
from surveys import short_words
from surveys.languages import group_name
from surveys.short_words import Unfit


def ask_all(request: Request, enrolment: Enrolment) -> Reply | None:
    """Somebody has come into this chat: ask for the names that are missing; None where nobody needs one."""
    return _next(request, 0, enrolment.id)


def show_all(request: Request) -> Reply:
    """/osebe: the names on this phone; home where one person alone is asked."""
    if not _several(request):
        return home.home(request)
    return Reply(draw_all(request), views.names())


def ask(request: Request, number: int) -> Reply | None:
    """Another name for one of them."""
    person = _person(request, number)
    return None if person is None else _ask(request, person, 0)


def typed(request: Request, text: str, number: int, enrolment_id: int) -> Reply | None:
    """The name was typed."""
    person, name = _person(request, number), short_words.tidy(text)
    if person is None:
        return None
    problem = _problem(request, name)
    if not problem and not shared_phones.call(
        request.connection, request.services.keys, request.chat, person.number, name, request.now
    ):
        problem = request.words.sharing.TAKEN
    if problem:
        return _ask(request, person, enrolment_id).noted(problem)
    return _go_on(request, person, enrolment_id)


def skip(request: Request, number: int, enrolment_id: int) -> Reply | None:
    """»Brez imena«: the code stands for the person."""
    person = _person(request, number)
    return None if person is None else _go_on(request, person, enrolment_id)


def draw(request: Request, number: int, enrolment_id: int) -> Screen:
    """The question again."""
    person = _person(request, number)
    return home.draw(request) if person is None else _screen(request, person, enrolment_id)


def draw_all(request: Request) -> Screen:
    """The names, each to be changed."""
    here = _several(request)
    listed = "\n".join(request.words.sharing.known_as(one.name, one.codes) for one in here)
    rows = column(
        *(Button(one.name, actions.change_name(one.number)) for one in here),
        Button(request.words.HOME, actions.go_home()),
    )
    return Screen(f"{request.words.sharing.WHICH_NAME}\n\n{listed}", rows)


def _several(request: Request) -> list[PersonOfChat]:
    """Everybody of this chat, if they are several."""
    here = shared_phone.everybody(request)
    return here if len(here) > 1 else []


def _person(request: Request, number: int) -> PersonOfChat | None:
    return next((one for one in _several(request) if number in one.participants), None)


def _next(request: Request, after: int, enrolment_id: int) -> Reply | None:
    """Ask for the next name that is missing, where several take part."""
    here = [one for one in _several(request) if one.active]
    unnamed = (one for one in here if len(here) > 1 and one.number > after and not one.named)
    person = next(unnamed, None)
    return None if person is None else _ask(request, person, enrolment_id)


def _go_on(request: Request, person: PersonOfChat, enrolment_id: int) -> Reply:
    """The next name; after the last one the questions of who has just joined, or the list of names."""
    if not enrolment_id:
        return show_all(request)
    view = views.name(person.number, enrolment_id)
    return pending_questions.settled(request, view, lambda here: _joined(here, person, enrolment_id))


def _joined(request: Request, person: PersonOfChat, enrolment_id: int) -> Reply:
    asked = _next(request, person.number, enrolment_id)
    if asked is not None:
        return asked
    enrolment = participants.of_enrolment(request.connection, enrolment_id)
    if enrolment is None or enrolment.chat != request.chat:
        return home.home(request)
    for occasion in occasions.waiting(request.connection, enrolment_id):
        if occasion.state is OccasionState.OPEN and occasion.closes_at > request.now:
            return answering.open_question(request, occasion)
    return home.after_joining(request)


def _ask(request: Request, person: PersonOfChat, enrolment_id: int) -> Reply:
    view = views.name(person.number, enrolment_id)
    asked = pending_questions.ask(request, view) if enrolment_id else None
    return Reply(_screen(request, person, enrolment_id), view, asked=asked)


def _screen(request: Request, person: PersonOfChat, enrolment_id: int) -> Screen:
    groups = dict.fromkeys(
        group_name(request.services.programmes[enrolment.programme], request.language)
        for enrolment in participants.of_chat(request.connection, request.chat)
        if enrolment.participant in person.participants
    )
    words = request.words.sharing
    other = (
        Button(words.NO_NAME, actions.skip_name(person.number, enrolment_id))
        if enrolment_id
        else Button(request.words.CANCEL, actions.show_names())
    )
    return Screen(words.ask_name(person.name if person.named else "", person.codes, groups), column(other))


def _problem(request: Request, name: str) -> str:
    match short_words.unfit(name, LONGEST):
        case Unfit.EMPTY:
            return request.words.sharing.NOT_A_NAME
        case Unfit.LONG:
            return request.words.sharing.TOO_LONG
    return ""
