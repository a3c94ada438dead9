"""Where a result goes: to a file for its owner alone, or to the standard output."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from bot.cli.problem import Problem


def write_out(file: Path | None, content: bytes) -> None:
    """Write the content to the file (None: the standard output); what stood in the file is replaced."""
    if file is None:
        sys.stdout.flush()
        sys.stdout.buffer.write(content)
        sys.stdout.buffer.flush()
        return
    beside = file.with_name(f"{file.name}.unfinished")
    try:
        with open(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as target:  # noqa: PTH123
            target.write(content)
        beside.replace(file)
    except OSError as problem:
        raise Problem(f"{file} cannot be written: {problem.strerror}.") from None
