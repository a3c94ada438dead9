"""The version of the program, as `povezujejo --version` says it and a report of a fault names it."""

from __future__ import annotations

VERSION = "0.1.0"
