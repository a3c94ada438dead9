"""Blocks that are only shown together, in one of several ways: all anew, or all repeated from one earlier report."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection

from reports.publishing import editions
from reports.suppression import NOTHING, Block, Edition, editions_of
from storage import published


@dataclass(frozen=True, slots=True)
class Way:
    """What would be shown, and groups of people who must not have changed by a few since they were remembered."""

    shown: tuple[Block, ...]
    guards: tuple[Block, ...] = ()


def together(connection: Connection, ways: Sequence[Way], period: str, k: int) -> Mapping[str, Edition]:
    """The editions, guards included, of the first way that may be shown anew; else of the first that may be repeated.

    Empty where there is none.
    """
    for way in ways:
        found = editions(connection, [*way.shown, *way.guards], period, k)
        if way.shown and all(edition and edition.fresh for edition in found.values()):
            return found
    for way in ways:
        last = {block.name: _last(connection, block, period) for block in way.shown}
        if last and all(last.values()) and len({edition.period for edition in last.values()}) == 1:
            return last
    return {}


def _last(connection: Connection, block: Block, period: str) -> Edition:
    earlier = editions_of(block, published.read(connection, block.figures))
    last = next((one for one in reversed(earlier) if one.period <= period), NOTHING)
    return last if block.numbers.keys() <= last.numbers.keys() else NOTHING
