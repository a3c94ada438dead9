"""Stories of the real bot, one for each odd seed (docs/decisions/simulation.md)."""

import pytest

from tests.plugins.rotation import of_this_run

pytestmark = pytest.mark.slow


@pytest.mark.parametrize("first", of_this_run(range(1, 300, 60), 3))
def test_what_must_hold_holds_in_every_story(holds, first):
    holds(range(first, first + 60, 2))
