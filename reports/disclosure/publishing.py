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
from reports.suppression import (
    NOTHING,
    SHOWN,
    Audit,
    Block,
    Cells,
    Edition,
    Feature,
    Number,
    Seen,
    Table,
    choose,
    editions_of,
    enough,
    fits,
    last,
    mask,
)
from storage import published
from storage.published import Published

PUBLIC = "public:"  # begins the name under which a block is remembered as published outside the library
_EVERYWHERE = (PUBLIC, "national:")
_HIDDEN = replace(NOTHING, hidden=True)


def editions(connection: Connection, blocks: Sequence[Block], period: str, k: int) -> dict[str, Edition]:
    """What may be shown of each block, by its name."""
    earlier = _remembered(connection, blocks)
    return {block.name: _chosen(block, earlier[block.name], period, k) for block in blocks}


def _chosen(block: Block, earlier: Sequence[Edition], period: str, k: int) -> Edition:
    edition = choose(block, earlier, period, k)
    if not edition or not edition.fresh:
        return edition
    return _audited(block.audit, edition, earlier, k) or last(block, earlier, period) or _HIDDEN


def _audited(audit: Audit | None, edition: Edition, earlier: Sequence[Edition], k: int) -> Edition | None:
    """The edition with what may be shown of it beside the last one; None where not even its mean may."""
    if audit is None:
        return edition
    seen = Seen(earlier[-1].table, earlier[-1].features) if earlier and earlier[-1].table else None
    table = audit.table if edition.fresh else edition.table
    if seen is not None and seen.table == table:
        features: frozenset[Feature] | None = seen.shown
    else:
        features = _safe(audit, table, seen, k)
    if features is None:
        return None
    return replace(edition, numbers={**edition.numbers, SHOWN: Number(float(mask(features)), edition.n)})


def _safe(audit: Audit, table: Table, seen: Seen | None, k: int) -> frozenset[Feature] | None:
    from reports.protection import safe_features  # noqa: PLC0415 - numpy only when a report is made

    if not table:  # of a long scale, whose earlier table is not remembered
        return None
    return safe_features(
        table, audit.scale, k, means=audit.means, answers=audit.answers, wanted=audit.wanted, earlier=seen
    )


def in_public(
    connection: Connection, blocks: Sequence[Block], inside: Mapping[str, Edition], k: int
) -> dict[str, Edition]:
    """What of these blocks' editions may be published: the same one, else the one published last, else nothing.

    So that what a library sees and what everybody sees never differ by a few people.
    """
    public = [replace(block, name=public_name(block.name), numbers=inside[block.name].numbers) for block in blocks]
    earlier = _remembered(connection, public)
    return {
        block.name: _published(outside, inside[block.name], earlier[outside.name], k)
        for block, outside in zip(blocks, public, strict=True)
    }


def public_name(name: str) -> str:
    """Under which name a block is remembered as published outside the library."""
    return f"{PUBLIC}{name}"


def _published(block: Block, inside: Edition, earlier: Sequence[Edition], k: int) -> Edition:
    if inside and enough(inside.n, k) and all(fits(block, one, inside.period, k) for one in earlier):
        found = _audited(block.audit, inside, earlier, k)
        if found:
            return found
        return earlier[-1] if earlier else _HIDDEN
    return earlier[-1] if earlier else replace(NOTHING, hidden=inside.hidden)


def newly_shown(chosen: Mapping[str, Edition]) -> tuple[Published, ...]:
    """What the fresh editions publish."""
    return remembered({name: edition for name, edition in chosen.items() if edition.fresh})


def remembered(chosen: Mapping[str, Edition]) -> tuple[Published, ...]:
    """The numbers of editions by their names, as they are kept."""
    return tuple(
        Published(f"{name}:{key}", edition.period, number.n, number.value)
        for name, edition in chosen.items()
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
    periods = {one.figure.rpartition(":")[0]: one.period for one in report.published}
    earlier = _remembered(connection, blocks)
    for block in blocks:
        k = cells.published if block.name.startswith(_EVERYWHERE) else cells.inside
        period = periods[block.name]
        if not all(fits(block, one, period, k) for one in earlier[block.name]):
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
