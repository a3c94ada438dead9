"""»Izbriši podatke osebe«: the right to erasure through the hand of a librarian, for who has no Telegram or asks so.

It happens when the code is typed on the card that asks. The chat of the person, if there is one, says so and is gone.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection

from bot.actions import librarian as actions
from bot.conversation import permissions
from bot.conversation.permissions import Permission
from bot.conversation.request import Request
from bot.conversation.screens import Button, Reply, Screen, column
from bot.librarian import access_links
from bot.staff import staff_home
from bot.texts import consents as texts
from bot.texts.slovene import common
from bot.views import librarian as views
from bot.views.participant import whom
from storage import chats, codes, participants, privacy, staff
from storage.participants import Enrolment


def ask(request: Request, enrolment_id: int) -> Reply | None:
    """The card that asks for the code."""
    enrolment = access_links.here(request, enrolment_id)
    if enrolment is None or not _all_of(request, enrolment):
        return None
    return Reply(draw(request, enrolment_id), views.erasing(enrolment_id))


def typed(request: Request, text: str, enrolment_id: int) -> Reply | None:
    """The code was typed: with the right one everything of the person is erased, in all groups."""
    enrolment = access_links.here(request, enrolment_id)
    places = () if enrolment is None else _all_of(request, enrolment)
    if enrolment is None or not places:
        return staff_home.desk(request)
    if codes.read_code(text, {enrolment.code.partition("-")[0]}) != enrolment.code:
        return Reply(draw(request, enrolment_id).noted(texts.WRONG_CODE), request.view)
    erase(request.connection, places, request.now, permissions.actor(request), here=request.chat)
    return Reply(draw_erased(request), views.person_erased(), erased=True)


def erase(
    connection: Connection, places: Sequence[Enrolment], now: datetime, actor: str, *, here: bytes | None = None
) -> None:
    """Erase all places of a person; their chat shows that it is over, and one that others use goes on with theirs.

    `here`: the chat from which it is done. The caller scrubs the files once this is committed.
    """
    privacy.erase(connection, places, now, actor)
    for chat in {enrolment.chat for enrolment in places} - {None, here}:
        if chat is None or chats.lock(connection, chat) is None:
            continue
        shared = participants.of_chat(connection, chat) or staff.by_chat(connection, chat) is not None
        chats.show_next(connection, chat, whom() if shared else views.erased(), now, said=b"")


def draw(request: Request, enrolment_id: int) -> Screen:
    """The card that asks for the code."""
    enrolment = access_links.here(request, enrolment_id)
    places = () if enrolment is None else _all_of(request, enrolment)
    if enrolment is None or not places:
        return draw_erased(request)
    return Screen(
        texts.ask_erase(enrolment.code, len(places)), column(Button(common.CANCEL, actions.show_person(enrolment_id)))
    )


def draw_erased(_request: Request) -> Screen:
    """Everything of the person is erased."""
    return Screen(texts.ERASED, column(staff_home.to_desk()))


def draw_farewell(request: Request) -> Screen:
    """The last card in the chat of who was erased; `bot.routing.handling` forgets the chat as it is drawn."""
    return Screen(request.words.ERASED)


def _all_of(request: Request, enrolment: Enrolment) -> tuple[Enrolment, ...]:
    """All places of the person, where whoever is here may erase in each; else none."""
    places = tuple(participants.of_code(request.connection, enrolment.code))
    return places if all(permissions.may(request, Permission.ERASE, one.programme) for one in places) else ()
