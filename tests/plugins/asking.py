"""Somebody who asks a running bot over HTTP how it is."""

import aiohttp


class Asking:
    """What the port answers."""

    def __init__(self, address):
        self.address = address

    async def get(self, path):
        async with aiohttp.ClientSession() as session, session.get(self.address + path) as response:
            return response.status, await response.text()

    async def figures(self):
        """The figures by their name with labels."""
        status, text = await self.get("/metrics")
        assert status == 200
        lines = [line.rsplit(" ", 1) for line in text.splitlines() if not line.startswith("#")]
        return {name: float(value) for name, value in lines}
