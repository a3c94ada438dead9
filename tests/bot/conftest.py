"""A house on a migrated SQLite file, with the stand-in as its Telegram and no programmes."""

import pytest

from bot.config import Settings
from bot.house import House
from bot.transport import TelegramBot
from storage.database import Database
from storage.keys import create_key_file, load_keys


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
