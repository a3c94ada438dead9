"""The answers of one programme as typed pandas columns, and the series that formulas need. Knows no suppression.

One person counts once: somebody who came to several cohorts counts with the last one that has what is asked for.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

import pandas as pd
from sqlalchemy import Connection

from storage import frames
from storage.schema import OccasionState

_MOMENT = "datetime64[us, UTC]"
_PEOPLE = {
    "enrolment": "int64",
    "code": "string",
    "cohort": "int64",
    "audience": "category",
    "start": "datetime64[s]",
    "state": "category",
    "enrolled_at": _MOMENT,
    "joined_at": _MOMENT,
}
_OCCASIONS = {
    "enrolment": "int64",
    "wave": "category",
    "opens_at": _MOMENT,
    "closes_at": _MOMENT,
    "state": "category",
    "invited_at": _MOMENT,
    "run": "Int64",
    "mode": "category",
    "ended_at": _MOMENT,
}
_ANSWERS = {"run": "int64", "item": "category", "value": "int32"}


@dataclass(frozen=True, slots=True)
class Data:
    """What was read at one moment.

    `people`: one row an enrolment, in the order of cohorts. `occasions`: one row a person and wave, with code, cohort
    and audience beside it. `answers`: run, item, value, with enrolment, code, wave and ended_at beside it.
    """

    people: pd.DataFrame
    occasions: pd.DataFrame
    answers: pd.DataFrame

    def of(self, audience: str) -> Data:
        """The people of one audience."""
        return self._kept(self.people["audience"] == audience)

    def until(self, moment: datetime) -> Data:
        """What had been answered by then. People and occasions stay: their own moments tell."""
        return replace(self, answers=self.answers[self.answers["ended_at"] <= moment])

    def values(self, item: str, wave: str) -> pd.Series:
        """The values of an item in a wave, indexed by code: one a person."""
        return self._one_each(self._raw(item, wave).to_frame())["value"]

    def pairs(self, item: str, first: str, second: str) -> pd.DataFrame:
        """Columns `before` and `after`, indexed by code, of the people who answered the item in both waves."""
        before, after = self._raw(item, first), self._raw(item, second)
        both = pd.concat([before.rename("before"), after.rename("after")], axis="columns", join="inner")
        return self._one_each(both)

    def answered(self, wave: str, moment: datetime) -> pd.DataFrame:
        """The occasions of a wave that had been answered by then, whole or in part."""
        there = self.occasions
        done = there["state"].isin(frames.ANSWERED) & (there["ended_at"] <= moment)
        return there[(there["wave"] == wave) & done]

    def last_modes(self, moment: datetime) -> pd.Series:
        """The mode of the last occasion that each person had answered by then, indexed by code."""
        there = self.occasions
        done = there[there["state"].isin(frames.ANSWERED) & (there["ended_at"] <= moment)]
        return done.sort_values("ended_at").drop_duplicates("code", keep="last").set_index("code")["mode"].astype(str)

    def asked(self, wave: str, moment: datetime) -> pd.DataFrame:
        """The occasions of a wave that had opened by then, whether or not somebody answered or left later."""
        there = self.occasions
        asked = (there["state"] != OccasionState.CANCELLED) | there["invited_at"].notna()
        return there[(there["wave"] == wave) & (there["opens_at"] <= moment) & asked]

    def _kept(self, wanted: pd.Series) -> Data:
        people = self.people[wanted]
        kept = people["enrolment"]
        return Data(
            people,
            self.occasions[self.occasions["enrolment"].isin(kept)],
            self.answers[self.answers["enrolment"].isin(kept)],
        )

    def _raw(self, item: str, wave: str) -> pd.Series:
        there = self.answers
        return there[(there["item"] == item) & (there["wave"] == wave)].set_index("enrolment")["value"]

    def _one_each(self, by_enrolment: pd.DataFrame) -> pd.DataFrame:
        codes = self.people.set_index("enrolment")["code"]
        ordered = by_enrolment.reindex(codes.index[codes.index.isin(by_enrolment.index)])
        last = ordered.set_axis(pd.Index(codes.loc[ordered.index], name="code"), axis="index")
        return last[~last.index.duplicated(keep="last")].astype(by_enrolment.dtypes.to_dict())


def read(connection: Connection, programme: str) -> Data:
    """Everything of a programme, by its slug, in three SELECTs."""
    people = _table(frames.people(connection, programme), _PEOPLE).sort_values(["start", "enrolment"])
    occasions = _table(frames.occasions(connection, programme), _OCCASIONS).merge(
        people[["enrolment", "code", "cohort", "audience"]], on="enrolment", validate="many_to_one"
    )
    runs = occasions.loc[occasions["run"].notna(), ["run", "enrolment", "code", "wave", "ended_at"]]
    answers = _table(frames.answers(connection, programme), _ANSWERS).merge(
        runs.astype({"run": "int64"}), on="run", validate="many_to_one"
    )
    return Data(people.reset_index(drop=True), occasions, answers)


def _table(rows: frames.Rows, types: dict[str, str]) -> pd.DataFrame:
    return pd.DataFrame.from_records(list(rows.values), columns=list(rows.names)).astype(types)
