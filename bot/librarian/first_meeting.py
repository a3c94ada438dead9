"""»Prvo srečanje« of a group: cards, who has joined (7 of 12), who still needs help. Drawn again as people join.

The view says what was shown by a number, so that `bot.delivery.first_meetings` sees what has changed.
"""

from __future__ import annotations

import zlib
from collections import Counter

from bot.actions import librarian as actions
from bot.conversation import permissions
from bot.conversation.permissions import Permission
from bot.conversation.request import Request
from bot.conversation.screens import Button, Reply, Screen, column
from bot.librarian import cohorts
from bot.staff import staff_home
from bot.texts import enrolling as enrolling_texts
from bot.texts import meeting as texts
from bot.texts import staff as staff_texts
from bot.views import librarian as views
from storage import cohort_overview
from storage.cohort_overview import CohortSummary, EnrolmentStanding, Member

_ORDER = tuple(texts.HELP)
_MOST = 30


def show(request: Request, cohort_id: int) -> Reply | None:
    """»Prvo srečanje« and »Osveži«."""
    if _find(request, cohort_id) is None:
        return None
    return Reply(draw(request, cohort_id), view(request, cohort_id))


def view(request: Request, cohort_id: int) -> str:
    """The name of the card as it is now."""
    one = _find(request, cohort_id)
    if one is None:
        return views.meeting(cohort_id, "0")
    seen = [(member.code, member.standing.value) for member in _invited(request, one)]
    return views.meeting(cohort_id, str(zlib.crc32(repr((one.name, seen)).encode())))


def draw(request: Request, cohort_id: int, _seen: str = "") -> Screen:
    """Who has joined, and who still needs help."""
    one = _find(request, cohort_id)
    if one is None:
        return Screen(staff_texts.NOT_STAFF)
    everybody = _invited(request, one)
    waiting = [member for member in sorted(everybody, key=_need) if member.standing in texts.HELP]
    ways = [Button(staff_texts.BUTTONS["vpis"], actions.ask_how_many(cohort_id))]
    if everybody:
        ways = [
            Button(enrolling_texts.CODES, actions.show_codes(cohort_id)),
            *ways,
            *(
                Button(texts.needs_help(member.code, member.standing), actions.show_person(member.enrolment))
                for member in waiting[:_MOST]
            ),
            Button(texts.REFRESH, actions.show_first_meeting(cohort_id)),
        ]
    words = _words(one, everybody, len(waiting)) if everybody else texts.nobody(one.name)
    return Screen(
        words, column(*ways, Button(staff_texts.TO_GROUP, actions.show_cohort(cohort_id)), staff_home.to_desk())
    )


def _words(one: CohortSummary, everybody: list[Member], waiting: int) -> str:
    standings = Counter(member.standing for member in everybody)
    answered, declined = standings[EnrolmentStanding.ANSWERED], standings[EnrolmentStanding.DECLINED]
    return texts.meeting(one.name, one.joined, len(everybody), answered, declined, waiting)


def _invited(request: Request, one: CohortSummary) -> list[Member]:
    """Who is expected in the room: everybody but those who wait for the next group."""
    return [member for member in cohort_overview.members(request.connection, one.cohort) if not member.waits]


def _need(member: Member) -> tuple[int, str]:
    """Who has not begun stands first."""
    return (_ORDER.index(member.standing) if member.standing in _ORDER else len(_ORDER), member.code)


def _find(request: Request, cohort_id: int) -> CohortSummary | None:
    """The group, where it is not closed and whoever is here may enrol in it."""
    one = cohorts.find(request, cohort_id)
    return (
        one
        if one is not None and not one.closed and permissions.may(request, Permission.ENROL, one.programme)
        else None
    )
