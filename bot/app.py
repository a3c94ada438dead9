"""Here the parts of the bot are put together: its channels, the use cases behind them, its clock."""

from __future__ import annotations

import asyncio
import gc
import logging
import signal
from collections.abc import Callable
from dataclasses import replace
from functools import partial

from bot.conversation.channel import CannotReceive, Channels, RunningChannel
from bot.coordinator.overview import ReportOverviews
from bot.health.watch import Watch, watching
from bot.routing import Dispatcher
from bot.running import Chore, Deliver, RunningBot
from bot.runtime.exit_codes import ExitCode
from bot.runtime.new_key import NewKey
from bot.runtime.process import BoundedProcess, WorkerProcess
from bot.runtime.services import Services
from bot.staff import staff_home
from bot.telegram.limiter import Limiter
from bot.telegram.running import RunningTelegram, connected

log = logging.getLogger(__name__)

_COLLECTING_SECONDS = 15.0
_OLDEST = 50  # collections of what is young, before one of all


async def serve(
    services: Services,
    stop: asyncio.Event,
    *,
    deliver: Deliver,
    nightly: Chore | None = None,
    fetch: Deliver | None = None,
    ready: Callable[[], None] | None = None,
    limiter: Limiter | None = None,
    take_over: bool = False,
    telegram_link: Callable[[str], str] | None = None,
    new_key: NewKey | None = None,
) -> None:
    """Run the bot until `stop` is set; it has ended within 5 seconds, with everything committed that was accepted.

    `deliver` sends what is due, once a tick, and `fetch` brings files beside it; `nightly` sees to the copy of the
    night, every half a minute; `ready` is called when updates are being received; `take_over`: also where Telegram
    brings them to a webhook that somebody else has set; `telegram_link`: what opens a token where a
    stand-in of Telegram has phones. Raises `CannotReceive`, whose text is one sentence for the operator, where going on
    makes no sense; with `new_key` also `KeyAdded`, where it is to be called anew.
    """
    worker_process = WorkerProcess(on_death=lambda: services.activity.worker_died(services.clock()))
    reader = BoundedProcess()
    pages = services.settings.web
    async with (
        watching(services, stop) as watch,
        connected(services.settings.telegram) as (bot, introduction),
    ):
        try:
            # without pages links lead to the bot, whose name Telegram says; with them nobody at a page waits for that
            if pages.public_url or await introduction.made(stop):
                link = pages.link if pages.public_url else introduction.link
                services = replace(services, link=link, worker_process=worker_process, reader=reader)
                running = RunningBot(services, deliver, fetch, nightly, new_key)
                router = Dispatcher(services)
                channel = RunningTelegram(
                    bot,
                    introduction,
                    services,
                    router,
                    stop,
                    running,
                    limiter,
                    partial(staff_home.menus, pages=bool(pages.public_url)),
                    watch.webhook_server,
                    take_over=take_over,
                )
                channels = [channel, *_browser(services, router, running, stop, telegram_link or introduction.link)]
                watch.tell_operators(Channels(services.keys, [one.channel for one in channels]))
                await running.run(channels, partial(_receives, watch, ready))
        finally:
            worker_process.close()
            reader.close()


def _browser(
    services: Services, router: Dispatcher, host: RunningBot, stop: asyncio.Event, opens: Callable[[str], str]
) -> list[RunningChannel]:
    """The pages in the browser, where there are any; `opens`: what opens a token in Telegram."""
    if not services.settings.web.public_url:
        return []
    from bot.web.running import RunningWeb  # noqa: PLC0415 - its templates, only where there are pages

    return [RunningWeb(services, router, host, stop, opens, ReportOverviews(services))]


def _receives(watch: Watch, ready: Callable[[], None] | None) -> None:
    watch.manager.ready()
    if ready is not None:
        ready()


def told_to_stop() -> asyncio.Event:
    """What SIGINT and SIGTERM set."""
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for name in (signal.SIGINT, signal.SIGTERM):
        try:
            loop.add_signal_handler(name, stop.set)
        except NotImplementedError:  # Windows
            signal.signal(name, lambda *_: loop.call_soon_threadsafe(stop.set))
    return stop


async def run(
    services: Services,
    stop: asyncio.Event,
    deliver: Deliver,
    fetch: Deliver,
    nightly: Chore | None = None,
    *,
    take_over: bool = False,
    new_key: NewKey | None = None,
    limiter: Limiter | None = None,
) -> int:
    """Serve until it is told to stop; the exit status. A reason why it cannot be is logged in one sentence."""
    _collect_garbage_rarely()
    collecting = asyncio.create_task(_collect_garbage_between_taps())
    try:
        await serve(
            services,
            stop,
            deliver=deliver,
            fetch=fetch,
            nightly=nightly,
            ready=lambda: log.info("the bot is running"),
            take_over=take_over,
            new_key=new_key,
            limiter=limiter,
        )
    except CannotReceive as reason:
        log.critical("%s", reason)
        return reason.exit_code
    finally:
        collecting.cancel()
    return ExitCode.DONE


def _collect_garbage_rarely() -> None:
    """What stands now stands till the end: looking through all of it after every few taps took 40 % of the time."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, _OLDEST)


async def _collect_garbage_between_taps() -> None:
    """What taps leave goes while it is little (1 ms): until it is 20,000 objects, half an hour passes, and 5 MB."""
    while True:
        await asyncio.sleep(_COLLECTING_SECONDS)
        gc.collect(2 if gc.get_count()[2] >= _OLDEST else 1)
