import asyncio
from datetime import UTC, datetime, timedelta

from plugins.forgetting import forget

from storage.handled_updates import mark_handled

NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)


def test_an_update_is_new_once(connection):
    assert [mark_handled(connection, "telegram", "1000000000000", NOW) for _ in range(3)] == [True, False, False]


def test_the_same_key_of_another_channel_is_another_one(connection):
    marked = [mark_handled(connection, channel, "1", NOW) for channel in ("telegram", "web", "telegram", "web")]
    assert marked == [True, True, False, False]


def test_an_update_that_was_forgotten_is_new_again(connection):
    mark_handled(connection, "telegram", "1", NOW - timedelta(days=9))
    mark_handled(connection, "telegram", "2", NOW - timedelta(days=7))
    assert forget(connection, None, "marks of what came in", marks=NOW - timedelta(days=8)) == 1
    assert [mark_handled(connection, "telegram", key, NOW) for key in ("1", "2")] == [True, False]


async def test_of_many_that_mark_at_once_one_is_first(database):
    results = await asyncio.gather(
        *(database.write(lambda c: mark_handled(c, "telegram", "5", NOW)) for _ in range(20))
    )
    assert sorted(results) == [False] * 19 + [True]
