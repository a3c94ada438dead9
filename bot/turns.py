"""One update, one write unit: mark it, do it, remember what the person should see. Free of Telegram."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import Connection

from bot import views
from bot.house import House
from bot.screens import Reply
from bot.visit import Visit
from storage import chats, updates
from storage.chats import Chat

log = logging.getLogger(__name__)

Step = Callable[[Visit], Reply]


@dataclass(frozen=True, slots=True)
class Turn:
    """What a committed visit asks the edge to show."""

    chat: bytes
    revision: int  # what the chat row wants; 0 when the chat was forgotten
    card: int | None  # message id of the live card
    reply: Reply
    query: str | None = None  # the tap to be answered
    typed: int = 0  # message id of what was typed, where that is taken off the screen
    kiosk: bool = False  # no card stays when another one comes below it
    again: bool = False  # drawn from what is stored, so that another process may be showing something newer

    @property
    def forgotten(self) -> bool:
        """Whether everything about this person was erased in this visit."""
        return not self.reply.view


@dataclass(frozen=True, slots=True)
class Arrival:
    """An update, without what it asks for."""

    chat: bytes
    update: int
    at: datetime
    typed: bool
    query: str | None = None
    phone_language: str = ""  # what the phone speaks
    tapped: int = 0  # message id of the card whose button was tapped
    message: int = 0  # message id of what was typed or sent


def take_turn(connection: Connection, house: House, arrival: Arrival, step: Step) -> Turn:
    """Do what an update asks for, once. Repeated, it changes nothing and the card is drawn again."""
    row = chats.lock(connection, arrival.chat)
    view, card = (row.view, row.card) if row is not None else ("", None)
    kiosk = row is not None and row.kiosk is not None
    typed = arrival.message if kiosk else 0
    visit = _visit(
        Visit(
            connection,
            house,
            arrival.chat,
            arrival.at,
            arrival.typed,
            update=arrival.update,
            phone_language=arrival.phone_language,
        ),
        row,
    )
    if not updates.mark_handled(connection, arrival.update, arrival.at):
        drawn = Reply(views.render(visit, view), view or "home:")
        return Turn(arrival.chat, 0 if row is None else row.wanted, card, drawn, arrival.query, typed, kiosk)
    reply = step(visit)
    if reply.redrawn:
        reply = replace(reply, card=views.render(_reading(visit, reply), reply.view))
    covered = row is not None and row.card is None and row.shown >= row.wanted
    if covered or reply.aloud or (reply.aloud is None and row is not None and row.aloud):
        reply = replace(reply, fresh=True)  # a screen reader says new messages, not edited ones
    if not reply.view:
        chats.forget(connection, arrival.chat)
        return Turn(arrival.chat, 0, card, reply, arrival.query)
    revision = chats.turn(
        connection,
        arrival.chat,
        reply.view,
        arrival.at,
        fresh=reply.fresh,
        tapped=arrival.tapped,
        language=reply.language,
        aloud=reply.aloud,
        kiosk=reply.kiosk,
    )
    if covered or card is not None:
        card = max(card or 0, arrival.tapped) or None
    return Turn(arrival.chat, revision, card, reply, arrival.query, typed, kiosk or bool(reply.kiosk))


def _visit(visit: Visit, row: Chat | None) -> Visit:
    """The visit with what is remembered of its chat."""
    if row is None:
        return visit
    return replace(
        visit, view=row.view, language=row.language, aloud=row.aloud, kiosk=row.kiosk, phone_language=row.language
    )


def _reading(visit: Visit, reply: Reply) -> Visit:
    """The visit as the chat reads after it."""
    return replace(
        visit,
        view=reply.view,
        language=reply.language or visit.language,
        aloud=visit.aloud if reply.aloud is None else reply.aloud,
    )


def redraw(connection: Connection, house: House, now: datetime, before: datetime, limit: int = 100) -> list[Turn]:
    """The cards of chats that wait since `before` for what they should show: after a crash, or without a network.

    Of several processes one draws a chat. A view that cannot be drawn leads home: one bad row cannot stop the house.
    A chat whose person was erased is forgotten as its last card is drawn.
    """
    return [_drawn(connection, house, now, row) for row in chats.behind(connection, limit, before)
            if chats.claim(connection, row, now)]  # fmt: skip


def _drawn(connection: Connection, house: House, now: datetime, row: Chat) -> Turn:
    visit = _visit(Visit(connection, house, row.chat, now), row)
    try:
        card = views.render(visit, row.view)
    except Exception as error:  # noqa: BLE001 - whatever is wrong with this view is wrong with this view only
        log.error("a view could not be drawn: %s", type(error).__name__)  # noqa: TRY400 - its words may be a person's
        card = views.render(visit, "home:")
    if row.view == "erased:":
        chats.forget(connection, row.chat)
        return Turn(row.chat, 0, row.card, Reply(card, "", fresh=row.card is None), again=True)
    reply = Reply(card, row.view, fresh=row.card is None or row.aloud)
    return Turn(row.chat, row.wanted, row.card, reply, kiosk=row.kiosk is not None, again=True)
