"""`check`: configuration, keys, database, machine and every questionnaire; all that is wrong is said at once."""

from __future__ import annotations

import asyncio
import os
import sys
from collections.abc import Callable, Iterator, Mapping

from sqlalchemy import Connection

from bot.cli.machine import problems_of_machine
from bot.cli.opening import config_file, say, settings_of
from bot.cli.options import CheckOptions
from bot.cli.pages_check import advice_on_mail, advice_on_pages, mail_is_refused, problems_of_pages
from bot.runtime.services import keys_of, load_programmes, wall_clock
from bot.runtime.settings import TOKEN, ConfigurationError, Library, Settings
from bot.runtime.settings_file import PREFIX, named_pictures
from storage import cohorts
from storage.engine.database import Database
from storage.engine.errors import StorageError
from storage.engine.version import status
from storage.schema import PagePicture
from storage.secrets import keys
from surveys.lint import lint
from surveys.load import Loaded

Problems = Iterator[str]
_FLAWS = {  # by `reports.render.raster.RasterFlaw`
    "no_picture": "is neither PNG nor JPEG, whatever its name says; save it as one of them",
    "too_many_bytes": "is larger than 8 MB; save it smaller",
    "too_many_pixels": "has more than 25 million pixels; save it smaller",
    "too_small": "is less than 32 pixels high or wide; take a larger one",
    "too_steep": "is more than twelve times as long as wide; cut it",
    "damaged": "is damaged; save it anew",
}


class _NothingChanges(Exception):  # noqa: N818 - no error: what ends a transaction that must not be kept
    """Rolls back what was only tried."""


def check(given: CheckOptions) -> int:
    """Say everything that is wrong; the exit status is 1 where anything is (with --strict: warnings, too)."""
    problems: list[str] = []
    settings = Settings()
    configured = config_file(given) is not None or any(name.startswith(PREFIX) and "__" in name for name in os.environ)
    if configured:
        try:
            settings = settings_of(given)
        except ConfigurationError as found:
            problems.append(str(found))
            file = config_file(given)
            problems.extend(_pictures({} if file is None else named_pictures(file)))
            configured = False  # what it meant is unknown, so that nothing more can be looked at but questionnaires
    loaded = load_programmes(settings)
    problems.extend(str(finding) for finding in loaded.problems)
    warnings = [f"{finding} (warning)" for finding in lint(loaded)]
    if configured:
        problems.extend(_installation(settings))
        problems.extend(_unknown_libraries(settings, loaded))
        problems.extend(_pictures(settings.libraries))
        problems.extend(problems_of_pages(settings))
        warnings.extend((*advice_on_pages(settings), *advice_on_mail(settings)))
        problems.extend(problems_of_machine(settings, config_file(given), wall_clock()))
        warnings.extend(_without_contact(settings, loaded) if not problems else ())
    name = ""
    if given.online and configured and settings.telegram.token:
        name, asked, advice = asyncio.run(_asked(settings))
        problems.extend(asked)
        warnings.extend(advice)
    if given.online and configured:
        problems.extend(asyncio.run(mail_is_refused(settings)))
    for line in warnings:
        say(line)
    for line in problems:
        sys.stderr.write(f"{line}\n")
    for programme in loaded.programmes.values():
        if not programme.national:
            say(f"{programme.slug} is outside the national result.")
    if not problems:
        say(_summary(len(loaded.programmes), len(warnings), name, configured=configured))
    return 1 if problems or (given.strict and warnings) else 0


async def _asked(settings: Settings) -> tuple[str, tuple[str, ...], list[str]]:
    """What Telegram says: the bot's name, problems, warnings."""
    from bot.telegram.examination import examine  # noqa: PLC0415 - only --online needs Telegram

    found = await examine(settings.telegram, wall_clock)
    return found.name, found.problems, [f"{one} (warning)" for one in found.warnings]


def _installation(settings: Settings) -> Problems:
    """What is wrong with the token, the keys and the database."""
    if not settings.telegram.token:
        yield "No token of the bot is configured: write it, or token_file, under [telegram]."
    elif not TOKEN.fullmatch(settings.telegram.token):
        yield (
            "The token under [telegram] is none, maybe for a space in it: @BotFather gives one like 123456789:AAE…."
            " Copy it again."
        )
    if settings.reports.published_cell < settings.reports.minimum_cell:
        yield "[reports] published_cell must not be below minimum_cell."
    found = [*_tried(lambda: keys_of(settings)), *_tried(lambda: _database(settings))]
    yield from dict.fromkeys(found)  # a database cannot be tried without its keys


def _unknown_libraries(settings: Settings, loaded: Loaded) -> Problems:
    """Libraries that are described and have no programme: a code that was mistyped."""
    known = {one.code for one in loaded.programmes.values()}
    for code in settings.libraries:
        if code not in known:
            yield f"[libraries.{code}]: no programme has this code; known here: {', '.join(sorted(known))}."
    slugs = ", ".join(sorted(loaded.programmes))
    for slug in settings.programmes:
        if slug not in loaded.programmes:
            yield f"[programmes.{slug}]: there is no such programme; known here: {slugs}."


def _pictures(libraries: Mapping[str, Library]) -> Problems:
    """Logos and photographs that cannot be printed."""
    from bot.worker.library_page import read_picture  # noqa: PLC0415 - heavy, and needed only where there is a picture

    for code, library in libraries.items():
        for kind in PagePicture:
            file = getattr(library, kind)
            try:
                if file is not None:
                    read_picture(file, kind)
            except OSError:
                yield f"[libraries.{code}]: {kind}: {file} cannot be read; write the name of a PNG or JPEG file."
            except ValueError as problem:
                yield f"[libraries.{code}]: {kind}: {file} {_FLAWS[str(problem)]}."


def _without_contact(settings: Settings, loaded: Loaded) -> list[str]:
    """Libraries with groups whose people would not be told whom to call."""
    if status(settings.database.url).current is None:
        return []
    groups = Database.open(settings.database.url).read_now(cohorts.listing)
    with_groups = {one.programme for one in groups if one.closed_at is None}
    named = {one.code: one.library for one in loaded.programmes.values() if one.slug in with_groups}
    return [
        f"[libraries.{code}]: {name} has groups, and no phone or email is configured for its people (warning)"
        for code, name in sorted(named.items())
        if not settings.libraries.get(code, Library()).reachable
    ]


def _database(settings: Settings) -> None:
    """Raise StorageError where the database is of another version, or sealed with other keys."""
    url = settings.database.url
    database = Database.open_current(url)
    known = keys_of(settings)

    def tried(connection: Connection) -> None:
        keys.check_keys(connection, known)
        raise _NothingChanges

    try:
        database.write_now(tried)
    except _NothingChanges:
        return


def _tried(look: Callable[[], object]) -> Problems:
    try:
        look()
    except StorageError as problem:
        yield str(problem)


def _summary(programmes: int, warnings: int, name: str, *, configured: bool) -> str:
    looked = "configuration, keys, database" if configured else "no configuration here, so only the questionnaires"
    looked += f", Telegram (@{name})" if name else ""
    advice = f"; {_counted(warnings, 'warning')} that may wait" if warnings else ""
    return f"All is well: {looked}, {_counted(programmes, 'programme')}{advice}."


def _counted(number: int, what: str) -> str:
    return f"{number} {what}{'' if number == 1 else 's'}"
