"""What commands are given: each option of the command line has its field, of the type that it is read as."""

import argparse
from dataclasses import fields
from typing import Literal, get_type_hints

import pytest

from bot.cli import given_to, work_of
from bot.cli.parser import build_parser


def commands(parser, path=()):
    """Every command with its words."""
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            for name, below in action.choices.items():
                yield from commands(below, (*path, name))
            return
    yield " ".join(path), parser


COMMANDS = dict(commands(build_parser()))


def fits(action):
    """The types that an option may have: what its converter gives, with None at least where it may be left out."""
    if isinstance(action, argparse._StoreTrueAction):
        return {bool}
    if action.choices and action.required:
        return {str, Literal[*action.choices]}
    kind = action.type or str
    value = kind if isinstance(kind, type) else get_type_hints(kind)["return"]
    if action.nargs == "+":
        return {list[value]}
    return {value | None} | ({value} if action.required or action.default is not None else set())


@pytest.mark.parametrize("name", COMMANDS)
def test_every_option_has_its_field(name):
    parser = COMMANDS[name]
    kind = given_to(work_of(parser.get_default("work")))
    read = {one.dest: fits(one) for one in parser._actions if one.dest != "help"}
    by_the_kind = {one: default for one, default in parser._defaults.items() if one != "work" and one not in read}
    hints = get_type_hints(kind)

    assert {one.name for one in fields(kind)} == read.keys() | by_the_kind.keys()
    assert {one: hints[one] for one in read if hints[one] not in read[one]} == {}
    assert all(isinstance(default, str | None) for default in by_the_kind.values())  # report fixes its kind
