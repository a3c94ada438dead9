"""What tells one database from another: the version of its tables, and what its keys have sealed to be known by."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection, select
from sqlalchemy.exc import DBAPIError

from storage.engine.troubles import trouble_of
from storage.engine.version import number
from storage.schema import keyring

_SEALS = select(keyring.c.check_sealed)  # each is another one, even of the same key


@dataclass(frozen=True, slots=True)
class Identity:
    """Of one database at one moment."""

    version: str | None
    seals: frozenset[bytes]

    def follows(self, before: Identity) -> bool:
        """Whether it can be the same database later; a new key is added before an old one is taken away."""
        return self.version == before.version and (not before.seals or bool(self.seals & before.seals))


def look(connection: Connection) -> Identity:
    """The identity of this database; one without our tables has none."""
    try:
        seals = frozenset(connection.execute(_SEALS).scalars())
    except DBAPIError as problem:
        if trouble_of(problem) is not None:
            raise
        return Identity(None, frozenset())
    return Identity(number(connection), seals)
