"""The sections of a report that tell a change: the headline, the table of indicators, and what stays months later."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from reports import groups, pictures, texts
from reports.indicators import AFTER, BEFORE, Indicator
from reports.material import Material
from reports.report import Block, Facts, Figure, Paragraph, Source, Table
from reports.statistics import holm
from reports.suppression import Edition

_TENTHS = 10
_CLEAR = 0.05


@dataclass(frozen=True, slots=True)
class Row:
    """What may be told of one indicator from the start to a wave; every figure knows what it comes from."""

    material: Material
    one: Indicator
    wave: str
    prefix: str  # of the ids of its figures

    @property
    def edition(self) -> Edition:
        """The numbers that may be shown."""
        return self.material.edition(self.wave, self.one.id)

    @property
    def name(self) -> str:
        """Its name at the beginning of a line."""
        return texts.row_name(self.one.label, self.one.item.unit, reverse=self.one.item.reverse)

    @property
    def label(self) -> str:
        """Its name in the labels of figures."""
        return texts.row_name(self.one.label, reverse=self.one.item.reverse)

    def source(self, formula: str) -> Source:
        """What a figure of it is computed from."""
        return Source(formula, self.material.programme.slug, self.one.id, (BEFORE, self.wave))

    def pairs(self) -> Figure:
        """How many people, and since when their number stands."""
        edition = self.edition
        label, id_ = f"{self.label}: {texts.PAIRS}", f"{self.prefix}.n"
        if not edition:
            return Figure(id_, label, None, unit="people", note=why(edition), source=self.source("pairs"))
        note = "" if edition.fresh else texts.as_of(date.fromisoformat(edition.period))
        return Figure(id_, label, edition.n, unit="people", note=note, source=self.source("pairs"))

    def mean(self, id_: str, words: str, key: str) -> Figure:
        """The mean of one side."""
        return number_of(f"{self.prefix}.{id_}", f"{self.label}: {words}", self.edition, key, self.source(key))

    def change(self) -> Figure:
        """The mean change, with its interval where that may be shown."""
        label = f"{self.label}: {texts.MEAN_CHANGE}"
        found = number_of(f"{self.prefix}.change", label, self.edition, "change", self.source("mean_change"))
        low, high = ends(self.edition) if self.edition.shows("interval") else (None, None)
        return replace(found, low=low, high=high, signed=True)

    def effect(self) -> Figure:
        """The effect size g_av."""
        id_, label, edition = f"{self.prefix}.g_av", f"{self.label}: {texts.EFFECT}", self.edition
        if edition and not edition.shows("effect"):
            return Figure(id_, label, None, edition.n, "points", note=texts.HIDDEN, source=self.source("g_av"))
        return replace(number_of(id_, label, edition, "g_av", self.source("g_av")), signed=True)

    def improved_share(self) -> Figure:
        """The share who answered higher, or a bound, or why neither is shown."""
        edition, source = self.edition, self.source("improved_share")
        id_, label = f"{self.prefix}.improved_share", f"{self.label}: {texts.HIGHER_SHARE}"
        if not edition:
            return Figure(id_, label, None, unit="share", note=why(edition), source=source)
        found = groups.improvement(edition, self.material.k)
        if found.exact is None:
            note = texts.bound(found.least, found.below, found.n)
            return Figure(id_, label, None, found.n, "share", note=note, source=source)
        low, high = edition["improved_low"], edition["improved_high"]
        return Figure(id_, label, found.exact / found.n, found.n, "share", 0, low, high, source=source)

    def directions(self) -> list[str | Figure]:
        """Higher, same, lower: of joined groups the first cell holds the sum and says so, the others stay empty."""
        shown = groups.directions(self.edition, self.material.k)
        if not shown:
            return [texts.HIDDEN if self.edition else why(self.edition), "", ""]
        cells: list[str | Figure] = []
        for group in reversed(shown):
            parts = group.key.split("_")
            note = group.label if len(parts) > 1 else ""
            id_, label = f"{self.prefix}.{group.key}", f"{self.label}: {group.label}"
            source = self.source(group.key)
            cells.append(Figure(id_, label, group.counts[0], self.edition.n, "people", note=note, source=source))
            cells.extend([""] * (len(parts) - 1))
        return cells


def headline(material: Material) -> list[Block]:
    """The primary change in plain sentences and three figures, or why there is none."""
    one = material.primary
    if one is None:
        return [Paragraph(texts.too_few_pairs(material.k))]
    row = Row(material, one, AFTER, "headline")
    edition = row.edition
    if not edition:
        return [Paragraph(texts.HIDDEN_CHANGE if edition.hidden else texts.too_few_pairs(material.k))]
    sentence = improved_sentence(groups.improvement(edition, material.k), one.label)
    words = texts.means(_known(edition, "mean_before"), _known(edition, "mean_after"), one.scale)
    verdict = _verdict(edition)
    told: list[Block] = [Paragraph(sentence)] if sentence else []
    told += pictures.ten_people(one, edition, material.k, sentence)
    return [*told, Paragraph(f"{words} {verdict}"), Facts("", _headline_figures(row))]


def _verdict(edition: Edition) -> str:
    change = _known(edition, "change")
    if not edition.shows("verdict"):
        return texts.unjudged(change)
    return texts.verdict(change, *ends(edition), interval=edition.shows("interval"))


def _headline_figures(row: Row) -> tuple[Figure, ...]:
    return (
        replace(row.pairs(), label=texts.PAIRS_LONG),
        replace(row.change(), label=texts.CHANGE_MEAN, low=None, high=None),
        replace(row.improved_share(), label=texts.IMPROVED),
    )


def improved_sentence(found: groups.Improvement, label: str) -> str:
    """»Pri 7 od 10 udeležencev …«, or a bound, or nothing where nothing may be said."""
    if found.exact is not None and found.tenths is not None:
        return texts.improved_tenths(found.tenths, label, exact=found.tenths * found.n == found.exact * _TENTHS)
    if found.least is not None:
        return texts.improved_at_least(found.least, found.n, label)
    if found.below is not None:
        return texts.improved_less_than(found.below, found.n, label)
    return ""


def change_tables(material: Material) -> list[Block]:
    """Means, change with interval and effect size of every indicator; then how many answered higher.

    One sentence where nothing of all that may be shown.
    """
    rows = [Row(material, one, AFTER, one.id) for one in material.compared(AFTER)]
    if not any(row.edition for row in rows):
        hidden = any(row.edition.hidden for row in rows)
        return [Paragraph(texts.HIDDEN_CHANGES if hidden else texts.NO_CHANGES)]
    columns = (texts.INDICATOR, texts.PAIRS, texts.AT_START, texts.AT_END, texts.MEAN_CHANGE, texts.EFFECT)
    return [
        Table(texts.MEANS, columns, tuple(_mean_cells(row) for row in rows), caption=texts.READING),
        *pictures.means(material),
        *_core_note(rows),
        *pictures.answers(material),
        _directions(rows),
    ]


def later_tables(material: Material, wave: str) -> list[Block]:
    """The change from the start to a follow-up wave, without means (see `reports.blocks.later_change`)."""
    rows = [Row(material, one, wave, f"{one.id}.{wave}") for one in material.compared(wave)]
    since = texts.since_start(material.wave_name(wave))
    if not any(row.edition for row in rows):
        return [Paragraph(f"{since}: {texts.TOO_FEW}.")]
    cells = tuple((row.name, row.pairs(), row.change()) for row in rows)
    columns = (texts.INDICATOR, texts.PAIRS, texts.MEAN_CHANGE)
    return [*_still(material, wave), Table(since, columns, cells, detail=True), _directions(rows)]


def number_of(id_: str, label: str, edition: Edition, key: str, source: Source) -> Figure:
    """A number of an edition in points, or why it is not shown."""
    if not edition:
        return Figure(id_, label, None, unit="points", note=why(edition), source=source)
    value = edition[key]
    note = texts.UNKNOWN if value is None else ""
    return Figure(id_, label, value, edition.n, "points", 1, note=note, source=source)


def why(edition: Edition) -> str:
    """Why nothing is shown: too few people, or a person's answer would follow."""
    return texts.HIDDEN if edition.hidden else texts.TOO_FEW


