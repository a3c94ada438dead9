"""`staff invite`, `staff list`, `staff remove`."""

from __future__ import annotations

from functools import partial

from bot.cli.opening import OPERATOR, library_of, say, say_json, say_table, services_of, with_links
from bot.cli.options import StaffInviteOptions, StaffListOptions, StaffRemoveOptions
from bot.cli.problem import CommandProblem
from bot.runtime.services import Services
from storage import access_links, staff
from storage.schema import Role


def invite(given: StaffInviteOptions) -> None:
    """Make a link for one librarian, coordinator or the national coordinator."""
    services = with_links(services_of(given))
    role = Role(given.role)
    library = _library(services, role, given.library)
    token = services.database.write_now(
        partial(
            access_links.create_staff,
            keys=services.keys,
            role=role,
            library=library,
            now=services.clock(),
            actor=OPERATOR,
        )
    )
    address = services.link(token)
    if given.json:
        say_json({"link": address})
    else:
        say(f"{address}\nGood for {access_links.STAFF_LIFE.days} days and one person: send it to nobody else.")


def listing(given: StaffListOptions) -> None:
    """List the staff that is there."""
    services = services_of(given)
    present = [one for one in services.database.read_now(staff.listing) if one.removed_at is None]
    zone = services.policy.zone
    rows = [
        (str(one.id), one.role.value, one.library or "", f"{one.joined_at.astimezone(zone):%Y-%m-%d}")
        for one in present
    ]
    names = ("number", "role", "library", "joined")
    if given.json:
        say_json([dict(zip(names, (one.id, *row[1:]), strict=True)) for one, row in zip(present, rows, strict=True)])
    else:
        say_table([names, *rows])


def remove(given: StaffRemoveOptions) -> None:
    """End somebody's role."""
    services = services_of(given)
    removed = services.database.write_now(
        partial(staff.remove, staff_id=given.number, now=services.clock(), actor=OPERATOR)
    )
    if not removed:
        raise CommandProblem(f"There is nobody with number {given.number}; see: povezujejo staff list.")
    say(f"Number {given.number} is no longer staff.")


def _library(services: Services, role: Role, wanted: str | None) -> str | None:
    """The code of the library; the national coordinator has none."""
    if role is Role.NATIONAL:
        if wanted is not None:
            raise CommandProblem("The national coordinator belongs to no library: leave --library out.")
        return None
    return library_of(services, wanted)
