"""»Obrazec za privolitev«: a form to be signed, by language and by who signs, as a PDF."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Self

from bot.actions import assistance as actions
from bot.consent import text_archive
from bot.conversation import permissions
from bot.conversation.permissions import Permission
from bot.conversation.request import Request
from bot.conversation.screens import Button, Document, Screen
from bot.orders.order import Stored
from bot.runtime.services import Services
from bot.texts import consent_forms as texts
from bot.texts import languages
from bot.texts.participant import CONSENT_VERSION, WAITING_VERSION
from bot.worker import requests
from bot.worker.printing.consent import ConsentForm
from bot.worker.requests import Batch
from surveys.languages import NAMES, group_name
from surveys.model import EnrolmentRole
from surveys.weeks import local_day


@dataclass(frozen=True, slots=True)
class ConsentFormOrder:
    """Which form; without a code it is for anybody."""

    programme: str
    audience: str
    language: str
    guardian: bool
    code: str = ""
    role: EnrolmentRole = EnrolmentRole.PARTICIPANT

    parts = ("form",)
    coming = "Listi"

    @classmethod
    def read(cls, stored: Stored) -> Self:
        """As a delivery stores it; older rows name no role."""
        role = EnrolmentRole(stored.get("role", EnrolmentRole.PARTICIPANT))
        guardian = bool(stored["guardian"])
        return cls(stored["consent_form"], stored["audience"], stored["language"], guardian, stored["code"], role)

    def stored(self) -> dict[str, object]:
        """The same, written."""
        return {
            "consent_form": self.programme,
            "audience": self.audience,
            "language": self.language,
            "guardian": self.guardian,
            "code": self.code,
            "role": self.role.value,
        }

    @property
    def audited(self) -> tuple[str, str]:
        """For the audit."""
        return "consent_form.order", self.code or self.programme

    @property
    def again(self) -> Button:
        """To the forms of the programme."""
        return Button(texts.ANOTHER, actions.choose_consent_form(self.programme))

    def allowed(self, request: Request) -> bool:
        """Who enrols."""
        return permissions.may(request, Permission.ENROL, self.programme)

    def named(self, request: Request) -> str:  # noqa: ARG002 - its name is known
        """By code and language."""
        return texts.order_name(self.code, NAMES[self.language])

    async def made(self, services: Services, part: str, batch: Batch) -> Screen:  # noqa: ARG002 - there is one part
        """The file."""
        form = self.form(services, services.clock())
        name = texts.file_name(
            services.programmes[self.programme].code, self.language, form.made_on, guardian=self.guardian
        )
        file = Document(await requests.printed(services, form), name)
        return Screen(texts.caption(texts.order_name(self.code, form.language_name)), media=file)

    def form(self, services: Services, now: datetime) -> ConsentForm:
        """What is printed. Raises LookupError where its programme is gone."""
        programme = services.programmes[self.programme]
        return ConsentForm(
            library=programme.library,
            group=group_name(programme, self.language),
            text=text_archive.without_chat(
                programme, self.audience, self.language, guardian=self.guardian, role=self.role
            ),
            version=WAITING_VERSION if self.role is EnrolmentRole.WAITING else CONSENT_VERSION,
            language=self.language,
            language_name=NAMES[self.language],
            guardian=self.guardian,
            made_on=local_day(now),
            code=self.code,
            contact=languages.words(self.language).calling.turn_to(services.contact(programme.code)),
        )
