"""What most commands begin with: the settings, the services, the bot's name. And how answers are written."""

from __future__ import annotations

import asyncio
import json
import os
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

from bot.cli.options import Configured
from bot.cli.problem import CommandProblem
from bot.runtime.exit_codes import ExitCode
from bot.runtime.services import Services, open_services_now
from bot.runtime.settings import Settings
from bot.runtime.settings_file import PREFIX, read_settings
from surveys.model import Programme

OPERATOR = "operator"  # how the audit names whoever works on the command line
_USUAL = Path("config.toml")


def config_file(given: Configured) -> Path | None:
    """The file that was asked for, by --config or POVEZUJEJO_CONFIG; else ./config.toml where there is one."""
    asked = given.config or os.environ.get(f"{PREFIX}CONFIG")
    if asked:
        return Path(asked)
    return _USUAL if _USUAL.exists() else None


def settings_of(given: Configured) -> Settings:
    """The settings; raises Problem where nothing is configured, ConfigurationError with all that is wrong."""
    file = config_file(given)
    if file is None and not any(name.startswith(PREFIX) and "__" in name for name in os.environ):
        raise CommandProblem(
            f"There is no {_USUAL} here: write one with »povezujejo init«, or name one with --config.",
            ExitCode.CONFIGURATION,
        )
    return read_settings(file, os.environ)


def services_of(given: Configured) -> Services:
    """The services for a command that runs without an event loop."""
    return open_services_now(settings_of(given))


def programme_of(services: Services, slug: str) -> Programme:
    """The programme with this slug."""
    programme = services.programmes.get(slug)
    if programme is None:
        raise CommandProblem(f"There is no programme {slug}; there are: {', '.join(sorted(services.programmes))}.")
    return programme


def library_of(services: Services, wanted: str | None) -> str:
    """The code of a library, which may be given by its name or one of its programmes, too."""
    for one in services.programmes.values():
        if wanted is not None and wanted.casefold() in {one.code.casefold(), one.library.casefold(), one.slug}:
            return one.code
    known = {one.code: one.library for one in services.programmes.values()}
    listed = ", ".join(f"{code} ({name})" for code, name in sorted(known.items()))
    begun = "Say which library with --library" if wanted is None else f"There is no library {wanted}"
    raise CommandProblem(f"{begun}; there are: {listed}.")


def with_links(services: Services) -> Services:
    """The same, with links that people open: our page, or the bot, whose name is configured or asked of Telegram."""
    telegram, pages = services.settings.telegram, services.settings.web
    if pages.public_url:
        return replace(services, link=pages.link)
    if telegram.username:
        return services
    username = ask_username(services.settings)
    return replace(services, link=telegram.model_copy(update={"username": username}).link)


def ask_username(settings: Settings) -> str:
    """The bot's name, as Telegram says; raises Problem where it cannot be had."""
    from bot.telegram.introduction import NoName, ask  # noqa: PLC0415 - only these commands need Telegram

    if not settings.telegram.token:
        raise CommandProblem(
            "No token of the bot is configured; get one from @BotFather and write it under [telegram].",
            ExitCode.CONFIGURATION,
        )
    try:
        return asyncio.run(ask(settings.telegram))
    except NoName as problem:
        raise CommandProblem(str(problem)) from None


def say(text: str) -> None:
    """Write a line to the standard output."""
    sys.stdout.write(f"{text}\n")


def say_at_once(text: str) -> None:
    """The same for what tells how far a long work is: whoever waits sees it now."""
    say(text)
    sys.stdout.flush()


def say_json(value: Any) -> None:
    """Write a value as JSON to the standard output."""
    say(json.dumps(value, ensure_ascii=False, indent=2))


def say_table(rows: list[tuple[str, ...]]) -> None:
    """Write rows in columns as wide as they need; the first row is the heading."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        say("  ".join(f"{cell:<{width}}" for cell, width in zip(row, widths, strict=True)).rstrip())
