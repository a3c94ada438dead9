"""The one error of storage that is meant to be read by an operator."""

from __future__ import annotations


class StorageError(Exception):
    """The database or the keys cannot be used. Its text is a whole sentence that says what to do."""
