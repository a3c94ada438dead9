"""»Seznam privolitev« of a group as a file, since the library must account for it."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from functools import partial
from typing import Self

from sqlalchemy import Connection

from bot.actions import librarian
from bot.consent import register
from bot.conversation import permissions
from bot.conversation.permissions import Permission
from bot.conversation.request import Request
from bot.conversation.screens import Button, Document, Screen
from bot.orders.order import Stored
from bot.runtime.services import Services
from bot.texts import consents as texts
from bot.texts import staff as staff_texts
from bot.texts.reports import REPORT_OR_DATA
from bot.worker.requests import Batch
from storage import cohorts, consents
from storage.cohorts import Cohort
from storage.consents import Record
from surveys.weeks import local_day


@dataclass(frozen=True, slots=True)
class ConsentListOrder:
    """The consents of a cohort."""

    cohort: int

    parts = ("consents",)
    coming = REPORT_OR_DATA

    @classmethod
    def read(cls, stored: Stored) -> Self:
        """As a delivery stores it."""
        return cls(int(stored["consents"]))

    def stored(self) -> dict[str, object]:
        """The same, written."""
        return {"consents": self.cohort}

    @property
    def audited(self) -> tuple[str, str]:
        """For the audit."""
        return "consents.order", f"cohort:{self.cohort}"

    @property
    def again(self) -> Button:
        """To the cohort."""
        return Button(staff_texts.TO_GROUP, librarian.show_cohort(self.cohort))

    def allowed(self, request: Request) -> bool:
        """Who sees the cohort."""
        return permissions.cohort(request, Permission.SEE_GROUPS, self.cohort) is not None

    def named(self, request: Request) -> str:
        """By the name of the cohort."""
        cohort = cohorts.find(request.connection, self.cohort)
        return texts.list_name("" if cohort is None else cohort.name)

    async def made(self, services: Services, part: str, batch: Batch) -> Screen:  # noqa: ARG002 - there is one part
        """The file."""
        cohort, records = await services.database.read(self._records)
        content = await asyncio.to_thread(partial(register.as_xlsx, records, made_up=services.demo))
        library, today = services.programmes[cohort.programme].code, local_day(services.clock())
        return Screen(
            texts.list_caption(cohort.name, len(records)), media=Document(content, texts.list_file(library, today))
        )

    def _records(self, connection: Connection) -> tuple[Cohort, list[Record]]:
        cohort = cohorts.find(connection, self.cohort)
        if cohort is None:
            raise LookupError("the group is gone")
        return cohort, consents.of_cohort(connection, self.cohort)
