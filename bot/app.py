"""The running bot: intake, edge, clock, from start to stop. Knows no use case."""

from __future__ import annotations

import asyncio
import gc
import logging
import signal
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial

from apscheduler.schedulers.asyncio import AsyncIOScheduler
from sqlalchemy import Connection
from telegram.error import InvalidToken, RetryAfter, TelegramError

from bot.edge import Edge
from bot.failures import described
from bot.handlers import handle
from bot.house import House
from bot.intake.desk import Desk
from bot.intake.patience import Patience, until
from bot.intake.polling import Polling
from bot.intake.problems import CannotReceive, WrongToken
from bot.intake.webhook import Webhook
from bot.keeping import keep
from bot.ledger import Ledger
from bot.limiter import Limiter
from bot.menus import Menus
from bot.showing import Showing
from bot.transport import TelegramBot, wait_of
from bot.turns import redraw
from bot.workshop import Workshop
from storage import chats, participants

log = logging.getLogger(__name__)

_SHOWING_TAKES = timedelta(seconds=30)  # a chat that is behind for less is just being drawn
_REDRAWN_AT_ONCE = 400  # what a tick of 15 seconds can send
_COMMIT_SECONDS = 1.5
_SHOW_SECONDS = 1.5

Deliver = Callable[[House, Edge], Awaitable[int]]


async def serve(
    house: House,
    stop: asyncio.Event,
    *,
    deliver: Deliver,
    ready: Callable[[], None] | None = None,
    limiter: Limiter | None = None,
) -> None:
    """Run the bot until `stop` is set; it has ended within 5 seconds, with everything committed that was accepted.

    `deliver` sends what is due, once a tick; `ready` is called when updates are being received. Raises
    `CannotReceive`, whose text is one sentence for the operator, where going on makes no sense.
    """
    telegram = house.settings.telegram
    bot = TelegramBot(telegram.token, telegram.base_url, telegram.file_url)
    workshop = Workshop()
    await bot.open()
    try:
        username = await _introduce(bot, stop)
        if username is not None:
            house = replace(house, username=username, workshop=workshop)
            await _Running(house, bot, stop, deliver, limiter or Limiter()).run(ready)
    finally:
        workshop.close()
        await bot.close_connections()


async def run(house: House, deliver: Deliver, *, limiter: Limiter | None = None) -> int:
    """Serve until SIGINT or SIGTERM; the exit status. A reason why it cannot be is logged in one sentence."""
    _collect_garbage_rarely()
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for name in (signal.SIGINT, signal.SIGTERM):
        try:
            loop.add_signal_handler(name, stop.set)
        except NotImplementedError:  # Windows
            signal.signal(name, lambda *_: loop.call_soon_threadsafe(stop.set))
    try:
        await serve(house, stop, deliver=deliver, ready=lambda: log.info("the bot is running"), limiter=limiter)
    except CannotReceive as reason:
        log.critical("%s", reason)
        return 1
    return 0


