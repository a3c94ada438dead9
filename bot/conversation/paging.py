"""Long lists in pages, so that texts and keyboards stay within Telegram's limits."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from bot.screens import Button, Rows
from bot.texts import staff as texts
from bot.visit import whole

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

    def arrows(self, action: str) -> Rows:
        """The buttons to the pages beside this one; `action` is followed by the page's number."""
        row = []
        if self.number > 1:
            row.append(Button(texts.EARLIER, f"{action}:{self.number - 1}"))
        if self.number < self.of:
            row.append(Button(texts.LATER, f"{action}:{self.number + 1}"))
        return (tuple(row),) if row else ()


def turned(everything: Sequence[T], page: str, size: int) -> Page[T]:
    """Page `page` ("" is the first) of a list; see `bounded`."""
    number, of = bounded(len(everything), page, size)
    return Page(tuple(everything[(number - 1) * size : number * size]), number, of)


def bounded(count: int, page: str, size: int) -> tuple[int, int]:
    """Which page, and of how many; one that is no longer there gives the last. Raises ForgedError for no number."""
    of = max(1, -(-count // size))
    return min(max(whole(page or "1"), 1), of), of


def asked(words: str) -> str:
    """The page that follows a command or a verb; for any other words the first."""
    return words if words.isascii() and words.isdecimal() and len(words) <= _DIGITS else "1"


def pairs(buttons: Sequence[Button]) -> Rows:
    """Two buttons a row."""
    return tuple(tuple(buttons[place : place + 2]) for place in range(0, len(buttons), 2))
