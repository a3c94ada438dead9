"""The mark of a database that moves to another place, or came from one: beside its version, where every start looks."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from enum import StrEnum

from sqlalchemy import Connection, text

from storage.engine.errors import StorageError
from storage.engine.fingerprint import version_row

_ADD_COLUMN = text("ALTER TABLE alembic_version ADD COLUMN moved VARCHAR(1000)")
_SET = text("UPDATE alembic_version SET moved = :moved")


class Stage(StrEnum):
    """How far a move has come, seen from one of the two databases."""

    LEAVING = "leaving"  # it is being copied elsewhere
    LEFT = "left"  # all of it is elsewhere
    ARRIVING = "arriving"  # it is being filled


_SENTENCES = {
    Stage.LEAVING: "The database {name} is being moved to {other}. Go on with »povezujejo db move --to … --yes«, or"
    " stay here with »povezujejo db move --cancel«.",
    Stage.LEFT: "The database {name} has moved to {other}. Write the address of that one as url under [database].",
    Stage.ARRIVING: "The database {name} is not whole yet: it is being moved here from {other}. Finish that with"
    " »povezujejo db move --to … --yes«, where the configuration names the one that it comes from.",
}


@dataclass(frozen=True, slots=True)
class Mark:
    """One move, by the number that both databases know it by; `other` is the other place, without user and password."""

    move: str
    stage: Stage
    other: str


def read(connection: Connection) -> Mark | None:
    """The mark of a database; None where it moves nowhere, or has no tables."""
    kept = version_row(connection).get("moved")
    if not kept:
        return None
    found = json.loads(kept)
    return Mark(found["move"], Stage(found["stage"]), found["other"])


def write(connection: Connection, mark: Mark | None) -> None:
    """Set the mark, or take it away."""
    if "moved" not in version_row(connection):
        connection.execute(_ADD_COLUMN)
    connection.execute(_SET, {"moved": None if mark is None else json.dumps(asdict(mark))})


def refuse(mark: Mark | None, name: str) -> None:
    """Raise StorageError if a database that an operator knows by this name must not be worked on."""
    if mark is not None:
        raise StorageError(_SENTENCES[mark.stage].format(name=name, other=mark.other))
