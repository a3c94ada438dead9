"""When a person is asked: the dates of a cohort become moments of invitation, reminders and closing.

Pure: knows neither the clock nor what was sent. Aware UTC moments go out, the rhythm's zone is used in between.
"""

from __future__ import annotations

import calendar
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from surveys.model import Programme, Wave

DAY = timedelta(days=1)
WEEK = 7 * DAY
_TO_ANSWER = timedelta(hours=3)  # that a reminder leaves at least before the closing
_TO_STOP = timedelta(minutes=15)  # in which what goes out late can still be stopped
_SEARCHED = 366  # days in which some day must be free, or the rhythm is wrong


@dataclass(frozen=True, slots=True)
class Rhythm:
    """How and when people are written to. `quiet_from` equal to `quiet_until` means that no hour is quiet."""

    zone: ZoneInfo
    hour: time  # of invitations, local
    holiday: Callable[[date], bool]
    reminders: tuple[timedelta, ...] = (2 * DAY, 7 * DAY)  # after the invitation
    open_for: timedelta = 14 * DAY
    quiet_from: time = time(20)
    quiet_until: time = time(8)
    sundays: bool = False
    most_a_week: int = 3  # messages that nobody asked for, to one person
    feedback_after: timedelta = 21 * DAY  # what was learned, after the closing


@dataclass(frozen=True, slots=True)
class Planned:
    """The moments of one wave for one person, in UTC. `wave` is the wave's id; reminders lie before the closing."""

    wave: str
    opens_at: datetime
    closes_at: datetime
    reminders: tuple[datetime, ...]


def plan(
    programme: Programme, start: date, end: date, audience: str, joined_at: datetime | None, rhythm: Rhythm
) -> tuple[Planned, ...]:
    """The waves of one person of a cohort, the earliest first.

    Who joins late is asked at once, with the whole time to answer; a wave that closed before, and one that
    counts from the start for somebody who joins after the end, are not planned. None: joined before everything.
    """
    planned = []
    for wave in programme.waves:
        if wave.audience != audience:
            continue
        opens_at = _invitation(wave, start if wave.anchor == "start" else end, rhythm)
        if joined_at is not None and joined_at > opens_at:
            over = wave.anchor == "start" and joined_at.astimezone(rhythm.zone).date() > end
            if over or joined_at >= later(opens_at, rhythm.open_for, rhythm):
                continue
            opens_at = joined_at.astimezone(UTC)
        planned.append(_planned(wave, opens_at, rhythm))
    return tuple(sorted(planned, key=lambda one: one.opens_at))


def sendable(moment: datetime, rhythm: Rhythm) -> datetime:
    """The first moment at or after this one at which a message may be sent, in UTC.

    Raises ValueError where a whole year holds no day to send on.
    """
    local = moment.astimezone(rhythm.zone)
    if not _is_free(local.date(), rhythm):
        local = datetime.combine(_free_day(local.date(), rhythm), time.min, rhythm.zone)
    if not is_quiet(local.time(), rhythm):
        return local.astimezone(UTC)
    day = local.date() if local.time() < rhythm.quiet_until else local.date() + DAY
    return datetime.combine(_free_day(day, rhythm), rhythm.quiet_until, rhythm.zone).astimezone(UTC)


def wished(day: date, now: datetime, closes_at: datetime, rhythm: Rhythm) -> datetime | None:
    """When somebody who would rather be asked on this day is reminded, in UTC.

    At the hour of invitations (or when the quiet hours around it end), on the first free day. None for a day that is
    not to come, or that leaves no time before the closing.
    """
    if not _local_day(now, rhythm) < day <= _local_day(closes_at, rhythm):
        return None
    hour = rhythm.quiet_until if is_quiet(rhythm.hour, rhythm) else rhythm.hour
    moment = moved(datetime.combine(day, hour, rhythm.zone), rhythm)
    return moment if moment + _TO_ANSWER <= closes_at else None


