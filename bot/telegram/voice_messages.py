"""Sends a recording: by Telegram's name for it, or anew where that name is refused, and then under the new one."""

from __future__ import annotations

from functools import partial
from typing import Any

from telegram import InputFile
from telegram.error import BadRequest

from bot.conversation.screens import Voice
from bot.runtime.services import Services
from bot.telegram.messages import Message
from bot.telegram.transport import TelegramBot
from storage import attachments

_NAME = "posnetek.ogg"


async def post(bot: TelegramBot, services: Services, number: int, message: Message, voice: Voice) -> int:
    """The id of the message. Raises what Telegram answers, and BadRequest where there is nothing to send."""
    try:
        sent = await bot.call(
            "sendVoice",
            chat_id=number,
            voice=voice.file,
            caption=message.text or None,
            protect_content=message.protect or None,
        )
        return int(sent["message_id"])
    except BadRequest as error:
        if "file" not in error.message.lower():
            raise
    return await _upload(bot, services, number, message, voice)


async def _upload(bot: TelegramBot, services: Services, number: int, message: Message, voice: Voice) -> int:
    of_file: dict[str, Any] = {"keys": services.keys, "attachment_id": voice.attachment}
    data = await services.database.read(partial(attachments.content, **of_file))
    if data is None:
        raise BadRequest("there is no file any more")
    posted = await bot.send_voice(
        number,
        InputFile(data, _NAME),
        duration=voice.seconds,
        caption=message.text or None,
        protect_content=message.protect,
    )
    if posted.voice is not None:
        await services.database.write(partial(attachments.rename, **of_file, file=posted.voice.file_id))
    return posted.message_id
