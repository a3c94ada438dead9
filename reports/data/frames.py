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

from storage.analysis import frames
from storage.schema import EnrolmentState, OccasionState
from surveys.model import EnrolmentRole

_NO_CODE = -2  # of a name that no row has; pandas gives -1 to what is missing
_NOT_GIVEN = np.iinfo(np.int64).min  # no value of an item; as a moment, NaT


Numbers = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Data:
    """What was read at one moment of those who take part. Those who wait are `waiting`, and in no count of the others.

    `people`: one row an enrolment, in the order of cohorts, numbered by `place`. `occasions`: one row a person and
    wave, with place, code, cohort and audience beside it, whether the person was `asked` (not where it was cancelled
    for another reason than that they left) and has `answered`, whole or in part. `answers`: run, item, value, with
    place, enrolment, code, wave and ended_at beside it.
    """

    people: pd.DataFrame
    occasions: pd.DataFrame
    answers: pd.DataFrame
    waiting: Data | None = field(default=None, repr=False)  # None where these are the ones who wait

    def of(self, audience: str) -> Data:
        """The people of one audience, those who wait among them."""
        kept = self._kept(self.people["audience"] == audience)
        return kept if self.waiting is None else replace(kept, waiting=self.waiting.of(audience))

    def apart(self) -> Data:
        """Those who take part, with those who wait beside them in place of among them."""
        waits = self.people["role"] == EnrolmentRole.WAITING
        return replace(self._kept(~waits) if waits.any() else self, waiting=self._kept(waits))

    def until(self, moment: datetime) -> Data:
        """What had been answered by then. People and occasions stay: their own moments tell."""
        waiting = None if self.waiting is None else self.waiting.until(moment)
        return replace(self, answers=self.answers[self.answers["ended_at"] <= moment], waiting=waiting)

    def values(self, item: str, wave: str) -> pd.Series:
        """The values of an item in a wave, indexed by code: one a person."""
        given = self._column(item, wave)
        places = self._one_each(np.flatnonzero(given != _NOT_GIVEN))
        return pd.Series(given[places], index=self._codes(places), name="value")

    def pairs(self, item: str, first: str, second: str) -> pd.DataFrame:
        """Columns `before` and `after`, indexed by code, of the people who answered the item in both waves."""
        before, after = self._column(item, first), self._column(item, second)
        places = self._one_each(np.flatnonzero((before != _NOT_GIVEN) & (after != _NOT_GIVEN)))
        return pd.DataFrame({"before": before[places], "after": after[places]}, index=self._codes(places))

    def last_cohorts(self, item: str, first: str, second: str) -> pd.Series:
        """The group of each person of `pairs`, in their order, indexed by code."""
        both = (self._column(item, first) != _NOT_GIVEN) & (self._column(item, second) != _NOT_GIVEN)
        places = self._one_each(np.flatnonzero(both))
        rows = np.searchsorted(self.people["place"].to_numpy(), places)
        return pd.Series(self.people["cohort"].to_numpy()[rows], index=self._codes(places))

    def answered(self, wave: str, moment: datetime) -> pd.DataFrame:
        """The occasions of a wave that had been answered by then, whole or in part."""
        there = self.occasions
        return there[(there["wave"] == wave) & there["answered"] & (there["ended_at"] <= moment)]

    def last_modes(self, moment: datetime) -> pd.Series:
        """The mode of the last occasion that each person had answered by then, indexed by code."""
        there = self.occasions
        done = there[there["answered"] & (there["ended_at"] <= moment)]
        return done.sort_values("ended_at").drop_duplicates("code", keep="last").set_index("code")["mode"].astype(str)

    def _kept(self, wanted: pd.Series) -> Data:
        people = self.people[wanted]
        kept = people["place"]
        return Data(
            people,
            self.occasions[self.occasions["place"].isin(kept)],
            self.answers[self.answers["place"].isin(kept)],
        )

    def _column(self, item: str, wave: str) -> Numbers:
        """What each place answered."""
        rows = np.flatnonzero(_is(self.answers["item"], item) & _is(self.answers["wave"], wave))
        given = np.full(self.people["place"].max() + 1 if len(self.people) else 0, _NOT_GIVEN)
        given[self.answers["place"].to_numpy()[rows]] = self.answers["value"].to_numpy()[rows]
        return given

    def _one_each(self, places: Numbers) -> Numbers:
        """The last of each person's places."""
        return places[~self._codes(places).duplicated(keep="last")]

    def _codes(self, places: Numbers) -> pd.Index[str]:
        rows = np.searchsorted(self.people["place"].to_numpy(), places)
        codes: pd.Index[str] = pd.Index(self.people["code"].to_numpy()[rows], dtype=object, name="code")
        return codes


