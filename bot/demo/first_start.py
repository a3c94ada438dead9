"""The first start of a demo: its folder, its own key and database, and the year that is sown into it."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from secrets import token_urlsafe

from bot.cli.problem import CommandProblem
from bot.demo.memory import Memory
from bot.demo.seed_data import Sown, local, sow
from bot.runtime.services import open_services
from bot.runtime.settings import Settings
from bot.simulator.phone import Part
from bot.simulator.server import Simulator
from storage.engine import migrate
from storage.schema import Role
from storage.secrets.keys import create_key_file

USERNAME = "povezujejo_demo_bot"
OPENING_HOUR = 10
_YEARS = timedelta(days=2 * 365)
NOWHERE = "http://127.0.0.1:1/bot"  # while sowing, nobody is talked to


@dataclass(frozen=True, slots=True)
class Folder:
    """Where a demo lives."""

    path: Path

    @property
    def memory(self) -> Path:
        """What is remembered between two starts."""
        return self.path / "memory.json"

    @property
    def database(self) -> Path:
        """The answers."""
        return self.path / "village.db"

    @property
    def key(self) -> Path:
        """What seals them."""
        return self.path / "village.key"

    @property
    def sign(self) -> Path:
        """What says that a demo runs here."""
        return self.path / "in-use"

    @contextmanager
    def occupied(self) -> Iterator[None]:
        """Keep other demos out of the folder; a demo that was killed keeps nobody out.

        Raises Problem with a sentence where another one runs.
        """
        try:
            self.path.mkdir(parents=True, exist_ok=True)
        except OSError as problem:
            raise CommandProblem(f"The folder {self.path} cannot be made: {problem.strerror}.") from None
        with closing(sqlite3.connect(self.sign, timeout=0, isolation_level=None)) as lock:
            try:
                lock.execute("BEGIN EXCLUSIVE")
            except sqlite3.OperationalError:
                raise CommandProblem(
                    f"A demo runs in {self.path} already: use that one, or choose another --data-dir."
                ) from None
            yield
        self.sign.unlink(missing_ok=True)

    def settings(self, token: str, base_url: str, pages_port: int | None = None) -> Settings:
        """The configuration of a demo: nothing of it comes from a file or from the environment.

        `pages_port` is where the pages in the browser are; None where nobody looks at any.
        """
        pages = {"public_url": f"http://127.0.0.1:{pages_port}", "port": pages_port} if pages_port else {}
        return Settings.model_validate(
            {
                "telegram": {"token": token, "base_url": base_url, "username": USERNAME},
                "database": {"url": f"sqlite:///{self.database}"},
                "keys": {"file": str(self.key)},
                "schedule": {"tick": "2s"},  # a report that was asked for comes at once
                "web": pages,
                "health": {"enabled": False},  # its port is for a bot that people rely on
            },
            context={"folder": self.path},
        )


@dataclass(frozen=True, slots=True)
class Seat:
    """Whose phone lies on the table at first; staff join by a link of their role."""

    name: str
    note: str
    role: Part
    staff: Role | None = None
    language: str = "sl"  # of the telephone
    guest: bool = False  # opens the link of somebody who was enrolled


SEATS = (
    Seat("Marija", "udeleženka, 74 let", "participant"),
    Seat("Amira", "udeleženka v Kamniku, bere angleško", "participant", language="en", guest=True),
    Seat("Knjižničarka", "Knjižnica Brežice", "librarian", Role.LIBRARIAN),
    Seat("Koordinatorka", "Knjižnica Brežice", "coordinator", Role.COORDINATOR),
    Seat("Nacionalna", "nacionalna koordinatorka, vse knjižnice", "national", Role.NATIONAL),
)


async def remember(folder: Folder, today: datetime) -> Memory:
    """Where the demo was; on the first start, where it begins."""
    known = Memory.load(folder.memory)
    if known is not None and folder.database.is_file() and folder.key.is_file():
        await asyncio.to_thread(migrate.upgrade, f"sqlite:///{folder.database}")
        return known
    await asyncio.to_thread(_clear, folder)
    token = f"123456789:AA{token_urlsafe(24)}"
    settings = folder.settings(token, NOWHERE)
    zone = settings.schedule.timezone
    now = local(today.astimezone(zone).date(), OPENING_HOUR, zone)
    sown = await _sow(settings, now)
    return Memory(
        now, token, sown.last_enrolment, sown.open_cohort, card="", villagers=list(sown.chats), guest=sown.guest
    )


def settle_villagers(simulator: Simulator, chats: list[int]) -> None:
    """The made-up people have phones, too, which nobody looks at."""
    for number, chat in enumerate(chats, 1):
        simulator.person(f"Izmišljena oseba {number}", user_id=chat).account.started = True


def _clear(folder: Folder) -> None:
    """Take away what an unfinished first start has left, or half a folder, and make the key and the tables."""
    for file in folder.path.glob(f"{folder.database.name}*"):
        file.unlink()
    folder.key.unlink(missing_ok=True)
    create_key_file(folder.key)
    migrate.upgrade(f"sqlite:///{folder.database}")


async def _sow(settings: Settings, now: datetime) -> Sown:
    services = await open_services(
        settings, clock=lambda: now - _YEARS
    )  # the definitions were there before the first group
    try:
        return await services.database.write(
            partial(sow, keys=services.keys, programmes=services.programmes, policy=services.policy, now=now)
        )
    finally:
        await services.database.close()
