"""The sections of the national report that tell a change in words: programme by programme, and the shared core."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from reports import texts
from reports.charts.forest import Diamond, ForestRow, forest
from reports.data.indicators import AFTER, BEFORE, Indicator
from reports.disclosure.material import Material
from reports.disclosure.pooled_inputs import ADULTS, EVERYONE
from reports.disclosure.rounding import interval
from reports.disclosure.row_safety import PooledEffect
from reports.disclosure.suppression import Release, enough
from reports.formulas.statistics import holm
from reports.report import Block, Chart, Figure, FigureSource, Paragraph, Table
from reports.texts import national as say
from reports.texts.steps import steps
from surveys.locale_sl import rounded
from surveys.model import Programme

NAMES = {ADULTS: ("adults", say.ADULTS), EVERYONE: ("everyone", say.EVERYONE)}
_CLEAR = 0.05
_WAVES = (BEFORE, AFTER)
Cell = str | Figure


@dataclass(frozen=True, slots=True)
class National:
    """What was read of all programmes, which parts of it count, and what they say together."""

    materials: tuple[Material, ...]
    parts: Mapping[str, PooledEffect]  # by the slug of the programme
    together: Mapping[str, Release]  # by `ADULTS` and `EVERYONE`
    core: tuple[tuple[Indicator, Release], ...]
    k: int

    def label(self, programme: Programme) -> str:
        """The name of a programme, with its library where another one is called the same."""
        same = [one for one in self.materials if one.programme.name == programme.name]
        name = f"{programme.name}, {programme.library}" if len(same) > 1 else programme.name
        return name if programme.pooled else say.children_programme(name)


def known(release: Release, key: str) -> float:
    """A number of a pooled edition, which always has all of them."""
    value = release[key]
    if value is None:
        raise ValueError(f"a pooled edition has no {key}")
    return value


def change_section(found: National) -> list[Block]:
    """How far the programmes are apart in words, a row a programme, the forest plot; or why there is nothing."""
    if not found.together and not any(part.shown for part in found.parts.values()):
        return [Paragraph(say.NO_CHANGES)]
    told: list[Block] = [*_span(found), _table(found)]
    if EVERYONE not in found.together and any(not one.programme.pooled for one in found.materials):
        told.append(Paragraph(say.NOT_WITH_CHILDREN))
    return [*told, *_forest(found)]


def core_section(found: National) -> list[Block]:
    """The four shared questions: to which side each of them moved, where that is clear after Holm's correction."""
    adjusted = adjusted_p(found)
    if not found.core:
        return []
    if not adjusted:
        return [Paragraph(say.CORE_TOO_FEW)]
    rows = tuple(_core_row(one, release, adjusted.get(one.id)) for one, release in found.core)
    verdict = say.core_verdict([one.name for one, _ in found.core if is_clear(adjusted.get(one.id))])
    columns = (texts.INDICATOR, say.PROGRAMMES, say.PAIRS, say.ON_AVERAGE)
    return [Paragraph(verdict), Table("", columns, rows, caption=say.CORE_READING)]


def adjusted_p(found: National) -> dict[str, float]:
    """The p of each shared question that can be pooled, by its id, corrected for comparing several (Holm)."""
    tested = [(one.id, known(release, "p")) for one, release in found.core if release]
    return dict(zip([id_ for id_, _ in tested], holm([p for _, p in tested]), strict=True))


def is_clear(p: float | None) -> bool:
    """Whether a change is told as more than chance."""
    return p is not None and p < _CLEAR


def _span(found: National) -> list[Paragraph]:
    """Between which programmes the mean changes lie: of those alone whose rows are shown."""
    rows = [
        (change, found.label(one.programme)) for one in found.materials if (change := _steps(found, one)) is not None
    ]
    if len(rows) < 2:  # noqa: PLR2004 - one programme has no span
        return []
    scales = {one.primary.scale for one in found.materials if one.primary and one.primary.scale}
    points = sorted({high - low + 1 for low, high in scales})
    return [Paragraph(say.span(min(rows), max(rows), (points[0], points[-1])))]


