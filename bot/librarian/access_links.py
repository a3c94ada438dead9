"""What a librarian does for one person: a link again, a new link, the end of taking part.

What cannot be undone is asked once more, and happens only from the card that asks.
"""

from __future__ import annotations

from dataclasses import replace

from bot.actions import librarian as actions
from bot.conversation import permissions
from bot.conversation.permissions import Permission
from bot.conversation.request import Request
from bot.conversation.screens import Button, Reply, Screen, column
from bot.librarian import enrolling, person, undo
from bot.staff import handouts
from bot.texts import staff as texts
from bot.texts.slovene import common
from bot.views import librarian as views
from bot.worker.printing.cards import Card
from storage import enrolments, staff_actions
from storage.participants import Enrolment
from storage.schema import EnrolmentState


def show_link(request: Request, enrolment_id: int) -> Reply | None:
    """The link of a person once more, with its picture."""
    enrolment = here(request, enrolment_id)
    if enrolment is None:
        return None
    card = enrolling.card_of(request, enrolment)
    if card is None:
        return person.show_enrolment(request, enrolment).noted(texts.NO_OPEN_LINK)
    return _with_picture(request, enrolment, card)


def ask_new_link(request: Request, enrolment_id: int) -> Reply | None:
    """»Nova povezava«, to be confirmed."""
    enrolment = here(request, enrolment_id)
    return None if enrolment is None else Reply(draw_new_link(request, enrolment_id), views.new_link(enrolment_id))


def make_new_link(request: Request, enrolment_id: int) -> Reply | None:
    """A new link; the old one opens nothing any more."""
    enrolment = here(request, enrolment_id)
    if enrolment is None or request.view != views.new_link(enrolment_id):
        return person.show(request, enrolment_id)
    new = enrolments.reissue(
        request.connection, request.services.keys, enrolment.id, request.now, permissions.actor(request)
    )
    return _with_picture(request, enrolment, handouts.card(request.services, new.code, new.on_card))


def ask_leave(request: Request, enrolment_id: int) -> Reply | None:
    """»Konec sodelovanja«, to be confirmed."""
    enrolment = here(request, enrolment_id)
    return None if enrolment is None else Reply(draw_leaving(request, enrolment_id), views.leaving(enrolment_id))


def leave(request: Request, enrolment_id: int) -> Reply | None:
    """The person takes part no longer; the answers stay."""
    enrolment = here(request, enrolment_id)
    if enrolment is None or enrolment.state is EnrolmentState.LEFT or request.view != views.leaving(enrolment_id):
        return undo.again(request) or person.show(request, enrolment_id)
    return undo.show(
        request, staff_actions.leave(request.connection, enrolment, request.now, permissions.actor(request))
    )


def draw_new_link(request: Request, enrolment_id: int) -> Screen:
    """»Nova povezava«, to be confirmed."""
    enrolment = here(request, enrolment_id)
    if enrolment is None:
        return person.draw(request, enrolment_id)
    rows = column(
        Button(texts.NEW_LINK_YES, actions.make_new_link(enrolment_id)),
        Button(common.CANCEL, actions.show_person(enrolment_id)),
    )
    return Screen(texts.ask_new_link(enrolment.code, moves=enrolment.chat is not None), rows)


def draw_leaving(request: Request, enrolment_id: int) -> Screen:
    """»Konec sodelovanja«, to be confirmed."""
    enrolment = here(request, enrolment_id)
    if enrolment is None:
        return person.draw(request, enrolment_id)
    rows = column(
        Button(texts.LEAVE_YES, actions.end_taking_part(enrolment_id)),
        Button(common.CANCEL, actions.show_person(enrolment_id)),
    )
    return Screen(texts.ask_leave(enrolment.code), rows)


def here(request: Request, enrolment_id: int) -> Enrolment | None:
    """The enrolment, where whoever is here may act for the person."""
    enrolment = person.here(request, enrolment_id)
    return (
        enrolment if enrolment is not None and permissions.may(request, Permission.ENROL, enrolment.programme) else None
    )


def _with_picture(request: Request, enrolment: Enrolment, card: Card) -> Reply:
    extra = handouts.handed_out(request.services, card)
    return replace(person.show_enrolment(request, enrolment), extras=(extra,))
