"""When a person is asked: the dates of a cohort become moments of invitation, reminders and closing.

Pure: knows neither the clock nor what was sent. Aware UTC moments go out, the policy's zone is used in between.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta

from surveys import waiting
from surveys.contact_policy import (
    DAY,
    WEEK,
    ContactPolicy,
    at_hour,
    free_day,
    free_day_before,
    is_free,
    later,
    local_day,
    moved,
    on_the_wall,
    sendable,
)
from surveys.days import possible
from surveys.model import EnrolmentRole, Programme, Wave

_TO_ANSWER = timedelta(hours=3)  # that a reminder leaves at least before the closing
_TO_STOP = timedelta(minutes=15)  # in which what goes out late can still be stopped


@dataclass(frozen=True, slots=True)
class Planned:
    """The moments of one wave for one person, in UTC. `wave` is the wave's id; reminders lie before the closing.

    `meant`: when the invitation and each reminder would come if every day and hour suited.
    """

    wave: str
    opens_at: datetime
    closes_at: datetime
    reminders: tuple[datetime, ...]
    meant: tuple[datetime, ...] = field(default=(), compare=False)


@dataclass(frozen=True, slots=True)
class Membership:
    """One person in a group with these days. `joined_at` None: before everything.

    `held`: what is open or has ended, by wave, and when it opened; it stays as it is.
    """

    start: date
    end: date
    joined_at: datetime | None = None
    held: Mapping[str, datetime] = field(default_factory=dict)


def plan(
    programme: Programme,
    start: date,
    end: date,
    audience: str,
    joined_at: datetime | None,
    policy: ContactPolicy,
    held: Mapping[str, datetime] | None = None,
    *,
    role: EnrolmentRole = EnrolmentRole.PARTICIPANT,
) -> tuple[Planned, ...]:
    """The waves of one person of a cohort, the earliest first; see `Membership` for `joined_at` and `held`.

    Who waits for the next cohort has fewer of them, on the same days.

    What lies before an anchor moves back to a day on which messages may be sent, the rest forward, and two waves
    counted in days never share a day. Who joins late is asked at once, with the whole time to answer; a wave that
    closed before, and one that counts from the start for somebody who joins after the end, are not planned.
    Days on which no group can be (`surveys.days`), as older databases may hold, have no waves.
    """
    if not possible(start, end):
        return ()
    person = Membership(start, end, joined_at, held or {})
    waves = waiting.waves(programme, audience, role)
    opens = sorted(_openings(waves, person, policy), key=lambda one: one.at)
    taken = {local_day(one.at, policy): one.wave.id for one in opens if not one.wave.offset % DAY}
    planned = []
    for one in opens:
        found = _planned(one, taken, policy)
        taken |= {local_day(at, policy): one.wave.id for at in found.reminders} if not one.wave.offset % DAY else {}
        planned.append(found)
    return tuple(planned)


def wished(day: date, now: datetime, closes_at: datetime, policy: ContactPolicy) -> datetime | None:
    """When somebody who would rather be asked on this day is reminded, in UTC.

    At the hour of invitations (or when the quiet hours around it end), on the first free day. None for a day that is
    not to come, or that leaves no time before the closing.
    """
    if not local_day(now, policy) < day <= local_day(closes_at, policy):
        return None
    moment = moved(at_hour(day, policy), policy)
    return moment if moment + _TO_ANSWER <= closes_at else None


def offered(now: datetime, closes_at: datetime, policy: ContactPolicy) -> tuple[datetime, ...]:
    """What »not now« may be put off to, in UTC, the earliest first: tomorrow, and in a week.

    Where the questionnaire closes before, the last day that fits stands for the week; where none fits, none is given.
    """
    today = local_day(now, policy)
    wishes = (wished(today + ahead * DAY, now, closes_at, policy) for ahead in range(1, WEEK // DAY + 1))
    moments = [moment for moment in wishes if moment is not None]
    return tuple(sorted({moments[0], moments[-1]})) if moments else ()


def next_free_moment(sent: Iterable[datetime], now: datetime, policy: ContactPolicy) -> datetime:
    """The first moment from now on at which one more message keeps any seven days at `most_a_week` at most.

    `sent`: when the person was written to without having asked, in any order.
    """
    in_order = sorted(sent)
    return now if len(in_order) < policy.most_a_week else max(now, in_order[-policy.most_a_week] + WEEK)


def invitation_moment(
    sent: Iterable[datetime], now: datetime, opens_at: datetime, closes_at: datetime, policy: ContactPolicy
) -> datetime:
    """When an invitation goes out, in UTC: at the `next_free_moment`, but with half of its time to answer left.

    An invitation is never lost: where no later moment leaves time before the closing, it is now.
    """
    waits = min(next_free_moment(sent, now, policy), opens_at + (closes_at - opens_at) / 2)
    if waits <= now:
        return now
    moment = sendable(waits, policy)
    return moment if moment + _TO_ANSWER <= closes_at else now


def feedback(closed_at: datetime, policy: ContactPolicy) -> datetime:
    """When what was learned from a wave that closed then is told, in UTC."""
    return moved(feedback_meant(closed_at, policy), policy)


def feedback_meant(closed_at: datetime, policy: ContactPolicy) -> datetime:
    """The same if every day and hour were free: after whole days at the hour of invitations."""
    if policy.feedback_after % DAY:
        return closed_at + policy.feedback_after
    day = local_day(closed_at, policy) + policy.feedback_after
    return on_the_wall(day, policy.hour, policy)


def feedback_from(closed_at: datetime, now: datetime, policy: ContactPolicy) -> datetime:
    """The same where it is approved `now`: when that is later, soon, with a little time to stop it."""
    return sendable(max(feedback(closed_at, policy), now + _TO_STOP), policy)


def feedback_is_asked_for(closed_at: datetime, now: datetime, policy: ContactPolicy) -> bool:
    """Whether it is told in the calendar week after that of `now`: so who asks once a week asks once."""
    told, today = local_day(feedback(closed_at, policy), policy), local_day(now, policy)
    return (told - told.weekday() * DAY) - (today - today.weekday() * DAY) == WEEK


@dataclass(frozen=True, slots=True)
class _Opening:
    """When a wave opens, and when it would if every day and hour suited; both in UTC."""

    wave: Wave
    at: datetime
    meant: datetime


def _openings(waves: Iterable[Wave], person: Membership, policy: ContactPolicy) -> Iterator[_Opening]:
    """When each wave opens. First what is moved back, from the last day, then the rest, from the first day on."""
    ordered = sorted(waves, key=lambda wave: _meant(wave, person, policy))
    taken = {local_day(opened_at, policy) for opened_at in person.held.values()}
    rest = []
    for wave in reversed(ordered):
        meant = _meant(wave, person, policy)
        if wave.id in person.held:
            yield _Opening(wave, person.held[wave.id], meant)
        elif not _moves_back(wave) or _is_late(at := _before(meant, taken, policy), person):
            rest.append(wave)
        else:
            yield _taking(_Opening(wave, at, meant), taken, policy)
    for wave in reversed(rest):
        opening = _forward(wave, person, taken, policy)
        if opening is not None:
            yield _taking(opening, taken, policy)


def _moves_back(wave: Wave) -> bool:
    return wave.offset < timedelta() and not wave.offset % DAY


def _taking(opening: _Opening, taken: set[date], policy: ContactPolicy) -> _Opening:
    """The same, whose day is now taken; what counts in hours takes none."""
    if not opening.wave.offset % DAY:
        taken.add(local_day(opening.at, policy))
    return opening


def _forward(wave: Wave, person: Membership, taken: set[date], policy: ContactPolicy) -> _Opening | None:
    """When a wave opens that never comes early, or that is late; None where it does not open for this person."""
    meant = _meant(wave, person, policy)
    if wave.offset % DAY:
        at = meant
    else:
        at = _before(meant, (), policy) if _moves_back(wave) else moved(_kept(meant, policy), policy)
    joined_at = person.joined_at
    if joined_at is not None and _is_late(at, person):
        over = wave.anchor == "start" and local_day(joined_at, policy) > person.end
        if over or joined_at >= later(at, policy.open_for, policy):
            return None
        at = joined_at.astimezone(UTC)
    while not wave.offset % DAY and local_day(at, policy) in taken:
        at = at_hour(free_day(local_day(at, policy) + DAY, policy), policy)
    return _Opening(wave, at, meant)


def _is_late(opens_at: datetime, person: Membership) -> bool:
    return person.joined_at is not None and person.joined_at > opens_at


def _meant(wave: Wave, person: Membership, policy: ContactPolicy) -> datetime:
    """When a wave would open if every day and hour suited, in UTC: whole days lead to an hour on the wall."""
    anchor = person.start if wave.anchor == "start" else person.end
    if wave.offset % DAY:
        return on_the_wall(anchor, policy.hour, policy) + wave.offset
    on_last_day = wave.anchor == "end" and not wave.offset
    hour = policy.after_meeting if on_last_day else policy.hour
    return on_the_wall(anchor + wave.offset, hour, policy)


def _before(meant: datetime, taken: Container[date], policy: ContactPolicy) -> datetime:
    """The hour of invitations on the last day until then on which nothing is in the way."""
    return at_hour(free_day_before(local_day(meant, policy), taken, policy), policy)


def _kept(meant: datetime, policy: ContactPolicy) -> datetime:
    """The same moment on a free day; what moves away from the day of a meeting need not wait for its hour."""
    day = local_day(meant, policy)
    return meant if is_free(day, policy) else on_the_wall(day, policy.hour, policy)


def _planned(opening: _Opening, taken: Mapping[date, str], policy: ContactPolicy) -> Planned:
    """The moments of a wave that opens then; whole days after it, no reminder shares a day with another wave."""
    closes_at = later(opening.at, policy.open_for, policy)
    reminders: dict[datetime, datetime] = {}
    for after in sorted(policy.reminders, reverse=True):
        meant = later(opening.at, after, policy)
        at = moved(meant, policy)
        while not after % DAY and taken.get(local_day(at, policy), opening.wave.id) != opening.wave.id:
            at = moved(later(at, DAY, policy), policy)
        if opening.at < at < closes_at:
            reminders[at] = meant
    moments = tuple(sorted(reminders))
    return Planned(opening.wave.id, opening.at, closes_at, moments, (opening.meant, *(reminders[at] for at in moments)))
