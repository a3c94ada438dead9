"""Who was enrolled, could have answered and did, by a moment: counts of the work itself, which hold no answer.

The one definition of response, from which every report and every row behind it follows (docs/decisions/response.md):
whoever was asked counts from the moment at which their time to answer is over, whether or not they answered, so that
no invitation lowers a share and no early answer raises it. Knows no values.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

import numpy as np
import numpy.typing as npt
import pandas as pd

from reports.data.frames import Data
from storage.schema import EnrolmentState, OccasionState

ENROLLED, CONSENTED = "enrolled", "consented"
BEFORE_WAVES = (ENROLLED, CONSENTED)
Rows = npt.NDArray[np.bool_]  # which rows of a table; put together without the index, which costs most of the time


@dataclass(frozen=True, slots=True)
class ResponseStep:
    """One step of a person's way by a moment: enrolment, consent, or the answers of a wave. All count enrolments."""

    id: str
    people: int  # who took it so far
    eligible: int  # who could have by then: their time is over
    responded: int  # who took it, of these
    open: int  # who still have time for it

    @property
    def rate(self) -> float | None:
        """AAPOR's RR2 among those who could have answered by now."""
        return self.responded / self.eligible if self.eligible else None

    @property
    def early(self) -> int:
        """Answers of people whose time is not over yet: they count when it is."""
        return self.people - self.responded

    @property
    def begun(self) -> bool:
        """Whether anybody was asked."""
        return bool(self.people or self.eligible or self.open)


def enrolled(data: Data, moment: datetime) -> int:
    """Enrolments made by then, whatever became of them but erasure."""
    return len(_enrolled(data, moment))


def consented(data: Data, moment: datetime) -> int:
    """Consents given by then."""
    return int((data.people["joined_at"] <= moment).sum())


def newly(data: Data, column: str, since: datetime, until: datetime) -> int:
    """Enrolments (`enrolled_at`) or consents (`joined_at`) of this time."""
    return int(((data.people[column] > since) & (data.people[column] <= until)).sum())


def unopened(data: Data, moment: datetime) -> int:
    """Codes by whose link nobody has decided by then: nobody knows whether there is a person behind them."""
    return len(undecided(data, moment))


def persons(data: Data, moment: datetime) -> frozenset[str]:
    """The codes of everybody enrolled by then: who is in two groups is one person."""
    return frozenset(data.people.loc[data.people["enrolled_at"] <= moment, "code"])


def persons_answered(data: Data, wave: str, moment: datetime) -> frozenset[str]:
    """The codes of everybody who had answered a wave by then."""
    return frozenset(data.codes_answered(moment, wave))


def persons_twice(data: Data, first: str, second: str, moment: datetime) -> frozenset[str]:
    """The codes of everybody who had answered both waves of the same group by then."""
    before, after = (data.places_answered(moment, wave) for wave in (first, second))
    return frozenset(data.places.codes[np.intersect1d(before, after)])


def persons_ended(data: Data, wave: str, moment: datetime) -> frozenset[str]:
    """The codes of everybody for whose group this last wave had opened by then, or who had answered it."""
    begun = (data.occasions["wave"] == wave) & (data.occasions["opens_at"] <= moment)
    there = data.people.loc[data.people["cohort"].isin(data.occasions.loc[begun, "cohort"].unique()), "code"]
    return (frozenset(there) | persons_answered(data, wave, moment)) & persons(data, moment)


def consent(data: Data, moment: datetime) -> ResponseStep:
    """Who agreed, of those who have decided; codes that nobody has opened are the open ones."""
    agreed = consented(data, moment)
    return ResponseStep(CONSENTED, agreed, len(decided(data, moment)), agreed, unopened(data, moment))


def response(data: Data, wave: str, moment: datetime) -> ResponseStep:
    """The answers of a wave."""
    there = data.occasions
    of_wave, answered = (there["wave"] == wave).to_numpy(), _answered(there, moment)
    over = of_wave & _over(there, moment)
    return ResponseStep(
        wave,
        people=int((of_wave & answered).sum()),
        eligible=int(over.sum()),
        responded=int((over & answered).sum()),
        open=int((of_wave & _open(there, moment)).sum()),
    )


def flow(data: Data, waves: Iterable[str], moment: datetime) -> tuple[ResponseStep, ...]:
    """Enrolled → consented → each wave."""
    everybody = enrolled(data, moment)
    first = ResponseStep(ENROLLED, everybody, everybody, everybody, 0)
    return (first, consent(data, moment), *(response(data, wave, moment) for wave in waves))


