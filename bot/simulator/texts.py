"""Text as Telegram takes it: formatted, trimmed, measured, with the entities that it finds by itself."""

from __future__ import annotations

import re
from typing import Any

from bot.simulator.markup import read_html, unparsable, utf16
from bot.simulator.refusals import (
    CAPTION_TOO_LONG,
    TEXT_BLANK,
    TEXT_EMPTY,
    TEXT_TOO_LONG,
    bad_request,
)
from bot.simulator.wire import MethodCall

TEXT_LIMIT = 4096
CAPTION_LIMIT = 1024
SOURCE_BYTES = 1 << 15
FOUND_BY_ITSELF = {
    "bot_command": re.compile(r"(?<![\w/@])/[A-Za-z0-9_]{1,64}(?:@\w{3,32})?(?![\w/])"),
    "url": re.compile(
        r"(?:https?://|www\.)[^\s<>\"»«]*[^\s<>\"»«.,;:!?)]|(?<![\w@.])(?:t\.me|telegram\.me)/\w[\w/?=+-]*"
    ),
    "email": re.compile(r"(?<![\w.+-])[\w.+-]+@[\w-]+(?:\.[\w-]+)+"),
    "mention": re.compile(r"(?<![\w@])@[A-Za-z]\w{3,31}"),
    "hashtag": re.compile(r"(?<![\w#&])#\w*[^\W\d]\w*"),
}
FORMATTING = {
    "bold",
    "italic",
    "underline",
    "strikethrough",
    "spoiler",
    "code",
    "pre",
    "blockquote",
    "expandable_blockquote",
    "text_link",
    "text_mention",
    "custom_emoji",
    "date_time",
}

Formatted = tuple[str, list[dict[str, Any]]]


def message_text(call: MethodCall) -> Formatted:
    """The text of sendMessage and editMessageText: 1 to 4096 characters after entities."""
    source = call.text("text")
    if not source:
        raise bad_request(TEXT_EMPTY)
    text, entities = formatted(source, call.text("parse_mode"), call.structure("entities"))
    if not text:
        raise bad_request(TEXT_BLANK)
    if utf16(text) > TEXT_LIMIT:
        raise bad_request(TEXT_TOO_LONG)
    return text, entities


def caption(source: str, parse_mode: str, entities: Any) -> Formatted:
    """A caption: up to 1024 characters after entities, or nothing."""
    text, found = formatted(source, parse_mode, entities)
    if utf16(text) > CAPTION_LIMIT:
        raise bad_request(CAPTION_TOO_LONG)
    return text, found


def formatted(source: str, parse_mode: str, given: Any) -> Formatted:
    """Plain text without white space around it, and all entities in order."""
    if len(source.encode()) > SOURCE_BYTES:
        raise bad_request("text is too long")
    if source and parse_mode and parse_mode.lower() != "none":
        if parse_mode.lower() != "html":
            raise bad_request("unsupported parse_mode")
        text, entities = read_html(source)
    else:
        text, entities = source, _given(given)
    text, entities = _trimmed(text, entities)
    return text, in_order(entities + found_by_itself(text, entities))


def _given(given: Any) -> list[dict[str, Any]]:
    entities = []
    for entity in given or []:
        if not isinstance(entity, dict) or not {"offset", "length", "type"} <= entity.keys():
            raise bad_request("can't parse MessageEntity: expected an Object")
        if entity["type"] in FORMATTING:
            entities.append(dict(entity))
        elif entity["type"] not in FOUND_BY_ITSELF and entity["type"] not in {"cashtag", "phone_number"}:
            raise bad_request("can't parse MessageEntity: Unsupported type specified")
    return entities


def _trimmed(text: str, entities: list[dict[str, Any]]) -> Formatted:
    text = text.replace("\r", "")
    stripped = text.strip(" \t\n\u200b")
    shift = utf16(text[: text.index(stripped)]) if stripped else 0
    length, kept = utf16(stripped), []
    for entity in entities:
        begin = max(entity["offset"] - shift, 0)
        end = min(entity["offset"] - shift + entity["length"], length)
        if entity["offset"] > utf16(text):
            raise unparsable("entity beginning is out of the text")
        if end > begin:
            kept.append(entity | {"offset": begin, "length": end - begin})
    return stripped, kept


def found_by_itself(text: str, entities: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Commands, links, addresses, mentions and hashtags, outside of code and given links."""
    taken = [
        (entity["offset"], entity["offset"] + entity["length"])
        for entity in entities
        if entity["type"] in {"code", "pre", "text_link", "text_mention"}
    ]
    found = []
    for kind, pattern in FOUND_BY_ITSELF.items():
        for match in pattern.finditer(text):
            begin = utf16(text[: match.start()])
            end = begin + utf16(match.group())
            if all(end <= left or begin >= right for left, right in taken):
                taken.append((begin, end))
                found.append({"offset": begin, "length": end - begin, "type": kind})
    return found


def in_order(entities: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """By place; the longer one first."""
    return sorted(entities, key=lambda entity: (entity["offset"], -entity["length"]))


def piece(text: str, entity: dict[str, Any]) -> str:
    """The part of a text that an entity covers."""
    units = text.encode("utf-16-le")[2 * entity["offset"] : 2 * (entity["offset"] + entity["length"])]
    return units.decode("utf-16-le")
