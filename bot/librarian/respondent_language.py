"""The language in which a person is asked, chosen for them by a librarian: for the phone, paper and reading aloud."""

from __future__ import annotations

from bot.actions import librarian as actions
from bot.conversation import permissions
from bot.conversation.permissions import Permission
from bot.conversation.request import Request
from bot.conversation.screens import Button, Reply, Screen, column
from bot.librarian import person
from bot.texts import respondent_language as texts
from bot.texts.slovene import common
from bot.views import librarian as views
from storage import chats, participants
from storage.participants import Enrolment
from surveys.languages import NAMES


def choose(request: Request, enrolment_id: int) -> Reply | None:
    """»Jezik vprašanj« on the card of a person."""
    enrolment = _here(request, enrolment_id)
    return None if enrolment is None else Reply(draw(request, enrolment_id), views.spoken_to(enrolment_id))


def speak(request: Request, enrolment_id: int, language: str) -> Reply | None:
    """A language was chosen; the person's phone reads in it, too."""
    enrolment = _here(request, enrolment_id)
    if enrolment is None or language not in offered(request, enrolment):
        return None
    participants.set_language(request.connection, enrolment, language, request.now, permissions.actor(request))
    if enrolment.chat is not None:
        chats.set_language(request.connection, enrolment.chat, language)
    return person.show_enrolment(request, enrolment).noted(texts.spoken_to(NAMES[language]))


def draw(request: Request, enrolment_id: int) -> Screen:
    """The languages of the person's programme."""
    enrolment = _here(request, enrolment_id)
    if enrolment is None:
        return person.draw(request, enrolment_id)
    buttons = [
        Button(
            f"{common.CHOSEN} {NAMES[language]}" if language == enrolment.language else NAMES[language],
            actions.set_respondent_language(enrolment_id, language),
        )
        for language in offered(request, enrolment)
    ]
    return Screen(
        texts.choose(enrolment.code), column(*buttons, Button(common.CANCEL, actions.show_person(enrolment_id)))
    )


def offered(request: Request, enrolment: Enrolment) -> tuple[str, ...]:
    """The languages of the person's programme."""
    return request.services.programmes[enrolment.programme].languages


def _here(request: Request, enrolment_id: int) -> Enrolment | None:
    """The person, where whoever is here may act for them."""
    enrolment = person.here(request, enrolment_id)
    return (
        enrolment if enrolment is not None and permissions.may(request, Permission.ENROL, enrolment.programme) else None
    )
