"""Files that people sent, over HTTP: fetched by the tick, again after a failure, and given up in the end."""

import asyncio
from datetime import timedelta

from plugins.at_the_desk import query
from sqlalchemy import insert, select

from bot.delivery import file_downloads
from storage import attachments, chats
from storage.schema import attachment, group_import, staff

SOUND = b"OggS " + b"s" * 900


async def sent_file(village, data=SOUND, **more):
    """A recording at Telegram that the bot has received; its number here."""
    person = village.simulator.person()
    message = await person.sends_voice(data, seconds=12)
    await person.settles()
    return await village.write(
        attachments.receive, keys=village.services.keys, file=message._stored.file_id, now=village.clock(), **more
    )


async def content(village, number):
    return await query(village, attachments.content, keys=village.services.keys, attachment_id=number)


async def test_a_download_that_fails_twice_succeeds_in_the_end_and_no_log_says_the_address(village, caplog):
    number = await sent_file(village, seconds=12)
    village.simulator.faults.add("getFile", "cut_before")
    village.simulator.faults.add("file", "5xx")
    for minutes in (1, 1, 2):
        await village.ticks()
        assert await content(village, number) is None or minutes == 2
        village.clock.now += timedelta(minutes=minutes)
    assert await content(village, number) == SOUND
    assert village.simulator.token.partition(":")[2] not in caplog.text
    assert (await query(village, lambda c: c.execute(select(attachment.c.attempt)).scalar_one())) == 3


async def claimed(village):
    """A file that somebody holds who may never come back."""
    [one] = await village.write(
        attachments.claim, keys=village.services.keys, now=village.clock(), lease=file_downloads.LEASE, limit=8
    )
    return one


async def test_what_a_killed_process_had_claimed_comes_back_when_its_lease_ends(village):
    number = await sent_file(village)
    assert (await claimed(village)).id == number
    assert await file_downloads.fetch_due(village.services, village.edge) == 0
    village.clock.now += file_downloads.LEASE
    assert await file_downloads.fetch_due(village.services, village.edge) == 1
    assert await content(village, number) == SOUND


async def test_what_a_bot_that_ends_had_claimed_is_there_for_the_next_one_at_once(village):
    number = await sent_file(village)
    village.simulator.faults.add("file", "hang", seconds=30)
    ending = asyncio.create_task(file_downloads.fetch_due(village.services, village.edge))
    async with asyncio.timeout(60):
        while not village.simulator.faults.planned[0].happened:  # noqa: ASYNC110 - the stand-in has no event for it
            await asyncio.sleep(0.01)
    ending.cancel()
    await asyncio.gather(ending, return_exceptions=True)
    assert await file_downloads.fetch_due(village.services, village.edge) == 1
    assert await content(village, number) == SOUND


async def test_a_file_is_given_up_at_once_when_it_is_too_big_and_after_a_week_when_it_cannot_be_had(village):
    too_big = await sent_file(village, b"OggS" + bytes(20 * 2**20))
    lost = await village.write(attachments.receive, keys=village.services.keys, file="lost", now=village.clock())
    for hours in (0, 6, 24 * 7):
        village.clock.now += timedelta(hours=hours)
        await village.ticks()
    problems = await query(village, lambda c: dict(c.execute(select(attachment.c.id, attachment.c.problem)).all()))
    assert problems == {
        too_big: "File is too big",
        lost: "Wrong file_id or the file is temporarily unavailable",
    }


async def test_the_card_of_a_list_is_drawn_again_when_the_list_has_come(village):
    librarian = await village.librarian("brezice-racunalnik")
    cohort = await village.cohort("brezice-racunalnik")
    number, chat = await sent_file(village), village.services.keys.seal_id(librarian.id)

    def wait(connection):
        member = connection.execute(select(staff.c.id)).scalar_one()
        of_group = {"cohort": cohort.id, "staff": member, "received_at": village.clock()}
        connection.execute(insert(group_import).values(attachment=number, **of_group))
        chats.show_next(connection, chat, f"{file_downloads.LIST_VIEW}:0", village.clock())

    await village.services.database.write(wait)
    before = await query(village, chats.load, chat_ref=chat)
    await village.ticks()
    await village.edge.close()  # records what was edited
    after = await query(village, chats.load, chat_ref=chat)
    assert (after.wanted, after.shown, after.card) == (before.wanted + 1, before.wanted + 1, before.card)


async def test_what_cannot_be_kept_stops_nothing_else_and_is_logged_without_its_words(village, caplog):
    broken, number = await sent_file(village), await sent_file(village)
    await village.services.database.write(
        lambda c: c.exec_driver_sql(
            f"CREATE TRIGGER refuse BEFORE UPDATE OF data_sealed ON attachment WHEN old.id = {broken} "
            "BEGIN SELECT RAISE(ABORT, 'Marija'); END"
        )
    )
    await village.ticks()
    assert await content(village, broken) is None
    assert await content(village, number) == SOUND
    assert f"file {broken} was not kept: IntegrityError" in caplog.text
    assert "Marija" not in caplog.text
