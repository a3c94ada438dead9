"""The one exception of the command line."""

from __future__ import annotations


class CommandProblem(Exception):  # noqa: N818 - a problem is said, not caught
    """What keeps a command from being done, as a sentence for whoever typed it. Ends with status 1."""
