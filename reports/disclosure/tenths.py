"""How many of ten people: one rule for the drawing, its title and the sentence of every report."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from reports.texts import tenths as words

_TENTHS = 10


@dataclass(frozen=True, slots=True)
class OfTen:
    """So many of n people, or with `least` at least so many, as ten people show it."""

    count: int
    n: int
    least: bool = False

    @property
    def tenths(self) -> int:
        """Rounded to the nearest, halves up; a lower bound is rounded down."""
        if self.least:
            return self.count * _TENTHS // self.n
        return int((Decimal(self.count * _TENTHS) / self.n).quantize(Decimal(1), rounding=ROUND_HALF_UP))

    @property
    def words(self) -> str:
        """»približno 7 od 10«, »vsaj 7 od 10«."""
        exact = self.tenths * self.n == self.count * _TENTHS
        return words.many(self.tenths, exact=exact, least=self.least)

    @property
    def title(self) -> str:
        """What stands above the drawing of the ten people."""
        return words.title(self.tenths, least=self.least)
