"""Sealing everything anew under the newest key, after `storage.secrets.keys.add_key`.

Knows the sealed columns by their names alone, as storage/schema promises: `chat`, and those that end in `_sealed`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator

from sqlalchemy import Column, Connection, LargeBinary, bindparam, delete, select, update

from storage.schema import keyring, metadata
from storage.secrets.keys import Keys, check_keys, require_fitting

_NUMBERS = select(keyring.c.key_id)
_FORGET_OTHERS = delete(keyring).where(keyring.c.key_id != bindparam("newest"))


def sealed_columns() -> Iterator[Column[bytes]]:
    """The columns that hold what was sealed for a person."""
    for table in metadata.sorted_tables:
        for column in table.columns:
            sealed = column.name == "chat" or column.name.endswith("_sealed")
            if sealed and isinstance(column.type, LargeBinary) and table is not keyring:
                yield column


def is_due(connection: Connection, keys: Keys) -> bool:
    """Whether something is sealed with another key than the newest."""
    return bool(require_fitting(connection, keys) - {keys.numbers[0]})


def sealed_by(connection: Connection) -> Counter[int]:
    """How many values each key has sealed, by its number."""
    found: Counter[int] = Counter()
    for column in sealed_columns():
        found.update(sealed[0] for sealed in connection.scalars(select(column).where(column.is_not(None))))
    return found


def rotate(connection: Connection, keys: Keys, told: Callable[[str], None] = lambda _: None) -> int:
    """Seal anew what an older key sealed, and give how many values that were. After it, older keys may go.

    It is one transaction: cut off, nothing has changed. Nobody else may work on the database with the older keys alone.
    Costs one small query when there is nothing to do. Raises StorageError if a key is wrong or missing. `told` hears of
    each column.
    """
    check_keys(connection, keys)
    newest = keys.numbers[0]
    if set(connection.execute(_NUMBERS).scalars()) == {newest}:
        return 0
    connection.execute(_FORGET_OTHERS, {"newest": newest})
    number = 0
    for column in sealed_columns():
        number += _seal_anew(connection, keys, column)
        told(f"{column.table.name}.{column.name}: {number} values so far")
    return number


def _seal_anew(connection: Connection, keys: Keys, column: Column[bytes]) -> int:
    key = [column.table.c[primary.name] for primary in column.table.primary_key]
    old = [
        row
        for row in connection.execute(select(column, *key).where(column.is_not(None)))
        if row[0][0] != keys.numbers[0]
    ]
    if old:
        change = update(column.table).where(*(part == bindparam(f"key_{place}") for place, part in enumerate(key)))
        connection.execute(
            change.values({column: bindparam("sealed")}),
            [
                {"sealed": _anew(keys, column, row[0])} | {f"key_{place}": part for place, part in enumerate(row[1:])}
                for row in old
            ],
        )
    return len(old)


def _anew(keys: Keys, column: Column[bytes], sealed: bytes) -> bytes:
    return keys.seal_address(keys.open_address(sealed)) if column.name == "chat" else keys.seal_anew(sealed)
