"""`check`: configuration, keys, database and every questionnaire; all that is wrong is said at once."""

from __future__ import annotations

import os
import sys
from argparse import Namespace
from collections.abc import Callable, Iterator

from sqlalchemy import Connection

from bot.cli.opening import config_file, say, settings_of
from bot.config import ConfigurationError, Settings
from bot.config_file import PREFIX
from bot.house import load_programmes
from storage import keys, migrate
from storage.database import Database
from storage.errors import StorageError
from surveys.lint import lint

Problems = Iterator[str]


class _NothingChanges(Exception):  # noqa: N818 - no error: what ends a transaction that must not be kept
    """Rolls back what was only tried."""


def check(given: Namespace) -> int:
    """Say everything that is wrong; the exit status is 1 where anything is (with --strict: warnings, too)."""
    problems: list[str] = []
    settings = Settings()
    configured = config_file(given) is not None or any(name.startswith(PREFIX) and "__" in name for name in os.environ)
    if configured:
        try:
            settings = settings_of(given)
        except ConfigurationError as found:
            problems.append(str(found))
            configured = False  # what it meant is unknown, so that nothing more can be looked at but questionnaires
    loaded = load_programmes(settings)
    problems.extend(str(finding) for finding in loaded.problems)
    warnings = [f"{finding} (warning)" for finding in lint(loaded)]
    if configured:
        problems.extend(_house(settings))
    for line in warnings:
        say(line)
    for line in problems:
        sys.stderr.write(f"{line}\n")
    if not problems:
        say(_summary(len(loaded.programmes), len(warnings), configured=configured))
    return 1 if problems or (given.strict and warnings) else 0


def _house(settings: Settings) -> Problems:
    """What is wrong with the token, the keys and the database."""
    if not settings.telegram.token:
        yield "No token of the bot is configured: write it, or token_file, under [telegram]."
    if settings.reports.published_cell < settings.reports.minimum_cell:
        yield "[reports] published_cell must not be below minimum_cell."
    yield from _tried(lambda: keys.load_keys(settings.keys.file))
    yield from _tried(lambda: _database(settings))


def _database(settings: Settings) -> None:
    """Raise StorageError where the database is of another version, or sealed with other keys."""
    url = settings.database.url
    if migrate.status(url).current is None:  # `run` creates it
        return
    migrate.require_current(url)
    known = keys.load_keys(settings.keys.file)

    def tried(connection: Connection) -> None:
        keys.check_keys(connection, known)
        raise _NothingChanges

    try:
        Database.open(url).write_now(tried)
    except _NothingChanges:
        return


def _tried(look: Callable[[], object]) -> Problems:
    try:
        look()
    except StorageError as problem:
        yield str(problem)


def _summary(programmes: int, warnings: int, *, configured: bool) -> str:
    looked = "configuration, keys, database" if configured else "no configuration here, so only the questionnaires"
    advice = f"; {_counted(warnings, 'warning')} about wording and translations" if warnings else ""
    return f"All is well: {looked}, {_counted(programmes, 'programme')}{advice}."


def _counted(number: int, what: str) -> str:
    return f"{number} {what}{'' if number == 1 else 's'}"
