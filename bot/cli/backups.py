"""`backup` and `restore`."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from sqlalchemy import Connection

from bot.cli.opening import say, settings_of
from bot.cli.options import BackupOptions, RestoreOptions
from bot.cli.problem import CommandProblem
from bot.runtime.backups import Copying, remember
from bot.runtime.exit_codes import ExitCode
from bot.runtime.services import wall_clock
from bot.runtime.settings import Settings
from storage import backups
from storage.backups import Failed, Made
from storage.engine import backup as stored_copies
from storage.engine.counting import VERSION, rows
from storage.engine.database import Database
from storage.engine.errors import StorageError
from storage.engine.kept_copies import moment_name
from storage.engine.rehearsal import Rehearsed, rehearse
from storage.engine.version import status, status_at
from storage.secrets.keys import load_keys, require_fitting

_KEY = "Keep the key file elsewhere: the copy is sealed with it."


def backup(given: BackupOptions) -> None:
    """Copy the database into a new file, or into the folder of copies as the bot does at night."""
    settings = settings_of(given)
    if given.file is None:
        made = _into_the_folder(settings)
        say(f"The database is copied into {settings.backup.folder / made.file}: {made.counted} rows, verified. {_KEY}")
        return
    keeping = settings.backup
    stored_copies.backup(settings.database.url, given.file, recipients=keeping.encrypt_to, programs=keeping.programs)
    say(f"The database is copied into {given.file}. {_KEY}")


def restore(given: RestoreOptions) -> None:
    """Put a copy in the place of the database, or only see whether it could be."""
    settings = settings_of(given)
    if given.rehearse:
        _rehearse(settings, given)
        return
    url = settings.database.url
    programs = settings.backup.programs
    stored_copies.restore(url, given.file, force=given.force, identity=given.identity, programs=programs)
    older = "" if status(url).is_current else " It is of an older version: run »povezujejo db upgrade« now."
    say(f"The database is as it was in {given.file}.{older}")
    try:
        Database.open(url).read_now(partial(require_fitting, keys=load_keys(settings.keys.file)))
    except StorageError as problem:
        sentence = f"The database is restored, but cannot be read yet. {problem}"
        raise CommandProblem(sentence, ExitCode.DATABASE) from None


def _into_the_folder(settings: Settings) -> Made:
    """A copy in the folder, remembered where the database can remember it: before an upgrade it may be too old."""
    url, now = settings.database.url, wall_clock()
    slot = moment_name(now)
    outcome = Copying(url, settings.backup, settings.schedule.timezone).outcome(now)
    if status(url).is_current:

        def note(connection: Connection) -> None:
            backups.claim(connection, slot, now)
            remember(connection, slot, outcome)

        Database.open(url).write_now(note)
    if isinstance(outcome, Failed):
        raise CommandProblem(outcome.problem)
    return outcome


def _rehearse(settings: Settings, given: RestoreOptions) -> None:
    keys = load_keys(settings.keys.file)

    def look(connection: Connection) -> None:
        require_fitting(connection, keys)

    found = rehearse(
        settings.database.url, given.file, look, identity=given.identity, programs=settings.backup.programs
    )
    say(
        f"{given.file} can be restored. {_counted(settings, given.file, found)}"
        f" The tables have version {found.version}{_upgraded(found)}. Every reference is whole, and the key file opens"
        " what is sealed. Nothing was changed."
    )


def _counted(settings: Settings, file: Path, found: Rehearsed) -> str:
    """The rows of a copy, held against what was noted when it was made, where the database can still say so."""
    number, tables = rows(found.counts), len(found.counts.keys() - {VERSION})
    noted = _noted(settings.database.url, file.name)
    if noted not in {None, number}:
        raise CommandProblem(f"{file} holds {number} rows, and held {noted} when it was made: take another one.")
    return f"It holds {number} rows in {tables} tables{'' if noted is None else ', as many as when it was made'}."


def _noted(url: str, name: str) -> int | None:
    try:
        if status(url).is_current:
            return Database.open(url).read_now(partial(backups.counted, file=name))
    except StorageError:  # it is gone, which is why somebody rehearses
        pass
    return None


def _upgraded(found: Rehearsed) -> str:
    newest = status_at(None).head
    return f", and are brought to {newest} by »povezujejo db upgrade«" if found.upgraded else ", the newest"
