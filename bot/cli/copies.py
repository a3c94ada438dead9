"""`backup` and `restore`."""

from __future__ import annotations

from argparse import Namespace

from bot.cli.opening import say, settings_of
from storage import backup as copies


def backup(given: Namespace) -> None:
    """Copy the database into a new file."""
    copies.backup(settings_of(given).database.url, given.file)
    say(f"The database is copied into {given.file}. Keep the key file elsewhere: the copy is sealed with it.")


def restore(given: Namespace) -> None:
    """Put a copy in the place of the database."""
    copies.restore(settings_of(given).database.url, given.file, force=given.force)
    say(f"The database is as it was in {given.file}.")
