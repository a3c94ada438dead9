"""Where staff arrive: joining by a link, and the desk with what their role may do."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from sqlalchemy import Connection

from bot.actions import assistance, coordinator, librarian, participant
from bot.actions import staff as actions
from bot.conversation import permissions
from bot.conversation.declared import ActionData
from bot.conversation.handled import Menu
from bot.conversation.request import Request
from bot.conversation.screens import Button, Reply, Rows, Screen, column
from bot.texts import staff as texts
from bot.texts.slovene import common
from bot.views import staff as views
from storage import access_links, staff
from storage.access_links import Invitation
from storage.schema import Role
from storage.secrets.addresses import WEB

# The action of the button that does the same as a command of staff.
AT_THE_DESK: Mapping[str, ActionData] = {
    "vpis": librarian.choose_cohort_to_enrol(),
    "skupine": librarian.show_cohorts(),
    "udelezenec": librarian.find_person(),
    "izpolni": assistance.choose_whom_to_assist(),
    "kiosk": assistance.offer_kiosk(),
    "vprasalnik": assistance.choose_preview(),
    "posnemi": assistance.choose_reading(),
    "prepis": assistance.show_voices(),
    "klici": librarian.show_calls(),
    "koledar": assistance.choose_timeline(),
    "porocilo": coordinator.tell_of_weeks(),
    "ucinek": coordinator.tell_of_impact(),
    "izvoz": coordinator.export_data(),
    "zgodbe": coordinator.show_stories(),
    "izvedeli": coordinator.show_findings(),
    "stanje": coordinator.show_status(),
}


def join(request: Request, token: str) -> Reply:
    """A staff link was opened: it is used up, and whoever opened it is staff from now on."""
    found = access_links.redeem(request.connection, token, request.now)
    if isinstance(found, Invitation) and found.role is not None:
        permissions.join(request, found.role, found.library)
    return replace(desk(request), due=True)  # the menu of the role


def is_member(request: Request) -> bool:
    """Whether staff is here."""
    return permissions.member(request) is not None


def desk(request: Request, note: str = "") -> Reply:
    """What one may do here, by role. `note` stands above it."""
    card = draw_desk(request)
    return Reply(card.noted(note) if is_member(request) else card, views.desk())


def refuse(request: Request) -> Reply:
    """A command that whoever is here may not give."""
    return desk(request, texts.NOT_YOUR_ROLE)


def draw_desk(request: Request) -> Screen:
    """What one may do here."""
    here = permissions.member(request)
    if here is None:
        return Screen(texts.NOT_STAFF, column(Button(common.HOME, participant.go_home())))
    library = next((one.library for one in request.services.programmes.values() if one.code == here.library), "")
    if request.channel == WEB:  # a page has every command beside each card
        return Screen(texts.desk(here.role, library, ()))
    offered = commands(here.role, pages=bool(request.services.settings.web.public_url))
    return Screen(texts.desk(here.role, library, offered), _rows(here.role))


def to_desk() -> Button:
    """The button that leads back to the desk."""
    return Button(texts.DESK, actions.show_desk())


def commands(role: Role, *, pages: bool = False) -> Menu:
    """The command menu of a role: name and description. `pages`: whether there is a browser to go on in."""
    return (*texts.COMMANDS[role], texts.IN_THE_BROWSER) if pages else texts.COMMANDS[role]


def labels(role: Role) -> Menu:
    """The same commands where they are buttons: shorter than in a menu."""
    return tuple((name, texts.BUTTONS.get(name, texts.HELP)) for name, _ in texts.COMMANDS[role])


def menus(connection: Connection, *, pages: bool = False) -> dict[bytes, Menu]:
    """The command menu of every chat of staff; the widest role of a person counts."""
    found: dict[bytes, Menu] = {}
    for member in staff.listing(connection):
        if member.chat is not None and member.chat not in found:
            widest = staff.by_chat(connection, member.chat)
            found[member.chat] = commands(member.role if widest is None else widest.role, pages=pages)
    return found


def _rows(role: Role) -> Rows:
    """Two buttons a row: the desk is for people at work."""
    buttons = [Button(texts.BUTTONS[name], AT_THE_DESK[name]) for name, _ in commands(role) if name in AT_THE_DESK]
    return tuple(tuple(buttons[place : place + 2]) for place in range(0, len(buttons), 2))
