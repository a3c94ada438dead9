"""A house on a migrated SQLite file with the stand-in as its Telegram and no programmes; an operator in a folder."""

import json
import shutil

import pytest

from bot.cli import main
from bot.runtime.exit_codes import ExitCode
from bot.runtime.services import Services, open_services_now
from bot.runtime.settings import Settings
from bot.runtime.settings_file import read_settings
from bot.telegram.transport import TelegramBot
from storage.engine.database import Database
from storage.secrets.keys import create_key_file, load_keys

CONFIG = """
[telegram]
token = "123456789:AAabcdefghijklmnopqrstuvwxyz0123456"
username = "knjiznica_bot"
"""
AUTUMN = ("--start", "2026-10-01", "--end", "2026-12-15")
SLUG = "brezice-racunalnik"


@pytest.fixture
def settings(simulator, sqlite_url):
    telegram = {"token": simulator.token, "base_url": simulator.base_url}
    return Settings.model_validate(
        {"telegram": telegram, "database": {"url": sqlite_url}, "health": {"enabled": False}}
    )


@pytest.fixture
async def services(settings, tmp_path):
    create_key_file(tmp_path / "povezujejo.key")
    database = Database.open(settings.database.url)
    keys = load_keys(tmp_path / "povezujejo.key")
    yield Services(settings, database, {}, keys, settings.schedule.policy(), settings.telegram.link)
    await database.close()


@pytest.fixture
async def telegram_bot(settings):
    """The bot's side of the line to the stand-in."""
    bot = TelegramBot(settings.telegram.token, settings.telegram.base_url, settings.telegram.file_url)
    await bot.open()
    yield bot
    await bot.close_connections()


class _AnyProblem:
    """Equals every status but that of what is done and that of wrong usage."""

    def __eq__(self, status):
        return status in set(ExitCode) - {ExitCode.DONE, ExitCode.USAGE}

    __hash__ = None


ANY_PROBLEM = _AnyProblem()


class Operator:
    """Somebody who types commands in a folder."""

    def __init__(self, capsysbinary):
        self._capture = capsysbinary

    def types(self, *arguments, status=0):
        """The standard output of a command that ends with this status."""
        self._capture.readouterr()
        self.status = main([*map(str, arguments)])
        assert self.status == status
        written = self._capture.readouterr()
        self.told = written.err.decode()
        return written.out.decode()

    def gets(self, *arguments):
        """What the command answers as JSON."""
        return json.loads(self.types(*arguments))

    def is_told(self, *arguments):
        """The problem, of whatever kind, that a command says; nothing else is written."""
        assert self.types(*arguments, status=ANY_PROBLEM) == ""
        assert self.told.count("\n") == 1
        return self.told.strip()

    @property
    def services(self):
        return open_services_now(read_settings(self.folder / "config.toml", {}))


@pytest.fixture
def operator(tmp_path, monkeypatch, capsysbinary):
    """An operator in a folder with a configuration and keys."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("POVEZUJEJO_CONFIG", raising=False)
    (tmp_path / "config.toml").write_text(CONFIG)
    create_key_file(tmp_path / "povezujejo.key")
    operator = Operator(capsysbinary)
    operator.folder = tmp_path
    return operator


@pytest.fixture
def prepared(operator, migrated_file):
    """An operator whose database has its tables."""
    copy = operator.folder / "povezujejo.db"
    shutil.copy(migrated_file, copy)
    copy.chmod(0o600)
    return operator


@pytest.fixture
def group(prepared, operator):
    """The number of a group in Brežice."""
    return operator.gets("cohort", "add", SLUG, *AUTUMN, "--name", "Jesen", "--json")["cohort"]
