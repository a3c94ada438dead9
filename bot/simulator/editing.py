"""What the bot changes about a message that it has sent: text, caption, media, keyboard, or that it is there."""

from __future__ import annotations

from typing import Any

from bot.simulator.keyboards import reply_markup
from bot.simulator.media import KINDS, given_file, main_file
from bot.simulator.refusals import (
    DELETE_FORBIDDEN,
    DELETE_NOT_FOUND,
    EDIT_FORBIDDEN,
    EDIT_NOT_FOUND,
    NO_CAPTION_TO_EDIT,
    NO_TEXT_TO_EDIT,
    NOT_MODIFIED,
    bad_request,
)
from bot.simulator.sending import link_preview, media_flags
from bot.simulator.state import StoredMessage, World
from bot.simulator.texts import caption, message_text
from bot.simulator.wire import MethodCall

DELETABLE_SECONDS = 48 * 3600
MANY = 100


def edit_text(world: World, call: MethodCall) -> dict[str, Any]:
    """Play editMessageText."""
    text, entities = message_text(call)
    markup = reply_markup(call, only_inline=True)
    message = _editable(world, call)
    if message.text is None:
        raise bad_request(NO_TEXT_TO_EDIT)
    flags = link_preview(call, text, entities)
    return _change(world, message, text=text, entities=entities, reply_markup=markup, flags=flags)


def edit_caption(world: World, call: MethodCall) -> dict[str, Any]:
    """Play editMessageCaption."""
    words, entities = caption(call.text("caption"), call.text("parse_mode"), call.structure("caption_entities"))
    markup = reply_markup(call, only_inline=True)
    message = _editable(world, call)
    if message.media is None:
        raise bad_request(NO_CAPTION_TO_EDIT)
    return _change(world, message, caption=words, entities=entities, reply_markup=markup)


def edit_media(world: World, call: MethodCall) -> dict[str, Any]:
    """Play editMessageMedia: a text message may become one with media, too."""
    markup = reply_markup(call, only_inline=True)
    wanted = call.structure("media", "input media")
    if not isinstance(wanted, dict):
        raise bad_request("can't parse InputMedia: expected an Object")
    kind = wanted.get("type")
    if kind not in KINDS or kind == "voice":
        raise bad_request(f'can\'t parse InputMedia: type "{kind}" is unsupported')
    words, entities = caption(
        str(wanted.get("caption") or ""), str(wanted.get("parse_mode") or ""), wanted.get("caption_entities")
    )
    message = _editable(world, call)
    inner = MethodCall(call.method, wanted, call.files)
    media = given_file(world, inner, kind, str(wanted.get("media") or ""), "")
    changes = {"text": None, "caption": words, "entities": entities, "media": media, "flags": media_flags(inner)}
    return _change(world, message, reply_markup=markup, file_id=main_file(media), **changes)


def edit_reply_markup(world: World, call: MethodCall) -> dict[str, Any]:
    """Play editMessageReplyMarkup: without a keyboard the old one goes."""
    markup = reply_markup(call, only_inline=True)
    return _change(world, _editable(world, call), reply_markup=markup)


def _editable(world: World, call: MethodCall) -> StoredMessage:
    if not call.text("chat_id") and call.text("inline_message_id"):
        raise bad_request("inline message ID is invalid")
    account = world.chat_for(call.text("chat_id"), writing=False)
    message = world.message(account.id, call.integer("message_id"))
    if message is None:
        raise bad_request(EDIT_NOT_FOUND)
    if not message.by_bot or message.had_reply_keyboard:
        raise bad_request(EDIT_FORBIDDEN)
    world.chat_for(call.text("chat_id"))
    return message


def _change(world: World, message: StoredMessage, **changes: Any) -> dict[str, Any]:
    before = message.content()
    previous = {name: getattr(message, name) for name in changes}
    for name, value in changes.items():
        setattr(message, name, value)
    if message.content() == before:
        for name, value in previous.items():
            setattr(message, name, value)
        raise bad_request(NOT_MODIFIED)
    message.edited_at = int(world.now())
    message.edits += 1
    world.happened(message.chat_id, "edited")
    return world.message_object(message)


def delete_message(world: World, call: MethodCall) -> bool:
    """Play deleteMessage: own messages and the person's, within 48 hours."""
    account = world.chat_for(call.text("chat_id"))
    message = world.message(account.id, call.integer("message_id"))
    if message is None:
        raise bad_request(DELETE_NOT_FOUND)
    if world.now() - message.date > DELETABLE_SECONDS:
        raise bad_request(DELETE_FORBIDDEN)
    _delete(world, message)
    return True


def delete_messages(world: World, call: MethodCall) -> bool:
    """Play deleteMessages: what is not there is passed over."""
    wanted = call.structure("message_ids", "message identifiers")
    if not isinstance(wanted, list) or not wanted:
        raise bad_request("message identifiers are not specified")
    if len(wanted) > MANY:
        raise bad_request("too many message identifiers specified")
    account = world.chat_for(call.text("chat_id"))
    for message_id in wanted:
        message = world.message(account.id, int(message_id))
        if message is not None and world.now() - message.date <= DELETABLE_SECONDS:
            _delete(world, message)
    return True


def _delete(world: World, message: StoredMessage) -> None:
    message.deleted = True
    world.happened(message.chat_id, "deleted")
