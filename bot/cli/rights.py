"""`participant withdraw`, `participant erase`: what a person asked the operator for, in every group of theirs."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from functools import partial

from sqlalchemy import Connection

from bot.cli.cohort import NOT_YET
from bot.cli.opening import OPERATOR, say, services_of, settings_of
from bot.cli.options import ParticipantEraseOptions, ParticipantWithdrawOptions
from bot.cli.problem import CommandProblem
from bot.librarian import erasure
from bot.runtime.services import Services, open_services
from storage import codes, participants, staff_actions
from storage.participants import Enrolment
from storage.schema import EnrolmentState


def withdraw(given: ParticipantWithdrawOptions) -> None:
    """Withdraw the consent of a person; the answers stay. Without --yes only say where."""
    services = services_of(given)
    if given.yes:
        held = services.database.write_now(partial(_withdraw, code=given.code, services=services))
    else:
        held = services.database.read_now(partial(_held, code=given.code))
    say(f"Consent {'is' if given.yes else 'would be'} withdrawn in: {_named(held)}. The answers stay.")
    if not given.yes:
        say(NOT_YET)


def erase(given: ParticipantEraseOptions) -> None:
    """Erase everything of a person; nothing of it stays in the database's files. Without --yes only say where."""
    if given.yes:
        asyncio.run(_erase(given))
        say("Erased. Backups hold it until they are rotated.")
        return
    enrolments = services_of(given).database.read_now(partial(_enrolments, typed=given.code))
    say(f"Everything would be erased, for good, in: {_named(enrolments)}.")
    say(NOT_YET)


async def _erase(given: ParticipantEraseOptions) -> None:
    services = await open_services(settings_of(given))
    try:
        await services.database.write(partial(_erase_all, code=given.code, services=services))
        await services.database.scrub()
    finally:
        await services.database.close()


def _erase_all(connection: Connection, code: str, services: Services) -> None:
    erasure.erase(connection, _enrolments(connection, code), services.clock(), OPERATOR)


def _withdraw(connection: Connection, code: str, services: Services) -> list[Enrolment]:
    """Where a consent was withdrawn."""
    held = _held(connection, code)
    for enrolment in held:
        staff_actions.leave(connection, enrolment, services.clock(), OPERATOR)
    return held


def _held(connection: Connection, code: str) -> list[Enrolment]:
    """Where a consent of the person holds; raises Problem where it does nowhere."""
    held = [one for one in _enrolments(connection, code) if one.state is EnrolmentState.ACTIVE]
    if not held:
        raise CommandProblem(f"{code} takes part in no cohort.")
    return held


def _enrolments(connection: Connection, typed: str) -> Sequence[Enrolment]:
    code = codes.read_code(typed)
    if code is None:
        raise CommandProblem(f"{typed} is not a code: each has three letters of the library and five characters more.")
    found = participants.of_code(connection, code)
    if not found:
        raise CommandProblem(f"There is nobody with code {code}.")
    return found


def _named(enrolments: Sequence[Enrolment]) -> str:
    return ", ".join(f"{one.cohort} (»{one.cohort_name}«)" for one in enrolments)
