"""In a group or a channel the bot has nothing to do: it says so in one sentence, and leaves."""

from __future__ import annotations

import logging

from telegram.error import RetryAfter, TelegramError

from bot.runtime.failures import described
from bot.telegram.limiter import Limiter
from bot.telegram.transport import TelegramBot, wait_of
from bot.texts.common import ELSEWHERE

log = logging.getLogger(__name__)


async def leave(bot: TelegramBot, limiter: Limiter, number: int) -> None:
    """Say it and go. Whether it works is of no weight: in a channel the bot may not speak."""
    for method, more in (("sendMessage", {"text": ELSEWHERE}), ("leaveChat", {})):
        try:
            await limiter.admit(number, bulk=True)
            await bot.tell(method, chat_id=number, **more)
        except RetryAfter as error:
            limiter.refused(number, wait_of(error))
        except TelegramError as error:
            log.warning("a group was not left in order: %s", described(error))
