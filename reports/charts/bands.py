"""A chart of one value beside the band in which earlier ones lie; it draws what it is given, and suppresses nothing."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from reports.drawing import SMALL, WIDTH, box, dot, drawing, line, lines, words
from reports.report import Chart

_LEFT, _RIGHT = 26, WIDTH - 26
_NARROWEST = 6.0  # so that a band of one value is seen
Interval = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Beside:
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
    id_: str, rows: Sequence[Beside], scale: Scale, title: str, alt: str, legend: tuple[str, str], ends: tuple[str, str]
) -> Chart:
    """The rows under each other on one axis; `legend` names the point and the band, `ends` the ends of the axis."""
    parts, y = _legend(rows, legend)
    drawn: list[str] = []
    top = y
    for row in rows:
        for label in lines(row.label, _RIGHT - _LEFT) if row.label else []:
            drawn.append(words(_LEFT, y + 18, label))
            y += 23
        drawn += _row(row, scale, y)
        y += 58
    axis = [
        part
        for mark in scale.marks
        for part in (
            line(scale.at(mark), top, scale.at(mark), y, "tone0", 1),
            words(scale.at(mark), y + 20, scale.written(mark), name="muted", size=SMALL, anchor="middle"),
        )
    ]
    if scale.zero:
        axis.append(line(scale.at(0), top, scale.at(0), y, "ink", 1.5, "3 3"))
    y += 30
    if any(ends):
        axis.append(words(_LEFT, y + 14, ends[0], name="muted", size=SMALL))
        axis.append(words(_RIGHT, y + 14, ends[1], name="muted", size=SMALL, anchor="end"))
        y += 26
    return Chart(id_, title, drawing(id_, y, title, alt, [*parts, *axis, *drawn]), alt)


def _row(row: Beside, scale: Scale, y: float) -> list[str]:
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


def _legend(rows: Sequence[Beside], legend: tuple[str, str]) -> tuple[list[str], float]:
    point, band = legend
    parts, y = [dot(_LEFT, 14, 9), words(_LEFT + 18, 21, point)], 32.0
    if any(row.band is not None for row in rows):
        parts.append(box(_LEFT - 9, y + 4, 18, 20, "tone1", 3))
    if any(row.middle is not None for row in rows):
        parts += [line(_LEFT, y + 4, _LEFT, y + 24, "tone3", 3), words(_LEFT + 18, y + 21, band)]
        y += 32
    return parts, y + 8
