"""The edge to Telegram: shows what was handled in its chat, sends what is due, answers taps. Knows no use case."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from datetime import UTC, datetime
from functools import partial
from typing import Any, TypeVar

from telegram import (
    BotCommand,
    BotCommandScopeChat,
    BotCommandScopeDefault,
)
from telegram.constants import ParseMode
from telegram.error import BadRequest, Forbidden, NetworkError, RetryAfter, TelegramError

from bot.conversation.arrivals import ConfirmedCard
from bot.conversation.channel import Capabilities
from bot.conversation.handled import Handled
from bot.conversation.outcomes import Delivered, Outcome, Refused, Uncertain
from bot.conversation.screens import Screen
from bot.runtime.failures import described
from bot.runtime.services import Services
from bot.telegram import group_chats, messages, posting
from bot.telegram.card_state import CardStates
from bot.telegram.limiter import Limiter
from bot.telegram.transport import NotSent, TelegramBot, TooBig, wait_of
from storage.secrets.addresses import TELEGRAM

log = logging.getLogger(__name__)

T = TypeVar("T")
_PAUSES = (0.5, 2.0)  # seconds before the second and the third try
_PATIENCE = 5.0  # a longer retry_after is left to the tick
_NOT_MODIFIED = "message is not modified"
_NOT_EDITABLE = (
    "message to edit not found",
    "message can't be edited",
    "there is no text in the message to edit",
    "message_id_invalid",
    "message identifier is not specified",
)


class Overtaken(Exception):  # noqa: N818 - says what happened
    """A card is not needed any more: the chat waits for a later one. `tried`: it may have been shown meanwhile."""

    def __init__(self, *, tried: bool) -> None:
        super().__init__()
        self.tried = tried


class Edge:
    """Telegram as a `bot.conversation.channel.Channel`: all that leaves for it.

    `unreachable` is called with the chat that blocked the bot or is gone.
    """

    name = TELEGRAM
    can = Capabilities(
        push=True,
        edits=True,
        voice_in=True,
        voice_out=True,
        files_in=True,
        menus=True,
        longest_text=messages.TEXT_LIMIT,
        longest_action=messages.ACTION_BYTES,
    )

    def __init__(
        self,
        bot: TelegramBot,
        services: Services,
        limiter: Limiter,
        *,
        unreachable: Callable[[bytes], Awaitable[None]],
        card_states: CardStates,
        sleep: Callable[[float], Awaitable[object]] = asyncio.sleep,
    ) -> None:
        self._bot = bot
        self._services = services
        self._limiter = limiter
        self._unreachable = unreachable
        self._card_states = card_states
        self._sleep = sleep
        self._stopping = False
        self.queued: Callable[[Handled], None] | None = None  # takes what waits for others of its chat

    def link(self, token: str) -> str:
        """What is handed out: opened on a phone, it begins a chat with the bot, with this token."""
        return self._services.link(token)

    async def show(self, handled: Handled) -> bool:
        """Answer the tap, send the extras, put the card in place; whether Telegram confirmed the card.

        What Telegram does not take now (no network, 429, 5xx) stays behind, and the tick draws it again.
        """
        answering = asyncio.create_task(self.answer(handled.receipt, handled.reply.toast)) if handled.receipt else None
        try:
            return await self._show(handled)
        except Overtaken as overtaken:
            if overtaken.tried:
                self._card_states.may_be_edited(handled.chat, handled.revision, self._services.clock())
        except Forbidden:
            await self._unreachable(handled.chat)
            await self._card_states.unshowable(handled.chat, handled.revision)
        except (BadRequest, messages.Unsendable) as error:
            log.error("a card cannot be shown: %s", described(error))  # noqa: TRY400 - its words may be a person's
            await self._card_states.unshowable(handled.chat, handled.revision)
        except TelegramError as error:
            log.warning("a card stays behind: %s", described(error))
            if isinstance(error, NetworkError) and not isinstance(error, NotSent):
                self._card_states.may_be_edited(handled.chat, handled.revision, self._services.clock())
        finally:
            await self._delete(handled.chat, handled.typed)
            if answering is not None:
                await answering
        return False

    async def show_in_order(self, handled: Handled) -> None:
        """Show what no request asked for, after those of the same chat that wait."""
        if self.queued is None:
            await self.show(handled)
        else:
            self.queued(handled)

    async def say(self, handled: Handled) -> None:
        """Only what is done once: its toast, its extras, what it deletes. Its card is overtaken by a later one."""
        await self._delete(handled.chat, handled.typed)
        if handled.receipt:
            await self.answer(handled.receipt, handled.reply.toast)
        try:
            await self._send_extras(handled)
        except Forbidden:
            await self._unreachable(handled.chat)
        except TelegramError as error:
            log.warning("an extra was not sent: %s", described(error))

    async def answer(self, query: str, toast: str = "", *, alert: bool = False) -> None:
        """Answer a tap. That it is too late, or that Telegram is away, is no trouble.

        `alert`: the words stay until they are put away.
        """
        text = messages.shortened(toast) or None
        for pause in (*_PAUSES[:1], None):
            try:
                await self._bot.tell(
                    "answerCallbackQuery", callback_query_id=query, text=text, show_alert=alert or None
                )
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

    async def send(self, chat: bytes, screen: Screen, *, bulk: bool = True) -> Outcome:
        """Send a new message, once, and say what became of it. Raises only `messages.Unsendable`."""
        if bulk and self._stopping:
            return Refused(permanent=False, problem="the bot is stopping")
        gone = 0
        number = self._number(chat)
        message_id = 0
        try:
            for message in messages.messages(screen):
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
        return Delivered(message_id)

    async def hand_over(self, chat: bytes, screen: Screen) -> Outcome:
        """Send what somebody ordered."""
        return await self.send(chat, screen)

    async def keep_for_lookers(self, chat: bytes, screen: Screen) -> None:
        """Nobody looks at another channel's chat by Telegram."""

    async def retire(self, chat: bytes, card: int, left: Screen | None = None) -> None:
        """Take the buttons off a card that is no longer the live one, with other words on it where there are any.

        Whether it works is of no weight.
        """
        number = self._number(chat)
        words = (
            {}
            if left is None
            else {"text": left.text, "parse_mode": ParseMode.HTML, "link_preview_options": posting.PLAIN}
        )
        method = "editMessageText" if words else "editMessageReplyMarkup"
        try:
            await self._limiter.admit(number)
            await self._bot.tell(method, chat_id=number, message_id=card, **words)
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

    def confirmed(self, number: int) -> ConfirmedCard | None:
        """What the card of somebody's chat shows, where that is not recorded yet."""
        return self._card_states.confirmed(self._services.keys.seal_id(number))

    async def leave(self, number: int) -> None:
        """Say in a group that this bot talks in private only, and go. Whether it works is of no weight."""
        await group_chats.leave(self._bot, self._limiter, number)

    def stop_deliveries(self) -> None:
        """The bot is about to end: what is due waits for its next start."""
        self._stopping = True

    async def close(self) -> None:
        """Record what is not recorded yet."""
        await self._card_states.close()

    async def _show(self, handled: Handled) -> bool:
        """Edit the live card, or send a new one below and take the buttons off the old."""
        fresh = await self._send_extras(handled) or handled.reply.fresh or handled.reply.card.media is not None
        old = self._card_states.newest_card(handled.chat, handled.card)
        if handled.forgotten:
            self._card_states.let_go(handled.chat)
        *before, last = messages.messages(handled.reply.card)
        buttons = last.keyboard is not None
        edited_at = None if old is None or fresh or before else await self._edit(handled, old, last)
        if old is not None and edited_at is not None:
            if not handled.forgotten:
                confirmed = ConfirmedCard(handled.revision, at=edited_at, told_at=self._services.clock(), edited=old)
                self._card_states.edited(handled.chat, old, confirmed, buttons=buttons)
            return True
        retiring = old is not None and self._card_states.may_have_buttons(handled.chat, old)
        self._card_states.let_go(handled.chat)
        number = self._number(handled.chat)
        for message in before:
            await self._persist(number, self._unless_overtaken(handled, partial(self._post, number, message)))
        card = await self._persist(number, self._unless_overtaken(handled, partial(self._post, number, last)))
        if not handled.forgotten:
            await self._card_states.sent(handled.chat, handled.revision, card, buttons=buttons)
        if old is not None and handled.kiosk:
            await self._delete(handled.chat, old)
        elif old is not None and (retiring or handled.reply.left is not None):
            await self.retire(handled.chat, old, handled.reply.left)
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

    async def _send_extras(self, handled: Handled) -> bool:
        """Send them once each: one that may have arrived is not repeated. Whether there were any."""
        if not handled.reply.extras:
            return False
        number = self._number(handled.chat)
        for message in posting.sendable(handled.reply.extras):
            try:
                await self._persist(number, partial(self._post, number, message), only_unsent=True)
            except BadRequest as error:
                log.error("Telegram refused an extra: %s", _kind(error))  # noqa: TRY400 - the words may be a person's
            except NotSent:
                raise
            except NetworkError:
                log.warning("an extra may not have arrived")
        return True

    async def _edit(self, handled: Handled, card: int, message: messages.Message) -> datetime | None:
        """Since when the card shows the message, by Telegram's clock; None if it can no longer be edited."""
        number = self._number(handled.chat)
        edit = partial(
            self._bot.call,
            "editMessageText",
            chat_id=number,
            message_id=card,
            text=message.text,
            parse_mode=ParseMode.HTML,
            reply_markup=message.keyboard,
            link_preview_options=posting.PLAIN,
        )
        try:
            edited = await self._persist(number, self._unless_overtaken(handled, edit))
        except BadRequest as error:
            words = error.message.lower()
            if _NOT_MODIFIED in words:
                # since when is not said: what was written before now may not have seen it
                return self._services.clock()
            if any(reason in words for reason in _NOT_EDITABLE):
                return None
            raise
        return _edit_date(edited) or self._services.clock()

    async def _post(self, number: int, message: messages.Message) -> int:
        return await posting.post(self._bot, self._services, number, message)

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

    def _unless_overtaken(self, handled: Handled, call: Callable[[], Awaitable[T]]) -> Callable[[], Awaitable[T]]:
        """The call; what is late is shown only while no other process has something newer to show in the chat."""
        tried = False

        async def attempt() -> T:
            nonlocal tried
            late = tried or handled.again
            if late and await self._card_states.is_overtaken(handled.chat, handled.revision):
                raise Overtaken(tried=tried)
            tried = True
            return await call()

        return attempt

    def _number(self, chat: bytes) -> int:
        """Telegram's id of a chat."""
        return self._services.keys.open_id(chat)


def _edit_date(message: Any) -> datetime | None:
    """When a message was edited, as Telegram says."""
    seconds = message.get("edit_date") if isinstance(message, dict) else None
    return datetime.fromtimestamp(seconds, UTC) if isinstance(seconds, int) else None


def _words(error: TelegramError) -> str:
    """Telegram's reason, short enough for the table of deliveries."""
    return _kind(error)[:80]


def _kind(error: TelegramError) -> str:
    """The reason without what follows its second colon: that part may quote a text."""
    return ":".join(error.message.split(":")[:2])
