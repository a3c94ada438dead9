"""Sends a recording: by Telegram's name for it, or anew where there is none or it is refused, then under the new one.

What Telegram cannot play as a voice message, as some browsers record, goes as a file, which it plays when opened.
"""

from __future__ import annotations

from functools import partial
from typing import Any

from telegram import InputFile
from telegram.error import BadRequest

from bot.conversation.screens import Voice
from bot.conversation.sound import M4A, MP3, WEBM, kind_of
from bot.runtime.services import Services
from bot.telegram.messages import Message
from bot.telegram.transport import TelegramBot
from storage import attachments

_NAMES = {WEBM: "posnetek.webm", M4A: "posnetek.m4a", MP3: "posnetek.mp3"}
_NAME = "posnetek.ogg"  # of all others


async def post(bot: TelegramBot, services: Services, number: int, message: Message, voice: Voice) -> int:
    """The id of the message. Raises what Telegram answers, and BadRequest where there is nothing to send."""
    if ":" in voice.file:  # another channel's name
        return await _upload(bot, services, number, message, voice)
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
    said: dict[str, Any] = {"caption": message.text or None, "protect_content": message.protect}
    kind = kind_of(data)
    file = InputFile(data, _NAMES.get(kind, _NAME))
    if kind == WEBM:
        return (await bot.send_document(number, file, **said)).message_id
    posted = await bot.send_voice(number, file, duration=voice.seconds, **said)
    if posted.voice is not None:
        await services.database.write(partial(attachments.rename, **of_file, file=posted.voice.file_id))
    return posted.message_id
