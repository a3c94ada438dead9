"""`backup` and `restore`."""

from __future__ import annotations

from bot.cli.opening import say, settings_of
from bot.cli.options import BackupOptions, RestoreOptions
from storage.engine import backup as stored_copies
from storage.engine import migrate


def backup(given: BackupOptions) -> None:
    """Copy the database into a new file."""
    stored_copies.backup(settings_of(given).database.url, given.file)
    say(f"The database is copied into {given.file}. Keep the key file elsewhere: the copy is sealed with it.")


def restore(given: RestoreOptions) -> None:
    """Put a copy in the place of the database."""
    url = settings_of(given).database.url
    stored_copies.restore(url, given.file, force=given.force)
    older = "" if migrate.status(url).is_current else " It is of an older version: run »povezujejo db upgrade« now."
    say(f"The database is as it was in {given.file}.{older}")
