"""Legends of drawings: signs with their words, side by side as long as they fit, then on the next line."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from reports.charts.drawing import WIDTH, lines, wide, words

EDGE = 2
STEP = 28  # from one line to the next
_GAP, _BETWEEN = 8, 20
_BASELINE = 21  # of the words, below the top of their line


@dataclass(frozen=True, slots=True)
class LegendKey:
    """A sign so many pixels wide, drawn from its left end around a height, and what it stands for."""

    label: str
    width: float
    sign: Callable[[float, float], Sequence[str]]


def legend(keys: Sequence[LegendKey], top: float = 0) -> tuple[list[str], float]:
    """The drawn parts below `top`, and where the next thing may begin."""
    parts: list[str] = []
    x, y = float(EDGE), top
    for key in keys:
        begins = key.width + _GAP
        if x > EDGE and x + begins + wide(key.label) > WIDTH - EDGE:
            x, y = float(EDGE), y + STEP
        parts += key.sign(x, y + _BASELINE - 7)
        *above, last = lines(key.label, WIDTH - 2 * EDGE - begins)
        for text in above:
            parts.append(words(x + begins, y + _BASELINE, text))
            y += STEP
        parts.append(words(x + begins, y + _BASELINE, last))
        x += begins + wide(last) + _BETWEEN
    return parts, y + STEP
