"""The language in which a person is asked, chosen for them by a librarian: for the phone, paper and reading aloud."""

from __future__ import annotations

from bot import roles
from bot.librarian import people
from bot.roles import Action
from bot.screens import Button, Reply, Screen, column
from bot.texts import speaking as texts
from bot.texts.slovene import common
from bot.visit import Visit
from storage import chats, participants
from storage.participants import Place
from surveys.languages import NAMES


def choose(visit: Visit, enrolment: str) -> Reply | None:
    """»Jezik vprašanj« on the card of a person."""
    place = _here(visit, enrolment)
    return None if place is None else Reply(draw(visit, enrolment), f"spoken_to:{place.enrolment}")


def speak(visit: Visit, enrolment: str, language: str) -> Reply | None:
    """A language was chosen; the person's phone reads in it, too."""
    place = _here(visit, enrolment)
    if place is None or language not in offered(visit, place):
        return None
    participants.set_language(visit.connection, place, language, visit.now, roles.actor(visit))
    if place.chat is not None:
        chats.set_language(visit.connection, place.chat, language)
    return people.show_place(visit, place, texts.spoken_to(NAMES[language]))


def draw(visit: Visit, enrolment: str) -> Screen:
    """The card of `spoken_to:ENROLMENT`."""
    place = _here(visit, enrolment)
    if place is None:
        return people.draw(visit, enrolment)
    buttons = [
        Button(f"{common.CHOSEN} {NAMES[one]}" if one == place.language else NAMES[one], f"pjx:{place.enrolment}:{one}")
        for one in offered(visit, place)
    ]
    return Screen(texts.choose(place.code), column(*buttons, Button(common.CANCEL, f"per:{place.enrolment}")))


def offered(visit: Visit, place: Place) -> tuple[str, ...]:
    """The languages of the person's programme."""
    return visit.house.programmes[place.programme].languages


def _here(visit: Visit, enrolment: str) -> Place | None:
    """The person, where whoever is here may act for them."""
    place = people.here(visit, enrolment)
    return place if place is not None and roles.may(visit, Action.ENROL, place.programme) else None
