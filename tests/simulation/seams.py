"""Where the bot touches what cannot be made up as it is: sockets, threads, processes, the clock's ticks, chance."""

import asyncio
import logging
import random
from contextlib import ExitStack, asynccontextmanager, contextmanager
from contextvars import ContextVar
from types import SimpleNamespace
from unittest import mock

import bot.app
import bot.delivery.loop
import bot.routing.dispatch
import bot.running
import bot.telegram.running
import bot.worker.jobs
from bot.routing import Dispatcher
from bot.routing.floods import Floods
from bot.telegram.intake.polling import Polling
from bot.telegram.intake.webhook import Webhook
from bot.telegram.transport import AiohttpRequest
from storage.engine.errors import Unavailable
from tests.simulation.deaths import here
from tests.simulation.line import Session

DATABASE_FAILS = " at …/simulation/doors.py"  # as `bot.runtime.failures.described` tells where it was raised
delivering = ContextVar("the delivery on which this is work", default=None)


class _Beside:
    """What is done in a process beside the bot, done here."""

    def __init__(self, **_):
        pass

    async def do(self, job):
        return job()

    def close(self):
        pass


class _Clock:
    """A scheduler that strikes when the story says so."""

    def __init__(self, **_):
        pass

    def add_job(self, function, *_, **__):
        here.get().jobs.append(function)

    def start(self):
        pass

    def shutdown(self, **_):
        pass


class _Polling(Polling):
    """Polling by the clock of the story."""

    def __init__(self, *given, **named):
        super().__init__(*given, clock=asyncio.get_running_loop().time, **named)


class _Webhook(Webhook):
    """The webhook without its port, by the clock of the story."""

    def __init__(self, *given, **named):
        super().__init__(*given, clock=asyncio.get_running_loop().time, **named)

    async def listen(self):
        here.get().webhook = self._given

    async def _given(self, request):
        return (await self._receive(request)).status


class _Dispatcher(Dispatcher):
    """The dispatcher, watched; by the clock of the story nobody's hand sends too much."""

    def __init__(self, services):
        super().__init__(services, Floods(asyncio.get_running_loop().time))

    async def handle(self, arrival):
        handled, watch = await super().handle(arrival), here.get().watch
        if handled is None:
            watch.breaks("nothing is dropped", f"what somebody sent counts as too much: {type(arrival.asked).__name__}")
        else:
            watch.is_handled(arrival, self._services.keys.open_id(arrival.chat))
        return handled

    async def give_up(self, arrival):
        here.get().watch.given_up(arrival)
        return await super().give_up(arrival)


@asynccontextmanager
async def _watching(services, stop):
    """Nobody asks how the bot is, so nothing looks once a minute."""
    manager = SimpleNamespace(ready=lambda: None)
    yield SimpleNamespace(webhook_server=None, manager=manager, tell_operators=lambda _: None)


async def _initialize(request):
    if request._session is None:
        request._session = Session(here.get().telegram)


class _Errors(logging.Handler):
    """What the bot tells as an error is a finding, but for what the story itself has brought about."""

    def emit(self, record):
        life = here.get()
        if life is None or life.mortality.over or any(isinstance(one, Unavailable) for one in record.args):
            return
        words = record.getMessage()
        if DATABASE_FAILS not in words:
            life.watch.breaks("nothing fails by itself", words)


@contextmanager
def _errors_seen():
    seen, root = _Errors(logging.ERROR), logging.getLogger()
    logging.disable(logging.WARNING)
    root.addHandler(seen)
    try:
        yield
    finally:
        root.removeHandler(seen)
        logging.disable(logging.NOTSET)


@contextmanager
def closed(seed):
    """Nothing of the machine gets in; what is drawn by chance follows from the seed."""
    chance = random.Random(f"chance {seed}")
    really = bot.delivery.loop.deliver

    async def deliver(services, channels, due, *more):
        token = delivering.set(due)
        try:
            await really(services, channels, due, *more)
        finally:
            delivering.reset(token)

    handles = bot.routing.dispatch.handle_once

    def handle_once(connection, services, arrival, step):
        watch = here.get().watch
        before = watch.stored(connection)
        handled = handles(connection, services, arrival, step)
        watch.changes(arrival, before, watch.stored(connection), handled)
        return handled

    makes = bot.worker.jobs.report

    def report(inputs, spec):
        made = makes(inputs, spec)
        here.get().watch.reads(made)
        return made

    with ExitStack() as stack:
        stack.enter_context(_errors_seen())
        for where, name, stand_in in (
            (AiohttpRequest, "initialize", _initialize),
            (bot.app, "WorkerProcess", _Beside),
            (bot.app, "BoundedProcess", _Beside),
            (bot.app, "watching", _watching),
            (bot.app, "Dispatcher", _Dispatcher),
            (bot.routing.dispatch, "handle_once", handle_once),
            (bot.running, "AsyncIOScheduler", _Clock),
            (bot.telegram.running, "Polling", _Polling),
            (bot.telegram.running, "Webhook", _Webhook),
            (bot.delivery.loop, "deliver", deliver),
            (bot.worker.jobs, "report", report),
            (random, "_urandom", chance.randbytes),
        ):
            stack.enter_context(mock.patch.object(where, name, stand_in))
        yield
