"""The charts of the reports: small pure functions from numbers to SVG, each with an alternative text.

Knows nothing of suppression: it draws what it is given.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from reports import texts
from reports.charts.drawing import (
    SMALL,
    WIDTH,
    Anchor,
    box,
    dot,
    drawing,
    line,
    lines,
    on_tone,
    person,
    tones,
    wide,
    words,
)
from reports.charts.legends import EDGE, LegendKey, legend
from reports.report import Chart
from surveys.locale_sl import number, percent

_LEFT, _RIGHT = 12, WIDTH - 12  # where scales begin and end
_BAR = 34
_HEAD = 27  # above a bar, for its name
_STEP = _HEAD + _BAR + 16


@dataclass(frozen=True, slots=True)
class Moved:
    """One row of a dumbbell: both means and the interval of the change around the second."""

    label: str
    before: float
    after: float
    change: float
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: a count of so many, and what it was before, where that is known."""

    label: str
    count: int
    of: int
    before: float | None = None  # a share
    share_shown: bool = True


@dataclass(frozen=True, slots=True)
class Stack:
    """One bar of shares that add up to everybody."""

    label: str
    counts: tuple[int, ...]


def icons(filled: int, title: str, alt: str, names: tuple[str, str]) -> Chart:
    """Ten people, so many of them filled."""
    step = WIDTH / 10
    parts = [
        person(index * step + (step - 30) / 2, 6, "accent" if index < filled else "muted", outlined=index >= filled)
        for index in range(10)
    ]
    shown = [_filled(names[0])] * (filled > 0) + [_hollow(names[1])] * (filled < 10)  # noqa: PLR2004 - ten icons
    told, height = legend(shown, 78)
    return Chart("icons", title, drawing("icons", height, title, alt, [*parts, *told]), alt)


def dumbbell(
    id_: str, rows: Sequence[Moved], scale: tuple[int, int], title: str, ends: tuple[str, str] = ("", "")
) -> Chart:
    """For each indicator the mean before (hollow) and after (filled), with the interval of the change.

    `ends` are what the lowest and the highest answer say, where all rows have them in common.
    """
    low, high = scale
    parts, y = _dumbbell_legend(interval=any(row.low is not None for row in rows))
    y += 22
    marks = [_on_scale(mark, low, high) for mark in range(low, high + 1)]
    drawn = []
    for row in rows:
        for text in lines(row.label, WIDTH - 2 * EDGE - 60):
            drawn.append(words(EDGE, y + 16, text))
            y += 24
        middle = y + 14
        at = [_on_scale(x, low, high) for x in (row.before, row.after)]
        drawn += [
            *(line(x, y, x, y + 38, "tone0", 1) for x in marks),  # below the words, which no line strikes
            words(WIDTH - EDGE, y - 8, number(row.change, 1, signed=True), bold=True, anchor="end"),
            line(_LEFT, middle, _RIGHT, middle, "tone0", 2),
            line(at[0], middle, at[1], middle, "accent", 5),
            dot(at[0], middle, 8, hollow=True),
            dot(at[1], middle, 8),
            *_change_interval(row, scale, middle + 17),
        ]
        y += 58
    for mark, x in enumerate(marks, low):
        parts.append(words(x, y, number(mark), name="muted", size=SMALL, anchor="middle"))
    y += _ends(ends, y + 22, parts) if any(ends) else 0
    alt = ". ".join(texts.moved(row.label, row.before, row.after, row.change, row.low, row.high) for row in rows) + "."
    return Chart(id_, title, drawing(id_, y + 10, title, alt, [*parts, *drawn]), alt)


def _ends(ends: tuple[str, str], y: float, parts: list[str]) -> float:
    """What the ends of a scale mean, on lines of their own from `y` on; returns how high they are."""
    sides: tuple[tuple[float, Anchor, str], ...] = ((EDGE, "start", ends[0]), (WIDTH - EDGE, "end", ends[1]))
    found = [(x, anchor, lines(told, WIDTH / 2 - 3 * EDGE, SMALL)) for x, anchor, told in sides]
    for x, anchor, told in found:
        parts += [words(x, y + 22 * at, text, name="muted", size=SMALL, anchor=anchor) for at, text in enumerate(told)]
    return 22 * max(len(told) for _, _, told in found)


