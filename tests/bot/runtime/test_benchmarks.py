"""The benchmarks run. What they measure is asked of them elsewhere, where the machine has nothing else to do."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
ORDERS = """
import asyncio, sys
from pathlib import Path
sys.path.append(sys.path.pop(0))
from reports_order import alone, sow, waited
country = Path(sys.argv[1])
memory = asyncio.run(sow(country))
print(asyncio.run(waited(country, memory, "weekly", "chat", 1)), alone(country, memory, "weekly", "chat", 1))
"""
SHADOWED = "import conversation_bots, reports; print(reports.__file__)"

pytestmark = pytest.mark.slow


def said(*arguments):
    """What a script says that runs as the benchmarks do, in their folder."""
    return subprocess.run(
        [sys.executable, "-c", *map(str, arguments)],
        cwd=ROOT / "benchmarks",
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    ).stdout


def test_the_time_from_an_order_to_its_arrival_is_measured(tmp_path):
    waited, alone = (float(figure) for figure in re.findall(r"\[([\d.]+)\]", said(ORDERS, tmp_path)))
    assert waited > 0
    assert alone > 0


def test_the_script_of_reports_hides_nothing_from_that_of_conversations():
    assert Path(said(SHADOWED).strip()) == ROOT / "reports" / "__init__.py"
