"""Forks bots that die on cue. The imports are paid once, and every life is a process of its own.

Started as a program: reads an order (JSON) a line, and says in lines of JSON what becomes of each life. It ends,
and all lives with it, when its input does.
"""

import asyncio
import contextlib
import gc
import json
import logging
import os
import select
import signal
import sys
import threading
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from bot.app import serve
from bot.conversation.channel import CannotReceive
from bot.delivery import deliver_due, fetch_due
from bot.runtime.services import open_services
from bot.runtime.settings import Settings
from bot.runtime.settings_file import read_settings
from bot.telegram import transport
from bot.telegram.limiter import Limiter, Rates
from storage.engine.database import Database
from surveys.load import load, shipped

UNHURRIED = Rates(overall=1e5, overall_burst=1000, chat=1e5, chat_burst=1000)
_REQUEST = transport.AiohttpRequest  # as the bot has it
log = logging.getLogger("mortal_bot")
NEVER = "never::0"
ORDERS, NEWS = 0, 1
CANNOT = 3


class Dead(Exception):  # noqa: N818 - says what has happened
    """Nothing of this life gets out any more."""


class Death:
    """Comes at the n-th passage of a point: `before commit:_commit:2`, `after sending:*:1`.

    `ends` is called once: it kills this very process, or marks what shares it with others as over.
    """

    def __init__(self, cue, ends):
        self.point, self.name, left = cue.split(":")
        self.left, self.ends = int(left), ends
        self.over = False

    def comes(self):
        if not self.over:
            self.over = True
            self.ends()

    def passes(self, point, name):
        if point == self.point and self.name in {name, "*"}:
            self.left -= 1
            if self.left == 0:
                self.comes()
        if self.over:
            raise Dead(f"{point} {name}")


def kill_this_process():
    os.kill(os.getpid(), signal.SIGKILL)


def name_of(fn):
    """The name of a unit's function, and of a function within another that of the outer one."""
    return getattr(fn, "func", fn).__qualname__.partition(".<locals>")[0].rpartition(".")[2]


class MortalDoors:
    """The doors of a database, with a point before and after every commit."""

    def __init__(self, doors, death):
        self._doors, self._death = doors, death

    async def write(self, fn):
        name = name_of(fn)

        def unit(connection):
            value = fn(connection)
            self._death.passes("before commit", name)
            return value

        value = await self._doors.write(unit)
        self._death.passes("after commit", name)
        return value

    async def read(self, fn):
        self._death.passes("reading", "")
        return await self._doors.read(fn)

    async def scrub(self):
        self._death.passes("scrubbing", "")
        await self._doors.scrub()

    async def close(self):
        await self._doors.close()


def mortal_request(death, read_seconds):
    """The bot's transport, with a point before and after every request, and with little patience if so told."""

    class MortalRequest(_REQUEST):
        async def do_request(self, url, *given, **named):
            method = url.rpartition("/")[2]
            if read_seconds is not None and method != "getUpdates":
                named["read_timeout"] = float(read_seconds)
            death.passes("before sending", method)
            answer = await super().do_request(url, *given, **named)
            death.passes("after sending", method)
            return answer

    return MortalRequest


class FileClock:
    """The time that stands in a file, so that a test moves it under running processes."""

    def __init__(self, path):
        self._path = path

    def __call__(self):
        return datetime.fromisoformat(self._path.read_text())


async def live(order, death, environment):
    """One life of the bot, on everything real but the clock and the moment of its death."""
    transport.AiohttpRequest = mortal_request(death, environment.get("READ_SECONDS"))
    settings = read_settings(Path(order["config"]), os.environ)
    services = await open_services(settings, clock=FileClock(Path(order["clock"])))
    services = replace(
        services, database=Database(services.database._address, MortalDoors(services.database._doors, death))
    )
    try:
        parts = {"deliver": deliver_due, "fetch": fetch_due}
        await serve(services, order["stop"], **parts, ready=order["ready"], limiter=Limiter(UNHURRIED))
    finally:
        await services.database.close()


