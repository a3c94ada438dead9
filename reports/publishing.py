"""The difference rule over successive reports: what may be shown is chosen against memory, and remembered once shown.

A report is made in a reading unit and carries what it newly publishes; `publish` stores that in a writing unit before
the report is handed to anybody.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from sqlalchemy import Connection

from reports.report import Report
from reports.suppression import NOTHING, Block, Edition, admitted, choose
from storage import published
from storage.published import Published


def editions(connection: Connection, blocks: Sequence[Block], period: str, k: int) -> dict[str, Edition]:
    """What may be shown of each block, by its name."""
    figures = {figure: block.name for block in blocks for figure in block.figures}
    earlier: dict[str, list[Published]] = {}
    for one in published.read(connection, list(figures)):
        earlier.setdefault(figures[one.figure], []).append(one)
    return {block.name: choose(block, earlier.get(block.name, []), period, k) for block in blocks}


def newly_shown(chosen: Mapping[str, Edition]) -> tuple[Published, ...]:
    """What the fresh editions publish."""
    return tuple(
        Published(f"{name}:{key}", edition.period, number.n, number.value)
        for name, edition in chosen.items()
        if edition.fresh
        for key, number in edition.numbers.items()
    )


def repeated(chosen: Iterable[Edition]) -> tuple[str, ...]:
    """The periods of the editions that repeat earlier numbers, the oldest first."""
    return tuple(sorted({edition.period for edition in chosen if edition and not edition.fresh}))


def publish(connection: Connection, report: Report, now: datetime, k: int) -> bool:
    """Remember what the report shows; whoever hands a report out does this first.

    False, and nothing is stored, where another report has come between with which this one must not be compared:
    make it again.
    """
    earlier: dict[str, list[int]] = {}
    for one in published.read(connection, [one.figure for one in report.published]):
        earlier.setdefault(one.figure, []).append(one.n)
    if not all(admitted(one.n, earlier.get(one.figure, ()), k) for one in report.published):
        return False
    published.store(connection, report.published, now)
    return True


def shown(chosen: Mapping[str, Edition], name: str) -> Edition:
    """The edition of a block, or the empty one."""
    return chosen.get(name, NOTHING)
