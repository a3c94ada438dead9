"""/skupine: the groups of the library, and who is in each. Shows codes and states, never an answer."""

from __future__ import annotations

from bot import roles, staffroom
from bot.librarian import differences, paging
from bot.librarian.paging import Page
from bot.roles import Action
from bot.screens import Button, Reply, Screen, column
from bot.texts import calendar as calendar_texts
from bot.texts import consents as consent_texts
from bot.texts import enrolling as enrolling_texts
from bot.texts import groups as group_texts
from bot.texts import lists as list_texts
from bot.texts import paper as paper_texts
from bot.texts import staff as texts
from bot.visit import Visit, whole
from storage import feedback, groups
from storage.groups import Group

_GROUPS_A_PAGE = 8
_MEMBERS_A_PAGE = 20


def show_all(visit: Visit, page: str = "") -> Reply:
    """/skupine: every group with its counts."""
    if not roles.programmes(visit, Action.SEE_GROUPS):
        return staffroom.refuse(visit)
    argument = paging.asked(page)
    return Reply(draw_all(visit, argument), f"groups:{argument}", fresh=visit.typed)


def show_one(visit: Visit, cohort_id: str, page: str = "1") -> Reply | None:
    """Everybody in a group."""
    if _find(visit, cohort_id) is None:
        return None
    argument = f"{whole(cohort_id)}:{whole(page)}"
    return Reply(draw_one(visit, argument), f"group:{argument}", fresh=visit.typed)


def draw_all(visit: Visit, argument: str) -> Screen:
    """The card of `groups:PAGE`."""
    slugs = [one.slug for one in roles.programmes(visit, Action.SEE_GROUPS)]
    number, of = paging.bounded(groups.count(visit.connection, slugs), argument, _GROUPS_A_PAGE)
    found = groups.page(visit.connection, slugs, (number - 1) * _GROUPS_A_PAGE, _GROUPS_A_PAGE)
    if not found:
        return Screen(texts.GROUPS_EMPTY, column(staffroom.to_desk()))
    page = Page(tuple(found), number, of)
    parts = [f"<b>{texts.GROUPS}</b>", *(_described(visit, one) for one in page.shown), page.words]
    buttons = [Button(one.name, f"sku:{one.cohort}") for one in page.shown]
    rows = (*column(*buttons), *page.arrows("skup"), *column(staffroom.to_desk()))
    return Screen("\n\n".join(part for part in parts if part), rows)


def draw_one(visit: Visit, argument: str) -> Screen:
    """The card of `group:COHORT:PAGE`."""
    cohort_id, _, number = argument.partition(":")
    one = _find(visit, cohort_id)
    if one is None:
        return Screen(texts.NOT_STAFF)
    page = paging.turned(groups.members(visit.connection, one.cohort), number, _MEMBERS_A_PAGE)
    lines = "\n".join(texts.member(member.code, member.standing) for member in page.shown)
    buttons = [Button(member.code, f"per:{member.enrolment}") for member in page.shown]
    parts = [_described(visit, one), lines or texts.GROUP_EMPTY, page.words]
    rows = (
        *paging.pairs(buttons),
        *page.arrows(f"sku:{one.cohort}"),
        *column(
            *_to_list(visit, one),
            *_to_cards(visit, one),
            *_to_papers(visit, one),
            *differences.button(visit, one.cohort, one.programme),
            *_changes(visit, one),
            *_calendar(one),
            *_learned(visit, one),
            *_consents(one),
            Button(texts.GROUPS, "skup"),
            staffroom.to_desk(),
        ),
    )
    return Screen("\n\n".join(part for part in parts if part), rows)


def _find(visit: Visit, cohort_id: str) -> Group | None:
    """The group, where whoever is here may see it."""
    found = groups.find(visit.connection, whole(cohort_id))
    return found if found is not None and roles.may(visit, Action.SEE_GROUPS, found.programme) else None


def _to_list(visit: Visit, one: Group) -> tuple[Button, ...]:
    """The way to enrolling from a list, where whoever is here may enrol."""
    if one.closed or not roles.may(visit, Action.ENROL, one.programme):
        return ()
    return (Button(list_texts.FROM_LIST, f"lis:{one.cohort}"),)


def _to_cards(visit: Visit, one: Group) -> tuple[Button, ...]:
    """The way to the cards, where whoever is here may enrol and somebody has not begun."""
    if one.closed or not one.enrolled > one.joined or not roles.may(visit, Action.ENROL, one.programme):
        return ()
    return (Button(enrolling_texts.CODES, f"ens:{one.cohort}"),)


def _to_papers(visit: Visit, one: Group) -> tuple[Button, ...]:
    """The way to questionnaires on paper, where somebody takes part."""
    if not one.joined or not roles.may(visit, Action.ASSIST, one.programme):
        return ()
    return (Button(paper_texts.PRINT, f"pap:{one.cohort}:0"),)


def _changes(visit: Visit, one: Group) -> tuple[Button, ...]:
    """The ways to other dates and to the end, where whoever is here may change the group."""
    if one.closed or not roles.may(visit, Action.ADD_GROUP, one.programme):
        return ()
    return (
        Button(group_texts.CHANGE_DATES, f"gd:{one.cohort}"),
        Button(group_texts.CLOSE_GROUP, f"gz:{one.cohort}"),
    )


def _calendar(one: Group) -> tuple[Button, ...]:
    """The way to the messages that are to come."""
    return () if one.closed else (Button(calendar_texts.CALENDAR, f"kol:{one.cohort}"),)


def _learned(visit: Visit, one: Group) -> tuple[Button, ...]:
    """The way to what was learned, where a questionnaire has closed and whoever is here may write to the group."""
    if not roles.may(visit, Action.TELL_GROUP, one.programme) or not feedback.has_closed(visit.connection, one.cohort):
        return ()
    return (Button(texts.BUTTONS["izvedeli"], f"izve:1:{one.cohort}"),)


def _consents(one: Group) -> tuple[Button, ...]:
    """The way to the account of consents, where there ever was one."""
    return (Button(consent_texts.LIST, f"gpr:{one.cohort}"),) if one.joined else ()


def _described(visit: Visit, one: Group) -> str:
    waves = {
        wave.id: wave.name for wave in visit.house.programmes[one.programme].waves if wave.audience == one.audience
    }
    described = texts.group(one, waves)
    return f"{described}\n{group_texts.GROUP_IS_CLOSED}" if one.closed else described
