"""`participant move`, `begin` and `leave`: one person, known by the code, after it was shown what that would do."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

from sqlalchemy import Connection

from bot.cli.cohort import NOT_YET, cohort_of
from bot.cli.opening import OPERATOR, programme_of, say, services_of
from bot.cli.options import ParticipantBeginOptions, ParticipantLeaveOptions, ParticipantMoveOptions
from bot.cli.problem import CommandProblem
from bot.runtime.services import Services
from storage import codes, occasions, participants, replan_preview, staff_actions, waiting_list_starts
from storage.cohorts import Cohort
from storage.participants import Enrolment
from storage.replan_preview import Shift
from storage.schema import EnrolmentState
from storage.staff_actions import Plans
from surveys.weeks import local_day

_TAKES_PART = {EnrolmentState.INVITED, EnrolmentState.ACTIVE}


def move(given: ParticipantMoveOptions) -> None:
    """Move somebody to another cohort of the programme; without --yes only say what moves."""
    services = services_of(given)
    _told(services, partial(_move, services=services, given=given), changing=given.yes)


def begin(given: ParticipantBeginOptions) -> None:
    """Let somebody who waits begin with a cohort; without --yes only say so."""
    services = services_of(given)
    _told(services, partial(_begin, services=services, given=given), changing=given.yes)


def leave(given: ParticipantLeaveOptions) -> None:
    """End somebody's taking part; the answers stay. Without --yes only say what is not asked any more."""
    services = services_of(given)
    _told(services, partial(_leave, services=services, given=given), changing=given.yes)


def _told(services: Services, unit: Callable[[Connection], list[str]], *, changing: bool) -> None:
    for line in services.database.write_now(unit) if changing else services.database.read_now(unit):
        say(line)


def _move(connection: Connection, services: Services, given: ParticipantMoveOptions) -> list[str]:
    enrolment = _enrolment(connection, given.code, given.within)
    target = _target(connection, services, enrolment, given.cohort)
    now, programme = services.clock(), programme_of(services, enrolment.programme)
    if given.yes:
        staff_actions.move(connection, Plans(services.programmes, services.policy), enrolment, target, now, OPERATOR)
        return [f"{enrolment.code} is in »{target.name}«, with all answers."]
    shifts = replan_preview.of_person(connection, programme, enrolment.id, target, services.policy, now)
    moved = [f"  {line}" for one in shifts for line in _described(one)] or ["  nothing that is to come"]
    return [
        f"{enrolment.code} would go from »{enrolment.cohort_name}« to »{target.name}«, with all answers:",
        *moved,
        NOT_YET,
    ]


def _begin(connection: Connection, services: Services, given: ParticipantBeginOptions) -> list[str]:
    enrolment = _enrolment(connection, given.code, given.within)
    if not enrolment.waits:
        raise CommandProblem(f"{enrolment.code} does not wait in »{enrolment.cohort_name}«.")
    begun = waiting_list_starts.began_in(connection, enrolment)
    if begun is not None:
        raise CommandProblem(
            f"{enrolment.code} has begun with »{begun.cohort_name}« already; to change the group: participant move."
        )
    target = _target(connection, services, enrolment, given.cohort, "begin with")
    if given.yes:
        plans = Plans(services.programmes, services.policy)
        staff_actions.begin(connection, services.keys, plans, enrolment, target, services.clock(), OPERATOR)
        return [f"{enrolment.code} begins with »{target.name}«."]
    return [f"{enrolment.code}, who waits beside »{enrolment.cohort_name}«, would begin with »{target.name}«.", NOT_YET]


def _leave(connection: Connection, services: Services, given: ParticipantLeaveOptions) -> list[str]:
    enrolment = _enrolment(connection, given.code, given.within)
    if given.yes:
        staff_actions.leave(connection, enrolment, services.clock(), OPERATOR)
        return [f"{enrolment.code} takes part in »{enrolment.cohort_name}« no longer; the answers stay."]
    waiting = len(occasions.waiting(connection, enrolment.id))
    return [
        f"{enrolment.code} would take part in »{enrolment.cohort_name}« no longer; the answers stay.",
        f"  questionnaires that would not be asked any more: {waiting}",
        NOT_YET,
    ]


def _enrolment(connection: Connection, written: str, within: str | None) -> Enrolment:
    """Where the person with this code takes part; raises Problem where that is nowhere, or not one cohort."""
    code = codes.read_code(written)
    if code is None:
        raise CommandProblem(
            f"{written} is not a code: each has three letters of the library and five characters more."
        )
    enrolments = [one for one in participants.of_code(connection, code) if one.state in _TAKES_PART]
    if within is not None:
        cohort = cohort_of(connection, within)
        enrolments = [one for one in enrolments if one.cohort == cohort.id]
    if not enrolments:
        raise CommandProblem(f"{code} takes part in no cohort{'' if within is None else ' of that name or number'}.")
    if len(enrolments) > 1:
        listed = ", ".join(f"{one.cohort} (»{one.cohort_name}«)" for one in enrolments)
        raise CommandProblem(f"{code} takes part in several cohorts: say which with --in; there are: {listed}.")
    return enrolments[0]


def _target(
    connection: Connection, services: Services, enrolment: Enrolment, reference: str, can: str = "go to"
) -> Cohort:
    """The cohort to which the person `can` go, or with which begin; raises Problem where it is none of those."""
    wanted = cohort_of(connection, reference)
    possible = replan_preview.targets(connection, enrolment.id, local_day(services.clock()))
    if wanted.id not in {one.id for one in possible}:
        listed = ", ".join(f"{one.id} (»{one.name}«)" for one in possible)
        ways = f"there are: {listed}" if possible else "there is none"
        raise CommandProblem(
            f"{enrolment.code} can {can} another open cohort of {enrolment.programme}, "
            f"not {can.rpartition(' ')[2]} »{wanted.name}«; {ways}."
        )
    return wanted


def _described(shift: Shift) -> Iterator[str]:
    """What becomes of one wave of one person."""
    for before, after in shift.moved:
        yield f"{shift.wave}: from {before} to {after}"
    for count, words in (
        (shift.same, "the day stays"),
        (shift.sent, "the invitation is out, or it has ended; it stays as it is"),
        (shift.late, "it would have closed already; it stays as it is"),
        (shift.added, "is asked as well"),
        (shift.cancelled, "is not asked any more"),
    ):
        if count:
            yield f"{shift.wave}: {words}"