async def live_alone(order):
    """A life to which this process belongs."""
    stop = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stop.set)
    order |= {"stop": stop, "ready": lambda: tell(life=order["life"], ready=True)}
    await live(order, Death(os.environ.get("DIES", NEVER), kill_this_process), os.environ)


class LifeWithin:
    """A life in this process, on a thread and an event loop of its own, which breaks off like one that is killed."""

    def __init__(self, order):
        self._death = Death(order["environment"].get("DIES", NEVER), self._wake)
        self._loop, self._woken = asyncio.new_event_loop(), asyncio.Event()
        self._problem = None
        self._thread = threading.Thread(target=self._run, args=(order,), name="a life of the bot", daemon=True)
        self._thread.start()

    @property
    def over(self):
        return not self._thread.is_alive()

    def kill(self):
        self._death.comes()

    async def gone(self):
        """How it ended, as a process would say it."""
        await asyncio.to_thread(self._thread.join)
        if self._problem is not None:
            raise self._problem
        return -signal.SIGKILL if self._death.over else 0

    def _wake(self):
        with contextlib.suppress(RuntimeError):  # it has ended meanwhile
            self._loop.call_soon_threadsafe(self._woken.set)

    def _run(self, order):
        try:
            self._loop.run_until_complete(self._live(order))
        except BaseException as problem:  # noqa: BLE001 - told by `gone`
            self._problem = problem
        finally:
            transport.AiohttpRequest = _REQUEST
            self._loop.run_until_complete(self._loop.shutdown_default_executor())
            self._loop.close()

    async def _live(self, order):
        order |= {"stop": asyncio.Event(), "ready": lambda: None}
        life = asyncio.create_task(live(order, self._death, order["environment"]))
        woken = asyncio.create_task(self._woken.wait())
        await asyncio.wait({life, woken}, return_when=asyncio.FIRST_COMPLETED)
        rest = asyncio.all_tasks() - {asyncio.current_task()}
        for task in rest:
            task.cancel()
        await asyncio.gather(*rest, return_exceptions=True)
        if not self._death.over:
            life.result()


def tell(**news):
    os.write(NEWS, json.dumps(news).encode() + b"\n")


def bear(order):
    """Fork; the child lives and never returns."""
    pid = os.fork()
    if pid:
        tell(life=order["life"], pid=pid)
        return pid
    status = 1
    try:
        signal.set_wakeup_fd(-1)
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        os.dup2(os.open(os.devnull, os.O_RDONLY), ORDERS)
        os.dup2(os.open(order["log"], os.O_WRONLY | os.O_CREAT | os.O_APPEND), sys.stderr.fileno())
        logging.basicConfig(level=order["level"], format="%(levelname)s %(name)s %(message)s")
        os.environ.update(order["environment"])
        asyncio.run(live_alone(order))
        status = 0
    except CannotReceive:
        status = CANNOT
    except BaseException:
        log.exception("a life ended badly")
    finally:
        os._exit(status)


def bury(lives):
    """Tell which lives have ended: with a status, or by a signal (negative)."""
    while lives:
        pid, status = os.waitpid(-1, os.WNOHANG)
        if not pid:
            return
        tell(life=lives.pop(pid), ended=os.waitstatus_to_exitcode(status))


def main():
    wake, woken = os.pipe()
    os.set_blocking(woken, False)
    signal.set_wakeup_fd(woken)
    signal.signal(signal.SIGCHLD, lambda *_: None)
    lives, unread = {}, b""
    load([shipped()])
    Settings().schedule.policy()  # both for what they import on their way
    gc.freeze()  # what is here stays shared with the children
    tell(open=True)
    while True:
        ready, _, _ = select.select([ORDERS, wake], [], [])
        if wake in ready:
            os.read(wake, 512)
        if ORDERS in ready:
            read = os.read(ORDERS, 1 << 16)
            if not read:
                break
            *orders, unread = (unread + read).split(b"\n")
            for order in map(json.loads, orders):
                lives[bear(order)] = order["life"]
        bury(lives)
    for pid in lives:
        os.kill(pid, signal.SIGKILL)


if __name__ == "__main__":
    main()
