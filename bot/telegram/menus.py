"""The command menus: one for everybody, and one for each member of staff by role. Remembers what it has set."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from sqlalchemy import Connection

from bot.conversation.handled import Menu
from bot.runtime.services import Services
from bot.telegram.edge import Edge
from bot.texts.languages import WORDS
from bot.texts.slovene import participant
from storage.secrets.addresses import TELEGRAM
from surveys.languages import SLOVENIAN

_LETTERS = 2  # of the languages that phones know
_EVERYBODY: dict[tuple[bytes | None, str], Menu] = {
    (None, ""): participant.COMMANDS,
    **{(None, tag): words.COMMANDS for tag, words in WORDS.items() if tag != SLOVENIAN and len(tag) == _LETTERS},
}


class Menus:
    """Keeps the menus on the phones in step with the roles; what fails is tried at the next tick.

    `of_staff` reads which menu each chat of staff has.
    """

    def __init__(self, services: Services, edge: Edge, of_staff: Callable[[Connection], Mapping[bytes, Menu]]) -> None:
        self._services = services
        self._edge = edge
        self._of_staff = of_staff
        self._set: dict[tuple[bytes | None, str], Menu] = {}  # by chat (None: everybody) and language of the phone

    async def keep_in_step(self) -> None:
        """Set every menu that is not yet what the role says; who is no longer staff gets the participants' menu."""
        staff, keys = await self._services.database.read(self._of_staff), self._services.keys
        of_staff = {chat: menu for chat, menu in staff.items() if keys.open_address(chat).channel == TELEGRAM}
        gone = {chat: participant.COMMANDS for chat, _ in self._set if chat not in of_staff}
        of_chats = {(chat, ""): menu for chat, menu in (gone | of_staff).items()}
        for place, menu in (_EVERYBODY | of_chats).items():
            if self._set.get(place) != menu and await self._edge.set_menu(place[0], menu, place[1]):
                self._set[place] = menu
