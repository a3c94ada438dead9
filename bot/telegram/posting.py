"""One message to Telegram, of whatever kind: words, a picture, a file, a recording. Tries once."""

from __future__ import annotations

import logging
from collections.abc import Iterable

from telegram import InlineKeyboardMarkup, InputFile
from telegram import Message as TelegramMessage
from telegram.constants import ParseMode

from bot.conversation.screens import Picture, Screen, Voice
from bot.runtime.failures import described
from bot.runtime.services import Services
from bot.telegram import messages, voice_messages
from bot.telegram.transport import TelegramBot

log = logging.getLogger(__name__)

PLAIN = {"is_disabled": True}  # no preview of what a link leads to


async def post(bot: TelegramBot, services: Services, number: int, message: messages.Message) -> int:
    """Send one message; its id."""
    if message.media is None:
        sent = await bot.call(
            "sendMessage",
            chat_id=number,
            text=message.text,
            parse_mode=ParseMode.HTML,
            reply_markup=message.keyboard,
            protect_content=message.protect or None,
            link_preview_options=PLAIN,
        )
        return int(sent["message_id"])
    if isinstance(message.media, Voice):
        return await voice_messages.post(bot, services, number, message, message.media)
    file = InputFile(message.media.data, message.media.name)
    post = bot.send_photo if isinstance(message.media, Picture) else bot.send_document
    posted: TelegramMessage = await post(
        number,
        file,
        caption=message.text or None,
        parse_mode=ParseMode.HTML,
        reply_markup=InlineKeyboardMarkup.de_json(message.keyboard, bot) if message.keyboard else None,
        protect_content=message.protect,
    )
    return posted.message_id


def sendable(screens: Iterable[Screen]) -> list[messages.Message]:
    """The messages of those screens that can be sent; one that cannot is a mistake of ours, and told."""
    found = []
    for screen in screens:
        try:
            found += messages.messages(screen)
        except messages.Unsendable as error:
            log.error("an extra cannot be sent: %s", described(error))  # noqa: TRY400 - no words of people in the log
    return found
