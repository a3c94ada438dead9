"""Whether a SQLite file is still the one that was opened: one that was deleted takes commits that nobody sees again."""

from __future__ import annotations

from pathlib import Path

from storage.engine.errors import Trouble, Unavailable


class SameFile:
    """Remembers a file, and its log while both are held open: before that, another process may take the log away."""

    def __init__(self, path: Path) -> None:
        self._path = path.absolute()
        self._log = self._path.with_name(self._path.name + "-wal")
        self._number = _number(self._path)
        self._log_number: tuple[int, int] | None = None

    def require(self) -> None:
        """Raise Unavailable where the file or its log is gone, or another one stands in its place."""
        found = _number(self._path)
        if found is None:
            raise Unavailable(
                Trouble.GONE,
                f"The database {self._path} is gone. Bring the file back (mount its disk), or put a backup in its"
                " place: povezujejo restore",
            )
        if found != self._number:
            raise Unavailable(
                Trouble.OTHER,
                f"Another file than the bot began with stands at {self._path}. Start the bot anew, so that it looks at"
                " what is there.",
            )

    def require_log(self) -> None:
        """The same for the log, where there was one."""
        if self._log_number is not None and _number(self._log) != self._log_number:
            raise Unavailable(
                Trouble.OTHER,
                f"The file {self._log} was taken away under the bot. End the bot, so that it brings into the database"
                " what stood there, and start it anew.",
            )

    def hold_log(self, *, held: bool) -> None:
        """From here on the log keeps its place; or no longer, since nobody here has it open."""
        self._log_number = _number(self._log) if held else None


def _number(path: Path) -> tuple[int, int] | None:
    """What names a file whatever it is called; None where it cannot be seen."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino
