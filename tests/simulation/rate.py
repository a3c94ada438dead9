"""The rate of messages that the processes of a story keep together, as one row of PostgreSQL keeps it for them."""

import asyncio

from bot.telegram.limiter import Rates


class SharedRate:
    """Where the bot has a `bot.telegram.shared_budget.SharedBudget`; one for all processes of a story."""

    def __init__(self, troubles):
        self._troubles, self._gap, self._empty = troubles, 1 / Rates().overall, 0.0

    async def place(self):
        """The next place in time; asking for it takes a while."""
        await asyncio.sleep(self._troubles.reading_takes())
        mine = max(self._empty, asyncio.get_running_loop().time())
        self._empty = mine + self._gap
        return mine

    def rest(self, seconds):
        self._empty = max(self._empty, asyncio.get_running_loop().time() + seconds)
