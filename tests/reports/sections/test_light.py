"""What the bot imports of the reports at its start is light."""

import subprocess
import sys

import pytest

LIGHT = ("reports.report", "surveys.locale_sl", "surveys.weeks", "reports.texts", "reports.render.text")
HEAVY = ("pandas", "scipy", "numpy", "typst", "jinja2")


@pytest.mark.parametrize("name", LIGHT)
def test_importing_it_brings_no_heavy_library(name):
    code = f"import sys, {name}; print(*(set(sys.modules) & set({HEAVY!r})))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert done.stdout.strip() == ""


def test_a_formula_is_imported_without_scipy():
    code = "import sys, reports.formulas.statistics; print('scipy' in sys.modules, 'pandas' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert done.stdout.split() == ["False", "False"]
