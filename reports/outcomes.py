"""The sections beside the change: answers that are told once, modes, the flow of people, and who dropped out."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from reports import groups, participation, texts
from reports.changes import number_of, why
from reports.indicators import AFTER, BEFORE, Indicator
from reports.material import Material
from reports.report import Block, Facts, Figure, Paragraph, Source, Table
from reports.statistics import Difference, Summary, mean_difference
from reports.suppression import Edition, enough
from surveys.model import Kind, Mode


def share_tables(material: Material, wave: str) -> list[Block]:
    """A table for each item that is asked in this wave but not at the start; one sentence where all are hidden."""
    tables = [_share_table(material, one, wave) for one in material.told_once(wave)]
    return [*tables] if not tables or any(table.rows for table in tables) else [Paragraph(texts.NO_SHARES)]


def flow_table(material: Material, steps: tuple[participation.Step, ...]) -> Table:
    """Enrolled → consented → each wave, with RR2."""
    rows: list[tuple[str | Figure, ...]] = []
    for step in steps:
        label = step_name(material, step.id)
        waves = () if step.id in texts.STEP_NAMES else (step.id,)
        source = Source("count", material.programme.slug, waves=waves)
        people = Figure(f"flow.{step.id}", label, step.people, unit="people", source=source)
        rows.append((label, people, "" if step.id == "enrolled" else _rate(step, label, material.k, source)))
    return Table("", (texts.STEP, texts.COUNT, texts.RESPONSE_RATE), tuple(rows), caption=texts.FLOW_NOTE)


def _rate(step: participation.Step, label: str, k: int, source: Source) -> Figure:
    rate = step.rate if enough(step.eligible, k) else None
    note = "" if rate is not None else texts.no_rate(step.eligible)
    return Figure(
        f"response.{step.id}",
        f"{label}: {texts.RESPONSE_RATE}",
        rate,
        step.eligible,
        "share",
        note=note,
        source=replace(source, formula="rate"),
    )


def step_name(material: Material, step: str) -> str:
    """How a step of the flow is called."""
    return texts.STEP_NAMES.get(step) or material.wave_name(step)


def mode_table(material: Material) -> Table:
    """Whose hand gave the last answers of each person; modes of few people are joined."""
    edition = material.edition("all", "modes")
    found = groups.modes(edition, material.k) if edition else ()
    source = Source("share", material.programme.slug)
    rows: list[tuple[str | Figure, ...]] = [
        (group.label, _share(f"modes.{group.key}", group.label, group.counts[0], edition, source)) for group in found
    ]
    if edition and not found:
        most = max(Mode, key=edition.count)
        label, n = texts.MODE_NAMES[most], edition.n
        words = texts.bound(n - material.k + 1, None, n)
        rows = [(label, Figure(f"modes.{most}", label, None, n, "share", note=words, source=source))]
    return Table(texts.MODES, (texts.MODE, texts.SHARE), tuple(rows))


def dropout_blocks(material: Material) -> list[Block]:
    """Whether those without an answer at the end began differently; nothing where one group is too small."""
    one = material.primary
    if one is None:
        return []
    stayed, gone = material.edition(AFTER, one.id), material.edition(BEFORE, "dropouts")
    if not stayed or not gone:
        return [Paragraph(texts.DROPOUTS_UNKNOWN)]
    found = mean_difference(
        Summary(stayed.n, stayed["mean_before"], stayed["sd_before"]),
        Summary(gone.n, gone["mean"], gone["sd"]),
    )
    slug = material.programme.slug
    stayers, leavers = Source("mean_before", slug, one.id, (BEFORE, AFTER)), Source("baseline", slug, one.id, (BEFORE,))
    spread = stayed.shows("effect") and gone.shows("interval")  # the interval tells how wide the answers are spread
    figures = (
        number_of("completers.baseline", texts.STAYED_BASELINE, stayed, "mean_before", stayers),
        number_of("dropouts.baseline", texts.GONE_BASELINE, gone, "mean", leavers),
        _difference(found, gone.n, Source("mean_difference", slug, one.id, (BEFORE, AFTER)), interval=spread),
    )
    sentence = texts.dropout_sentence(found.difference or 0.0, found.ci_low or 0.0, found.ci_high or 0.0)
    return [Facts(texts.DROPOUTS, figures), Paragraph(sentence)]


def _difference(found: Difference, n: int, source: Source, *, interval: bool) -> Figure:
    low, high = (found.ci_low, found.ci_high) if interval else (None, None)
    id_, label = "dropouts.difference", texts.BASELINE_DIFFERENCE
    return Figure(id_, label, found.difference, n, "points", 1, low, high, signed=True, source=source)


def _share_table(material: Material, one: Indicator, wave: str) -> Table:
    edition, k, source = material.edition(wave, one.id), material.k, _share_source(material, one.id, wave)
    columns = (texts.ANSWER, texts.SHARE)
    if not edition:
        return Table(one.item.text, columns, (), caption=why(edition))
    caption = texts.people(edition.n)
    if not edition.fresh:
        caption += f", {texts.as_of(date.fromisoformat(edition.period))}"
    if one.item.kind is Kind.MULTIPLE:
        rows = _option_rows(one, wave, edition, k, source)
    else:
        rows = tuple(
            (
                group.label,
                _share(f"{one.id}.{wave}.{group.key}", f"{one.label}: {group.label}", group.counts[0], edition, source),
            )
            for group in reversed(groups.shares(edition, one, k))
        )
    return Table(one.item.text, columns, rows, caption=caption if rows else texts.HIDDEN)


def _option_rows(
    one: Indicator, wave: str, edition: Edition, k: int, source: Source
) -> tuple[tuple[str | Figure, ...], ...]:
    """Several could be chosen: each option stands alone against those who did not choose it."""
    rows = []
    for code, words in zip(one.codes, one.labels, strict=True):
        count, n = edition.count(str(code)), edition.n
        id_, label = f"{one.id}.{wave}.{code}", f"{one.label}: {words}"
        hidden = Figure(id_, label, None, n, "share", note=texts.HIDDEN, source=source)
        rows.append((words, _share(id_, label, count, edition, source) if k <= count <= n - k else hidden))
    return tuple(rows)


def _share(id_: str, label: str, count: int, edition: Edition, source: Source) -> Figure:
    return Figure(id_, label, count / edition.n, edition.n, "share", source=source)


def _share_source(material: Material, item: str, wave: str) -> Source:
    return Source("share", material.programme.slug, item, (wave,))
