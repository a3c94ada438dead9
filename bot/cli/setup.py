"""`init`: writes the configuration and the key file, after Telegram has confirmed the token, and makes the database."""

from __future__ import annotations

import getpass
import json
import os
import sys
from pathlib import Path

from bot.cli.opening import ask_username, say
from bot.cli.options import InitOptions
from bot.cli.problem import CommandProblem
from bot.runtime.services import require_key_file
from bot.runtime.settings import TOKEN, Settings
from bot.runtime.settings_file import PREFIX, read_settings
from storage.engine.errors import StorageError
from storage.engine.migrate import upgrade
from storage.engine.new_files import new_file, told
from storage.engine.version import require_current
from storage.secrets.keys import create_key_file

_KEY_FILE = "povezujejo.key"


def init(given: InitOptions) -> None:
    """Write what is missing; an existing file is never touched. A new database comes with a new key alone."""
    file = Path(given.config or os.environ.get(f"{PREFIX}CONFIG") or "config.toml")
    configured = file.exists()
    if not configured:
        token = (given.token or _asked()).strip()
        if not token:
            raise CommandProblem("No token was given; give it with --token.")
        if not TOKEN.fullmatch(token):
            raise CommandProblem("This is no token: @BotFather gives one like 123456789:AAE….")
        telegram = {"token": token} | ({"base_url": given.base_url} if given.base_url else {})
        try:
            username = ask_username(Settings.model_validate({"telegram": telegram}))
        except CommandProblem as problem:
            raise CommandProblem(f"{problem} Nothing was written.") from None
        _write(file, _content(telegram | {"username": username}))
        say(f"@{username} answers. {file} is written.")
    settings = read_settings(file, os.environ)
    key_file = settings.keys.file
    if key_file.exists():
        require_current(settings.database.url)
        if configured:
            raise CommandProblem(f"{file}, {key_file} and the database are there already; nothing was changed.")
    else:
        require_key_file(settings)
        create_key_file(key_file)
        say(f"{key_file} is written. Keep a copy in a safe place, apart from the backups of the database.")
        found = upgrade(settings.database.url)
        say(f"A new database is made, with version {found.current}.")
    say("Next: povezujejo check, then povezujejo run")


def _asked() -> str:
    if not sys.stdin.isatty():
        return sys.stdin.readline()
    return getpass.getpass("Token of the bot (from @BotFather; it stays hidden): ")


def _content(telegram: dict[str, str]) -> str:
    lines = [f"{key} = {json.dumps(value, ensure_ascii=False)}" for key, value in telegram.items()]
    return "\n".join(
        [
            "# The configuration of povezujejo. Every key that there is stands, explained, in config.example.toml.",
            "[telegram]",
            *lines,
            "",
            "[database]",
            'url = "sqlite:///povezujejo.db"',
            "",
            "[keys]",
            f'file = "{_KEY_FILE}"',
            "",
        ]
    )


def _write(file: Path, content: str) -> None:
    """The token stands in the file, so that only its owner may read it; it is there whole or not at all."""
    try:
        with told(file):
            file.parent.mkdir(parents=True, exist_ok=True)
        with new_file(file) as unfinished:
            unfinished.write_text(content, "utf-8")
    except StorageError as problem:
        raise CommandProblem(str(problem)) from None
