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
from surveys.model import Programme
from surveys.plan import Rhythm

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
    connection: Connection, programme: Programme, group: Cohort, start: date, end: date, rhythm: Rhythm, now: datetime
) -> list[Shift]:
    """What these dates would do to a group, by wave in the order of the programme; waves of nobody are missing."""
    found: list[Step] = []
    for place in participants.of_cohort(connection, group.id):
        if place.state is EnrolmentState.ACTIVE:
            found += occasions.foresee(connection, programme, place.enrolment, start, end, rhythm, now)
    return _by_wave(programme, found, rhythm)


def of_person(
    connection: Connection, programme: Programme, enrolment_id: int, target: Cohort, rhythm: Rhythm, now: datetime
) -> list[Shift]:
    """What moving one person to another group would do, by wave."""
    found = occasions.foresee(connection, programme, enrolment_id, target.start, target.end, rhythm, now)
    return _by_wave(programme, found, rhythm)


def of_closing(connection: Connection, programme: Programme, group: Cohort) -> Ending:
    """What ends when a group is closed now."""
    places = participants.of_cohort(connection, group.id)
    standing = [one for place in places for one in occasions.waiting(connection, place.enrolment)]
    waves = {}
    for wave in programme.waves:
        states = Counter(one.state for one in standing if one.wave == wave.id)
        if states:
            waves[wave.name] = (states[OccasionState.PLANNED], states[OccasionState.OPEN])
    return Ending(waves, sum(place.state is EnrolmentState.INVITED for place in places))


def targets(connection: Connection, enrolment_id: int, today: date) -> list[Cohort]:
    """The groups to which a person can be moved: of the same programme and audience, neither closed nor over."""
    place = participants.of_enrolment(connection, enrolment_id)
    if place is None:
        return []
    there = {one.cohort for one in participants.of_code(connection, place.code)}
    return [
        one
        for one in cohorts.listing(connection, place.programme)
        if one.id not in there and one.audience == place.audience and one.closed_at is None and one.end >= today
    ]


def _by_wave(programme: Programme, steps: Iterable[Step], rhythm: Rhythm) -> list[Shift]:
    of_wave: dict[str, list[Step]] = defaultdict(list)
    for step in steps:
        if _kind(step) is not None:
            of_wave[step.wave].append(step)
    order = [wave.id for wave in programme.waves]
    known = sorted(of_wave, key=lambda wave: (order.index(wave) if wave in order else len(order), wave))
    return [_shift(wave, of_wave[wave], rhythm) for wave in known]


def _shift(wave: str, steps: list[Step], rhythm: Rhythm) -> Shift:
    moved: Counter[Days] = Counter()
    kinds: Counter[StepKind | None] = Counter()
    for step in steps:
        days = _days(step, rhythm)
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


def _days(step: Step, rhythm: Rhythm) -> Days | None:
    """From which day to which; None for what does not move from anywhere."""
    if _kind(step) is not StepKind.MOVE or step.occasion is None or step.planned is None:
        return None
    before, after = (one.opens_at.astimezone(rhythm.zone).date() for one in (step.occasion, step.planned))
    return before, after


def _kind(step: Step) -> StepKind | None:
    """What was cancelled and would be asked after all is one more; cancelled and not asked again, it is nothing."""
    if step.occasion is None or step.occasion.state is not OccasionState.CANCELLED:
        return step.kind
    return StepKind.ADD if step.kind is StepKind.MOVE else None