def offered(now: datetime, closes_at: datetime, rhythm: Rhythm) -> tuple[datetime, ...]:
    """What »not now« may be put off to, in UTC, the earliest first: tomorrow, and in a week.

    Where the questionnaire closes before, the last day that fits stands for the week; where none fits, none is given.
    """
    today = _local_day(now, rhythm)
    fits = {ahead: wished(today + ahead * DAY, now, closes_at, rhythm) for ahead in range(1, WEEK // DAY + 1)}
    moments = [moment for moment in fits.values() if moment is not None]
    return tuple(sorted({moments[0], moments[-1]})) if moments else ()


def room(sent: Iterable[datetime], now: datetime, rhythm: Rhythm) -> datetime:
    """The first moment from now on at which one more message keeps any seven days at `most_a_week` at most.

    `sent`: when the person was written to without having asked, in any order.
    """
    recent = sorted(moment for moment in sent if moment > now - WEEK)
    return now if len(recent) < rhythm.most_a_week else recent[-rhythm.most_a_week] + WEEK


def turn(sent: Iterable[datetime], now: datetime, opens_at: datetime, closes_at: datetime, rhythm: Rhythm) -> datetime:
    """When an invitation goes out, in UTC: as soon as there is `room`, but with half of its time to answer left.

    An invitation is never lost: where no later moment leaves time before the closing, it is now.
    """
    waits = min(room(sent, now, rhythm), opens_at + (closes_at - opens_at) / 2)
    if waits <= now:
        return now
    moment = sendable(waits, rhythm)
    return moment if moment + _TO_ANSWER <= closes_at else now


def feedback(closed_at: datetime, rhythm: Rhythm) -> datetime:
    """When what was learned from a wave that closed then is told, in UTC."""
    return moved(feedback_meant(closed_at, rhythm), rhythm)


def feedback_meant(closed_at: datetime, rhythm: Rhythm) -> datetime:
    """The same if every day and hour were free: after whole days at the hour of invitations."""
    if rhythm.feedback_after % DAY:
        return closed_at + rhythm.feedback_after
    day = _local_day(closed_at, rhythm) + rhythm.feedback_after
    return datetime.combine(day, rhythm.hour, rhythm.zone).astimezone(UTC)


def feedback_from(closed_at: datetime, now: datetime, rhythm: Rhythm) -> datetime:
    """The same where it is approved `now`: when that is later, soon, with a little time to stop it."""
    return sendable(max(feedback(closed_at, rhythm), now + _TO_STOP), rhythm)


def feedback_is_asked_for(closed_at: datetime, now: datetime, rhythm: Rhythm) -> bool:
    """Whether it is told in the calendar week after that of `now`: so who asks once a week asks once."""
    told, today = _local_day(feedback(closed_at, rhythm), rhythm), _local_day(now, rhythm)
    return (told - told.weekday() * DAY) - (today - today.weekday() * DAY) == WEEK


def _invitation(wave: Wave, anchor: date, rhythm: Rhythm) -> datetime:
    """Whole days lead to the hour of invitations on the first free day; other offsets count exactly from that hour."""
    if wave.offset % DAY:
        return datetime.combine(anchor, rhythm.hour, rhythm.zone).astimezone(UTC) + wave.offset
    return moved(datetime.combine(anchor + wave.offset, rhythm.hour, rhythm.zone), rhythm)


def _planned(wave: Wave, opens_at: datetime, rhythm: Rhythm) -> Planned:
    closes_at = later(opens_at, rhythm.open_for, rhythm)
    moments = {moved(later(opens_at, after, rhythm), rhythm) for after in rhythm.reminders}
    reminders = tuple(sorted(moment for moment in moments if opens_at < moment < closes_at))
    return Planned(wave.id, opens_at, closes_at, reminders)


def moved(moment: datetime, rhythm: Rhythm) -> datetime:
    """The same hour on the first free day; from a quiet hour on, the first moment that suits."""
    local = moment.astimezone(rhythm.zone)
    if is_quiet(local.time(), rhythm):
        return sendable(moment, rhythm)
    return datetime.combine(_free_day(local.date(), rhythm), local.time(), rhythm.zone).astimezone(UTC)


def later(moment: datetime, length: timedelta, rhythm: Rhythm) -> datetime:
    """Whole days keep the hour on the wall through a change of the clock; the rest counts exactly."""
    days, rest = divmod(length, DAY)
    if not days:
        return moment + rest
    local = moment.astimezone(rhythm.zone)
    return datetime.combine(local.date() + days * DAY, local.time(), rhythm.zone).astimezone(UTC) + rest


def _free_day(day: date, rhythm: Rhythm) -> date:
    for ahead in range(_SEARCHED):
        if _is_free(day + ahead * DAY, rhythm):
            return day + ahead * DAY
    raise ValueError("the holidays leave no day in a year on which messages may be sent")


def _local_day(moment: datetime, rhythm: Rhythm) -> date:
    return moment.astimezone(rhythm.zone).date()


def _is_free(day: date, rhythm: Rhythm) -> bool:
    return (rhythm.sundays or day.weekday() != calendar.SUNDAY) and not rhythm.holiday(day)


def is_quiet(hour: time, rhythm: Rhythm) -> bool:
    """Whether nobody is written to at this local hour."""
    if rhythm.quiet_from <= rhythm.quiet_until:
        return rhythm.quiet_from <= hour < rhythm.quiet_until
    return hour >= rhythm.quiet_from or hour < rhythm.quiet_until
