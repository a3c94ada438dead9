"""`operator invite`, `operator list`, `operator remove`."""

from __future__ import annotations

from functools import partial

from bot.cli.opening import OPERATOR, say, say_json, say_table, services_of, with_links
from bot.cli.options import OperatorInviteOptions, OperatorListOptions, OperatorRemoveOptions
from bot.cli.problem import CommandProblem
from storage import operators
from storage.types import LARGEST


def invite(given: OperatorInviteOptions) -> None:
    """Make a link for one operator."""
    services = with_links(services_of(given))
    token = services.database.write_now(partial(operators.invite, now=services.clock(), actor=OPERATOR))
    address = services.link(token)
    if given.json:
        say_json({"link": address})
    else:
        say(f"{address}\nGood for {operators.LINK_LIFE.days} days and one person: open it where you want to be told.")


def listing(given: OperatorListOptions) -> None:
    """List who is told, and the links that hold."""
    services = services_of(given)
    zone = services.policy.zone
    rows = [
        (one.id, "joined", f"{one.joined_at.astimezone(zone):%Y-%m-%d}")
        if one.joined_at is not None
        else (one.id, "link until", "" if one.expires_at is None else f"{one.expires_at.astimezone(zone):%Y-%m-%d}")
        for one in services.database.read_now(operators.listing)
    ]
    names = ("number", "state", "day")
    if given.json:
        say_json([dict(zip(names, row, strict=True)) for row in rows])
    else:
        say_table([names, *((str(number), state, day) for number, state, day in rows)])


def remove(given: OperatorRemoveOptions) -> None:
    """Tell somebody no more, or take a link back."""
    services = services_of(given)
    gone = partial(operators.remove, number=given.number, now=services.clock(), actor=OPERATOR)
    if abs(given.number) > LARGEST or not services.database.write_now(gone):
        raise CommandProblem(f"There is nobody with number {given.number}; see: povezujejo operator list.")
    say(f"Number {given.number} is told no more.")
