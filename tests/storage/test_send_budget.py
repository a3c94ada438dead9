"""The seconds of sending that several processes share; on PostgreSQL alone, since an SQLite file has one process."""

import time
from functools import partial

import pytest
from sqlalchemy import text

from storage import send_budget
from storage.engine.single_statements import SingleStatements

LATER = 30.0  # so far ahead that what the test itself takes does not count


@pytest.fixture
async def processes(postgresql_url):
    """Two connections, as two processes have them, ahead by half a minute."""
    both = [SingleStatements(postgresql_url) for _ in range(2)]
    await both[0].run(partial(send_budget.take, seconds=LATER))
    yield both
    for one in both:
        await one.close()


async def ends(process, seconds, since):
    """When what is taken ends, in seconds after `since`."""
    return await process.run(partial(send_budget.take, seconds=seconds)) + time.monotonic() - since


async def test_what_one_takes_is_after_what_the_other_took(processes):
    first, second = processes
    begun = time.monotonic()
    before = await ends(first, 0.0, begun)
    assert await ends(first, 1.0, begun) == pytest.approx(before + 1, abs=0.5)
    assert await ends(second, 2.0, begun) == pytest.approx(before + 3, abs=0.5)
    assert await ends(first, 0.0, begun) == pytest.approx(before + 3, abs=0.5)


async def test_what_a_process_took_that_died_passes_with_the_clock(processes, postgresql_cluster, postgresql_url):
    first, second = processes
    await first.run(partial(send_budget.take, seconds=5.0))
    postgresql_cluster.run("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query LIKE '%send_budget%'"
                           " AND pid <> pg_backend_pid() AND state = 'idle'")  # fmt: skip
    await second.close()
    half_a_minute_passes = text("UPDATE send_budget SET free_at = free_at - 60")
    await second.run(lambda connection: connection.execute(half_a_minute_passes).rowcount)
    assert await second.run(partial(send_budget.take, seconds=1.0)) == pytest.approx(1.0, abs=0.001)


async def test_a_clock_that_was_set_back_holds_nobody_up_for_longer_than_a_minute(processes):
    first, _ = processes
    await first.run(
        lambda connection: connection.execute(text("UPDATE send_budget SET free_at = free_at + 3600")).rowcount
    )
    assert await first.run(partial(send_budget.take, seconds=1.0)) == pytest.approx(send_budget.LONGEST + 1, abs=0.001)


async def test_all_rest_when_telegram_asks_one_to(processes):
    first, second = processes
    begun = time.monotonic()
    await first.run(partial(send_budget.rest, seconds=LATER + 20))
    assert await ends(second, 1.0, begun) == pytest.approx(LATER + 21, abs=0.5)
    await first.run(partial(send_budget.rest, seconds=1.0))
    assert await ends(second, 0.0, begun) == pytest.approx(LATER + 21, abs=0.5)


async def test_the_row_is_not_written_to_the_log_of_postgresql(processes):
    kept = text("SELECT relpersistence FROM pg_class WHERE relname = 'send_budget'")
    assert await processes[0].run(lambda connection: connection.execute(kept).scalar_one()) == "u"


def test_an_sqlite_file_shares_nothing(sqlite_url):
    assert SingleStatements.of(sqlite_url) is None
