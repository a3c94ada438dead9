"""The daily round forgets what the settings say, and nothing else."""

from datetime import timedelta
from functools import partial

from bot.house import wall_clock
from bot.keeping import keep
from storage import chats, updates


async def test_marks_of_updates_are_forgotten_after_eight_days(house):
    now = wall_clock()
    for update, age in ((1, 9), (2, 7)):
        await house.database.write(partial(updates.mark_handled, update_id=update, now=now - timedelta(days=age)))
    await keep(house)
    marked_again = [await house.database.write(partial(updates.mark_handled, update_id=one, now=now)) for one in (1, 2)]
    assert marked_again == [True, False]


async def test_the_chat_of_a_stranger_is_forgotten_after_a_month(house):
    now = wall_clock()
    for chat, age in ((b"old", 31), (b"new", 29)):
        shown = partial(chats.turn, chat_ref=chat, view="home:", now=now - timedelta(days=age))
        await house.database.write(shown)
    await keep(house)
    left = [chat for chat in (b"old", b"new") if await house.database.read(partial(chats.load, chat_ref=chat))]
    assert left == [b"new"]