def read(connection: Connection, programme: str) -> Data:
    """Everything of a programme, by its slug, in two SELECTs."""
    people = _people(frames.people(connection, programme))
    columns = frames.occasions(connection, programme)
    occasions = _occasions(columns, people)
    answers = _answers(columns["answers"], occasions)
    everybody = Data(people, occasions.sort_values(["enrolment", "opens_at"], ignore_index=True), answers)
    return everybody.apart()


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
            "enrolled_at": _moments(columns["enrolled_at"]),
            "joined_at": _moments(columns["joined_at"]),
            "left_at": _moments(columns["left_at"]),
            "closed_at": _moments(columns["closed_at"]),
        }
    ).sort_values(["start", "enrolment"], ignore_index=True)
    return found.assign(place=np.arange(len(found)))


def _occasions(columns: frames.Columns, people: pd.DataFrame) -> pd.DataFrame:
    enrolment = np.array(columns["enrolment"], dtype=np.int64)
    place = pd.Index(people["enrolment"]).get_indexer(enrolment)
    opens_at, closed_at = _moments(columns["opens_at"]), pd.DatetimeIndex(people["closed_at"])[place]
    cancelled = np.array([state == OccasionState.CANCELLED for state in columns["state"]], dtype=np.bool_)
    left = (people["state"] == EnrolmentState.LEFT).to_numpy()[place]
    return pd.DataFrame(
        {
            "enrolment": enrolment,
            "wave": _categories(columns["wave"]),
            "opens_at": opens_at,
            "closes_at": _moments(columns["closes_at"]),
            "state": _categories(columns["state"]),
            "invited_at": _moments(columns["invited_at"]),
            "run": pd.arrays.IntegerArray(*_whole(columns["run"])),
            "mode": _categories(columns["mode"]),
            "ended_at": _moments(columns["ended_at"]),
            "place": place,
            "code": pd.Series(people["code"].to_numpy()[place], dtype=object),
            "cohort": people["cohort"].array[place],
            "audience": people["audience"].array[place],
            "asked": ~cancelled | (left & ~(closed_at < opens_at)),  # no group that is open had ended before
            "answered": np.array([state in frames.ANSWERED for state in columns["state"]], dtype=np.bool_),
        }
    )


def _answers(joined: Sequence[str | None], occasions: pd.DataFrame) -> pd.DataFrame:
    """Take the joined answers apart; few different sets of items are ever asked, so each is read once."""
    sets, kinds = _coded([one.partition(";")[0] if one else None for one in joined])
    asked = [one.split(",") for one in sets]
    names = sorted({name for one in asked for name in one})
    codes = [np.array([names.index(name) for name in one], dtype=np.int64) for one in asked]
    rows = np.flatnonzero(kinds >= 0)
    item: Numbers = np.concatenate([codes[kind] for kind in kinds[rows]] or [np.array([], dtype=np.int64)])
    answered = rows.repeat([len(codes[kind]) for kind in kinds[rows]])
    return (
        occasions[["run", "place", "enrolment", "code", "wave", "ended_at"]]
        .iloc[answered]
        .assign(
            item=pd.Categorical.from_codes(item, pd.Index(names, dtype="str")),
            value=np.fromstring(",".join(one.partition(";")[2] for one in joined if one), dtype=np.int64, sep=","),
        )
        .reset_index(drop=True)
    )


def _coded(names: Sequence[str | None]) -> tuple[list[str], Numbers]:
    """The different names in order, and the number of each row's among them, -1 where it has none."""
    different = sorted({name for name in names if name is not None})
    codes: dict[str | None, int] = {name: code for code, name in enumerate(different)} | {None: -1}
    return different, np.fromiter(map(codes.__getitem__, names), np.int64, len(names))


def _categories(names: Sequence[str | None]) -> pd.Categorical[str]:
    different, codes = _coded(names)
    return pd.Categorical.from_codes(codes, pd.Index(different, dtype="str"))


def _whole(numbers: Sequence[int | None]) -> tuple[Numbers, npt.NDArray[np.bool_]]:
    """The numbers, and which of them are missing."""
    if None not in numbers:
        return np.array(numbers, dtype=np.int64), np.zeros(len(numbers), dtype=np.bool_)
    there = np.array([_NOT_GIVEN if one is None else one for one in numbers], dtype=np.int64)
    return there, there == _NOT_GIVEN


def _moments(microseconds: Sequence[int | None]) -> pd.DatetimeIndex:
    return pd.DatetimeIndex(_whole(microseconds)[0].view("datetime64[us]"), tz="UTC")


def _is(column: pd.Series, name: str) -> npt.NDArray[np.bool_]:
    """Which rows of a categorical column have this name."""
    names = list(column.cat.categories)
    code = names.index(name) if name in names else _NO_CODE
    found: npt.NDArray[np.bool_] = column.cat.codes.to_numpy() == code
    return found
