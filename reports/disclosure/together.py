"""Blocks that are only shown together, in one of several ways: all anew, or all repeated from one earlier report."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection

from reports.disclosure.publishing import releases
from reports.disclosure.suppression import NOTHING, Block, Release, editions_of
from storage.analysis import published


@dataclass(frozen=True, slots=True)
class Way:
    """What would be shown, and groups of people who must not have changed by a few since they were remembered."""

    shown: tuple[Block, ...]
    guards: tuple[Block, ...] = ()


def together(connection: Connection, ways: Sequence[Way], period: str, k: int) -> Mapping[str, Release]:
    """The editions, guards included, of the first way that may be shown anew; else of the first that may be repeated.

    Empty where there is none.
    """
    for way in ways:
        found = releases(connection, [*way.shown, *way.guards], period, k)
        if way.shown and all(release and release.fresh for release in found.values()):
            return found
    return repeated(connection, ways, period)


def repeated(connection: Connection, ways: Sequence[Way], period: str) -> Mapping[str, Release]:
    """The last editions of the first way that has some, all of one report; empty where there is none."""
    for way in ways:
        last = {block.name: _last(connection, block, period) for block in way.shown}
        if last and all(last.values()) and len({release.period for release in last.values()}) == 1:
            return last
    return {}


def _last(connection: Connection, block: Block, period: str) -> Release:
    earlier = editions_of(block, published.read(connection, block.figures))
    last = next((one for one in reversed(earlier) if one.period <= period), NOTHING)
    return last if block.numbers.keys() <= last.numbers.keys() else NOTHING
