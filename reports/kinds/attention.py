"""Which libraries need attention, and why: from counts of the work and what staff did last. Knows no answers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection

from reports.data import participation
from reports.data.frames import Data
from reports.data.participation import ResponseStep
from reports.disclosure.suppression import enough
from reports.kinds.lines import CountLine
from reports.texts import country as words
from reports.texts.periods import ToldPeriod
from storage import audit, cohorts, staff
from storage.cohorts import Cohort
from storage.schema import OccasionState
from storage.staff import StaffMember
from surveys.locale_sl import rounded
from surveys.model import Programme
from surveys.weeks import local_day

FALL = 10  # percentage points by which a response falls noticeably
IDLE = timedelta(days=21)


@dataclass(frozen=True, slots=True)
class Work:
    """A programme with what was read of it."""

    programme: Programme
    data: Data
    groups: tuple[Cohort, ...]


@dataclass(frozen=True, slots=True)
class Staff:
    """Who works in the libraries now, and when each of them did something last."""

    members: tuple[StaffMember, ...]
    acts: Mapping[str, datetime]  # by actor

    def last(self, library: str) -> datetime | None:
        """When somebody of the library did something last, or came; None where nobody is there."""
        here = [one for one in self.members if one.library == library]
        return max((self.acts.get(one.actor, one.joined_at) for one in here), default=None)


def read_work(connection: Connection, programme: Programme, data: Data) -> Work:
    """What is known of a programme's groups beside its data."""
    return Work(programme, data, tuple(cohorts.listing(connection, programme.slug)))


def read_staff(connection: Connection, moment: datetime) -> Staff:
    """Who is in a chat, and what they did by then."""
    here = tuple(one for one in staff.listing(connection) if one.chat is not None and one.removed_at is None)
    return Staff(here, audit.last_acts(connection, moment))


def reasons(line: CountLine, works: Sequence[Work], people: Staff, told: ToldPeriod, k: int) -> tuple[str, ...]:
    """Why the library of this line needs attention; none where it does not."""
    return (
        *([words.NOBODY] if line.enrolled == 0 else _groups(works, told)),
        *_fall(works, told, k),
        *_staff(line, works, people, told),
    )


def _groups(works: Sequence[Work], told: ToldPeriod) -> Iterator[str]:
    """Groups without people, and waves that open for people whom nothing invites."""
    first, last = told.coming
    empty = uninvited = 0
    for work in works:
        joined = frozenset(work.data.people["cohort"].unique())
        for group in work.groups:
            if group.closed_at is not None:
                continue
            if group.id not in joined:
                empty += told.period.first <= group.end and group.start <= last
                continue
            for wave in work.programme.waves:
                opens = (group.start if wave.anchor == "start" else group.end) + wave.offset
                due = wave.audience == group.audience and first <= opens <= last
                uninvited += due and not _invites(work.data, group, wave.id)
    if empty:
        yield words.empty_groups(empty)
    if uninvited:
        yield words.uninvited(uninvited, last)


def _invites(data: Data, group: Cohort, wave: str) -> bool:
    there = data.occasions
    kept = there["state"] != OccasionState.CANCELLED
    return bool((kept & (there["cohort"] == group.id) & (there["wave"] == wave)).any())


def _fall(works: Sequence[Work], told: ToldPeriod, k: int) -> Iterator[str]:
    """The response to the questionnaires that closed, where it is clearly lower than in the period before."""
    now = _closed(works, told.period.start, told.moment)
    before = _closed(works, told.period.previous.start, told.period.start)
    if now.rate is None or before.rate is None or not enough(min(now.eligible, before.eligible), k):
        return
    if _points(before.rate) - _points(now.rate) >= FALL:  # as both are shown
        yield words.falling(now.rate, before.rate, told)


def _points(rate: float) -> int:
    return int(rounded(rate * 100, 0))


def _closed(works: Sequence[Work], since: datetime, until: datetime) -> ResponseStep:
    return participation.together("all", [participation.closed(work.data, since, until) for work in works])


def _staff(line: CountLine, works: Sequence[Work], people: Staff, told: ToldPeriod) -> Iterator[str]:
    """Nobody is there, or nobody has done anything while there is work."""
    last = people.last(line.library)
    if last is None:
        yield words.NO_STAFF
        return
    today = local_day(told.moment)
    runs = any(one.closed_at is None and one.start <= today <= one.end for work in works for one in work.groups)
    if (runs or line.waiting) and last <= told.moment - IDLE:
        yield words.idle(local_day(last))
