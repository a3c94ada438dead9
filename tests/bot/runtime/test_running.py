"""`povezujejo run` and `povezujejo init` as real processes, against the stand-in."""

import asyncio
import os
import re
import signal
import sqlite3
import stat
import sys
from contextlib import closing
from pathlib import Path

import pytest

from bot.runtime.exit_codes import ExitCode
from bot.simulator.server import Simulator
from storage.engine.migrate import upgrade
from storage.secrets.keys import create_key_file
from tests.plugins.databases import seal_with
from tests.plugins.processes import free_port

ROOT = Path(__file__).parents[3]
ENDS_WITHIN = 5.0  # seconds; what an operator may count on
STARTS_WITHIN = 30.0
RUNNING = "the bot is running"
NEW = ("config.toml", "povezujejo.key", "povezujejo.db")


class Process:
    """A running `povezujejo` whose error output is read line by line."""

    def __init__(self, process):
        self._process = process
        self.said = ""

    @classmethod
    async def start(cls, folder, *arguments, stdin=None):
        environment = {name: value for name, value in os.environ.items() if not name.startswith("POVEZUJEJO_")}
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "bot", *arguments,
            cwd=folder,
            env=environment | {"PYTHONPATH": str(ROOT)},
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
        )  # fmt: skip
        if stdin is not None:
            process.stdin.write(stdin)
            await process.stdin.drain()
        process.stdin.close()
        return cls(process)

    async def says(self, words):
        """Wait until a line of the error output holds these words."""
        async with asyncio.timeout(STARTS_WITHIN):
            while True:
                line = (await self._process.stderr.readline()).decode()
                self.said += line
                if words in line:
                    return line.strip()
                assert line, f"ended without saying {words!r}: {self.said}"

    def send(self, name):
        self._process.send_signal(name)

    async def ends(self, within=STARTS_WITHIN):
        """The exit status."""
        async with asyncio.timeout(within):
            status = await self._process.wait()
        self.said += (await self._process.stderr.read()).decode()
        self.output = (await self._process.stdout.read()).decode()
        return status

    async def kill(self):
        if self._process.returncode is None:
            self._process.kill()
            await self._process.wait()


@pytest.fixture
async def start(tmp_path):
    """Starts processes in a folder of their own, and leaves none behind."""
    started = []

    async def start(*arguments, stdin=None):
        started.append(await Process.start(tmp_path, *arguments, stdin=stdin))
        return started[-1]

    yield start
    for process in started:
        await process.kill()


def configure(folder, token, base_url):
    (folder / "config.toml").write_text(f'[telegram]\ntoken = "{token}"\nbase_url = "{base_url}"\n')
    if not (folder / "povezujejo.key").exists():
        create_key_file(folder / "povezujejo.key")
        upgrade(f"sqlite:///{folder / 'povezujejo.db'}")


@pytest.fixture
def configured(tmp_path, simulator):
    configure(tmp_path, simulator.token, simulator.base_url)
    return tmp_path


@pytest.mark.parametrize("name", [signal.SIGINT, signal.SIGTERM])
async def test_the_bot_ends_when_it_is_told_to(configured, start, name):
    bot = await start("run")
    await bot.says(RUNNING)
    bot.send(name)
    assert await bot.ends(ENDS_WITHIN) == 0
    assert "Traceback" not in bot.said


async def test_where_the_database_is_missing_nothing_is_made_and_nothing_is_taken(configured, start, simulator):
    (configured / "povezujejo.db").unlink()
    await simulator.person().says("/start")
    bot = await start("run")
    assert await bot.ends() == ExitCode.DATABASE
    assert bot.said == (
        f"There is no database at {configured / 'povezujejo.db'}. Bring back the one that was there (mount its disk, or"
        " povezujejo restore). For a new, empty one, run: povezujejo db upgrade\n"
    )
    assert (list(configured.glob("*.db*")), len(simulator.world.updates.pending)) == ([], 1)


async def test_what_was_received_when_the_bot_is_told_to_end_is_kept(configured, start, simulator):
    bot = await start("run")
    await bot.says(RUNNING)
    people = [simulator.person(f"Oseba {number}") for number in range(20)]
    await asyncio.gather(*(person.says("/pomoc") for person in people))
    bot.send(signal.SIGTERM)
    assert await bot.ends(ENDS_WITHIN) == 0
    with closing(sqlite3.connect(configured / "povezujejo.db")) as connection:
        handled = connection.execute("SELECT count(*) FROM handled_update").fetchone()[0]
        chats = connection.execute("SELECT count(*) FROM chat").fetchone()[0]
    assert handled == chats
    again = await start("run")
    await again.says(RUNNING)
    for person in people:
        await person.settles()
    assert [len(person.messages) for person in people] == [2] * 20  # what was said, and one answer


