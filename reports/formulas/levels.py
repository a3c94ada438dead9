"""How strong the evidence of a report is, by Nesta's Standards of Evidence (Puttick and Ludlow 2013), and what lacks.

A level is reached where those below it are. Strict: what a report cannot know from its data is not taken as given, so
that no report of ours reaches more than level 3 by itself. Pure.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

FEWEST = 20  # people in the smaller group, from which a comparison is taken to show a cause


class Lacking(StrEnum):
    """The one thing that keeps a report from the next level."""

    LOGIC = "logic"  # 1: what the programme should change is not written down
    ANSWERS = "answers"  # 2: too few people were asked before and after
    CHANGE = "change"  # 2: no clear change for the better
    COMPARISON = "comparison"  # 3: nobody to compare with
    LOT = "lot"  # 3: people to compare with, but not by lot within the same groups
    DIFFERENCE = "difference"  # 3: people to compare with, but no clear difference
    PEOPLE = "people"  # 3: a clear difference among too few people
    REPLICATION = "replication"  # 4: nobody else has found the same elsewhere
    MANUAL = "manual"  # 5: nothing ensures that it is done alike everywhere


@dataclass(frozen=True, slots=True)
class Evidence:
    """What is known; `low` ends of intervals are None where they are not told."""

    logic: bool  # the programme says which outcome it should change
    change_low: float | None  # of the mean change of the same people
    compared: bool = False  # there are people who answered twice without the programme
    by_lot: bool = False  # of everybody who is compared the lot decided who of them waits
    difference_low: float | None = None  # of the difference to them
    fewest: int = 0  # people in the smaller of both groups
    replications: int = 0  # evaluations by others, elsewhere, that found the same
    manual: bool = False  # others can do it alike from what is written


@dataclass(frozen=True, slots=True)
class Level:
    """From 0 to 5, and what is lacking for the next; nothing at 5."""

    reached: int
    lacking: Lacking | None


def level(known: Evidence) -> Level:
    """The level that is reached."""
    lacking = _lacking(known)
    reached = next((at for at, one in enumerate(lacking) if one is not None), len(lacking))
    return Level(reached, lacking[reached] if reached < len(lacking) else None)


def _lacking(known: Evidence) -> tuple[Lacking | None, ...]:
    """For each level from 1 on, what of it is lacking."""
    change = Lacking.ANSWERS if known.change_low is None else None if known.change_low > 0 else Lacking.CHANGE
    return (
        None if known.logic else Lacking.LOGIC,
        change,
        _comparison(known),
        None if known.replications else Lacking.REPLICATION,
        None if known.manual else Lacking.MANUAL,
    )


def _comparison(known: Evidence) -> Lacking | None:
    if not known.compared:
        return Lacking.COMPARISON
    if not known.by_lot:
        return Lacking.LOT
    if known.difference_low is None or known.difference_low <= 0:
        return Lacking.DIFFERENCE
    return None if known.fewest >= FEWEST else Lacking.PEOPLE
