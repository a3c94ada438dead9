"""The forest plot: a programme's change with its interval in each row, and below them what they say together.

Knows nothing of suppression: it draws what it is given.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from reports.charts.drawing import SMALL, WIDTH, box, colour, drawing, line, lines, words
from reports.charts.legends import EDGE, LegendKey, legend
from reports.report import Chart
from reports.texts import national as say
from surveys.locale_sl import number

ROWS = 12  # in one picture: more would not fit a page or a phone
_LEFT, _RIGHT = 22, WIDTH - 22  # where the scale begins and ends
_VALUE = 76  # the room of a number at the right
_FARTHEST = 3.0  # standard deviations: what lies farther out gets an arrow
_LINE = 24


@dataclass(frozen=True, slots=True)
class ForestRow:
    """One programme."""

    label: str
    n: int
    effect: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Diamond:
    """What several programmes say together, and where one more of their kind may lie."""

    label: str
    estimate: float
    low: float
    high: float
    prediction_low: float
    prediction_high: float
    hollow: bool


@dataclass(frozen=True, slots=True)
class _Scale:
    low: float
    high: float

    def at(self, x: float) -> float:
        """Where a number stands; what is outside stands at the edge."""
        inside = min(max(x, self.low), self.high)
        return _LEFT + (inside - self.low) / (self.high - self.low) * (_RIGHT - _LEFT)

    @property
    def marks(self) -> list[float]:
        """The numbers below the picture."""
        step = 0.5 if self.high - self.low <= 3 else 1.0  # noqa: PLR2004 - more than seven numbers touch each other
        first, last = math.ceil(self.low / step), math.floor(self.high / step)
        return [step * index for index in range(first, last + 1)]


def forest(rows: Sequence[ForestRow], pooled: Sequence[Diamond], title: str) -> list[Chart]:
    """The plot, in as many pictures as there are dozens of programmes; the last one holds the pooled results."""
    if not rows and not pooled:
        return []
    scale = _scale(rows, pooled)
    parts = [rows[start : start + ROWS] for start in range(0, len(rows), ROWS)] or [rows]
    charts = []
    for index, part in enumerate(parts):
        last = index == len(parts) - 1
        name = "forest" if index == 0 else f"forest-{index + 1}"
        heading = title if len(parts) == 1 else f"{title} ({index + 1}/{len(parts)})"
        charts.append(_picture(name, heading, part, pooled if last else (), scale))
    return charts


def _scale(rows: Sequence[ForestRow], pooled: Sequence[Diamond]) -> _Scale:
    ends = [x for low, high in _intervals(rows, pooled) for x in (low, high)]
    low = math.floor(max(min(ends), -_FARTHEST) * 2 - 0.1) / 2
    high = math.ceil(min(max(ends), _FARTHEST) * 2 + 0.1) / 2
    return _Scale(min(low, -0.5), max(high, 0.5))


def _intervals(rows: Sequence[ForestRow], pooled: Sequence[Diamond]) -> list[tuple[float, float]]:
    return [(row.low, row.high) for row in rows] + [(one.low, one.high) for one in pooled]


def _picture(id_: str, title: str, rows: Sequence[ForestRow], pooled: Sequence[Diamond], scale: _Scale) -> Chart:
    head, top = _legend(bool(rows), bool(pooled))
    y = top + 34
    drawn: list[str] = []
    for row in rows:
        shapes, y = _row(row, y, scale)
        drawn += shapes
    for one in pooled:
        drawn.append(line(EDGE, y, WIDTH - EDGE, y, "line", 1))
        shapes, y = _diamond(one, y + 10, scale)
        drawn += shapes
    told = [say.forest_row(row.label, row.n, row.effect, row.low, row.high) for row in rows]
    told += [
        say.forest_diamond(one.label, one.estimate, (one.low, one.high), (one.prediction_low, one.prediction_high))
        for one in pooled
    ]
    alt = ". ".join([say.FOREST_READING, say.FOREST_UNIT, *told]) + "."
    sides = [
        words(scale.at(0) - 12, top + 18, say.WORSE, name="muted", size=SMALL, anchor="end"),
        words(scale.at(0) + 12, top + 18, say.BETTER, bold=True, size=SMALL),
    ]
    unit, bottom = _unit(y + 21)
    return Chart(
        id_, title, drawing(id_, bottom + 9, title, alt, [*head, *sides, *drawn, *_marks(scale, y), *unit]), alt
    )


def _unit(y: float) -> tuple[list[str], float]:
    """What a step of the scale is, in plain words below its numbers, and where that ends."""
    parts = []
    for text in lines(say.FOREST_UNIT, WIDTH - 2 * EDGE):
        y += _LINE
        parts.append(words(EDGE, y, text, name="muted", size=SMALL))
    return parts, y


def _marks(scale: _Scale, y: float) -> list[str]:
    return [
        words(scale.at(mark), y + 21, number(mark, 0 if mark.is_integer() else 1, signed=True), name="muted",
              size=SMALL, anchor="middle")
        for mark in scale.marks
    ]  # fmt: skip


def _lane(scale: _Scale, y: float, height: float) -> list[str]:
    """The ground of one row, below its words: a line for each mark, a dashed one for no change."""
    return [
        line(scale.at(mark), y, scale.at(mark), y + height, *(("tone0", 1) if mark else ("ink", 1.5, "4 3")))
        for mark in scale.marks
    ]


def _row(row: ForestRow, y: float, scale: _Scale) -> tuple[list[str], float]:
    parts, y = _named(row.label, row.effect, y)
    middle, half = y + 13, _half(row.n, scale.at(row.high) - scale.at(row.low))
    parts += _lane(scale, y - 1, 28)
    parts += _reach(row.low, row.high, middle, scale)
    if scale.low <= row.effect <= scale.high:
        parts.append(box(scale.at(row.effect) - half, middle - half, 2 * half, 2 * half, "accent"))
    return parts, y + 34


def _half(n: int, reach: float) -> float:
    """Half the side of a square: more people, a larger one, but never so large that it hides the interval."""
    return max(3.0, min(10.0, 3.5 + math.sqrt(n) / 3, reach / 2 - 4))


def _diamond(one: Diamond, y: float, scale: _Scale) -> tuple[list[str], float]:
    parts, y = _named(one.label, one.estimate, y, bold=True)
    middle = y + 14
    parts += _lane(scale, y - 1, 30)
    parts += _reach(one.prediction_low, one.prediction_high, middle, scale, dash="5 4")
    left, top, right = (scale.at(x) for x in (one.low, one.estimate, one.high))
    parts.append(_path(_rhombus(left, top, right, middle, 11), hollow=one.hollow))
    return parts, y + 38


def _path(shape: str, *, hollow: bool) -> str:
    if hollow:
        return f'<path d="{shape}" class="hollow" fill="#ffffff" stroke="#0f4c75" stroke-width="2.5"/>'
    return f'<path d="{shape}" {colour("accent")}/>'


def _named(label: str, value: float, y: float, *, bold: bool = False) -> tuple[list[str], float]:
    """The name over as many lines as it needs, with the number beside the first."""
    parts = [words(WIDTH - EDGE, y + 18, number(value, 2, signed=True), bold=True, anchor="end")]
    for text in lines(label, WIDTH - 2 * EDGE - _VALUE, bold=bold):
        parts.append(words(EDGE, y + 18, text, bold=bold))
        y += _LINE
    return parts, y


def _reach(low: float, high: float, y: float, scale: _Scale, dash: str = "") -> list[str]:
    """An interval with its ends, or with an arrow where it leaves the picture."""
    left, right = scale.at(low), scale.at(high)
    parts = [line(left, y, right, y, "muted", 2.5, dash)]
    for x, inside, way in ((left, low >= scale.low, 1), (right, high <= scale.high, -1)):
        if inside:
            parts.append(line(x, y - 6, x, y + 6, "muted", 2.5))
        else:
            parts += [line(x, y, x + way * 9, y + step, "muted", 2.5) for step in (-7, 7)]
    return parts


def _legend(has_rows: bool, has_pooled: bool) -> tuple[list[str], float]:  # noqa: FBT001 - what it explains
    keys: list[LegendKey] = []
    if has_rows:
        keys.append(LegendKey(say.LEGEND_ROW, 38, lambda x, y: [_line(x, y), box(x + 13, y - 6, 12, 12, "accent")]))
    if has_pooled:
        keys.append(
            LegendKey(say.LEGEND_POOLED, 38, lambda x, y: [_path(_rhombus(x + 2, x + 18, x + 34, y, 9), hollow=False)])
        )
        keys.append(LegendKey(say.LEGEND_PREDICTION, 38, lambda x, y: [_line(x, y, "5 4")]))
    return legend(keys)


def _line(x: float, y: float, dash: str = "") -> str:
    return line(x, y, x + 36, y, "muted", 2.5, dash)


def _rhombus(left: float, top: float, right: float, middle: float, half: float) -> str:
    return f"M{left:g} {middle:g} L{top:g} {middle - half:g} L{right:g} {middle:g} L{top:g} {middle + half:g} z"
