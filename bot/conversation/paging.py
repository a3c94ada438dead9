"""Long lists in pages, so that texts and keyboards stay within what a message holds."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from bot.conversation.declared import ActionData
from bot.conversation.screens import Button, Rows
from bot.texts import staff as texts

T = TypeVar("T")
_DIGITS = 6


@dataclass(frozen=True, slots=True)
class Page(Generic[T]):
    """Some of many: page `number` of `of`, both from 1."""

    shown: tuple[T, ...]
    number: int
    of: int

    @property
    def words(self) -> str:
        """Which page this is; nothing where there is one alone."""
        return texts.part(self.number, self.of) if self.of > 1 else ""

    def arrows(self, page: Callable[[int], ActionData]) -> Rows:
        """The buttons to the pages beside this one; `page` gives the action that shows one, by its number."""
        row = []
        if self.number > 1:
            row.append(Button(texts.EARLIER, page(self.number - 1)))
        if self.number < self.of:
            row.append(Button(texts.LATER, page(self.number + 1)))
        return (tuple(row),) if row else ()


def turned(everything: Sequence[T], page: int, size: int) -> Page[T]:
    """Page `page` of a list; see `bounded`."""
    number, of = bounded(len(everything), page, size)
    return Page(tuple(everything[(number - 1) * size : number * size]), number, of)


def bounded(count: int, page: int, size: int) -> tuple[int, int]:
    """Which page, and of how many; one that is no longer there gives the last."""
    of = max(1, -(-count // size))
    return min(max(page, 1), of), of


def asked(words: str) -> str:
    """The page that follows a command or a verb; for any other words the first."""
    return words if words.isascii() and words.isdecimal() and len(words) <= _DIGITS else "1"


def of_command(words: str) -> int:
    """The page that follows a command; for any other words the first."""
    return int(asked(words))


def pairs(buttons: Sequence[Button]) -> Rows:
    """Two buttons a row."""
    return tuple(tuple(buttons[place : place + 2]) for place in range(0, len(buttons), 2))
