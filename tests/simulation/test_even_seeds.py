"""Stories of the real bot, one for each even seed (docs/decisions/simulation.md)."""

import pytest

pytestmark = pytest.mark.slow


@pytest.mark.parametrize("first", range(2, 300, 60))
def test_what_must_hold_holds_in_every_story(holds, first):
    holds(range(first, first + 60, 2))