def stacks(rows: Sequence[Stack], labels: Sequence[str], title: str) -> Chart:
    """Diverging bars: the lower half of the answers to the left of one common line, the upper half to the right."""
    parts, y = _stack_legend(labels)
    y += 10
    shares = [[count / max(1, sum(row.counts)) for count in row.counts] for row in rows]
    half = len(labels) // 2
    left = max(sum(row[:half]) + (row[half] / 2 if len(labels) % 2 else 0) for row in shares)
    right = max(1 - (sum(row[:half]) + (row[half] / 2 if len(labels) % 2 else 0)) for row in shares)
    unit = (WIDTH - 2 * EDGE) / max(left + right, 0.01)
    zero = EDGE + left * unit
    parts.append(line(zero, y + _HEAD - 4, zero, y + len(rows) * _STEP - 12, "ink", 1.5, "3 3"))
    for row, row_shares in zip(rows, shares, strict=True):
        parts.append(words(EDGE, y + 17, row.label, bold=True))
        x = zero - (sum(row_shares[:half]) + (row_shares[half] / 2 if len(labels) % 2 else 0)) * unit
        for share, tone in zip(row_shares, tones(len(labels)), strict=True):
            parts.append(box(x, y + _HEAD, share * unit - 1, _BAR, f"tone{tone}"))
            if share * unit >= wide(percent(share)) + 4:
                middle = x + share * unit / 2
                parts.append(words(middle, y + _HEAD + 24, percent(share), name=on_tone(tone), anchor="middle"))
            x += share * unit
        y += _STEP
    uneven = next((words_ for row in shares if (words_ := texts.rounded_shares(row))), "")
    if uneven:
        parts.append(words(EDGE, y + 10, f"{uneven[:1].upper()}{uneven[1:]}.", name="muted", size=SMALL))
        y += 22
    alt = ". ".join(texts.stacked(row.label, labels, list(row.counts)) for row in rows) + "."
    return Chart("answers", title, drawing("answers", y, title, alt, parts), alt)


def bars(id_: str, rows: Sequence[Bar], title: str, tick: str = "") -> Chart:
    """Shares as bars, each on a ground that is everybody who could (`of`), with a tick that has a name.

    The ground is as wide for one person as for a hundred, so that all bars of a chart are parts of the same whole.
    """
    parts: list[str] = []
    y = 0.0
    full = WIDTH - 2 * EDGE
    for row in rows:
        share = row.count / row.of if row.of and row.share_shown else None
        told = number(row.count) if row.count == row.of else f"{number(row.count)} od {number(row.of)}"
        told += "" if share is None else f" · {percent(share)}"
        *above, label = lines(row.label, full - wide(f"{told}  ", bold=True))
        for part in above:
            parts.append(words(EDGE, y + 20, part))
            y += 23
        parts.append(words(EDGE, y + 20, label))
        parts.append(words(WIDTH - EDGE, y + 20, told, bold=True, anchor="end"))
        parts.append(box(EDGE, y + 30, full, 20, "tone0", 3))
        parts.append(box(EDGE, y + 30, full * min(1.0, row.count / max(1, row.of)), 20, "accent", 3))
        if row.before is not None:
            x = EDGE + full * row.before
            parts += [line(x, y + 27, x, y + 53, "paper", 6), line(x, y + 27, x, y + 53, "ink", 3)]
        y += 70
    if tick and any(row.before is not None for row in rows):
        parts += [line(EDGE + 4, y, EDGE + 4, y + 18, "ink", 3)]
        parts += [words(EDGE + 16, y + 14, tick, name="muted", size=SMALL)]
        y += 26
    alt = ". ".join(texts.barred(row.label, row.count, row.of, row.before, tick) for row in rows) + "."
    return Chart(id_, title, drawing(id_, max(y, 20), title, alt, parts), alt)


def _on_scale(x: float, low: int, high: int) -> float:
    inside = min(max(x, low), high)
    return _LEFT + (inside - low) / max(high - low, 1) * (_RIGHT - _LEFT)


def _change_interval(row: Moved, scale: tuple[int, int], y: float) -> list[str]:
    """The interval of the change, laid off from the first mean; nothing where it may not be shown."""
    if row.low is None or row.high is None:
        return []
    left, right = (_on_scale(row.before + end, *scale) for end in (row.low, row.high))
    return _interval(left, right, y)


def _interval(left: float, right: float, y: float) -> list[str]:
    ends = [line(x, y - 4, x, y + 4, "muted", 2) for x in (left, right)]
    return [line(left, y, right, y, "muted", 2), *ends]


def _dumbbell_legend(*, interval: bool) -> tuple[list[str], float]:
    keys = [_hollow(texts.AT_START.lower()), _filled(texts.AT_END.lower())]
    if interval:
        keys.append(LegendKey(texts.INTERVAL, 30, lambda x, y: _interval(x, x + 30, y)))
    return legend(keys)


def _stack_legend(labels: Sequence[str]) -> tuple[list[str], float]:
    return legend([_square(label, tone) for label, tone in zip(labels, tones(len(labels)), strict=True)])


def _filled(label: str) -> LegendKey:
    return LegendKey(label, 16, lambda x, y: [dot(x + 8, y, 8)])


def _hollow(label: str) -> LegendKey:
    return LegendKey(label, 16, lambda x, y: [dot(x + 8, y, 8, hollow=True)])


def _square(label: str, tone: int) -> LegendKey:
    return LegendKey(label, 18, lambda x, y: [box(x, y - 9, 18, 18, f"tone{tone}", 3)])
