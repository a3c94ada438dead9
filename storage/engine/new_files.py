"""Files that are there whole or not at all, for their owner alone: written under another name until they are whole."""

from __future__ import annotations

import errno
import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from storage.engine.errors import RequestRefused, StorageError, Trouble
from storage.engine.troubles import unavailable

UNFINISHED = ".unfinished"
_ROOM = " Make room there, then try again."
_ABANDONED = 2 * 60 * 60.0  # seconds: what was not finished for so long never will be


@contextmanager
def new_file(target: Path) -> Iterator[Path]:
    """A path to write to, empty and of mode 0600, which gets the name `target` at the end.

    Where anything is raised inside, nothing stays. Raises StorageError if `target` is there already, or if the system
    refuses to write.
    """
    if target.exists():
        raise RequestRefused(f"There is a file at {target} already; it is never overwritten.")
    unfinished = target.with_name(target.name + UNFINISHED)
    with told(target), gone_afterwards(unfinished):
        create(unfinished)
        yield unfinished
        _on_the_disk(unfinished)
        unfinished.replace(target)
        _name_on_the_disk(target.parent)


@contextmanager
def gone_afterwards(path: Path) -> Iterator[None]:
    """Whatever happens, the file is not there at the end, nor what a process that died has left of it before."""
    path.unlink(missing_ok=True)
    try:
        yield
    finally:
        with suppress(OSError):  # what is raised inside says more
            path.unlink(missing_ok=True)


def abandoned(folder: Path, pattern: str, now: float) -> list[Path]:
    """What a process that was killed has left behind. `now`: seconds since 1970."""
    return [path for path in folder.glob(pattern) if now - path.stat().st_mtime > _ABANDONED]


def create(path: Path) -> None:
    """An empty file that its owner alone can read; an OSError if there is one."""
    os.close(os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600))


@contextmanager
def told(path: Path) -> Iterator[None]:
    """Say in one sentence what the system refused."""
    try:
        yield
    except OSError as problem:
        room = _ROOM if problem.errno in {errno.ENOSPC, errno.EDQUOT} else ""
        raise StorageError(f"{path} cannot be written: {problem.strerror or 'no reason is given'}.{room}") from None
    except sqlite3.Error as problem:
        known = unavailable(problem, str(path))
        if known is not None and known.trouble is Trouble.NO_DATABASE:
            raise known from None
        room = _ROOM if known is not None and known.trouble is Trouble.FULL else ""
        raise StorageError(f"{path} cannot be written: {problem}.{room}") from None


def _on_the_disk(path: Path) -> None:
    """What was written outlives a power failure."""
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def _name_on_the_disk(folder: Path) -> None:
    """So does a new name, where the system and the kind of disk can promise it."""
    with suppress(OSError):
        opened = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(opened)
        finally:
            os.close(opened)
