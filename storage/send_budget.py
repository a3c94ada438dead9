"""How fast all processes of one bot together may send, as one row of PostgreSQL (docs/decisions/shared-rate.md).

Knows no messages and no rate, only seconds: who sends takes so many of the bot's time, and learns when they end.
What a process has taken and not used passes with the clock, so that one which dies leaves nothing behind.
"""

from __future__ import annotations

from sqlalchemy import Connection, Float, bindparam, cast, extract, func
from sqlalchemy.dialects.postgresql import insert

from storage.schema import send_budget

LONGEST = 60.0  # seconds: a clock that was set back holds nobody up for longer

_NOW = cast(extract("epoch", func.clock_timestamp()), Float)
_SECONDS = bindparam("seconds", type_=Float)
_NEW = insert(send_budget).values(id=1, free_at=_NOW + _SECONDS)
_ASKED_AT = _NEW.excluded.free_at - _SECONDS
_FREE = func.greatest(func.least(send_budget.c.free_at, _ASKED_AT + LONGEST), _ASKED_AT)
_TAKE = _NEW.on_conflict_do_update(
    index_elements=[send_budget.c.id], set_={send_budget.c.free_at: _FREE + _SECONDS}
).returning(send_budget.c.free_at - _NOW)
_REST = _NEW.on_conflict_do_update(
    index_elements=[send_budget.c.id],
    set_={send_budget.c.free_at: func.greatest(send_budget.c.free_at, _NEW.excluded.free_at)},
)


def take(connection: Connection, seconds: float) -> float:
    """Take so many seconds after all that are taken; in how many seconds from now they end."""
    return float(connection.execute(_TAKE, {"seconds": seconds}).scalar_one())


def rest(connection: Connection, seconds: float) -> None:
    """Telegram asks the bot to rest: nobody takes anything before so many seconds have passed, at most `LONGEST`."""
    connection.execute(_REST, {"seconds": seconds})
