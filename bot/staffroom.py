"""Where staff arrive: joining by a link, and the desk with what their role may do."""

from __future__ import annotations

from bot import roles
from bot.screens import Reply, Screen
from bot.texts import staff as texts
from bot.visit import Visit
from storage import invites, staff
from storage.invites import Invitation
from storage.schema import Role


def join(visit: Visit, token: str) -> Reply:
    """A staff link was opened: it is used up, and whoever opened it is staff from now on."""
    found = invites.redeem(visit.connection, token, visit.now)
    if isinstance(found, Invitation) and found.role is not None:
        staff.join(visit.connection, found.role, found.library, visit.chat, visit.now)
    return desk(visit)


def is_member(visit: Visit) -> bool:
    """Whether staff is here."""
    return roles.member(visit) is not None


def desk(visit: Visit) -> Reply:
    """What one may do here, by role."""
    return Reply(draw_desk(visit, ""), "desk:", fresh=visit.typed)


def draw_desk(visit: Visit, _argument: str) -> Screen:
    """The card of `desk:`."""
    here = roles.member(visit)
    if here is None:
        return Screen(texts.NOT_STAFF)
    library = next((one.library for one in visit.house.programmes.values() if one.code == here.library), "")
    return Screen(texts.desk(here.role, library))


def commands(role: Role) -> tuple[tuple[str, str], ...]:
    """The command menu of a role: name and description."""
    return texts.COMMANDS[role]
