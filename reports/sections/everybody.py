"""The sections of the national report on who took part, from enrolment to the last wave, and by whose hand."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from reports import texts
from reports.data import participation
from reports.data.indicators import AFTER, BEFORE
from reports.data.participation import ResponseStep
from reports.disclosure.material import Material
from reports.disclosure.mode_effects import ModeEffects, Shown
from reports.formulas.statistics import wilson
from reports.report import Block, Figure, FigureSource, Paragraph, Table
from reports.sections import flow, outcomes, pictures, response
from reports.sections.pooled import National
from reports.texts import national as say

_STEPS = ("enrolled", "consented")  # of a programme, before its end; the other waves are told of all together
Cell = str | Figure


def twice(materials: Iterable[Material]) -> int:
    """How many different people answered both at the start and at the end of the same group, whole or in part."""
    people: set[str] = set()
    for one in materials:
        people |= participation.persons_twice(one.data, BEFORE, AFTER, one.moment)
    return len(people)


def improved(whole: Shown, programmes: tuple[str, ...]) -> Figure:
    """The share of the people of these programmes who answered higher at the end."""
    low, high = wilson(whole.higher, whole.n)
    source = FigureSource("improved_share", "", "primary", (BEFORE, AFTER), programmes=programmes)
    note = _as_of(whole)
    return Figure(
        "improved_share", say.IMPROVED, whole.higher / whole.n, whole.n, "share", 0, low, high, note=note, source=source
    )  # fmt: skip


def flow_section(found: National) -> list[Block]:
    """The flow over all programmes as a funnel and a table, then a row for each programme."""
    flows = {one.programme.slug: _flow(one) for one in found.materials}
    names = {id_: outcomes.step_name(one, id_) for one in found.materials for id_ in flows[one.programme.slug]}
    steps = [(names[step.id], step) for step in _added(flows.values())]
    if not any(step.people for _, step in steps):
        return [Paragraph(texts.NOBODY)] if steps else []
    told = response.paragraphs(steps[1:], found.k)
    table = flow.table([step for _, step in steps], names.__getitem__, "", found.k)
    return [*told, *pictures.funnel(steps, found.k), table, _each(found, flows, names)]


def modes_section(found: ModeEffects) -> list[Block]:
    """The share who answered higher, for each mode that may be shown."""
    if not found.groups or (len(found.groups) == 1 and len(found.groups[0].modes) > 1):
        return [Paragraph(say.EQUITY_TOO_FEW)]
    rows = tuple(_mode_row(group, found.programmes) for group in found.groups)
    table = Table("", (texts.MODE, say.PAIRS, say.HIGHER_ANSWER), rows, caption=say.EQUITY_READING)
    return [table, *([] if found.complete else [Paragraph(say.EQUITY_INCOMPLETE)])]


def _flow(material: Material) -> dict[str, ResponseStep]:
    return {step.id: step for step in participation.flow(material.data, material.waves, material.moment)}


def _added(flows: Iterable[dict[str, ResponseStep]]) -> list[ResponseStep]:
    """The steps of all programmes together; a wave that one of them does not have adds nobody."""
    every = list(flows)
    ids = dict.fromkeys(id_ for steps in every for id_ in steps)
    return [participation.together(id_, (steps[id_] for steps in every if id_ in steps)) for id_ in ids]


def _each(found: National, flows: dict[str, dict[str, ResponseStep]], names: dict[str, str]) -> Table:
    """Who came to each programme, and the response at its end."""
    rows: list[tuple[Cell, ...]] = []
    for material in found.materials:
        slug, label = material.programme.slug, found.label(material.programme)
        counts = [flow.taken(f"flow.{slug}.{id_}", f"{label}: {names[id_]}", flows[slug][id_], slug) for id_ in _STEPS]
        rows.append((label, *counts, *flow.shares(flows[slug][AFTER], f"{label}: {names[AFTER]}", slug, found.k, slug)))
    columns = (say.PROGRAMME, *(names[id_].capitalize() for id_ in _STEPS), *flow.SHARES)
    return Table(say.per_programme(names[AFTER]), columns, tuple(rows), detail=True)


def _mode_row(group: Shown, programmes: tuple[str, ...]) -> tuple[Cell, ...]:
    label, id_ = texts.either([texts.MODE_NAMES[mode] for mode in group.modes]), f"modes.{'_'.join(group.modes)}"
    low, high = wilson(group.higher, group.n)
    note = _as_of(group)
    waves = (BEFORE, AFTER)
    people, share = (
        FigureSource(formula, "", "primary", waves, programmes=programmes) for formula in ("count", "share_of_mode")
    )
    return (
        label,
        Figure(f"{id_}.n", f"{label}: {say.PAIRS}", group.n, unit="people", note=note, source=people),
        Figure(f"{id_}.improved_share", f"{label}: {say.HIGHER_ANSWER}", group.higher / group.n, group.n, "share", 0,
               low, high, source=share),
    )  # fmt: skip


def _as_of(group: Shown) -> str:
    return texts.as_of(date.fromisoformat(group.period)) if group.period else ""
