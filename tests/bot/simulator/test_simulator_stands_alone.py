"""The stand-in shares nothing with the bot, so that one checks the other."""

import ast
import sys
from pathlib import Path

import pytest

import bot.simulator

FOLDER = Path(bot.simulator.__file__).parent
MODULES = sorted(path.name for path in FOLDER.glob("*.py") if not path.name.startswith("phone"))


def imported(path):
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.module


@pytest.mark.parametrize("module", MODULES)
def test_a_module_imports_only_the_stand_in_itself_aiohttp_and_the_standard_library(module):
    foreign = [
        name
        for name in imported(FOLDER / module)
        if not name.startswith("bot.simulator") and name.partition(".")[0] not in {"aiohttp", *sys.stdlib_module_names}
    ]
    assert foreign == []
