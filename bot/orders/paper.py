"""»Natisni vprašalnik«: the questionnaires of a group, or of one person, for those who have not answered, as a PDF."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import Self

from sqlalchemy import Connection

from bot.actions import assistance as actions
from bot.conversation import permissions
from bot.conversation.permissions import Permission
from bot.conversation.request import Request
from bot.conversation.screens import Button, Document, Screen
from bot.orders.order import Stored
from bot.runtime.services import Services
from bot.staff.paper_forms import papers
from bot.texts import paper as texts
from bot.worker import requests
from bot.worker.printing.questionnaire import Papers
from bot.worker.requests import Batch
from storage import cohorts


@dataclass(frozen=True, slots=True)
class PaperOrder:
    """The sheets of a cohort and a wave; of one person by code and enrolment, of everybody with "" and 0."""

    cohort: int
    wave: str
    code: str = ""
    enrolment: int = 0

    parts = ("paper",)
    coming = "Listi"

    @classmethod
    def read(cls, stored: Stored) -> Self:
        """As a delivery stores it."""
        return cls(int(stored["paper"]), str(stored["wave"]), str(stored["code"]), int(stored["enrolment"]))

    def stored(self) -> dict[str, object]:
        """The same, written."""
        return {"paper": self.cohort, "wave": self.wave, "code": self.code, "enrolment": self.enrolment}

    @property
    def audited(self) -> tuple[str, str]:
        """For the audit."""
        return "papers.order", self.code or f"cohort:{self.cohort}"

    @property
    def again(self) -> Button:
        """To the waves that can be printed."""
        return Button(texts.PRINT, actions.choose_paper(self.cohort, self.enrolment))

    def allowed(self, request: Request) -> bool:
        """Who helps to answer."""
        return permissions.cohort(request, Permission.ASSIST, self.cohort) is not None

    def named(self, request: Request) -> str:
        """By the code or the name of the cohort, and the wave."""
        cohort = cohorts.find(request.connection, self.cohort)
        programme = None if cohort is None else request.services.programmes.get(cohort.programme)
        wave = None if programme is None else programme.wave(self.wave)
        subject = self.code or ("" if cohort is None else cohort.name)
        return texts.order_name(subject, "" if wave is None else wave.name)

    async def made(self, services: Services, part: str, batch: Batch) -> Screen:  # noqa: ARG002 - there is one part
        """The file, or the sentence that says that everybody has answered."""
        name, file_name, sheets = await services.database.read(partial(self._sheets, services=services))
        if not sheets.people:
            return Screen(texts.NOBODY)
        file = Document(await requests.printed(services, sheets), file_name)
        return Screen(texts.caption(name, len(sheets.people)), media=file)

    def _sheets(self, connection: Connection, services: Services) -> tuple[str, str, Papers]:
        cohort = cohorts.find(connection, self.cohort)
        programme = None if cohort is None else services.programmes[cohort.programme]
        wave = None if programme is None else programme.wave(self.wave)
        if cohort is None or programme is None or wave is None:
            raise LookupError("the group or its wave is gone")
        sheets = papers(connection, services, cohort, wave, services.clock(), self.code)
        group = self.code.removeprefix(f"{programme.code}-") or cohort.name
        file_name = texts.file_name(programme.code, group, wave.name, sheets.made_on)
        return texts.order_name(self.code or cohort.name, wave.name), file_name, sheets
