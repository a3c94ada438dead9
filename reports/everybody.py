"""The sections of the national report on who took part, from enrolment to the last wave, and by whose hand."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from reports import outcomes, participation, pictures, texts
from reports.equity import Equity, Shown
from reports.indicators import AFTER, BEFORE
from reports.material import Material
from reports.participation import Step
from reports.pooled import National
from reports.report import Block, Figure, Paragraph, Source, Table
from reports.statistics import wilson
from reports.suppression import enough
from reports.texts import national as say

_STEPS = ("enrolled", "consented", BEFORE, AFTER)  # of a programme; what comes later is told of all together
Cell = str | Figure


def joined(material: Material) -> int:
    """How many people consented by now, each counted once."""
    people = material.data.people
    return int(people.loc[people["joined_at"] <= material.moment, "code"].nunique())


def flow_section(found: National) -> list[Block]:
    """The flow over all programmes as a funnel and a table, then a row for each programme."""
    flows = {one.programme.slug: _flow(one) for one in found.materials}
    names = {id_: outcomes.step_name(one, id_) for one in found.materials for id_ in flows[one.programme.slug]}
    steps = [(names[step.id], step) for step in _added(flows.values())]
    if not any(step.people for _, step in steps):
        return [Paragraph(texts.NOBODY)] if steps else []
    return [*pictures.funnel(steps, found.k), _all(steps, found.k), _each(found, flows, names)]


def modes_section(found: Equity) -> list[Block]:
    """The share who answered higher, for each mode that may be shown."""
    if not found.groups:
        return [Paragraph(say.EQUITY_TOO_FEW)]
    rows = tuple(_mode_row(group) for group in found.groups)
    table = Table("", (texts.MODE, say.PAIRS, say.HIGHER_ANSWER), rows, caption=say.EQUITY_READING)
    return [table, *([] if found.complete else [Paragraph(say.EQUITY_INCOMPLETE)])]


def _flow(material: Material) -> dict[str, Step]:
    return {step.id: step for step in participation.flow(material.data, material.waves, material.moment)}


def _added(flows: Iterable[dict[str, Step]]) -> list[Step]:
    """The steps of all programmes together; a wave that one of them does not have adds nobody."""
    added: dict[str, Step] = {}
    for flow in flows:
        for id_, step in flow.items():
            so_far = added.get(id_, Step(id_, 0, 0))
            added[id_] = Step(id_, so_far.people + step.people, so_far.eligible + step.eligible)
    return list(added.values())


def _all(steps: list[tuple[str, Step]], k: int) -> Table:
    rows = []
    for name, step in steps:
        people = Figure(f"flow.{step.id}", name, step.people, unit="people", source=Source("count", "", "", (step.id,)))
        rate = "" if step.id == "enrolled" else _rate(f"response.{step.id}", name, "", step, k)
        rows.append((name, people, rate))
    return Table("", (texts.STEP, texts.COUNT, texts.RESPONSE_RATE), tuple(rows), caption=texts.FLOW_NOTE)


def _each(found: National, flows: dict[str, dict[str, Step]], names: dict[str, str]) -> Table:
    rows: list[tuple[Cell, ...]] = []
    for material in found.materials:
        slug, label = material.programme.slug, found.label(material.programme)
        counts = [
            Figure(f"flow.{slug}.{id_}", f"{label}: {names[id_]}", step.people, unit="people",
                   source=Source("count", slug, "", (id_,)))
            for id_ in _STEPS
            for step in [flows[slug][id_]]
        ]  # fmt: skip
        rows.append((label, *counts, _rate(f"response.{slug}.{AFTER}", label, slug, flows[slug][AFTER], found.k)))
    columns = (say.PROGRAMME, *(names[id_].capitalize() for id_ in _STEPS), say.RESPONSE_AFTER)
    return Table(say.PER_PROGRAMME, columns, tuple(rows), detail=True)


def _rate(id_: str, label: str, slug: str, step: Step, k: int) -> Figure:
    rate = step.rate if enough(step.eligible, k) else None
    note = "" if rate is not None else texts.no_rate(step.eligible)
    source = Source("rate", slug, "", (step.id,))
    return Figure(id_, f"{label}: {texts.RESPONSE_RATE}", rate, step.eligible, "share", note=note, source=source)


def _mode_row(group: Shown) -> tuple[Cell, ...]:
    label, id_ = texts.either([texts.MODE_NAMES[mode] for mode in group.modes]), f"modes.{'_'.join(group.modes)}"
    low, high = wilson(group.higher, group.n)
    note = texts.as_of(date.fromisoformat(group.period)) if group.period else ""
    waves = (BEFORE, AFTER)
    people, share = Source("count", "", "primary", waves), Source("improved_share", "", "primary", waves)
    return (
        label,
        Figure(f"{id_}.n", f"{label}: {say.PAIRS}", group.n, unit="people", note=note, source=people),
        Figure(f"{id_}.improved_share", f"{label}: {say.HIGHER_ANSWER}", group.higher / group.n, group.n, "share", 0,
               low, high, source=share),
    )  # fmt: skip
