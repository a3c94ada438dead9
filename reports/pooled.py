"""The sections of the national report that tell a pooled change: the forest plot, its details, the shared core."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from reports import texts
from reports.forest import Diamond, Row, forest
from reports.indicators import AFTER, BEFORE, Indicator
from reports.material import Material
from reports.pools import ADULTS, EVERYONE
from reports.report import Block, Chart, Figure, Paragraph, Source, Table
from reports.rows import Part
from reports.slovenian import rounded
from reports.statistics import holm
from reports.suppression import Edition, enough
from reports.texts import national as say
from surveys.model import Programme

_NAMES = {ADULTS: ("adults", say.ADULTS), EVERYONE: ("everyone", say.EVERYONE)}
_CLEAR = 0.05
_SMALLEST = 0.001  # a smaller p is not told more exactly
_WAVES = (BEFORE, AFTER)
Cell = str | Figure


@dataclass(frozen=True, slots=True)
class National:
    """What was read of all programmes, which parts of it count, and what they say together."""

    materials: tuple[Material, ...]
    parts: Mapping[str, Part]  # by the slug of the programme
    together: Mapping[str, Edition]  # by `ADULTS` and `EVERYONE`
    core: tuple[tuple[Indicator, Edition], ...]
    k: int

    def label(self, programme: Programme) -> str:
        """The name of a programme, with its library where another one is called the same."""
        same = [one for one in self.materials if one.programme.name == programme.name]
        name = f"{programme.name}, {programme.library}" if len(same) > 1 else programme.name
        return name if programme.pooled else say.children_programme(name)


def known(edition: Edition, key: str) -> float:
    """A number of a pooled edition, which always has all of them."""
    value = edition[key]
    if value is None:
        raise ValueError(f"a pooled edition has no {key}")
    return value


def estimate(id_: str, label: str, edition: Edition, item: str = "primary") -> Figure:
    """A pooled change with its interval."""
    low, high, source = edition["ci_low"], edition["ci_high"], Source("pooled", "", item, _WAVES)
    note = _as_of(edition.period if edition and not edition.fresh else "")
    return Figure(
        id_, label, edition["estimate"], edition.n, "", 2, low, high, note=note, signed=True, source=source
    )  # fmt: skip


def change_section(found: National) -> list[Block]:
    """The forest plot, the same numbers in a table, and how different the programmes are; or why there is nothing."""
    if not found.together and not any(part.shown for part in found.parts.values()):
        return [Paragraph(say.NO_CHANGES)]
    told: list[Block] = [*_forest(found), _table(found)]
    for name, words in ((ADULTS, say.prediction), (EVERYONE, say.prediction_with_children)):
        if name in found.together:
            edition = found.together[name]
            told.append(Paragraph(words(known(edition, "prediction_low"), known(edition, "prediction_high"))))
            break
    if EVERYONE not in found.together and any(not one.programme.pooled for one in found.materials):
        told.append(Paragraph(say.NOT_WITH_CHILDREN))
    return [*told, *([_details(found)] if found.together else [])]


def core_section(found: National) -> list[Block]:
    """The four shared questions, each pooled, with Holm's correction over those that can be."""
    tested = [(one.id, _name(one), known(edition, "p")) for one, edition in found.core if edition]
    adjusted = dict(zip([id_ for id_, _, _ in tested], holm([p for _, _, p in tested]), strict=True))
    rows = tuple(_core_row(one, edition, adjusted.get(one.id)) for one, edition in found.core)
    if not tested:
        return [Paragraph(say.CORE_TOO_FEW)] if rows else []
    columns = (texts.INDICATOR, say.PROGRAMMES, say.PAIRS, say.SIZE, say.AFTER_HOLM, say.P_HOLM)
    verdict = texts.core_verdict([label for id_, label, _ in tested if adjusted[id_] < _CLEAR])
    return [Paragraph(verdict), Table("", columns, rows, caption=say.CORE_READING)]


def _forest(found: National) -> list[Chart]:
    rows = [
        Row(found.label(part.programme), part.n, *(rounded(one, 2) for one in (part.effect, *part.interval)))
        for material in found.materials
        if (part := found.parts.get(material.programme.slug)) is not None and part.shown
    ]
    pooled = [
        _diamond(name, label, found.together[name]) for name, (_, label) in _NAMES.items() if name in found.together
    ]
    return forest(rows, pooled, say.FOREST)


def _diamond(name: str, label: str, edition: Edition) -> Diamond:
    value, low, high, prediction_low, prediction_high = (
        rounded(known(edition, key), 2)
        for key in ("estimate", "ci_low", "ci_high", "prediction_low", "prediction_high")
    )
    return Diamond(label, value, low, high, prediction_low, prediction_high, hollow=name == EVERYONE)


