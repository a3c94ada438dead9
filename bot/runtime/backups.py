"""Copies of the database in the folder of the configuration: made, verified, and old ones cleared.

The running bot makes one a night; of several processes on one database one does it (`storage.backups`), in a process
beside the bot, so that whatever goes wrong with it harms nobody who taps (docs/decisions/backups.md).
"""

from __future__ import annotations

import logging
import time
from dataclasses import dataclass
from datetime import datetime, timedelta
from datetime import time as time_of_day
from functools import partial
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from bot.runtime.failures import described
from bot.runtime.process import WorkerProcess
from bot.runtime.services import Services
from bot.runtime.settings import Backup
from storage import backups
from storage.backups import Failed, Made
from storage.engine.backup import backup
from storage.engine.engines import is_sqlite, read_url
from storage.engine.errors import StorageError
from storage.engine.kept_copies import clear, file_name, free_moment
from storage.engine.new_files import told

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Copying:
    """All that a process needs to know to make a copy."""

    url: str
    settings: Backup
    zone: ZoneInfo

    def make(self, now: datetime) -> Made:
        """Make a copy in the folder, then clear it of old ones. Raises StorageError where that cannot be."""
        folder = self.settings.folder
        with told(folder):
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            begun, now = now, free_moment(folder, now)
        time.sleep(max(0.0, (now - begun).total_seconds()))  # a name of the future would count as of a wrong clock
        sqlite = is_sqlite(read_url(self.url))
        target = folder / file_name(now, sqlite=sqlite, encrypted=bool(self.settings.encrypt_to))
        made = backup(self.url, target, recipients=self.settings.encrypt_to, programs=self.settings.programs)
        with told(folder):
            clear(folder, now, self.zone, daily=self.settings.keep_daily, weekly=self.settings.keep_weekly)
        return Made(now, target.name, made.size, made.counted)

    def outcome(self, now: datetime) -> Made | Failed:
        """The same, as a value that travels between processes."""
        try:
            return self.make(now)
        except StorageError as problem:
            return Failed(now, str(problem))


def night(now: datetime, at: time_of_day, zone: ZoneInfo) -> str:
    """The night whose copy should be there by now, by the day on which it ends: ``2026-11-30``."""
    local = now.astimezone(zone)
    begun = local.replace(hour=at.hour, minute=at.minute, second=0, microsecond=0, fold=0)
    return (local.date() if now >= begun else local.date() - timedelta(days=1)).isoformat()


class NightlyBackup:
    """Sees to it that every night has its copy; what was missed is made up for."""

    def __init__(self, services: Services) -> None:
        self._services = services
        settings = services.settings
        self._copying = Copying(settings.database.url, settings.backup, settings.schedule.timezone)
        self._done = ""

    async def look(self) -> None:
        """Make the copy of this night where there is none and nobody makes it. Raises nothing."""
        try:
            await self._look()
        except Exception as error:  # noqa: BLE001 - a copy that fails harms nothing else
            log.error("the copy of the night was not made: %s", described(error))  # noqa: TRY400 - one line is enough

    async def _look(self) -> None:
        now = self._services.clock()
        slot = night(now, self._copying.settings.at, self._copying.zone)
        if slot == self._done or not await self._services.database.write(partial(backups.claim, slot=slot, now=now)):
            return
        try:
            outcome = await self._outcome(now)
        except BaseException:  # the bot ends: its next start makes the copy
            await self._services.database.write(partial(backups.release, slot=slot, now=now))
            raise
        await self._services.database.write(partial(remember, slot=slot, outcome=outcome))
        if isinstance(outcome, Made):
            self._done = slot
            log.info(
                "the copy of the night is made: %s, %d bytes, %d rows", outcome.file, outcome.size, outcome.counted
            )
        else:
            log.error("the copy of the night was not made: %s", outcome.problem)

    async def _outcome(self, now: datetime) -> Made | Failed:
        process = WorkerProcess()
        try:
            return await process.do(partial(self._copying.outcome, now))
        except Exception as error:  # noqa: BLE001 - died, or a fault of ours
            return Failed(now, f"The process that made the copy failed ({described(error)}).")
        finally:
            process.close()


def remember(connection: Connection, slot: str, outcome: Made | Failed) -> None:
    """Note what came of a copy."""
    if isinstance(outcome, Made):
        backups.record_made(connection, slot, outcome)
    else:
        backups.record_failed(connection, slot, outcome)
