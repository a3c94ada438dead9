"""Where a result goes: to a file for its owner alone, or to the standard output."""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from pathlib import Path

from bot.cli.problem import CommandProblem


def write_out(file: Path | None, content: bytes) -> None:
    """Write the content to the file (None: the standard output); what stood in the file is replaced."""
    if file is None:
        sys.stdout.flush()
        sys.stdout.buffer.write(content)
        sys.stdout.buffer.flush()
        return
    beside = file.parent / f"{file.name}.unfinished"
    try:
        with open(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as target:  # noqa: PTH123
            target.write(content)
        beside.replace(file)
    except OSError as problem:
        raise CommandProblem(f"{file} cannot be written: {problem.strerror}.") from None
    finally:
        with suppress(OSError):  # where it has not got its name, nothing of what people said may stay
            beside.unlink(missing_ok=True)
