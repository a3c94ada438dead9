"""The command menus: one for everybody, and one for each member of staff by role. Remembers what it has set."""

from __future__ import annotations

from bot import staffroom
from bot.edge import Edge
from bot.house import House
from bot.staffroom import Menu
from bot.texts.languages import WORDS
from bot.texts.slovene import participant
from surveys.languages import SLOVENIAN

_LETTERS = 2  # of the languages that phones know
_EVERYBODY: dict[tuple[bytes | None, str], Menu] = {
    (None, ""): participant.COMMANDS,
    **{(None, tag): words.COMMANDS for tag, words in WORDS.items() if tag != SLOVENIAN and len(tag) == _LETTERS},
}


class Menus:
    """Keeps the menus on the phones in step with the roles; what fails is tried at the next tick."""

    def __init__(self, house: House, edge: Edge) -> None:
        self._house = house
        self._edge = edge
        self._set: dict[tuple[bytes | None, str], Menu] = {}  # by chat (None: everybody) and language of the phone

    async def keep_in_step(self) -> None:
        """Set every menu that is not yet what the role says; who is no longer staff gets the participants' menu."""
        of_staff = await self._house.database.read(staffroom.menus)
        gone = {chat: participant.COMMANDS for chat, _ in self._set if chat not in of_staff}
        of_chats = {(chat, ""): menu for chat, menu in (gone | of_staff).items()}
        for place, menu in (_EVERYBODY | of_chats).items():
            if self._set.get(place) != menu and await self._edge.set_menu(place[0], menu, place[1]):
                self._set[place] = menu
