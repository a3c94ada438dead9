"""The sections of a report that tell a change: the headline, the table of indicators, and what stays months later."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from reports import texts
from reports.data.indicators import AFTER, BEFORE, Indicator
from reports.disclosure import improvement, rounding
from reports.disclosure.material import Material
from reports.disclosure.suppression import Release
from reports.formulas.statistics import holm
from reports.report import Block, Facts, Figure, FigureSource, Paragraph, Table
from reports.sections import pictures
from reports.texts import annex
from reports.texts.means import in_words, means
from surveys.locale_sl import rounded

_CLEAR = 0.05


@dataclass(frozen=True, slots=True)
class ChangeRow:
    """What may be told of one indicator from the start to a wave; every figure knows what it comes from."""

    material: Material
    one: Indicator
    wave: str
    prefix: str  # of the ids of its figures

    @property
    def release(self) -> Release:
        """The numbers that may be shown."""
        return self.material.release(self.wave, self.one.id)

    @property
    def name(self) -> str:
        """Its name at the beginning of a line."""
        return texts.row_name(self.one.name, self.one.item.unit)

    @property
    def label(self) -> str:
        """Its name in the labels of figures."""
        return self.one.name

    def source(self, formula: str) -> FigureSource:
        """What a figure of it is computed from."""
        return FigureSource(formula, self.material.programme.slug, self.one.id, (BEFORE, self.wave))

    def pairs(self) -> Figure:
        """How many people, and since when their number stands."""
        release = self.release
        label, id_ = f"{self.label}: {texts.PAIRS}", f"{self.prefix}.n"
        if not release:
            return Figure(id_, label, None, unit="people", note=why(release), source=self.source("pairs"))
        note = "" if release.fresh else texts.as_of(date.fromisoformat(release.period))
        return Figure(id_, label, release.n, unit="people", note=note, source=self.source("pairs"))

    def mean(self, id_: str, words: str, key: str) -> Figure:
        """The mean of one side."""
        return number_of(f"{self.prefix}.{id_}", f"{self.label}: {words}", self.release, key, self.source(key))

    def means(self) -> tuple[float, float]:
        """Both means as they are shown."""
        return rounded(_known(self.release, "mean_before"), rounding.POINTS), rounded(
            _known(self.release, "mean_after"), rounding.POINTS
        )

    def change(self) -> Figure:
        """The mean change as it is told, with its interval where that may be shown."""
        label = f"{self.label}: {texts.MEAN_CHANGE}"
        found = number_of(f"{self.prefix}.change", label, self.release, "change", self.source("mean_change"))
        if not self.release:
            return replace(found, signed=True)
        told = rounding.change(self.release)
        low, high = (told.low, told.high) if self.release.shows("interval") else (None, None)
        note = found.note or ("" if self.release.shows("interval") else texts.HIDDEN_INTERVAL)
        return replace(found, value=told.value, low=low, high=high, note=note, signed=True)

    def effect(self) -> Figure:
        """The effect size g_av."""
        id_, label, release = f"{self.prefix}.g_av", f"{self.label}: {annex.EFFECT}", self.release
        if release and not release.shows("effect"):
            return Figure(id_, label, None, release.n, "points", note=texts.HIDDEN, source=self.source("g_av"))
        return replace(number_of(id_, label, release, "g_av", self.source("g_av")), signed=True)

    def improved_share(self) -> Figure:
        """The share who answered higher, or a bound, or why neither is shown."""
        release, source = self.release, self.source("improved_share")
        id_, label = f"{self.prefix}.improved_share", f"{self.label}: {texts.HIGHER_SHARE}"
        if not release:
            return Figure(id_, label, None, unit="share", note=why(release), source=source)
        found = improvement.improvement(release, self.material.k)
        if found.exact is None:
            note = texts.bound(found.least, found.below, found.n)
            return Figure(id_, label, None, found.n, "share", note=note, source=source)
        low, high = release["improved_low"], release["improved_high"]
        return Figure(id_, label, found.exact / found.n, found.n, "share", 0, low, high, source=source)

    def directions(self) -> list[str | Figure]:
        """Higher, same, lower: of joined groups the first cell holds the sum and says so, the others stay empty."""
        shown = improvement.directions(self.release, self.material.k)
        if not shown:
            return [texts.HIDDEN if self.release else why(self.release), "", ""]
        cells: list[str | Figure] = []
        for group in reversed(shown):
            parts = group.key.split("_")
            note = group.label if len(parts) > 1 else ""
            id_, label = f"{self.prefix}.{group.key}", f"{self.label}: {group.label}"
            source = self.source(group.key)
            cells.append(Figure(id_, label, group.counts[0], self.release.n, "people", note=note, source=source))
            cells.extend([""] * (len(parts) - 1))
        return cells


def headline(material: Material, by_group: rounding.Interval | None) -> list[Block]:
    """The primary change in plain sentences and three figures, or why there is none.

    `by_group`: its interval that allows for groups, where it is told; the verdict follows the wider one.
    """
    one = material.primary
    if not material.programme.has_primary:
        return [Paragraph(f"{texts.NO_PRIMARY} {texts.CHANGES_BELOW}")]
    if one is None:
        return [Paragraph(texts.too_few_pairs(material.k))]
    row = ChangeRow(material, one, AFTER, "headline")
    release = row.release
    if not release:
        return [Paragraph(texts.HIDDEN_CHANGE if release.hidden else texts.too_few_pairs(material.k))]
    found = improvement.spoken_of(release, material.k, material.cells)
    sentence = improved_sentence(found, one, children=material.programme.answered_for_child)
    words = means(*row.means(), one.steps, one.scale)
    verdict = _verdict(release, by_group)
    told: list[Block] = [Paragraph(sentence)] if sentence else []
    told += pictures.ten_people(found, one.name, sentence)
    return [*told, Paragraph(f"{words} {verdict}"), Facts("", _headline_figures(row))]


def _verdict(release: Release, by_group: rounding.Interval | None = None) -> str:
    if not release.shows("verdict"):
        return texts.unjudged()
    told = rounding.change(release)
    if told.clear and by_group is not None and by_group[0] < 0 < by_group[1]:
        return texts.CHANCE_BY_GROUP
    return texts.verdict(told.value, told.low, told.high)


def _headline_figures(row: ChangeRow) -> tuple[Figure, ...]:
    return (
        replace(row.pairs(), label=texts.PAIRS_LONG),
        replace(row.change(), label=texts.CHANGE_MEAN, low=None, high=None),
        replace(row.improved_share(), label=texts.IMPROVED),
    )


def improved_sentence(found: improvement.Improvement, one: Indicator, *, children: bool) -> str:
    """»7 od 10 udeležencev …«, or a bound, or nothing where nothing may be said."""
    if found.of_ten is not None:
        return texts.improved(found.of_ten.words, found.of_ten.tenths, one.name, one.improvement, children=children)
    if found.below is not None:
        return texts.improved_less_than(found.below, found.n, one.name, one.improvement, children=children)
    return ""


def change_tables(material: Material) -> list[Block]:
    """Means in words and numbers and the change of every indicator; then how many answered higher.

    One sentence where nothing of all that may be shown.
    """
    rows = [ChangeRow(material, one, AFTER, one.id) for one in material.compared(AFTER)]
    if not any(row.release for row in rows):
        hidden = any(row.release.hidden for row in rows)
        return [Paragraph(texts.HIDDEN_CHANGES if hidden else texts.NO_CHANGES)]
    columns = (texts.INDICATOR, texts.IN_WORDS, texts.AT_START, texts.AT_END, texts.MEAN_CHANGE, texts.PAIRS)
    return [
        Table(texts.MEANS, columns, tuple(_mean_cells(row) for row in rows), caption=texts.READING),
        *pictures.means(material),
        *_core_note(rows),
        *_declined(rows),
        *pictures.answers(material),
        _directions(rows),
    ]


def effects(material: Material, *, intervals: bool) -> list[Block]:
    """Effect size of every indicator whose change may be shown, and its change with `intervals` where asked."""
    rows = [ChangeRow(material, one, AFTER, one.id) for one in material.compared(AFTER)]
    told = [row for row in rows if row.release]
    if not told:
        return []
    cells: list[tuple[str | Figure, ...]] = [
        (row.name, *([row.change()] if intervals else []), row.effect()) for row in told
    ]
    columns = (texts.INDICATOR, *([texts.MEAN_CHANGE] if intervals else []), annex.EFFECT)
    return [Table(annex.CHANGES, columns, tuple(cells), caption=annex.CHANGE, detail=True)]


def later_tables(material: Material, wave: str) -> list[Block]:
    """The change from the start to a follow-up wave, without means (`reports.disclosure.release_units`)."""
    rows = [ChangeRow(material, one, wave, f"{one.id}.{wave}") for one in material.compared(wave)]
    since = texts.since_start(material.wave_name(wave))
    if not any(row.release for row in rows):
        return [Paragraph(f"{since}: {texts.TOO_FEW}.")]
    cells = tuple((row.name, row.pairs(), row.change()) for row in rows)
    columns = (texts.INDICATOR, texts.PAIRS, texts.MEAN_CHANGE)
    return [*_still(material, wave), Table(since, columns, cells, detail=True), *_declined(rows), _directions(rows)]


def number_of(id_: str, label: str, release: Release, key: str, source: FigureSource) -> Figure:
    """A number of an edition in points, or why it is not shown."""
    if not release:
        return Figure(id_, label, None, unit="points", note=why(release), source=source)
    value = release[key]
    note = texts.UNKNOWN if value is None else ""
    return Figure(id_, label, value, release.n, "points", 1, note=note, source=source)


def why(release: Release) -> str:
    """Why nothing is shown: too few people, or a person's answer would follow."""
    return texts.HIDDEN if release.hidden else texts.TOO_FEW


