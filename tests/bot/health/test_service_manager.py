"""What systemd is told, on a real socket."""

import asyncio
import os
import signal
import socket
import sys
from contextlib import asynccontextmanager, suppress
from pathlib import Path

import pytest

from bot.health.service_manager import ServiceManager
from bot.runtime.activity import STUCK_SECONDS, Activity
from storage.secrets.keys import create_key_file

ROOT = Path(__file__).parents[3]


class Systemd:
    """Whoever listens where the bot notifies."""

    def __init__(self, path):
        self.path, self.heard = path, []
        self._socket = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        self._socket.bind(str(path).replace("@", "\0", 1))
        self._socket.setblocking(False)

    def environment(self, watchdog="300000", **more):
        return {"NOTIFY_SOCKET": str(self.path), "WATCHDOG_USEC": watchdog, **more}

    async def hears(self, line):
        """Wait until this is among what is said, which is forgotten."""
        async with asyncio.timeout(60):
            while True:
                heard = (await asyncio.get_running_loop().sock_recv(self._socket, 4096)).decode().splitlines()
                self.heard.append(heard)
                if line in heard:
                    return heard

    def waiting(self):
        """What was said and not heard yet, which is forgotten."""
        said = []
        with suppress(BlockingIOError):
            while True:
                said += self._socket.recv(4096).decode().splitlines()
        return said

    def close(self):
        self._socket.close()


@pytest.fixture
def systemd(tmp_path):
    listening = Systemd(tmp_path / "notify")
    yield listening
    listening.close()


@asynccontextmanager
async def notifying(manager):
    stop = asyncio.Event()
    running = asyncio.create_task(manager.run(stop))
    try:
        yield
    finally:
        stop.set()
        await running


async def test_a_bot_under_systemd_tells_its_start_its_life_and_its_end(tmp_path, systemd, simulator, migrated_file):
    (tmp_path / "povezujejo.db").write_bytes(migrated_file.read_bytes())
    (tmp_path / "config.toml").write_text(
        f'[telegram]\ntoken = "{simulator.token}"\nbase_url = "{simulator.base_url}"\n[health]\nenabled = false\n'
    )
    create_key_file(tmp_path / "povezujejo.key")
    bot = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot", "run",
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(ROOT), **systemd.environment()},
        stderr=asyncio.subprocess.DEVNULL,
    )  # fmt: skip
    try:
        await systemd.hears("READY=1")
        assert all("WATCHDOG=1" not in said for said in systemd.heard)
        await systemd.hears("WATCHDOG=1")
        bot.send_signal(signal.SIGTERM)
        await systemd.hears("STOPPING=1")
        assert await bot.wait() == 0
    finally:
        if bot.returncode is None:
            bot.kill()
            await bot.wait()


async def test_a_start_that_waits_for_telegram_asks_for_more_time(systemd):
    async with notifying(ServiceManager(Activity(), systemd.environment())):
        assert await systemd.hears("STATUS=starts, waits for Telegram") == [
            "EXTEND_TIMEOUT_USEC=90000000",
            "STATUS=starts, waits for Telegram",
        ]


@pytest.mark.parametrize("stands", ["the intake asks no more", "an update is never committed"])
async def test_whoever_does_not_move_is_not_called_alive(systemd, stands):
    moment = [0.0]
    activity = Activity(lambda: moment[0])
    manager = ServiceManager(activity, systemd.environment())
    manager.ready()
    async with notifying(manager):
        if stands == "the intake asks no more":
            activity.intake_waits(30.0)
            moment[0] += 30.0
        else:
            activity.accepted.begin(1)
        moment[0] += STUCK_SECONDS
        await systemd.hears("WATCHDOG=1")
        moment[0] += 1.0
        systemd.waiting()
        await asyncio.sleep(0.5)  # five times as long as a ping takes
        assert systemd.waiting() == []
        activity.accepted.end(1)
        activity.intake_waits(0.0)
        await systemd.hears("WATCHDOG=1")


async def test_the_watchdog_of_another_process_is_not_ours(systemd):
    manager = ServiceManager(Activity(), systemd.environment(WATCHDOG_PID="1"))
    manager.ready()
    async with notifying(manager):
        await systemd.hears("READY=1")
    await systemd.hears("STOPPING=1")
    assert all("WATCHDOG=1" not in said for said in systemd.heard)


async def test_an_address_that_is_no_file(tmp_path):
    listening = Systemd(f"@{tmp_path.name}-{os.getpid()}")
    ServiceManager(Activity(), listening.environment()).ready()
    await listening.hears("READY=1")
    listening.close()


async def test_without_systemd_nothing_is_told_and_nothing_waits():
    await ServiceManager(Activity(), {}).run(asyncio.Event())
