"""/skupine: the groups of the library, and who is in each. Shows codes and states, never an answer."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from functools import partial

from bot.actions import assistance, coordinator
from bot.actions import librarian as actions
from bot.conversation import paging, permissions
from bot.conversation.paging import Page
from bot.conversation.permissions import Permission
from bot.conversation.request import Request
from bot.conversation.screens import Button, Reply, Screen, column
from bot.librarian import consent_forms, entry_differences
from bot.staff import staff_home
from bot.texts import cohorts as cohort_texts
from bot.texts import enrolling as enrolling_texts
from bot.texts import meeting as meeting_texts
from bot.texts import paper as paper_texts
from bot.texts import rosters as roster_texts
from bot.texts import staff as texts
from bot.texts import waiting_list as waiting_texts
from bot.views import librarian as views
from storage import calls, cohort_overview, findings
from storage.cohort_overview import CohortSummary, EnrolmentStanding, Member

_COHORTS_A_PAGE = 8
_MEMBERS_A_PAGE = 20


def by_command(request: Request, words: str) -> Reply:
    """/skupine, with the page that follows it."""
    return show_all(request, paging.of_command(words))


def show_all(request: Request, page: int = 1) -> Reply:
    """Every group with its counts."""
    if not permissions.programmes(request, Permission.SEE_GROUPS):
        return staff_home.refuse(request)
    return Reply(draw_all(request, page), views.groups(page))


def show_one(request: Request, cohort_id: int, page: int = 1) -> Reply | None:
    """Everybody in a group."""
    if find(request, cohort_id) is None:
        return None
    return Reply(draw_one(request, cohort_id, page), views.group(cohort_id, page))


def draw_all(request: Request, page: int) -> Screen:
    """A page of the groups."""
    slugs = [one.slug for one in permissions.programmes(request, Permission.SEE_GROUPS)]
    number, of = paging.bounded(cohort_overview.count(request.connection, slugs), page, _COHORTS_A_PAGE)
    found = cohort_overview.page(request.connection, slugs, (number - 1) * _COHORTS_A_PAGE, _COHORTS_A_PAGE)
    form = [consent_forms.button("")] if permissions.programmes(request, Permission.ENROL) else []
    if not found:
        return Screen(texts.GROUPS_EMPTY, column(*form, staff_home.to_desk()))
    part = Page(tuple(found), number, of)
    parts = [f"<b>{texts.GROUPS}</b>", *(described(request, one) for one in part.shown), part.words]
    buttons = [Button(one.name, actions.show_cohort(one.cohort)) for one in part.shown]
    rows = (*column(*buttons), *part.arrows(actions.show_cohorts), *column(*form, staff_home.to_desk()))
    return Screen("\n\n".join(part for part in parts if part), rows)


def draw_one(request: Request, cohort_id: int, page: int) -> Screen:
    """A group: what needs doing, then what can be done, then everybody."""
    one = find(request, cohort_id)
    if one is None:
        return Screen(texts.NOT_STAFF)
    everybody = cohort_overview.members(request.connection, one.cohort)
    part = paging.turned(everybody, page, _MEMBERS_A_PAGE)
    parts = [described(request, one), _needs(request, one, everybody) if everybody else texts.GROUP_EMPTY, part.words]
    people = [Button(_member(member), actions.show_person(member.enrolment)) for member in part.shown]
    rows = (
        *paging.pairs([*_to_enrolling(request, one), *_to_cards(request, one), *_to_list(request, one)]),
        *column(
            *_to_papers(request, one),
            *entry_differences.button(request, one.cohort, one.programme),
            *_learned(request, one),
            Button(texts.MORE, actions.show_more_of_cohort(one.cohort)),
            *people,
        ),
        *part.arrows(partial(actions.show_cohort, one.cohort)),
        (Button(texts.GROUPS, actions.show_cohorts()), staff_home.to_desk()),
    )
    return Screen("\n\n".join(part for part in parts if part), rows)


def find(request: Request, cohort_id: int) -> CohortSummary | None:
    """The group, where whoever is here may see it."""
    found = cohort_overview.find(request.connection, cohort_id)
    return found if found is not None and permissions.may(request, Permission.SEE_GROUPS, found.programme) else None


def described(request: Request, one: CohortSummary) -> str:
    """A group with its counts."""
    waves = {
        wave.id: wave.name for wave in request.services.programmes[one.programme].waves if wave.audience == one.audience
    }
    words = "\n".join(filter(None, (texts.group(one, waves), waiting_texts.besides(one.waiting))))
    return f"{words}\n{cohort_texts.GROUP_IS_CLOSED}" if one.closed else words


def _member(one: Member) -> str:
    words = texts.member(one.code, one.standing)
    return f"{words} · {waiting_texts.ON_WAITING_LIST}" if one.waits else words


def _needs(request: Request, one: CohortSummary, everybody: Sequence[Member]) -> str:
    """How many wait for something that staff can do."""
    numbers = {member.enrolment for member in everybody}
    to_call = (
        sum(call.enrolment in numbers for call in calls.needing(request.connection, [one.programme], request.now))
        if permissions.may(request, Permission.SEE_CALLS, one.programme)
        else 0
    )
    standings = Counter(member.standing for member in everybody)
    return texts.needs(
        0 if one.closed else standings[EnrolmentStanding.WAITING], standings[EnrolmentStanding.HALF], to_call
    )


def _to_enrolling(request: Request, one: CohortSummary) -> tuple[Button, ...]:
    """The ways to enrolling and to the first meeting, where whoever is here may enrol."""
    if one.closed or not permissions.may(request, Permission.ENROL, one.programme):
        return ()
    return (
        Button(texts.BUTTONS["vpis"], actions.ask_how_many(one.cohort)),
        Button(meeting_texts.MEETING, actions.show_first_meeting(one.cohort)),
    )


def _to_list(request: Request, one: CohortSummary) -> tuple[Button, ...]:
    """The way to enrolling from a list, where whoever is here may enrol."""
    if one.closed or not permissions.may(request, Permission.ENROL, one.programme):
        return ()
    return (Button(roster_texts.FROM_LIST, actions.ask_for_list(one.cohort)),)


def _to_cards(request: Request, one: CohortSummary) -> tuple[Button, ...]:
    """The way to the cards, where whoever is here may enrol and somebody has not begun."""
    if (
        one.closed
        or not one.people > one.people_joined
        or not permissions.may(request, Permission.ENROL, one.programme)
    ):
        return ()
    return (Button(enrolling_texts.CODES, actions.show_codes(one.cohort)),)


def _to_papers(request: Request, one: CohortSummary) -> tuple[Button, ...]:
    """The way to questionnaires on paper, where somebody takes part."""
    if not one.people_joined or not permissions.may(request, Permission.ASSIST, one.programme):
        return ()
    return (Button(paper_texts.PRINT, assistance.choose_paper(one.cohort, 0)),)


def _learned(request: Request, one: CohortSummary) -> tuple[Button, ...]:
    """The way to what was learned, where a questionnaire has closed and whoever is here may write to the group."""
    if not permissions.may(request, Permission.TELL_GROUP, one.programme) or not findings.has_closed(
        request.connection, one.cohort
    ):
        return ()
    return (Button(texts.BUTTONS["izvedeli"], coordinator.show_findings(cohort=one.cohort)),)
