"""Who was enrolled, asked and answered by a moment: counts of the work itself, which hold no answer.

Knows no values. Shares follow AAPOR's RR2: complete and partial answers over everybody eligible.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import pandas as pd

from reports.frames import Data
from storage.schema import OccasionState


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the flow: how many people took it, of how many who could."""

    id: str
    people: int
    eligible: int

    @property
    def rate(self) -> float | None:
        """Their share."""
        return self.people / self.eligible if self.eligible else None


@dataclass(frozen=True, slots=True)
class Response:
    """One wave by a moment: invitations (occasions that opened) and answers to them."""

    wave: str
    asked: int
    answered: int

    @property
    def rate(self) -> float | None:
        """Answers for each invitation."""
        return self.answered / self.asked if self.asked else None


def enrolled(data: Data, moment: datetime) -> int:
    """Enrolments made by then, whatever became of them but erasure."""
    return int((data.people["enrolled_at"] <= moment).sum())


def consented(data: Data, moment: datetime) -> int:
    """Consents given by then."""
    return int((data.people["joined_at"] <= moment).sum())


def response(data: Data, wave: str, moment: datetime) -> Response:
    """Invitations and answers of a wave by then."""
    return Response(wave, len(data.asked(wave, moment)), len(data.answered(wave, moment)))


def flow(data: Data, waves: tuple[str, ...], moment: datetime) -> tuple[Step, ...]:
    """Enrolled → consented → each wave; of a wave everybody is eligible whose cohort has begun it."""
    everybody = data.people[data.people["enrolled_at"] <= moment]
    steps = [
        Step("enrolled", len(everybody), len(everybody)),
        Step("consented", consented(data, moment), len(everybody)),
    ]
    for wave in waves:
        begun = data.occasions[(data.occasions["wave"] == wave) & (data.occasions["opens_at"] <= moment)]
        eligible = everybody["cohort"].isin(begun["cohort"]).sum()
        steps.append(Step(wave, len(data.answered(wave, moment)), int(eligible)))
    return tuple(steps)


def opening(data: Data, since: datetime, until: datetime) -> int:
    """Invitations that are planned in this time."""
    return len(planned(data, "opens_at", since, until))


def closing(data: Data, since: datetime, until: datetime) -> int:
    """Unanswered questionnaires that close in this time."""
    return len(planned(data, "closes_at", since, until))


def over(data: Data, wave: str, moment: datetime) -> list[str]:
    """The codes of those who can no longer answer the wave."""
    there = data.occasions
    return list(there.loc[(there["wave"] == wave) & (there["closes_at"] <= moment), "code"])


def planned(data: Data, column: str, since: datetime, until: datetime) -> pd.DataFrame:
    """The unanswered occasions that open (`opens_at`) or close (`closes_at`) in this time."""
    there = data.occasions
    waiting = there["state"].isin((OccasionState.PLANNED, OccasionState.OPEN))
    return there[waiting & (there[column] > since) & (there[column] <= until)]
