"""The edge to Telegram: shows a turn in its chat, sends what is due, answers taps. Knows no use case."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TypeVar

from telegram import (
    BotCommand,
    BotCommandScopeChat,
    BotCommandScopeDefault,
    InlineKeyboardMarkup,
    InputFile,
)
from telegram import (
    Message as TelegramMessage,
)
from telegram.constants import ParseMode
from telegram.error import BadRequest, Forbidden, NetworkError, RetryAfter, TelegramError

from bot import envelope, playing
from bot.failures import described
from bot.house import House
from bot.ledger import Ledger
from bot.limiter import Limiter
from bot.screens import Picture, Screen, Voice
from bot.transport import NotSent, TelegramBot, TooBig, wait_of
from bot.turns import Turn

log = logging.getLogger(__name__)

T = TypeVar("T")
_PAUSES = (0.5, 2.0)  # seconds before the second and the third try
_PATIENCE = 5.0  # a longer retry_after is left to the tick
_PLAIN = {"is_disabled": True}
_NOT_MODIFIED = "message is not modified"
_NOT_EDITABLE = (
    "message to edit not found",
    "message can't be edited",
    "there is no text in the message to edit",
    "message_id_invalid",
    "message identifier is not specified",
)


@dataclass(frozen=True, slots=True)
class Sent:
    """Telegram has the message."""

    message_id: int


@dataclass(frozen=True, slots=True)
class Refused:
    """Nothing was sent. `permanent`: and never will be; otherwise another try may do."""

    permanent: bool
    problem: str


@dataclass(frozen=True, slots=True)
class Uncertain:
    """Sent or not: the line broke after the request had left."""


class Overtaken(Exception):  # noqa: N818 - says what happened
    """A card is not needed any more: the chat waits for a later one."""


class Edge:
    """All that leaves for Telegram. `unreachable` is called with the chat that blocked the bot or is gone."""

    def __init__(
        self,
        bot: TelegramBot,
        house: House,
        limiter: Limiter,
        *,
        unreachable: Callable[[bytes], Awaitable[None]],
        ledger: Ledger,
        sleep: Callable[[float], Awaitable[object]] = asyncio.sleep,
    ) -> None:
        self._bot = bot
        self._house = house
        self._limiter = limiter
        self._unreachable = unreachable
        self._ledger = ledger
        self._sleep = sleep
        self._stopping = False
        self.in_turn: Callable[[Turn], None] | None = None  # takes turns that wait for others of their chat

    async def show(self, turn: Turn) -> bool:
        """Answer the tap, send the extras, put the card in place; whether Telegram confirmed the card.

        What Telegram does not take now (no network, 429, 5xx) stays behind, and the tick draws it again.
        """
        answering = asyncio.create_task(self.answer(turn.query, turn.reply.toast)) if turn.query else None
        try:
            return await self._show(turn)
        except Overtaken:
            pass
        except Forbidden:
            await self._unreachable(turn.chat)
            await self._ledger.unshowable(turn.chat, turn.revision)
        except (BadRequest, envelope.Unsendable) as error:
            log.error("a card cannot be shown: %s", described(error))  # noqa: TRY400 - its words may be a person's
            await self._ledger.unshowable(turn.chat, turn.revision)
        except TelegramError as error:
            log.warning("a card stays behind: %s", described(error))
        finally:
            await self._delete(turn.chat, turn.typed)
            if answering is not None:
                await answering
        return False

    async def show_in_turn(self, turn: Turn) -> None:
        """Show a turn that no visit asked for, after those of the same chat that wait."""
        if self.in_turn is None:
            await self.show(turn)
        else:
            self.in_turn(turn)

    async def say(self, turn: Turn) -> None:
        """Only what a turn does once: its toast, its extras, what it deletes. Its card is overtaken by a later one."""
        await self._delete(turn.chat, turn.typed)
        if turn.query:
            await self.answer(turn.query, turn.reply.toast)
        try:
            await self._send_extras(turn)
        except Forbidden:
            await self._unreachable(turn.chat)
        except TelegramError as error:
            log.warning("an extra was not sent: %s", described(error))

    async def answer(self, query: str, toast: str = "") -> None:
        """Answer a tap. That it is too late, or that Telegram is away, is no trouble."""
        text = envelope.shortened(toast) or None
        for pause in (*_PAUSES[:1], None):
            try:
                await self._bot.tell("answerCallbackQuery", callback_query_id=query, text=text)
            except BadRequest:
                return
            except (NetworkError, RetryAfter) as error:
                wait = wait_of(error) if isinstance(error, RetryAfter) else pause
                if pause is not None and wait is not None and wait <= _PATIENCE:
                    await self._sleep(wait)
                    continue
                log.warning("a tap was not answered: %s", described(error))
            except TelegramError as error:
                log.warning("a tap was not answered: %s", described(error))
            return

    async def send(self, chat: bytes, screen: Screen, *, bulk: bool = True) -> Sent | Refused | Uncertain:
        """Send a new message, once, and say what became of it. Raises only `envelope.Unsendable`."""
        if bulk and self._stopping:
            return Refused(permanent=False, problem="the bot is stopping")
        gone = 0
        number = self._number(chat)
        message_id = 0
        try:
            for message in envelope.messages(screen):
                await self._limiter.admit(number, bulk=bulk)
                message_id = await self._post(number, message)
                gone += 1
        except Forbidden as error:
            await self._unreachable(chat)
            return Refused(permanent=True, problem=_words(error))
        except BadRequest as error:
            return Refused(permanent=True, problem=_words(error))
        except RetryAfter as error:
            self._limiter.refused(number, wait_of(error))
            return Uncertain() if gone else Refused(permanent=False, problem="too many requests")
        except NotSent as error:
            return Uncertain() if gone else Refused(permanent=False, problem=_words(error))
        except NetworkError:
            return Uncertain()
        except TelegramError as error:
            return Refused(permanent=False, problem=_words(error))
        return Sent(message_id)

    async def retire(self, chat: bytes, card: int) -> None:
        """Take the buttons off a card that is no longer the live one. Whether it works is of no weight."""
        number = self._number(chat)
        try:
            await self._limiter.admit(number)
            await self._bot.tell("editMessageReplyMarkup", chat_id=number, message_id=card)
        except RetryAfter as error:
            self._limiter.refused(number, wait_of(error))
        except TelegramError:
            pass

    async def busy(self, chat: bytes) -> None:
        """Say for five seconds over the chat that a file is coming. Whether it works is of no weight."""
        number = self._number(chat)
        try:
            await self._bot.tell("sendChatAction", chat_id=number, action="upload_document")
        except RetryAfter as error:
            self._limiter.refused(number, wait_of(error))
        except TelegramError:
            pass

    async def set_menu(self, chat: bytes | None, commands: Sequence[tuple[str, str]], language: str = "") -> bool:
        """The commands (name without slash, description) that a chat, or everybody, sees; whether it worked.

        `language` is that of the phone; "" is for all that have no menu of their own.
        """
        scope = BotCommandScopeDefault() if chat is None else BotCommandScopeChat(self._number(chat))
        menu = [BotCommand(name, description) for name, description in commands]
        try:
            return await self._bot.set_my_commands(menu, scope=scope, language_code=language or None)
        except TelegramError as error:
            log.warning("a menu was not set: %s", described(error))
            return False

    async def fetch(self, file: str) -> bytes | Refused:
        """The content of a file that somebody sent."""
        try:
            return await self._bot.download(file)
        except TelegramError as error:
            return Refused(permanent=isinstance(error, TooBig), problem=_words(error))

    def stop_deliveries(self) -> None:
        """The bot is about to end: what is due waits for its next start."""
        self._stopping = True

    async def close(self) -> None:
        """Record what is not recorded yet."""
        await self._ledger.close()

    async def _show(self, turn: Turn) -> bool:
        """Edit the live card, or send a new one below and take the buttons off the old."""
        fresh = await self._send_extras(turn) or turn.reply.fresh or turn.reply.card.media is not None
        old = self._ledger.newest_card(turn.chat, turn.card)
        if turn.forgotten:
            self._ledger.let_go(turn.chat)
        *before, last = envelope.messages(turn.reply.card)
        buttons = last.keyboard is not None
        if old is not None and not fresh and not before and await self._edit(turn, old, last):
            if not turn.forgotten:
                self._ledger.edited(turn.chat, turn.revision, old, buttons=buttons)
            return True
        retiring = old is not None and self._ledger.may_have_buttons(turn.chat, old)
        self._ledger.let_go(turn.chat)
        number = self._number(turn.chat)
        for message in before:
            await self._persist(number, self._unless_overtaken(turn, partial(self._post, number, message)))
        card = await self._persist(number, self._unless_overtaken(turn, partial(self._post, number, last)))
        if not turn.forgotten:
            await self._ledger.sent(turn.chat, turn.revision, card, buttons=buttons)
        if old is not None and turn.kiosk:
            await self._delete(turn.chat, old)
        elif old is not None and retiring:
            await self.retire(turn.chat, old)
        return True

    async def _delete(self, chat: bytes, message: int) -> None:
        """Take a message off the screen, where there is one to take. That it cannot be is told and of no weight."""
        if not message:
            return
        number = self._number(chat)
        try:
            await self._persist(number, partial(self._bot.tell, "deleteMessage", chat_id=number, message_id=message))
        except TelegramError as error:
            log.warning("a message was not deleted: %s", described(error))

    async def _send_extras(self, turn: Turn) -> bool:
        """Send them once each: one that may have arrived is not repeated. Whether there were any."""
        if not turn.reply.extras:
            return False
        number = self._number(turn.chat)
        for message in _sendable(turn.reply.extras):
            try:
                await self._persist(number, partial(self._post, number, message), only_unsent=True)
            except BadRequest as error:
                log.error("Telegram refused an extra: %s", _kind(error))  # noqa: TRY400 - the words may be a person's
            except NotSent:
                raise
            except NetworkError:
                log.warning("an extra may not have arrived")
        return True

    async def _edit(self, turn: Turn, card: int, message: envelope.Message) -> bool:
        """Whether the card now shows the message; False if it can no longer be edited."""
        number = self._number(turn.chat)
        edit = partial(
            self._bot.tell,
            "editMessageText",
            chat_id=number,
            message_id=card,
            text=message.text,
            parse_mode=ParseMode.HTML,
            reply_markup=message.keyboard,
            link_preview_options=_PLAIN,
        )
        try:
            await self._persist(number, self._unless_overtaken(turn, edit))
        except BadRequest as error:
            words = error.message.lower()
            if _NOT_MODIFIED in words:
                return True
            if any(reason in words for reason in _NOT_EDITABLE):
                return False
            raise
        return True

    async def _post(self, number: int, message: envelope.Message) -> int:
        """Send one message; its id."""
        if message.media is None:
            sent = await self._bot.call(
                "sendMessage",
                chat_id=number,
                text=message.text,
                parse_mode=ParseMode.HTML,
                reply_markup=message.keyboard,
                protect_content=message.protect or None,
                link_preview_options=_PLAIN,
            )
            return int(sent["message_id"])
        if isinstance(message.media, Voice):
            return await playing.post(self._bot, self._house, number, message, message.media)
        file = InputFile(message.media.data, message.media.name)
        post = self._bot.send_photo if isinstance(message.media, Picture) else self._bot.send_document
        posted: TelegramMessage = await post(
            number,
            file,
            caption=message.text or None,
            parse_mode=ParseMode.HTML,
            reply_markup=InlineKeyboardMarkup.de_json(message.keyboard, self._bot) if message.keyboard else None,
            protect_content=message.protect,
        )
        return posted.message_id

    async def _persist(self, number: int, call: Callable[[], Awaitable[T]], *, only_unsent: bool = False) -> T:
        """Call, and call again after a failure that may pass; the last failure is raised."""
        for pause in (*_PAUSES, None):
            await self._limiter.admit(number)
            try:
                return await call()
            except BadRequest:
                raise
            except RetryAfter as error:
                self._limiter.refused(number, wait_of(error))
                if pause is None or wait_of(error) > _PATIENCE:
                    raise
            except NetworkError as error:
                if pause is None or (only_unsent and not isinstance(error, NotSent)):
                    raise
                await self._sleep(pause)
        raise AssertionError("the last try returns or raises")

    def _unless_overtaken(self, turn: Turn, call: Callable[[], Awaitable[T]]) -> Callable[[], Awaitable[T]]:
        """The call; what is late is shown only while no other process has something newer to show in the chat."""
        tried = turn.again

        async def attempt() -> T:
            nonlocal tried
            if tried and await self._ledger.is_overtaken(turn.chat, turn.revision):
                raise Overtaken
            tried = True
            return await call()

        return attempt

    def _number(self, chat: bytes) -> int:
        """Telegram's id of a chat."""
        return self._house.keys.open_id(chat)


def _sendable(screens: Iterable[Screen]) -> list[envelope.Message]:
    """The messages of those screens that can be sent; one that cannot is a mistake of ours, and told."""
    found = []
    for screen in screens:
        try:
            found += envelope.messages(screen)
        except envelope.Unsendable as error:
            log.error("an extra cannot be sent: %s", described(error))  # noqa: TRY400 - no words of people in the log
    return found


def _words(error: TelegramError) -> str:
    """Telegram's reason, short enough for the table of deliveries."""
    return _kind(error)[:80]


def _kind(error: TelegramError) -> str:
    """The reason without what follows its second colon: that part may quote a text."""
    return ":".join(error.message.split(":")[:2])
