"""What reports cost where a whole country has answered for years.

    python benchmarks/reports_country.py                     # ten million answers, which take longest to make
    python benchmarks/reports_country.py --answers 1000000   # some minutes altogether
    python benchmarks/reports_country.py --database FILE     # one that `reports_data.py` made before

Of SQLite, in processor seconds, because the machine may have other work: each report as many times as a bare scan of
the column of all values takes in the same database; the national report beside reading all rows with pandas; reports
of one programme beside the same in a database of that programme alone. Each measurement is a process of its own, and
ratios are taken within a round, in which every one has its turn.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from pathlib import Path
from statistics import median

HERE = Path(__file__).parent
sys.path[:0] = [str(HERE.parent)]

from conversation import line_of, python  # noqa: E402 - after the path
from reports_data import fill, programmes  # noqa: E402 - after the path
from reports_work import WAYS  # noqa: E402 - after the path

ALL, ONE = ("national", "country"), ("impact", "weekly", "mayor")
GOAL_SCANS, GOAL_READING, GOAL_MEGABYTES, GOAL_ALONE = 6.0, 10.0, 600.0, 1.5
Figures = dict[str, dict[str, float]]


def measured(*arguments: str) -> dict[str, float]:
    """What one piece of work says in a process of its own."""
    process = python("reports_work.py", *arguments)
    found: dict[str, float] = json.loads(line_of(process))
    process.wait()
    return found


def one_round(url: str, alone: str, slug: str) -> Figures:
    """Everything once, in turn."""
    found = {what: measured("of", what, url, slug) for what in ("scan", *ALL, *ONE)}
    return {**found, **{f"{what}, alone": measured("of", what, alone, slug) for what in ONE}}


def times(rounds: list[Figures], what: str, beside: str) -> float:
    """How many times as long one takes as the other: the median over the rounds."""
    return median(one[what]["processor"] / one[beside]["processor"] for one in rounds)


def table(rounds: list[Figures]) -> str:
    """Markdown: a line a report."""
    lines = ["| report | processor s | times a scan | times the same alone | peak MB |", "|---|---|---|---|---|"]
    for what in ("scan", *ALL, *ONE):
        seconds, peak = (median(one[what][key] for one in rounds) for key in ("processor", "megabytes"))
        beside = f"{times(rounds, what, f'{what}, alone'):.2f}" if what in ONE else ""
        lines.append(f"| {what} | {seconds:.2f} | {times(rounds, what, 'scan'):.1f} | {beside} | {peak:.0f} |")
    return "\n".join(lines)


def verdict(words: str, *, met: bool) -> bool:
    """Say whether a goal is met; whether it is not."""
    print(f"{'met' if met else 'MISSED'}: {words}", flush=True)
    return not met


def compared(url: str, alone: str, slug: str, rounds: int) -> bool:
    """Measure, print, and say whether the goals are met; whether one is not."""
    found = [one_round(url, alone, slug) for _ in range(rounds)]
    print(table(found), flush=True)
    reading = min((measured("read", way, url) for way in WAYS), key=lambda one: one["processor"])
    scans = times(found, "national", "scan")
    national, peak = (median(one["national"][key] for one in found) for key in ("processor", "megabytes"))
    share, alike = reading["processor"] / national, max(times(found, what, f"{what}, alone") for what in ONE)
    said = f"{reading['processor']:.1f} s and {reading['megabytes']:.0f} MB"
    missed = [
        verdict(f"national takes {scans:.1f} × a scan; at most {GOAL_SCANS:g} ×", met=scans <= GOAL_SCANS),
        verdict(
            f"reading all rows with pandas ({said}) takes {share:.1f} × national; at least {GOAL_READING:g} ×",
            met=share >= GOAL_READING,
        ),
        verdict(f"national peaks at {peak:.0f} MB; at most {GOAL_MEGABYTES:g} MB", met=peak <= GOAL_MEGABYTES),
        verdict(
            f"a report of one programme takes {alike:.2f} × what it takes alone; at most {GOAL_ALONE:g} ×",
            met=alike <= GOAL_ALONE,
        ),
    ]
    return any(missed)


def main() -> int:
    """Make the answers and measure: exit status 1 if a goal is missed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--answers", type=int, default=10_000_000, help="how many are made")
    parser.add_argument("--database", type=Path, help="a file with as many answers, made before")
    parser.add_argument("--rounds", type=int, default=5)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        every = programmes()
        url, alone = (f"sqlite:///{Path(folder) / name}.db" for name in ("country", "alone"))
        if given.database is None:
            fill(url, given.answers)
        else:
            url = f"sqlite:///{given.database}"
        fill(alone, given.answers // len(every), every[0].slug)
        return int(compared(url, alone, every[0].slug, given.rounds))


if __name__ == "__main__":
    sys.exit(main())
