"""The national report: what all programmes say together, for a ministry and the public.

Knows neither files nor formats. It is public: groups of fewer than `cells.published` people are not spoken of.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from itertools import zip_longest

from sqlalchemy import Connection

from reports import texts
from reports.data.frames import read
from reports.data.indicators import PARTICIPANTS, change_of
from reports.disclosure import pooled_inputs
from reports.disclosure.material import Material, gather
from reports.disclosure.mode_effects import ModeEffects, Shown, mode_effects
from reports.disclosure.pooled_inputs import ADULTS, EVERYONE
from reports.disclosure.presence import presence
from reports.disclosure.publishing import newly_shown, repeated
from reports.disclosure.suppression import Cells, Release, enough
from reports.disclosure.tenths import OfTen
from reports.formulas.pooling import FEWEST
from reports.kinds.impact import quotes
from reports.report import Block, Facts, Figure, FigureSource, Paragraph, Quote, Report, Section
from reports.sections import everybody
from reports.sections.annex import annex, of_response, pointer
from reports.sections.evidence_level import reached
from reports.sections.pooled import National, change_section, core_section, known
from reports.sections.pooled_annex import of_pooled
from reports.texts import levels
from reports.texts import national as say
from reports.texts import pooled as claims
from reports.texts.pooled import Claim
from surveys.model import Programme
from surveys.months import month_of
from surveys.weeks import local_day

_STORIES = 4
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
    """The report as of now over those of these programmes that count in the national result; it names the others.

    `open_text` unseals a story. Before the report is handed out, it is remembered with
    `reports.disclosure.publishing.publish`.
    """
    everyone = tuple(programmes)
    materials = tuple(_read(connection, programme, now, cells) for programme in everyone if programme.national)
    outside = [programme.name for programme in everyone if not programme.national]
    made_on, k = local_day(now), cells.published
    period = made_on.isoformat()
    together = pooled_inputs.primary(connection, pooled_inputs.primary_parts(materials, cells), period, k)
    core = pooled_inputs.core(connection, materials, period, cells)
    found = National(
        materials, {part.programme.slug: part for part in together.parts}, together.releases, tuple(core), k
    )
    modes = mode_effects(connection, materials, period, k)
    evident = [reached(connection, one) for one in _shown(found)]
    ours = {
        **together.releases,
        **modes.releases,
        **{pooled_inputs.core_name(one.id): release for one, release in core},
    }
    method = _method(found, ours, cells, [level.reached for level, _ in evident])
    method = [*method, *([Paragraph(say.outside(outside))] if outside else [])]
    sections = _sections(found, modes, _stories(connection, materials, now, open_text), method)
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
            *(one for _, remembered in evident for one in remembered),
            *newly_shown({**ours, **together.remembered}),
        ),
    )


def _sections(
    found: National, modes: ModeEffects, stories: Sequence[Block], method: Sequence[Block]
) -> tuple[Section, ...]:
    """All sections in their order, also those that have nothing to say."""
    asked = any(len(one.data.people) for one in found.materials)
    last = annex(of_pooled(found), of_response() if asked else [])
    return (
        Section("summary", texts.IN_SHORT, tuple(_summary(found, modes))),
        Section("change", say.PRIMARY, tuple(change_section(found))),
        Section("core", say.CORE, tuple(core_section(found))),
        Section("equity", say.EQUITY, tuple(everybody.modes_section(modes))),
        Section("flow", say.FLOW, tuple(everybody.flow_section(found))),
        Section("stories", say.STORIES, tuple(stories)),
        Section("method", texts.METHOD, (*method, *pointer(last))),
        last,
    )


def _read(connection: Connection, programme: Programme, now: datetime, cells: Cells) -> Material:
    data = read(connection, programme.slug, change_of(programme, "primary", "core")).of(PARTICIPANTS)
    return gather(connection, programme, data, now, cells, public=True, primary_only=True)


def _shown(found: National) -> list[Material]:
    """The programmes whose rows are shown."""
    return [one for one in found.materials if (part := found.parts.get(one.programme.slug)) and part.shown]


def _summary(found: National, modes: ModeEffects) -> list[Block]:
    """Who was reached and of how many the answer is higher; then what may be claimed of all, with what may not."""
    there, twice = presence(found.materials), everybody.twice(found.materials)
    joining = [one.programme for one in found.materials if len(one.data.people)]
    libraries = len({programme.library for programme in joining})
    apart = there.ended and there.told_apart(found.k)
    first = [say.reached(there, twice, len(joining), libraries, found.k)]
    figures = [
        Figure("libraries", say.LIBRARIES, libraries, source=FigureSource("count", "")),
        Figure("programmes", say.PROGRAMMES, len(joining), source=FigureSource("count", "")),
        Figure("enrolled", say.ENROLLED, there.enrolled, unit="people", source=FigureSource("persons", "")),
        *([Figure("ended", say.ENDED, there.ended, unit="people", source=FigureSource("ended", ""))] if apart else []),
        Figure("twice", say.TWICE, twice, unit="people", source=FigureSource("twice", "")),
    ]
    if (whole := modes.whole) is not None:
        first.append(say.improved(OfTen(whole.higher, whole.n).words, whole.n, _when(whole), complete=modes.complete))
        figures.append(everybody.improved(whole, modes.programmes))
    told = [Paragraph(" ".join(first))]
    if there.enrolled:
        told.append(Paragraph(_verdict(found)))
    return [*told, Facts("", tuple(figures))]


def _when(whole: Shown) -> str:
    return f", {texts.as_of(date.fromisoformat(whole.period))}" if whole.period else ""


def _verdict(found: National) -> str:
    """What the pooled change says and does not say, without and with children, or why there is none."""
    adults, everyone = (_claim(found, name) for name in (ADULTS, EVERYONE))
    if adults is None:
        told = [say.too_few(FEWEST), *([claims.claim(everyone)] if everyone else [])]
    else:
        same = everyone is not None and (everyone.side, everyone.reaches) == (adults.side, adults.reaches)
        told = [
            claims.claim(adults),
            *([say.with_children(same=same, side=everyone.side == adults.side)] if everyone else []),
        ]
    return " ".join(told)


def _claim(found: National, name: str) -> Claim | None:
    """What a pooled result rests on; None where there is none."""
    release = found.together.get(name)
    if not release:
        return None
    low, high, least, most = (known(release, key) for key in ("ci_low", "ci_high", "prediction_low", "prediction_high"))
    return Claim(release.count("k"), known(release, "i2"), (low, high), (least, most), adults=name == ADULTS)


def _stories(
    connection: Connection, materials: Sequence[Material], now: datetime, open_text: Callable[[bytes], str]
) -> list[Block]:
    """At most so many stories, of as many programmes as can be; each month other programmes come first.

    A programme of which too few people answered has none: a voice would stand alone.
    """
    told = [found for one in materials if (found := _quotes(connection, one, open_text))]
    page: list[Block] = []
    room = _PAGE
    for one in taking_turns(told, month_of(now).number * _STORIES):
        if len(page) < _STORIES and len(one.text) <= room:
            page.append(one)
            room -= len(one.text)
    return page


def taking_turns(told: Sequence[Sequence[Quote]], turn: int) -> list[Quote]:
    """The first story of each programme, beginning with the `turn`th of them, then the second ones, and so on."""
    start = turn % len(told) if told else 0
    return [one for several in zip_longest(*told[start:], *told[:start]) for one in several if one is not None]


def _quotes(connection: Connection, one: Material, open_text: Callable[[bytes], str]) -> list[Quote]:
    if not enough(len({*one.data.codes_answered(one.moment)}), one.k):
        return []
    found = quotes(connection, one.programme, (_ALWAYS, one.moment), _STORIES, open_text)
    speaker = say.speaker(one.programme.name, one.programme.library)
    return [replace(block, source=speaker) for block in found]


def _method(found: National, ours: Mapping[str, Release], cells: Cells, reached: Sequence[int]) -> list[Block]:
    periods = {*repeated(ours.values()), *(part.period for part in found.parts.values() if part.shown and part.period)}
    again = tuple(date.fromisoformat(period) for period in sorted(periods))
    return [
        Paragraph(f"{say.PARTICIPANTS_ALONE} {texts.caveat()}"),
        *([Paragraph(levels.over(reached))] if reached else []),
        Paragraph(say.stories(_STORIES)),
        Paragraph(f"{texts.small_cells(found.k)} {say.hidden_rows(found.k, cells.inside)}"),
        *([Paragraph(texts.repeated(again, found.k))] if again else []),
    ]
