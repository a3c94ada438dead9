"""The whole demo without a browser: people at their phones, time travel, and going on after a stop."""

import asyncio
import os
import re
import signal
import sqlite3
import sys
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import aiohttp
import pytest
from plugins.demo_folders import TODAY

from bot.cli.problem import CommandProblem
from bot.demo.running import running
from bot.demo.time_travel import later

pytestmark = [pytest.mark.slow, pytest.mark.timeout(900)]

PATIENCE = 240  # seconds: a start makes a whole year, and machines are shared
ROOT = Path(__file__).parents[3]
ZONE = ZoneInfo("Europe/Ljubljana")


def start(folder):
    return running(folder, scale=0, today=TODAY)


@pytest.fixture(autouse=True)
def sown(new_demo_folder, tmp_path):
    """The folder in which demos of a test begin; tests of the command make their own from nothing."""
    return new_demo_folder(tmp_path / "demo")


def seats(demo, *names):
    """Marija, the librarian and the coordinator, or who is named."""
    people = {owner.name: demo.simulator.people[owner.id] for owner in demo.phone.owners}
    return [people[name] for name in names or ("Marija", "Knjižničarka", "Koordinatorka")]


async def until(condition):
    for _ in range(3000):
        if condition():
            return
        await asyncio.sleep(0.02)
    raise AssertionError("it did not happen")


async def test_it_begins_with_staff_at_their_desks_and_a_card_to_scan(tmp_path):
    async with start(tmp_path / "demo") as demo:
        marija, librarian, coordinator = seats(demo)
        assert marija.messages == []
        assert "knjižničarka ali knjižničar" in librarian.screen.text
        assert "koordinatorka ali koordinator" in coordinator.screen.text
        assert [card.title for card in demo.phone.cards] == ["Knjižnica Brežice: Delavnice v knjižnici"]
        amira, national = seats(demo, "Amira", "Nacionalna")
        assert "Do you want to take part?" in amira.screen.text
        assert "Kamnik" in amira.screen.text
        assert "nacionalna koordinatorka ali koordinator" in national.screen.text
        assert demo.simulator.problems == []


async def test_a_used_card_is_replaced_and_the_chat_goes_on_after_a_restart(tmp_path):
    async with start(tmp_path / "demo") as demo:
        marija, _, _ = seats(demo)
        first = demo.phone.cards[0].link
        assert re.search(
            r" vpišite naslov 127\.0\.0\.1:\d+/k in nato številko kartice [\w-]{16}$", demo.phone.cards[0].text
        )
        await marija.follows(first)
        await marija.settles()
        assert demo.phone.cards[0].link == first
        await marija.taps("Da")
        await marija.settles()
        await until(lambda: demo.phone.cards[0].link != first)
        await demo.traveller.travel("day")
        left, shown = demo.clock.now(), [message.text for message in marija.messages]

    async with start(tmp_path / "demo") as demo:
        marija, librarian, _ = seats(demo)
        assert demo.clock.now() == left
        assert [message.text for message in marija.messages] == shown
        assert len([message for message in librarian.messages if message.by_bot]) == 1
        await marija.taps("z nekaj pomoči")
        await marija.settles()
        assert marija.screen.text.startswith("2 od 8")


async def test_a_week_of_travel_shows_every_message_at_its_own_hour(tmp_path):
    async with start(tmp_path / "demo") as demo:
        coordinator = seats(demo)[2]
        journey = await demo.traveller.travel("week")
        assert journey.words == "Zdaj je torek, 1.\xa012.\xa02026. Na telefonih: 1\xa0novo sporočilo."
        assert journey.people == (coordinator.id,)
        [*_, message] = coordinator.messages
        assert datetime.fromtimestamp(message.date, UTC) == datetime(2026, 11, 30, 7, tzinfo=UTC)  # Monday at eight
        assert demo.clock.now() == datetime(2026, 12, 1, 9, tzinfo=UTC)
        assert "Izmišljeni podatki za predstavitev" in message.text
        with sqlite3.connect(tmp_path / "demo" / "village.db") as database:
            states = {state for (state,) in database.execute("SELECT DISTINCT state FROM delivery")}
        assert states == {"due", "sent", "cancelled", "failed"}  # failed: those without a phone


async def test_to_the_next_message_stops_where_it_comes(tmp_path):
    async with start(tmp_path / "demo") as demo:
        coordinator = seats(demo)[2]
        await demo.traveller.travel("next")
        assert demo.clock.now() == datetime(2026, 11, 30, 7, tzinfo=UTC)
        assert datetime.fromtimestamp(coordinator.screen.date, UTC) == demo.clock.now()


async def test_to_the_next_questionnaire_passes_everything_else_and_leads_to_the_phone_where_it_came(tmp_path):
    async with start(tmp_path / "demo") as demo:
        marija, coordinator = seats(demo, "Marija", "Koordinatorka")
        assert (await demo.traveller.travel("survey")).words.startswith("Na teh telefonih ni osebe")
        assert demo.clock.now() == datetime(2026, 11, 24, 9, tzinfo=UTC)
        await marija.follows(demo.phone.cards[0].link)
        await marija.settles()
        await marija.taps("Da")
        await marija.settles()
        for end in (datetime(2026, 12, 11, 16, tzinfo=UTC), datetime(2027, 3, 11, 9, tzinfo=UTC)):
            journey = await demo.traveller.travel("survey")
            assert demo.clock.now() == end
            assert journey.people[-1] == marija.id
        assert coordinator.id in journey.people
        assert (await demo.traveller.travel("survey")).words.startswith("Na teh telefonih ni osebe")
        assert demo.clock.now() == end


