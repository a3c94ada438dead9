"""The sections of a report that tell a change: the headline, the table of indicators, and what stays months later."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from reports import groups, pictures, texts
from reports.indicators import AFTER, Indicator
from reports.material import Material
from reports.report import Block, Facts, Figure, Paragraph, Table
from reports.statistics import holm
from reports.suppression import Edition

_TENTHS = 10
_CLEAR = 0.05
Cell = str | Figure
Found = Sequence[tuple[Indicator, Edition]]


def headline(material: Material) -> list[Block]:
    """The primary change in plain sentences and three figures, or why there is none."""
    one = material.primary
    edition = material.edition(AFTER, one.id) if one else None
    if one is None or not edition:
        return [Paragraph(texts.too_few_pairs(material.k))]
    sentence = improved_sentence(groups.improvement(edition, material.k), one.label)
    words = texts.means(_known(edition, "mean_before"), _known(edition, "mean_after"), one.scale)
    verdict = texts.verdict(_known(edition, "change"), _known(edition, "ci_low"), _known(edition, "ci_high"))
    told: list[Block] = [Paragraph(sentence)] if sentence else []
    told += pictures.ten_people(one, edition, material.k, sentence)
    return [*told, Paragraph(f"{words} {verdict}"), Facts("", _headline_figures(one, edition, material.k))]


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
    """Means, change with interval and effect size of every indicator; then how many answered higher."""
    found = [(one, material.edition(AFTER, one.id)) for one in material.compared(AFTER)]
    columns = (texts.INDICATOR, texts.PAIRS, texts.AT_START, texts.AT_END, texts.MEAN_CHANGE, texts.EFFECT)
    rows = tuple((_name(one), *_mean_cells(one, edition)) for one, edition in found)
    return [
        Table(texts.MEANS, columns, rows, caption=texts.READING),
        *pictures.means(material),
        *_core_note(found),
        *pictures.answers(material),
        _directions(found, material.k, ""),
    ]


def later_tables(material: Material, wave: str) -> list[Block]:
    """The change from the start to a follow-up wave, without means (see `reports.blocks.later_change`)."""
    found = [(one, material.edition(wave, one.id)) for one in material.compared(wave)]
    if not any(edition for _, edition in found):
        return [Paragraph(f"{texts.since_start(material.wave_name(wave))}: {texts.TOO_FEW}.")]
    rows = tuple((_name(one), *_change_cells(f"{one.id}.{wave}", one, edition)) for one, edition in found)
    columns = (texts.INDICATOR, texts.PAIRS, texts.MEAN_CHANGE)
    return [
        *_still(material, wave),
        Table(texts.since_start(material.wave_name(wave)), columns, rows, detail=True),
        _directions(found, material.k, f".{wave}"),
    ]


def _still(material: Material, wave: str) -> list[Block]:
    one = material.primary
    edition = material.edition(wave, one.id) if one else None
    if one is None or not edition:
        return []
    between = (_known(edition, "ci_low"), _known(edition, "ci_high"))
    return [Paragraph(texts.still(material.wave_name(wave), one.label, _known(edition, "change"), between))]


def number_of(id_: str, label: str, edition: Edition, key: str, decimals: int = 1, *, signed: bool = False) -> Figure:
    """A number of an edition in points, or why it is not shown."""
    if not edition:
        return Figure(id_, label, None, unit="points", note=texts.TOO_FEW)
    value = edition[key]
    note = texts.UNKNOWN if value is None else ""
    return Figure(id_, label, value, edition.people(key), "points", decimals, note=note, signed=signed)


def _headline_figures(one: Indicator, edition: Edition, k: int) -> tuple[Figure, ...]:
    pairs, change = _change_cells("headline", one, edition)
    return (
        Figure("headline.n", texts.PAIRS_LONG, pairs.value, unit="people", note=pairs.note),
        Figure("headline.change", texts.CHANGE_MEAN, change.value, change.n, "points", 1, signed=True),
        _improved_share("headline.improved_share", texts.IMPROVED, edition, k),
    )


def _name(one: Indicator) -> str:
    return texts.row_name(one.label, one.item.unit, reverse=one.item.reverse)


def _mean_cells(one: Indicator, edition: Edition) -> tuple[Cell, ...]:
    pairs, change = _change_cells(one.id, one, edition)
    return (
        pairs,
        number_of(f"{one.id}.before", f"{one.label}: {texts.AT_START}", edition, "mean_before"),
        number_of(f"{one.id}.after", f"{one.label}: {texts.AT_END}", edition, "mean_after"),
        change,
        number_of(f"{one.id}.g_av", f"{one.label}: {texts.EFFECT}", edition, "g_av", 2, signed=True),
    )


def _change_cells(prefix: str, one: Indicator, edition: Edition) -> tuple[Figure, Figure]:
    n_label, label = f"{one.label}: {texts.PAIRS}", f"{one.label}: {texts.MEAN_CHANGE}"
    change = number_of(f"{prefix}.change", label, edition, "change", signed=True)
    if not edition:
        return Figure(f"{prefix}.n", n_label, None, unit="people", note=texts.TOO_FEW), change
    note = "" if edition.fresh else texts.as_of(date.fromisoformat(edition.period))
    return (
        Figure(f"{prefix}.n", n_label, edition.people("change"), unit="people", note=note),
        Figure(
            change.id, label, change.value, change.n, "points", 1, edition["ci_low"], edition["ci_high"], signed=True
        ),
    )


def _core_note(found: Found) -> list[Block]:
    """Which of the core items moved clearly, after Holm's correction over those that may be shown."""
    core = [(one, edition) for one, edition in found if one.item.role == "core" and edition]
    tested = [(one, p) for one, edition in core if (p := edition["p"]) is not None]
    if not tested:
        return []
    adjusted = holm([p for _, p in tested])
    clear = [one.label for (one, _), p in zip(tested, adjusted, strict=True) if p < _CLEAR]
    return [Paragraph(texts.core_verdict(clear))]


