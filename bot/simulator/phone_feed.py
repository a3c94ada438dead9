"""What one open page is told: the difference between what it shows and what stands in the chats.

Knows the stand-in's world, and no HTTP.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from bot.simulator.state import StoredMessage, World

SHOWN = 150  # messages of a chat that a page holds
Event = tuple[str, dict[str, Any]]


@dataclass(eq=False)
class Feed:
    """One open page: what it has seen, and what waits to be told."""

    world: World
    seen: dict[int, dict[int, int]] = field(default_factory=dict)  # person → message → edits
    told: set[str] = field(default_factory=set)  # answered taps
    waiting: asyncio.Queue[tuple[int, str] | Event] = field(default_factory=asyncio.Queue)

    def __post_init__(self) -> None:
        self.told = {query.id for query in self.world.queries.values() if query.answered}

    def events(self, chat_id: int, what: str) -> Iterator[Event]:
        """Everything that this page does not know of a chat yet."""
        yield "chat", self._chat(chat_id, typing=what == "typing")
        for query in list(self.world.queries.values()):
            if query.user_id == chat_id and query.answered and query.id not in self.told:
                self.told.add(query.id)
                yield "answer", {"person": chat_id, "text": query.text, "alert": query.show_alert}

    def _chat(self, chat_id: int, *, typing: bool) -> dict[str, Any]:
        fresh = chat_id not in self.seen
        seen = self.seen.setdefault(chat_id, {})
        there = {one.id: one for one in self._messages(chat_id)}
        changed = [one for one in there.values() if seen.get(one.id) != one.edits]
        gone = [number for number in seen if number not in there]
        for number in gone:
            del seen[number]
        seen.update({one.id: one.edits for one in changed})
        return {
            "person": chat_id,
            "fresh": fresh,
            "typing": typing and not changed,
            "commands": commands_of(self.world, chat_id),
            "messages": [self.world.message_object(one) for one in changed],
            "gone": gone,
        }

    def _messages(self, chat_id: int) -> list[StoredMessage]:
        stored = self.world.messages.get(chat_id, {}).values()
        return [one for one in stored if not one.deleted][-SHOWN:]


def commands_of(world: World, chat_id: int) -> list[dict[str, str]]:
    """The command menu of a person: the narrowest scope that was set, in the person's language or in none."""
    language = world.accounts[chat_id].language_code or ""
    for scope in (f"chat:{chat_id}", "all_private_chats", "default"):
        for code in (language, ""):
            found = world.profile.commands.get(f"{scope}|{code}")
            if found:
                return found
    return []
