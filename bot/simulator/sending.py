"""What the bot sends into a chat: messages, media, and the sign that it is typing."""

from __future__ import annotations

from typing import Any

from bot.simulator import groups
from bot.simulator.keyboards import reply_markup
from bot.simulator.media import given_file, main_file
from bot.simulator.refusals import REPLY_NOT_FOUND, bad_request
from bot.simulator.state import Account, StoredMessage, World
from bot.simulator.texts import caption, message_text, piece
from bot.simulator.wire import MethodCall

ACTIONS = {
    "cancel",
    "typing",
    "record_video",
    "upload_video",
    "record_audio",
    "record_voice",
    "upload_audio",
    "upload_voice",
    "upload_photo",
    "upload_document",
    "choose_sticker",
    "pick_up_location",
    "find_location",
    "record_video_note",
    "upload_video_note",
}
TYPING_SECONDS = 5


def send_message(world: World, call: MethodCall) -> dict[str, Any]:
    """Play sendMessage."""
    text, entities = message_text(call)
    markup = reply_markup(call)
    group = groups.named(world, call)
    if group is not None:
        return groups.hear(world, group, text)
    account = world.chat_for(call.text("chat_id"))
    return _send(world, call, account, markup, text=text, entities=entities, flags=link_preview(call, text, entities))


def send_media(world: World, call: MethodCall) -> dict[str, Any]:
    """Play sendPhoto, sendDocument, sendVoice and their like: the kind is in the method's name."""
    kind = call.method.removeprefix("send").lower()
    words, entities = caption(call.text("caption"), call.text("parse_mode"), call.structure("caption_entities"))
    markup = reply_markup(call)
    account = world.chat_for(call.text("chat_id"))
    media = given_file(world, call, kind, call.text(kind), kind)
    return _send(
        world,
        call,
        account,
        markup,
        caption=words,
        entities=entities,
        media=media,
        file_id=main_file(media),
        flags=media_flags(call),
    )


def _send(
    world: World, call: MethodCall, account: Account, markup: dict[str, Any] | None, **content: Any
) -> dict[str, Any]:
    replied = replied_to(world, call, account)
    message: StoredMessage = world.add(
        account.id,
        by_bot=True,
        reply_markup=markup,
        had_reply_keyboard=markup is not None and "inline_keyboard" not in markup,
        reply_to=replied,
        protect_content=call.flag("protect_content"),
        **content,
    )
    world.typing.pop(account.id, None)
    world.happened(account.id, "sent")
    return world.message_object(message)


def replied_to(world: World, call: MethodCall, account: Account) -> int | None:
    """The message that is answered, if it is there."""
    wanted = call.structure("reply_parameters", "reply parameters")
    if not wanted:
        return None
    if not isinstance(wanted, dict):
        raise bad_request("object expected as reply parameters")
    found = world.message(account.id, int(wanted.get("message_id", 0)))
    if found is None and not wanted.get("allow_sending_without_reply"):
        raise bad_request(REPLY_NOT_FOUND)
    return None if found is None else found.id


def link_preview(call: MethodCall, text: str, entities: list[dict[str, Any]]) -> dict[str, Any]:
    """The options of the link preview; the first link of the text is its address unless the bot names one."""
    options = call.structure("link_preview_options", "link preview options") or {}
    if not isinstance(options, dict):
        raise bad_request("object expected as link preview options")
    link = next((entity for entity in entities if entity["type"] in {"url", "text_link"}), None)
    if link is not None and not options.get("is_disabled"):
        options = {"url": link.get("url") or piece(text, link)} | options
    return {"link_preview_options": options} if options else {}


def media_flags(call: MethodCall) -> dict[str, Any]:
    """What else a message with media says about itself."""
    names = {"show_caption_above_media": "show_caption_above_media", "has_spoiler": "has_media_spoiler"}
    return {shown: True for name, shown in names.items() if call.flag(name)}


def send_chat_action(world: World, call: MethodCall) -> bool:
    """Play sendChatAction: shown for five seconds or until a message comes."""
    action = call.text("action")
    if action not in ACTIONS:
        raise bad_request("wrong parameter action in request")
    account = world.chat_for(call.text("chat_id"))
    world.typing[account.id] = (action, world.now() + TYPING_SECONDS)
    world.happened(account.id, "typing")
    return True
