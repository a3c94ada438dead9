"""The charts of the reports: small pure functions from numbers to SVG, each with an alternative text.

Knows nothing of suppression: it draws what it is given.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from reports import texts
from reports.drawing import LETTER, SIZE, SMALL, WIDTH, box, dot, drawing, line, lines, on_tone, person, tones, words
from reports.report import Chart
from reports.slovenian import number, percent

_EDGE = 2
_LEFT, _RIGHT = 12, WIDTH - 12  # where scales begin and end
_BAR = 34
_HEAD = 27  # above a bar, for its name
_STEP = _HEAD + _BAR + 16
_WRITTEN = 0.07  # a segment narrower than this share of the width holds no number


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


def icons(filled: int, title: str, alt: str, legend: tuple[str, str]) -> Chart:
    """Ten people, so many of them filled."""
    step = WIDTH / 10
    parts = [
        person(index * step + (step - 30) / 2, 6, "accent" if index < filled else "muted", outlined=index >= filled)
        for index in range(10)
    ]
    named = [(True, legend[0])] * (filled > 0) + [(False, legend[1])] * (filled < 10)  # noqa: PLR2004 - ten icons
    x = float(_EDGE)
    for solid, label in named:
        parts += [dot(x + 8, 92, 8, hollow=not solid), words(x + 24, 99, label)]
        x += 24 + len(label) * 9.6 + 20
    return Chart("icons", title, drawing("icons", 108, title, alt, parts), alt)


def dumbbell(id_: str, rows: Sequence[Moved], scale: tuple[int, int], title: str) -> Chart:
    """For each indicator the mean before (hollow) and after (filled), with the interval of the change."""
    low, high = scale
    y, parts = 50.0, _dumbbell_legend(interval=any(row.low is not None for row in rows))
    top = y
    drawn = []
    for row in rows:
        for text in lines(row.label, WIDTH - 2 * _EDGE - 60):
            drawn.append(words(_EDGE, y + 16, text))
            y += 24
        middle = y + 14
        at = [_on_scale(x, low, high) for x in (row.before, row.after)]
        drawn += [
            words(WIDTH - _EDGE, y - 8, number(row.change, 1, signed=True), bold=True, anchor="end"),
            line(_LEFT, middle, _RIGHT, middle, "tone0", 2),
            line(at[0], middle, at[1], middle, "accent", 5),
            dot(at[0], middle, 8, hollow=True),
            dot(at[1], middle, 8),
            *_change_interval(row, scale, middle + 17),
        ]
        y += 58
    for mark in range(low, high + 1):
        x = _on_scale(mark, low, high)
        parts += [
            line(x, top, x, y, "tone0", 1),
            words(x, y + 20, number(mark), name="muted", size=SMALL, anchor="middle"),
        ]
    alt = ". ".join(texts.moved(row.label, row.before, row.after, row.change, row.low, row.high) for row in rows) + "."
    return Chart(id_, title, drawing(id_, y + 30, title, alt, [*parts, *drawn]), alt)


def stacks(rows: Sequence[Stack], labels: Sequence[str], title: str) -> Chart:
    """Diverging bars: the lower half of the answers to the left of one common line, the upper half to the right."""
    parts, y = _stack_legend(labels)
    shares = [[count / max(1, sum(row.counts)) for count in row.counts] for row in rows]
    half = len(labels) // 2
    left = max(sum(row[:half]) + (row[half] / 2 if len(labels) % 2 else 0) for row in shares)
    right = max(1 - (sum(row[:half]) + (row[half] / 2 if len(labels) % 2 else 0)) for row in shares)
    unit = (WIDTH - 2 * _EDGE) / max(left + right, 0.01)
    zero = _EDGE + left * unit
    parts.append(line(zero, y + _HEAD - 4, zero, y + len(rows) * _STEP - 12, "ink", 1.5, "3 3"))
    for row, row_shares in zip(rows, shares, strict=True):
        parts.append(words(_EDGE, y + 17, row.label, bold=True))
        x = zero - (sum(row_shares[:half]) + (row_shares[half] / 2 if len(labels) % 2 else 0)) * unit
        for share, tone in zip(row_shares, tones(len(labels)), strict=True):
            parts.append(box(x, y + _HEAD, share * unit - 1, _BAR, f"tone{tone}"))
            if share >= _WRITTEN:
                middle = x + share * unit / 2
                parts.append(words(middle, y + _HEAD + 24, percent(share), name=on_tone(tone), anchor="middle"))
            x += share * unit
        y += _STEP
    alt = ". ".join(texts.stacked(row.label, labels, list(row.counts)) for row in rows) + "."
    return Chart("answers", title, drawing("answers", y, title, alt, parts), alt)


def bars(id_: str, rows: Sequence[Bar], title: str, tick: str = "", then: str = texts.WEEK_BEFORE) -> Chart:
    """Counts as bars on their own ground (a funnel, or the response of each wave), with a tick at what was `then`."""
    parts: list[str] = []
    y = 0.0
    most = max((row.of for row in rows), default=0) or 1
    full = WIDTH - 2 * _EDGE
    for row in rows:
        share = row.count / row.of if row.of and row.share_shown else None
        told = number(row.count) if row.count == row.of else f"{number(row.count)} od {number(row.of)}"
        told += "" if share is None else f" · {percent(share)}"
        *above, label = lines(row.label, full - (len(told) + 2) * SIZE * LETTER)
        for part in above:
            parts.append(words(_EDGE, y + 20, part))
            y += 23
        parts.append(words(_EDGE, y + 20, label))
        parts.append(words(WIDTH - _EDGE, y + 20, told, bold=True, anchor="end"))
        parts.append(box(_EDGE, y + 30, full * row.of / most, 20, "tone0", 3))
        parts.append(box(_EDGE, y + 30, full * row.count / most, 20, "accent", 3))
        if row.before is not None:
            x = _EDGE + full * row.of / most * row.before
            parts += [line(x, y + 27, x, y + 53, "paper", 6), line(x, y + 27, x, y + 53, "ink", 3)]
        y += 70
    if tick and any(row.before is not None for row in rows):
        parts += [line(_EDGE + 4, y, _EDGE + 4, y + 18, "ink", 3)]
        parts += [words(_EDGE + 16, y + 14, tick, name="muted", size=SMALL)]
        y += 26
    alt = ". ".join(texts.barred(row.label, row.count, row.of, row.before, then) for row in rows) + "."
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


def _dumbbell_legend(*, interval: bool) -> list[str]:
    parts = [
        dot(_EDGE + 8, 14, 8, hollow=True),
        words(_EDGE + 24, 21, texts.AT_START.lower()),
        dot(_EDGE + 122, 14, 8),
        words(_EDGE + 138, 21, texts.AT_END.lower()),
    ]
    if interval:
        parts += [*_interval(_EDGE + 252, _EDGE + 282, 14), words(_EDGE + 292, 21, texts.INTERVAL)]
    return parts


def _stack_legend(labels: Sequence[str]) -> tuple[list[str], float]:
    parts: list[str] = []
    x, y = float(_EDGE), 0.0
    for label, tone in zip(labels, tones(len(labels)), strict=True):
        width = 26 + len(label) * 9.6 + 20
        if x > _EDGE and x + width > WIDTH:
            x, y = float(_EDGE), y + 28
        parts += [box(x, y + 4, 18, 18, f"tone{tone}", 3), words(x + 26, y + 20, label)]
        x += width
    return parts, y + 38
