"""Every message that somebody of a group gets, each with why it does not come on the day it was meant for.

Pure; says the same moments as `surveys.plan`, for somebody who joined before everything.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from surveys.contact_policy import DAY, ContactPolicy, is_quiet
from surveys.model import Programme
from surveys.plan import Planned, feedback, feedback_meant, plan


class MessageKind(StrEnum):
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
    BUSY = "busy"  # another questionnaire comes on that day
    CLOCK = "clock"  # the clock changes between the invitation and this message


@dataclass(frozen=True, slots=True)
class MessageReason:
    """A cause, and the day on which it holds."""

    cause: Cause
    day: date


@dataclass(frozen=True, slots=True)
class PlannedMessage:
    """One message about a wave, `at` this moment; `meant` is when it would have come, both in the policy's zone."""

    wave: str
    kind: MessageKind
    number: int  # of a reminder, from 1; 0 for the others
    at: datetime
    meant: datetime
    reasons: tuple[MessageReason, ...]


def messages(
    programme: Programme, start: date, end: date, audience: str, policy: ContactPolicy
) -> tuple[PlannedMessage, ...]:
    """The messages to one person of a group with these days, in the order of time."""
    planned = plan(programme, start, end, audience, None, policy)
    found = [message for one in planned for message in _of_wave(one, policy)]
    return tuple(sorted(found, key=lambda one: one.at))


def _of_wave(planned: Planned, policy: ContactPolicy) -> list[PlannedMessage]:
    opens_at = planned.opens_at.astimezone(policy.zone)
    invited, *reminded = planned.meant
    found = [_message(planned.wave, MessageKind.INVITATION, 0, opens_at, invited, policy)]
    for number, (at, meant) in enumerate(zip(planned.reminders, reminded, strict=True), 1):
        found.append(_message(planned.wave, MessageKind.REMINDER, number, at, meant, policy, opens_at))
    closes_at = planned.closes_at
    found.append(_message(planned.wave, MessageKind.CLOSING, 0, closes_at, closes_at, policy, opens_at))
    told_at, meant = feedback(closes_at, policy), feedback_meant(closes_at, policy)
    return [*found, _message(planned.wave, MessageKind.FEEDBACK, 0, told_at, meant, policy)]


def _message(
    wave: str,
    kind: MessageKind,
    number: int,
    at: datetime,
    meant: datetime,
    policy: ContactPolicy,
    since: datetime | None = None,
) -> PlannedMessage:
    local, wished = at.astimezone(policy.zone), meant.astimezone(policy.zone)
    quiet = local != wished and is_quiet(wished.time(), policy)
    reasons = [*_days_off(wished.date(), local.date(), policy, busy=not quiet)]
    if quiet:
        reasons.append(MessageReason(Cause.QUIET, wished.date()))
    if since is not None and since.utcoffset() != local.utcoffset():
        reasons.append(MessageReason(Cause.CLOCK, _change(since, local)))
    return PlannedMessage(wave, kind, number, local, wished, tuple(reasons))


def _days_off(meant: date, until: date, policy: ContactPolicy, *, busy: bool) -> list[MessageReason]:
    """Why nothing is sent on the days from the one that was meant until another, before or after it.

    `busy`: a day on which messages may be sent was passed over because something else comes on it.
    """
    found = []
    step = DAY if meant <= until else -DAY
    for ahead in range(abs((until - meant).days)):
        day = meant + ahead * step
        if policy.holiday(day):
            found.append(MessageReason(Cause.HOLIDAY, day))
        elif day.weekday() == 6 and not policy.sundays:  # noqa: PLR2004 - Sunday
            found.append(MessageReason(Cause.SUNDAY, day))
        elif busy:
            found.append(MessageReason(Cause.BUSY, day))
    return found


def _change(since: datetime, until: datetime) -> date:
    """The day on which the clock changes between two moments."""
    day = since
    while day.utcoffset() != until.utcoffset():
        day += DAY  # the same hour on the wall
    return day.date()
