"""The ground on which the stories of a file are played."""

import pytest

from tests.simulation.ground import on_sqlite
from tests.simulation.plan import written
from tests.simulation.shrink import command, rule_of, shrunk
from tests.simulation.story import play


@pytest.fixture(scope="module")
def ground(migrated_file):
    with on_sqlite(migrated_file) as ground:
        yield ground


@pytest.fixture
def holds(ground):
    """A function: what must hold holds in the stories of these seeds; what breaks is told, smaller."""

    def plays(seeds):
        for seed in seeds:
            problem, _ = play(written(seed), ground)
            if problem is not None:
                smaller = shrunk(written(seed), ground, rule_of(problem), tries=40)
                pytest.fail(f"seed {seed}: {problem}\n{command(smaller, database=ground.engines.kind)}")

    return plays
