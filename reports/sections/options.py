"""What the same people chose at the start and later, where several answers may be chosen: a table an item.

Knows neither formats nor when an edition may be shown; an option is told where k people chose it and k did not, on
both sides, or not at all.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from reports import texts
from reports.charts import plots
from reports.data.indicators import AFTER, BEFORE, Indicator
from reports.disclosure import rounding
from reports.disclosure.material import Material
from reports.disclosure.release_units import SIDES
from reports.disclosure.suppression import Release
from reports.report import Chart, Figure, FigureSource, Table
from reports.sections.changes import why
from reports.texts import options as words
from surveys.locale_sl import rounded, rounded_share

Cells = tuple[str | Figure, ...]


@dataclass(frozen=True, slots=True)
class Option:
    """One answer to an item, with how many people of an edition chose it at the start and in a later wave."""

    slug: str
    one: Indicator
    code: int
    label: str
    wave: str
    release: Release

    @property
    def counts(self) -> tuple[int, int]:
        """How many chose it, before and after."""
        before, after = (self.release.count(f"{side}.{self.code}") for side in SIDES)
        return before, after

    @property
    def points(self) -> float:
        """The difference of both shares in percentage points: of the shares as they are shown, where they are."""
        before, after = self.counts
        if self.wave != AFTER:
            return rounded(100 * (after - before) / self.release.n, 0)
        first, last = (100 * rounded_share(count / self.release.n) for count in (before, after))
        return rounding.difference(first, last, 0)

    def shown(self, k: int) -> bool:
        """Whether so many chose it, and so many did not, on both sides."""
        return all(k <= count <= self.release.n - k for count in self.counts)

    def share(self, side: int, head: str, *, shown: bool) -> Figure:
        """The share on one side (0 before, 1 after), or that it is hidden."""
        id_ = f"{self.one.id}.{SIDES[side]}.{self.code}"
        value = self.counts[side] / self.release.n if shown else None
        note, source = "" if shown else texts.HIDDEN, self._source(f"share_{SIDES[side]}")
        return Figure(id_, self._named(head), value, self.release.n, "share", note=note, source=source)

    def difference(self, *, shown: bool) -> Figure:
        """The difference of both shares, without them."""
        id_ = f"{self.one.id}.{self.wave}.difference.{self.code}"
        label, value = self._named(words.DIFFERENCE_IN_POINTS), self.points if shown else None
        note, source = "" if shown else texts.HIDDEN, self._source("share_change")
        return Figure(id_, label, value, self.release.n, "points", note=note, signed=True, source=source)

    def _named(self, head: str) -> str:
        return f"{self.one.label}, {self.label}: {head}"

    def _source(self, formula: str) -> FigureSource:
        return FigureSource(formula, self.slug, self.one.id, (BEFORE, self.wave))


def tables(material: Material) -> list[Table | Chart]:
    """For each item the shares at the start and at the end, in words by how much they differ, and the same drawn."""
    columns = (texts.ANSWER, texts.AT_START, texts.AT_END, words.DIFFERENCE)
    told: list[Table | Chart] = []
    for one in material.chosen_again(AFTER):
        told += [_table(material, one, AFTER, columns, _both), *_drawn(material, one)]
    return told


def later_tables(material: Material, wave: str) -> list[Table]:
    """For each item by how much shares differ from the start.

    Without the shares: those at the start would be of nearly the same people as in `tables`, and tell apart those who
    are in one table only.
    """
    columns = (texts.ANSWER, words.DIFFERENCE_IN_POINTS)
    return [_table(material, one, wave, columns, _apart) for one in material.chosen_again(wave)]


def _table(
    material: Material, one: Indicator, wave: str, columns: tuple[str, ...], row: Callable[[Option, int], Cells]
) -> Table:
    release = material.release(wave, one.id)
    if not release:
        return Table(one.item.text, columns, (), caption=why(release))
    caption = words.both_times(release.n, "" if wave == AFTER else material.wave_name(wave))
    if not release.fresh:
        caption += f", {texts.as_of(date.fromisoformat(release.period))}"
    rows = tuple(row(option, material.k) for option in _options(material, one, wave))
    return Table(one.item.text, columns, rows, caption=caption)


def _options(material: Material, one: Indicator, wave: str) -> list[Option]:
    slug, release = material.programme.slug, material.release(wave, one.id)
    named = zip(one.codes, one.labels, strict=True)
    return [Option(slug, one, code, label, wave, release) for code, label in named]


def _drawn(material: Material, one: Indicator) -> list[Chart]:
    """Bars of the shares at the end, each with a tick at the start; nothing where no option is shown."""
    n = material.release(AFTER, one.id).n
    shown = [option for option in _options(material, one, AFTER) if n and option.shown(material.k)]
    rows = [plots.Bar(option.label, option.counts[1], n, option.counts[0] / n) for option in shown]
    return [plots.bars(f"options-{one.id}", rows, words.drawn(one.label), words.THEN)] if rows else []


def _both(option: Option, k: int) -> Cells:
    shown = option.shown(k)
    before, after = option.share(0, texts.AT_START, shown=shown), option.share(1, texts.AT_END, shown=shown)
    equal = option.counts[0] == option.counts[1]
    return option.label, before, after, words.more_or_less(int(option.points), equal=equal) if shown else ""


def _apart(option: Option, k: int) -> Cells:
    return option.label, option.difference(shown=option.shown(k))
