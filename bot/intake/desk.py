"""The desk where updates arrive: each goes to the lane of its chat, is committed, and then shown.

Knows neither polling nor webhooks, and no use case.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from functools import partial
from typing import Any

from telegram import Bot, CallbackQuery, Chat, InaccessibleMessage, Update, User
from telegram.constants import ChatType

from bot.edge import Edge
from bot.failures import described
from bot.house import House
from bot.lanes import Lanes
from bot.showing import Showing
from bot.turns import Turn
from storage import updates

log = logging.getLogger(__name__)

ALLOWED_UPDATES = ("message", "callback_query", "my_chat_member")
_UNITS_AT_ONCE = 128
_PAUSES = (0.1, 0.5, 2.0)  # seconds before an update is tried again

Handle = Callable[[House, Update], Awaitable[Turn | None]]


class NotCommitted(Exception):  # noqa: N818 - says what happened
    """The database does not take it now: Telegram keeps the update and brings it again."""


class Desk:
    """`handle` commits one update and gives what to show; `on_due` is called when it made something due."""

    def __init__(
        self,
        house: House,
        bot: Bot,
        edge: Edge,
        showing: Showing,
        handle: Handle,
        *,
        on_due: Callable[[], Awaitable[None]],
        sleep: Callable[[float], Awaitable[object]] = asyncio.sleep,
    ) -> None:
        self._house = house
        self._bot = bot
        self._edge = edge
        self._showing = showing
        self._handle = handle
        self._on_due = on_due
        self._sleep = sleep
        self._lanes = Lanes(_UNITS_AT_ONCE)

    def accept(self, raw: dict[str, Any]) -> asyncio.Future[None]:
        """Take an update as JSON; the future is done when it is committed, or holds `NotCommitted`."""
        committed: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._lanes.submit(_lane(raw), partial(self._work, raw, committed))
        return committed

    async def close(self, seconds: float) -> bool:
        """Wait at most so long for what was accepted; whether all of it was committed."""
        return await self._lanes.close(seconds)

    async def _work(self, raw: dict[str, Any], committed: asyncio.Future[None]) -> None:
        try:
            turn = await self._commit(raw)
        except NotCommitted as problem:
            if not committed.done():
                committed.set_exception(problem)
            return
        except BaseException:
            committed.cancel()
            raise
        if not committed.done():
            committed.set_result(None)
        if turn is not None:
            self._showing.put(turn)
            if turn.reply.due:
                await self._on_due()

    async def _commit(self, raw: dict[str, Any]) -> Turn | None:
        """Handle an update. One that fails again and again is marked as handled, so that the house lives on."""
        for pause in (*_PAUSES, None):
            try:
                return await self._handle(self._house, _read(raw, self._bot))
            except Exception as error:  # noqa: BLE001 - one bad update cannot stop the others
                log.error("an update could not be handled: %s", described(error))  # noqa: TRY400 - no words of the error
            if pause is not None:
                await self._sleep(pause)
        await self._give_up(raw)
        return None

    async def _give_up(self, raw: dict[str, Any]) -> None:
        try:
            await self._house.database.write(
                partial(updates.mark_handled, update_id=int(raw["update_id"]), now=self._house.clock())
            )
        except Exception as error:  # noqa: BLE001 - whatever it is, the mark is not there
            raise NotCommitted(described(error)) from None
        log.error("an update was given up")
        query = raw.get("callback_query")
        if query is not None:
            await self._edge.answer(query["id"])


def _read(raw: dict[str, Any], bot: Bot) -> Update:
    """The update as python-telegram-bot knows it.

    A tap is put together by hand: reading the card that was tapped would cost more than anything else here, and
    nobody asks for more than its number.
    """
    query = raw.get("callback_query")
    if query is None or query.get("message") is None:
        return Update.de_json(raw, bot)
    user = User.de_json(query["from"], bot)
    card = InaccessibleMessage(Chat(query["message"]["chat"]["id"], ChatType.PRIVATE), query["message"]["message_id"])
    tap = CallbackQuery(query["id"], user, query["chat_instance"], message=card, data=query.get("data"))
    return Update(raw["update_id"], callback_query=tap)


def _lane(raw: dict[str, Any]) -> int:
    """Whoever wrote or tapped: taps and messages of one person share a lane."""
    for content in raw.values():
        if isinstance(content, dict) and "id" in content.get("from", {}):
            return int(content["from"]["id"])
    return -int(raw["update_id"])
