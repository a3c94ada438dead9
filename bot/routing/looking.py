"""What a chat shows now: its card, drawn from what is stored, and what else is offered beside it. Changes nothing."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection

from bot.conversation.declared import SEPARATOR
from bot.conversation.handled import CurrentCard, Handled
from bot.conversation.request import Request
from bot.conversation.screens import EntryField, Screen
from bot.participant import mail_reminders
from bot.routing import kiosk_policy, routes
from bot.routing.handling import remembering
from bot.runtime.services import Services
from bot.staff import desk_rooms, staff_home
from bot.views import participant as views
from storage import chats, occasions, staff
from surveys.languages import SLOVENIAN

_IDLE = {view.name for view in (views.thanks, views.joined, views.home, views.closed)}
_IN_WORDS = {EntryField.WORDS, EntryField.TEXT}  # what can be spoken in place of typed


def look(
    connection: Connection, services: Services, chat: bytes, now: datetime, channel: str, language: str = SLOVENIAN
) -> CurrentCard:
    """The card of a chat; `language`: what whoever looks reads, where nothing was ever shown there."""
    row = chats.load(connection, chat)
    asked = Request(connection, services, chat, now, channel=channel, language=language, phone_language=language)
    request = remembering(asked, row)
    view = request.view or views.home()
    return _current(request, view, routes.draw(request, view), 0 if row is None else row.wanted)


def look_after(
    connection: Connection, services: Services, handled: Handled, now: datetime, channel: str
) -> CurrentCard:
    """The same in the unit in which something was handled: as it was drawn there, where its view draws no less.

    What is said above a card or offered below it is so once, and what a kiosk shows depends on who began it.
    """
    chat, reply = handled.chat, handled.reply
    if not handled.language or handled.kiosk or reply.card.note or reply.once:
        return look(connection, services, chat, now, channel)
    request = Request(
        connection,
        services,
        chat,
        now,
        channel=channel,
        view=reply.view,
        language=handled.language,
        aloud=handled.aloud,
    )
    return _current(request, reply.view, reply.card, handled.revision)


def _current(request: Request, view: str, screen: Screen, revision: int) -> CurrentCard:
    connection, chat, name = request.connection, request.chat, view.partition(SEPARATOR)[0]
    entry, sent = _entry(screen, name), routes.SENT.get(name)
    idle = name in _IDLE
    following = occasions.next_of_chat(connection, chat) if idle else None
    takes_part, role = staff.who(connection, chat)
    menu = request.words.COMMANDS if role is None else staff_home.labels(role)
    return CurrentCard(
        chat,
        revision,
        screen,
        request.language,
        entry,
        sent is not None and sent.asks and not sent.voice,
        sent is not None and sent.voice and (entry in _IN_WORDS or name not in routes.TYPED),
        (*menu, ("eposta", request.words.mail.MENU)) if mail_reminders.is_offered(request) else menu,
        request.kiosk is not None,
        request.aloud,
        role is not None,
        takes_part,
        idle,
        None if following is None else following.opens_at,
        "" if role is None else desk_rooms.command_of(view),
        "" if request.kiosk is None else kiosk_policy.leaving(view),
    )


def _entry(screen: Screen, name: str) -> EntryField | None:
    """What the card of a view asks to be typed."""
    route = routes.TYPED.get(name)
    return screen.entry or (EntryField.WORDS if route is not None and route.asks else None)
