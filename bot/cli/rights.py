"""`participant withdraw`, `participant erase`: what a person asked the operator for, in every group of theirs."""

from __future__ import annotations

import asyncio
from argparse import Namespace
from collections.abc import Sequence
from functools import partial

from sqlalchemy import Connection

from bot.cli.cohort import NOT_YET
from bot.cli.opening import OPERATOR, house_of, say, settings_of
from bot.cli.problem import Problem
from bot.house import House, open_house
from bot.librarian import erasing
from storage import changes, codes, participants
from storage.participants import Place
from storage.schema import EnrolmentState


def withdraw(given: Namespace) -> None:
    """Withdraw the consent of a person; the answers stay. Without --yes only say where."""
    house = house_of(given)
    if given.yes:
        held = house.database.write_now(partial(_withdraw, code=given.code, house=house))
    else:
        held = house.database.read_now(partial(_held, code=given.code))
    say(f"Consent {'is' if given.yes else 'would be'} withdrawn in: {_named(held)}. The answers stay.")
    if not given.yes:
        say(NOT_YET)


def erase(given: Namespace) -> None:
    """Erase everything of a person; nothing of it stays in the database's files. Without --yes only say where."""
    if given.yes:
        asyncio.run(_erase(given))
        say("Erased. Backups hold it until they are rotated.")
        return
    places = house_of(given).database.read_now(partial(_places, typed=given.code))
    say(f"Everything would be erased, for good, in: {_named(places)}.")
    say(NOT_YET)


async def _erase(given: Namespace) -> None:
    house = await open_house(settings_of(given))
    try:
        await house.database.write(partial(_erase_all, code=given.code, house=house))
        await house.database.scrub()
    finally:
        await house.database.close()


def _erase_all(connection: Connection, code: str, house: House) -> None:
    erasing.erase(connection, _places(connection, code), house.clock(), OPERATOR)


def _withdraw(connection: Connection, code: str, house: House) -> list[Place]:
    """Where a consent was withdrawn."""
    held = _held(connection, code)
    for place in held:
        changes.leave(connection, place, house.clock(), OPERATOR)
    return held


def _held(connection: Connection, code: str) -> list[Place]:
    """Where a consent of the person holds; raises Problem where it does nowhere."""
    held = [one for one in _places(connection, code) if one.state is EnrolmentState.ACTIVE]
    if not held:
        raise Problem(f"{code} takes part in no cohort.")
    return held


def _places(connection: Connection, typed: str) -> Sequence[Place]:
    code = codes.read_code(typed)
    if code is None:
        raise Problem(f"{typed} is not a code: each has three letters of the library and five characters more.")
    found = participants.of_code(connection, code)
    if not found:
        raise Problem(f"There is nobody with code {code}.")
    return found


def _named(places: Sequence[Place]) -> str:
    return ", ".join(f"{one.cohort} (»{one.cohort_name}«)" for one in places)
