"""`staff invite`, `staff list`, `staff remove`."""

from __future__ import annotations

from argparse import Namespace
from functools import partial

from bot.cli.opening import OPERATOR, house_of, library_of, say, say_json, say_table, username_of
from bot.cli.problem import Problem
from bot.house import House
from bot.links import link
from storage import invites, staff
from storage.schema import Role


def invite(given: Namespace) -> None:
    """Make a link for one librarian, coordinator or the national coordinator."""
    house = house_of(given, new=True)
    role = Role(given.role)
    library = _library(house, role, given.library)
    username = username_of(house)
    token = house.database.write_now(
        partial(invites.create_staff, keys=house.keys, role=role, library=library, now=house.clock(), actor=OPERATOR)
    )
    address = link(username, token)
    if given.json:
        say_json({"link": address})
    else:
        say(f"{address}\nGood for {invites.STAFF_LIFE.days} days and one person: send it to nobody else.")


def listing(given: Namespace) -> None:
    """List the staff that is there."""
    house = house_of(given)
    present = [one for one in house.database.read_now(staff.listing) if one.removed_at is None]
    zone = house.rhythm.zone
    rows = [
        (str(one.id), one.role.value, one.library or "", f"{one.joined_at.astimezone(zone):%Y-%m-%d}")
        for one in present
    ]
    names = ("number", "role", "library", "joined")
    if given.json:
        say_json([dict(zip(names, (one.id, *row[1:]), strict=True)) for one, row in zip(present, rows, strict=True)])
    else:
        say_table([names, *rows])


def remove(given: Namespace) -> None:
    """End somebody's role."""
    house = house_of(given)
    removed = house.database.write_now(partial(staff.remove, staff_id=given.number, now=house.clock(), actor=OPERATOR))
    if not removed:
        raise Problem(f"There is nobody with number {given.number}; see: povezujejo staff list.")
    say(f"Number {given.number} is no longer staff.")


def _library(house: House, role: Role, wanted: str | None) -> str | None:
    """The code of the library; the national coordinator has none."""
    if role is Role.NATIONAL:
        if wanted is not None:
            raise Problem("The national coordinator belongs to no library: leave --library out.")
        return None
    return library_of(house, wanted)
