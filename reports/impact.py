"""The impact report of a programme: what the same people answered at the start, at the end and months later.

Knows neither files nor formats. Only what the rules for small groups admit enters the report.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime

from sqlalchemy import Connection

from reports import audiences, changes, options, outcomes, participation, pictures, texts
from reports.frames import read
from reports.indicators import AFTER, PARTICIPANTS
from reports.material import Material, gather
from reports.report import Block, Paragraph, Quote, Report, Section
from reports.suppression import Cells, enough
from reports.weeks import local_day
from storage import frames
from surveys.model import Programme

QUOTES = 3
_ALWAYS = datetime(1970, 1, 1, tzinfo=UTC)


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
    remembered with `reports.publishing.publish`.
    """
    everybody = read(connection, programme.slug)
    material = gather(connection, programme, everybody.of(PARTICIPANTS), now, cells)
    further = audiences.further(connection, programme, everybody, now, cells)
    again = sorted({day for one in (material, *(audience.material for audience in further)) for day in one.repeated})
    stories = quotes(connection, programme, (_ALWAYS, now), QUOTES, open_text) if _spoken_of(material) else []
    sections = (
        Section("summary", texts.IN_SHORT, tuple(changes.headline(material))),
        Section("change", texts.CHANGE, (*changes.change_tables(material), *options.tables(material))),
        Section("outcomes", texts.OUTCOMES, tuple(outcomes.share_tables(material, AFTER))),
        Section("later", texts.LATER, tuple(_later(material))),
        Section("flow", texts.FLOW, tuple(_flow(material))),
        *(audience.section for audience in further),
        Section("stories", texts.STORIES, tuple(stories)),
        Section("method", texts.METHOD, tuple(_method(material.k, again))),
    )
    made_on = local_day(now)
    return Report(
        kind="impact",
        title=programme.name,
        subtitle=texts.impact_subtitle(programme.library, made_on),
        subject=programme.slug,
        period=made_on.isoformat(),
        made_on=made_on,
        sections=tuple(section for section in sections if section.blocks),
        demo=demo,
        published=sum((audience.material.published for audience in further), material.published),
    )


def quotes(
    connection: Connection,
    programme: Programme,
    between: tuple[datetime, datetime],
    most: int,
    open_text: Callable[[bytes], str],
) -> list[Block]:
    """Stories whose publication was agreed to in this time, at most so many, the newest first."""
    sealed = frames.stories(connection, programme.slug, *between, most)
    return [Quote(open_text(one), texts.SPEAKER) for one in sealed]


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
        *pictures.funnel(named, material.k),
        outcomes.flow_table(material, steps),
        *([modes] if modes.rows else []),
        *outcomes.dropout_blocks(material),
    ]


def _method(k: int, again: Sequence[date]) -> list[Block]:
    return [
        Paragraph(texts.CAVEAT),
        Paragraph(texts.small_cells(k)),
        *([Paragraph(texts.repeated(tuple(again), k))] if again else []),
    ]
