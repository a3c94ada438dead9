import asyncio
import logging

from bot.telegram.keyed_queue import KeyedQueue


class Work:
    """Jobs that wait until they are let go, and a list of what happened."""

    def __init__(self):
        self.log = []
        self.gates = {}

    def job(self, name):
        gate = self.gates[name] = asyncio.Event()

        async def run():
            self.log.append(f"{name} began")
            await gate.wait()
            self.log.append(f"{name} ended")

        return run

    def quick(self, name):
        async def run():
            self.log.append(name)

        return run


async def turns(number=10):
    for _ in range(number):
        await asyncio.sleep(0)


async def test_jobs_of_one_key_run_in_their_order():
    lanes, work = KeyedQueue(8), Work()
    for name in ("first", "second"):
        lanes.submit("ana", work.job(name))
    await turns()
    assert work.log == ["first began"]
    work.gates["first"].set()
    await turns()
    assert work.log == ["first began", "first ended", "second began"]
    work.gates["second"].set()
    await lanes.drain()
    assert work.log[-1] == "second ended"


async def test_keys_run_side_by_side_up_to_the_width():
    lanes, work = KeyedQueue(2), Work()
    for name in ("ana", "bor", "cene"):
        lanes.submit(name, work.job(name))
    await turns()
    assert work.log == ["ana began", "bor began"]
    work.gates["bor"].set()
    await turns()
    assert work.log == ["ana began", "bor began", "bor ended", "cene began"]
    for gate in work.gates.values():
        gate.set()
    await lanes.drain()


async def test_a_busy_lane_lets_the_others_pass_after_each_job():
    lanes, work = KeyedQueue(1), Work()
    for number in range(3):
        lanes.submit("busy", work.quick(f"busy {number}"))
    lanes.submit("ana", work.quick("ana"))
    lanes.submit("bor", work.quick("bor"))
    await lanes.drain()
    assert work.log == ["busy 0", "ana", "bor", "busy 1", "busy 2"]


async def test_a_job_that_fails_is_logged_without_its_words_and_its_lane_goes_on(caplog):
    lanes, work = KeyedQueue(1), Work()

    async def fails():
        raise ValueError("Marija Novak")

    lanes.submit("ana", fails)
    lanes.submit("ana", work.quick("after"))
    with caplog.at_level(logging.DEBUG):
        await lanes.drain()
    assert work.log == ["after"]
    assert [record.getMessage().split(" at ")[0] for record in caplog.records] == ["a job failed: ValueError"]
    assert "Marija" not in caplog.text


async def test_a_job_that_comes_just_as_the_last_worker_ends_is_run():
    lanes, work = KeyedQueue(1), Work()

    async def hands_over():
        asyncio.get_running_loop().call_soon(lanes.submit, "bor", work.quick("bor"))

    lanes.submit("ana", hands_over)
    await turns()
    await lanes.drain()
    assert work.log == ["bor"]


async def test_closing_waits_for_what_ends_in_time():
    lanes, work = KeyedQueue(4), Work()
    for name in "abcdefgh":
        lanes.submit(name, work.quick(name))
    assert await lanes.close(5) is True
    assert sorted(work.log) == list("abcdefgh")


async def test_closing_drops_what_does_not_end_in_time():
    lanes, work = KeyedQueue(1), Work()
    lanes.submit("ana", work.job("stuck"))
    lanes.submit("ana", work.job("never"))
    await turns()
    assert await lanes.close(0) is False
    await turns()
    assert work.log == ["stuck began"]
