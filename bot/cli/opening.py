"""What most commands begin with: the settings, the house, the bot's name. And how answers are written."""

from __future__ import annotations

import asyncio
import json
import os
import sys
from argparse import Namespace
from pathlib import Path
from typing import Any

from bot.cli.problem import Problem
from bot.config import Settings
from bot.config_file import PREFIX, read_settings
from bot.house import House, open_house_now
from storage import migrate
from surveys.model import Programme

OPERATOR = "operator"  # how the audit names whoever works on the command line
_USUAL = Path("config.toml")


def config_file(given: Namespace) -> Path | None:
    """The file that was asked for, by --config or POVEZUJEJO_CONFIG; else ./config.toml where there is one."""
    asked = given.config or os.environ.get(f"{PREFIX}CONFIG")
    if asked:
        return Path(asked)
    return _USUAL if _USUAL.exists() else None


def settings_of(given: Namespace) -> Settings:
    """The settings; raises Problem where nothing is configured, ConfigurationError with all that is wrong."""
    file = config_file(given)
    if file is None and not any(name.startswith(PREFIX) and "__" in name for name in os.environ):
        raise Problem(f"There is no {_USUAL} here: write one with »povezujejo init«, or name one with --config.")
    return read_settings(file, os.environ)


def house_of(given: Namespace, *, new: bool = False) -> House:
    """The house for a command that runs without an event loop. `new`: with a new database where there is none."""
    settings = settings_of(given)
    if new:
        create_database(settings)
    return open_house_now(settings)


def create_database(settings: Settings) -> str | None:
    """Make a database that is not there; gives its version, None where there was one."""
    url = settings.database.url
    return None if migrate.status(url).current else migrate.upgrade(url).current


def programme_of(house: House, slug: str) -> Programme:
    """The programme with this slug."""
    programme = house.programmes.get(slug)
    if programme is None:
        raise Problem(f"There is no programme {slug}; there are: {', '.join(sorted(house.programmes))}.")
    return programme


def library_of(house: House, wanted: str | None) -> str:
    """The code of a library, which may be given by its name or one of its programmes, too."""
    for one in house.programmes.values():
        if wanted is not None and wanted.casefold() in {one.code.casefold(), one.library.casefold(), one.slug}:
            return one.code
    known = {one.code: one.library for one in house.programmes.values()}
    listed = ", ".join(f"{code} ({name})" for code, name in sorted(known.items()))
    begun = "Say which library with --library" if wanted is None else f"There is no library {wanted}"
    raise Problem(f"{begun}; there are: {listed}.")


def username_of(house: House) -> str:
    """The bot's name, for links: from the configuration, else asked of Telegram."""
    return house.username or ask_username(house.settings)


def ask_username(settings: Settings) -> str:
    """The bot's name, as Telegram says; raises Problem where it cannot be had."""
    from telegram.error import InvalidToken, TelegramError  # noqa: PLC0415 - only these commands need Telegram

    from bot.transport import TelegramBot  # noqa: PLC0415

    telegram = settings.telegram
    if not telegram.token:
        raise Problem("No token of the bot is configured; get one from @BotFather and write it under [telegram].")

    async def ask() -> str:
        bot = TelegramBot(telegram.token, telegram.base_url, telegram.file_url)
        await bot.open()
        try:
            return str((await bot.get_me()).username)
        finally:
            await bot.close_connections()

    try:
        return asyncio.run(ask())
    except InvalidToken:
        raise Problem("Telegram does not accept this token; copy it again from @BotFather.") from None
    except TelegramError as problem:
        raise Problem(f"Telegram cannot be asked: {problem.message}.") from None


def say(text: str) -> None:
    """Write a line to the standard output."""
    sys.stdout.write(f"{text}\n")


def say_json(value: Any) -> None:
    """Write a value as JSON to the standard output."""
    say(json.dumps(value, ensure_ascii=False, indent=2))


def say_table(rows: list[tuple[str, ...]]) -> None:
    """Write rows in columns as wide as they need; the first row is the heading."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        say("  ".join(f"{cell:<{width}}" for cell, width in zip(row, widths, strict=True)).rstrip())
