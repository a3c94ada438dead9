"""The services: settings, database, programmes, keys and clock, built once and passed by hand."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import partial

from sqlalchemy import Connection

from bot.runtime.activity import Activity
from bot.runtime.outages import Outages
from bot.runtime.process import BoundedProcess, WorkerProcess
from bot.runtime.settings import ConfigurationError, Library, Settings
from storage import demonstration
from storage.answers import definitions
from storage.engine import door
from storage.engine.database import Database
from storage.engine.engines import read_url, transaction
from storage.engine.errors import StorageError
from storage.engine.version import status
from storage.secrets.keys import Keys, in_use, is_sealed, load_keys
from storage.secrets.rotation import is_due, rotate
from surveys.contact_policy import ContactPolicy
from surveys.load import Loaded, load, shipped
from surveys.model import Programme

log = logging.getLogger(__name__)


def wall_clock() -> datetime:
    """The time now, aware, in UTC."""
    return datetime.now(UTC)


_UNKNOWN_LIBRARY = Library()


@dataclass(frozen=True, slots=True)
class Services:
    """What every part of the application works with. While the bot runs, only what is noted of its work changes."""

    settings: Settings
    database: Database
    programmes: Mapping[str, Programme]
    keys: Keys
    policy: ContactPolicy
    link: Callable[[str], str]  # what a token is handed out as: opened, it greets whoever the token is for
    clock: Callable[[], datetime] = wall_clock
    demo: bool = False  # the answers are made up, and every report and export says so
    worker_process: WorkerProcess | None = None  # where a running bot has reports made; commands make them themselves
    reader: BoundedProcess | None = None  # where a running bot has files read that people sent
    activity: Activity = field(default_factory=Activity, compare=False)  # what this process does, counted
    outages: Outages = field(default_factory=Outages, compare=False)  # whether the database can be used

    def contact(self, code: str) -> Library:
        """Where people of the library with this code turn to; says nothing where nothing is configured."""
        return self.settings.libraries.get(code, _UNKNOWN_LIBRARY)


async def open_services(settings: Settings, *, clock: Callable[[], datetime] = wall_clock) -> Services:
    """The services of these settings, without asking Telegram anything; `database.close` is the caller's.

    Raises ConfigurationError for broken questionnaires, StorageError for keys or a database that cannot be used.
    """
    return await acquainted(await asyncio.to_thread(_built, settings, clock))


async def acquainted(services: Services) -> Services:
    """The services once they and their database know each other: the keys in use, the programmes, what is made up.

    Raises StorageError where the database is sealed with other keys.
    """
    services = replace(services, keys=await services.database.write(partial(_keys_of, services)))
    return replace(services, demo=await services.database.write(partial(_know_programmes, services)))


def open_services_now(settings: Settings, *, clock: Callable[[], datetime] = wall_clock) -> Services:
    """`open_services` for commands without an event loop: its database is used by `read_now` and `write_now`."""
    services = _built(settings, clock)
    services.database.stays_same_now()
    keys = services.database.write_now(partial(in_use, keys=services.keys))
    services = replace(services, keys=keys)
    return replace(services, demo=services.database.write_now(partial(_know_programmes, services)))


def load_programmes(settings: Settings) -> Loaded:
    """The programmes that are configured, with every problem in them."""
    return load([*([shipped()] if settings.surveys.shipped else []), *settings.surveys.directories])


def keys_of(settings: Settings) -> Keys:
    """The keys of the file that is configured.

    Raises StorageError; where it is missing beside a database, a new one would open nothing of what is there.
    """
    require_key_file(settings)
    return load_keys(settings.keys.file)


def require_key_file(settings: Settings) -> None:
    """Raise StorageError where there is a database and its key file is gone."""
    file = settings.keys.file
    if not file.exists() and _is_sealed(settings.database.url):
        raise StorageError(
            f"There is no key file at {file}, and the database is sealed with one. Bring back your copy of the file"
            " (and close it: chmod 600); a new key opens nothing of what is there."
        )


def _is_sealed(url: str) -> bool:
    if status(url).current is None:
        return False
    with transaction(read_url(url), query_only=True) as connection:
        return is_sealed(connection)


def _built(settings: Settings, clock: Callable[[], datetime]) -> Services:
    loaded = load_programmes(settings)
    if loaded.problems:
        raise ConfigurationError(loaded.problems)
    keys = keys_of(settings)
    return Services(
        settings=settings,
        database=Database.open_current(settings.database.url),
        programmes=loaded.programmes,
        keys=keys,
        policy=settings.schedule.policy(),
        link=settings.telegram.link,
        clock=clock,
    )


def _keys_of(services: Services, connection: Connection) -> Keys:
    """The keys belong to the database; the newest seals all of it, unless another process works with an older one."""
    door.pass_by(connection)
    if not is_due(connection, services.keys) or not door.nobody_inside(connection):
        return in_use(connection, services.keys)
    log.info("everything is being sealed anew with key %d", services.keys.numbers[0])
    rotate(connection, services.keys)
    return services.keys


def _know_programmes(services: Services, connection: Connection) -> bool:
    """The database knows the programmes; gives whether it says that what it holds is made up."""
    definitions.sync(connection, services.programmes.values(), services.clock())
    return demonstration.is_marked(connection)
