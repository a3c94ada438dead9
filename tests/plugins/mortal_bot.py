"""Forks bots that die on cue. The imports are paid once, and every life is a process of its own.

Started as a program: reads an order (JSON) a line, and says in lines of JSON what becomes of each life. It ends,
and all lives with it, when its input does.
"""

import asyncio
import gc
import json
import logging
import os
import select
import signal
import sys
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from bot import transport
from bot.app import serve
from bot.config import Settings
from bot.config_file import read_settings
from bot.delivery import tick
from bot.house import open_house
from bot.intake.problems import CannotReceive
from bot.limiter import Limiter, Rates
from storage.database import Database
from surveys.load import load, shipped

UNHURRIED = Rates(overall=1e5, overall_burst=1000, chat=1e5, chat_burst=1000)
log = logging.getLogger("mortal_bot")
NEVER = "never::0"
ORDERS, NEWS = 0, 1
CANNOT = 3


class Death:
    """Kills this very process at the n-th passage of a point: `before commit:take_turn:2`, `after sending:*:1`."""

    def __init__(self, cue):
        self.point, self.name, left = cue.split(":")
        self.left = int(left)

    def passes(self, point, name):
        if point == self.point and self.name in {name, "*"}:
            self.left -= 1
            if self.left == 0:
                os.kill(os.getpid(), signal.SIGKILL)


class MortalDoors:
    """The doors of a database, with a point before and after every commit."""

    def __init__(self, doors, death):
        self._doors, self._death = doors, death

    async def write(self, fn):
        name = getattr(fn, "func", fn).__name__

        def unit(connection):
            value = fn(connection)
            self._death.passes("before commit", name)
            return value

        value = await self._doors.write(unit)
        self._death.passes("after commit", name)
        return value

    async def read(self, fn):
        return await self._doors.read(fn)

    async def scrub(self):
        await self._doors.scrub()

    async def close(self):
        await self._doors.close()


def mortal_request(death, read_seconds):
    """The bot's transport, with a point before and after every request, and with little patience if so told."""

    class MortalRequest(transport.AiohttpRequest):
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


async def live(order):
    """One life of the bot, on everything real but the clock and the moment of its death."""
    death = Death(os.environ.get("DIES", NEVER))
    transport.AiohttpRequest = mortal_request(death, os.environ.get("READ_SECONDS"))
    settings = read_settings(Path(order["config"]), os.environ)
    house = await open_house(settings, clock=FileClock(Path(order["clock"])))
    house = replace(house, database=Database(house.database._address, MortalDoors(house.database._doors, death)))
    stop = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stop.set)
    try:
        await serve(
            house, stop, deliver=tick, ready=lambda: tell(life=order["life"], ready=True), limiter=Limiter(UNHURRIED)
        )
    finally:
        await house.database.close()


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
        asyncio.run(live(order))
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
    Settings().schedule.rhythm()  # both for what they import on their way
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
