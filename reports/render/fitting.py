"""How large a report is set on paper, so that no page of it is a third empty. Pure; knows no typesetting and no report.

Paper is full when the type is a little smaller or larger than usual, and the annex begins a page of its own only where
the page before it is full (`docs/decisions/full-pages.md`).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

FULL = 2 / 3  # of the height between the margins
SIZES = (
    (1.0, 1.0), (1.0, 0.8), (1.05, 1.1), (0.95, 0.8), (1.05, 1.35), (1.1, 1.5), (0.86, 0.75),
)  # of type and of drawings, beside the usual ones, the least change first  # fmt: skip
_OWN = 4  # so many of them are tried with a page of its own for the annex
_HOPELESS = FULL * 0.8  # of the last page: no size of `_OWN` makes that full
_TOP, _HEIGHT = 19, 257  # millimetres of A4 with the margins of paper.typ

Position = tuple[int, float]  # a page, counted from 1, and millimetres from its top


@dataclass(frozen=True, slots=True)
class Setting:
    """The size of everything but drawings, that of drawings, and whether the annex begins a page of its own."""

    step: float = 1.0
    drawn: float = 1.0
    own: bool = True


def fullness(places: Sequence[Position]) -> list[float]:
    """How far down each page is used, from 0 to 1.

    `places` are where blocks begin and end, in order and in turn; a page within a block is full.
    """
    if not places:
        return []
    found = [1.0] * places[-1][0]
    for index, (page, y) in enumerate(places):
        ends = index % 2 == 1
        found[page - 1] = min(1.0, (y - _TOP) / _HEIGHT) if ends or index + 1 == len(places) else 1.0
    return found


def best(places: Callable[[Setting], Sequence[Position]], *, annex: bool) -> Setting:
    """The first setting with which every page is full, or that whose emptiest page is the fullest.

    A single page is never too empty: there is no more to tell.
    """
    tried: list[tuple[float, Setting]] = []
    settings = [Setting(*sizes, own=True) for sizes in SIZES[: _OWN if annex else None]]
    settings += [Setting(*sizes, own=False) for sizes in SIZES] if annex else []
    hopeless = False
    for setting in settings:
        if hopeless and setting.own:
            continue
        found = fullness(places(setting))
        hopeless = hopeless or (annex and setting.own and found[-1:] < [_HOPELESS])
        emptiest = min(found, default=1.0) if len(found) > 1 else 1.0
        if emptiest >= FULL:
            return setting
        tried.append((emptiest, setting))
    return max(tried, key=lambda one: one[0])[1]
