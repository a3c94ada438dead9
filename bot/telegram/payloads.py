"""JSON from outside: what cannot be read is a ValueError, whatever is wrong with it."""

from __future__ import annotations

import json
from typing import Any


def read(payload: bytes) -> Any:
    """The value. Raises ValueError where it is no JSON, or nested so deeply that Python gives up."""
    try:
        return json.loads(payload)
    except RecursionError:
        raise ValueError("nested too deeply") from None
