"""One group of a programme beside the earlier ones: a band of what was to be expected, never a ranking.

Knows neither files nor formats. Which groups may be told is decided in `reports.cohorts`.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection

from reports import participation, texts
from reports.bands import Beside, Interval, Scale, bands
from reports.cohorts import Told, part, told
from reports.frames import Data, read
from reports.indicators import AFTER, BEFORE, PARTICIPANTS, Indicator, compared, indicators
from reports.participation import Response
from reports.pooling import FEWEST
from reports.publishing import repeated
from reports.report import Block, Chart, Facts, Figure, Paragraph, Report, Section, Source, Table
from reports.slovenian import number, percent, rounded
from reports.statistics import pool, t_quantile
from reports.suppression import NOTHING, Cells, Edition, enough
from reports.texts import compare as words
from reports.weeks import local_day
from storage.cohorts import Cohort, listing
from surveys.model import Programme

_UPPER = 0.975  # of a 95 % interval
_MARKS = 8
_NO_GROUPS = Told({}, ())
_COLUMNS = {"this": words.THIS, "earlier": words.TOGETHER, "least": words.LEAST, "most": words.MOST}


@dataclass(frozen=True, slots=True)
class _Page:
    """What is compared: one group, the groups that ended before it, and what may be shown of them."""

    programme: Programme
    cohort: Cohort
    earlier: tuple[Cohort, ...]
    data: Data
    moment: datetime
    k: int
    primary: Indicator | None
    told: Told

    @property
    def edition(self) -> Edition:
        """The change of this group."""
        return self.told.editions.get(self.cohort.id, NOTHING)

    @property
    def change(self) -> float | None:
        """Its mean change as it is shown, where it may be."""
        exact = self.edition["change"] if self.edition else None
        return None if exact is None else rounded(exact, 1)

    @property
    def ended(self) -> bool:
        """Whether anybody of the group was asked at the end."""
        return _of(self, self.cohort, AFTER).asked > 0

    @property
    def interval(self) -> Interval | None:
        """Its interval as it is shown, where it may be."""
        exact = _interval(self.edition)
        return None if exact is None else (rounded(exact[0], 1), rounded(exact[1], 1))

    def source(self, formula: str) -> Source:
        """From which answers a figure of the change is."""
        item = self.primary.id if self.primary else ""
        return Source(formula, self.programme.slug, item, (BEFORE, AFTER))


@dataclass(frozen=True, slots=True)
class _Band:
    """Where the change of a new group was to be expected after so many earlier ones."""

    groups: int
    middle: float
    between: Interval


@dataclass(frozen=True, slots=True)
class _Wave:
    """The response of one wave by column, rounded, and how many were asked."""

    id: str
    name: str
    rates: dict[str, float | None]
    asked: dict[str, int]


def compare(
    connection: Connection, programme: Programme, cohort: int, now: datetime, cells: Cells, *, demo: bool = False
) -> Report:
    """The report on one cohort of participants, by its number, as of now.

    Before it is handed out, it is remembered with `reports.publishing.publish`. Raises LookupError where the programme
    has no such cohort of participants.
    """
    page = _gather(connection, programme, cohort, now, cells)
    band = _band(page)
    sections = (
        Section("summary", texts.IN_SHORT, tuple(_summary(page, band))),
        Section("response", texts.RESPONSE, tuple(_response(page))),
        Section("method", texts.METHOD, tuple(_method(page, band))),
    )
    made_on = local_day(now)
    return Report(
        kind="compare",
        title=programme.name,
        subtitle=words.subtitle(page.cohort.name, programme.library, made_on),
        subject=programme.slug,
        period=f"{made_on.isoformat()}-{page.cohort.id}",
        made_on=made_on,
        sections=tuple(section for section in sections if section.blocks),
        demo=demo,
        published=page.told.published,
    )


def _gather(connection: Connection, programme: Programme, cohort: int, now: datetime, cells: Cells) -> _Page:
    there = [one for one in listing(connection, programme.slug) if one.audience == PARTICIPANTS]
    there.sort(key=lambda one: (one.end, one.id))
    this = next((one for one in there if one.id == cohort), None)
    if this is None:
        raise LookupError(f"there is no cohort {cohort} of participants of {programme.slug}")
    earlier = tuple(one for one in there if one.end < this.end)
    data = read(connection, programme.slug).of(PARTICIPANTS)
    asked = compared(indicators(programme), BEFORE, AFTER)
    primary = next((one for one in asked if one.item.role == "primary"), None)
    found = _NO_GROUPS
    if primary is not None:
        found = told(connection, programme.slug, primary, data, there, [*earlier, this], now, cells)
    return _Page(programme, this, earlier, data, now, cells.inside, primary, found)


def _interval(edition: Edition) -> Interval | None:
    if not edition.shows("interval"):
        return None
    low, high = edition["ci_low"], edition["ci_high"]
    return None if low is None or high is None else (low, high)


def _band(page: _Page) -> _Band | None:
    """The earlier groups as one, rounded; s²/n of each follows from its interval.

    None for fewer than three, and where the group itself is not shown beside them.
    """
    effects, variances = [], []
    for one in page.earlier if page.change is not None else ():
        edition = page.told.editions.get(one.id, NOTHING)
        change, interval = edition["change"] if edition else None, _interval(edition)
        if change is not None and interval is not None and interval[1] > interval[0]:
            effects.append(change)
            half = (interval[1] - interval[0]) / 2
            variances.append((half / t_quantile(edition.n - 1, _UPPER)) ** 2)
    if len(effects) < FEWEST:
        return None
    found = pool(effects, variances)
    middle, low, high = (rounded(one, 1) for one in (found.estimate, found.prediction_low, found.prediction_high))
    return _Band(found.k, middle, (low, high))


# The change.


def _summary(page: _Page, band: _Band | None) -> list[Block]:
    if page.change is None:
        return [Paragraph(words.HIDDEN if page.ended else words.NOT_ENDED)]
    change = page.change
    return [
        Paragraph(_sentence(page, change, band)),
        *([Paragraph(words.OTHERS)] if band else []),
        _chart(page, change, band),
        Facts("", _figures(page, change, band)),
    ]


def _sentence(page: _Page, change: float, band: _Band | None) -> str:
    begun = words.change(page.cohort.name, page.primary.label if page.primary else "", change)
    if band is None:
        return f"{begun}. {words.too_few_earlier(page.k)}"
    low, high = band.between
    side = (change > high) - (change < low)
    interval = page.interval
    clear = interval is not None and (interval[0] > high or interval[1] < low)
    return f"{begun}, {words.beside(side, clear=clear, low=low, high=high)}"


def _figures(page: _Page, change: float, band: _Band | None) -> tuple[Figure, ...]:
    n, (low, high) = page.edition.n, page.interval or (None, None)
    note = "" if page.edition.fresh else texts.as_of(date.fromisoformat(page.edition.period))
    source = page.source("mean_change")
    figures = [
        Figure("compare.n", texts.PAIRS_LONG, n, unit="people", note=note, source=page.source("pairs")),
        Figure("compare.change", words.THIS_CHANGE, change, n, "points", 1, low, high, signed=True, source=source),
    ]
    if band is not None:
        (low, high), source = band.between, page.source("pooled")
        figures += [
            Figure("compare.earlier", words.EARLIER_CHANGE, band.middle, None, "points", 1, low, high, signed=True,
                   source=source),
            Figure("compare.groups", words.EARLIER_GROUPS, band.groups, source=source),
        ]  # fmt: skip
    return tuple(figures)


def _chart(page: _Page, change: float, band: _Band | None) -> Chart:
    between = band.between if band else None
    row = Beside("", change, page.interval, between, band.middle if band else None)
    alt = words.alone(change, page.interval)
    if band is not None:
        alt += f" {words.band(band.middle, *band.between)}"
    legend = (words.THIS_INTERVAL if page.interval else words.THIS.lower(), words.EXPECTED)
    scale = _scale([change, 0.0, *(page.interval or ()), *(between or ())])
    title = words.CHART if band else words.THIS_CHANGE
    return bands("band", [row], scale, title, alt, legend, (words.WORSE, words.BETTER))


def _scale(values: Sequence[float]) -> Scale:
    """An axis around the values, with at most eight round marks."""
    low, high = min(values), max(values)
    steps = (step * 10.0**power for power in range(-1, 9) for step in (1, 2, 5))
    step = next(one for one in steps if (math.ceil(high / one) - math.floor(low / one)) < _MARKS)
    first, last = math.floor(low / step), max(math.ceil(high / step), math.floor(low / step) + 1)
    marks = tuple(step * position for position in range(first, last + 1))
    decimals = 1 if step < 1 else 0
    return Scale(marks[0], marks[-1], marks, lambda x: number(x, decimals, signed=True), zero=True)


# The response.


def _response(page: _Page) -> list[Block]:
    rows = [_wave(page, wave.id, wave.name) for wave in page.programme.waves if wave.audience == PARTICIPANTS]
    if not any(any(row.asked.values()) for row in rows):
        return [Paragraph(texts.NO_INVITATIONS)]
    keys = [key for key in _COLUMNS if key == "this" or any(row.rates[key] is not None for row in rows)]
    cells: tuple[tuple[str | Figure, ...], ...] = tuple(
        (row.name, *(_cell(page, row, key) for key in keys)) for row in rows
    )
    columns = (texts.WAVE, *(_COLUMNS[key] for key in keys))
    title = "" if page.earlier else f"{words.THIS}:"
    return [*_response_chart(rows), Table(title, columns, cells, caption=words.RESPONSE_NOTE)]


def _wave(page: _Page, wave: str, name: str) -> _Wave:
    this, others = _of(page, page.cohort, wave), [_of(page, one, wave) for one in page.earlier]
    together = Response(wave, sum(one.asked for one in others), sum(one.answered for one in others))
    rates = [rate for one in others if (rate := _rate(one, page.k)) is not None]
    least, most = (min(rates), max(rates)) if len(rates) >= FEWEST else (None, None)
    found = {"this": _rate(this, page.k), "earlier": _rate(together, page.k), "least": least, "most": most}
    return _Wave(wave, name, found, {"this": this.asked, "earlier": together.asked})


def _of(page: _Page, cohort: Cohort, wave: str) -> Response:
    return participation.response(part(page.data, cohort.id), wave, page.moment)


def _cell(page: _Page, row: _Wave, key: str) -> Figure:
    value, source = row.rates[key], Source("rate", page.programme.slug, waves=(row.id,))
    note, label = "" if value is not None else _why(row, key), f"{row.name}: {_COLUMNS[key]}"
    return Figure(f"{row.id}.response.{key}", label, value, row.asked.get(key), "share", note=note, source=source)


def _why(row: _Wave, key: str) -> str:
    asked = row.asked.get(key)
    if asked is None:
        return words.FEW_GROUPS
    return texts.no_rate(asked, texts.FEW_INVITED, texts.NONE_INVITED)


def _rate(found: Response, k: int) -> float | None:
    """The response as it is shown, where it may be."""
    return rounded(found.rate, 2) if found.rate is not None and enough(found.asked, k) else None


def _response_chart(rows: Sequence[_Wave]) -> list[Chart]:
    drawn, told_ = [], []
    for row in rows:
        this, together, least, most = (row.rates[key] for key in _COLUMNS)
        if this is None or together is None:
            continue
        between = None if least is None or most is None else (least, most)
        drawn.append(Beside(row.name, this, None, between, together))
        shown = None if between is None else (percent(between[0]), percent(between[1]))
        told_.append(words.response(row.name, percent(this), percent(together), shown))
    if not drawn:
        return []
    scale = Scale(0.0, 1.0, (0.0, 0.25, 0.5, 0.75, 1.0), percent)
    alt = ". ".join(told_) + "."
    legend = (words.THIS.lower(), words.RANGE if any(one.band for one in drawn) else words.LINE)
    return [bands("response", drawn, scale, words.RESPONSE_CHART, alt, legend, words.response_ends())]


def _method(page: _Page, band: _Band | None) -> list[Block]:
    days = tuple(date.fromisoformat(one) for one in repeated(page.told.editions.values()))
    again = [Paragraph(texts.repeated(days, page.k))] if days else []
    reading = [Paragraph(words.READING)] if band else []
    return [*reading, Paragraph(texts.CAVEAT), Paragraph(texts.small_cells(page.k)), *again]
