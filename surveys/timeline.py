"""Every message that somebody of a group gets, each with why it does not come on the day it was meant for.

Pure; says the same moments as `surveys.plan`, for somebody who joined before everything.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from surveys.model import Programme
from surveys.plan import DAY, Planned, Rhythm, feedback, feedback_meant, is_quiet, later, moved, plan


class Kind(StrEnum):
    """What comes."""

    INVITATION = "invitation"
    REMINDER = "reminder"
    CLOSING = "closing"  # silent
    FEEDBACK = "feedback"  # what was learned, if somebody has written it


class Cause(StrEnum):
    """Why a message comes at another moment, or at the same hour on the wall in spite of the clock."""

    HOLIDAY = "holiday"
    SUNDAY = "sunday"
    QUIET = "quiet"  # it was meant for an hour at which nobody is written to
    CLOCK = "clock"  # the clock changes between the invitation and this message


@dataclass(frozen=True, slots=True)
class Reason:
    """A cause, and the day on which it holds."""

    cause: Cause
    day: date


@dataclass(frozen=True, slots=True)
class Message:
    """One message about a wave, `at` this moment; `meant` is when it would have come, both in the rhythm's zone."""

    wave: str
    kind: Kind
    number: int  # of a reminder, from 1; 0 for the others
    at: datetime
    meant: datetime
    reasons: tuple[Reason, ...]


def messages(programme: Programme, start: date, end: date, audience: str, rhythm: Rhythm) -> tuple[Message, ...]:
    """The messages to one person of a group with these days, in the order of time."""
    found = [
        message
        for planned in plan(programme, start, end, audience, None, rhythm)
        for message in _of_wave(programme, planned, start, end, rhythm)
    ]
    return tuple(sorted(found, key=lambda one: one.at))


def _of_wave(programme: Programme, planned: Planned, start: date, end: date, rhythm: Rhythm) -> list[Message]:
    opens_at = planned.opens_at.astimezone(rhythm.zone)
    found = [
        _message(planned.wave, Kind.INVITATION, 0, opens_at, _meant(programme, planned, start, end, rhythm), rhythm)
    ]
    meant_for = {moved(later(opens_at, after, rhythm), rhythm): later(opens_at, after, rhythm)
                 for after in sorted(rhythm.reminders, reverse=True)}  # fmt: skip
    for number, at in enumerate(planned.reminders, 1):
        found.append(_message(planned.wave, Kind.REMINDER, number, at, meant_for[at], rhythm, opens_at))
    closes_at = planned.closes_at
    found.append(_message(planned.wave, Kind.CLOSING, 0, closes_at, closes_at, rhythm, opens_at))
    told_at, meant = feedback(closes_at, rhythm), feedback_meant(closes_at, rhythm)
    return [*found, _message(planned.wave, Kind.FEEDBACK, 0, told_at, meant, rhythm)]


def _meant(programme: Programme, planned: Planned, start: date, end: date, rhythm: Rhythm) -> datetime:
    """When the invitation would come if every day and hour were free."""
    wave = next(one for one in programme.waves if one.id == planned.wave)
    if wave.offset % DAY:
        return planned.opens_at
    anchor = start if wave.anchor == "start" else end
    return datetime.combine(anchor + wave.offset, rhythm.hour, rhythm.zone)


def _message(
    wave: str, kind: Kind, number: int, at: datetime, meant: datetime, rhythm: Rhythm, since: datetime | None = None
) -> Message:
    local, wished = at.astimezone(rhythm.zone), meant.astimezone(rhythm.zone)
    reasons = [*_days_off(wished.date(), local.date(), rhythm)]
    if local != wished and is_quiet(wished.time(), rhythm):
        reasons.append(Reason(Cause.QUIET, wished.date()))
    if since is not None and since.utcoffset() != local.utcoffset():
        reasons.append(Reason(Cause.CLOCK, _change(since, local)))
    return Message(wave, kind, number, local, wished, tuple(reasons))


def _days_off(first: date, until: date, rhythm: Rhythm) -> list[Reason]:
    """Why nothing is sent on the days from the first until another."""
    found = []
    for ahead in range((until - first).days):
        day = first + timedelta(days=ahead)
        if rhythm.holiday(day):
            found.append(Reason(Cause.HOLIDAY, day))
        elif day.weekday() == 6 and not rhythm.sundays:  # noqa: PLR2004 - Sunday
            found.append(Reason(Cause.SUNDAY, day))
    return found


def _change(since: datetime, until: datetime) -> date:
    """The day on which the clock changes between two moments."""
    day = since
    while day.utcoffset() != until.utcoffset():
        day += DAY  # the same hour on the wall
    return day.date()
