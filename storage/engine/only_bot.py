"""One bot works on a SQLite file: a lock beside it, which the system takes back with the process, however that ends."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from storage.engine.engines import is_sqlite, read_url, sqlite_path
from storage.engine.errors import StorageError
from storage.engine.new_files import told

_ENDS_WITHIN = 6.0  # seconds: so long another bot may take that was just told to end
_PAUSE = 0.2


class FileTaken(StorageError):  # noqa: N818 - says what is so
    """Another bot works on the same file."""


@contextmanager
def only_bot(url: str) -> Iterator[None]:
    """Be the one bot on this SQLite file; raises FileTaken where another one is. PostgreSQL is made for several.

    Where there is no file, nothing is made: whoever opens it says so. The lock is on a file of its own: whoever closed
    the database a second time would let go of SQLite's own locks.
    """
    address = read_url(url)
    if not is_sqlite(address) or os.name != "posix" or not sqlite_path(address).exists():
        yield
        return
    path = sqlite_path(address)
    beside = path.with_name(f"{path.name}-running")
    with told(beside):
        file = open(os.open(beside, os.O_RDWR | os.O_CREAT, 0o600), "rb")  # noqa: PTH123, SIM115 - of a mode; below
    with file:
        _lock(file, path)
        yield


def _lock(file: IO[bytes], path: Path) -> None:
    """Take the lock, once another bot that is ending has let go of it."""
    import fcntl  # noqa: PLC0415 - which only POSIX has

    until = time.monotonic() + _ENDS_WITHIN
    while True:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() > until:
                raise FileTaken(
                    f"Another bot already works on the database {path}. Stop it, or give this one a database of its"
                    " own; several bots can share one of PostgreSQL."
                ) from None
            time.sleep(_PAUSE)
        else:
            return
