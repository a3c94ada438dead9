"""Who the bot is: Telegram is asked for its name, once for a command, or until it answers for a bot that starts."""

from __future__ import annotations

import asyncio
import re

from telegram.error import InvalidToken, RetryAfter, TelegramError

from bot.runtime.settings import Telegram
from bot.telegram.intake.patience import Patience, until
from bot.telegram.intake.problems import WrongToken
from bot.telegram.transport import TelegramBot, wait_of

_KIND = re.compile(r" \(\w+\)$")  # of an error, which the log names and a sentence does not


class Introduction:
    """What the bot is called: as configured, until Telegram says it."""

    def __init__(self, bot: TelegramBot, settings: Telegram) -> None:
        self._bot, self._settings = bot, settings
        self.over = False

    async def made(self, stop: asyncio.Event) -> bool:
        """Whether Telegram has said the name; asked until it does, or until told to stop. Raises WrongToken."""
        if not self.over and (username := await insist(self._bot, stop)) is not None:
            self._settings = self._settings.model_copy(update={"username": username})
            self.over = True
        return self.over

    def link(self, token: str) -> str:
        """What opens a chat with the bot; "" while nobody knows its name."""
        return self._settings.link(token) if self._settings.username else ""


class NoName(Exception):  # noqa: N818 - says what is missing
    """Telegram does not say the bot's name, for a reason in one sentence."""


async def ask(settings: Telegram) -> str:
    """The bot's name; raises NoName where it cannot be had now."""
    bot = TelegramBot(settings.token, settings.base_url, settings.file_url)
    await bot.open()
    try:
        return str((await bot.get_me()).username)
    except InvalidToken:
        raise NoName("Telegram does not accept this token; copy it again from @BotFather.") from None
    except TelegramError as problem:
        reason = _KIND.sub("", problem.message)
        server = settings.base_url.removesuffix("/bot")
        raise NoName(
            f"Telegram cannot be asked: {reason}. See that this machine reaches {server}, then try again."
        ) from None
    finally:
        await bot.close_connections()


async def insist(bot: TelegramBot, stop: asyncio.Event) -> str | None:
    """The bot's name, asked until Telegram answers; None when told to stop before. Raises WrongToken."""
    patience = Patience(stop)
    while not stop.is_set():
        try:
            me = await until(stop, bot.get_me())
        except InvalidToken:
            raise WrongToken from None
        except RetryAfter as error:
            await patience.wait("Telegram asks the bot to wait", at_least=wait_of(error))
        except TelegramError as error:
            await patience.wait(f"no connection to Telegram, waiting for it: {error.message}")
        else:
            patience.over()
            return None if me is None else str(me.username)
    return None
