"""Stories of the real bot on PostgreSQL, a few in each run (docs/decisions/simulation.md)."""

import pytest

from tests.plugins.rotation import of_this_run
from tests.simulation.ground import on_postgresql


@pytest.fixture(scope="module")
def ground(postgresql_cluster):
    with on_postgresql(postgresql_cluster) as ground:
        yield ground


@pytest.mark.parametrize("seed", of_this_run(range(1, 31), 10))
def test_what_must_hold_holds_on_postgresql(holds, seed):
    holds([seed])
