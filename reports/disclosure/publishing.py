"""The difference rule over successive reports: what may be shown is chosen against memory, and remembered once shown.

A report is made in a reading unit and carries what it newly publishes; `publish` stores that in a writing unit before
the report is handed to anybody.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Protocol

from sqlalchemy import Connection

from reports.disclosure.suppression import (
    NOTHING,
    SHOWN,
    Block,
    Cells,
    DisclosureInputs,
    Feature,
    KnownToReader,
    Number,
    Release,
    Table,
    choose,
    editions_of,
    enough,
    fits,
    last,
    mask,
)
from storage.analysis import published
from storage.analysis.published import Published

PUBLIC = "public:"  # begins the name under which a block is remembered as published outside the library
_EVERYWHERE = (PUBLIC, "national:")
_HIDDEN = replace(NOTHING, hidden=True)


class Publishable(Protocol):
    """What shows figures: a report."""

    @property
    def published(self) -> tuple[Published, ...]:
        """The figures that it shows."""


def releases(connection: Connection, blocks: Sequence[Block], period: str, k: int) -> dict[str, Release]:
    """What may be shown of each block, by its name."""
    earlier = _remembered(connection, blocks)
    return {block.name: _chosen(block, earlier[block.name], period, k) for block in blocks}


def _chosen(block: Block, earlier: Sequence[Release], period: str, k: int) -> Release:
    release = choose(block, earlier, period, k)
    if not release or not release.fresh:
        return release
    return _audited(block.audit, release, earlier, k) or last(block, earlier, period) or _HIDDEN


def _audited(audit: DisclosureInputs | None, release: Release, earlier: Sequence[Release], k: int) -> Release | None:
    """The edition with what may be shown of it beside the last one; None where not even its mean may."""
    if audit is None:
        return release
    seen = KnownToReader(earlier[-1].table, earlier[-1].features) if earlier and earlier[-1].table else None
    table = audit.table if release.fresh else release.table
    if seen is not None and seen.table == table:
        features: frozenset[Feature] | None = seen.shown
    else:
        features = _safe(audit, table, seen, k)
    if features is None:
        return None
    return replace(release, numbers={**release.numbers, SHOWN: Number(float(mask(features)), release.n)})


def _safe(audit: DisclosureInputs, table: Table, seen: KnownToReader | None, k: int) -> frozenset[Feature] | None:
    from reports.disclosure.protection import safe_features, safe_mean  # noqa: PLC0415 - numpy only when a report is made

    if not table:  # of a long scale, whose earlier table is not remembered
        return None
    if audit.once:
        return None if audit.scale is None else safe_mean(table, audit.scale, k, seen)
    return safe_features(
        table, audit.scale, k, means=audit.means, answers=audit.answers, wanted=audit.wanted, earlier=seen
    )


def in_public(
    connection: Connection, blocks: Sequence[Block], inside: Mapping[str, Release], k: int
) -> dict[str, Release]:
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


def first_published(connection: Connection, name: str, key: str) -> str | None:
    """The first day on which a number of a block was told outside the library; None where it never was."""
    found = published.read(connection, [f"{public_name(name)}:{key}"])
    return min((one.period for one in found), default=None)


def _published(block: Block, inside: Release, earlier: Sequence[Release], k: int) -> Release:
    if inside and enough(inside.n, k) and all(fits(block, one, inside.period, k) for one in earlier):
        found = _audited(block.audit, inside, earlier, k)
        if found:
            return found
        return earlier[-1] if earlier else _HIDDEN
    return earlier[-1] if earlier else replace(NOTHING, hidden=inside.hidden)


def newly_shown(chosen: Mapping[str, Release]) -> tuple[Published, ...]:
    """What the fresh editions publish."""
    return remembered({name: release for name, release in chosen.items() if release.fresh})


def remembered(chosen: Mapping[str, Release]) -> tuple[Published, ...]:
    """The numbers of editions by their names, as they are kept."""
    return tuple(
        Published(f"{name}:{key}", release.period, number.n, number.value)
        for name, release in chosen.items()
        for key, number in release.numbers.items()
    )


def repeated(chosen: Iterable[Release]) -> tuple[str, ...]:
    """The periods of the editions that repeat earlier numbers, the oldest first."""
    return tuple(sorted({release.period for release in chosen if release and not release.fresh}))


def publish(connection: Connection, report: Publishable, now: datetime, cells: Cells) -> bool:
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


def _remembered(connection: Connection, blocks: Sequence[Block]) -> dict[str, list[Release]]:
    """The earlier editions of each block, by its name."""
    names = {figure: block.name for block in blocks for figure in block.figures}
    rows: dict[str, list[Published]] = {block.name: [] for block in blocks}
    for one in published.read(connection, list(names)):
        rows[names[one.figure]].append(one)
    return {block.name: editions_of(block, rows[block.name]) for block in blocks}