async def test_a_second_bot_is_told_so_in_one_sentence(configured, start, simulator):
    first = await start("run")
    await first.says(RUNNING)
    await asyncio.sleep(1.5)  # the first is at home once it was alone for a second
    (configured / "other").mkdir()
    configure(configured / "other", simulator.token, simulator.base_url)
    second = await start("run", "--config", "other/config.toml")
    assert await second.ends() == ExitCode.CONFLICT
    lines = [line for line in second.said.splitlines() if "token" in line]
    assert len(lines) == 1
    assert lines[0].endswith("Another bot is already running with this token. Stop it, or use a token of your own.")
    assert "Traceback" not in second.said
    first.send(signal.SIGTERM)
    assert await first.ends(ENDS_WITHIN) == 0


async def test_of_two_bots_with_tokens_of_their_own_one_works_on_a_file_of_sqlite(configured, start):
    config = (configured / "config.toml").read_text()
    first = await start("run")
    await first.says(RUNNING)
    other = re.sub("base_url = .*", f'base_url = "http://127.0.0.1:{free_port()}"', config)  # where nobody says 409
    (configured / "other.toml").write_text(other)
    second = await start("run", "--config", "other.toml")
    assert await second.ends() == ExitCode.CONFLICT
    assert second.said.startswith(f"Another bot already works on the database {configured / 'povezujejo.db'}. Stop it,")
    await first.kill()  # which leaves nothing in the way
    third = await start("run")
    await third.says(RUNNING)


async def test_a_bot_takes_no_webhook_away_unless_it_is_told_to(configured, start, simulator):
    port = free_port()
    there = f"http://127.0.0.1:{port}"
    webhook = (
        f'mode = "webhook"\nwebhook_url = "{there}/telegram"\nwebhook_port = {port}\nwebhook_secret = "skrivnost"\n'
    )
    database = '[database]\nurl = "sqlite:///server.db"\n'
    (configured / "server.toml").write_text(f"{(configured / 'config.toml').read_text()}{webhook}{database}")
    upgrade(f"sqlite:///{configured}/server.db")
    server = await start("run", "--config", "server.toml")
    await server.says(RUNNING)

    laptop = await start("run")
    assert await laptop.ends() == ExitCode.CONFLICT
    assert laptop.said.splitlines()[-1].endswith("to take its place: povezujejo run --take-over")
    ana = simulator.person("Ana")
    await ana.says("/start")
    await ana.waits()
    await ana.waits(lambda: simulator.courier.delivered)  # the answer to the update comes after the card
    assert [where for where, _ in simulator.courier.delivered] == [f"{there}/telegram"]

    laptop = await start("run", "--take-over")
    await laptop.says(f"the webhook at {there} is removed: this bot polls")
    await laptop.says(RUNNING)
    assert simulator.world.webhook.url == ""


async def test_without_a_network_the_bot_waits_and_says_so(tmp_path, start):
    async with Simulator.running() as before:
        port, token = before.port, before.token
    configure(tmp_path, token, f"http://127.0.0.1:{port}/bot")
    bot = await start("run")
    line = await bot.says("no connection to Telegram, waiting for it")
    assert token not in line
    async with Simulator.running(port=port, token=token):
        await bot.says(RUNNING)
        bot.send(signal.SIGINT)
        assert await bot.ends(ENDS_WITHIN) == 0


async def test_a_bot_that_waits_for_the_network_ends_when_it_is_told_to(tmp_path, start):
    configure(tmp_path, "123456789:AAabc", "http://127.0.0.1:9/bot")
    bot = await start("run")
    await bot.says("no connection to Telegram")
    bot.send(signal.SIGTERM)
    assert await bot.ends(ENDS_WITHIN) == 0


async def test_a_wrong_token_is_told_in_one_sentence(tmp_path, start, simulator):
    configure(tmp_path, "123456789:AAwrong", simulator.base_url)
    bot = await start("run")
    assert await bot.ends() == ExitCode.TELEGRAM
    assert bot.said.splitlines()[-1].endswith(
        "Telegram does not accept the bot's token. Copy it again from @BotFather into the configuration."
    )
    assert "AAwrong" not in bot.said


