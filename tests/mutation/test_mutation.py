"""The command that tries mutants kills, lets live and tells as it should; its configuration fits what stands here."""

import importlib
import inspect
import os
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

pytest.importorskip("mutmut", reason="mutmut needs a system that forks", exc_type=ImportError)

from tests.mutation.__main__ import EXPLAINED, tell
from tests.mutation.mutants import Mutant, Verdict, explanations, judged

ROOT = Path(__file__).parents[2]
CONFIGURATION = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["mutmut"]
SMALL = {
    "pyproject.toml": '[tool.mutmut]\nsource_paths = ["apples.py"]\npytest_add_cli_args = ["-n0"]\n',
    "apples.py": "def each(apples, people):\n    return apples // people\n\n\n"
    "def larger(one, other):\n    return one if one > other else other\n",
    "tests/test_apples.py": "from apples import each, larger\n\n\n"
    "def test_nobody_gets_half_an_apple():\n    assert each(7, 2) == 3\n\n\n"
    "def test_the_larger_is_taken():\n    assert (larger(1, 2), larger(2, 1), larger(3, 3)) == (2, 2, 3)\n",
}
HARMLESS = """
[[equivalent]]
module = "apples"
function = "larger"
why = "Of two that are equal it does not matter which is taken."
changes = [["return one if one > other else other", "return one if one >= other else other"]]
"""
IN_VAIN = HARMLESS.replace("one > other", "one == other")


@pytest.fixture(scope="module")
def tried(tmp_path_factory):
    """A folder in which the command tried every mutant, what it told, and its exit status."""
    folder = tmp_path_factory.mktemp("mutated")
    for name, content in {**SMALL, str(EXPLAINED): HARMLESS}.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(content)
    command = [sys.executable, "-P", "-m", "tests.mutation", "apples", "--processes", "1"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)
    return folder, done.stdout, done.returncode


def table(told):
    """The figures of the only module, and what stands under the table: the first line of each paragraph."""
    figures, *others = told[told.rfind("\nmodule") :].strip().split("\n\n")
    return figures.split()[-4:], [one.splitlines()[0] for one in others]


def test_the_planted_mutants_are_killed_and_the_harmless_one_is_explained(tried):
    _, told, returned = tried
    assert (returned, table(told)) == (0, (["4", "3", "1", "0"], []))


@pytest.mark.parametrize(
    ("explained", "told"),
    [
        ("", ["apples.larger survives:"]),
        (IN_VAIN, ["apples.larger survives:", "apples.larger is explained, but does not survive:"]),
    ],
    ids=["without a reason", "with a reason for another"],
)
def test_who_survives_without_a_reason_is_told(tried, monkeypatch, capsys, explained, told):
    folder, _, _ = tried
    (folder / EXPLAINED).write_text(explained)
    monkeypatch.chdir(folder)
    assert tell("apples") == 1
    assert table(capsys.readouterr().out) == (["4", "3", "0", "1"], told)


def test_what_is_explained_counts_for_its_module_alone():
    left, harmless, gone = (Mutant("apples.larger", was, "return") for was in ("a", "b", "c"))
    assert judged("apples", 7, [left, harmless], {harmless, gone}) == Verdict("apples", 7, 5, 1, (left,), (gone,))


def test_every_module_and_test_of_the_configuration_stands_here():
    named = CONFIGURATION["only_mutate"] + CONFIGURATION["pytest_add_cli_args_test_selection"]
    assert [one for one in named if not (ROOT / one).exists()] == []


def test_every_explanation_is_of_a_line_that_stands_in_its_function():
    for mutant, why in explanations((ROOT / EXPLAINED).read_text("utf-8")).items():
        assert why
        assert mutant.was in " ".join(inspect.getsource(_function(mutant.function)).split()), mutant


def _function(name):
    """A function or the method of a class by its name, the module's before it."""
    module, _, function = name.rpartition(".")
    if f"{module.replace('.', '/')}.py" in CONFIGURATION["only_mutate"]:
        return getattr(importlib.import_module(module), function)
    owner = getattr(_function(module), function)
    return owner.fget if isinstance(owner, property) else owner
