"""What people who share a phone call each other: asked when the second one joins, and changed at any time."""

from __future__ import annotations

from dataclasses import replace

from bot.participant import home, questions, sharing
from bot.screens import Button, Reply, Screen, column
from bot.texts.sharing import LONGEST
from bot.visit import Visit, whole
from storage import occasions, participants
from storage import sharing as people
from storage.participants import Place
from storage.schema import OccasionState
from storage.sharing import Person


def ask_all(visit: Visit, place: Place) -> Reply | None:
    """Somebody has come into this chat: ask for the names that are missing; None where nobody needs one."""
    return _next(visit, 0, place.enrolment)


def show_all(visit: Visit, _rest: str = "") -> Reply:
    """/osebe: the names on this phone; home where one person alone is asked."""
    if not _several(visit):
        return home.home(visit)
    return Reply(draw_all(visit, ""), "names:", fresh=visit.typed)


def ask(visit: Visit, number: str) -> Reply | None:
    """Another name for one of them."""
    person = _person(visit, number)
    return None if person is None else _ask(visit, person, 0)


def typed(visit: Visit, argument: str, text: str) -> Reply | None:
    """The name was typed."""
    number, _, enrolment = argument.partition(":")
    person, name = _person(visit, number), " ".join(text.split())
    if person is None:
        return None
    problem = _problem(visit, name)
    if not problem and not people.call(visit.connection, visit.house.keys, visit.chat, person.number, name, visit.now):
        problem = visit.words.sharing.TAKEN
    if problem:
        return _noted(_ask(visit, person, whole(enrolment)), problem)
    return _go_on(visit, person, whole(enrolment))


def skip(visit: Visit, number: str, enrolment: str) -> Reply | None:
    """»Brez imena«: the code stands for the person."""
    person = _person(visit, number)
    return None if person is None else _go_on(visit, person, whole(enrolment))


def draw(visit: Visit, argument: str) -> Screen:
    """The card of `name:PERSON:ENROLMENT`."""
    number, _, enrolment = argument.partition(":")
    person = _person(visit, number)
    return home.draw(visit, "") if person is None else _screen(visit, person, whole(enrolment))


def draw_all(visit: Visit, _argument: str) -> Screen:
    """The card of `names:`."""
    here = _several(visit)
    listed = "\n".join(visit.words.sharing.known_as(one.name, one.codes) for one in here)
    rows = column(*(Button(one.name, f"nms:{one.number}") for one in here), Button(visit.words.HOME, "home"))
    return Screen(f"{visit.words.sharing.WHICH_NAME}\n\n{listed}", rows)


def _several(visit: Visit) -> list[Person]:
    """Everybody of this chat, if they are several."""
    here = sharing.everybody(visit)
    return here if len(here) > 1 else []


def _person(visit: Visit, number: str) -> Person | None:
    wanted = whole(number)
    return next((one for one in _several(visit) if wanted in one.participants), None)


def _next(visit: Visit, after: int, enrolment: int) -> Reply | None:
    """Ask for the next name that is missing, where several take part."""
    here = [one for one in _several(visit) if one.active]
    unnamed = (one for one in here if len(here) > 1 and one.number > after and not one.named)
    person = next(unnamed, None)
    return None if person is None else _ask(visit, person, enrolment)


def _go_on(visit: Visit, person: Person, enrolment: int) -> Reply:
    """The next name; after the last one the questions of who has just joined, or the list of names."""
    if not enrolment:
        return show_all(visit)
    asked = _next(visit, person.number, enrolment)
    if asked is not None:
        return asked
    place = participants.of_enrolment(visit.connection, enrolment)
    if place is None or place.chat != visit.chat:
        return home.home(visit)
    for occasion in occasions.waiting(visit.connection, enrolment):
        if occasion.state is OccasionState.OPEN and occasion.closes_at > visit.now:
            return questions.open_question(visit, occasion)
    return home.after_joining(visit)


def _ask(visit: Visit, person: Person, enrolment: int) -> Reply:
    return Reply(_screen(visit, person, enrolment), f"name:{person.number}:{enrolment}", fresh=visit.typed)


def _screen(visit: Visit, person: Person, enrolment: int) -> Screen:
    groups = dict.fromkeys(
        visit.house.programmes[place.programme].group
        for place in participants.of_chat(visit.connection, visit.chat)
        if place.participant in person.participants
    )
    words = visit.words.sharing
    other = (
        Button(words.NO_NAME, f"nmn:{person.number}:{enrolment}") if enrolment else Button(visit.words.CANCEL, "nma")
    )
    return Screen(words.ask_name(person.name if person.named else "", person.codes, groups), column(other))


def _problem(visit: Visit, name: str) -> str:
    if not any(character.isalnum() for character in name) or not name.isprintable():
        return visit.words.sharing.NOT_A_NAME
    return visit.words.sharing.TOO_LONG if len(name) > LONGEST else ""


def _noted(reply: Reply, note: str) -> Reply:
    return replace(reply, card=replace(reply.card, text=f"<i>{note}</i>\n\n{reply.card.text}"))