@pytest.mark.parametrize(
    ("step", "start", "end"),
    [
        ("day", (2026, 10, 24), (2026, 10, 25)),
        ("week", (2026, 12, 28), (2027, 1, 4)),
        ("month", (2026, 11, 24), (2026, 12, 24)),
        ("month", (2026, 12, 31), (2027, 1, 31)),
        ("month", (2027, 1, 31), (2027, 2, 28)),
    ],
)
def test_a_journey_ends_at_the_same_hour_on_the_wall(step, start, end):
    hour = later(datetime(*start, 8, tzinfo=UTC), step, ZONE).astimezone(ZONE)
    before = datetime(*start, 8, tzinfo=UTC).astimezone(ZONE)
    assert (hour.date(), hour.time()) == (date(*end), before.time())


async def test_the_made_up_people_go_on_answering(tmp_path):
    def answered():
        with sqlite3.connect(tmp_path / "demo" / "village.db") as database:
            return database.execute("SELECT count(*) FROM run WHERE finished_at IS NOT NULL").fetchone()[0]

    async with start(tmp_path / "demo") as demo:
        before = answered()
        for _ in range(4):
            await demo.traveller.travel("week")
        assert answered() > before + 30


async def test_once_the_open_group_has_ended_the_card_leads_to_a_new_one(tmp_path):
    async with start(tmp_path / "demo") as demo:
        first = demo.phone.cards[0].link
        demo.clock.move_to(demo.clock.now() + timedelta(days=61))  # as long as the link holds, and longer
        await demo.traveller.travel("day")
        await until(lambda: demo.phone.cards[0].link != first)
        marija = seats(demo)[0]
        await marija.follows(demo.phone.cards[0].link)
        await marija.settles()
        await marija.taps("Da")
        await marija.settles()
        assert marija.screen.text.startswith("1 od 8")


async def test_the_command_serves_the_phones_and_touches_no_real_configuration(tmp_path, sown):
    config = tmp_path / "config.toml"
    config.write_text("[telegram]\ntoken = broken", "utf-8")
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "POVEZUJEJO_DATABASE__URL": "postgresql://nowhere/real"}
    call = [sys.executable, "-m", "bot", "demo", "--port", "0", "--data-dir", "village", "--no-browser"]
    process = await asyncio.create_subprocess_exec(
        *call, cwd=tmp_path, env=environment, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE
    )
    await process.stdout.readline()
    said = (await asyncio.wait_for(process.stdout.readline(), PATIENCE)).decode()
    address = next(word for word in said.split() if word.startswith("http"))
    async with aiohttp.ClientSession() as session, session.get(f"{address}phone/events") as events:
        async with session.get(address) as page:
            assert (page.status, page.content_type) == (200, "text/html")
        assert await events.content.readline() == b"event: people\n"  # a page that stays open holds nobody up
        process.send_signal(signal.SIGTERM)
        _, errors = await asyncio.wait_for(process.communicate(), PATIENCE)
    assert (process.returncode, errors.decode()) == (0, "")
    assert config.read_text("utf-8") == "[telegram]\ntoken = broken"
    assert sorted(file.name for file in tmp_path.iterdir() if file != sown) == ["config.toml", "village"]
    assert sorted(file.name for file in (tmp_path / "village").iterdir()) == [
        "memory.json",
        "village.db",
        "village.key",
    ]


async def test_two_demos_do_not_share_a_folder(tmp_path):
    async with start(tmp_path / "demo"):
        with pytest.raises(CommandProblem) as refused:
            async with start(tmp_path / "demo"):
                pass
    assert str(refused.value) == (
        f"A demo runs in {tmp_path / 'demo'} already: use that one, or choose another --data-dir."
    )
    async with start(tmp_path / "demo") as demo:
        assert len(demo.phone.owners) == 5


async def test_an_unfinished_first_start_is_begun_again(tmp_path):
    async with start(tmp_path / "demo"):
        pass
    (tmp_path / "demo" / "memory.json").unlink()
    async with start(tmp_path / "demo") as demo:
        assert "knjižničarka ali knjižničar" in seats(demo)[1].screen.text


async def test_a_port_that_is_taken_is_said_in_a_sentence(tmp_path):
    server = await asyncio.start_server(lambda *_: None, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    call = [sys.executable, "-m", "bot", "demo", "--port", str(port), "--data-dir", "village", "--no-browser"]
    process = await asyncio.create_subprocess_exec(
        *call, cwd=tmp_path, env={**os.environ, "PYTHONPATH": str(ROOT)}, stderr=asyncio.subprocess.PIPE
    )
    _, errors = await asyncio.wait_for(process.communicate(), PATIENCE)
    server.close()
    assert process.returncode == 1
    assert errors.decode() == f"Port {port} is in use: choose another with --port, or leave it out.\n"
