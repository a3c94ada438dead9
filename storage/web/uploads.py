"""Files that were sent in a browser: kept, sealed, until they are fetched like those of every channel."""

from __future__ import annotations

import secrets
from datetime import datetime

from sqlalchemy import Connection, bindparam, insert, select

from storage.schema import web_upload
from storage.secrets.keys import Keys

_ADD = insert(web_upload)
_FIND = select(web_upload.c.data_sealed).where(web_upload.c.key == bindparam("of_key"))


def keep(connection: Connection, keys: Keys, data: bytes, now: datetime) -> str:
    """Keep a file; the name by which it is fetched."""
    key = secrets.token_hex(16)
    connection.execute(_ADD, {"key": key, "data_sealed": keys.seal_bytes(data), "received_at": now})
    return key


def content(connection: Connection, keys: Keys, key: str) -> bytes | None:
    """The file with this name."""
    sealed: bytes | None = connection.execute(_FIND, {"of_key": key}).scalar()
    return None if sealed is None else keys.open_bytes(sealed)
