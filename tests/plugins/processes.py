"""The real bot as processes of their own: born by a nursery, killed at will, and a town in which they work."""

import asyncio
import json
import os
import signal
import socket
import subprocess
import sys
from contextlib import asynccontextmanager, suppress
from datetime import datetime
from itertools import count
from pathlib import Path
from random import SystemRandom

from bot.runtime.services import open_services
from bot.runtime.settings import Settings
from bot.simulator.server import Simulator
from storage.secrets.keys import create_key_file
from tests.plugins.mortal_bot import LifeWithin
from tests.plugins.village import START, Village

ROOT = Path(__file__).parents[2]
BOT = "bot"  # by which PostgreSQL tells connections of the bot from those of a test
MORTAL_BOT = Path(__file__).with_name("mortal_bot.py")
BORN_SECONDS = 90
BELOW_EPHEMERAL = (12_000, 32_000)  # systems give ports from 32,768 or 49,152 on to connections


def free_port():
    """A port on which nobody listens yet, and which no connection that goes out is given meanwhile."""
    # tests beside this one begin with the same seed
    for port in SystemRandom().sample(range(*BELOW_EPHEMERAL), 100):
        with suppress(OSError), socket.create_server(("127.0.0.1", port)):
            return port
    raise RuntimeError("every one of a hundred ports is taken")


@asynccontextmanager
async def ended_well(*command, **how):
    """A process that is told to end, and then ends with status 0."""
    started = await asyncio.create_subprocess_exec(*map(str, command), **how)
    try:
        yield started
    finally:
        if started.returncode is None:
            started.send_signal(signal.SIGTERM)
        assert await asyncio.wait_for(started.wait(), BORN_SECONDS) == 0


def children(pid):
    """The processes that a process has started and that live."""
    found = []
    for file in Path("/proc").glob("[0-9]*/stat"):
        state, parent = standing(file)
        if int(parent) == pid and state != "Z":
            found.append(int(file.parent.name))
    return found


def standing(file):
    """State and parent of a process; one that is gone is as good as one that nobody has buried."""
    try:
        return file.read_text().rpartition(")")[2].split()[:2]
    except (FileNotFoundError, ProcessLookupError):
        return "Z", "0"


async def gone(pid):
    async with asyncio.timeout(BORN_SECONDS):
        while standing(Path(f"/proc/{pid}/stat"))[0] != "Z":  # noqa: ASYNC110 - no event tells of the end of another's process
            await asyncio.sleep(0.02)


class Life:
    """One process of the bot."""

    def __init__(self, number):
        self.number, self.pid = number, 0
        self.born, self.ready = asyncio.Event(), asyncio.Event()
        self.ended = asyncio.get_running_loop().create_future()

    @property
    def over(self):
        return self.ended.done()

    def kill(self):
        """SIGKILL, unless it is dead already."""
        self._signal(signal.SIGKILL)

    def terminate(self):
        """SIGTERM, as an operator's service manager does."""
        self._signal(signal.SIGTERM)

    def _signal(self, number):
        if not self.over:
            with suppress(ProcessLookupError):  # it has just died by itself
                os.kill(self.pid, number)

    async def gone(self):
        return await asyncio.wait_for(asyncio.shield(self.ended), BORN_SECONDS)

    async def receives(self):
        """Until it receives updates, or has ended."""
        ready = asyncio.ensure_future(self.ready.wait())
        await asyncio.wait({ready, self.ended}, return_when=asyncio.FIRST_COMPLETED, timeout=BORN_SECONDS)
        ready.cancel()
        return not self.over


