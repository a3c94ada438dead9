"""One group of a programme beside the earlier ones: a band of what was to be expected, never a ranking.

Knows neither files nor formats. Which groups may be told is decided in `reports.disclosure.cohort_releases`.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection

from reports import texts
from reports.charts.bands import BandRow, Interval, Scale, bands
from reports.data.frames import Data, read
from reports.data.indicators import AFTER, BEFORE, PARTICIPANTS, Indicator, change_of, compared, indicators
from reports.disclosure import rounding
from reports.disclosure.cohort_releases import CohortReleases, told
from reports.disclosure.publishing import repeated
from reports.disclosure.suppression import NOTHING, Cells, Release, enough
from reports.formulas.pooling import FEWEST
from reports.formulas.statistics import pool, t_quantile
from reports.report import Block, Chart, Facts, Figure, FigureSource, Paragraph, Report, Section
from reports.sections.annex import annex, of_response, pointer
from reports.sections.response_beside import EarlierGroups, section
from reports.texts import compare as words
from storage.cohorts import Cohort, listing
from surveys.locale_sl import number, rounded
from surveys.model import Programme
from surveys.weeks import local_day

_UPPER = 0.975  # of a 95 % interval
_MARKS = 8
_NO_GROUPS = CohortReleases({}, ())


@dataclass(frozen=True, slots=True)
class _Page:
    """What is compared: one group, the groups that ended before it, and what may be shown of them."""

    programme: Programme
    cohort: Cohort
    earlier: tuple[Cohort, ...]
    later: tuple[Cohort, ...]
    data: Data
    moment: datetime
    k: int
    primary: Indicator | None
    told: CohortReleases

    @property
    def release(self) -> Release:
        """The change of this group."""
        return self.told.releases.get(self.cohort.id, NOTHING)

    @property
    def change(self) -> float | None:
        """Its mean change as it is shown, where it may be."""
        return rounding.change(self.release).value if self.release else None

    @property
    def others(self) -> tuple[float, int] | None:
        """The change of all other people of the programme as it is shown, and how many they are."""
        found = self.told.others.get(self.cohort.id)
        return None if found is None or found.value is None else (rounded(found.value, rounding.POINTS), found.n)

    @property
    def later_too(self) -> bool:
        """Whether the others are not only earlier groups."""
        return self.others is not None and any(self.groups.of(one, AFTER).people for one in self.later)

    @property
    def ended(self) -> bool:
        """Whether anybody of the group was asked at the end."""
        return self.groups.of(self.cohort, AFTER).begun

    @property
    def groups(self) -> EarlierGroups:
        """All of them, for their response."""
        return EarlierGroups(self.programme, self.cohort, self.earlier, self.data, self.moment, self.k)

    @property
    def interval(self) -> Interval | None:
        """Its interval as it is shown, where it may be."""
        if not self.release.shows("interval"):
            return None
        told = rounding.change(self.release)
        return told.low, told.high

    def source(self, formula: str) -> FigureSource:
        """From which answers a figure of the change is."""
        item = self.primary.id if self.primary else ""
        of = (self.cohort,) if formula != "pooled" else self.earlier
        return FigureSource(formula, self.programme.slug, item, (BEFORE, AFTER), cohorts=tuple(one.id for one in of))


@dataclass(frozen=True, slots=True)
class _Band:
    """Where the change of a new group was to be expected after so many earlier ones."""

    groups: int
    middle: float
    between: Interval


def compare(
    connection: Connection, programme: Programme, cohort: int, now: datetime, cells: Cells, *, demo: bool = False
) -> Report:
    """The report on one cohort of participants, by its number, as of now.

    Before it is handed out, it is remembered with `reports.disclosure.publishing.publish`. Raises LookupError where
    the programme has no such cohort of participants.
    """
    page = _gather(connection, programme, cohort, now, cells)
    band = _band(page)
    last = annex([Paragraph(words.BAND)] if band else [], of_response() if len(page.data.people) else [])
    sections = (
        Section("summary", texts.IN_SHORT, tuple(_summary(page, band))),
        Section("response", texts.RESPONSE, tuple(section(page.groups))),
        Section("method", texts.METHOD, (*_method(page, band), *pointer(last))),
        last,
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
    later = tuple(one for one in there if one.end > this.end)
    data = read(connection, programme.slug, change_of(programme, "primary")).of(PARTICIPANTS)
    asked = compared(indicators(programme), BEFORE, AFTER)
    primary = next((one for one in asked if one.item.role == "primary"), None)
    found = _NO_GROUPS
    if primary is not None:
        found = told(connection, programme.slug, primary, data, there, [this, *earlier], now, cells)
    return _Page(programme, this, earlier, later, data, now, cells.inside, primary, found)


def _interval(release: Release) -> Interval | None:
    if not release.shows("interval"):
        return None
    low, high = release["ci_low"], release["ci_high"]
    return None if low is None or high is None else (low, high)


def _band(page: _Page) -> _Band | None:
    """The earlier groups as one, rounded; s²/n of each follows from its interval.

    None for fewer than three, and where the group itself is not shown beside them.
    """
    effects, variances = [], []
    for one in page.earlier if page.change is not None else ():
        release = page.told.releases.get(one.id, NOTHING)
        change, interval = release["change"] if release else None, _interval(release)
        if change is not None and interval is not None and interval[1] > interval[0]:
            effects.append(change)
            half = (interval[1] - interval[0]) / 2
            variances.append((half / t_quantile(release.n - 1, _UPPER)) ** 2)
    if len(effects) < FEWEST:
        return None
    found = pool(effects, variances)
    between = rounding.interval(found.prediction_low, found.prediction_high, found.estimate)
    return _Band(found.k, rounded(found.estimate, rounding.POINTS), between)


# The change.


def _summary(page: _Page, band: _Band | None) -> list[Block]:
    if page.change is None:
        return [Paragraph(_why_hidden(page))]
    change = page.change
    told = [Paragraph(words.OTHERS)] if band or page.others else []
    return [
        Paragraph(_sentence(page, change, band)),
        *([] if band else [Paragraph(_why_no_band(page))]),
        *([Paragraph(words.LATER_TOO)] if page.later_too and not band else []),
        *told,
        _chart(page, change, band),
        Facts("", _figures(page, change, band)),
    ]


def _why_hidden(page: _Page) -> str:
    if not page.programme.has_primary:
        return texts.NO_PRIMARY
    if not page.ended:
        return words.NOT_ENDED
    return words.HIDDEN if _enough(page, page.cohort) else words.too_few_answers(page.k)


def _enough(page: _Page, cohort: Cohort) -> bool:
    """Whether so many of a group answered at the end that it could be told if nobody's answer followed."""
    return enough(page.groups.of(cohort, AFTER).people, page.k)


