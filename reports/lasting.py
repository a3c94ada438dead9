"""What lasts: the answer of most weight that is told once, months later or at the end. Knows no sentences."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from reports import groups
from reports.indicators import AFTER, Indicator
from reports.material import Material
from reports.suppression import Edition
from surveys.model import ORDERED

_AT_THE_END = ("outcome_apply", "outcome_library")  # what is told first of the questions at the end
_TENTHS = 10


@dataclass(frozen=True, slots=True)
class Lasting:
    """How many of n people gave the best answers (joined so far that few are not alone) in one wave."""

    material: Material
    indicator: Indicator
    wave: str
    edition: Edition
    answers: tuple[str, ...]  # the best first
    count: int

    @property
    def n(self) -> int:
        """Who answered."""
        return self.edition.n

    @property
    def later(self) -> bool:
        """Whether it was asked after the end."""
        return self.wave != AFTER

    @property
    def tenths(self) -> int:
        """Of ten people, rounded to the nearest."""
        return int((Decimal(self.count * _TENTHS) / self.n).quantize(Decimal(1), rounding=ROUND_HALF_UP))


def lasting(materials: Sequence[Material]) -> Lasting | None:
    """What tells most: use months later, then the wish to use it, then knowing the library; of most people."""
    found = [one for material in materials for one in _told(material)]
    return min(found, key=lambda one: (_rank(one), -one.n)) if found else None


def _told(material: Material) -> Iterator[Lasting]:
    for wave in (AFTER, *material.followups):
        for one in material.told_once(wave):
            edition = material.edition(wave, one.id)
            shown = groups.shares(edition, one, material.k) if edition and one.item.kind in ORDERED else ()
            if shown:
                best = shown[-1]
                words = dict(zip(map(str, one.codes), one.labels, strict=True))
                answers = tuple(words[code] for code in reversed(best.key.split("_")))
                yield Lasting(material, one, wave, edition, answers, best.counts[0])


def _rank(found: Lasting) -> int:
    if found.later:
        return 0 if found.indicator.item.role == "use" else len(_AT_THE_END) + 2
    id_ = found.indicator.id
    return _AT_THE_END.index(id_) + 1 if id_ in _AT_THE_END else len(_AT_THE_END) + 1
