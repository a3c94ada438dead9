"""How fast reports are made from a million answers, and whether people who tap meanwhile notice it.

    python benchmarks/reports.py            # about ten minutes
    python benchmarks/reports.py --quick    # a hundred thousand answers, one round, no taps
    python benchmarks/reports.py --orders   # only how long a coordinator waits, about three minutes

First: the impact reports of all six programmes against reading nothing but the columns that they need, in the
fastest way that pandas offers, on SQLite and on PostgreSQL, with peak memory. Then: how long a tap takes while the bot
makes those reports as PDF one after the other, against the same bot without that work. And before all that: how long a
coordinator waits for what was ordered in the chat, against nothing but making and rendering it. Each measurement is a
process of its own; ratios are taken within a round, because the machine may have other work.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import shutil
import sys
import tempfile
from pathlib import Path
from statistics import median, quantiles
from threading import Thread

HERE = Path(__file__).parent
sys.path[:0] = [str(HERE.parent), str(HERE.parent / "tests")]

from conversation import free_port, line_of, python  # noqa: E402 - after the path
from plugins.databases import start  # noqa: E402 - after the path
from reports_data import fill  # noqa: E402 - after the path
from reports_order import FORMS, KINDS, alone, at_once, sow, waited  # noqa: E402 - after the path
from reports_work import WAYS  # noqa: E402 - after the path

MILLION = 1_000_000
GOAL_READING, GOAL_TAPS = 1.5, 2.0
GOAL_SECONDS = {"chat": 3.0, "pdf": 4.0, "html": 4.0, "xlsx": 4.0}
Figures = dict[str, float]


def measured(*arguments: str) -> Figures:
    """What one piece of work says in a process of its own."""
    process = python("reports_work.py", *arguments)
    found: Figures = json.loads(line_of(process))
    process.wait()
    return found


def reading(url: str, rounds: int) -> list[dict[str, Figures]]:
    """In each round every way of reading once, and the reports."""
    return [
        {**{way: measured("read", way, url) for way in WAYS}, "impact": measured("impact", url)} for _ in range(rounds)
    ]


def fastest(rounds: list[dict[str, Figures]]) -> str:
    """The way of reading that took the least time."""
    return min(WAYS, key=lambda way: median(one[way]["seconds"] for one in rounds))


def ratio(rounds: list[dict[str, Figures]]) -> float:
    """How many times longer the reports take than the fastest way of reading: the median over the rounds."""
    way = fastest(rounds)
    return median(one["impact"]["seconds"] / one[way]["seconds"] for one in rounds)


def reading_table(name: str, rounds: list[dict[str, Figures]]) -> str:
    """Markdown, one line a way, medians over the rounds."""
    lines = [f"{name}, {len(rounds)} rounds:", "", "| what | s | peak MB |", "|---|---|---|"]
    for key in (*WAYS, "impact"):
        seconds, peak = (median(one[key][figure] for one in rounds) for figure in ("seconds", "megabytes"))
        title = "impact reports of all programmes" if key == "impact" else f"the columns alone: {key}"
        lines.append(f"| {title} | {seconds:.1f} | {peak:.0f} |")
    return "\n".join([*lines, ""])


def taps(folder: Path) -> tuple[float, float, int, int]:
    """The 95th percentile of a tap in ms, idle and while reports are made; how many taps; how many reports."""
    port = free_port()
    load, said = python("reports_people.py", port), list[str]()
    line_of(load)
    listener = Thread(target=lambda: said.extend(load.stdout or ()), daemon=True)
    listener.start()
    bot = python("reports_work.py", "bot", port, folder)
    try:
        marks = json.loads(line_of(bot))
    finally:
        for process in (bot, load):
            process.terminate()
            process.wait()
    listener.join()
    done = [tuple(map(float, line.split())) for line in said]
    idle, busy = (
        [1000 * took for when, took in done if any(begin <= when < end for begin, end in marks[kind])]
        for kind in ("idle", "busy")
    )
    return quantiles(idle, n=20)[-1], quantiles(busy, n=20)[-1], len(done), marks["made"]


def verdict(found: float, goal: float, words: str) -> int:
    """Say whether a goal is met; 1 if it is not."""
    print(f"{'met' if found <= goal else 'MISSED'}: {found:.2f} × {words}; the goal is at most {goal:g} ×", flush=True)
    return int(found > goal)


def ordered(folder: Path, most: int) -> int:
    """Of each kind and form the seconds from order to arrival, and the ratio; how many goals are missed."""
    memory, missed = asyncio.run(sow(folder)), 0
    print("| report | form | s until all has come | times as long as making alone |\n|---|---|---|---|")
    for kind in KINDS:
        for form in FORMS:
            found = median(asyncio.run(waited(folder, memory, kind, form, most)))
            bare = median(alone(folder, memory, kind, form, most))
            missed += found > GOAL_SECONDS[form]
            print(f"| {kind} | {form} | {found:.2f} | {found / bare:.1f} × |", flush=True)
    for kind in KINDS:
        print(f"{kind} as text, PDF and web page: {median(at_once(folder, memory, kind)):.1f} × if made for each form")
    print(f"{'MISSED' if missed else 'met'}: text and picture within 3 s of the order, a file within 4 s", flush=True)
    return missed


def main() -> int:
    """Measure, print, and say whether the goals are met: exit status 1 if one is not."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true", help="a tenth of the answers, one round, no taps")
    parser.add_argument("--orders", action="store_true", help="only how long a coordinator waits")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as country:
        missed = ordered(Path(country), 1 if given.quick else 5)
    missed += 0 if given.orders else _of_a_country(quick=given.quick)
    return 1 if missed else 0


