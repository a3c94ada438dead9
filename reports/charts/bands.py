"""A chart of one value beside the band in which earlier ones lie; it draws what it is given, and suppresses nothing."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from reports.charts.drawing import SMALL, WIDTH, Anchor, box, dot, drawing, line, lines, wide, words
from reports.charts.legends import LegendKey, legend
from reports.report import Chart

_LEFT, _RIGHT = 26, WIDTH - 26
_ASIDE = 10  # of zero
_NARROWEST = 6.0  # so that a band of one value is seen
Interval = tuple[float, float]


@dataclass(frozen=True, slots=True)
class BandRow:
    """One row: a value with its interval, where it has one, and the band of the others around their middle."""

    label: str
    value: float
    interval: Interval | None
    band: Interval | None
    middle: float | None


@dataclass(frozen=True, slots=True)
class Scale:
    """From where to where the axis goes, its marks, and how a value is written."""

    low: float
    high: float
    marks: tuple[float, ...]
    written: Callable[[float], str]
    zero: bool = False  # a dashed line at zero

    def at(self, x: float) -> float:
        """Where a value stands, in pixels from the left."""
        inside = min(max(x, self.low), self.high)
        return _LEFT + (inside - self.low) / (self.high - self.low) * (_RIGHT - _LEFT)


def bands(
    id_: str, rows: Sequence[BandRow], scale: Scale, title: str, alt: str, names: tuple[str, str], ends: tuple[str, str]
) -> Chart:
    """The rows under each other on one axis; `names` are those of the point and the band, `ends` of the axis."""
    parts, y = _legend(rows, names)
    y += 8
    axis: list[str] = []
    drawn: list[str] = []
    for row in rows:
        for label in lines(row.label, _RIGHT - _LEFT) if row.label else []:
            drawn.append(words(_LEFT, y + 18, label))
            y += 23
        axis += [line(scale.at(mark), y, scale.at(mark), y + 54, "tone0", 1) for mark in scale.marks]
        if scale.zero:
            axis.append(line(scale.at(0), y, scale.at(0), y + 54, "ink", 1.5, "3 3"))
        drawn += _row(row, scale, y)
        y += 58
    axis += [
        words(scale.at(mark), y + 20, scale.written(mark), name="muted", size=SMALL, anchor="middle")
        for mark in scale.marks
    ]
    y += 30
    if any(ends):
        axis += _ends(scale, ends, y + 14)
        y += 26
    return Chart(id_, title, drawing(id_, y, title, alt, [*parts, *axis, *drawn]), alt)


def _ends(scale: Scale, ends: tuple[str, str], y: float) -> list[str]:
    """What the ends mean; of an axis around zero, each on its own side of it and only where it has room there."""
    if not scale.zero:
        return [_end(_LEFT, y, ends[0], "start"), _end(_RIGHT, y, ends[1], "end")]
    at, (below, above) = scale.at(0), ends
    left = [_end(at - _ASIDE, y, below, "end")] if wide(below, SMALL) + _ASIDE <= at else []
    right = [_end(at + _ASIDE, y, above, "start")] if wide(above, SMALL) + _ASIDE <= WIDTH - at else []
    return [*left, *right]


def _end(x: float, y: float, told: str, anchor: Anchor) -> str:
    return words(x, y, told, name="muted", size=SMALL, anchor=anchor)


def _row(row: BandRow, scale: Scale, y: float) -> list[str]:
    middle = y + 26
    drawn: list[str] = []
    if row.band is not None:
        left, right = scale.at(row.band[0]), scale.at(row.band[1])
        width = max(right - left, _NARROWEST)
        drawn.append(box((left + right - width) / 2, y + 8, width, 36, "tone1", 4))
    if row.middle is not None:
        drawn.append(line(scale.at(row.middle), y + 8, scale.at(row.middle), y + 44, "tone3", 3))
    if row.interval is not None:
        left, right = scale.at(row.interval[0]), scale.at(row.interval[1])
        drawn.append(line(left, middle, right, middle, "ink", 2.5))
        drawn += [line(end, middle - 7, end, middle + 7, "ink", 2.5) for end in (left, right)]
    return [*drawn, dot(scale.at(row.value), middle, 9)]


def _legend(rows: Sequence[BandRow], names: tuple[str, str]) -> tuple[list[str], float]:
    keys = [LegendKey(names[0], 18, lambda x, y: [dot(x + 9, y, 9)])]
    banded = any(row.band is not None for row in rows)
    if any(row.middle is not None for row in rows):
        keys.append(LegendKey(names[1], 18, lambda x, y: _earlier(x, y, banded=banded)))
    return legend(keys)


def _earlier(x: float, y: float, *, banded: bool) -> list[str]:
    ground = [box(x, y - 10, 18, 20, "tone1", 3)] if banded else []
    return [*ground, line(x + 9, y - 10, x + 9, y + 10, "tone3", 3)]
