"""Plays stories: `python3 -m tests.simulation --seeds 5000 --from 1`. What fails is made smaller and told."""

import argparse
import sys
import time
from contextlib import contextmanager

from tests.plugins.databases import KINDS, running_cluster
from tests.simulation.ground import on_postgresql, on_sqlite
from tests.simulation.plan import written
from tests.simulation.shrink import command, narrowed, rule_of, shrunk
from tests.simulation.story import play


def _numbers(text):
    return [] if text == "none" else [int(one) for one in text.split(",")]


def _arguments():
    parser = argparse.ArgumentParser(prog="python3 -m tests.simulation", description=__doc__)
    parser.add_argument("--seeds", type=int, default=1, help="how many stories")
    parser.add_argument("--from", type=int, default=1, dest="first", help="the seed of the first")
    parser.add_argument("--people", type=int, help="how many in each story, up to a hundred")
    parser.add_argument("--chapters", type=int, help="how long each story is")
    parser.add_argument("--members", type=_numbers, help="only these of its people")
    parser.add_argument("--steps", type=_numbers, help="only these of its steps")
    parser.add_argument("--processes", type=int, help="so many processes of the bot")
    parser.add_argument("--database", choices=KINDS, default="sqlite", help="where they are played")
    return parser.parse_args()


@contextmanager
def _ground(kind):
    if kind == "sqlite":
        with on_sqlite() as ground:
            yield ground
    else:
        with running_cluster() as cluster, on_postgresql(cluster) as ground:
            yield ground


def main():
    asked = _arguments()
    size = {"people": asked.people, "chapters": asked.chapters}
    began, failed = time.monotonic(), 0
    with _ground(asked.database) as ground:
        if asked.members is not None or asked.steps is not None:
            return _tell(narrowed(asked.first, asked.processes, asked.members, asked.steps, **size), ground)
        for seed in range(asked.first, asked.first + asked.seeds):
            story = written(seed, **size)
            problem, _ = play(story, ground)
            if problem is not None:
                failed += 1
                print(f"seed {seed}: {problem}")
                smaller = shrunk(story, ground, rule_of(problem))
                print(f"  smaller: {command(smaller, **size, database=asked.database)}")
    print(f"{asked.seeds} stories in {time.monotonic() - began:.0f} s, {failed} failed")
    return 1 if failed else 0


def _tell(story, ground):
    """One story with all that happened in it."""
    problem, world = play(story, ground)
    for moment, *words in world.watch.log:
        print(f"{moment:%Y-%m-%d %H:%M:%S.%f}", *words)
    print(problem or "nothing failed")
    return 0 if problem is None else 1


if __name__ == "__main__":
    sys.exit(main())
