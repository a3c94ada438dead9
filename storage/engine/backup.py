"""A copy of the database as of one moment while the bot works, and back: of either kind, encrypted or not."""

from __future__ import annotations

import shutil
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import URL

from storage.engine import encryption, postgresql_copies, sqlite_copies
from storage.engine.counting import Counts, rows
from storage.engine.engines import is_sqlite, read_url, require_database, sqlite_path
from storage.engine.errors import RequestRefused
from storage.engine.new_files import abandoned, new_file, told

_PLACE = "povezujejo-copying-"
_SQLITE = b"SQLite format 3\0"


@dataclass(frozen=True, slots=True)
class Copy:
    """A copy that is whole: it was opened, and held as many rows as the database."""

    size: int  # bytes of the file
    counted: int  # rows of all tables


def backup(url: str, target: Path, *, recipients: Sequence[str] = (), programs: Path | None = None) -> Copy:
    """Copy the database into the new file `target`, as of one moment, readable by its owner alone.

    The copy is opened and its rows are counted before it gets its name, and before it is encrypted, where there are
    `recipients` (`storage.engine.encryption`). `programs`: the folder of PostgreSQL's tools, where they are not on the
    PATH. Raises StorageError if `target` exists or cannot be written.
    """
    address = read_url(url)
    require_database(address)
    with new_file(target) as unfinished:
        if recipients:
            with place_for(address) as folder:
                plain = folder / "copy"
                plain.touch(0o600)
                counted = _copied(address, plain, programs)
                encryption.encrypt(plain, unfinished, recipients)
        else:
            counted = _copied(address, unfinished, programs)
    return Copy(target.stat().st_size, rows(counted))


def restore(
    url: str, source: Path, *, force: bool = False, identity: Path | None = None, programs: Path | None = None
) -> None:
    """Put the backup `source` in the place of the database.

    `identity` opens what was encrypted. Raises StorageError if `source` is no sound database of this or an older
    version, if somebody works on the database, or if it holds anything and `force` is not given.
    """
    address = read_url(url)
    with opened(address, source, identity) as plain:
        if is_sqlite(address):
            sqlite_copies.put_back(plain, sqlite_path(address), force=force)
        else:
            postgresql_copies.put_back(plain, address, force=force, programs=programs)


@contextmanager
def opened(address: URL, source: Path, identity: Path | None) -> Iterator[Path]:
    """The backup in the clear, of the kind of this database; what was decrypted is gone afterwards."""
    if not source.is_file():
        raise RequestRefused(f"There is no backup at {source}.")
    if _begins(source, encryption.MAGIC):
        with place_for(address) as folder:
            plain = folder / source.name.removesuffix(".age")
            plain.touch(0o600)
            encryption.decrypt(source, plain, identity)
            _require_kind(address, plain, source)
            yield plain
    else:
        _require_kind(address, source, source)
        yield source


def _copied(address: URL, target: Path, programs: Path | None) -> Counts:
    if is_sqlite(address):
        return sqlite_copies.copy(sqlite_path(address), target)
    return postgresql_copies.dump(address, target, programs)


@contextmanager
def place_for(address: URL) -> Iterator[Path]:
    """A folder for what nobody else may read, gone afterwards: beside the file of SQLite, whose disk has the room."""
    beside = sqlite_path(address).parent if is_sqlite(address) else None
    where = beside if beside is not None and beside.is_dir() else None
    folder = where or Path(tempfile.gettempdir())
    with told(folder):
        for left in abandoned(folder, f"{_PLACE}*", time.time()):
            shutil.rmtree(left, ignore_errors=True)
        made = tempfile.TemporaryDirectory(prefix=_PLACE, dir=folder)
    with made as place:
        yield Path(place)


def _begins(source: Path, magic: bytes) -> bool:
    with source.open("rb") as file:
        return file.read(len(magic)) == magic


def _require_kind(address: URL, plain: Path, source: Path) -> None:
    """Raise StorageError for a copy of the other kind of database, which has another way in."""
    dumped = _begins(plain, postgresql_copies.MAGIC)
    if is_sqlite(address) and dumped:
        raise RequestRefused(
            f"{source} is a copy of PostgreSQL, and the database is a SQLite file. Restore it into PostgreSQL,"
            " then move it with: povezujejo db move"
        )
    if not is_sqlite(address) and not dumped:
        if _begins(plain, _SQLITE):
            raise RequestRefused(
                f"{source} is a copy of a SQLite file, and the database is PostgreSQL. Restore it into a file,"
                " then move it with: povezujejo db move"
            )
        raise RequestRefused(f"{source} is damaged, or no backup at all.")
