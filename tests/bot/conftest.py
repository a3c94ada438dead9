"""A house on a migrated SQLite file with the stand-in as its Telegram and no programmes; an operator in a folder."""

import json

import pytest

from bot.cli import main
from bot.config import Settings
from bot.config_file import read_settings
from bot.house import House, open_house_now
from bot.transport import TelegramBot
from storage.database import Database
from storage.keys import create_key_file, load_keys

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
    return Settings.model_validate({"telegram": telegram, "database": {"url": sqlite_url}})


@pytest.fixture
async def house(settings, tmp_path):
    create_key_file(tmp_path / "povezujejo.key")
    database = Database.open(settings.database.url)
    keys = load_keys(tmp_path / "povezujejo.key")
    yield House(settings, database, {}, keys, settings.schedule.rhythm(), settings.telegram.username)
    await database.close()


@pytest.fixture
async def telegram_bot(settings):
    """The bot's side of the line to the stand-in."""
    bot = TelegramBot(settings.telegram.token, settings.telegram.base_url, settings.telegram.file_url)
    await bot.open()
    yield bot
    await bot.close_connections()


class Operator:
    """Somebody who types commands in a folder."""

    def __init__(self, capsysbinary):
        self._capture = capsysbinary

    def types(self, *arguments, status=0):
        """The standard output of a command that ends with this status."""
        self._capture.readouterr()
        assert main([*map(str, arguments)]) == status
        written = self._capture.readouterr()
        self.told = written.err.decode()
        return written.out.decode()

    def gets(self, *arguments):
        """What the command answers as JSON."""
        return json.loads(self.types(*arguments))

    def is_told(self, *arguments):
        """The problem that a command says; nothing else is written."""
        assert self.types(*arguments, status=1) == ""
        assert self.told.count("\n") == 1
        return self.told.strip()

    @property
    def house(self):
        return open_house_now(read_settings(self.folder / "config.toml", {}))


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
def group(operator):
    """The number of a group in Brežice."""
    return operator.gets("cohort", "add", SLUG, *AUTUMN, "--name", "Jesen", "--json")["cohort"]
