"""The national report: what all programmes say together, for a ministry and the public.

Knows neither files nor formats. It is public: groups of fewer than `cells.published` people are not spoken of.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import UTC, date, datetime
from itertools import zip_longest

from sqlalchemy import Connection

from reports import everybody, pools, texts
from reports.equity import equity
from reports.frames import read
from reports.impact import quotes
from reports.indicators import PARTICIPANTS
from reports.material import Material, gather
from reports.pooled import National, change_section, core_section, estimate, known
from reports.pooling import FEWEST
from reports.pools import ADULTS, EVERYONE
from reports.publishing import newly_shown, repeated
from reports.report import Block, Facts, Figure, Paragraph, Quote, Report, Section, Source
from reports.suppression import Cells, Edition, enough
from reports.texts import national as say
from reports.weeks import local_day
from surveys.model import Programme

_STORIES = 3  # of one programme at most
_PAGE = 2400  # characters: what fits one page of stories
_ALWAYS = datetime(1970, 1, 1, tzinfo=UTC)


def national(
    connection: Connection,
    programmes: Iterable[Programme],
    now: datetime,
    cells: Cells,
    open_text: Callable[[bytes], str],
    *,
    demo: bool = False,
) -> Report:
    """The report over all these programmes as of now.

    `open_text` unseals a story. Before the report is handed out, it is remembered with `reports.publishing.publish`.
    """
    materials = tuple(_read(connection, programme, now, cells) for programme in programmes)
    made_on, k = local_day(now), cells.published
    period = made_on.isoformat()
    together = pools.primary(connection, pools.primary_parts(materials, cells), period, k)
    core = pools.core(connection, materials, period, cells)
    found = National(
        materials, {part.programme.slug: part for part in together.parts}, together.editions, tuple(core), k
    )
    modes = equity(connection, materials, period, k)
    ours = {**together.editions, **modes.editions, **{pools.core_name(one.id): edition for one, edition in core}}
    sections = (
        Section("summary", texts.IN_SHORT, tuple(_summary(found))),
        Section("change", say.PRIMARY, tuple(change_section(found))),
        Section("core", say.CORE, tuple(core_section(found))),
        Section("equity", say.EQUITY, tuple(everybody.modes_section(modes))),
        Section("flow", say.FLOW, tuple(everybody.flow_section(found))),
        Section("stories", say.STORIES, tuple(_stories(connection, materials, open_text))),
        Section("method", texts.METHOD, tuple(_method(found, ours, cells))),
    )
    return Report(
        kind="national",
        title=say.TITLE,
        subtitle=say.subtitle(made_on),
        subject="national",
        period=period,
        made_on=made_on,
        sections=tuple(section for section in sections if section.blocks),
        demo=demo,
        published=(
            *(one for material in _shown(found) for one in material.published),
            *newly_shown({**ours, **together.remembered}),
        ),
    )


def _read(connection: Connection, programme: Programme, now: datetime, cells: Cells) -> Material:
    data = read(connection, programme.slug).of(PARTICIPANTS)
    return gather(connection, programme, data, now, cells, public=True, primary_only=True)


def _shown(found: National) -> list[Material]:
    """The programmes whose rows are shown."""
    return [one for one in found.materials if (part := found.parts.get(one.programme.slug)) and part.shown]


def _summary(found: National) -> list[Block]:
    joined = {one.programme.slug: everybody.joined(one) for one in found.materials}
    there = [one.programme for one in found.materials if joined[one.programme.slug]]
    people, libraries = sum(joined.values()), len({programme.library for programme in there})
    figures = [
        Figure("libraries", say.LIBRARIES, libraries, source=Source("count", "")),
        Figure("programmes", say.PROGRAMMES, len(there), source=Source("count", "")),
        Figure("people", say.PEOPLE, people, unit="people", source=Source("count", "")),
    ]
    main = found.together.get(ADULTS) or found.together.get(EVERYONE)
    if main:
        figures.append(estimate("headline.pooled", say.POOLED, main))
    first, *others = _verdict(found)
    told = [Paragraph(f"{say.took_part(people, len(there), libraries)} {first}")]
    return [*told, *([Paragraph(" ".join(others))] if others else []), Facts("", tuple(figures))]


def _verdict(found: National) -> list[str]:
    """What the pooled change says, without and with children, or why there is none."""
    adults, everyone = found.together.get(ADULTS), found.together.get(EVERYONE)
    keys = ("estimate", "ci_low", "ci_high")
    with_children = [say.with_children(*(known(everyone, key) for key in keys))] if everyone else []
    if not adults:
        return [say.too_few(FEWEST), *with_children]
    resting = say.pooled_from(adults.count("k"), adults.n)
    return [say.verdict(*(known(adults, key) for key in keys)), resting, *with_children]


def _stories(connection: Connection, materials: Sequence[Material], open_text: Callable[[bytes], str]) -> list[Block]:
    """The newest story of each programme, then the second ones, as many as fit a page.

    A programme of which too few people answered has none: a voice would stand alone.
    """
    told = [_quotes(connection, one, open_text) for one in materials]
    page: list[Block] = []
    room = _PAGE
    for one in (one for several in zip_longest(*told) for one in several if one is not None):
        if len(one.text) <= room:
            page.append(one)
            room -= len(one.text)
    return page


def _quotes(connection: Connection, one: Material, open_text: Callable[[bytes], str]) -> list[Quote]:
    if not enough(len(one.data.last_modes(one.moment)), one.k):
        return []
    found = quotes(connection, one.programme, (_ALWAYS, one.moment), _STORIES, open_text)
    speaker = say.speaker(one.programme.name, one.programme.library)
    return [Quote(block.text, speaker) for block in found if isinstance(block, Quote)]


def _method(found: National, ours: Mapping[str, Edition], cells: Cells) -> list[Block]:
    periods = {*repeated(ours.values()), *(part.period for part in found.parts.values() if part.shown and part.period)}
    again = tuple(date.fromisoformat(period) for period in sorted(periods))
    return [
        Paragraph(texts.CAVEAT),
        Paragraph(say.POOLING),
        Paragraph(f"{texts.small_cells(found.k)} {say.hidden_rows(found.k, cells.inside)}"),
        *([Paragraph(texts.repeated(again, found.k))] if again else []),
    ]
