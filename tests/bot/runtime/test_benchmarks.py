"""The benchmarks run. What they measure is asked of them elsewhere, where the machine has nothing else to do."""

import json
import os
import re
import runpy
import subprocess
import sys
from math import sin
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
CONVERSATIONS = """
import sys
from pathlib import Path
import conversation, conversation_bots
conversation_bots.prepare(Path(sys.argv[1]), 40)
conversation.AT_ONCE = 2
print(conversation.measure("ours", 0.0, 0.0, 1.0, sys.argv[1]).p50)
"""
PROFILES = """
import argparse, sys
from pathlib import Path
import conversation_bots, conversation_profile
conversation_bots.prepare(Path(sys.argv[1]), 40)
conversation_profile.AT_ONCE = 2
asked = argparse.Namespace(latency=0.0, warm=0.0, seconds=1.0)
answers, taken = conversation_profile.measured("threads", sys.argv[1], asked)
print(answers, taken["MainThread"], taken["database-writer"])
answers, profiles = conversation_profile.measured("profile", sys.argv[1], asked)
print(conversation_profile.parts("writer", profiles["database-writer"], answers))
"""
DIES = """
import sys
import conversation
conversation.measure("ours", 0.0, 0.0, 1.0, sys.argv[1])
"""
SHADOWED = "import conversation_bots, reports; print(reports.__file__)"

LINUX = pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
AN_HOUR = range(0, 3600, 5)

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def figures():
    """What the benchmarks make of the samples of a soak."""
    return runpy.run_path(ROOT / "benchmarks" / "soak_figures.py", run_name="soak_figures")


def said(*arguments):
    """What a piece of code says that runs as the benchmarks do, in their folder."""
    return done("-c", *arguments, check=True)


def done(*arguments, check=False):
    process = subprocess.run(
        [sys.executable, *map(str, arguments)],
        cwd=ROOT / "benchmarks",
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=check,
    )
    assert process.stdout, process.stderr
    return process.stdout


def test_the_time_from_an_order_to_its_arrival_is_measured(tmp_path):
    waited, alone = (float(figure) for figure in re.findall(r"\[([\d.]+)\]", said(ORDERS, tmp_path)))
    assert waited > 0
    assert alone > 0


def test_the_bot_is_compared_with_others_over_full_answers(tmp_path):
    assert float(said(CONVERSATIONS, tmp_path)) > 0


@LINUX
def test_the_time_of_an_answer_is_told_by_thread_and_by_part(tmp_path):
    threads, *parts = said(PROFILES, tmp_path).splitlines()
    assert min(map(float, threads.split())) > 0
    assert any(line.startswith("| sqlalchemy |") for line in parts)


def test_a_bot_that_dies_ends_the_benchmark_with_what_it_said(tmp_path):
    died = subprocess.run(
        [sys.executable, "-c", DIES, str(tmp_path)],
        cwd=ROOT / "benchmarks",
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert died.returncode == 1
    assert "StorageError" in died.stderr


def test_the_script_of_reports_hides_nothing_from_that_of_conversations():
    assert Path(said(SHADOWED).strip()) == ROOT / "reports" / "__init__.py"


def test_reports_of_a_country_are_compared_with_a_scan_with_pandas_and_with_a_programme_alone():
    told = done("reports_country.py", "--answers", 3000, "--rounds", 1)
    assert re.findall(r"^\| (\w+) \| [\d.]+ \| [\d.]+ \|", told, re.MULTILINE) == [
        "scan", "national", "country", "impact", "weekly", "mayor",
    ]  # fmt: skip
    assert len(re.findall(r"^(?:met|MISSED): ", told, re.MULTILINE)) == 4


@LINUX
def test_a_soak_and_its_people_run():
    told = done("soak.py", "--minutes", 0.1, "--warm", 0.02, "--rate", 10, "--at-once", 3)  # far too short for a goal
    found = json.loads(told.splitlines()[0])
    assert found["people"]["taps"] + found["people"]["commands"] > 0
    assert found["people"]["problems"] == 0
    assert {name: len(course) for name, course in found["course"].items()} == dict.fromkeys(
        ("at", "rss", "pss", "descriptors", "threads", "database", "processor"), 20
    )
    assert min(min(found["course"][name]) for name in ("rss", "pss", "descriptors", "threads", "database")) > 0
    assert "| memory (RSS), MB |" in told


@LINUX
def test_an_idle_bot_is_measured():
    told = done("idle.py", "--minutes", 0.01, "--settle", 0, "--starts", 1)
    found = json.loads(told.splitlines()[0])
    assert min(found[name] for name in ("start_s", "start_processor_s", "memory_mb", "memory_pss_mb")) > 0
    assert "| memory (RSS) of the idle bot, MB |" in told


@LINUX
def test_cards_in_a_browser_are_compared_with_taps_in_the_chat():
    found = json.loads(done("web.py", "--rounds", 1, "--seconds", 1, "--people", 20).splitlines()[-1])
    assert found["ratio"] > 0
    assert found["problems"] == 0


@pytest.mark.parametrize("grows", [0.0, 0.5, 1.5, 40.0])
def test_what_memory_grows_by_is_seen_through_what_comes_and_goes(figures, grows):
    found = figures["slope"](AN_HOUR, [100 + grows * at / 3600 + 0.2 * sin(at / 7) for at in AN_HOUR])
    assert abs(found.an_hour - grows) < found.off < 0.3
    assert (found.met, found.sure) == (grows < 1, True)


def test_an_interval_that_reaches_over_the_goal_says_so(figures):
    found = figures["slope"](AN_HOUR, [100 + 1.1 * at / 3600 + sin(at / 100) for at in AN_HOUR])
    assert found.sure is False


def test_a_descriptor_that_is_never_closed_is_told_from_those_that_come_and_go(figures):
    assert figures["lost"]([17, 22, 21, 17, 19, 17, 23, 17]) == 0
    assert figures["lost"]([17, 22, 21, 17, 19, 18, 23, 18]) == 1
    assert figures["lost"]([18, 19, 17, 17]) == 0
