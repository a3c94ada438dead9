"""What the commands of the command line are put together from. Loads nothing that takes time."""

from __future__ import annotations

from argparse import ArgumentParser, RawDescriptionHelpFormatter
from typing import Any


def command(commands: Any, name: str, text: str, work: str, example: str, *, config: bool = True) -> ArgumentParser:
    """A command with its help and an example; `work` names the module and function that do it."""
    parser: ArgumentParser = commands.add_parser(
        name,
        help=text,
        description=f"{text[0].upper()}{text[1:]}.",
        epilog=f"example:\n  povezujejo {example}",
        formatter_class=RawDescriptionHelpFormatter,
    )
    parser.set_defaults(work=work)
    if config:
        parser.add_argument("--config", metavar="F", help="the configuration (default: config.toml in this folder)")
    return parser


def group(commands: Any, name: str, text: str) -> Any:
    """Commands of commands: `cohort add`."""
    parser = commands.add_parser(name, help=text, description=f"{text[0].upper()}{text[1:]}.")
    return parser.add_subparsers(required=True, metavar="COMMAND")


def as_json(parser: ArgumentParser) -> None:
    """The option for programs that want the answer."""
    parser.add_argument("--json", action="store_true", help="answer as JSON")