def _steps(found: National, material: Material) -> float | None:
    """The mean change on the scale of a programme whose row is shown, as its public edition has it."""
    part, one = found.parts.get(material.programme.slug), material.primary
    if part is None or not part.shown or one is None:
        return None
    change = material.release(AFTER, one.id)["change"]
    return None if change is None else rounded(change, 1)


def _forest(found: National) -> list[Chart]:
    rows = [
        ForestRow(
            found.label(part.programme), part.n, rounded(part.effect, 2), *interval(*part.interval, part.effect, 2)
        )
        for material in found.materials
        if (part := found.parts.get(material.programme.slug)) is not None and part.shown
    ]
    pooled = [
        _diamond(name, label, found.together[name]) for name, (_, label) in NAMES.items() if name in found.together
    ]
    return forest(rows, pooled, say.FOREST)


def _diamond(name: str, label: str, release: Release) -> Diamond:
    value, low, high, nearest, farthest = (
        known(release, key) for key in ("estimate", "ci_low", "ci_high", "prediction_low", "prediction_high")
    )
    ends = (*interval(low, high, value, 2), *interval(nearest, farthest, value, 2))
    return Diamond(label, rounded(value, 2), *ends, hollow=name == EVERYONE)


def _table(found: National) -> Table:
    """A row a programme: how many people, and how far their answers moved in words."""
    rows = tuple(_programme_row(found, material) for material in found.materials)
    return Table("", (say.PROGRAMME, say.PAIRS, say.MOVED, say.SCALE_FROM_TO), rows, caption=say.MOVED_READING)


def _programme_row(found: National, material: Material) -> tuple[Cell, ...]:
    one, label = material.primary, found.label(material.programme)
    change = _steps(found, material)
    scale = say.scale(*one.scale) if one and one.scale else ""
    if change is None:
        return label, people_of(found, material), say.NOT_TOLD, scale
    return label, people_of(found, material), steps(change), scale


def people_of(found: National, material: Material) -> Figure:
    """How many people stand behind the row of a programme, or why that is not told."""
    programme, one = material.programme, material.primary
    id_, label = f"primary.{programme.slug}.n", f"{found.label(programme)}: {say.PAIRS}"
    part = found.parts.get(programme.slug)
    if part is not None and part.shown:
        source = FigureSource("pairs", programme.slug, one.id if one else "", _WAVES)
        return Figure(id_, label, part.n, unit="people", note=as_of(part.period), source=source)
    return Figure(id_, label, None, unit="people", note=why_hidden(found, material))


def why_hidden(found: National, material: Material) -> str:
    """Why nothing is told of a programme."""
    one = material.primary
    pairs = len(material.data.pairs(one.id, BEFORE, AFTER)) if one else 0
    return texts.HIDDEN if enough(pairs, found.k) else texts.TOO_FEW


def _core_row(one: Indicator, release: Release, p: float | None) -> tuple[Cell, ...]:
    id_, label = f"core.{one.id}", one.name
    programmes, people = f"{label}: {say.PROGRAMMES}", f"{label}: {say.PAIRS}"
    if not release:
        hidden = Figure(f"{id_}.n", people, None, note=texts.TOO_FEW)
        return label, Figure(f"{id_}.k", programmes, None, note=texts.TOO_FEW), hidden, texts.TOO_FEW
    note = as_of("" if release.fresh else release.period)
    return (
        label,
        Figure(f"{id_}.k", programmes, release.count("k"), source=FigureSource("pooled", "", one.id, _WAVES)),
        Figure(
            f"{id_}.n", people, release.n, unit="people", note=note, source=FigureSource("count", "", one.id, _WAVES)
        ),
        say.moved(known(release, "estimate"), clear=is_clear(p)),
    )


def as_of(period: str) -> str:
    """Of which day a repeated number is; nothing for a new one."""
    return texts.as_of(date.fromisoformat(period)) if period else ""