class Nursery:
    """Gives birth to bots. `MORTAL_BOT` says how."""

    def __init__(self, process):
        self._process = process
        self._lives, self._numbers = {}, count(1)
        self._listening = asyncio.create_task(self._listen())

    @classmethod
    @asynccontextmanager
    async def running(cls):
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            MORTAL_BOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            cwd=ROOT,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
        )
        assert json.loads(await process.stdout.readline()) == {"open": True}
        nursery = cls(process)
        try:
            yield nursery
        finally:
            process.stdin.close()
            await process.wait()
            await nursery._listening

    async def bear(self, order):
        """A new life; environment as in DIES="after commit:_commit:1"."""
        life = Life(next(self._numbers))
        self._lives[life.number] = life
        order |= {"life": life.number}
        self._process.stdin.write(json.dumps(order).encode() + b"\n")
        await asyncio.wait_for(life.born.wait(), BORN_SECONDS)
        return life

    async def _listen(self):
        async for line in self._process.stdout:
            news = json.loads(line)
            life = self._lives[news["life"]]
            if "pid" in news:
                life.pid = news["pid"]
                life.born.set()
            if "ready" in news:
                life.ready.set()
            if "ended" in news:
                life.ended.set_result(news["ended"])


class SharedClock:
    """The time in the town, for its Telegram and, through a file, for every process of the bot."""

    def __init__(self, path, now=START):
        self.path = path
        self.now = now

    def __call__(self):
        return self.now

    @property
    def now(self):
        return self._now

    @now.setter
    def now(self, moment: datetime):
        self._now = moment
        draft = self.path.with_suffix(".new")
        draft.write_text(moment.isoformat())
        draft.replace(self.path)


class Town(Village):
    """A village whose bot lives in other processes. `services` serves this process for reading and enrolling alone."""

    def __init__(self, simulator, services, clock, nursery, folder):
        super().__init__(simulator, services, clock, None)
        self.nursery, self.folder = nursery, folder
        self.log = folder / "bot.log"

    async def start(self, **how):
        """A process of the bot; `telegram` are settings of its own."""
        return await self.nursery.bear(self._order(**how))

    def start_within(self, **how):
        """A life of the bot in this process."""
        return LifeWithin(self._order(**how))

    def _order(self, *, dies="", read_seconds=None, level="WARNING", **telegram):
        config = self.folder / f"config{telegram.get('webhook_port', '')}.toml"
        if not config.exists():
            config.write_text(configuration(self.services.settings, telegram))
        given = {"DIES": dies, "READ_SECONDS": read_seconds, "PGAPPNAME": BOT}
        environment = {name: str(value) for name, value in given.items() if value}
        return {
            "config": str(config),
            "clock": str(self.clock.path),
            "log": str(self.log),
            "level": level,
            "environment": environment,
        }

    def log_text(self):
        """What all processes have said so far."""
        return self.log.read_text() if self.log.exists() else ""

    async def read(self, function):
        return await self.services.database.read(function)


def configuration(settings, telegram):
    """What an operator would write."""
    sections = {
        "telegram": {
            "token": str(settings.telegram.token),
            "base_url": settings.telegram.base_url,
            "username": settings.telegram.username,
            **telegram,
        },
        "database": {"url": str(settings.database.url)},
        "keys": {"file": str(settings.keys.file)},
        "schedule": {"tick": "1s"},
        "health": {"enabled": False},
    }
    if settings.web.public_url:
        sections["web"] = {"public_url": settings.web.public_url, "port": settings.web.port}
    lines = []
    for name, values in sections.items():
        lines += [f"[{name}]", *(f"{key} = {json.dumps(value)}" for key, value in values.items()), ""]
    return "\n".join(lines)


@asynccontextmanager
async def run_town(url, folder, nursery, *, web=None):
    """A town on this migrated database, without a bot yet; `web`: the section of its pages."""
    folder.mkdir(parents=True, exist_ok=True)
    key = folder / "town.key"
    create_key_file(key)
    clock = SharedClock(folder / "clock")
    async with Simulator.running(clock=clock, strict_rate=False) as simulator:
        settings = Settings.model_validate(
            {
                "telegram": {
                    "token": simulator.token,
                    "base_url": simulator.base_url,
                    "username": simulator.username,
                },
                "database": {"url": url},
                "keys": {"file": str(key)},
                "web": web or {},
            }
        )
        services = await open_services(settings, clock=clock)
        try:
            yield Town(simulator, services, clock, nursery, folder)
            assert [request.method for request in simulator.unknown] == []
            assert simulator.problems == []
        finally:
            await services.database.close()