def _of_a_country(*, quick: bool) -> int:
    """A million answers: reading, and taps meanwhile; how many goals are missed."""
    answers, rounds, missed = (MILLION // 10, 1, 0) if quick else (MILLION, 5, 0)
    with tempfile.TemporaryDirectory() as folder:
        prepared = Path(folder)
        url = f"sqlite:///{prepared}/benchmark.db"
        fill(url, answers)
        missed += _compare("SQLite", url, rounds)
        missed += _on_postgresql(answers, rounds)
        if not quick:
            if python("conversation_bots.py", "prepare", 0, prepared).wait():
                raise RuntimeError("people could not be added")
            missed += _taps(prepared, 3)
    return missed


def _compare(name: str, url: str, rounds: int) -> int:
    found = reading(url, rounds)
    print(reading_table(name, found), flush=True)
    return verdict(ratio(found), GOAL_READING, f"reading alone on {name} ({fastest(found)})")


def _on_postgresql(answers: int, rounds: int) -> int:
    folder = Path(tempfile.mkdtemp(prefix="povezujejo-pg-"))
    cluster, keeper = start(folder)
    try:
        cluster.run("CREATE DATABASE benchmark")
        fill(cluster.url("benchmark"), answers)
        return _compare("PostgreSQL", cluster.url("benchmark"), rounds)
    finally:
        if keeper.stdin is not None:
            keeper.stdin.close()
        keeper.wait()
        shutil.rmtree(folder, ignore_errors=True)


def _taps(prepared: Path, rounds: int) -> int:
    found = [taps(prepared) for _ in range(rounds)]
    print("| round | p95 idle, ms | p95 while reports are made, ms | taps | reports |\n|---|---|---|---|---|")
    for number, (idle, busy, count, made) in enumerate(found, 1):
        print(f"| {number} | {idle:.1f} | {busy:.1f} | {count} | {made} |", flush=True)
    return verdict(
        median(busy / idle for idle, busy, _, _ in found), GOAL_TAPS, "an idle bot's tap while reports are made"
    )


if __name__ == "__main__":
    sys.exit(main())
