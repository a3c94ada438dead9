"""What a log may say about an exception: its kind and its places, never its words, which may name people."""

from __future__ import annotations

import asyncio
import logging
import traceback
from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Any

log = logging.getLogger(__name__)

_ROOT = Path(__file__).resolve().parents[2]
_OURS = frozenset({"bot", "reports", "storage", "surveys"})
_SHOWN = 40  # so many frames are shown at most: an endless recursion has a thousand
_ELSEWHERE = "_happened_elsewhere"


class Formatter(logging.Formatter):
    """Writes an exception that comes with a message in one line, as `described` does, whoever logs it."""

    def formatException(self, ei: tuple[Any, ...]) -> str:  # noqa: N802 - the name is that of logging
        """The exception without its words, and without the lines of the source."""
        return described(ei[1])


def described(error: BaseException) -> str:
    """`ValueError at bot/app.py:17 < bot/cli/running.py:31`: each of our frames, the innermost first.

    Before them stands where a library was when it raised; after them, in the same way, what the error came of.
    """
    return " because of ".join(_one(cause) for cause in _causes(error))


def carry(error: BaseException) -> None:
    """Write the places into the error, so that they stay when it goes to another process."""
    with suppress(AttributeError, TypeError):  # some errors of libraries take nothing more
        setattr(error, _ELSEWHERE, described(error))


def unheard(loop: asyncio.AbstractEventLoop, context: Mapping[str, Any]) -> None:  # noqa: ARG001 - asyncio gives both
    """What an event loop does with an exception that nobody waits for; its own handler would log the words."""
    error = context.get("exception")
    log.error("nobody waited for what failed: %s", described(error) if error else "no exception")


def _causes(error: BaseException) -> Iterator[BaseException]:
    seen: set[int] = set()
    cause: BaseException | None = error
    while cause is not None and id(cause) not in seen:
        seen.add(id(cause))
        yield cause
        cause = cause.__cause__ or (None if cause.__suppress_context__ else cause.__context__)


def _one(error: BaseException) -> str:
    elsewhere = getattr(error, _ELSEWHERE, None)
    parts = [type(error).__name__, *_places(error.__traceback__)]
    if isinstance(error, BaseExceptionGroup):
        parts.append(f"of ({'; '.join(described(one) for one in error.exceptions)})")
    if elsewhere is not None:
        parts.append(f"in another process: {elsewhere}")
    return " ".join(parts)


def _places(trace: TracebackType | None) -> Iterator[str]:
    """`at` and the places, where there are some."""
    places = [(_known(Path(frame.f_code.co_filename)), line) for frame, line in traceback.walk_tb(trace)]
    if not places:
        return
    ours = [f"{path}:{line}" for path, line in reversed(places) if path.partition("/")[0] in _OURS]
    if len(ours) > _SHOWN:
        ours[_SHOWN // 2 : -_SHOWN // 2] = [f"{len(ours) - _SHOWN} more"]
    path, line = places[-1]
    raised = [] if path.partition("/")[0] in _OURS else [f"{path}:{line}"]
    yield f"at {' < '.join([*raised, *ours])}"


def _known(file: Path) -> str:
    """A file of ours from the root of the program; of a library the last two names, which are of code as well."""
    if file.is_relative_to(_ROOT) and file.relative_to(_ROOT).parts[0] in _OURS:
        return file.relative_to(_ROOT).as_posix()
    return "/".join(("…", *file.parts[-2:]))
