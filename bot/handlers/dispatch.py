"""What an update asks for, as a step of one visit. The only use-case code that knows Telegram's types."""

from __future__ import annotations

import re
from functools import cache, partial
from inspect import signature

from sqlalchemy import Connection
from telegram import CallbackQuery, ChatMember, Message, Update, User
from telegram.constants import ChatType

from bot.house import House
from bot.librarian import kiosk
from bot.participant import home
from bot.screens import Reply
from bot.table import COMMANDS, SENT, TAPS, TYPED, Tap
from bot.turns import Arrival, Step, Turn, take_turn
from bot.visit import ForgedError, Sent, Visit
from storage import participants, updates

_COMMAND = re.compile(r"/([A-Za-z_]+)(?:@\w+)?(?:\s+(.*))?", re.DOTALL)
_signature = cache(signature)  # finding it takes longer than the use case
_ACTION = re.compile(r"[a-z]{1,4}(?::[A-Za-z0-9_+-]{0,48})*")


async def handle(house: House, update: Update) -> Turn | None:
    """Commit what an update asks for; gives what to show, None when there is nothing to say."""
    query, message, member = update.callback_query, update.message, update.my_chat_member
    if query is not None:
        return await _visit(house, update, query.from_user, kiosk.tap(query.data or "", _tap(query)), query)
    if message is not None and message.from_user is not None and message.chat.type == ChatType.PRIVATE:
        step = kiosk.message(message.text or "", _file(message), _message(message))
        return await _visit(house, update, message.from_user, step, message=message.message_id)
    if member is not None and member.chat.type == ChatType.PRIVATE:
        blocked = member.new_chat_member.status == ChatMember.BANNED
        await _reachable(house, update.update_id, member.from_user.id, blocked=blocked)
    return None


async def _visit(
    house: House, update: Update, user: User, step: Step, query: CallbackQuery | None = None, message: int = 0
) -> Turn:
    chat = house.keys.seal_id(user.id)
    arrival = Arrival(
        chat,
        update.update_id,
        house.clock(),
        typed=query is None,
        query=None if query is None else query.id,
        phone_language=(user.language_code or "").partition("-")[0],
        tapped=0 if query is None or query.message is None else query.message.message_id,
        message=message,
    )
    turn = await house.database.write(partial(take_turn, house=house, arrival=arrival, step=step))
    if turn.forgotten or turn.reply.erased:
        await house.database.scrub()
    return turn


async def _reachable(house: House, update_id: int, user: int, *, blocked: bool) -> None:
    chat, now = house.keys.seal_id(user), house.clock()

    def unit(connection: Connection) -> None:
        if updates.mark_handled(connection, update_id, now):
            participants.set_reachable(connection, chat, now if blocked else None)

    await house.database.write(unit)


def _tap(query: CallbackQuery) -> Step:
    return partial(_act, action=query.data or "")


def _act(visit: Visit, action: str) -> Reply:
    """A tap. What no button of ours says, or what belongs to others, leads home."""
    verb, *arguments = action.split(":")
    use_case = TAPS.get(verb)
    if use_case is None or not _ACTION.fullmatch(action) or not _fits(use_case, visit, arguments):
        return home.home(visit).toasted(visit.words.OLD_BUTTON)
    try:
        reply = use_case(visit, *arguments)
    except ForgedError:
        reply = None
    return home.home(visit).toasted(visit.words.NOT_YOURS) if reply is None else reply


def _fits(use_case: Tap, visit: Visit, arguments: list[str]) -> bool:
    """Whether the action has as many arguments as the use case takes."""
    try:
        _signature(use_case).bind(visit, *arguments)
    except TypeError:
        return False
    return True


def _message(message: Message) -> Step:
    if message.text is None:
        sent = _file(message)
        return home.not_text if sent is None else partial(_sent, sent=sent)
    command = _COMMAND.fullmatch(message.text.strip())
    if command is not None:
        name, rest = command[1].lower(), (command[2] or "").strip()
        return partial(_command, name=name, rest=rest)
    return partial(_typed, text=message.text)


def _file(message: Message) -> Sent | None:
    """The recording or the document of a message."""
    voice, document = message.voice, message.document
    if voice is not None:
        seconds = voice.duration if isinstance(voice.duration, int) else int(voice.duration.total_seconds())
        return Sent("voice", voice.file_id, voice.file_size, voice.mime_type or "", seconds=seconds)
    if document is not None:
        name, mime = document.file_name or "", document.mime_type or ""
        return Sent("document", document.file_id, document.file_size, mime, name)
    return None


def _command(visit: Visit, name: str, rest: str) -> Reply:
    known = COMMANDS.get(name)
    return home.home(visit, visit.words.UNKNOWN_COMMAND) if known is None else known(visit, rest)


def _typed(visit: Visit, text: str) -> Reply:
    name, _, argument = visit.view.partition(":")
    take = TYPED.get(name)
    reply = None if take is None else take(visit, argument, text)
    return home.typed(visit, argument, text) if reply is None else reply


def _sent(visit: Visit, sent: Sent) -> Reply:
    name, _, argument = visit.view.partition(":")
    take = SENT.get(name)
    reply = None if take is None else take(visit, argument, sent)
    return home.not_text(visit) if reply is None else reply
