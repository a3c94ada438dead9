"""`db upgrade` and `db status`."""

from __future__ import annotations

from bot.cli.opening import say, say_json, settings_of
from bot.cli.options import Configured, DbStatusOptions
from storage.engine import migrate


def upgrade(given: Configured) -> None:
    """Create the tables, or bring them to this version."""
    found = migrate.upgrade(settings_of(given).database.url)
    say(f"The database has version {found.current}.")


def status(given: DbStatusOptions) -> None:
    """Say which version the tables have, and which is needed."""
    found = migrate.status(settings_of(given).database.url)
    if given.json:
        say_json({"current": found.current, "needed": found.head, "ready": found.is_current})
    elif found.is_current:
        say(f"The database has version {found.current}, the newest.")
    elif found.differing:
        tables = ", ".join(found.differing)
        say(f"The database has version {found.current}, but a program of another history made its tables: {tables}.")
    elif found.current is None:
        say(f"There is no database yet; »povezujejo db upgrade« makes it, with version {found.head}.")
    else:
        say(f"The database has version {found.current}; {found.head} is needed: run »povezujejo db upgrade«.")
