"""Who may do what: a table, asked by the use cases. A person's role is read from storage at every visit."""

from __future__ import annotations

from enum import StrEnum

from bot.visit import Visit
from storage import staff
from storage.schema import Role
from storage.staff import Member
from surveys.model import Programme


class Action(StrEnum):
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
    RECORD = "record"  # to read questions aloud
    TELL_GROUP = "tell_group"  # what was learned, to all of a group
    WRITE_DOWN = "write_down"  # to listen to what participants said, and to type it in
    SEE_STORIES = "see_stories"  # to read them, edit a copy and decide upon publication


ALLOWED: dict[Role, frozenset[Action]] = {
    Role.LIBRARIAN: frozenset(
        {
            Action.ENROL,
            Action.ERASE,
            Action.ASSIST,
            Action.SEE_GROUPS,
            Action.SEE_CALLS,
            Action.PREVIEW,
            Action.SEE_STATE,
            Action.RECORD,
            Action.WRITE_DOWN,
        }
    ),
    Role.COORDINATOR: frozenset(Action) - {Action.REPORT_NATION},
    Role.NATIONAL: frozenset({Action.PREVIEW, Action.REPORT, Action.REPORT_NATION, Action.EXPORT, Action.SEE_STATE}),
}


def member(visit: Visit) -> Member | None:
    """The member of staff who is here, if it is one."""
    return staff.by_chat(visit.connection, visit.chat)


def actor(visit: Visit) -> str:
    """How the audit names the member of staff who is here."""
    here = member(visit)
    if here is None:
        raise PermissionError("only staff act here")
    return here.actor


def programmes(visit: Visit, action: Action) -> list[Programme]:
    """The programmes on which whoever is here may do this; none for strangers."""
    here = member(visit)
    if here is None or action not in ALLOWED[here.role]:
        return []
    return [one for one in visit.house.programmes.values() if here.library in (None, one.code)]


def may(visit: Visit, action: Action, slug: str) -> bool:
    """Whether whoever is here may do this on a programme."""
    return any(one.slug == slug for one in programmes(visit, action))


def may_answer(visit: Visit, slug: str, chat: bytes | None) -> bool:
    """Participants answer for themselves; a librarian of the library helps."""
    return chat == visit.chat or may(visit, Action.ASSIST, slug)
