"""What lasts: the answer of most weight that is told once, months later or at the end. Knows no sentences."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from reports.data.indicators import AFTER, Indicator
from reports.data.participation import over, persons_answered
from reports.disclosure import improvement
from reports.disclosure.material import Material
from reports.disclosure.suppression import Release
from reports.disclosure.tenths import OfTen
from storage.schema import OccasionState
from surveys.model import ORDERED
from surveys.weeks import local_day

_AT_THE_END = ("outcome_apply", "outcome_library")  # what is told first of the questions at the end


@dataclass(frozen=True, slots=True)
class Lasting:
    """How many of n people gave the best answers (joined so far that few are not alone) in one wave."""

    material: Material
    indicator: Indicator
    wave: str
    release: Release
    answers: tuple[str, ...]  # the best first
    count: int

    @property
    def n(self) -> int:
        """Who answered."""
        return self.release.n

    @property
    def later(self) -> bool:
        """Whether it was asked after the end."""
        return self.wave != AFTER

    @property
    def of_ten(self) -> OfTen:
        """As ten people show it."""
        return OfTen(self.count, self.n)

    @property
    def asked(self) -> int | None:
        """Who has answered the wave or has no time left to; None where the number of answers is of an earlier day."""
        if not self.release.fresh:
            return None
        data, moment = self.material.data, self.material.moment
        return len({*over(data, self.wave, moment)} | persons_answered(data, self.wave, moment))

    @property
    def days(self) -> int:
        """How long after the end it was asked."""
        asked = self.material.programme.wave(self.wave)
        return asked.offset.days if asked and self.later else 0


def lasting(materials: Sequence[Material]) -> Lasting | None:
    """What tells most: use months later, then the wish to use it, then knowing the library; of the first programme."""
    return min((one for material in materials for one in _told(material)), key=_rank, default=None)


@dataclass(frozen=True, slots=True)
class LastingDue:
    """When the answers some days after the end will be there, if enough people give them."""

    days: int
    known: date | None  # None: not even with everybody who is still to be asked, or because they are there
    hidden: bool = False  # enough people have answered, and yet none of it may be shown


def coming(materials: Sequence[Material]) -> LastingDue | None:
    """The first such day over these programmes; None where nobody is to be asked after the end."""
    found = [one for material in materials for wave in material.followups if (one := _expected(material, wave))]
    return min(found, key=_soonest, default=None)


def _soonest(one: LastingDue) -> tuple[bool, bool, date]:
    """What has a day first, then what is there and hidden."""
    return one.known is None, not one.hidden, one.known or date.max


def _expected(material: Material, wave: str) -> LastingDue | None:
    """The closing after which k people can have answered, those who have already among them."""
    asked = material.programme.wave(wave)
    data, moment = material.data, material.moment
    if asked is None or data.occasions[data.occasions["wave"] == wave].empty:
        return None
    missing = material.k - data.answered(wave, moment)["code"].nunique()
    there = data.occasions[(data.occasions["wave"] == wave) & (data.occasions["closes_at"] > moment)]
    still = there[there["state"].isin((OccasionState.PLANNED, OccasionState.OPEN))].sort_values("closes_at")
    closings = list(still.drop_duplicates("code")["closes_at"])
    known = local_day(closings[missing - 1].to_pydatetime()) if 0 < missing <= len(closings) else None
    return LastingDue(asked.offset.days, known, hidden=missing <= 0)


def _told(material: Material) -> Iterator[Lasting]:
    for wave in (AFTER, *material.followups):
        for one in material.told_once(wave):
            release = material.release(wave, one.id)
            shown = improvement.shares(release, one, material.k) if release and one.item.kind in ORDERED else ()
            if shown:
                best = shown[-1]
                words = dict(zip(map(str, one.codes), one.labels, strict=True))
                answers = tuple(words[code] for code in reversed(best.key.split("_")))
                yield Lasting(material, one, wave, release, answers, best.counts[0])


def _rank(found: Lasting) -> int:
    if found.later:
        return 0 if found.indicator.item.role == "use" else len(_AT_THE_END) + 2
    id_ = found.indicator.id
    return _AT_THE_END.index(id_) + 1 if id_ in _AT_THE_END else len(_AT_THE_END) + 1
