"""Where the answers to each question lie among made-up people, and how much they move. Plain values, no people."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from random import Random

from surveys.model import Item


@dataclass(frozen=True, slots=True)
class Leaning:
    """Of one question: how far above the middle its answers begin, and how much of a gain they show."""

    at: float
    moves: float = 1.0
    refused: float = 0.015


_KNOWN: Mapping[str, Leaning] = {  # as surveys of adults find them: content with life, seldom lonely, slow to change
    "problem_solving": Leaning(0.1, 1.2),
    "belonging": Leaning(0.7, 0.8),
    "loneliness": Leaning(1.0, 0.7, 0.05),
    "life_satisfaction": Leaning(1.15, 0.5, 0.04),
    "outcome_learned": Leaning(0.4),
    "outcome_confidence": Leaning(-0.3),
    "outcome_apply": Leaning(0.0),
    "outcome_library": Leaning(0.8, 0.5),
    "used": Leaning(-0.1),
    "primary": Leaning(0.0),
}


def leaning_of(item: Item) -> Leaning:
    """What is known of a question; any other one gets its own, always the same."""
    return _KNOWN.get(item.id) or _drawn(item.id)


@cache
def _drawn(name: str) -> Leaning:
    chance = Random(name)  # noqa: S311 - made-up people
    return Leaning(chance.gauss(0, 0.35), chance.uniform(0.5, 1.25))
