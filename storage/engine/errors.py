"""The errors of storage that are meant to be read by an operator."""

from __future__ import annotations

from enum import StrEnum


class StorageError(Exception):
    """The database or the keys cannot be used. Its text is a whole sentence that says what to do."""


class RequestRefused(StorageError):  # noqa: N818 - says what is so
    """What was asked cannot be done as it was asked; with the database and the keys all is well."""


class Trouble(StrEnum):
    """Why a database cannot be used now, whoever asks for whatever."""

    FULL = "full"
    LOCKED = "locked"
    READ_ONLY = "read_only"
    DISK = "disk"  # it fails to read or write
    DAMAGED = "damaged"
    NO_DATABASE = "no_database"  # a file of another kind
    SHUT = "shut"  # it cannot be opened
    LOST = "lost"  # no line to its server
    CROWDED = "crowded"  # no connection or memory left
    CONFLICT = "conflict"  # other transactions got in the way, again and again
    GONE = "gone"
    OTHER = "other"  # another database stands where this one was
    CLOSED = "closed"  # by us


class Unavailable(StorageError):  # noqa: N818 - says what is so
    """The database cannot be used now: no fault of what was asked of it, which may be asked again later."""

    def __init__(self, trouble: Trouble, text: str) -> None:
        super().__init__(text)
        self.trouble = trouble

    def __reduce__(self) -> tuple[type[Unavailable], tuple[Trouble, str], dict[str, object]]:
        """As it travels from the process that makes reports."""
        return Unavailable, (self.trouble, str(self)), self.__dict__
