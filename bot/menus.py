"""The command menus: one for everybody, and one for each member of staff by role. Remembers what it has set."""

from __future__ import annotations

from bot import staffroom
from bot.edge import Edge
from bot.house import House
from bot.staffroom import Menu
from bot.texts.slovene import participant


class Menus:
    """Keeps the menus on the phones in step with the roles; what fails is tried at the next tick."""

    def __init__(self, house: House, edge: Edge) -> None:
        self._house = house
        self._edge = edge
        self._set: dict[bytes | None, Menu] = {}

    async def keep_in_step(self) -> None:
        """Set every menu that is not yet what the role says; who is no longer staff gets the participants' menu."""
        of_staff = await self._house.database.read(staffroom.menus)
        gone = {chat: participant.COMMANDS for chat in self._set if chat not in of_staff}
        for chat, menu in ({None: participant.COMMANDS} | gone | of_staff).items():
            if self._set.get(chat) != menu and await self._edge.set_menu(chat, menu):
                self._set[chat] = menu
