"""Two or three lines from a common start: how far each group moved. Knows nothing of suppression."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from reports import texts
from reports.charts.drawing import SMALL, WIDTH, dot, drawing, line, words
from reports.report import Chart
from surveys.locale_sl import number

_TOP, _HEIGHT, _LEFT, _RIGHT = 30.0, 150.0, 96.0, WIDTH - 190.0
_APART = 26.0  # between the words at the ends of two lines
_LEAST = 1.0  # step that the drawing is high at least, so that little looks little


@dataclass(frozen=True, slots=True)
class Slope:
    """One group: its name and its change as it is told; dashed and hollow where it is the one compared with."""

    label: str
    change: float
    dashed: bool = False


def slopes(id_: str, rows: Sequence[Slope], title: str, alt: str) -> Chart:
    """Lines from zero at the start to the change at the end, with a line where nothing would have changed."""
    low, high = min(0.0, *(row.change for row in rows)), max(0.0, *(row.change for row in rows))
    reach = max(_LEAST, high - low)
    zero = _TOP + (high + (reach - (high - low)) / 2) / reach * _HEIGHT
    ends = [zero - row.change / reach * _HEIGHT for row in rows]
    parts = [line(_LEFT, zero, _RIGHT, zero, "line", 1, "2 4")]
    for row, end in zip(rows, ends, strict=True):
        parts.append(line(_LEFT, zero, _RIGHT, end, "accent", 4, "9 7" if row.dashed else ""))
    parts.append(dot(_LEFT, zero, 8))
    parts += [dot(_RIGHT, end, 8, hollow=row.dashed) for row, end in zip(rows, ends, strict=True)]
    for row, y in zip(rows, _spread(ends), strict=True):
        told = f"{row.label} {number(row.change, 1, signed=True)}"
        parts.append(words(_RIGHT + 18, y + 6, told, bold=not row.dashed))
    foot = _TOP + _HEIGHT + 44
    parts.append(words(_LEFT, foot, texts.AT_START, name="muted", size=SMALL, anchor="middle"))
    parts.append(words(_RIGHT, foot, texts.AT_END, name="muted", size=SMALL, anchor="middle"))
    parts.append(words(_LEFT - 18, zero + 6, "0", name="muted", size=SMALL, anchor="end"))
    return Chart(id_, title, drawing(id_, foot + 12, title, alt, parts), alt)


def _spread(ends: Sequence[float]) -> list[float]:
    """The heights of the words, moved apart where two lines end near each other."""
    order = sorted(range(len(ends)), key=ends.__getitem__)
    heights = list(ends)
    for above, below in pairwise(order):
        lacking = _APART - (heights[below] - heights[above])
        if lacking > 0:
            heights[above] -= lacking / 2
            heights[below] += lacking / 2
    return heights
