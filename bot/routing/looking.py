"""What a chat shows now: its card, drawn from what is stored, and what else is offered beside it. Changes nothing."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from bot.conversation.declared import SEPARATOR
from bot.conversation.handled import CurrentCard
from bot.conversation.request import Request
from bot.conversation.routes import Route
from bot.conversation.screens import EntryField, Screen
from bot.participant import mail_reminders
from bot.routing import routes
from bot.routing.handling import remembering
from bot.runtime.services import Services
from bot.staff import staff_home
from bot.views import participant as views
from storage import chats, participants, staff
from surveys.languages import SLOVENIAN


def look(
    connection: Connection, services: Services, chat: bytes, now: datetime, channel: str, language: str = SLOVENIAN
) -> CurrentCard:
    """The card of a chat; `language`: what whoever looks reads, where nothing was ever shown there."""
    row = chats.load(connection, chat)
    asked = Request(connection, services, chat, now, channel=channel, language=language, phone_language=language)
    request = remembering(asked, row)
    view = request.view or views.home()
    screen = routes.draw(request, view)
    member = staff.by_chat(connection, chat)
    menu = request.words.COMMANDS if member is None else staff_home.commands(member.role)
    return CurrentCard(
        chat,
        0 if row is None else row.wanted,
        screen,
        request.language,
        _entry(screen, view),
        _asks(routes.SENT, view),
        (*menu, ("eposta", request.words.mail.MENU)) if mail_reminders.is_offered(request) else menu,
        request.kiosk is not None,
        request.aloud,
        member is not None,
        bool(participants.of_chat(connection, chat)),
    )


def _entry(screen: Screen, view: str) -> EntryField | None:
    return screen.entry or (EntryField.WORDS if _asks(routes.TYPED, view) else None)


def _asks(table: Mapping[str, Route[Any]], view: str) -> bool:
    route = table.get(view.partition(SEPARATOR)[0])
    return route is not None and route.asks
