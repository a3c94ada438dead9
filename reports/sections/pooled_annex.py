"""What statisticians look for in the national report: sizes, intervals, heterogeneity, corrected p.

The same numbers as in the sections above, from the same editions; those have words.
"""

from __future__ import annotations

from reports import texts
from reports.data.indicators import AFTER, BEFORE, Indicator
from reports.disclosure.material import Material
from reports.disclosure.suppression import Release
from reports.report import Block, Figure, FigureSource, Paragraph, Table
from reports.sections.pooled import NAMES, National, adjusted_p, as_of, known, why_hidden
from reports.texts import national as say
from reports.texts import pooled as words

_SMALLEST = 0.001  # a smaller p is not told more exactly
_WAVES = (BEFORE, AFTER)
Cell = str | Figure


def of_pooled(found: National) -> list[Block]:
    """What belongs in the last section; nothing where nothing is pooled and no row is shown."""
    told: list[Block] = []
    if found.together or any(part.shown for part in found.parts.values()):
        told += [_sizes(found), *([_details(found)] if found.together else []), Paragraph(say.POOLING)]
        told += [Paragraph(words.RULES)] if found.together else []
    if adjusted_p(found):
        told.append(_core(found))
    return told


def estimate(id_: str, label: str, release: Release, item: str = "primary") -> Figure:
    """A pooled change with its interval."""
    low, high, source = release["ci_low"], release["ci_high"], FigureSource("pooled", "", item, _WAVES)
    note = as_of(release.period if release and not release.fresh else "")
    return Figure(
        id_, label, release["estimate"], release.n, "", 2, low, high, note=note, signed=True, source=source
    )  # fmt: skip


def _sizes(found: National) -> Table:
    """The standardised change of each programme, and what they say together."""
    rows: list[tuple[Cell, ...]] = [(found.label(one.programme), _size(found, one)) for one in found.materials]
    rows += [
        (label, estimate(f"{key}.estimate", f"{label}: {say.SIZE}", found.together[name]))
        for name, (key, label) in NAMES.items()
        if name in found.together
    ]
    return Table(say.SIZES, (say.PROGRAMME, say.SIZE), tuple(rows), caption=say.SCALE)


def _size(found: National, material: Material) -> Figure:
    programme, one = material.programme, material.primary
    id_, label = f"primary.{programme.slug}.smcr", f"{found.label(programme)}: {say.SIZE}"
    part = found.parts.get(programme.slug)
    if part is None or not part.shown:
        return Figure(id_, label, None, note=why_hidden(found, material))
    low, high = part.interval
    source = FigureSource("smcr", programme.slug, one.id if one else "", _WAVES)
    return Figure(id_, label, part.effect, part.n, "", 2, low, high, signed=True, source=source)


def _details(found: National) -> Table:
    names = [name for name in NAMES if name in found.together]
    quantities = (
        ("n", say.PAIRS, 0, "people"),
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
        (label, *(_detail(name, key, label, found.together[name], decimals, unit) for name in names))
        for key, label, decimals, unit in quantities
    )
    return Table(say.DETAILS, (say.QUANTITY, *(NAMES[name][1] for name in names)), rows, detail=True)


def _detail(name: str, key: str, words: str, release: Release, decimals: int, unit: str) -> Figure:
    short, label = NAMES[name]
    id_, full = f"{short}.{key}", f"{label}: {words}"
    if key == "n":
        return Figure(id_, full, release.n, unit="people", source=FigureSource("count", "", "primary", _WAVES))
    value, source = known(release, key), FigureSource("pooled", "", "primary", _WAVES)
    if key == "p":
        return _p(id_, full, value, release.n, source)
    signed = key.startswith("prediction")
    return Figure(
        id_, full, value, release.n, "share" if unit else "", decimals, signed=signed, source=source
    )  # fmt: skip


def _core(found: National) -> Table:
    adjusted = adjusted_p(found)
    rows = tuple(_core_row(one, release, adjusted.get(one.id)) for one, release in found.core)
    return Table(say.CORE, (texts.INDICATOR, say.SIZE, say.P_HOLM), rows, caption=say.CORE_SIZES)


def _core_row(one: Indicator, release: Release, p: float | None) -> tuple[Cell, ...]:
    name, id_ = one.name, f"core.{one.id}"
    source = FigureSource("pooled", "", one.id, _WAVES)
    if not release or p is None:
        return name, Figure(f"{id_}.estimate", f"{name}: {say.SIZE}", None, note=texts.TOO_FEW, source=source), ""
    return (
        name,
        estimate(f"{id_}.estimate", f"{name}: {say.SIZE}", release, one.id),
        _p(f"{id_}.p_holm", f"{name}: {say.P_HOLM}", p, release.n, source),
    )


def _p(id_: str, label: str, p: float, n: int, source: FigureSource) -> Figure:
    if p < _SMALLEST:
        return Figure(id_, label, None, n, note=say.VERY_SMALL, source=source)
    return Figure(id_, label, p, n, decimals=3, source=source)
