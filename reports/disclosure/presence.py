"""Who enrolled, whose group still meets, whose has ended, and who of those answered: counts, which hold no answer.

A group has ended when its last questionnaire has opened, on its last day; who never left a group that still meets is
no drop-out. Somebody of several groups counts once, as ended when one of them has. Knows no words.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from reports.data import participation
from reports.data.indicators import AFTER
from reports.disclosure.material import Material
from reports.disclosure.suppression import enough


@dataclass(frozen=True, slots=True)
class Presence:
    """Numbers of different people: `enrolled` are those of groups that still meet (`ongoing`) or have `ended`.

    Of the ended, `answered` at the end and `open` may still.
    """

    enrolled: int
    ended: int
    answered: int
    open: int

    @property
    def ongoing(self) -> int:
        """Those whose group still meets."""
        return self.enrolled - self.ended

    def told_apart(self, k: int) -> bool:
        """Whether both parts may be told: neither is a few people, whom the other part would give away."""
        return all(part == 0 or enough(part, k) for part in (self.ongoing, self.ended))


def presence(materials: Iterable[Material]) -> Presence:
    """Over several programmes, each by its moment."""
    enrolled: set[str] = set()
    ended: set[str] = set()
    answered: set[str] = set()
    still: set[str] = set()
    for one in materials:
        enrolled |= participation.persons(one.data, one.moment)
        ended |= participation.persons_ended(one.data, AFTER, one.moment)
        answered |= participation.persons_answered(one.data, AFTER, one.moment)
        still |= set(participation.still_open(one.data, AFTER, one.moment)["code"])
    answered &= enrolled
    return Presence(len(enrolled), len(ended), len(answered), len((still & ended) - answered))
