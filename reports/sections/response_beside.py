"""The response of one group beside the earlier ones, wave by wave: a line and a range, never a ranking.

Knows neither answers nor how a response is counted (`reports.data.participation`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from reports import texts
from reports.charts.bands import BandRow, Scale, bands
from reports.data import participation
from reports.data.frames import Data
from reports.data.indicators import PARTICIPANTS
from reports.data.participation import ResponseStep
from reports.disclosure.cohort_releases import part
from reports.formulas.pooling import FEWEST
from reports.report import Block, Chart, Figure, FigureSource, Paragraph, Table
from reports.sections import response
from reports.texts import compare as words
from reports.texts import response as said
from storage.cohorts import Cohort
from surveys.locale_sl import percent
from surveys.model import Programme

_COLUMNS = {"this": words.THIS, "earlier": words.TOGETHER, "least": words.LEAST, "most": words.MOST}
_COUNTS = {"eligible": said.ELIGIBLE, "responded": said.RESPONDED}


@dataclass(frozen=True, slots=True)
class EarlierGroups:
    """One group, those that ended before it, and the people of all at one moment."""

    programme: Programme
    cohort: Cohort
    earlier: tuple[Cohort, ...]
    data: Data
    moment: datetime
    k: int

    def of(self, cohort: Cohort, wave: str) -> ResponseStep:
        """The response of one group."""
        return participation.response(part(self.data, cohort.id), wave, self.moment)


@dataclass(frozen=True, slots=True)
class _Wave:
    """One wave: the response of the group, of the earlier ones together, and the ends of their range, as shown."""

    id: str
    name: str
    this: ResponseStep
    earlier: ResponseStep
    rates: dict[str, float | None]


def section(groups: EarlierGroups) -> list[Block]:
    """The response of each wave in words, drawn, and in a table."""
    asked = [wave for wave in groups.programme.waves if wave.audience == PARTICIPANTS]
    rows = [_wave(groups, wave.id, wave.name) for wave in asked]
    if not any(row.this.begun or row.earlier.begun for row in rows):
        return [Paragraph(texts.NO_INVITATIONS)]
    keys = [key for key in _COLUMNS if key == "this" or any(row.rates[key] is not None for row in rows)]
    cells: tuple[tuple[str | Figure, ...], ...] = tuple(
        (row.name, *(cell for key in keys for cell in _cells(groups, row, key))) for row in rows
    )
    columns = (texts.WAVE, *(column for key in keys for column in _heads(key)))
    title = "" if groups.earlier else f"{words.THIS}:"
    told = response.paragraphs(((row.name, row.this) for row in rows), groups.k)
    return [*told, *_chart(rows), Table(title, columns, cells, caption=said.NOTE)]


def _wave(groups: EarlierGroups, wave: str, name: str) -> _Wave:
    this, others = groups.of(groups.cohort, wave), [groups.of(one, wave) for one in groups.earlier]
    together = participation.together(wave, others)
    rates = [rate for one in others if (rate := response.share(one, groups.k)) is not None]
    least, most = (min(rates), max(rates)) if len(rates) >= FEWEST else (None, None)
    shown = {"this": response.share(this, groups.k), "earlier": response.share(together, groups.k)}
    return _Wave(wave, name, this, together, {**shown, "least": least, "most": most})


def _heads(key: str) -> tuple[str, ...]:
    """The heads of what a response is divided from, and of it."""
    name = _COLUMNS[key]
    counted = (words.counted(name, column) for column in _COUNTS.values())
    return (*counted, words.counted(name, said.RESPONSE)) if key in {"this", "earlier"} else (name,)


def _cells(groups: EarlierGroups, row: _Wave, key: str) -> tuple[Figure, ...]:
    """The cells under these heads."""
    rate = _cell(groups, row, key)
    found = {"this": row.this, "earlier": row.earlier}.get(key)
    if found is None or rate.source is None:
        return (rate,)
    numbers = {"eligible": found.eligible, "responded": found.responded}
    counted = (
        response.count(
            f"{row.id}.{part}.{key}",
            f"{row.name}: {words.counted(_COLUMNS[key], column)}",
            numbers[part],
            replace(rate.source, formula=part),
            spare=True,
        )
        for part, column in _COUNTS.items()
    )
    return (*counted, rate)


def _cell(groups: EarlierGroups, row: _Wave, key: str) -> Figure:
    id_, label = f"{row.id}.response.{key}", f"{row.name}: {_COLUMNS[key]}"
    earlier = tuple(one.id for one in groups.earlier)
    source = FigureSource("rate", groups.programme.slug, waves=(row.id,), cohorts=earlier)
    match key:
        case "this":
            of_this = FigureSource("rate", groups.programme.slug, waves=(row.id,), cohorts=(groups.cohort.id,))
            return response.rate(id_, label, row.this, groups.k, of_this)
        case "earlier":
            return response.rate(id_, label, row.earlier, groups.k, source)
    value = row.rates[key]
    source = FigureSource(f"{key}_rate", groups.programme.slug, waves=(row.id,), cohorts=earlier)
    return Figure(id_, label, value, None, "share", note="" if value is not None else words.FEW_GROUPS, source=source)


def _chart(rows: Sequence[_Wave]) -> list[Chart]:
    drawn, told = [], []
    for row in rows:
        this, together, least, most = (row.rates[key] for key in _COLUMNS)
        if this is None or together is None:
            continue
        between = None if least is None or most is None else (least, most)
        drawn.append(BandRow(row.name, this, None, between, together))
        shown = None if between is None else (percent(between[0]), percent(between[1]))
        told.append(words.response(row.name, percent(this), percent(together), shown))
    if not drawn:
        return []
    scale = Scale(0.0, 1.0, (0.0, 0.25, 0.5, 0.75, 1.0), percent)
    alt = ". ".join(told) + "."
    legend = (words.THIS.lower(), words.RANGE if any(one.band for one in drawn) else words.LINE)
    return [bands("response", drawn, scale, words.RESPONSE_CHART, alt, legend, words.response_ends())]
