"""Which questionnaires somebody still gets who joins a group now, where it is too late for one of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from bot.runtime.services import Services
from storage.cohorts import Cohort
from surveys.contact_policy import local_day
from surveys.model import Wave
from surveys.plan import plan


@dataclass(frozen=True, slots=True)
class Late:
    """What is still to come for somebody who joins now; `ended`: the last day, where the group is over."""

    waves: tuple[Wave, ...]
    ended: date | None


def late(services: Services, cohort: Cohort, now: datetime) -> Late | None:
    """What who joins this group now gets; None where it is everything."""
    programme = services.programmes[cohort.programme]
    given = (programme, cohort.start, cohort.end, cohort.audience)
    everything = {one.wave for one in plan(*given, None, services.policy)}
    left = [one.wave for one in plan(*given, now, services.policy)]
    if len(left) == len(everything):
        return None
    waves = tuple(wave for name in left if (wave := programme.wave(name)) is not None)
    return Late(waves, cohort.end if local_day(now, services.policy) > cohort.end else None)
