"""»Kartice za tisk«: the cards of a group, from one enrolment to another, as a PDF."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import Self

from sqlalchemy import Connection

from bot.actions import librarian
from bot.conversation import permissions
from bot.conversation.permissions import Permission
from bot.conversation.request import Request
from bot.conversation.screens import Button, Document, Screen
from bot.orders.order import Stored
from bot.runtime.services import Services
from bot.staff import handouts
from bot.texts import enrolling as texts
from bot.worker import requests
from bot.worker.printing.cards import CardSheet
from bot.worker.requests import Batch
from storage import cohorts


@dataclass(frozen=True, slots=True)
class CardsOrder:
    """The cards of a cohort from one enrolment to another, of those whose link still opens something."""

    cohort: int
    first: int
    last: int

    parts = ("cards",)
    coming = "Kartice"

    @classmethod
    def read(cls, stored: Stored) -> Self:
        """As a delivery stores it."""
        return cls(int(stored["cards"]), int(stored["first"]), int(stored["last"]))

    def stored(self) -> dict[str, object]:
        """The same, written."""
        return {"cards": self.cohort, "first": self.first, "last": self.last}

    @property
    def audited(self) -> tuple[str, str]:
        """For the audit."""
        return "cards.order", f"cohort:{self.cohort}"

    @property
    def again(self) -> Button:
        """To the codes of which there are cards."""
        return Button(texts.CODES, librarian.show_codes(self.cohort, self.first, self.last))

    def allowed(self, request: Request) -> bool:
        """Who enrols."""
        return permissions.cohort(request, Permission.ENROL, self.cohort) is not None

    def named(self, request: Request) -> str:
        """By the name of the cohort."""
        cohort = cohorts.find(request.connection, self.cohort)
        return texts.cards_name("" if cohort is None else cohort.name)

    async def made(self, services: Services, part: str, batch: Batch) -> Screen:  # noqa: ARG002 - there is one part
        """The file, or the sentence that says that every link was used."""
        library, sheet = await services.database.read(partial(self._sheet, services=services))
        if not sheet.cards:
            return Screen(texts.CARDS_GONE)
        file = Document(await requests.printed(services, sheet), texts.cards_file(library, sheet.made_on))
        return Screen(texts.cards_caption(sheet.cohort, len(sheet.cards)), media=file)

    def _sheet(self, connection: Connection, services: Services) -> tuple[str, CardSheet]:
        cohort = cohorts.find(connection, self.cohort)
        if cohort is None:
            raise LookupError("the group is gone")
        sheet = handouts.sheet(connection, services, cohort, self.first, self.last, services.clock())
        return services.programmes[cohort.programme].code, sheet
