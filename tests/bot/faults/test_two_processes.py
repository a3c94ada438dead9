"""Two processes on one PostgreSQL database behind webhooks do the work of one, also while one of them dies."""

import asyncio

import pytest

from bot.texts.slovene import common
from tests.bot.faults.journeys import LEASE_AND_MORE, Participant, Steady, opening, written
from tests.plugins.processes import free_port, run_town

pytestmark = pytest.mark.slow
SECRET = "between-telegram-and-us"


class Pair(Steady):
    """Two processes behind one address; the stand-in delivers to them in turn, as a server between would."""

    def __init__(self, town):
        super().__init__(town)
        self.ports = [free_port(), free_port()]
        self.lives = {}

    async def starts(self, port):
        self.lives[port] = await self.town.start(
            mode="webhook", webhook_url=address(self.ports[0]), webhook_port=port, webhook_secret=SECRET
        )
        assert await self.lives[port].receives(), self.town.log_text()

    async def loses_one_for_a_while(self):
        """One is killed wherever it is, and comes back."""
        port = self.random.choice(self.ports)
        await asyncio.sleep(0.2 + self.random.random())
        self.lives[port].kill()
        await self.lives[port].gone()
        await asyncio.sleep(0.3)
        await self.starts(port)

    async def travels_losing_one(self, to):
        """The same, while one is killed at a moment when much is due; its leases pass."""
        losing = asyncio.create_task(self.loses_one_for_a_while())
        self.town.clock.now = to
        await losing
        self.town.clock.now += LEASE_AND_MORE
        await self.until(self.nothing_is_due)


def address(port):
    return f"http://127.0.0.1:{port}/telegram"


@pytest.fixture
async def pair(postgresql_url, tmp_path, nursery):
    async with run_town(postgresql_url, tmp_path / "town", nursery) as town:
        both = Pair(town)
        for port in both.ports:
            await both.starts(port)
        town.simulator.webhook_targets = [address(port) for port in both.ports]
        town.simulator.courier.delay = lambda _failures: 0.02
        yield both


@pytest.mark.parametrize("losing", [False, True], ids=["both live", "one dies now and then"])
async def test_six_journeys_through_two_processes(pair, losing):
    town = pair.town
    people = [
        Participant(pair, town.simulator.person(f"Oseba {number}"), programme, again=True)
        for number, programme in enumerate(town.services.programmes.values())
    ]
    await asyncio.gather(*[who.joins(await town.cohort(who.programme.slug)) for who in people])
    loss = [pair.loses_one_for_a_while()] if losing else []
    await asyncio.gather(*loss, *(who.answers("before") for who in people))
    for wave, travels in (("after", pair.travels_losing_one if losing else pair.travels), ("followup", pair.travels)):
        before = [(len(who.unasked()), *await written(who)) for who in people]
        await travels(await opening(town, wave))
        for who, (had, sent_before, uncertain_before) in zip(people, before, strict=True):
            sent, uncertain = await written(who)
            sent, uncertain = sent - sent_before, uncertain - uncertain_before
            assert sent + uncertain >= 1
            assert sent <= len(who.unasked()) - had <= sent + uncertain
        await asyncio.gather(*(who.opens() for who in people))
        await asyncio.gather(*(who.answers(wave) for who in people))
    delivered = [where for where, _ in town.simulator.courier.delivered]
    assert min(delivered.count(address(port)) for port in pair.ports) > len(delivered) // 4
    if not losing:
        assert [who.person.unanswered for who in people] == [0] * 6


async def test_two_taps_at_once_leave_the_newest_screen(pair):
    town = pair.town
    who = Participant(pair, town.simulator.person(), town.programme("brezice-racunalnik"))
    await who.joins(await town.cohort("brezice-racunalnik"))
    for _ in range(40):
        first, second = [label for label in who.person.buttons if not label.startswith("✓")][:2]
        await who.person.taps(first)
        await who.person.taps(second)
        await pair.until(who.sees)
        await asyncio.sleep(0.1)
        assert await who.sees()
        await who.taps("‹ Nazaj")


async def test_a_late_second_try_of_one_process_does_not_hide_what_the_other_showed(pair):
    who = Participant(pair, pair.town.simulator.person(), pair.town.programme("brezice-racunalnik"))
    await who.joins(await pair.town.cohort("brezice-racunalnik"))
    await who.taps("precej dobro")
    back = next(button.data for line in who.person.screen.buttons for button in line if button.label == common.BACK)
    await who.taps(common.BACK)
    for kind in ("server_error", "cut_before"):
        pair.town.simulator.faults.add("editMessageText", kind)
        await who.person.taps(next(label for label in who.person.buttons if not label.startswith("✓")))
        await who.person.taps_data(who.person.screen.id, back)  # delivered to the other process, and shown at once
        await asyncio.sleep(1)
        await pair.until(who.sees)
