"""Of everything that is held about a person: by which way they are reached, in words. Knows no place of a group."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from bot.conversation.request import Request
from bot.participant.printable_page import Part, told
from surveys.languages import NAMES

Record = Mapping[str, Any]
FACTS = ("channel", "digits_chosen_at", "messages_beside_cards")
"""The keys of the record that are a single line; `browsers` and `email` are sections."""


def fact(request: Request, key: str, said: Any) -> str:
    """The value of a single line; nothing where nothing is held."""
    words = request.words.own_data
    if key == "channel":
        return words.CHANNELS.get(said, said or "")
    return on(request, said) if key == "digits_chosen_at" else str(said or "")


def browsers(request: Request, record: Record) -> list[Part]:
    """Each browser that is signed in."""
    words = request.words.own_data
    return [
        _part(
            (words.SIGNED_IN, on(request, one["signed_in_at"])),
            (words.DEVICE, words.OWN_DEVICE if one["own_device"] else words.ANOTHER_DEVICE),
            (words.FORGOTTEN, on(request, one["forgotten_at"])),
        )
        for one in record["browsers"]
    ]


def email(request: Request, record: Record) -> list[Part]:
    """The address, and the text that was read before it was given."""
    words = request.words.own_data
    return [
        _part(
            (words.ADDRESS, one["address"]),
            (words.GIVEN, on(request, one["asked_at"])),
            (words.CONFIRMED, on(request, one["confirmed_at"])),
            (words.REFUSED, on(request, one["refused_at"])),
            (words.TEXT_VERSION, one["text_version"]),
            (words.TEXT_LANGUAGE, NAMES.get(one["language"], one["language"])),
            (words.TEXT_HASH, one["text_hash"]),
        )
        for one in record["email"]
    ]


def on(request: Request, moment: str | None) -> str:
    """A stored moment as people write it; nothing for none."""
    if moment is None:
        return ""
    return request.words.own_data.on(datetime.fromisoformat(moment), request.services.policy.zone)


def _part(*pairs: tuple[str, str]) -> Part:
    return Part(told(pairs))
