"""What a log may say about an exception: its kind and its place, never its words, which may name people."""

from __future__ import annotations

import traceback
from pathlib import Path

_PLACES = 3


def described(error: BaseException) -> str:
    """`ValueError at edge.py:31 < app.py:17`: the innermost places first."""
    frames = traceback.extract_tb(error.__traceback__)[-_PLACES:]
    places = " < ".join(f"{Path(frame.filename).name}:{frame.lineno}" for frame in reversed(frames))
    return f"{type(error).__name__} at {places}" if places else type(error).__name__
