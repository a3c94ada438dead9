"""How many full answers a second: this bot against three others, in one run, against one load in another process.

    python benchmarks/conversation.py            # about eight minutes
    python benchmarks/conversation.py --quick    # one short round instead of five, less exact
    python benchmarks/conversation.py --bots ours ptb --latency 0    # some of the bots, at one latency

A full answer of ours: the update came in, was validated against its questionnaire, committed with
synchronous=FULL, the tap was answered and the card edited. The echo bots store nothing; the ordinary survey bot
stores in memory and writes a pickle from time to time. Telegram's limit on sending is set aside for all four.
In each round the bots run one after the other, and the ratio is taken within the round, because the machine may
have other work. Read the ratios, not the absolute numbers. The processor time that a bot's process takes for one answer
says more than its speed where other work competes with it.
"""

from __future__ import annotations

import argparse
import json
import os
import socket
import subprocess
import sys
import tempfile
from dataclasses import dataclass, replace
from pathlib import Path
from select import select
from statistics import median
from typing import IO

from bot_process import processor

HERE = Path(__file__).parent
NAMES = {
    "ours": "povezujejo: full answer",
    "ptb": "python-telegram-bot: tap echo, defaults",
    "aiogram": "aiogram: tap echo",
    "ordinary": "ConversationHandler + PicklePersistence",
}
LATENCIES = (0.0, 0.05)
AT_ONCE = 256
_errors: dict[str, IO[str]] = {}  # by command: bots that lose their server complain, and only who died is listened to
# (which bot, at which latency in seconds, by how much ours must be quicker)
GOALS = (("ptb", 0.0, 4.0), ("ptb", 0.05, 4.0), ("aiogram", 0.0, 1.0), ("aiogram", 0.05, 1.0), ("ordinary", 0.05, 50.0))


@dataclass(frozen=True)
class Figures:
    """What one bot did: answers, how many a second; time per answer in ms, and processor time of its process in ms."""

    answers: int
    per_second: float
    p50: float
    p99: float
    processor: float = 0.0


def free_port() -> int:
    """A port that nobody uses now."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])


def python(script: str, *arguments: object) -> subprocess.Popen[str]:
    """A script of this folder in a process of its own."""
    command = [sys.executable, str(HERE / script), *map(str, arguments)]
    errors = _errors[" ".join(command)] = tempfile.TemporaryFile("w+")  # noqa: SIM115 - read when the process died
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=errors, text=True, env=environment())


def environment() -> dict[str, str]:
    """In which a script finds the project."""
    return os.environ | {"PYTHONPATH": str(HERE.parent)}


def line_of(process: subprocess.Popen[str], *, beside: subprocess.Popen[str] | None = None) -> str:
    """The next line that a process says; raises RuntimeError if it, or the one it waits for, ended instead."""
    while beside is not None and not select([process.stdout], [], [], 0.2)[0]:
        if beside.poll() is not None:
            raise RuntimeError(f"{beside.args} ended with {beside.returncode}: {_complaint(beside)}")
    said = process.stdout.readline() if process.stdout is not None else ""
    if not said:
        raise RuntimeError(f"{process.args} ended with {process.wait()}: {_complaint(process)}")
    return said


def _complaint(process: subprocess.Popen[str]) -> str:
    """What a process that died has said."""
    errors = _errors.get(" ".join(process.args))
    if errors is None:
        return ""
    errors.seek(0)
    return errors.read()


def measure(name: str, latency: float, warm: float, seconds: float, prepared: str) -> Figures:
    """Run one bot against its own village."""
    port = free_port()
    load = python("conversation_people.py", port, latency, AT_ONCE, warm, seconds)
    line_of(load)
    bot = python("conversation_bots.py", name, port, prepared)
    try:
        line_of(load, beside=bot)
        begun = processor(bot.pid)
        figures = Figures(**json.loads(line_of(load)))
        taken = processor(bot.pid) - begun
        return replace(figures, processor=1000 * taken / max(figures.answers, 1))
    finally:
        for process in (bot, load):
            process.terminate()
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def ratio(rounds: list[dict[str, Figures]], name: str) -> float:
    """By how much ours is quicker: the median over the rounds."""
    return median(one["ours"].per_second / max(one[name].per_second, 1e-9) for one in rounds)


def table(latency: float, rounds: list[dict[str, Figures]]) -> str:
    """Markdown, one line a bot, medians over the rounds."""
    lines = [
        f"Bot API latency {latency * 1000:.0f} ms, {AT_ONCE} people at once, {len(rounds)} rounds:",
        "",
        "| bot | answers/s | ours is quicker by | p50 ms | p99 ms | processor ms |",
        "|---|---|---|---|---|---|",
    ]
    for name in rounds[0]:
        keys = ("per_second", "p50", "p99", "processor")
        speed, p50, p99, taken = (median(getattr(one[name], key) for one in rounds) for key in keys)
        quicker = "" if name == "ours" else f"{ratio(rounds, name):.1f} ×"
        lines.append(f"| {NAMES[name]} | {speed:.0f} | {quicker} | {p50:.0f} | {p99:.0f} | {taken:.2f} |")
    return "\n".join([*lines, ""])


def main() -> int:
    """Measure, print, and say whether the goals are met: exit status 1 if one is not."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true", help="one short round instead of five")
    parser.add_argument("--bots", nargs="+", choices=NAMES, default=list(NAMES), help="some of them; ours is needed")
    parser.add_argument("--latency", nargs="+", type=float, default=LATENCIES, metavar="SECONDS")
    parser.add_argument("--rounds", type=int, default=5)
    asked = parser.parse_args()
    count, warm, seconds = (1, 1.0, 3.0) if asked.quick else (asked.rounds, 1.5, 4.0)
    results: dict[float, list[dict[str, Figures]]] = {}
    with tempfile.TemporaryDirectory() as prepared:
        if python("conversation_bots.py", "prepare", 0, prepared).wait():
            raise RuntimeError("the database could not be prepared")
        for latency in asked.latency:
            results[latency] = [
                {name: measure(name, latency, warm, seconds, prepared) for name in asked.bots} for _ in range(count)
            ]
            print(table(latency, results[latency]), flush=True)
    missed = 0
    for name, latency, goal in GOALS:
        if latency not in results or not {"ours", name} <= results[latency][0].keys():
            continue
        found = ratio(results[latency], name)
        missed += found < goal
        words = "met" if found >= goal else "MISSED"
        print(f"{words}: {found:.1f} × {NAMES[name]} at {latency * 1000:.0f} ms; the goal is {goal:g} ×")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
