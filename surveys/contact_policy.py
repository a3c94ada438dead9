"""How and when people are written to: free days, quiet hours, and the hour on the wall. Pure.

Aware UTC moments come in and go out, the policy's zone is used in between.
"""

from __future__ import annotations

import calendar
from collections.abc import Callable, Container
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

DAY = timedelta(days=1)
WEEK = 7 * DAY
_NEVER = "the holidays leave no day in a year on which messages may be sent"
_SEARCHED = 366  # days in which some day must be free, or the policy is wrong


@dataclass(frozen=True, slots=True)
class ContactPolicy:
    """How and when people are written to. `quiet_from` equal to `quiet_until` means that no hour is quiet."""

    zone: ZoneInfo
    hour: time  # of invitations, local
    holiday: Callable[[date], bool]
    after_meeting: time = time(17)  # of what is asked on the last day, when the meeting is over
    reminders: tuple[timedelta, ...] = (2 * DAY, 7 * DAY)  # after the invitation
    open_for: timedelta = 14 * DAY
    quiet_from: time = time(20)
    quiet_until: time = time(8)
    sundays: bool = False
    most_a_week: int = 3  # messages that nobody asked for, to one person
    feedback_after: timedelta = 21 * DAY  # what was learned, after the closing


def sendable(moment: datetime, policy: ContactPolicy) -> datetime:
    """The first moment at or after this one at which a message may be sent, in UTC.

    Raises ValueError where a whole year holds no day to send on.
    """
    local = moment.astimezone(policy.zone)
    if not is_free(local.date(), policy):
        local = datetime.combine(free_day(local.date(), policy), time.min, policy.zone)
    if not is_quiet(local.time(), policy):
        return local.astimezone(UTC)
    day = local.date() if local.time() < policy.quiet_until else local.date() + DAY
    return on_the_wall(free_day(day, policy), policy.quiet_until, policy)


def on_the_wall(day: date, hour: time, policy: ContactPolicy) -> datetime:
    """When a clock on the wall shows this hour, in UTC."""
    return datetime.combine(day, hour, policy.zone).astimezone(UTC)


def at_hour(day: date, policy: ContactPolicy) -> datetime:
    """The hour of invitations on a day, or the end of the quiet hours around it."""
    hour = policy.quiet_until if is_quiet(policy.hour, policy) else policy.hour
    return on_the_wall(day, hour, policy)


def moved(moment: datetime, policy: ContactPolicy) -> datetime:
    """The same hour on the first free day; from a quiet hour on, the first moment that suits."""
    local = moment.astimezone(policy.zone)
    if is_quiet(local.time(), policy):
        return sendable(moment, policy)
    return on_the_wall(free_day(local.date(), policy), local.time(), policy)


def later(moment: datetime, length: timedelta, policy: ContactPolicy) -> datetime:
    """Whole days keep the hour on the wall through a change of the clock; the rest counts exactly."""
    days, rest = divmod(length, DAY)
    if not days:
        return moment + rest
    local = moment.astimezone(policy.zone)
    return on_the_wall(local.date() + days * DAY, local.time(), policy) + rest


def free_day(day: date, policy: ContactPolicy) -> date:
    """The first day from this one on on which messages may be sent."""
    return _searched(day, DAY, (), policy)


def free_day_before(day: date, taken: Container[date], policy: ContactPolicy) -> date:
    """The last day until this one on which messages may be sent, and which is not taken."""
    return _searched(day, -DAY, taken, policy)


def _searched(day: date, step: timedelta, taken: Container[date], policy: ContactPolicy) -> date:
    for number in range(_SEARCHED):
        if is_free(day + number * step, policy) and day + number * step not in taken:
            return day + number * step
    raise ValueError(_NEVER)


def local_day(moment: datetime, policy: ContactPolicy) -> date:
    """The day on the wall."""
    return moment.astimezone(policy.zone).date()


def is_free(day: date, policy: ContactPolicy) -> bool:
    """Whether messages may be sent on a day."""
    return (policy.sundays or day.weekday() != calendar.SUNDAY) and not policy.holiday(day)


def is_quiet(hour: time, policy: ContactPolicy) -> bool:
    """Whether nobody is written to at this local hour."""
    if policy.quiet_from <= policy.quiet_until:
        return policy.quiet_from <= hour < policy.quiet_until
    return hour >= policy.quiet_from or hour < policy.quiet_until
