"""What a form leads to, kept for the browser that asks for it at once: taken once, within seconds. Knows no request."""

from __future__ import annotations

import asyncio
from typing import Generic, TypeVar

T = TypeVar("T")

_SECONDS = 5.0
_MOST = 1000  # browsers that are on their way from a form to its page


class NextPages(Generic[T]):
    """By the token of a browser. In this process alone: another one draws the page anew."""

    def __init__(self, seconds: float = _SECONDS, most: int = _MOST) -> None:
        self._seconds, self._most = seconds, most
        self._kept: dict[str, T] = {}

    def keep(self, token: str, page: T) -> None:
        """Keep it for a few seconds, in place of an earlier one; where too many are kept it is not."""
        if token in self._kept or len(self._kept) < self._most:
            self._kept[token] = page
            asyncio.get_running_loop().call_later(self._seconds, self._forget, token, page)

    def take(self, token: str) -> T | None:
        """What was kept for this browser, once."""
        return self._kept.pop(token, None)

    def _forget(self, token: str, page: T) -> None:
        if self._kept.get(token) is page:
            del self._kept[token]
