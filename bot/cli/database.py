"""`db upgrade`, `db status` and `db move`."""

from __future__ import annotations

from pathlib import Path

from pydantic import ValidationError

from bot.cli.opening import config_file, say, say_at_once, say_json, settings_of
from bot.cli.options import Configured, DbMoveOptions, DbStatusOptions
from bot.cli.problem import CommandProblem
from bot.runtime.exit_codes import ExitCode
from bot.runtime.settings import DatabaseSettings
from storage.engine import migrate, version
from storage.engine import move as moving
from storage.engine.engines import redacted
from storage.engine.errors import StorageError


def upgrade(given: Configured) -> None:
    """Create the tables, or bring them to this version."""
    found = migrate.upgrade(settings_of(given).database.url)
    say(f"The database has version {found.current}.")


def status(given: DbStatusOptions) -> None:
    """Say which version the tables have, and which is needed."""
    url = settings_of(given).database.url
    found = version.status(url)
    if given.json:
        say_json({"current": found.current, "needed": found.head, "ready": found.is_current})
        return
    try:
        version.require_current(url)
    except StorageError as problem:  # what any other command would say
        say(str(problem))
    else:
        say(f"The database has version {found.current}, the newest.")


def move(given: DbMoveOptions) -> None:
    """Say what would be moved and to where; move it; or stay with what was to be moved."""
    source = settings_of(given).database.url
    if given.cancel:
        moving.cancel(source)
        say("The move is cancelled: the bot works with this database again. What was brought over can be deleted.")
        return
    if given.to is None:
        raise CommandProblem("Say where to with --to, such as: --to postgresql://user@host/name", ExitCode.USAGE)
    planned = moving.plan(source, _address(given, given.to))
    here, there = redacted(planned.source), redacted(planned.target)
    if not given.yes:
        begun = " Some of them are there already, from a move that was cut off." if planned.begun else ""
        say(f"{planned.rows} rows move from {here} to {there}.{begun} Stop every bot, then add --yes.")
        return
    done = moving.move(planned, say_at_once)
    say(
        f"All {done.rows} rows are in {there}, and the same as in {here}, which the program does not open any more."
        " Now write the address of the new one as url under [database], run »povezujejo check«, and start the bot."
    )


def _address(given: DbMoveOptions, url: str) -> str:
    """An address as it would be understood in the configuration, so that a file is seen from its folder."""
    file = config_file(given)
    folder = Path.cwd() if file is None else file.absolute().parent
    try:
        return str(DatabaseSettings.model_validate({"url": url}, context={"folder": folder}).url)
    except ValidationError as problem:
        raise CommandProblem(f"--to: {problem.errors()[0]['ctx']['error']}", ExitCode.USAGE) from None
