"""The daily round forgets what the settings say, and nothing else."""

from datetime import timedelta
from functools import partial

from sqlalchemy import Engine, event

from bot.delivery.retention import keep, standings
from bot.runtime.services import wall_clock
from storage import audit, chats, handled_updates


async def test_marks_of_updates_are_forgotten_after_eight_days(services):
    now = wall_clock()
    for update, age in ((1, 9), (2, 7)):
        await services.database.write(
            partial(handled_updates.mark_handled, channel="telegram", key=str(update), now=now - timedelta(days=age))
        )
    await keep(services)
    marked_again = [
        await services.database.write(partial(handled_updates.mark_handled, channel="telegram", key=str(one), now=now))
        for one in (1, 2)
    ]
    assert marked_again == [True, False]


async def test_the_chat_of_a_stranger_is_forgotten_after_a_month(services):
    now = wall_clock()
    for chat, age in ((b"old", 31), (b"new", 29)):
        shown = partial(chats.show_next, chat_ref=chat, view="home:", now=now - timedelta(days=age))
        await services.database.write(shown)
    await keep(services)
    left = [chat for chat in (b"old", b"new") if await services.database.read(partial(chats.load, chat_ref=chat))]
    assert left == [b"new"]


async def test_much_is_forgotten_in_small_batches_and_counted_before(services, monkeypatch):
    monkeypatch.setattr("bot.delivery.retention.BATCH", 10)
    now = wall_clock()

    def fill(connection):
        for number in range(25):
            old = now - services.settings.privacy.trail_after
            audit.record(connection, "staff:1", "report.order", str(number), old)

    await services.database.write(fill)
    found = await services.database.read(partial(standings, services=services))
    assert [(one.kept, one.due) for one in found if one.name == "trail of who did what"] == [(25, 25)]
    commits = []

    def committed(connection):
        commits.append(connection)

    event.listen(Engine, "commit", committed)
    await keep(services)
    event.remove(Engine, "commit", committed)
    assert len(commits) == 4  # 10, 10 and 5 rows; the rules that find nothing share one
    found = await services.database.read(partial(standings, services=services))
    assert [(one.kept, one.due) for one in found if one.name == "trail of who did what"] == [(0, 0)]