def _still(material: Material, wave: str) -> list[Block]:
    one = material.primary
    release = material.release(wave, one.id) if one else None
    if one is None or not release:
        return []
    told = texts.still(material.wave_name(wave), one.name, rounding.change(release).value, release.n)
    return [Paragraph(f"{told} {_verdict(release)}")]


def _mean_cells(row: ChangeRow) -> tuple[str | Figure, ...]:
    before, after = row.mean("before", texts.AT_START, "mean_before"), row.mean("after", texts.AT_END, "mean_after")
    words = in_words(*row.means(), row.one.steps) if row.release else ""
    return row.name, words or texts.NO_VALUE, before, after, row.change(), row.pairs()


def _core_note(rows: Sequence[ChangeRow]) -> list[Block]:
    """Which of the core items moved clearly, after Holm's correction over those whose interval may be shown."""
    core = [row for row in rows if row.one.item.role == "core" and row.release.shows("interval")]
    tested = [(row, p) for row in core if (p := row.release["p"]) is not None]
    if not tested:
        return []
    adjusted = holm([p for _, p in tested])
    seen = zip(tested, adjusted, strict=True)
    clear = [row.label for (row, _), p in seen if p < _CLEAR and rounding.change(row.release).clear]
    return [Paragraph(texts.core_verdict(clear, len(tested)))]


def _declined(rows: Sequence[ChangeRow]) -> list[Block]:
    """Which indicators clearly declined, each for itself; of others than these nothing is said."""
    told = [(row, rounding.change(row.release)) for row in rows if row.release and row.release.shows("verdict")]
    down = [(row.label, change.value, row.release.n) for row, change in told if change.high < 0]
    return [Paragraph(texts.declined(down))] if down else []


def _directions(rows: Sequence[ChangeRow]) -> Table:
    directions = (word.capitalize() for word in (texts.HIGHER, texts.SAME, texts.LOWER))
    columns = (texts.INDICATOR, *directions, texts.HIGHER_SHARE)
    cells = tuple((row.name, *row.directions(), row.improved_share()) for row in rows)
    return Table(texts.HOW_MANY, columns, cells, detail=True)


def _known(release: Release, key: str) -> float:
    value = release[key]
    if value is None:
        raise ValueError(f"an edition with spread has no {key}")
    return value
