"""The impact report of a programme: what the same people answered at the start, at the end and months later.

Knows neither files nor formats. Only what the rules for small groups admit enters the report.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from itertools import islice

from sqlalchemy import Connection

from reports import texts
from reports.data import participation
from reports.data.frames import read
from reports.data.indicators import AFTER, PARTICIPANTS, everything
from reports.disclosure.clusters import Grouped, grouped
from reports.disclosure.material import Material, gather
from reports.disclosure.suppression import Cells, enough
from reports.disclosure.waiting_list import WaitingRelease, beside
from reports.report import Block, Paragraph, Quote, Report, Section
from reports.sections import (
    audiences,
    changes,
    clustered,
    counterfactual,
    flow,
    options,
    outcomes,
    pictures,
    who_stayed,
)
from reports.sections.annex import annex, of_changes, of_response, pointer
from reports.sections.audiences import Audience
from reports.sections.evidence_level import of_evidence
from reports.sections.meaning import meaning_blocks
from reports.sections.plan import CohortPlans, plans
from reports.texts.counterfactual import COMPARED, TITLE
from storage.analysis import frames
from storage.analysis.frames import SealedStory
from surveys.model import Programme
from surveys.weeks import local_day
from surveys.wording import MAY_STAND, Edit, edit_of

QUOTES = 3
_ALWAYS = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class _Parts:
    """All that the report is made of."""

    material: Material  # of the participants
    further: tuple[Audience, ...]
    waiting: WaitingRelease
    by_group: Grouped
    plan: CohortPlans
    stories: tuple[Quote, ...]


def impact(
    connection: Connection,
    programme: Programme,
    now: datetime,
    cells: Cells,
    open_text: Callable[[bytes], str],
    *,
    demo: bool = False,
) -> Report:
    """The report on the participants of a programme as of now, and in short on its further audiences.

    `open_text` unseals a story. Before the report is handed out, it is
    remembered with `reports.disclosure.publishing.publish`.
    """
    everybody = read(connection, programme.slug, everything(programme))
    material = gather(connection, programme, everybody.of(PARTICIPANTS), now, cells)
    parts = _Parts(
        material,
        further=tuple(audiences.further(connection, programme, everybody, now, cells)),
        waiting=beside(connection, material),
        by_group=grouped(connection, material),
        plan=plans(connection, programme, now),
        stories=tuple(quotes(connection, programme, (_ALWAYS, now), QUOTES, open_text) if _spoken_of(material) else ()),
    )
    made_on = local_day(now)
    return Report(
        kind="impact",
        title=programme.name,
        subtitle=texts.impact_subtitle(programme.library, made_on),
        subject=programme.slug,
        period=made_on.isoformat(),
        made_on=made_on,
        sections=tuple(section for section in _sections(parts) if section.blocks),
        demo=demo,
        published=sum(
            (audience.material.published for audience in parts.further),
            material.published + parts.waiting.published + parts.by_group.published,
        ),
    )


def _sections(parts: _Parts) -> tuple[Section, ...]:
    """All sections in their order, also those that have nothing to say."""
    material, waiting, by_group = parts.material, parts.waiting, parts.by_group
    waits = counterfactual.changes(waiting)[1] if waiting.release else None
    last = annex(
        of_changes(material, intervals=False),
        counterfactual.annex(waiting),
        clustered.annex(material, by_group),
        of_response() if len(material.data.people) else [],
        parts.plan.annex,
    )
    change = (*changes.change_tables(material), *clustered.blocks(material, by_group), *options.tables(material))
    evidence = (
        *of_evidence(material, waiting, by_group.told),
        *parts.plan.blocks,
        *meaning_blocks(material, waits),
    )
    return (
        Section("summary", texts.IN_SHORT, tuple(changes.headline(material, by_group.told))),
        Section("counterfactual", TITLE, tuple(counterfactual.blocks(material, waiting))),
        Section("change", texts.CHANGE, change),
        Section("outcomes", texts.OUTCOMES, tuple(outcomes.share_tables(material, AFTER))),
        Section("later", texts.LATER, tuple(_later(material))),
        Section("flow", texts.FLOW, tuple(_flow(material))),
        *(audience.section for audience in parts.further),
        Section("stories", texts.STORIES, parts.stories),
        Section("evidence", texts.EVIDENCE, evidence),
        Section("method", texts.METHOD, (*_method(parts), *pointer(last))),
        last,
    )


def quotes(
    connection: Connection,
    programme: Programme,
    between: tuple[datetime, datetime],
    most: int,
    open_text: Callable[[bytes], str],
) -> list[Quote]:
    """Stories whose publication was agreed to in this time, at most so many, the newest first."""
    told = (_quote(one, open_text) for one in frames.stories(connection, programme.slug, *between))
    return list(islice((one for one in told if one is not None), most))


def _quote(one: SealedStory, open_text: Callable[[bytes], str]) -> Quote | None:
    """The words that may be quoted; None while the author has not agreed to words that are not their own."""
    text = open_text(one.text)
    if one.edited is None:
        return Quote(text, texts.SPEAKER)
    edited = open_text(one.edited)
    done = edit_of(text, edited)
    if done in MAY_STAND or one.agreed:
        return Quote(edited, texts.SPEAKER, edited=done is not Edit.NONE)
    return None


def _spoken_of(material: Material) -> bool:
    """Whether so many people answered that one voice among them does not stand alone."""
    return enough(material.data.occasions["code"].nunique(), material.k)


def _later(material: Material) -> list[Block]:
    told: list[Block] = []
    for wave in material.followups:
        told += outcomes.share_tables(material, wave)
        told += changes.later_tables(material, wave)
        told += options.later_tables(material, wave)
    return told


def _flow(material: Material) -> list[Block]:
    steps = participation.flow(material.data, material.waves, material.moment)
    if steps[0].people == 0:
        return [Paragraph(texts.NOBODY)]
    modes = outcomes.mode_table(material)
    named = [(outcomes.step_name(material, step.id), step) for step in steps]
    return [
        *flow.sentences(material, steps),
        *pictures.funnel(named, material.k),
        flow.table(steps, partial(outcomes.step_name, material), material.programme.slug, material.k),
        *([modes] if modes.rows else []),
        *who_stayed.blocks(material),
    ]


def _method(parts: _Parts) -> list[Block]:
    material = parts.material
    cause = COMPARED if parts.waiting.waiting else texts.CHANGE_ONLY
    every = (material, *(audience.material for audience in parts.further))
    again = sorted({day for one in every for day in one.repeated})
    return [
        Paragraph(texts.caveat(children=material.programme.answered_for_child, cause=cause)),
        Paragraph(texts.small_cells(material.k)),
        *([Paragraph(texts.repeated(tuple(again), material.k))] if again else []),
    ]
