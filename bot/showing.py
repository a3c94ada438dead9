"""After the commit: turns wait here for the edge, each chat in order, and only the newest card of a chat is drawn."""

from __future__ import annotations

from dataclasses import replace

from bot.edge import Edge
from bot.lanes import Lanes
from bot.turns import Turn

_CHATS_AT_ONCE = 256


class Showing:
    """Takes turns without ever making the intake wait."""

    def __init__(self, edge: Edge) -> None:
        self._edge = edge
        self._lanes = Lanes(_CHATS_AT_ONCE)
        self._waiting: dict[bytes, list[Turn]] = {}
        self._drawing: dict[bytes, int] = {}  # chat → revision on its way to the phone

    def put(self, turn: Turn) -> None:
        """Show this turn after those of the same chat that wait."""
        waiting = self._waiting.get(turn.chat)
        if waiting is not None:
            waiting.append(turn)
            return
        self._waiting[turn.chat] = [turn]
        self._lanes.submit(turn.chat, lambda: self._show(turn.chat))

    def put_again(self, turn: Turn) -> None:
        """Show a turn that the database says is behind, unless it is on its way."""
        if turn.chat not in self._waiting and turn.revision > self._drawing.get(turn.chat, -1):
            self.put(turn)

    async def drain(self) -> None:
        """Wait until everything has been shown or given up."""
        await self._lanes.drain()

    async def close(self, seconds: float) -> bool:
        """Wait at most so long, then leave the rest to the next start; whether nothing is left."""
        return await self._lanes.close(seconds)

    async def _show(self, chat: bytes) -> None:
        *overtaken, turn = self._waiting.pop(chat)
        self._drawing[chat] = turn.revision
        try:
            for earlier in overtaken:
                await self._edge.say(earlier)
            if any(earlier.reply.fresh or earlier.reply.extras for earlier in overtaken):
                turn = replace(turn, reply=replace(turn.reply, fresh=True))
            await self._edge.show(turn)
        finally:
            del self._drawing[chat]
