"""/izvoz: the data of a programme under codes, packed with their description."""

from __future__ import annotations

import asyncio
import io
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

from bot.actions import coordinator as actions
from bot.actions.choices import DataForm, Purpose
from bot.conversation import permissions
from bot.conversation.permissions import Permission
from bot.conversation.request import Request
from bot.conversation.screens import Button, Document, Screen
from bot.orders.order import Stored
from bot.runtime.services import Services
from bot.texts import reports as texts
from bot.worker import requests
from bot.worker.requests import Batch, ExportSpec
from surveys.weeks import local_day

if TYPE_CHECKING:
    from reports.export.make import File


@dataclass(frozen=True, slots=True)
class DataOrder:
    """The data of a programme in one form."""

    programme: str
    form: DataForm

    parts = ("data",)
    coming = texts.REPORT_OR_DATA

    @classmethod
    def read(cls, stored: Stored) -> Self:
        """As a delivery stores it."""
        return cls(str(stored["export"]), DataForm(stored["form"]))

    def stored(self) -> dict[str, object]:
        """The same, written."""
        return {"export": self.programme, "form": self.form.value}

    @property
    def audited(self) -> tuple[str, str]:
        """For the audit."""
        return "export.order", f"{self.form}:{self.programme}"

    @property
    def again(self) -> Button:
        """To the other forms."""
        return Button(texts.OTHER_FORM, actions.choose_subject(Purpose.EXPORT, self.programme))

    def allowed(self, request: Request) -> bool:
        """Who may have the data of the programme."""
        return permissions.may(request, Permission.EXPORT, self.programme)

    def named(self, request: Request) -> str:
        """By the name of the programme, and the form."""
        programme = request.services.programmes.get(self.programme)
        return texts.export_name("" if programme is None else programme.name, self.form)

    async def made(self, services: Services, part: str, batch: Batch) -> Screen:  # noqa: ARG002 - there is one part
        """The file: several in one archive."""
        files = await requests.files(services, ExportSpec(self.programme, self.form.value))
        name = texts.data_file_name(self.programme, self.form, local_day(services.clock()))
        file = await asyncio.to_thread(_packed, files, name)
        return Screen(texts.data_file(services.programmes[self.programme].name), media=file)


def _packed(files: Sequence[File], name: str) -> Document:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for one in files:
            archive.writestr(one.name, one.data)
    return Document(packed.getvalue(), f"{name}.zip")