def ends(edition: Edition) -> tuple[float, float]:
    """Both ends of the interval of a change."""
    return _known(edition, "ci_low"), _known(edition, "ci_high")


def _still(material: Material, wave: str) -> list[Block]:
    one = material.primary
    edition = material.edition(wave, one.id) if one else None
    if one is None or not edition:
        return []
    between = ends(edition) if edition.shows("interval") else None
    return [Paragraph(texts.still(material.wave_name(wave), one.label, _known(edition, "change"), between))]


def _mean_cells(row: Row) -> tuple[str | Figure, ...]:
    before, after = row.mean("before", texts.AT_START, "mean_before"), row.mean("after", texts.AT_END, "mean_after")
    return row.name, row.pairs(), before, after, row.change(), row.effect()


def _core_note(rows: Sequence[Row]) -> list[Block]:
    """Which of the core items moved clearly, after Holm's correction over those whose interval may be shown."""
    core = [row for row in rows if row.one.item.role == "core" and row.edition.shows("interval")]
    tested = [(row.label, p) for row in core if (p := row.edition["p"]) is not None]
    if not tested:
        return []
    adjusted = holm([p for _, p in tested])
    clear = [label for (label, _), p in zip(tested, adjusted, strict=True) if p < _CLEAR]
    return [Paragraph(texts.core_verdict(clear))]


def _directions(rows: Sequence[Row]) -> Table:
    directions = (word.capitalize() for word in (texts.HIGHER, texts.SAME, texts.LOWER))
    columns = (texts.INDICATOR, *directions, texts.HIGHER_SHARE)
    cells = tuple((row.name, *row.directions(), row.improved_share()) for row in rows)
    return Table(texts.HOW_MANY, columns, cells, detail=True)


def _known(edition: Edition, key: str) -> float:
    value = edition[key]
    if value is None:
        raise ValueError(f"an edition with spread has no {key}")
    return value
