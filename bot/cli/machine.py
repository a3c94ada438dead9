"""What `check` finds on the machine: who can read what, the room on the disks, the copies, the time-zone data."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from importlib import resources
from importlib.metadata import version
from pathlib import Path
from urllib.parse import quote
from zoneinfo import ZoneInfo

from bot.health.judging import OLD_BACKUP, nearly_full
from bot.health.looking import disk_of
from bot.runtime.settings import Settings
from storage import backups
from storage.backups import BackupState
from storage.engine.database import Database
from storage.engine.engines import is_sqlite, read_url, sqlite_path
from storage.engine.errors import StorageError
from storage.engine.kept_copies import copies_in, newest

Problems = Iterator[str]

_AHEAD = timedelta(days=400)  # so far ahead the clock changes twice, at least


def problems_of_machine(settings: Settings, config: Path | None, now: datetime) -> Problems:
    """Everything of it that is wrong."""
    yield from _readable(settings, config)
    yield from _room(settings)
    yield from _copies(settings, now)
    yield from zone_problems(settings.schedule.timezone, now)


def _readable(settings: Settings, config: Path | None) -> Problems:
    """Files with secrets or answers that others than the owner and the group can read. The key file is stricter."""
    address = read_url(settings.database.url)
    found = [
        (config if _holds_secret(config, settings) else None, "which holds secrets such as the bot's token"),
        (settings.telegram.token_file, "which holds the bot's token"),
        (sqlite_path(address) if is_sqlite(address) else None, "which is the database"),
        *((copy, "which is a copy of the database") for copy in _copies_in(settings.backup.folder)),
    ]
    for file, what in found:
        if file is not None and _open_to_others(file):
            yield (
                f"Others on this machine can read or change {file}, {what}. Close it with: chmod o= {file}"
                " (go= where its group does not need it, which is not looked at)"
            )


def _holds_secret(config: Path | None, settings: Settings) -> bool:
    """Whether a secret stands in the file itself, and not in the environment or in a file of its own."""
    if config is None:
        return False
    password = read_url(settings.database.url).password or ""
    secrets = (settings.telegram.token, settings.telegram.webhook_secret, password, quote(password, safe=""))
    text = config.read_text("utf-8")
    return any(one and one in text for one in map(str, secrets))


def _open_to_others(file: Path) -> bool:
    try:
        return os.name == "posix" and bool(file.stat().st_mode & (stat.S_IROTH | stat.S_IWOTH))
    except OSError:  # what is not there is said elsewhere, or not yet made
        return False


def _room(settings: Settings) -> Problems:
    """Disks that will soon be full."""
    address = read_url(settings.database.url)
    folders = [(sqlite_path(address).parent, "the database")] if is_sqlite(address) else []
    if settings.backup.folder.is_dir():  # the first copy makes it
        folders.append((settings.backup.folder, "the copies of the database"))
    for folder, purpose in folders:
        try:
            disk = disk_of(folder)
        except OSError as problem:
            why = problem.strerror
            yield f"The folder {folder}, for {purpose}, cannot be looked at: {why}. Mount it or name another."
            continue
        for _, what, do in nearly_full(disk, settings):
            yield f"For {purpose}: {what} {do}"


def _copies(settings: Settings, now: datetime) -> Problems:
    """Whether the copies that the bot makes at night are there: the files count, and what the database remembers."""
    folder = settings.backup.folder
    if not settings.backup.nightly:
        return
    state = _remembered(settings)
    made = newest(folder, now)
    if state.failed is not None:
        yield f"The last backup did not work: {state.failed.problem} Mend that, then make one: povezujejo backup"
    elif made is None and state.made is not None:
        yield (
            f"The last backup, {state.made.file}, is not in {folder}, and no other: mount its disk, or make one:"
            " povezujejo backup"
        )
    elif made is not None and now - made > OLD_BACKUP:
        yield (
            f"The newest backup in {folder} is of {made:%Y-%m-%d %H:%M} UTC. The bot makes one every night while it"
            " runs; make one now: povezujejo backup"
        )


def _copies_in(folder: Path) -> list[Path]:
    """The copies; none where the folder is not there or cannot be read."""
    try:
        return [file for files in copies_in(folder).values() for file in files]
    except OSError:
        return []


def _remembered(settings: Settings) -> BackupState:
    """How the last copies went; nothing where the database cannot be asked, which is said elsewhere."""
    try:
        return Database.open_current(settings.database.url).read_now(backups.state)
    except StorageError:
        return BackupState(None, None)


def zone_problems(zone: ZoneInfo, now: datetime) -> Problems:
    """Whether this machine knows when the clock changes as well as the data that come with the program."""
    name = zone.key
    try:
        with resources.files("tzdata").joinpath("zoneinfo", *name.split("/")).open("rb") as data:
            newer = ZoneInfo.from_file(data, key=name)
    except (OSError, ValueError):  # a zone that only this machine knows
        return
    hours = (now.astimezone(UTC) + timedelta(hours=one) for one in range(int(_AHEAD / timedelta(hours=1))))
    wrong = next(
        (hour for hour in hours if hour.astimezone(zone).utcoffset() != hour.astimezone(newer).utcoffset()), None
    )
    if wrong is not None:
        yield (
            f"This machine has other time-zone data for {name} than the program ({version('tzdata')}), from"
            f" {wrong:%Y-%m-%d} on: messages would go out at a wrong hour. Update the package tzdata of the system,"
            " and of Python's (python3 dev.py install)."
        )
