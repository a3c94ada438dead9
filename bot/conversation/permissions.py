"""Who may do what: a table, asked by the use cases. A person's role is read from storage once in every request."""

from __future__ import annotations

from enum import StrEnum

from bot.conversation.request import Request
from storage import cohorts, staff
from storage.cohorts import Cohort
from storage.schema import Role
from storage.staff import StaffMember
from surveys.model import Programme


class Permission(StrEnum):
    """What only staff do."""

    ENROL = "enrol"
    ERASE = "erase"  # everything of a person who asks for it
    ASSIST = "assist"
    SEE_GROUPS = "see_groups"
    SEE_CALLS = "see_calls"
    PREVIEW = "preview"
    REPORT = "report"
    REPORT_NATION = "report_nation"  # all libraries together
    EXPORT = "export"
    SEE_STATE = "see_state"
    ADD_GROUP = "add_group"
    EDIT_PAGE = "edit_page"  # what a library says of itself on the page for the mayor
    RECORD = "record"  # to read questions aloud
    TELL_GROUP = "tell_group"  # what was learned, to all of a group
    TRANSCRIBE = "transcribe"  # to listen to what participants said, and to type it in
    SEE_STORIES = "see_stories"  # to read them, edit a copy and decide upon publication


ALLOWED: dict[Role, frozenset[Permission]] = {
    Role.LIBRARIAN: frozenset(
        {
            Permission.ENROL,
            Permission.ERASE,
            Permission.ASSIST,
            Permission.SEE_GROUPS,
            Permission.SEE_CALLS,
            Permission.PREVIEW,
            Permission.SEE_STATE,
            Permission.RECORD,
            Permission.TRANSCRIBE,
        }
    ),
    Role.COORDINATOR: frozenset(Permission) - {Permission.REPORT_NATION},
    Role.NATIONAL: frozenset(
        {Permission.PREVIEW, Permission.REPORT, Permission.REPORT_NATION, Permission.EXPORT, Permission.SEE_STATE}
    ),
}


def member(request: Request) -> StaffMember | None:
    """The member of staff who is here, if it is one."""
    if request.chat not in request.staff:
        request.staff[request.chat] = staff.by_chat(request.connection, request.chat)
    return request.staff[request.chat]


def join(request: Request, role: Role, library: str | None) -> None:
    """Whoever is here has this role from now on."""
    staff.join(request.connection, role, library, request.chat, request.now)
    request.staff.clear()


def leave(request: Request) -> None:
    """Whoever is here has no role any more."""
    while (here := member(request)) is not None:
        staff.remove(request.connection, here.id, request.now, here.actor)
        request.staff.clear()


def actor(request: Request) -> str:
    """How the audit names the member of staff who is here."""
    here = member(request)
    if here is None:
        raise PermissionError("only staff act here")
    return here.actor


def programmes(request: Request, action: Permission) -> list[Programme]:
    """The programmes on which whoever is here may do this; none for strangers."""
    here = member(request)
    if here is None or action not in ALLOWED[here.role]:
        return []
    return [one for one in request.services.programmes.values() if here.library in (None, one.code)]


def may(request: Request, action: Permission, slug: str) -> bool:
    """Whether whoever is here may do this on a programme."""
    return any(one.slug == slug for one in programmes(request, action))


def cohort(request: Request, action: Permission, cohort_id: int) -> Cohort | None:
    """The cohort, closed or not, where whoever is here may do this on its programme."""
    found = cohorts.find(request.connection, cohort_id)
    return found if found is not None and may(request, action, found.programme) else None


def open_cohort(request: Request, action: Permission, cohort_id: int) -> Cohort | None:
    """The same, where it is not closed."""
    found = cohort(request, action, cohort_id)
    return found if found is not None and found.closed_at is None else None


def may_answer(request: Request, slug: str, chat: bytes | None) -> bool:
    """Participants answer for themselves; a librarian of the library helps."""
    return chat == request.chat or may(request, Permission.ASSIST, slug)
