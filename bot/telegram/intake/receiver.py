"""Where updates arrive: each goes to the queue of its chat, is committed, and then shown.

Knows neither polling nor webhooks, and no use case.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping
from functools import partial
from typing import Any

from bot.conversation.arrivals import Arrival, ConfirmedCard
from bot.conversation.channel import Router
from bot.conversation.handled import Handled
from bot.runtime.failures import described
from bot.runtime.services import Services
from bot.telegram.edge import Edge
from bot.telegram.intake.waiting import WaitingNotices
from bot.telegram.keyed_queue import KeyedQueue
from bot.telegram.outbox import Outbox
from bot.telegram.updates import (
    KINDS,
    Content,
    Elsewhere,
    Reachable,
    Tapped,
    Written,
    arrival,
    kind_of,
    query_of,
    read,
    sender,
)
from storage.engine.errors import Unavailable
from storage.secrets.addresses import TELEGRAM

log = logging.getLogger(__name__)

ALLOWED_UPDATES = KINDS
_UNITS_AT_ONCE = 128
_PAUSES = (0.1, 0.5, 2.0)  # seconds before an update is tried again

Raw = Mapping[str, Any]  # an update as Telegram wrote it


class NotCommitted(Exception):  # noqa: N818 - says what happened
    """It is not taken now: Telegram keeps the update and brings it again."""


class Receiver:
    """Gives `router` one update after the other, and `outbox` what is to be shown.

    `on_due` is called when an update made something due, `on_soon` when that may come next.
    """

    def __init__(
        self,
        services: Services,
        edge: Edge,
        outbox: Outbox,
        router: Router,
        *,
        on_due: Callable[[], Awaitable[None]],
        on_soon: Callable[[], None],
        sleep: Callable[[float], Awaitable[object]] = asyncio.sleep,
    ) -> None:
        self._services = services
        self._edge = edge
        self._outbox = outbox
        self._router = router
        self._on_due = on_due
        self._on_soon = on_soon
        self._sleep = sleep
        self.activity = services.activity
        self._outages = services.outages
        self._queue = KeyedQueue(_UNITS_AT_ONCE)
        self._notices = WaitingNotices(services, edge, sleep)
        self._handled = 0  # so many updates came through
        self._failed: dict[int, int] = {}  # update that failed by itself → how many had come through before

    def accept(self, raw: dict[str, Any]) -> asyncio.Future[None]:
        """Take an update as JSON; the future is done when it is committed, or holds `NotCommitted`."""
        committed: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        user, number = sender(raw), int(raw["update_id"])
        known = None if user is None else self._edge.confirmed(user)
        self.activity.accepted.begin(number)
        self._queue.submit(user or -number, partial(self._work, raw, known, committed))
        return committed

    def heard(self) -> None:
        """Telegram has given the intake an answer."""
        self.activity.heard_at = self._services.clock()

    @property
    def rest(self) -> float:
        """Seconds in which it is no use to try again what was not committed."""
        return self._outages.rest

    async def close(self, seconds: float) -> bool:
        """Wait at most so long for what was accepted; whether all of it was committed."""
        all_of_it = await self._queue.close(seconds)
        await self._notices.close()
        return all_of_it

    async def _work(self, raw: Raw, known: ConfirmedCard | None, committed: asyncio.Future[None]) -> None:
        try:
            outcome = await self._commit(raw, known)
        except NotCommitted as problem:
            self.activity.accepted.end(int(raw["update_id"]))
            if not committed.done():
                committed.set_exception(problem)
            self._notices.put(raw)
            return
        except BaseException:
            committed.cancel()
            raise
        if not committed.done():
            committed.set_result(None)
        seconds = self.activity.accepted.end(int(raw["update_id"]))
        if seconds is not None:
            self.activity.handled[kind_of(raw)].add(seconds)
        if isinstance(outcome, Elsewhere):
            await self._edge.leave(outcome.chat)
        elif outcome is not None:
            self._outbox.put(outcome)
            if outcome.reply.soon:
                self._on_soon()
            if outcome.reply.due:
                await self._on_due()

    async def _commit(self, raw: Raw, known: ConfirmedCard | None) -> Handled | Elsewhere | None:
        """Handle an update.

        While the database is out, all stay with Telegram. One that fails by itself, again and again, stays there until
        another one has come through; only then it is marked as handled, so that the others go on.
        """
        number = int(raw["update_id"])
        if self._outages.rest:
            raise NotCommitted
        again = number in self._failed
        for pause in (None,) if again else (*_PAUSES, None):
            try:
                outcome = await self._handle(raw, known)
            except Unavailable as problem:
                self._outages.failed(f"update {number}", problem, self._services.clock())
                raise NotCommitted from None
            except Exception as error:  # noqa: BLE001 - one bad update cannot stop the others
                if not again:
                    log.error("an update could not be handled: %s", described(error))  # noqa: TRY400 - no words of it
                self._failed.setdefault(number, self._handled)
            else:
                self._came_through(number)
                self._handled += 1
                return outcome
            if pause is not None:
                await self._sleep(pause)
        if self._handled == self._failed[number]:
            if not again:
                log.error("an update stays with Telegram until another one shows that it fails by itself")
            raise NotCommitted
        return await self._give_up(raw)

    def _came_through(self, number: int) -> None:
        self._failed.pop(number, None)
        self._outages.succeeded(f"update {number}")

    async def _handle(self, raw: Raw, known: ConfirmedCard | None) -> Handled | Elsewhere | None:
        """What is to be shown, a group that is to be left, or None where there is nothing to do."""
        content, number = read(raw), int(raw["update_id"])
        asked = self._arrival(content, number, known)
        if asked is not None:
            return await self._router.handle(asked)
        if isinstance(content, Reachable):
            chat = self._services.keys.seal_id(content.user.number)
            await self._router.set_reachable(TELEGRAM, str(number), chat, reachable=not content.blocked)
            return None
        first = await self._router.pass_over(TELEGRAM, str(number))
        return content if first and isinstance(content, Elsewhere) else None

    async def _give_up(self, raw: Raw) -> Handled | None:
        """Tell whoever sent it, who sees the card again that was there."""
        try:
            handled = await self._marked(raw)
        except Exception as error:  # noqa: BLE001 - whatever it is, the mark is not there
            raise NotCommitted(described(error)) from None
        self._came_through(int(raw["update_id"]))
        log.error("an update was given up")
        self.activity.given_up_one(self._services.clock())
        query = query_of(raw)
        if handled is None and query is not None:
            await self._edge.answer(query)
        return handled

    async def _marked(self, raw: Raw) -> Handled | None:
        number = int(raw["update_id"])
        asked = self._arrival(read(raw), number, None)
        if asked is not None:
            return await self._router.give_up(asked)
        await self._router.pass_over(TELEGRAM, str(number))
        return None

    def _arrival(self, content: Content | None, number: int, known: ConfirmedCard | None) -> Arrival | None:
        if not isinstance(content, Tapped | Written):
            return None
        chat = self._services.keys.seal_id(content.user.number)
        return arrival(content, number, chat, self._services.clock(), known)
