"""»Pokličite me«: the person is on the list of the librarian, sees when the call may come, and can take it back."""

from __future__ import annotations

from bot.actions import participant as actions
from bot.conversation.request import Request
from bot.conversation.screens import Button, Reply, Screen, column
from bot.participant import home, joining
from bot.views import participant as views
from storage import access_links, call_requests, participants
from storage.participants import Enrolment
from storage.schema import EnrolmentState


def ask(request: Request, enrolment_id: int) -> Reply | None:
    """»Pokličite me«, by somebody who takes part."""
    enrolment = _mine(request, enrolment_id)
    if enrolment is None:
        return None
    call_requests.ask(request.connection, enrolment, request.now)
    return _shown(request, enrolment)


def withdraw(request: Request, enrolment_id: int) -> Reply | None:
    """»Klica ne potrebujem«."""
    enrolment = _mine(request, enrolment_id)
    if enrolment is None:
        return None
    call_requests.withdraw(request.connection, enrolment, request.now)
    return _shown(request, enrolment)


def ask_before_consent(request: Request, token: str) -> Reply:
    """»Pokličite me« below the question whether to take part."""
    enrolment = _invited(request, token)
    if enrolment is None:
        return joining.open_link(request, token)
    call_requests.ask(request.connection, enrolment, request.now)
    return Reply(_screen_before_consent(request, enrolment, token), views.call_before_consent(enrolment.id))


def withdraw_before_consent(request: Request, token: str) -> Reply:
    """»Klica ne potrebujem«: back to the question."""
    enrolment = _invited(request, token)
    if enrolment is not None:
        call_requests.withdraw(request.connection, enrolment, request.now)
    return joining.open_link(request, token)


def draw(request: Request, enrolment_id: int) -> Screen:
    """When the call may come."""
    enrolment = _mine(request, enrolment_id)
    return home.draw(request) if enrolment is None else _screen(request, enrolment)


def draw_before_consent(request: Request, enrolment_id: int) -> Screen:
    """The same before consent, while its link still opens something."""
    enrolment = participants.of_enrolment(request.connection, enrolment_id)
    token = access_links.open_token(request.connection, request.services.keys, enrolment_id, request.now)
    if enrolment is None or token is None:
        return Screen(request.words.LINK_EXPIRED)
    return _screen_before_consent(request, enrolment, token)


def _shown(request: Request, enrolment: Enrolment) -> Reply:
    return Reply(_screen(request, enrolment), views.call_me(enrolment.id))


def _screen(request: Request, enrolment: Enrolment) -> Screen:
    words = request.words
    waits = call_requests.since(request.connection, enrolment.id) is not None
    change = (
        Button(words.calling.NO_CALL, actions.withdraw_call(enrolment.id))
        if waits
        else Button(words.calling.CALL_ME, actions.ask_for_call(enrolment.id))
    )
    return Screen(_words(request, enrolment), column(change, Button(words.HOME, actions.go_home())))


def _screen_before_consent(request: Request, enrolment: Enrolment, token: str) -> Screen:
    words = request.words
    rows = column(
        Button(words.calling.NO_CALL, actions.withdraw_call_at_link(token)),
        Button(words.BACK, actions.back_to_link(token)),
    )
    return Screen(_words(request, enrolment), rows)


def _words(request: Request, enrolment: Enrolment) -> str:
    words, programme = request.words.calling, request.services.programmes[enrolment.programme]
    since = call_requests.since(request.connection, enrolment.id)
    if since is None:
        return words.NOT_WAITING
    asked = words.day(since, request.services.policy.zone)
    return words.will_call(programme.library, enrolment.code, asked, request.services.contact(programme.code))


def _mine(request: Request, enrolment_id: int) -> Enrolment | None:
    """The place of an enrolment, where it takes part in this chat."""
    enrolment = participants.of_enrolment(request.connection, enrolment_id)
    here = enrolment is not None and enrolment.chat == request.chat and enrolment.state is EnrolmentState.ACTIVE
    return enrolment if here else None


def _invited(request: Request, token: str) -> Enrolment | None:
    """The place that an unused link of a participant leads to."""
    found = access_links.look(request.connection, token, request.now)
    if not isinstance(found, access_links.Invitation) or found.enrolment is None:
        return None
    return participants.of_enrolment(request.connection, found.enrolment)