def _directions(found: Found, k: int, suffix: str) -> Table:
    directions = (word.capitalize() for word in (texts.HIGHER, texts.SAME, texts.LOWER))
    columns = (texts.INDICATOR, *directions, texts.HIGHER_SHARE)
    rows = tuple(
        (
            _name(one),
            *_direction_cells(f"{one.id}{suffix}", one, edition, k),
            _improved_share(f"{one.id}{suffix}.improved_share", f"{one.label}: {texts.HIGHER_SHARE}", edition, k),
        )
        for one, edition in found
    )
    return Table(texts.HOW_MANY, columns, rows, detail=True)


def _direction_cells(prefix: str, one: Indicator, edition: Edition, k: int) -> list[Cell]:
    """Higher, same, lower: of joined groups the first cell holds the sum and says so, the others stay empty."""
    if not edition:
        return [texts.TOO_FEW, "", ""]
    shown = groups.directions(edition, k)
    if not shown:
        return [texts.HIDDEN, "", ""]
    cells: list[Cell] = []
    for group in reversed(shown):
        parts = group.key.split("_")
        note = group.label if len(parts) > 1 else ""
        label = f"{one.label}: {group.label}"
        n = edition.people("improved")
        cells.append(Figure(f"{prefix}.{group.key}", label, group.counts[0], n, "people", note=note))
        cells.extend([""] * (len(parts) - 1))
    return cells


def _improved_share(id_: str, label: str, edition: Edition, k: int) -> Figure:
    if not edition:
        return Figure(id_, label, None, unit="share", note=texts.TOO_FEW)
    found = groups.improvement(edition, k)
    if found.exact is None:
        return Figure(id_, label, None, found.n, "share", note=texts.bound(found.least, found.below, found.n))
    low, high = edition["improved_low"], edition["improved_high"]
    return Figure(id_, label, found.exact / found.n, found.n, "share", 0, low, high)


def _known(edition: Edition, key: str) -> float:
    value = edition[key]
    if value is None:
        raise ValueError(f"an edition with spread has no {key}")
    return value