def _table(found: National) -> Table:
    rows: list[tuple[Cell, ...]] = [_programme_row(found, material) for material in found.materials]
    for name, (key, label) in _NAMES.items():
        if name in found.together:
            edition = found.together[name]
            people = Figure(f"{key}.n", f"{label}: {say.PAIRS}", edition.n, unit="people", source=Source("count", ""))
            rows.append((label, people, estimate(f"{key}.estimate", f"{label}: {say.SIZE}", edition)))
    return Table("", (say.PROGRAMME, say.PAIRS, say.SIZE), tuple(rows), caption=say.SCALE)


def _programme_row(found: National, material: Material) -> tuple[Cell, ...]:
    programme, one = material.programme, material.primary
    label, id_ = found.label(programme), f"primary.{programme.slug}"
    n_label, size_label = f"{label}: {say.PAIRS}", f"{label}: {say.SIZE}"
    part = found.parts.get(programme.slug)
    if part is not None and part.shown:
        low, high = part.interval
        item = one.id if one else ""
        n_source, source = (Source(formula, programme.slug, item, _WAVES) for formula in ("count", "smcr"))
        note = _as_of(part.period)
        return (
            label,
            Figure(f"{id_}.n", n_label, part.n, unit="people", note=note, source=n_source),
            Figure(f"{id_}.smcr", size_label, part.effect, part.n, "", 2, low, high, signed=True, source=source),
        )
    pairs = len(material.data.pairs(one.id, BEFORE, AFTER)) if one else 0
    note = texts.HIDDEN if enough(pairs, found.k) else texts.TOO_FEW
    return (
        label,
        Figure(f"{id_}.n", n_label, None, unit="people", note=note),
        Figure(f"{id_}.smcr", size_label, None, note=note),
    )


def _details(found: National) -> Table:
    names = [name for name in _NAMES if name in found.together]
    quantities = (
        ("k", say.PROGRAMMES, 0, ""),
        ("se", say.STANDARD_ERROR, 3, ""),
        ("p", say.P, 3, ""),
        ("tau2", "τ²", 3, ""),
        ("i2", "I²", 0, "share"),
        ("q", "Q", 2, ""),
        ("prediction_low", say.PREDICTION_LOW, 2, ""),
        ("prediction_high", say.PREDICTION_HIGH, 2, ""),
    )
    rows: tuple[tuple[Cell, ...], ...] = tuple(
        (words, *(_detail(name, key, words, found.together[name], decimals, unit) for name in names))
        for key, words, decimals, unit in quantities
    )
    return Table(say.DETAILS, (say.QUANTITY, *(_NAMES[name][1] for name in names)), rows, detail=True)


def _detail(name: str, key: str, words: str, edition: Edition, decimals: int, unit: str) -> Figure:
    short, label = _NAMES[name]
    id_, full, value = f"{short}.{key}", f"{label}: {words}", known(edition, key)
    source = Source("pooled", "", "primary", _WAVES)
    if key == "p":
        return _p(id_, full, value, edition.n, source)
    signed = key.startswith("prediction")
    return Figure(
        id_, full, value, edition.n, "share" if unit else "", decimals, signed=signed, source=source
    )  # fmt: skip


def _name(one: Indicator) -> str:
    return texts.row_name(one.label, reverse=one.item.reverse)


def _core_row(one: Indicator, edition: Edition, p: float | None) -> tuple[Cell, ...]:
    name = _name(one)
    id_ = f"core.{one.id}"
    source = Source("pooled", "", one.id, _WAVES)
    if not edition or p is None:
        empty = Figure(f"{id_}.estimate", f"{name}: {say.SIZE}", None, note=texts.TOO_FEW, source=source)
        return (name, "", "", empty, "", "")
    return (
        name,
        Figure(f"{id_}.k", f"{name}: {say.PROGRAMMES}", edition.count("k"), source=source),
        Figure(f"{id_}.n", f"{name}: {say.PAIRS}", edition.n, unit="people", source=source),
        estimate(f"{id_}.estimate", f"{name}: {say.SIZE}", edition, one.id),
        say.CLEAR if p < _CLEAR else say.UNCLEAR,
        _p(f"{id_}.p_holm", f"{name}: {say.P_HOLM}", p, edition.n, source),
    )


def _p(id_: str, label: str, p: float, n: int, source: Source) -> Figure:
    if p < _SMALLEST:
        return Figure(id_, label, None, n, note=say.VERY_SMALL, source=source)
    return Figure(id_, label, p, n, decimals=3, source=source)


def _as_of(period: str) -> str:
    """Of which day a repeated number is; nothing for a new one."""
    return texts.as_of(date.fromisoformat(period)) if period else ""
