"""With which groups somebody who waits may begin, and what their first measurement is then. Knows no screens."""

from __future__ import annotations

from bot.conversation.request import Request
from bot.texts import waiting_list as texts
from storage import cohorts, occasions, participants, replan_preview, waiting_list
from storage import waiting_list_starts as stored_starts
from storage.cohorts import Cohort
from storage.participants import Enrolment
from storage.schema import EnrolmentState, OccasionState
from surveys.locale_sl import day
from surveys.waiting import first_and_last, offered

_ENDED = frozenset({OccasionState.COMPLETE, OccasionState.PARTIAL, OccasionState.MISSED})


def can_wait(request: Request, enrolment: Enrolment) -> bool:
    """Whether somebody who was enrolled to take part may still be put on the waiting list."""
    unasked = enrolment.state is EnrolmentState.INVITED and enrolment.joined_at is None and not enrolment.waits
    return unasked and offered(request.services.programmes[enrolment.programme], enrolment.audience)


def targets(request: Request, enrolment: Enrolment) -> list[Cohort]:
    """Groups that are not over in which this person has no place yet; the one beside which they wait comes last.

    None where somebody has begun: one begins once.
    """
    if not enrolment.waits or enrolment.state not in {EnrolmentState.ACTIVE, EnrolmentState.INVITED}:
        return []
    if stored_starts.began_in(request.connection, enrolment) is not None:
        return []
    today = request.now.astimezone(request.services.policy.zone).date()
    others = sorted(
        replan_preview.targets(request.connection, enrolment.id, today),
        key=lambda cohort: (cohort.start, cohort.id),
    )
    own = cohorts.find(request.connection, enrolment.cohort)
    free = own is not None and own.closed_at is None and own.end >= today and not _has_waited(request, enrolment)
    return [*others, *([own] if own is not None and free else [])]


def baseline(request: Request, enrolment_id: int) -> str:
    """What the first measurement of somebody who has just begun is; nothing where they have not agreed yet."""
    enrolment = participants.of_enrolment(request.connection, enrolment_id)
    if enrolment is None:
        return ""
    pair = first_and_last(request.services.programmes[enrolment.programme], enrolment.audience)
    first = next(
        (one for one in occasions.of_enrolment(request.connection, enrolment_id) if pair and one.wave == pair[0].id),
        None,
    )
    if first is None:
        return ""
    zone = request.services.policy.zone
    answered_at = waiting_list.answered_at(request.connection, first.id)
    if answered_at is not None:
        return texts.baseline_answered(day(answered_at.astimezone(zone).date()))
    if first.state in {OccasionState.PLANNED, OccasionState.OPEN}:
        return texts.baseline_comes(day(first.opens_at.astimezone(zone).date()))
    return texts.BASELINE_TO_FINISH if first.state is OccasionState.CANCELLED else ""


def _has_waited(request: Request, enrolment: Enrolment) -> bool:
    """Whether the last questionnaire of waiting is over: then its answers stay those of somebody who waited."""
    pair = first_and_last(request.services.programmes[enrolment.programme], enrolment.audience)
    there = occasions.of_enrolment(request.connection, enrolment.id)
    return pair is not None and any(one.wave == pair[1].id and one.state in _ENDED for one in there)
