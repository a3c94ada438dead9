"""Looks at the database, the disk, the key and, in the process that runs, at what it has counted."""

from __future__ import annotations

import asyncio
import hashlib
import shutil
from dataclasses import asdict
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path

from sqlalchemy import Connection

from bot.health.facts import DiskFacts, HealthFacts, KeptFacts, RunningFacts, StoredFacts, UpdateFacts
from bot.runtime.activity import Activity
from bot.runtime.services import Services, keys_of
from bot.runtime.settings import Settings
from bot.version import VERSION
from storage import backups, operators, service_state
from storage.engine.database import Database
from storage.engine.engines import is_sqlite, read_url, redacted, sqlite_path
from storage.engine.errors import StorageError
from storage.engine.kept_copies import newest
from storage.secrets.keys import Keys

_PATIENCE_SECONDS = 12.0  # a unit may wait 10 for another process
_LOOK = "See that it is there, not locked, and may be written to."  # the sentences of storage say what to do themselves
_DEATHS_OF = timedelta(hours=1)

Kept = tuple[KeptFacts, ...]


def installation(settings: Settings) -> str:
    """Which database somebody speaks of, without saying where it is or how to get in."""
    address = read_url(settings.database.url)._replace(username=None, password=None)
    return hashlib.sha256(address.render_as_string().encode()).hexdigest()[:16]


async def look(services: Services, started_at: datetime, kept: Kept | None) -> HealthFacts:
    """How the running process and everything around it stand now; `kept` as `look_at_kept` has seen it."""
    now = services.clock()
    stored, problem = await _stored(services, now)
    outage = services.outages.current
    problem = problem if outage is None else outage.sentence
    key = await asyncio.to_thread(_key_problem, services.settings, stored)
    disk = await asyncio.to_thread(_disk, services.settings)
    running = _running(services.activity, services.settings, started_at, now)
    return _facts(services.settings, now, (stored, problem), key, kept, disk, running)


async def look_at_kept(services: Services) -> Kept | None:
    """What is kept for a time, and what of it should be gone: counts that take longer than all else that is seen."""
    try:
        async with asyncio.timeout(_PATIENCE_SECONDS):
            return await services.database.read(
                partial(_kept, keys=services.keys, settings=services.settings, now=services.clock())
            )
    except Exception:  # noqa: BLE001 - `look` says what is wrong with the database
        return None


def look_from_outside(settings: Settings, now: datetime) -> HealthFacts:
    """The same without a running process, from the database alone."""
    stored, problem = _stored_now(settings, now)
    key = _key_problem(settings, stored)
    kept = None if problem or key else _kept_now(settings, now)
    return _facts(settings, now, (stored, problem), key, kept, _disk(settings), None)


def disk_of(folder: Path) -> DiskFacts:
    """The disk on which a folder is; raises OSError where it cannot be looked at."""
    usage = shutil.disk_usage(folder)
    return DiskFacts(folder=str(folder), free=usage.free, total=usage.total)


def _key_problem(settings: Settings, stored: StoredFacts | None) -> str:
    """Why the next start would find no key for what is sealed; "" where it would."""
    try:
        known = keys_of(settings).numbers
    except StorageError as problem:
        return str(problem)
    missing = [] if stored is None else sorted(set(stored.keys) - set(known))
    return f"The key file lacks key {missing[0]}, with which this database is sealed." if missing else ""


async def _stored(services: Services, now: datetime) -> tuple[StoredFacts | None, str]:
    try:
        async with asyncio.timeout(_PATIENCE_SECONDS):
            return await services.database.read(
                partial(_read, backup_folder=services.settings.backup.folder, now=now)
            ), ""
    except TimeoutError:
        return None, f"The database does not answer within {_PATIENCE_SECONDS:.0f} seconds. {_LOOK}"
    except StorageError as known:
        return None, str(known)
    except Exception as error:  # noqa: BLE001 - whatever it is, the database does not say what was asked
        return None, f"The database cannot be read ({type(error).__name__}). {_LOOK}"


def _stored_now(settings: Settings, now: datetime) -> tuple[StoredFacts | None, str]:
    url = settings.database.url
    try:
        return Database.open_current(url).read_now(partial(_read, backup_folder=settings.backup.folder, now=now)), ""
    except StorageError as problem:
        return None, str(problem)
    except Exception as error:  # noqa: BLE001 - as above
        return None, f"The database cannot be read ({type(error).__name__}). {_LOOK}"


def _kept_now(settings: Settings, now: datetime) -> Kept:
    return Database.open(settings.database.url).read_now(
        partial(_kept, keys=keys_of(settings), settings=settings, now=now)
    )


def _kept(connection: Connection, keys: Keys, settings: Settings, now: datetime) -> Kept:
    from bot.delivery.retention import overdue  # noqa: PLC0415 - all use cases with it, which other commands need not

    found = overdue(connection, keys, settings, now)
    return tuple(KeptFacts(what=one.name, kept=one.kept, overdue=one.due) for one in found)


def _read(connection: Connection, backup_folder: Path, now: datetime) -> StoredFacts:
    """What the database says. One that was restored knows no copy since, and may lie in the folder of later ones."""
    copies = backups.state(connection)
    made = (None if copies.made is None else copies.made.at, newest(backup_folder, now))
    return StoredFacts(
        **asdict(service_state.read(connection, now)),
        operators=len(operators.chats(connection)),
        backup_at=max((moment for moment in made if moment is not None), default=None),
        backup_problem="" if copies.failed is None else copies.failed.problem,
    )


def _disk(settings: Settings) -> DiskFacts | None:
    """The disk of an SQLite file; None where the database is elsewhere, or the folder is not there."""
    address = read_url(settings.database.url)
    folder = sqlite_path(address).parent if is_sqlite(address) else Path.cwd()
    try:
        return disk_of(folder)
    except OSError:
        return None


def _running(activity: Activity, settings: Settings, started_at: datetime, now: datetime) -> RunningFacts:
    return RunningFacts(
        started_at=started_at,
        mode=settings.telegram.mode,
        receives=activity.receives,
        heard_at=activity.heard_at,
        moves=activity.moves,
        webhook=activity.webhook_state,
        webhook_lost=activity.webhook_lost,
        ticked_at=activity.ticked_at,
        tick_seconds=settings.schedule.tick.total_seconds(),
        updates={
            kind: UpdateFacts(handled=took.count, half=took.within(0.5), most=took.within(0.99))
            for kind, took in sorted(activity.handled.items())
        },
        waiting=len(activity.accepted),
        waiting_seconds=activity.accepted.oldest,
        showing=len(activity.showing),
        given_up=activity.given_up,
        given_up_at=activity.given_up_at,
        worker_restarts=activity.worker_restarts,
        worker_deaths=sum(now - died <= _DEATHS_OF for died in activity.worker_deaths),
    )


def _facts(
    settings: Settings,
    now: datetime,
    stored: tuple[StoredFacts | None, str],
    key: str,
    kept: Kept | None,
    disk: DiskFacts | None,
    running: RunningFacts | None,
) -> HealthFacts:
    return HealthFacts(
        at=now,
        version=VERSION,
        installation=installation(settings),
        database=redacted(read_url(settings.database.url)),
        database_problem=stored[1],
        key_problem=key,
        stored=stored[0],
        kept=kept,
        disk=disk,
        running=running,
    )
