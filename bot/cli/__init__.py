"""The command line, `povezujejo`: it understands what is asked, has it done, and says problems in sentences."""

from __future__ import annotations

import os
import sys
from argparse import Namespace
from collections.abc import Sequence
from importlib import import_module

from bot.cli.parser import build_parser
from bot.cli.problem import Problem

DONE, PROBLEM = 0, 1  # 2, wrong usage, is argparse's


def main(arguments: Sequence[str] | None = None) -> int:
    """Do what the arguments (default: those of the process) say; gives the exit status."""
    given = build_parser().parse_args(arguments)
    try:
        return _work(given)
    except KeyboardInterrupt:
        sys.stderr.write("\n")
    except BrokenPipeError:  # whoever reads has enough: `povezujejo timeline … | head`
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return PROBLEM


def _work(given: Namespace) -> int:
    """Each command names a function that takes the arguments and gives a status or None; loaded when needed."""
    from bot.config import ConfigurationError  # noqa: PLC0415 - `--help` answers without loading anything
    from storage.errors import StorageError  # noqa: PLC0415

    module, _, function = given.work.partition(":")
    try:
        status = getattr(import_module(f"bot.cli.{module}"), function)(given)
        sys.stdout.flush()
    except (Problem, ConfigurationError, StorageError) as problem:
        sys.stderr.write(f"{problem}\n")
        return PROBLEM
    return DONE if status is None else int(status)
