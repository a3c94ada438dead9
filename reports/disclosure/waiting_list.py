"""What may be told of those who wait beside those who take part; see `docs/decisions/waiting-list-figures.md`.

The numbers of both groups are one edition, so that all of them are of one day: of the others those that the report
shows anyway, of those who wait the change alone. Knows no words.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from sqlalchemy import Connection

from reports.data.frames import Data
from reports.data.indicators import AFTER, BEFORE, Indicator
from reports.disclosure import release_units
from reports.disclosure.adjusted import NOTHING as UNTOLD
from reports.disclosure.adjusted import AdjustedRelease, AdjustedTables, safe_level
from reports.disclosure.material import Material
from reports.disclosure.protection import SHORT
from reports.disclosure.publishing import newly_shown, releases
from reports.disclosure.suppression import (
    NOTHING,
    SHOWN,
    WHO,
    Block,
    Feature,
    Number,
    Release,
    Table,
    editions_of,
    last,
)
from reports.formulas.estimates import NotEstimable
from storage.analysis import published
from storage.analysis.published import Published
from storage.schema import Allocation
from surveys.weeks import local_day

TAKING_PART = "with."  # begins the keys of those who take part
_CELL = f"{TAKING_PART}cell/"
ADJUSTED = ("adjusted", "adjusted.low", "adjusted.high")
LEVEL = "adjusted.level"  # the key that says how much of the adjusted difference may be told
BOTH = "both"  # people who waited and then took part
OUTSIDE = "outside"  # people who take part without having been in the draw of those who wait, or after waiting
_OF_CHANGE = ("change", "ci_low", "ci_high", "mean_before", "mean_after")


@dataclass(frozen=True, slots=True)
class WaitingRelease:
    """What may be shown of those who wait; without people who wait there is no `one` to compare."""

    release: Release
    waiting: int  # people who wait, or did
    lot: bool  # who of them waits was decided by lot
    published: tuple[Published, ...] = ()

    @property
    def both(self) -> int:
        """People who are in both groups."""
        return self.release.count(BOTH) if self.release else 0

    @property
    def people(self) -> int:
        """Everybody who is compared, each once."""
        return self.release.n + self.taking_part.n - self.both if self.release else 0

    @property
    def outside(self) -> int:
        """Of whom the lot did not decide that they take part: of other groups, or who had waited before."""
        return self.release.count(OUTSIDE) if self.release else 0

    @property
    def by_lot(self) -> bool:
        """Whether the lot decided of everybody who is compared."""
        return self.lot and not self.outside

    @property
    def level(self) -> int:
        """How much of the adjusted difference may be told, as in `reports.disclosure.adjusted`."""
        return self.release.count(LEVEL) if self.release else UNTOLD

    @property
    def adjusted(self) -> tuple[float, float, float]:
        """The adjusted difference and both ends of its interval, where they may be told."""
        value, low, high = (self.release[key] or 0.0 for key in ADJUSTED)
        return value, low, high

    @property
    def taking_part(self) -> Release:
        """What was shown of those who take part when this was told."""
        if not self.release:
            return NOTHING
        n = self.release.count(f"{TAKING_PART}n")
        keys = (*_OF_CHANGE, SHOWN, WHO)
        return replace(self.release, numbers={key: Number(self.release[f"{TAKING_PART}{key}"], n) for key in keys})


def beside(connection: Connection, material: Material) -> WaitingRelease:
    """Those who wait beside the participants of `material`, by its primary outcome."""
    one, there = material.primary, material.data.waiting
    if one is None or there is None or not len(there.people):
        return WaitingRelease(NOTHING, 0, lot=False)
    allocation = there.people["allocation"]
    lot = bool((allocation == Allocation.LOT.value).all())
    block = _block(material, one, there)
    release = _edition(connection, material, one, block, there)
    return WaitingRelease(
        release, there.people["code"].nunique(), lot, newly_shown({block.name: release} if release else {})
    )


def _block(material: Material, one: Indicator, there: Data) -> Block:
    """The change of those who wait, with what is shown anyway of those who take part."""
    block = release_units.waiting_change(material.programme.slug, one, there, material.cells)
    if not block.numbers:
        return block
    taking_part = material.release(AFTER, one.id)
    numbers: dict[str, float | None] = dict.fromkeys((*ADJUSTED, LEVEL), 0.0)
    numbers |= _overlap(material.data, one, there)
    if taking_part:
        numbers |= {f"{TAKING_PART}n": float(taking_part.n)}
        numbers |= {f"{TAKING_PART}{key}": taking_part[key] for key in (*_OF_CHANGE, SHOWN, WHO)}
        numbers |= {f"{_CELL}{x}/{y}": float(count) for x, y, count in _cells(taking_part.table, one.scale)}
    return replace(block, numbers={**block.numbers, **{key: Number(value, block.n) for key, value in numbers.items()}})


def _overlap(data: Data, one: Indicator, there: Data) -> dict[str, float]:
    """How many are in both groups, and how many take part without the lot having decided so."""
    pairs, waited = (set(part.pairs(one.id, BEFORE, AFTER).index) for part in (data, there))
    drawn = {code for code, cohort in data.last_cohorts(one.id, BEFORE, AFTER).items() if cohort in _drawn(there)}
    both = pairs & waited
    return {BOTH: float(len(both)), OUTSIDE: float(len((pairs - drawn) | both))}


def _drawn(there: Data) -> set[int]:
    """The groups in which it was decided who waits."""
    return set(there.people["cohort"])


def _cells(table: Table, scale: tuple[int, int] | None) -> Iterable[tuple[int, int, int]]:
    """Every cell of a short scale with its count."""
    low, high = scale or (0, SHORT + 1)
    found, points = dict(table), range(low, high + 1) if high - low <= SHORT else ()
    return ((x, y, found.get((x, y), 0)) for x in points for y in points)


def _edition(connection: Connection, material: Material, one: Indicator, block: Block, there: Data) -> Release:
    """A new edition where the numbers of the others are those of today and nobody stands alone, else the last one."""
    period, k = local_day(material.moment).isoformat(), material.cells.inside
    earlier = editions_of(block, published.read(connection, block.figures)) if block.numbers else []
    taking_part = material.release(AFTER, one.id)
    if not taking_part:
        return NOTHING
    if not _apart(material, one, there, taking_part, k):
        return last(block, earlier, period)
    release = releases(connection, [block], period, k)[block.name]
    if not release or not release.fresh:
        return release
    return _with_adjusted(release, taking_part.features, earlier[-1] if earlier else NOTHING, one, k)


def _apart(material: Material, one: Indicator, there: Data, taking_part: Release, k: int) -> bool:
    """Whether those who only take part, who only waited, and who did both, are each nobody or k people."""
    codes = set(material.data.pairs(one.id, BEFORE, AFTER).index)
    waited = set(there.pairs(one.id, BEFORE, AFTER).index)
    current = taking_part[WHO] == release_units.who(codes)
    return current and all(not part or len(part) >= k for part in (codes - waited, waited - codes, codes & waited))


# The adjusted difference.


def groups_of(release: Release) -> AdjustedTables:
    """Both tables, as an edition remembers them."""
    cells = [key.removeprefix(_CELL).split("/") for key in release.numbers if key.startswith(_CELL)]
    found = (((int(x), int(y)), release.count(f"{_CELL}{x}/{y}")) for x, y in cells)
    return AdjustedTables(tuple(sorted((cell, count) for cell, count in found if count)), release.table)


def _with_adjusted(release: Release, features: frozenset[Feature], before: Release, one: Indicator, k: int) -> Release:
    """With the difference, and how much of it may be told; the same people have the same again."""
    groups = groups_of(release)
    found = groups.adjusted()
    if isinstance(found, NotEstimable):
        return release
    earlier = AdjustedRelease(groups_of(before), before.features, before.count(LEVEL)) if before else None
    if earlier is not None and earlier.groups == groups:
        level = earlier.level
    else:
        level = safe_level(groups, (features, release.features), one.scale, k, earlier)
    values = zip((*ADJUSTED, LEVEL), (found.estimate, found.ci_low, found.ci_high, float(level)), strict=True)
    return replace(release, numbers={**release.numbers, **{key: Number(x, release.n) for key, x in values}})
