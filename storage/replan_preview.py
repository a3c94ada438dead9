"""What new dates would do to everybody in a group, before it is done. Changes nothing."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection

from storage import cohorts, occasions, participants
from storage.cohorts import Cohort
from storage.occasions import Step, StepKind
from storage.schema import EnrolmentState, OccasionState
from surveys.contact_policy import ContactPolicy
from surveys.model import Programme

Days = tuple[date, date]  # from, to


@dataclass(frozen=True, slots=True)
class Shift:
    """One wave: how many people `moved` from one day of opening to another, and how many do not move, and why."""

    wave: str
    moved: Mapping[Days, int]
    same: int = 0  # the day stays the same
    sent: int = 0  # the invitation is out, or the questionnaire has ended
    late: int = 0  # it would have closed already
    added: int = 0
    cancelled: int = 0


@dataclass(frozen=True, slots=True)
class Ending:
    """What ends with a group: by the name of a wave, how many people will not be asked, and how many may still answer.

    `links`: how many people have not said yes or no, so that their links end.
    """

    waves: Mapping[str, tuple[int, int]]
    links: int


def of_group(
    connection: Connection,
    programme: Programme,
    group: Cohort,
    start: date,
    end: date,
    policy: ContactPolicy,
    now: datetime,
) -> list[Shift]:
    """What these dates would do to a group, by wave in the order of the programme; waves of nobody are missing."""
    found: list[Step] = []
    for enrolment in participants.of_cohort(connection, group.id):
        if enrolment.state is EnrolmentState.ACTIVE:
            found += occasions.foresee(connection, programme, enrolment.id, start, end, policy, now)
    return _by_wave(programme, found, policy)


def of_person(
    connection: Connection,
    programme: Programme,
    enrolment_id: int,
    target: Cohort,
    policy: ContactPolicy,
    now: datetime,
) -> list[Shift]:
    """What moving one person to another group would do, by wave."""
    found = occasions.foresee(connection, programme, enrolment_id, target.start, target.end, policy, now)
    return _by_wave(programme, found, policy)


def of_closing(connection: Connection, programme: Programme, group: Cohort) -> Ending:
    """What ends when a group is closed now."""
    enrolments = participants.of_cohort(connection, group.id)
    standing = [one for enrolment in enrolments for one in occasions.waiting(connection, enrolment.id)]
    waves = {}
    for wave in programme.waves:
        states = Counter(one.state for one in standing if one.wave == wave.id)
        if states:
            waves[wave.name] = (states[OccasionState.PLANNED], states[OccasionState.OPEN])
    return Ending(waves, sum(enrolment.state is EnrolmentState.INVITED for enrolment in enrolments))


def targets(connection: Connection, enrolment_id: int, today: date) -> list[Cohort]:
    """The groups to which a person can be moved: of the same programme and audience, neither closed nor over."""
    enrolment = participants.of_enrolment(connection, enrolment_id)
    if enrolment is None:
        return []
    there = {one.cohort for one in participants.of_code(connection, enrolment.code)}
    return [
        one
        for one in cohorts.listing(connection, enrolment.programme)
        if one.id not in there and one.audience == enrolment.audience and one.closed_at is None and one.end >= today
    ]


def _by_wave(programme: Programme, steps: Iterable[Step], policy: ContactPolicy) -> list[Shift]:
    of_wave: dict[str, list[Step]] = defaultdict(list)
    for step in steps:
        if _kind(step) is not None:
            of_wave[step.wave].append(step)
    order = [wave.id for wave in programme.waves]
    known = sorted(of_wave, key=lambda wave: (order.index(wave) if wave in order else len(order), wave))
    return [_shift(wave, of_wave[wave], policy) for wave in known]


def _shift(wave: str, steps: list[Step], policy: ContactPolicy) -> Shift:
    moved: Counter[Days] = Counter()
    kinds: Counter[StepKind | None] = Counter()
    for step in steps:
        days = _days(step, policy)
        if days is None:
            kinds[_kind(step)] += 1
        else:
            moved[days] += 1
    same = sum(count for (before, after), count in moved.items() if before == after)
    return Shift(
        wave,
        {days: count for days, count in sorted(moved.items()) if days[0] != days[1]},
        same,
        kinds[StepKind.STAY],
        kinds[StepKind.LATE],
        kinds[StepKind.ADD],
        kinds[StepKind.CANCEL],
    )


def _days(step: Step, policy: ContactPolicy) -> Days | None:
    """From which day to which; None for what does not move from anywhere."""
    if _kind(step) is not StepKind.MOVE or step.occasion is None or step.planned is None:
        return None
    before, after = (one.opens_at.astimezone(policy.zone).date() for one in (step.occasion, step.planned))
    return before, after


def _kind(step: Step) -> StepKind | None:
    """What was cancelled and would be asked after all is one more; cancelled and not asked again, it is nothing."""
    if step.occasion is None or step.occasion.state is not OccasionState.CANCELLED:
        return step.kind
    return StepKind.ADD if step.kind is StepKind.MOVE else None
