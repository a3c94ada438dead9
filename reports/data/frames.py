"""The answers of one programme as typed pandas columns, and the series that formulas need. Knows no suppression.

One person counts once: somebody who came to several cohorts counts with the last one that has what is asked for.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

import numpy as np
import numpy.typing as npt
import pandas as pd
from sqlalchemy import Connection

from reports.data.answers import NOT_GIVEN, NOTHING, Answers, Numbers, WantedAnswers, unpacked, whole
from storage.analysis import frames
from storage.schema import EnrolmentState, OccasionState
from surveys.model import EnrolmentRole


@dataclass(frozen=True, slots=True)
class Places:
    """Of every enrolment that was read, by its place: the code and the group."""

    codes: npt.NDArray[np.object_]
    cohorts: Numbers


@dataclass(frozen=True, slots=True)
class Data:
    """What was read at one moment of those who take part. Those who wait are `waiting`, and in no count of the others.

    `people`: one row an enrolment, in the order of cohorts, numbered by `place`. `occasions`: one row a person and
    wave, with place, code, cohort and audience beside it, whether the person was `asked` (not where it was cancelled
    for another reason than that they left) and has `answered`, whole or in part. `answers`: by wave and item a value
    a place.
    """

    people: pd.DataFrame
    occasions: pd.DataFrame
    answers: Answers
    places: Places = field(repr=False)
    waiting: Data | None = field(default=None, repr=False)  # None where these are the ones who wait

    def of(self, audience: str) -> Data:
        """The people of one audience, those who wait among them."""
        kept = self.only(self.people["audience"] == audience)
        return kept if self.waiting is None else replace(kept, waiting=self.waiting.of(audience))

    def apart(self) -> Data:
        """Those who take part, with those who wait beside them in place of among them."""
        waits = self.people["role"] == EnrolmentRole.WAITING
        return replace(self.only(~waits) if waits.any() else self, waiting=self.only(waits))

    def until(self, moment: datetime) -> Data:
        """What had been answered by then. People and occasions stay: their own moments tell."""
        waiting = None if self.waiting is None else self.waiting.until(moment)
        return replace(self, answers=self.answers.by(moment), waiting=waiting)

    def values(self, item: str, wave: str) -> pd.Series:
        """The values of an item in a wave, indexed by code: one a person."""
        given, places = self._who_answered(item, wave)
        return pd.Series(given[0][places], index=self._codes(places), name="value")

    def pairs(self, item: str, first: str, second: str) -> pd.DataFrame:
        """Columns `before` and `after`, indexed by code, of the people who answered the item in both waves."""
        (before, after), places = self._who_answered(item, first, second)
        return pd.DataFrame({"before": before[places], "after": after[places]}, index=self._codes(places))

    def last_cohorts(self, item: str, first: str, second: str) -> pd.Series:
        """The group of each person of `pairs`, in their order, indexed by code."""
        places = self._who_answered(item, first, second)[1]
        return pd.Series(self.places.cohorts[places], index=self._codes(places))

    def last_ended(self, item: str, first: str, second: str) -> pd.Series:
        """When each person of `pairs` had answered both times, in their order, indexed by code: µs since 1970."""
        places = self._who_answered(item, first, second)[1]
        ended = np.maximum(self.answers.ended[first][places], self.answers.ended[second][places])
        return pd.Series(ended, index=self._codes(places))

    def modes_of_pairs(self, item: str, first: str, second: str) -> pd.Series:
        """By whose hand the second answer of each person of `pairs` came, in their order, indexed by code."""
        places = self._who_answered(item, first, second)[1]
        there = self.occasions[self.occasions["wave"] == second]
        rows = pd.Index(there["place"]).get_indexer(places)
        return pd.Series(there["mode"].array[rows], index=self._codes(places))

    def answered(self, wave: str, moment: datetime) -> pd.DataFrame:
        """The occasions of a wave that had been answered by then, whole or in part."""
        there = self.occasions
        return there[(there["wave"] == wave) & there["answered"] & (there["ended_at"] <= moment)]

    def places_answered(self, moment: datetime, wave: str = "") -> Numbers:
        """The places of those who had answered a wave, or any, by then, whole or in part."""
        there = self.occasions
        done = there["answered"].to_numpy() & (there["ended_at"] <= moment).to_numpy()
        if wave:
            done &= (there["wave"] == wave).to_numpy()
        places: Numbers = there["place"].to_numpy()[done]
        return places

    def codes_answered(self, moment: datetime, wave: str = "") -> npt.NDArray[np.object_]:
        """The codes of those who had answered a wave, or any, by then: somebody of two groups maybe twice."""
        return self.places.codes[self.places_answered(moment, wave)]

    def last_modes(self, moment: datetime) -> pd.Series:
        """The mode of the last occasion that each person had answered by then, indexed by code."""
        there = self.occasions
        done = there.loc[there["answered"] & (there["ended_at"] <= moment), ["code", "ended_at", "mode"]]
        return done.sort_values("ended_at").drop_duplicates("code", keep="last").set_index("code")["mode"].astype(str)

    def only(self, wanted: pd.Series) -> Data:
        """The people of these rows of `people`, with what is theirs."""
        if wanted.all():
            return replace(self, waiting=None)
        people = self.people[wanted]
        places = people["place"].to_numpy()
        there = np.zeros(len(self.places.codes), dtype=np.bool_)
        there[places] = True
        occasions = self.occasions[there[self.occasions["place"].to_numpy()]]
        return Data(people, occasions, self.answers.only(places), self.places)

    def _who_answered(self, item: str, *waves: str) -> tuple[list[Numbers], Numbers]:
        """What each place answered in each of the waves; and the last place of each person who answered in all."""
        given = [self.answers.column(item, wave) for wave in waves]
        places = np.flatnonzero(np.logical_and.reduce([column != NOT_GIVEN for column in given]))
        return given, places[~self._codes(places).duplicated(keep="last")]

    def _codes(self, places: Numbers) -> pd.Index[str]:
        codes: pd.Index[str] = pd.Index(self.places.codes[places], dtype=object, name="code")
        return codes


def read(connection: Connection, programme: str, asked: WantedAnswers = NOTHING) -> Data:
    """Everybody of a programme, by its slug, with the answers to what is asked, in two SELECTs."""
    people = _people(frames.people(connection, programme))
    columns = frames.occasions(connection, programme, asked.items, asked.waves)
    places = pd.Index(people["enrolment"]).get_indexer(np.array(columns["enrolment"], dtype=np.int64))
    answers = unpacked(connection, programme, asked, columns, places, len(people))
    by_place = Places(people["code"].to_numpy(), people["cohort"].to_numpy())
    return Data(people, _occasions(columns, people, places), answers, by_place).apart()


def _people(columns: frames.Columns) -> pd.DataFrame:
    found = pd.DataFrame(
        {
            "enrolment": np.array(columns["enrolment"], dtype=np.int64),
            "code": pd.Series(columns["code"], dtype=object),  # looped over in a tenth of the time of strings
            "cohort": np.array(columns["cohort"], dtype=np.int64),
            "audience": _categories(columns["audience"]),
            "start": np.array(columns["start"], dtype="datetime64[s]"),
            "state": _categories(columns["state"]),
            "role": _categories(columns["role"]),
            "allocation": _categories(columns["allocation"]),
            "enrolled_at": _moments(whole(columns["enrolled_at"], NOT_GIVEN)),
            "joined_at": _moments(whole(columns["joined_at"], NOT_GIVEN)),
            "left_at": _moments(whole(columns["left_at"], NOT_GIVEN)),
            "closed_at": _moments(whole(columns["closed_at"], NOT_GIVEN)),
        }
    ).sort_values(["start", "enrolment"], ignore_index=True)
    return found.assign(place=np.arange(len(found)))


def _occasions(columns: frames.Columns, people: pd.DataFrame, places: Numbers) -> pd.DataFrame:
    enrolment, opens = np.array(columns["enrolment"], dtype=np.int64), whole(columns["opens_at"], NOT_GIVEN)
    order = np.lexsort((opens, enrolment))
    place = places[order]
    opens_at, closed_at = _moments(opens[order]), pd.DatetimeIndex(people["closed_at"])[place]
    state = _categories(columns["state"])[order]
    cancelled = np.asarray(state == OccasionState.CANCELLED)
    left = (people["state"] == EnrolmentState.LEFT).to_numpy()[place]
    return pd.DataFrame(
        {
            "enrolment": enrolment[order],
            "wave": _categories(columns["wave"])[order],
            "opens_at": opens_at,
            "closes_at": _moments(whole(columns["closes_at"], NOT_GIVEN)[order]),
            "state": state,
            "mode": _categories(columns["mode"])[order],
            "ended_at": _moments(whole(columns["ended_at"], NOT_GIVEN)[order]),
            "place": place,
            "code": pd.Series(people["code"].to_numpy()[place], dtype=object),
            "cohort": people["cohort"].array[place],
            "audience": people["audience"].array[place],
            "asked": ~cancelled | (left & ~(closed_at < opens_at)),  # no group that is open had ended before
            "answered": state.isin(frames.ANSWERED),
        }
    )


def _coded(names: Sequence[str | None]) -> tuple[list[str], Numbers]:
    """The different names in order, and the number of each row's among them, -1 where it has none."""
    different = sorted({name for name in names if name is not None})
    codes: dict[str | None, int] = {name: code for code, name in enumerate(different)} | {None: -1}
    return different, np.fromiter(map(codes.__getitem__, names), np.int64, len(names))


def _categories(names: Sequence[str | None]) -> pd.Categorical[str]:
    different, codes = _coded(names)
    return pd.Categorical.from_codes(codes, pd.Index(different, dtype="str"))


def _moments(microseconds: Numbers) -> pd.DatetimeIndex:
    return pd.DatetimeIndex(microseconds.view("datetime64[us]"), tz="UTC")
