"""The difference rule over successive reports: what may be shown is chosen against memory, and remembered once shown.

A report is made in a reading unit and carries what it newly publishes; `publish` stores that in a writing unit before
the report is handed to anybody.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy import Connection

from reports.report import Report
from reports.suppression import NOTHING, SHOWN, Block, Cells, Edition, Number, admitted, choose, editions_of, enough
from storage import published
from storage.published import Published

PUBLIC = "public:"  # begins the name under which a block is remembered as published outside the library
_EVERYWHERE = (PUBLIC, "national:")


def editions(connection: Connection, blocks: Sequence[Block], period: str, k: int) -> dict[str, Edition]:
    """What may be shown of each block, by its name."""
    earlier = _remembered(connection, blocks)
    return {block.name: choose(block, earlier[block.name], period, k) for block in blocks}


def in_public(connection: Connection, inside: Mapping[str, Edition], k: int) -> dict[str, Edition]:
    """What of these editions may be published: the same one, else the one published last, else nothing.

    So that what a library sees and what everybody sees never differ by a few people.
    """
    blocks = {name: Block(f"{PUBLIC}{name}", edition.numbers) for name, edition in inside.items()}
    earlier = _remembered(connection, list(blocks.values()))
    return {name: _published(block, inside[name], earlier[block.name], k) for name, block in blocks.items()}


def _published(block: Block, inside: Edition, earlier: Sequence[Edition], k: int) -> Edition:
    hidden = inside and f"public.{SHOWN}" in inside.numbers and inside[f"public.{SHOWN}"] is None
    if inside and not hidden and enough(inside.n, k) and all(admitted(block, one, k) for one in earlier):
        return replace(inside, public=True)
    if earlier:
        return replace(earlier[-1], public=True)
    return replace(NOTHING, hidden=bool(hidden) or inside.hidden)


def newly_shown(chosen: Mapping[str, Edition]) -> tuple[Published, ...]:
    """What the fresh editions publish, and what becomes public for the first time."""
    return tuple(
        Published(f"{name}:{key}", edition.period, number.n, number.value)
        for inside, edition in chosen.items()
        for name in ([inside] if edition.fresh else []) + ([f"{PUBLIC}{inside}"] if edition.public else [])
        for key, number in edition.numbers.items()
    )


def repeated(chosen: Iterable[Edition]) -> tuple[str, ...]:
    """The periods of the editions that repeat earlier numbers, the oldest first."""
    return tuple(sorted({edition.period for edition in chosen if edition and not edition.fresh}))


def publish(connection: Connection, report: Report, now: datetime, cells: Cells) -> bool:
    """Remember what the report shows; whoever hands a report out does this first.

    False, and nothing is stored, where another report has come between with which this one must not be compared:
    make it again.
    """
    blocks = _blocks(report.published)
    earlier = _remembered(connection, blocks)
    for block in blocks:
        k = cells.published if block.name.startswith(_EVERYWHERE) else cells.inside
        if not all(admitted(block, one, k) for one in earlier[block.name]):
            return False
    published.store(connection, report.published, now)
    return True


def _blocks(rows: Iterable[Published]) -> list[Block]:
    numbers: dict[str, dict[str, Number]] = {}
    for one in rows:
        name, _, key = one.figure.rpartition(":")
        numbers.setdefault(name, {})[key] = Number(one.value, one.n)
    return [Block(name, found) for name, found in numbers.items()]


def _remembered(connection: Connection, blocks: Sequence[Block]) -> dict[str, list[Edition]]:
    """The earlier editions of each block, by its name."""
    names = {figure: block.name for block in blocks for figure in block.figures}
    rows: dict[str, list[Published]] = {block.name: [] for block in blocks}
    for one in published.read(connection, list(names)):
        rows[names[one.figure]].append(one)
    return {block.name: editions_of(block, rows[block.name]) for block in blocks}
