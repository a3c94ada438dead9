"""The command line is for whoever may read the configuration and the key: nobody else changes or learns anything."""

import argparse
import re
import shlex

import pytest

from bot.cli import main
from bot.cli.parser import build_parser

NEED_NOTHING = {"demo", "init"}  # they make a folder of their own
TELL_OF_PROGRAMMES = {"check", "survey list", "survey preview", "timeline"}  # that are shipped: nothing of anybody


def leaves(parser, path=()):
    groups = [action for action in parser._actions if isinstance(action, argparse._SubParsersAction)]
    if not groups:
        yield " ".join(path), parser
    for group in groups:
        for name, below in group.choices.items():
            yield from leaves(below, (*path, name))


EXAMPLES = {
    name: re.sub(r" --config \S+", "", parser.epilog.partition("  povezujejo ")[2])
    for name, parser in leaves(build_parser())
}
ASKED = sorted(EXAMPLES.keys() - NEED_NOTHING)


def files(folder):
    return {path.name: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.mark.parametrize("name", ASKED)
def test_without_the_configuration_no_command_does_anything(name, tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("POVEZUJEJO_CONFIG", raising=False)
    status = main(shlex.split(EXAMPLES[name]))
    assert (status == 0) is (name in TELL_OF_PROGRAMMES)
    assert files(tmp_path) == {}


OPEN_NOTHING_SEALED = {*TELL_OF_PROGRAMMES, "backup", "backups", "restore", "status"}


@pytest.mark.parametrize("name", [name for name in ASKED if name.partition(" ")[0] not in {"db", "keys"}])
def test_without_the_key_no_command_changes_anything_in_the_database(name, prepared, operator):
    (operator.folder / "povezujejo.key").unlink()
    before = (operator.folder / "povezujejo.db").read_bytes()
    with pytest.MonkeyPatch.context() as without:
        without.setenv("POVEZUJEJO_HEALTH__ENABLED", "false")
        status = main(shlex.split(EXAMPLES[name]))
    assert status != 0 or name in OPEN_NOTHING_SEALED
    assert (operator.folder / "povezujejo.db").read_bytes() == before
