"""The sections beside the change: answers that are told once, modes, the flow of people, and who dropped out."""

from __future__ import annotations

from datetime import date

from reports import texts
from reports.data.indicators import Indicator
from reports.disclosure import improvement
from reports.disclosure.material import Material
from reports.disclosure.suppression import Release
from reports.report import Block, Figure, FigureSource, Paragraph, Table
from reports.sections.changes import why
from surveys.model import Kind


def share_tables(material: Material, wave: str) -> list[Block]:
    """A table for each item that is asked in this wave but not at the start; one sentence where all are hidden."""
    tables = [_share_table(material, one, wave) for one in material.told_once(wave)]
    return [*tables] if not tables or any(table.rows for table in tables) else [Paragraph(texts.NO_SHARES)]


def step_name(material: Material, step: str) -> str:
    """How a step of the flow is called."""
    return texts.STEP_NAMES.get(step) or material.wave_name(step)


def mode_table(material: Material) -> Table:
    """Whose hand gave the last answers of each person; modes of few people are joined."""
    release = material.release("all", "modes")
    found = improvement.modes(release, material.k) if release else ()
    source = FigureSource("share", material.programme.slug)
    rows: list[tuple[str | Figure, ...]] = [
        (group.label, _share(f"modes.{group.key}", group.label, group.counts[0], release, source)) for group in found
    ]
    if release and not found:
        most = max(improvement.told_apart(release), key=release.count)
        label, n = texts.MODE_NAMES[most], release.n
        words = texts.bound(n - material.k + 1, None, n)
        rows = [(label, Figure(f"modes.{most}", label, None, n, "share", note=words, source=source))]
    uneven = texts.rounded_shares([group.counts[0] / release.n for group in found]) if found else ""
    of = texts.last_answers(release.n) if rows else ""
    return Table(texts.MODES, (texts.MODE, texts.SHARE), tuple(rows), caption="; ".join(filter(None, (of, uneven))))


def _share_table(material: Material, one: Indicator, wave: str) -> Table:
    release, k, source = material.release(wave, one.id), material.k, _share_source(material, one.id, wave)
    columns = (texts.ANSWER, texts.SHARE)
    if not release:
        return Table(one.item.text, columns, (), caption=why(release))
    caption = texts.people(release.n)
    if not release.fresh:
        caption += f", {texts.as_of(date.fromisoformat(release.period))}"
    if one.item.kind is Kind.MULTIPLE:
        rows = _option_rows(one, wave, release, k, source)
    else:
        found = tuple(reversed(improvement.shares(release, one, k)))
        rows = tuple(
            (
                group.label,
                _share(f"{one.id}.{wave}.{group.key}", f"{one.label}: {group.label}", group.counts[0], release, source),
            )
            for group in found
        )
        uneven = texts.rounded_shares([group.counts[0] / release.n for group in found])
        caption += f"; {uneven}" if uneven else ""
    return Table(one.item.text, columns, rows, caption=caption if rows else texts.HIDDEN)


def _option_rows(
    one: Indicator, wave: str, release: Release, k: int, source: FigureSource
) -> tuple[tuple[str | Figure, ...], ...]:
    """Several could be chosen: each option stands alone against those who did not choose it."""
    rows = []
    for code, words in zip(one.codes, one.labels, strict=True):
        count, n = release.count(str(code)), release.n
        id_, label = f"{one.id}.{wave}.{code}", f"{one.label}: {words}"
        hidden = Figure(id_, label, None, n, "share", note=texts.HIDDEN, source=source)
        rows.append((words, _share(id_, label, count, release, source) if k <= count <= n - k else hidden))
    return tuple(rows)


def _share(id_: str, label: str, count: int, release: Release, source: FigureSource) -> Figure:
    return Figure(id_, label, count / release.n, release.n, "share", source=source)


def _share_source(material: Material, item: str, wave: str) -> FigureSource:
    return FigureSource("share", material.programme.slug, item, (wave,))
