import asyncio
import heapq

import pytest

from bot.telegram.limiter import Limiter, Rates


class Time:
    """A clock that jumps to the next sleeper when everybody sleeps."""

    def __init__(self):
        self.now = 0.0
        self._sleepers = []
        self._count = 0

    def clock(self):
        return self.now

    async def sleep(self, seconds):
        self._count += 1
        woken = asyncio.get_running_loop().create_future()
        heapq.heappush(self._sleepers, (self.now + seconds, self._count, woken))
        await woken

    async def passes(self, until=float("inf")):
        """Let everybody sleep to the end, or up to a moment."""
        while True:
            for _ in range(50):
                await asyncio.sleep(0)
            if not self._sleepers or self._sleepers[0][0] > until:
                break
            self.now, _, woken = heapq.heappop(self._sleepers)
            woken.set_result(None)
        if until != float("inf"):
            self.now = max(self.now, until)


class Office:
    """A limiter, and when each message left."""

    def __init__(self, **rates):
        self.time = Time()
        self.limiter = Limiter(Rates(**rates), clock=self.time.clock, sleep=self.time.sleep)
        self.left = []
        self.tasks = []

    def sends(self, chat, *, bulk=False, name=None):
        async def send():
            await self.limiter.admit(chat, bulk=bulk)
            self.left.append((round(self.time.now, 3), name or chat))

        self.tasks.append(asyncio.create_task(send()))

    async def ends(self):
        await self.time.passes()
        await asyncio.gather(*self.tasks)
        return self.left


@pytest.fixture
def office():
    return Office(overall=10, overall_burst=2, chat=1, chat_burst=2)


async def test_a_chat_may_have_a_short_burst_and_then_one_a_second(office):
    for _ in range(4):
        office.sends("ana")
    assert await office.ends() == [(0.0, "ana"), (0.0, "ana"), (1.0, "ana"), (2.0, "ana")]


async def test_all_chats_together_keep_the_overall_rate(office):
    for chat in "abcdef":
        office.sends(chat)
    assert await office.ends() == [(0.0, "a"), (0.0, "b"), (0.1, "c"), (0.2, "d"), (0.3, "e"), (0.4, "f")]


async def test_time_without_messages_gives_the_burst_back_and_no_more(office):
    for chat in "abcd":
        office.sends(chat)
    await office.time.passes(until=60)
    for chat in "efg":
        office.sends(chat)
    assert (await office.ends())[4:] == [(60.0, "e"), (60.0, "f"), (60.1, "g")]


async def test_no_second_sees_more_than_telegram_takes():
    office = Office()
    for number in range(200):
        office.sends(number)
    times = [at for at, _ in await office.ends()]
    fullest = max(sum(begin <= at < begin + 1 for at in times) for begin in times)
    assert fullest == 29
    assert times[-1] == pytest.approx(197 / 27, abs=0.01)


async def test_replies_go_before_bulk_messages_that_came_earlier(office):
    for chat in ("x", "y", "z"):
        office.sends(chat, bulk=True)
    for chat in "abcd":
        office.sends(chat)
    left = [chat for _, chat in await office.ends()]
    assert left == ["x", "a", "b", "c", "d", "y", "z"]


async def test_bulk_messages_keep_the_rate_without_a_burst(office):
    for chat in "abc":
        office.sends(chat, bulk=True)
    assert await office.ends() == [(0.0, "a"), (0.1, "b"), (0.2, "c")]


async def test_a_refused_chat_rests_and_others_go_on(office):
    office.limiter.refused("ana", 30)
    office.sends("ana")
    office.sends("bor")
    assert await office.ends() == [(0.0, "bor"), (30.0, "ana")]


async def test_a_second_refused_chat_means_that_everything_rests(office):
    office.limiter.refused("ana", 30)
    office.limiter.refused("bor", 20)
    for chat in ("cene", "ana", "bor"):
        office.sends(chat)
    assert sorted(await office.ends()) == [(20.0, "bor"), (20.0, "cene"), (30.0, "ana")]


async def test_the_same_chat_refused_twice_does_not_stop_the_others(office):
    office.limiter.refused("ana", 30)
    office.limiter.refused("ana", 40)
    office.sends("bor")
    office.sends("ana")
    assert await office.ends() == [(0.0, "bor"), (40.0, "ana")]


async def test_a_refusal_also_holds_back_who_was_already_waiting(office):
    for _ in range(3):
        office.sends("ana")
    await office.time.passes(until=0.5)
    office.limiter.refused("ana", 10)
    assert await office.ends() == [(0.0, "ana"), (0.0, "ana"), (10.5, "ana")]


async def test_a_pause_ends_without_a_flood():
    office = Office(overall=10, overall_burst=1, chat=1, chat_burst=2)
    office.limiter.refused("x", 5)
    office.limiter.refused("y", 5)
    for chat in "abcd":
        office.sends(chat)
    assert await office.ends() == [(5.0, "a"), (5.1, "b"), (5.2, "c"), (5.3, "d")]


async def test_times_of_chats_that_are_over_are_forgotten(monkeypatch, office):
    monkeypatch.setattr("bot.runtime.moments._FEW", 3)
    office = Office()
    for chat in "abc":
        office.sends(chat)
    await office.time.passes(until=60)
    office.sends("d")
    await office.ends()
    assert len(office.limiter._chats) == 1