def _collect_garbage_rarely() -> None:
    """What stands now stands till the end: looking through all of it after every few taps took 40 % of the time."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 50)


class _Running:
    """One life of the bot."""

    def __init__(self, house: House, bot: TelegramBot, stop: asyncio.Event, deliver: Deliver, limiter: Limiter) -> None:
        self._house = house
        self._stop = stop
        self._deliver = deliver
        self._ledger = Ledger(house.database)
        self._edge = Edge(bot, house, limiter, unreachable=self._unreachable, ledger=self._ledger)
        self._showing = Showing(self._edge)
        self._edge.in_turn = self._showing.put
        self._menus = Menus(house, self._edge)
        self._desk = Desk(house, bot, self._edge, self._showing, handle, on_due=self._begin_tick)
        self._ticking: asyncio.Task[None] | None = None
        self._intake: Polling | Webhook = (
            Webhook(bot, self._desk, stop, house.settings.telegram)
            if house.settings.telegram.mode == "webhook"
            else Polling(bot, self._desk, stop)
        )

    async def run(self, ready: Callable[[], None] | None) -> None:
        await self._draw_again(timedelta(0))
        scheduler = AsyncIOScheduler(timezone="UTC")
        every = self._house.settings.schedule.tick.total_seconds()
        scheduler.add_job(self._begin_tick, "interval", seconds=every, max_instances=1, coalesce=True)
        scheduler.add_job(self._keep, "interval", days=1, max_instances=1, coalesce=True)
        scheduler.start()
        await self._keep()
        await self._begin_tick()
        try:
            await self._intake.run(ready)
        finally:
            scheduler.shutdown(wait=False)
            await self._end()

    async def _end(self) -> None:
        """Take nothing new, commit what was accepted, show what can be shown in time; the rest is drawn at start."""
        self._edge.stop_deliveries()
        await self._intake.close()
        await asyncio.gather(self._end_turns(), self._end_tick())
        await self._edge.close()

    async def _end_turns(self) -> None:
        await self._desk.close(_COMMIT_SECONDS)
        await self._showing.close(_SHOW_SECONDS)

    async def _end_tick(self) -> None:
        """Let what is being delivered arrive; cut off, nobody would know whether it did."""
        if self._ticking is not None:
            await asyncio.wait({self._ticking}, timeout=_COMMIT_SECONDS + _SHOW_SECONDS)
            self._ticking.cancel()
            await asyncio.gather(self._ticking, return_exceptions=True)

    async def _begin_tick(self) -> None:
        """Start a tick unless one is at work. It is a task of its own, so that the clock's end does not cut it off."""
        if self._ticking is None or self._ticking.done():
            self._ticking = asyncio.create_task(self._tick())

    async def _tick(self) -> None:
        """What chats wait for, what is due, and menus. What fails is left to the next tick, and stops nothing else."""
        for chore in (self._redraw, self._deliver_due, self._menus.keep_in_step):
            try:
                await chore()
            except Exception as error:  # noqa: BLE001 - one bad row cannot stop the clock
                log.error("a tick failed: %s", described(error))  # noqa: TRY400 - the words may name people

    async def _redraw(self) -> None:
        await self._draw_again(_SHOWING_TAKES)

    async def _deliver_due(self) -> None:
        await self._deliver(self._house, self._edge)

    async def _draw_again(self, waited: timedelta) -> None:
        now = self._house.clock()
        turns = await self._house.database.write(
            partial(redraw, house=self._house, now=now, before=now - waited, limit=_REDRAWN_AT_ONCE)
        )
        if any(turn.forgotten for turn in turns):
            await self._house.database.scrub()
        for turn in turns:
            self._showing.put_again(turn)

    async def _keep(self) -> None:
        try:
            await keep(self._house)
        except Exception as error:  # noqa: BLE001 - tomorrow again
            log.error("what is old was not forgotten: %s", described(error))  # noqa: TRY400 - the words may name people

    async def _unreachable(self, chat: bytes) -> None:
        try:
            await self._house.database.write(partial(_give_up, chat=chat, now=self._house.clock()))
        except Exception as error:  # noqa: BLE001 - the next message finds it out again
            log.error("a blocked chat was not noted: %s", described(error))  # noqa: TRY400 - the words may name people


def _give_up(connection: Connection, chat: bytes, now: datetime) -> None:
    """The person cannot be reached, and nothing waits to be shown."""
    participants.set_reachable(connection, chat, now)
    chats.give_up(connection, chat)


async def _introduce(bot: TelegramBot, stop: asyncio.Event) -> str | None:
    """The bot's name, asked of Telegram until it answers; None when told to stop before."""
    patience = Patience(stop)
    while not stop.is_set():
        try:
            me = await until(stop, bot.get_me())
        except InvalidToken:
            raise WrongToken from None
        except RetryAfter as error:
            await patience.wait("Telegram asks the bot to wait", at_least=wait_of(error))
        except TelegramError as error:
            await patience.wait(f"no connection to Telegram, waiting for it: {error.message}")
        else:
            patience.over()
            return None if me is None else str(me.username)
    return None