@pytest.mark.parametrize(
    ("break_it", "sentence", "status"),
    [
        (lambda folder: (folder / "povezujejo.key").unlink(), "There is no key file at ", ExitCode.DATABASE),
        (lambda folder: (folder / "povezujejo.key").chmod(0o644), "Others can read the key file ", ExitCode.DATABASE),
        (
            lambda folder: (folder / "config.toml").write_text(""),
            "No token of the bot is configured",
            ExitCode.CONFIGURATION,
        ),
        (lambda folder: (folder / "povezujejo.db").write_bytes(b"x" * 4096), "The file ", ExitCode.DATABASE),
    ],
)
async def test_what_keeps_the_bot_from_starting_is_one_sentence(configured, start, break_it, sentence, status):
    break_it(configured)
    bot = await start("run")
    assert await bot.ends() == status
    assert bot.said.splitlines()[-1].startswith(sentence)
    assert "Traceback" not in bot.said


async def test_the_setup_writes_what_a_bot_needs(tmp_path, start, simulator):
    setup = await start("init", "--base-url", simulator.base_url, stdin=f"{simulator.token}\n".encode())
    assert await setup.ends() == 0, setup.said
    assert setup.output.splitlines()[0] == f"@{simulator.username} answers. config.toml is written."
    assert [stat.S_IMODE((tmp_path / name).stat().st_mode) for name in NEW] == [0o600] * 3
    bot = await start("run")
    await bot.says(RUNNING)
    enrolling = await start("staff", "invite", "--role", "national", "--json")
    assert await enrolling.ends() == 0
    assert re.search(rf'"https://t\.me/{simulator.username}\?start=[\w-]+"', enrolling.output)


async def test_where_nothing_can_be_written_the_setup_leaves_no_half_of_a_file(tmp_path, simulator):
    command = (sys.executable, "-m", "bot", "init", "--token", simulator.token, "--base-url", simulator.base_url)
    setup = await asyncio.create_subprocess_exec(
        "sh", "-c", 'ulimit -f 0; exec "$@"', "sh", *command,
        cwd=tmp_path, env=os.environ | {"PYTHONPATH": str(ROOT)}, stderr=asyncio.subprocess.PIPE,
    )  # fmt: skip
    _, said = await setup.communicate()
    assert (setup.returncode, said.decode()) == (1, "config.toml cannot be written: File too large.\n")
    assert list(tmp_path.iterdir()) == []


async def test_the_name_of_the_bot_is_asked_where_it_is_not_written(configured, start, simulator):
    invite = await start("staff", "invite", "--role", "national", "--json")
    assert await invite.ends() == 0, invite.said
    assert f"https://t.me/{simulator.username}?start=" in invite.output


async def test_the_setup_never_touches_what_is_there(configured, start):
    before = {file.name: file.read_bytes() for file in configured.iterdir()}
    setup = await start("init")
    assert await setup.ends() == 1
    key = configured / "povezujejo.key"
    assert setup.said == f"config.toml, {key} and the database are there already; nothing was changed.\n"
    assert {file.name: file.read_bytes() for file in configured.iterdir()} == before


async def test_the_setup_makes_no_new_key_for_a_database_that_is_there(configured, start):
    seal_with(configured / "povezujejo.key", f"sqlite:///{configured}/povezujejo.db")
    (configured / "povezujejo.key").unlink()
    setup = await start("init")
    assert await setup.ends() == ExitCode.DATABASE
    assert "Bring back your copy of the file" in setup.said
    assert not (configured / "povezujejo.key").exists()


async def test_the_setup_makes_no_new_database_for_a_key_that_is_there(configured, start):
    (configured / "povezujejo.db").unlink()
    setup = await start("init")
    assert await setup.ends() == ExitCode.DATABASE
    assert setup.said.startswith("There is no database at ")
    assert list(configured.glob("*.db*")) == []


@pytest.mark.parametrize(
    ("token", "sentence"),
    [
        ("", "No token was given; give it with --token.\n"),
        ("hello", "This is no token: @BotFather gives one like 123456789:AAE….\n"),
        (
            "123456789:AAwrong",
            "Telegram does not accept this token; copy it again from @BotFather. Nothing was written.\n",
        ),
    ],
)
async def test_with_a_wrong_token_nothing_is_written(tmp_path, start, simulator, token, sentence):
    setup = await start("init", "--token", token, "--base-url", simulator.base_url)
    assert await setup.ends() == 1
    assert setup.said == sentence
    assert list(tmp_path.iterdir()) == []


async def test_without_a_network_the_setup_says_so_and_writes_nothing(tmp_path, start):
    setup = await start("init", "--token", "123456789:AAabc", "--base-url", "http://127.0.0.1:9")
    assert await setup.ends() == 1
    assert setup.said == (
        "Telegram cannot be asked: no connection to the Bot API. See that this machine reaches http://127.0.0.1:9,"
        " then try again. Nothing was written.\n"
    )
    assert list(tmp_path.iterdir()) == []
