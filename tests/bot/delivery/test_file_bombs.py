"""Files that are made to stop the bot: each ends the process that reads it, twice at most, and nothing else."""

import asyncio
import os
import signal
import sys
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import timedelta

import pytest
from plugins import bombs
from plugins.at_the_desk import query
from plugins.village import run_village
from sqlalchemy import select

from bot.delivery import deliver_due, file_downloads
from bot.runtime.process import BoundedProcess, JobLimits, WorkerProcess
from bot.texts import library_page
from bot.texts import rosters as texts
from bot.workbooks.book import Unreadable
from storage import attachments, library_pages
from storage.schema import PagePicture, attachment, page_picture, staff

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="looks at /proc, and at limits of Linux")

BREZICE = "brezice-racunalnik"
CSV = b"Ime\nAna\nBor\n"
SMALL = JobLimits(memory=192 * 2**20)  # enough for a list, and soon used up


async def nothing(_services, _channels):
    return 0


@pytest.fixture
async def village(village_url, tmp_path):
    async with run_village(village_url, tmp_path, deliver=nothing) as running:
        await running.cohort(BREZICE, name="Pomlad")
        yield running


@asynccontextmanager
async def reading(village, bounds):
    """The services of a bot that reads within these bounds."""
    reader, worker_process = BoundedProcess(bounds), WorkerProcess()
    try:
        yield replace(village.services, reader=reader, worker_process=worker_process)
    finally:
        reader.close()
        worker_process.close()


async def sends_list(village, data):
    librarian = await village.librarian(BREZICE)
    await librarian.sends_document(data, "seznam.ods")
    await librarian.settles()
    return librarian


async def readings(village):
    return await query(village, lambda c: list(c.execute(select(attachment.c.readings)).scalars()))


async def fetches(village, services):
    done = await file_downloads.fetch_due(services, village.edge)
    await village.edge.close()  # records what was edited
    return done


async def test_a_list_that_ends_its_process_twice_is_refused_and_never_read_again(village, caplog):
    bad = await sends_list(village, bombs.spaces())
    good = await sends_list(village, CSV)
    async with reading(village, SMALL) as services:
        assert await fetches(village, services) == 2
        assert "V skupino bomo vpisali" in good.screen.text
        assert bad.screen.text.endswith(texts.READING)
        assert await readings(village) == [1, 1]
        assert await fetches(village, services) == 0
        village.clock.now += timedelta(minutes=1)
        assert await fetches(village, services) == 1
        assert texts.UNREADABLE[Unreadable.EXHAUSTING] in bad.screen.text
        village.clock.now += timedelta(days=1)
        assert await fetches(village, services) == 0
    assert [one.getMessage() for one in caplog.records if one.name == file_downloads.__name__] == [
        "file 1 was not read: it wanted more time or memory than there is for one file"
    ] * 2


async def test_a_file_over_which_the_bot_itself_was_killed_twice_is_not_opened_again(village):
    librarian = await sends_list(village, CSV)
    for _ in range(2):
        [one] = await village.write(
            attachments.claim, keys=village.services.keys, now=village.clock(), lease=file_downloads.LEASE, limit=8
        )
        await village.write(attachments.begin_reading, one=one)
        village.clock.now += file_downloads.LEASE
    async with reading(village, JobLimits()) as services:
        services.reader.close()  # whoever asks it to read something now is told that the bot ends
        assert await fetches(village, services) == 1
    assert texts.UNREADABLE[Unreadable.EXHAUSTING] in librarian.screen.text


async def test_a_picture_that_ends_its_process_twice_is_refused_with_a_reason(village):
    librarian = await village.librarian(BREZICE)
    message = await librarian.sends_voice(b"\x89PNG\r\n\x1a\n", seconds=1)
    await librarian.settles()
    number = await village.write(
        attachments.receive, keys=village.services.keys, file=message._stored.file_id, now=village.clock()
    )
    member = await query(village, lambda c: c.execute(select(staff.c.id)).scalar_one())
    code = village.programme(BREZICE).code
    await village.write(
        library_pages.receive,
        library=code,
        kind=PagePicture.LOGO,
        attachment=number,
        member=member,
        now=village.clock(),
        actor="operator",
    )
    async with reading(village, JobLimits(clock=0.01)) as services:
        for _ in range(2):
            await fetches(village, services)
            village.clock.now += timedelta(minutes=1)
    problem = await query(village, lambda c: c.execute(select(page_picture.c.problem)).scalar_one())
    assert "pomnilnika" in library_page.FLAWS[problem]


async def test_while_a_file_is_read_reports_are_made_what_is_due_is_sent_and_the_bot_can_end(village):
    await sends_list(village, CSV)
    async with reading(village, JobLimits(clock=3600)) as services:
        fetching = asyncio.create_task(file_downloads.fetch_due(services, village.edge))
        async with asyncio.timeout(60):
            while services.reader._process is None:  # noqa: ASYNC110 - nobody tells when a file is begun
                await asyncio.sleep(0.01)
        os.kill(services.reader._process.popen.pid, signal.SIGSTOP)
        assert await services.worker_process.do(os.getpid) == services.worker_process.pid
        assert await deliver_due(services, village.edge) == 0
        assert await readings(village) == [1]
        assert not fetching.done()
        fetching.cancel()
        await asyncio.gather(fetching, return_exceptions=True)
        assert services.reader._process is None
    assert await readings(village) == [0]
    assert await fetches(village, village.services) == 1
