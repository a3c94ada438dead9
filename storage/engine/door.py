"""The door of a database: who begins to work on it passes one at a time, so that its keys change for nobody inside.

What is asked of PostgreSQL alone; on SQLite one bot works, and each unit holds the file.
"""

from __future__ import annotations

import time

from sqlalchemy import Connection, text

_AT_THE_DOOR = "povezujejo at the door"
_NUMBER = 7_653_958  # of the advisory lock
_IS_NAMED = text("SELECT set_config('application_name', :name, true)")  # until the end of the transaction
_PASSES = text("SELECT pg_advisory_xact_lock(:number)")
_INSIDE = text(
    "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
    " AND backend_type = 'client backend' AND application_name <> :name"
)
_LOOK_ANEW = text("SELECT pg_stat_clear_snapshot()")
_LEAVING = (0.05, 0.1, 0.2, *[0.5] * 16)  # seconds: a bot that was told to end, or to begin anew, takes five at most


def pass_by(connection: Connection) -> None:
    """Be the one at the door until the end of this transaction; from then on what the one before left is read."""
    if connection.dialect.name == "postgresql":
        connection.execute(_IS_NAMED, {"name": _AT_THE_DOOR})
        connection.execute(_PASSES, {"number": _NUMBER})


def nobody_inside(connection: Connection) -> bool:
    """Whether nobody works on it, once who was leaving has left. Who waits at the door has read nothing yet."""
    if connection.dialect.name != "postgresql":
        return True
    for pause in _LEAVING:
        if not connection.scalar(_INSIDE, {"name": _AT_THE_DOOR}):
            return True
        time.sleep(pause)
        connection.execute(_LOOK_ANEW)
    return False
