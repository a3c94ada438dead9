"""What the demo remembers between two starts."""

import stat
from datetime import UTC, datetime

import pytest

from bot.demo.memory import Memory
from bot.simulator.phone import Owner
from bot.simulator.server import Simulator

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)


@pytest.fixture
async def memory():
    async with Simulator.running(clock=lambda: NOON) as simulator:
        marija = simulator.person("Marija")
        await marija.says("Dober dan, čebela")
        owners = [Owner(marija.id, "Marija", "74 let", "participant")]
        return Memory(NOON, "1:skrivnost", 310, 5, "vabilo", [], owners, simulator.snapshot())


async def test_all_of_it_comes_back(memory, tmp_path):
    memory.save(tmp_path / "memory.json")
    again = Memory.load(tmp_path / "memory.json")
    assert again.owners == memory.owners
    assert (again.now, again.token, again.card) == (NOON, "1:skrivnost", "vabilo")
    async with Simulator.running(state=again.telegram) as simulator:
        assert [message.text for message in simulator.people[again.owners[0].id].messages] == ["Dober dan, čebela"]


async def test_only_its_owner_can_read_it(memory, tmp_path):
    memory.save(tmp_path / "memory.json")
    assert stat.S_IMODE((tmp_path / "memory.json").stat().st_mode) == 0o600
    assert [file.name for file in tmp_path.iterdir()] == ["memory.json"]


async def test_what_came_after_the_last_saving_never_comes_again_under_the_same_number(memory, tmp_path):
    memory.save(tmp_path / "memory.json")
    again = Memory.load(tmp_path / "memory.json").telegram
    assert again["next_update_id"] - memory.telegram["next_update_id"] == 10_000
    assert again["counters"]["next_message_id"] - memory.telegram["counters"]["next_message_id"] == 1_000


def test_before_the_first_start_there_is_nothing(tmp_path):
    assert Memory.load(tmp_path / "memory.json") is None
