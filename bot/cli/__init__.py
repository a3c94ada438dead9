"""The command line, `povezujejo`: it understands what is asked, has it done, and says problems in sentences."""

from __future__ import annotations

import gc
import os
import sys
from argparse import Namespace
from collections.abc import Callable, Sequence
from importlib import import_module
from io import TextIOWrapper
from typing import get_type_hints

from bot.cli.parser import build_parser
from bot.cli.problem import CommandProblem
from bot.runtime.exit_codes import ExitCode


def main(arguments: Sequence[str] | None = None) -> int:
    """Do what the arguments (default: those of the process) say; gives the exit status."""
    if isinstance(sys.stdout, TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace")  # a terminal without »č« shows \u010d, as its errors do
    read = build_parser().parse_args(arguments)
    try:
        return _work(read)
    except KeyboardInterrupt:
        sys.stderr.write("\n")
    except BrokenPipeError:  # whoever reads has enough: `povezujejo timeline … | head`
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return ExitCode.PROBLEM


def _work(read: Namespace) -> int:
    """Each command names a function that takes what is given and gives a status or None; loaded when needed."""
    from bot.runtime.settings import ConfigurationError  # noqa: PLC0415 - `--help` answers without loading anything
    from storage.engine.errors import RequestRefused, StorageError  # noqa: PLC0415

    try:
        _check_text(read)
        work, given = _loaded(read)
        status = work(given)
        sys.stdout.flush()
    except (CommandProblem, ConfigurationError, StorageError) as problem:
        sys.stderr.write(f"{problem}\n")
        match problem:
            case CommandProblem():
                return problem.exit_code
            case ConfigurationError():
                return ExitCode.CONFIGURATION
            case RequestRefused():
                return ExitCode.PROBLEM
            case StorageError():
                return ExitCode.DATABASE
    return ExitCode.DONE if status is None else int(status)


def _loaded(read: Namespace) -> tuple[Callable[..., int | None], object]:
    """The function that does the work, and what it is given."""
    gc.disable()  # nothing of what is loaded is garbage, and looking for it took a fifth of the time
    try:
        work = work_of(read.work)
        return work, given_to(work)(**{name: value for name, value in vars(read).items() if name != "work"})
    finally:
        gc.enable()


def work_of(name: str) -> Callable[..., int | None]:
    """The function that does the work of a command: `cohort:add` is `add` in `bot.cli.cohort`."""
    module, _, function = name.partition(":")
    work: Callable[..., int | None] = getattr(import_module(f"bot.cli.{module}"), function)
    return work


def given_to(work: Callable[..., int | None]) -> type:
    """What such a function takes: a class of `bot.cli.options`."""
    kind: type = get_type_hints(work)["given"]
    return kind


def _check_text(given: Namespace) -> None:
    """Raise Problem for words that were typed in bytes which are no UTF-8; names of files may be of any bytes."""
    for name, value in vars(given).items():
        for words in value if isinstance(value, list) else (value,):
            if isinstance(words, str) and _is_undecoded(words):
                shown = words.encode(errors="backslashreplace").decode()
                raise CommandProblem(
                    f'{name} "{shown}" is not written in UTF-8; set the terminal to UTF-8 and type it again.'
                )


def _is_undecoded(words: str) -> bool:
    """Whether bytes stand in it that could not be read as UTF-8."""
    return any("\ud800" <= sign <= "\udfff" for sign in words)
