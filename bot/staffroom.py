"""Where staff arrive: joining by a link, and the desk with what their role may do."""

from __future__ import annotations

from dataclasses import replace

from sqlalchemy import Connection

from bot import roles
from bot.screens import Button, Reply, Rows, Screen, column
from bot.texts import staff as texts
from bot.texts.slovene import common
from bot.visit import Visit
from storage import invites, staff
from storage.invites import Invitation
from storage.schema import Role

Menu = tuple[tuple[str, str], ...]


def join(visit: Visit, token: str) -> Reply:
    """A staff link was opened: it is used up, and whoever opened it is staff from now on."""
    found = invites.redeem(visit.connection, token, visit.now)
    if isinstance(found, Invitation) and found.role is not None:
        staff.join(visit.connection, found.role, found.library, visit.chat, visit.now)
    return replace(desk(visit), due=True)  # the menu of the role


def is_member(visit: Visit) -> bool:
    """Whether staff is here."""
    return roles.member(visit) is not None


def desk(visit: Visit, note: str = "") -> Reply:
    """What one may do here, by role. `note` stands above it."""
    card = draw_desk(visit, "")
    if note and is_member(visit):
        card = Screen(f"<i>{note}</i>\n\n{card.text}", card.rows)
    return Reply(card, "desk:", fresh=visit.typed)


def go_to_desk(visit: Visit) -> Reply:
    """A tap that leads back to the desk."""
    return desk(visit)


def refuse(visit: Visit) -> Reply:
    """A command that whoever is here may not give."""
    return desk(visit, texts.NOT_YOUR_ROLE)


def draw_desk(visit: Visit, _argument: str) -> Screen:
    """The card of `desk:`."""
    here = roles.member(visit)
    if here is None:
        return Screen(texts.NOT_STAFF, column(Button(common.HOME, "home")))
    library = next((one.library for one in visit.house.programmes.values() if one.code == here.library), "")
    return Screen(texts.desk(here.role, library), _rows(here.role))


def to_desk() -> Button:
    """The button that leads back to the desk."""
    return Button(texts.DESK, "desk")


def verb(command: str) -> str:
    """The verb of the button that does the same as a command of staff."""
    return command[:4]


def commands(role: Role) -> Menu:
    """The command menu of a role: name and description."""
    return texts.COMMANDS[role]


def menus(connection: Connection) -> dict[bytes, Menu]:
    """The command menu of every chat of staff; the widest role of a person counts."""
    found: dict[bytes, Menu] = {}
    for member in staff.listing(connection):
        if member.chat is not None and member.chat not in found:
            widest = staff.by_chat(connection, member.chat)
            found[member.chat] = commands(member.role if widest is None else widest.role)
    return found


def _rows(role: Role) -> Rows:
    """Two buttons a row: the desk is for people at work."""
    buttons = [Button(texts.BUTTONS[name], verb(name)) for name, _ in commands(role) if name in texts.BUTTONS]
    return tuple(tuple(buttons[place : place + 2]) for place in range(0, len(buttons), 2))
