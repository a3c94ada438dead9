"""Guesses at what opens something, counted in the audit, hence over restarts: when the next one may be made.

Knows not what was tried, and nothing keeps it (docs/decisions/attempts.md).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import Connection, bindparam, select

from storage import audit
from storage.schema import audit as audit_table


class Guess(StrEnum):
    """What was tried and is not so, as the audit calls it."""

    KIOSK_CODE = "kiosk.wrong_code"  # a well-formed code of nobody here
    KIOSK_NUMBER = "kiosk.wrong_number"  # that ends the kiosk
    LINK = "link.unknown"
    CARD_NUMBER = "card_number.unknown"  # well-formed, and on no card


@dataclass(frozen=True, slots=True)
class FreeGuesses:
    """So many guesses `within` a time are free; after that each waits for a `pause`."""

    free: int
    within: timedelta
    pause: timedelta


STEPS: dict[Guess, tuple[FreeGuesses, ...]] = {
    Guess.KIOSK_CODE: (
        FreeGuesses(5, timedelta(hours=1), timedelta(minutes=1)),
        FreeGuesses(20, timedelta(days=1), timedelta(minutes=10)),
    ),
    Guess.KIOSK_NUMBER: (
        FreeGuesses(3, timedelta(days=1), timedelta(minutes=5)),
        FreeGuesses(10, timedelta(days=1), timedelta(minutes=30)),
    ),
    Guess.CARD_NUMBER: (FreeGuesses(100, timedelta(hours=1), timedelta(seconds=30)),),
}

_LONGEST = max(step.within for steps in STEPS.values() for step in steps)
_MOST = max(step.free for steps in STEPS.values() for step in steps)
_LAST = (
    select(audit_table.c.at)
    .where(
        audit_table.c.subject == bindparam("of"),
        audit_table.c.action == bindparam("guess"),
        audit_table.c.at > bindparam("since", type_=audit_table.c.at.type),
    )
    .order_by(audit_table.c.at.desc())
    .limit(_MOST)
)


def note(connection: Connection, guess: Guess, subject: str, now: datetime, actor: str) -> None:
    """Something wrong was tried at `subject` (``staff:3``, whose device it is; ``web``, by whomever)."""
    audit.record(connection, actor, guess.value, subject, now)


def paused_until(connection: Connection, guess: Guess, subject: str, now: datetime) -> datetime | None:
    """When the next one may be tried there; None: now."""
    bound = {"of": subject, "guess": guess.value, "since": now - _LONGEST}
    until = pause_ends(connection.execute(_LAST, bound).scalars().all(), STEPS[guess], now)
    return until if until > now else None


def pause_ends(tried: Sequence[datetime], steps: Sequence[FreeGuesses], now: datetime) -> datetime:
    """When these guesses, the newest first, let another one through; now or earlier: at once."""
    ends = [tried[0] + one.pause for one in steps if sum(moment > now - one.within for moment in tried) >= one.free]
    return max(ends, default=now)
