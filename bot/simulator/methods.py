"""The methods that the stand-in plays, each with the parameters that Telegram knows for it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

from bot.simulator import editing, groups, profile, queries, receiving, sending
from bot.simulator.state import World
from bot.simulator.wire import MethodCall


class Method(NamedTuple):
    """A method that answers at once."""

    act: Callable[[World, MethodCall], Any]
    parameters: frozenset[str]


TARGET = "business_connection_id chat_id message_thread_id direct_messages_topic_id"
OPTIONS = (
    "disable_notification protect_content allow_paid_broadcast message_effect_id suggested_post_parameters "
    "reply_parameters reply_markup"
)
CAPTION = "caption parse_mode caption_entities"
SHOWN = "show_caption_above_media has_spoiler"
EDITED = "business_connection_id chat_id message_id inline_message_id reply_markup"
RECORDED = "duration thumbnail"


def _known(*parts: str) -> frozenset[str]:
    return frozenset(" ".join(parts).split())


WAITING = {
    "getUpdates": _known("offset limit timeout allowed_updates"),
    "setWebhook": _known(
        "url certificate ip_address max_connections allowed_updates drop_pending_updates secret_token"
    ),
    "deleteWebhook": _known("drop_pending_updates"),
    "getWebhookInfo": _known(),
}

METHODS = {
    "getMe": Method(profile.get_me, _known()),
    "getFile": Method(receiving.get_file, _known("file_id")),
    "sendMessage": Method(
        sending.send_message, _known(TARGET, OPTIONS, "text parse_mode entities link_preview_options")
    ),
    "sendPhoto": Method(sending.send_media, _known(TARGET, OPTIONS, CAPTION, SHOWN, "photo")),
    "sendDocument": Method(
        sending.send_media, _known(TARGET, OPTIONS, CAPTION, "document thumbnail disable_content_type_detection")
    ),
    "sendVoice": Method(sending.send_media, _known(TARGET, OPTIONS, CAPTION, "voice duration")),
    "sendAudio": Method(sending.send_media, _known(TARGET, OPTIONS, CAPTION, RECORDED, "audio performer title")),
    "sendVideo": Method(
        sending.send_media,
        _known(
            TARGET, OPTIONS, CAPTION, SHOWN, RECORDED, "video width height cover start_timestamp supports_streaming"
        ),
    ),
    "sendAnimation": Method(
        sending.send_media, _known(TARGET, OPTIONS, CAPTION, SHOWN, RECORDED, "animation width height")
    ),
    "sendChatAction": Method(
        sending.send_chat_action, _known("business_connection_id chat_id message_thread_id action")
    ),
    "answerCallbackQuery": Method(
        queries.answer_callback_query, _known("callback_query_id text show_alert url cache_time")
    ),
    "editMessageText": Method(
        editing.edit_text, _known(EDITED, "text parse_mode entities link_preview_options rich_message")
    ),
    "editMessageCaption": Method(editing.edit_caption, _known(EDITED, CAPTION, "show_caption_above_media")),
    "editMessageMedia": Method(editing.edit_media, _known(EDITED, "media")),
    "editMessageReplyMarkup": Method(editing.edit_reply_markup, _known(EDITED)),
    "deleteMessage": Method(editing.delete_message, _known("chat_id message_id")),
    "deleteMessages": Method(editing.delete_messages, _known("chat_id message_ids")),
    "leaveChat": Method(groups.leave_chat, _known("chat_id")),
    "setMyCommands": Method(profile.set_my_commands, _known("commands scope language_code")),
    "getMyCommands": Method(profile.get_my_commands, _known("scope language_code")),
    "deleteMyCommands": Method(profile.delete_my_commands, _known("scope language_code")),
    "setMyName": Method(profile.set_my_name, _known("name language_code")),
    "getMyName": Method(profile.get_my_name, _known("language_code")),
    "setMyDescription": Method(profile.set_my_description, _known("description language_code")),
    "getMyDescription": Method(profile.get_my_description, _known("language_code")),
    "setMyShortDescription": Method(profile.set_my_short_description, _known("short_description language_code")),
    "getMyShortDescription": Method(profile.get_my_short_description, _known("language_code")),
    "setChatMenuButton": Method(profile.set_chat_menu_button, _known("chat_id menu_button")),
    "getChatMenuButton": Method(profile.get_chat_menu_button, _known("chat_id")),
}

CANONICAL = {name.lower(): name for name in [*METHODS, *WAITING]}


def parameters(method: str) -> frozenset[str]:
    """The parameters of a method that is played."""
    return METHODS[method].parameters if method in METHODS else WAITING[method]
