"""A command as a process that halts where its news are not read, so that it is killed in the middle for certain."""

import array
import asyncio
import fcntl
import os
import signal
import sys
import termios
from pathlib import Path

ROOT = Path(__file__).parents[2]
PAGE = 4096  # bytes, the smallest pipe


class Halting:
    """`povezujejo …`, whose standard output has room for so many bytes and no more."""

    def __init__(self, folder, *arguments, room):
        self._reading, self._writing = os.pipe()
        fcntl.fcntl(self._writing, fcntl.F_SETPIPE_SZ, PAGE)
        os.write(self._writing, b"x" * (PAGE - room))
        self._command = [sys.executable, "-m", "bot", *arguments]
        self._folder, self._room = folder, room

    @property
    def told(self):
        """How many bytes of news it has written."""
        waiting = array.array("i", [0])
        fcntl.ioctl(self._reading, termios.FIONREAD, waiting)
        return waiting[0] - (PAGE - self._room)

    async def killed(self, until):
        """Wait until so much is done, then SIGKILL."""
        process = await asyncio.create_subprocess_exec(
            *self._command, cwd=self._folder, env={**os.environ, "PYTHONPATH": str(ROOT)}, stdout=self._writing
        )
        async with asyncio.timeout(60):
            while not until(self):
                assert process.returncode is None
                await asyncio.sleep(0.05)
        process.send_signal(signal.SIGKILL)
        assert await process.wait() == -signal.SIGKILL
        os.close(self._writing)
        os.close(self._reading)
