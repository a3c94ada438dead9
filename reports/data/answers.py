"""What was answered, as a column for each wave and item: a value a place, which is an enrolment of `Data.people`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

import numpy as np
import numpy.typing as npt
from sqlalchemy import Connection

from storage.analysis import frames

Numbers = npt.NDArray[np.int64]
Rows = npt.NDArray[np.bool_]
NOT_GIVEN = np.iinfo(np.int64).min  # no value of an item; as a moment, NaT
_BITS = 8
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class WantedAnswers:
    """To which items answers are read, and of which waves."""

    items: tuple[str, ...] = ()
    waves: tuple[str, ...] = ()


NOTHING = WantedAnswers()


@dataclass(frozen=True, slots=True)
class Answers:
    """The answers to what was `asked`, of the places that are kept, until a moment.

    `values`: by wave and item, a value a place, `NOT_GIVEN` where there is none; nobody answered what is not there.
    `ended`: by wave, when the occasion of each place ended, in microseconds since 1970.
    """

    asked: WantedAnswers
    values: Mapping[tuple[str, str], Numbers]
    ended: Mapping[str, Numbers]
    kept: Rows
    until: int = np.iinfo(np.int64).max

    def column(self, item: str, wave: str) -> Numbers:
        """What each place answered. Raises LookupError where that was not read."""
        if item not in self.asked.items or wave not in self.asked.waves:
            raise LookupError(f"the answers to {item} in {wave} were not read")
        values = self.values.get((wave, item))
        if values is None:
            return np.full(len(self.kept), NOT_GIVEN)
        return np.where(self.kept & (self.ended[wave] <= self.until), values, NOT_GIVEN)

    def only(self, places: Numbers) -> Answers:
        """Those of these places alone."""
        there = np.zeros_like(self.kept)
        there[places] = True
        return replace(self, kept=self.kept & there)

    def by(self, moment: datetime) -> Answers:
        """Those that had been given by then."""
        return replace(self, until=min(self.until, (moment - _EPOCH) // timedelta(microseconds=1)))

    def renamed(self, names: Mapping[str, str]) -> Answers:
        """Those of these waves alone, under their new names."""
        waves = tuple(names[wave] for wave in self.asked.waves if wave in names)
        values = {(names[wave], item): given for (wave, item), given in self.values.items() if wave in names}
        ended = {names[wave]: moments for wave, moments in self.ended.items() if wave in names}
        return replace(self, asked=replace(self.asked, waves=waves), values=values, ended=ended)


def unpacked(
    connection: Connection, programme: str, asked: WantedAnswers, occasions: frames.Columns, places: Numbers, size: int
) -> Answers:
    """The answers among what `storage.analysis.frames.occasions` gave, whose rows belong to these of `size` places."""
    waves = np.array(occasions["wave"], dtype=object)
    rows = {wave: np.flatnonzero(waves == wave) for wave in asked.waves}
    ended = whole(occasions["ended_at"], NOT_GIVEN)
    values: dict[tuple[str, str], Numbers] = {}
    for number, items in enumerate(_packs(asked.items)):
        given = whole(occasions[f"answers{number}"], 0)
        for wave, there in rows.items():
            values |= {(wave, item): column for item, column in _taken_apart(given[there], places[there], items, size)}
    if any((column == frames.BEYOND - 1).any() for column in values.values()):
        _put_large(values, frames.large(connection, programme, asked.items, asked.waves), occasions, places)
    moments = {wave: _at_places(ended[there], places[there], size) for wave, there in rows.items()}
    return Answers(asked, values, moments, np.ones(size, dtype=np.bool_))


def _packs(items: Sequence[str]) -> list[Sequence[str]]:
    return [items[at : at + frames.PACKED] for at in range(0, len(items), frames.PACKED)]


def _taken_apart(packed: Numbers, places: Numbers, items: Sequence[str], size: int) -> Iterator[tuple[str, Numbers]]:
    """The column of each item that anybody answered, from the bytes of these numbers."""
    for at, item in enumerate(items):
        digits = packed >> _BITS * at & frames.BEYOND
        if digits.any():
            yield item, _at_places(np.where(digits, digits - 1, NOT_GIVEN), places, size)


def _put_large(
    values: dict[tuple[str, str], Numbers], large: frames.Columns, occasions: frames.Columns, places: Numbers
) -> None:
    """The values that fit into no byte, in place of what stands for them."""
    place = dict(zip(occasions["enrolment"], places.tolist(), strict=True))
    for enrolment, wave, item, value in zip(*large.values(), strict=True):
        values[wave, item][place[enrolment]] = value


def _at_places(values: Numbers, places: Numbers, size: int) -> Numbers:
    found = np.full(size, NOT_GIVEN)
    found[places] = values
    return found


def whole(numbers: Sequence[int | None], missing: int) -> Numbers:
    """The numbers of a column, with this one for those that are missing."""
    return np.array(
        [missing if one is None else one for one in numbers] if None in numbers else numbers, dtype=np.int64
    )
