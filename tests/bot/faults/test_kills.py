"""The process is killed between any two steps: nothing is lost, nothing happens twice, the right screen comes back."""

import pytest

from storage import deliveries
from tests.bot.faults.mortality import Mortal, MortalParticipant
from tests.plugins.processes import run_town

pytestmark = pytest.mark.slow
ENOUGH = 50  # deaths in each of the four journeys
POINTS = 20  # at which it dies: a point that is never passed is none
KILLED = 10  # of them processes that were killed: 40 in all


@pytest.mark.parametrize(
    ("kind", "slug", "seed"),
    [
        ("sqlite", "brezice-racunalnik", 1),
        ("sqlite", "kamnik-slovenscina", 2),
        ("sqlite", "ljutomer-branje", 3),
        ("postgresql", "ljubljana-karierni-coaching", 4),
    ],
)
async def test_every_tap_is_stored_once_and_nobody_is_written_to_twice(request, tmp_path, nursery, kind, slug, seed):
    async with run_town(request.getfixturevalue(f"{kind}_url"), tmp_path / "town", nursery) as town:
        mortal = Mortal(town, seed)
        participant = MortalParticipant(mortal, town.simulator.person("Marija"), town.programme(slug))
        await participant.joins(await town.cohort(slug))
        await participant.answers("before")
        await participant.is_invited()
        await participant.is_invited()  # a reminder
        await participant.opens()
        await participant.answers("after", moves=5)
        await participant.is_invited()  # a reminder of what is left
        await participant.opens()
        await participant.answers("after")
        await participant.is_invited()
        await participant.opens()
        await participant.answers("followup")
        while mortal.kills < ENOUGH or mortal.killed < KILLED:
            await participant.says("/anketa")
        await mortal.ends()
        assert len(mortal.died_of) >= POINTS, sorted(mortal.died_of)
        assert await town.read(deliveries.next_due) is None