def together(id_: str, found: Iterable[ResponseStep]) -> ResponseStep:
    """Several groups, programmes or waves as one."""
    parts = list(found)
    return ResponseStep(
        id_,
        people=sum(one.people for one in parts),
        eligible=sum(one.eligible for one in parts),
        responded=sum(one.responded for one in parts),
        open=sum(one.open for one in parts),
    )


def of_the_same(data: Data, wave: str, later: str, moment: datetime) -> ResponseStep:
    """The answers of a wave by those alone who could have answered a later one by now: what its share compares with."""
    there = set(could_answer(data, later, moment)["enrolment"])
    found = could_answer(data, wave, moment)
    same = found[found["enrolment"].isin(there)]
    answered = int(same["responded"].sum())
    return ResponseStep(wave, answered, len(same), answered, 0)


def could_answer(data: Data, wave: str, moment: datetime) -> pd.DataFrame:
    """The occasions of a wave whose time was over by then, with `responded`: whether they were answered by then.

    Who left before it was over is among them; whom nobody asked, because the group ended early or was moved, is not.
    """
    there = data.occasions
    found = there[(there["wave"] == wave) & _over(there, moment)]
    return found.assign(responded=_answered(found, moment))


def answered_early(data: Data, wave: str, moment: datetime) -> pd.DataFrame:
    """The occasions of a wave that had been answered by then, and whose time was not over."""
    there = data.answered(wave, moment)
    return there[~there["enrolment"].isin(could_answer(data, wave, moment)["enrolment"])]


def still_open(data: Data, wave: str, moment: datetime) -> pd.DataFrame:
    """The occasions of a wave that had opened by then and could still be answered."""
    there = data.occasions
    return there[(there["wave"] == wave) & _open(there, moment)]


def decided(data: Data, moment: datetime) -> pd.DataFrame:
    """The people who had said yes or no by then, with `responded`: whether it was yes."""
    there = _enrolled(data, moment)
    agreed = there["joined_at"] <= moment
    found = there[agreed | _declined(there, moment)]
    return found.assign(responded=agreed[found.index])


def undecided(data: Data, moment: datetime) -> pd.DataFrame:
    """The people of whom nobody had opened the link by then, as far as is known: nothing was answered to it."""
    there = _enrolled(data, moment)
    return there[~((there["joined_at"] <= moment) | _declined(there, moment))]


def opening(data: Data, since: datetime, until: datetime) -> int:
    """Invitations that are planned in this time."""
    return len(planned(data, "opens_at", since, until))


def closing(data: Data, since: datetime, until: datetime) -> int:
    """Unanswered questionnaires that close in this time."""
    return len(planned(data, "closes_at", since, until))


def closed(data: Data, since: datetime, until: datetime) -> ResponseStep:
    """The questionnaires of all waves whose time to answer ended in this time, and those of them that were answered."""
    there = data.occasions
    ended = _over(there, until) & (there["closes_at"] > since)
    answered = int((ended & _answered(there, until)).sum())
    return ResponseStep("all", answered, int(ended.sum()), answered, 0)


def over(data: Data, wave: str, moment: datetime) -> list[str]:
    """The codes of those whose time to answer the wave is over."""
    return list(could_answer(data, wave, moment)["code"])


def planned(data: Data, column: str, since: datetime, until: datetime) -> pd.DataFrame:
    """The occasions, unanswered at `since`, that open (`opens_at`) or close (`closes_at`) in this time.

    What happened to them meanwhile does not matter: a week that is long over is told as it stood at its end.
    """
    there = data.occasions
    answered = there["ended_at"] <= since
    kept = there["state"] != OccasionState.CANCELLED
    return there[kept & ~answered & (there[column] > since) & (there[column] <= until)]


def _enrolled(data: Data, moment: datetime) -> pd.DataFrame:
    return data.people[data.people["enrolled_at"] <= moment]


def _declined(people: pd.DataFrame, moment: datetime) -> pd.Series:
    return (people["state"] == EnrolmentState.DECLINED) & ~(people["left_at"] > moment)


def _answered(occasions: pd.DataFrame, moment: datetime) -> Rows:
    return occasions["answered"].to_numpy() & _by(occasions["ended_at"], moment)


def _over(occasions: pd.DataFrame, moment: datetime) -> Rows:
    return occasions["asked"].to_numpy() & _by(occasions["closes_at"], moment)


def _open(occasions: pd.DataFrame, moment: datetime) -> Rows:
    there = _by(occasions["opens_at"], moment) & (occasions["closes_at"] > moment).to_numpy()
    return there & (occasions["state"] != OccasionState.CANCELLED).to_numpy() & ~_answered(occasions, moment)


def _by(moments: pd.Series, moment: datetime) -> Rows:
    found: Rows = (moments <= moment).to_numpy()
    return found