def _sentence(page: _Page, change: float, band: _Band | None) -> str:
    begun = words.change(page.cohort.name, page.primary.name if page.primary else "", change)
    if band is None:
        others = page.others
        return f"{begun}." if others is None else f"{begun}, {words.beside_others(change, *others)}"
    low, high = band.between
    side = (change > high) - (change < low)
    interval = page.interval
    clear = interval is not None and (interval[0] > high or interval[1] < low)
    return f"{begun}, {words.beside(side, clear=clear, low=low, high=high)}"


def _why_no_band(page: _Page) -> str:
    """Too few groups have ended, or too few people answered, or nothing may be told of them."""
    missing = [one for one in page.earlier if not page.told.releases.get(one.id, NOTHING).shows("interval")]
    small = sum(not _enough(page, one) for one in missing)
    return words.no_band(len(page.earlier), small, len(missing) - small, page.k)


def _figures(page: _Page, change: float, band: _Band | None) -> tuple[Figure, ...]:
    n, (low, high) = page.release.n, page.interval or (None, None)
    note = "" if page.release.fresh else texts.as_of(date.fromisoformat(page.release.period))
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
    elif page.others is not None:
        (value, people), source = page.others, page.source("mean_change_of_others")
        figures.append(
            Figure("compare.others", words.OTHERS_CHANGE, value, people, "points", 1, signed=True, source=source)
        )
    return tuple(figures)


def _chart(page: _Page, change: float, band: _Band | None) -> Chart:
    between, others = band.between if band else None, page.others
    middle = band.middle if band else others[0] if others else None
    row = BandRow("", change, page.interval, between, middle)
    alt = words.alone(change, page.interval)
    if band is not None:
        alt += f" {words.band(band.middle, *band.between)}"
    elif others is not None:
        alt += f" {words.told_of_others(*others)}"
    legend = (
        words.THIS_INTERVAL if page.interval else words.THIS.lower(),
        words.EXPECTED if band else words.THE_OTHERS,
    )
    scale = _scale([change, 0.0, *(page.interval or ()), *(between or ()), *(() if middle is None else (middle,))])
    title = words.CHART if band else words.CHART_OTHERS if others else words.THIS_CHANGE
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


def _method(page: _Page, band: _Band | None) -> list[Block]:
    days = tuple(date.fromisoformat(one) for one in repeated(page.told.releases.values()))
    again = [Paragraph(texts.repeated(days, page.k))] if days else []
    reading = [Paragraph(words.READING)] if band else []
    return [
        *reading,
        Paragraph(texts.caveat(children=page.programme.answered_for_child)),
        Paragraph(texts.small_cells(page.k)),
        *again,
    ]
