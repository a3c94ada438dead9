"""The one exception of the command line."""

from __future__ import annotations

from bot.runtime.exit_codes import ExitCode


class CommandProblem(Exception):  # noqa: N818 - a problem is said, not caught
    """What keeps a command from being done, as a sentence for whoever typed it."""

    def __init__(self, sentence: str, exit_code: ExitCode = ExitCode.PROBLEM) -> None:
        super().__init__(sentence)
        self.exit_code = exit_code
