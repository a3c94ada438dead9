"""HTML of the Bot API read into plain text and entities, with Telegram's words for what does not balance.

Works on UTF-8 bytes, because the errors name byte offsets; entities count UTF-16 units, as Telegram's do.
"""

from __future__ import annotations

import html
import re
from dataclasses import dataclass, field
from typing import Any

from bot.simulator.refusals import Refusal, bad_request

NAMES = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "u": "underline",
    "ins": "underline",
    "span": "spoiler",
    "tg-spoiler": "spoiler",
    "code": "code",
    "pre": "pre",
    "blockquote": "blockquote",
    "a": "text_link",
    "tg-emoji": "custom_emoji",
}
TAG = re.compile(rb"""<(/?)([^\s>]*)((?:[^>"']|"[^"]*"|'[^']*')*)(>?)""")
ATTRIBUTE = re.compile(r"""\s*([^\s=>/"']+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([A-Za-z0-9.\-]*)))?""")
CHARACTER = re.compile(rb"&(?:#x[0-9a-fA-F]+|#[0-9]+|lt|gt|amp|quot);")
LINK = re.compile(r"(?:https?://|tg://|ftp://)?[^\s/@]+\.[^\s]+|tg://[^\s]+", re.IGNORECASE)


def utf16(text: str) -> int:
    """Length in UTF-16 units."""
    return len(text.encode("utf-16-le")) // 2


def unparsable(words: str) -> Refusal:
    """400 with Telegram's preamble for broken markup."""
    return bad_request(f"can't parse entities: {words}")


@dataclass
class _Open:
    """A tag that waits for its end."""

    tag: str
    attributes: dict[str, str]
    offset: int
    starts_at: int


@dataclass
class _Reading:
    """Text so far, its length, its entities, and the tags that are open."""

    text: str = ""
    length: int = 0
    entities: list[dict[str, Any]] = field(default_factory=list)
    open_tags: list[_Open] = field(default_factory=list)

    def take(self, raw: bytes) -> None:
        piece = CHARACTER.sub(lambda found: html.unescape(found.group().decode()).encode(), raw).decode()
        self.text += piece
        self.length += utf16(piece)

    def open(self, found: re.Match[bytes]) -> None:
        at, tag = found.start(), found.group(2).decode().lower()
        if not found.group(4) and not found.group(3):
            raise unparsable(f"Unclosed start tag at byte offset {at}")
        if tag not in NAMES:
            raise unparsable(f'Unsupported start tag "{tag}" at byte offset {at}')
        if not found.group(4):
            raise unparsable(f'Unclosed start tag "{tag}" at byte offset {at}')
        attributes = _attributes(found.group(3).decode(), tag, at)
        if tag == "span" and attributes.get("class") != "tg-spoiler":
            raise unparsable(f'Tag "span" must have class "tg-spoiler" at byte offset {at}')
        self.open_tags.append(_Open(tag, attributes, self.length, len(self.text)))

    def close(self, found: re.Match[bytes]) -> None:
        at, tag = found.start(), found.group(2).decode().lower()
        if not self.open_tags:
            raise unparsable(f"Unexpected end tag at byte offset {at}")
        if not found.group(4) or found.group(3).strip():
            raise unparsable(f"Unclosed end tag at byte offset {at}")
        begun = self.open_tags.pop()
        if tag not in {"", begun.tag}:
            words = f'Unmatched end tag at byte offset {at}, expected "</{begun.tag}>", found "</{tag}>"'
            raise unparsable(words)
        if self.length > begun.offset:
            self._keep(begun)

    def _keep(self, begun: _Open) -> None:
        entity: dict[str, Any] = {
            "offset": begun.offset,
            "length": self.length - begun.offset,
            "type": NAMES[begun.tag],
        }
        if begun.tag == "a":
            url = begun.attributes.get("href") or self.text[begun.starts_at :]
            if not LINK.fullmatch(url):
                return
            entity["url"] = url if "://" in url else f"http://{url}/"
        elif begun.tag == "tg-emoji":
            entity["custom_emoji_id"] = begun.attributes.get("emoji-id", "")
        elif begun.tag == "blockquote" and "expandable" in begun.attributes:
            entity["type"] = "expandable_blockquote"
        elif begun.tag == "pre" and self._is_code_inside(entity):
            entity |= {"language": self.entities.pop()["language"]}
        elif begun.tag == "code" and begun.attributes.get("class", "").startswith("language-"):
            entity["language"] = begun.attributes["class"].removeprefix("language-")
        self.entities.append(entity)

    def _is_code_inside(self, entity: dict[str, Any]) -> bool:
        last = self.entities[-1] if self.entities else {}
        same_place = all(last.get(key) == entity[key] for key in ("offset", "length"))
        return same_place and last.get("type") == "code" and "language" in last


def _attributes(source: str, tag: str, at: int) -> dict[str, str]:
    attributes: dict[str, str] = {}
    position = 0
    while source[position:].strip():
        found = ATTRIBUTE.match(source, position)
        if found is None:
            raise unparsable(f'Empty attribute name in the tag "{tag}" at byte offset {at}')
        value = next((group for group in found.groups()[1:] if group is not None), "")
        attributes[found.group(1)] = html.unescape(value)
        position = found.end()
    return attributes


def read_html(source: str) -> tuple[str, list[dict[str, Any]]]:
    """Plain text and entities, or 400 as Telegram words it."""
    raw, reading, position = source.encode(), _Reading(), 0
    for found in TAG.finditer(raw):
        reading.take(raw[position : found.start()])
        (reading.close if found.group(1) else reading.open)(found)
        position = found.end()
    reading.take(raw[position:])
    if reading.open_tags:
        tag = reading.open_tags[-1].tag
        raise unparsable(f'Can\'t find end tag corresponding to start tag "{tag}"')
    for entity in reading.entities:
        if entity["type"] == "code":
            entity.pop("language", None)
    return reading.text, sorted(reading.entities, key=lambda entity: (entity["offset"], -entity["length"]))
