"""»Pregled«: one page for a coordinator's Monday, of the same report as the chat's. Knows no channel.

Its report is made, protected and published like one that is ordered, and kept for some minutes, so that looking again
makes nothing anew and all forms of it tell of one moment.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from itertools import groupby

from sqlalchemy import Connection

from bot.actions import librarian
from bot.actions.choices import NATION
from bot.conversation import permissions
from bot.conversation.overview import GroupRow, GroupTable, Overview, ReportFile, Subject
from bot.conversation.permissions import Permission
from bot.conversation.request import Request
from bot.conversation.screens import Document, Picture, Screen
from bot.coordinator import monday_message, work_status
from bot.orders.report import ReportOrder
from bot.runtime.services import Services
from bot.texts import desk as desk_texts
from bot.texts import reports as texts
from bot.texts.waves import capital
from bot.worker import requests
from bot.worker.jobs import ReportSpec
from reports.report import Report
from storage import audit, cohort_overview
from storage.cohort_overview import CohortSummary
from surveys.model import Programme
from surveys.weeks import week_of

KEPT = timedelta(minutes=5)
_WHOLE_AND_ONE = 2  # of which neither tells more than the other
_MOST_GROUPS = 60  # those that began last


@dataclass(frozen=True, slots=True)
class _Stored:
    """What of the page stands in the database."""

    actor: str
    spec: ReportSpec
    subject: Subject
    subjects: tuple[Subject, ...]
    title: str
    tasks: Screen
    groups: tuple[GroupTable, ...]


@dataclass(frozen=True, slots=True)
class _Made:
    """A report with what it was rendered to; files are rendered when somebody wants them."""

    at: datetime
    report: Report
    text: str
    picture: bytes
    files: dict[ReportFile, bytes] = field(default_factory=dict)


class ReportOverviews:
    """The `bot.conversation.overview.Overviews` of one running bot."""

    def __init__(self, services: Services) -> None:
        self._services = services
        self._made: dict[ReportSpec, _Made] = {}
        self._making = asyncio.Lock()

    async def of(self, chat: bytes, about: str) -> Overview | None:
        """The page of this member of staff; None for everybody else, and for what they may not see."""
        stored = await self._read(chat, about)
        if stored is None:
            return None
        made = await self._report(stored)
        picture = Picture(made.picture, texts.report_file_name(made.report, "png"))
        return Overview(stored.subject, stored.subjects, stored.title, stored.tasks, stored.groups, made.text, picture)

    async def file(self, chat: bytes, about: str, form: ReportFile) -> Document | None:
        """The report of the page as a file; None for whoever may not see it."""
        stored = await self._read(chat, about)
        if stored is None:
            return None
        made = await self._report(stored)
        if form not in made.files:
            made.files[form] = await requests.render(self._services, made.report, form)
        return Document(made.files[form], texts.report_file_name(made.report, form))

    async def _read(self, chat: bytes, about: str) -> _Stored | None:
        unit = partial(_stored, services=self._services, chat=chat, about=about, now=self._services.clock())
        return await self._services.database.read(unit)

    async def _report(self, stored: _Stored) -> _Made:
        """The report, made at most once at a time, so that the second who looks waits for what the first began."""
        async with self._making:
            now = self._services.clock()
            self._made = {spec: one for spec, one in self._made.items() if now - one.at < KEPT}
            if stored.spec not in self._made:
                self._made[stored.spec] = await self._make(stored, now)
            return self._made[stored.spec]

    async def _make(self, stored: _Stored, now: datetime) -> _Made:
        report = await requests.make(self._services, stored.spec)
        text = await requests.render(self._services, report, "text")
        picture = await requests.render(self._services, report, "picture")
        action, subject = ReportOrder(stored.spec, ()).audited
        unit = partial(audit.record, actor=stored.actor, action=action, subject=subject, now=now)
        await self._services.database.write(unit)
        return _Made(now, report, text.decode(), picture)


def _stored(connection: Connection, services: Services, chat: bytes, about: str, now: datetime) -> _Stored | None:
    request = Request(connection, services, chat, now)
    programmes = permissions.programmes(request, Permission.REPORT)
    if not programmes:
        return None
    nation = bool(permissions.programmes(request, Permission.REPORT_NATION))
    subjects = _subjects(programmes, nation=nation)
    found = next((one for one in subjects if one.name == about), None)
    if found is None:
        return None
    week, told = week_of(now), subjects[found]
    spec = ReportSpec("country", NATION, week=str(week)) if nation and not about else _of_library(told, str(week))
    title = found.label if nation or about else told[0].library
    if nation:
        tasks = work_status.of(request, told, title)
    else:
        tasks = monday_message.message(connection, services, told, week.previous, now)
    groups = () if nation and not about else _groups(request, told)
    offered = tuple(subjects) if len(subjects) > _WHOLE_AND_ONE else ()
    return _Stored(permissions.actor(request), spec, found, offered, title, tasks, groups)


def _subjects(programmes: Sequence[Programme], *, nation: bool) -> dict[Subject, list[Programme]]:
    """Everything, then the libraries of the country or the programmes of the library, each with what it is made of."""
    found = {Subject("", texts.ALL_LIBRARIES if nation else texts.WHOLE_LIBRARY): list(programmes)}
    for one in programmes:
        part = Subject(one.code, one.library) if nation else Subject(one.slug, one.name)
        found.setdefault(part, []).append(one)
    return found


def _of_library(programmes: Sequence[Programme], week: str) -> ReportSpec:
    """The report of the only programme of a library, or of all of them beside one another."""
    if len(programmes) == 1:
        return ReportSpec("weekly", programmes[0].slug, week=week)
    return ReportSpec("library", programmes[0].code, week=week)


def _groups(request: Request, told: Sequence[Programme]) -> tuple[GroupTable, ...]:
    slugs = [one.slug for one in told]
    found = sorted(cohort_overview.page(request.connection, slugs, 0, _MOST_GROUPS), key=_place)
    return tuple(_table(request, *place, there) for place, there in groupby(found, key=_place))


def _place(one: CohortSummary) -> tuple[str, str]:
    return one.programme, one.audience


def _table(request: Request, slug: str, audience: str, there: Iterable[CohortSummary]) -> GroupTable:
    """The counts of the work that stand on each group's card, too: no answer, and no share of a few people."""
    programme, groups = request.services.programmes[slug], list(there)
    waves = [wave for wave in programme.waves if wave.audience == audience]
    some_wait = any(one.waiting for one in groups)
    leads = permissions.may(request, Permission.SEE_GROUPS, slug)  # the country has their counts alone
    names = (desk_texts.ENROLLED, *([desk_texts.ON_WAITING_LIST] if some_wait else []), desk_texts.JOINED)
    rows = (
        GroupRow(
            one.name,
            librarian.show_cohort(one.cohort) if leads else "",
            (
                one.enrolled,
                *([one.waiting] if some_wait else []),
                one.joined,
                *(one.answered.get(wave.id, 0) for wave in waves),
            ),
        )
        for one in groups
    )
    return GroupTable(programme.name, (*names, *(capital(wave.name) for wave in waves)), tuple(rows))
