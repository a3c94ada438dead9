"""The import contracts of pyproject.toml see what they forbid, and no module imports itself by way of others."""

import re
import shutil
import subprocess
import sys
import tomllib
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import grimp
import pytest

ROOT = Path(__file__).resolve().parents[1]
ROOMS = ("bot", "reports", "storage", "surveys")
FORBIDDEN = {  # beginning of a contract's name: an import that it forbids, of a module by another
    "Imports run one way": ("storage.audit", "reports.report"),
    "surveys/ is pure": ("surveys.plan", "sqlalchemy"),
    "Formulas of the reports are pure": ("reports.formulas.pooling", "surveys.model"),
    "Only bot.telegram imports telegram": ("bot.texts.staff", "telegram"),
    "What knows no channel": ("bot.librarian.person", "bot.telegram.edge"),
    "Channels do not know one another": ("bot.web.forms", "bot.telegram.messages"),
    "bot.telegram and bot.web know no use case": ("bot.telegram.edge", "bot.participant.home"),
    "A report is made from the data up": ("reports.data.frames", "reports.sections.flow"),
    "Words of reports": ("reports.texts.mayor", "reports.kinds.mayor"),
    "Reports are made without knowing": ("reports.kinds.weekly", "reports.render.pdf"),
    "Storage: answers stand on": ("storage.secrets.keys", "storage.answers.responses"),
    "The engine of storage": ("storage.engine.database", "storage.cohorts"),
    "Coordinators stand on librarians": ("bot.participant.home", "bot.librarian.person"),
}


def contracts():
    """The names of all contracts."""
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    return [contract["name"] for contract in settings["tool"]["importlinter"]["contracts"]]


@pytest.fixture(scope="module")
def verdict(tmp_path_factory):
    """What is said of a copy of the product in which each contract is broken once."""
    copy = tmp_path_factory.mktemp("copy")
    for room in ROOMS:
        shutil.copytree(ROOT / room, copy / room, ignore=lambda _, names: [n for n in names if n == "__pycache__"])
    shutil.copy(ROOT / "pyproject.toml", copy)
    for where, what in FORBIDDEN.values():
        with (copy / where.replace(".", "/")).with_suffix(".py").open("a", encoding="utf-8") as module:
            module.write(f"\nimport {what}\n")
    command = "import sys; from importlinter.cli import lint_imports_command; lint_imports_command()"
    done = subprocess.run(
        [sys.executable, "-c", command, "--no-cache"], cwd=copy, capture_output=True, text=True, check=False
    )
    assert done.returncode == 1, done.stderr
    return done.stdout


def test_each_contract_has_an_import_that_it_forbids():
    told = [[name for name in contracts() if name.startswith(beginning)] for beginning in FORBIDDEN]
    assert [names[0] for names in told if len(names) == 1] == contracts()


@pytest.mark.parametrize("beginning", FORBIDDEN)
def test_a_contract_that_is_broken_says_so(verdict, beginning):
    where, what = FORBIDDEN[beginning]
    _, _, told = " ".join(verdict.split()).partition("Broken contracts")
    names = "|".join(re.escape(name) for name in contracts())
    complaints = re.split(f"({names})", told)
    ours = complaints[next(at for at, part in enumerate(complaints) if part.startswith(beginning)) + 1]
    assert f"{where} -> {what} (l." in ours


def circle(imports):
    """Modules that import one another in a circle; none, where there is no such circle."""
    try:
        TopologicalSorter(imports).prepare()
    except CycleError as found:
        return found.args[1]
    return []


def test_no_module_imports_itself_by_way_of_others():
    graph = grimp.build_graph(*ROOMS)
    assert len(graph.modules) > 500
    assert circle({module: graph.find_modules_directly_imported_by(module) for module in graph.modules}) == []


def test_a_circle_is_found():
    assert circle({"a": {"b"}, "b": {"c"}, "c": {"a"}}) != []
