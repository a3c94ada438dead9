"""»Izbriši podatke osebe«: the right to erasure through the hand of a librarian, for who has no Telegram or asks so.

It happens when the code is typed on the card that asks. The chat of the person, if there is one, says so and is gone.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy import Connection

from bot import roles, staffroom
from bot.librarian import caring
from bot.roles import Action
from bot.screens import Button, Reply, Screen, column
from bot.texts import consents as texts
from bot.texts.slovene import common
from bot.visit import Visit
from storage import chats, codes, participants, privacy, staff
from storage.participants import Place


def ask(visit: Visit, enrolment: str) -> Reply | None:
    """The card that asks for the code."""
    place = caring.here(visit, enrolment)
    if place is None or not _all_of(visit, place):
        return None
    return Reply(draw(visit, enrolment), f"erasing:{place.enrolment}", fresh=visit.typed)


def typed(visit: Visit, enrolment: str, text: str) -> Reply | None:
    """The code was typed: with the right one everything of the person is erased, in all groups."""
    place = caring.here(visit, enrolment)
    places = () if place is None else _all_of(visit, place)
    if place is None or not places:
        return staffroom.desk(visit)
    if codes.read_code(text) != place.code:
        card = draw(visit, enrolment)
        card = replace(card, text=f"<i>{texts.WRONG_CODE}</i>\n\n{card.text}")
        return Reply(card, visit.view, fresh=visit.typed)
    erase(visit.connection, places, visit.now, roles.actor(visit), here=visit.chat)
    return Reply(draw_erased(visit, ""), "person_erased:", fresh=visit.typed, erased=True)


def erase(
    connection: Connection, places: Sequence[Place], now: datetime, actor: str, *, here: bytes | None = None
) -> None:
    """Erase all places of a person; their chat shows that it is over, and one that others use goes on with theirs.

    `here`: the chat from which it is done. The caller scrubs the files once this is committed.
    """
    privacy.erase(connection, places, now, actor)
    for chat in {place.chat for place in places} - {None, here}:
        if chat is None or chats.lock(connection, chat) is None:
            continue
        shared = participants.of_chat(connection, chat) or staff.by_chat(connection, chat) is not None
        chats.turn(connection, chat, "whom:" if shared else "erased:", now)


def draw(visit: Visit, enrolment: str) -> Screen:
    """The card of `erasing:ENROLMENT`."""
    place = caring.here(visit, enrolment)
    places = () if place is None else _all_of(visit, place)
    if place is None or not places:
        return draw_erased(visit, "")
    return Screen(texts.ask_erase(place.code, len(places)), column(Button(common.CANCEL, f"per:{place.enrolment}")))


def draw_erased(_visit: Visit, _argument: str) -> Screen:
    """The card of `person_erased:`."""
    return Screen(texts.ERASED, column(staffroom.to_desk()))


def draw_farewell(visit: Visit, _argument: str) -> Screen:
    """The card of `erased:` in the chat of who was erased; `bot.turns` forgets the chat as it is drawn."""
    return Screen(visit.words.ERASED)


def _all_of(visit: Visit, place: Place) -> tuple[Place, ...]:
    """All places of the person, where whoever is here may erase in each; else none."""
    places = tuple(participants.of_code(visit.connection, place.code))
    return places if all(roles.may(visit, Action.ERASE, one.programme) for one in places) else ()
