"""Moments by chat, of which only those to come are worth remembering. Reads no clock."""

from __future__ import annotations

from collections.abc import Hashable

_FEW = 250  # so many are remembered before it is looked whose have passed
_MOST = 10_000


class Moments:
    """Until when something holds for whom. Who is active takes memory, not who once was; at most so many do."""

    def __init__(self) -> None:
        self._moments: dict[Hashable, float] = {}
        self._room = _FEW

    def __len__(self) -> int:
        return len(self._moments)

    def get(self, chat: Hashable) -> float | None:
        """The moment; None where it was forgotten or never was."""
        return self._moments.get(chat)

    def later(self, chat: Hashable, now: float) -> float:
        """The moment, or now where it has passed."""
        return max(self._moments.get(chat, now), now)

    def put(self, chat: Hashable, moment: float, now: float) -> None:
        """Remember; where there are too many whose moment is to come, all begin anew."""
        self._moments[chat] = moment
        if len(self._moments) > self._room:
            left = {one: until for one, until in self._moments.items() if until > now}
            self._moments = left if len(left) < _MOST else {}
            self._room = max(_FEW, 2 * len(self._moments))  # looking costs little for each that is put

    def forget(self, chat: Hashable) -> None:
        """It is no longer so, or never was."""
        self._moments.pop(chat, None)
