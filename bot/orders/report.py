"""/porocilo and /ucinek: a report, in one part or in several, which are made of it at once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Self

from bot.actions import coordinator as actions
from bot.actions.choices import NATION, ReportForm, ReportKind
from bot.conversation import permissions
from bot.conversation.declared import natural_number
from bot.conversation.permissions import Permission
from bot.conversation.request import Request
from bot.conversation.screens import Button, Document, Picture, Screen
from bot.orders.order import Stored
from bot.runtime.services import Services
from bot.texts import reports as texts
from bot.worker import requests
from bot.worker.requests import PUBLIC, Batch, Form, ReportSpec
from reports.report import Kind
from storage import cohorts
from surveys.locale_sl import days
from surveys.months import Month, read_period

KINDS: Mapping[ReportKind, Kind] = {
    ReportKind.WEEKLY: "weekly",
    ReportKind.LIBRARY: "library",
    ReportKind.IMPACT: "impact",
    ReportKind.COMPARE: "compare",
    ReportKind.MAYOR: "mayor",
    ReportKind.NATIONAL: "national",
    ReportKind.COUNTRY: "country",
}
PARTS: Mapping[ReportForm, tuple[Form, ...]] = {
    ReportForm.CHAT: ("text", "picture"),
    ReportForm.PDF: ("pdf",),
    ReportForm.HTML: ("html",),
    ReportForm.XLSX: ("xlsx",),
    ReportForm.SLIDE: ("slide",),
}
_FORMS: Mapping[str, Form] = {
    **{part: part for parts in PARTS.values() for part in parts},
    "file": "html",  # planned before there were PDFs
}  # by the part of a row
_ENDINGS = {"slide": "png"}


@dataclass(frozen=True, slots=True)
class ReportOrder:
    """Which report, in which parts: all of them are of one report, which is made once."""

    spec: ReportSpec
    parts: tuple[str, ...]

    coming = texts.REPORT_OR_DATA

    @classmethod
    def read(cls, stored: Stored) -> Self:
        """As a delivery stores it, with its part alone; rows of before there were libraries name a programme."""
        subject = stored.get("subject") or stored["programme"]
        spec = ReportSpec(stored["report"], subject, stored.get("week"), stored.get("cohort"), stored.get("month"))
        return cls(spec, (stored["part"],) if "part" in stored else ())

    def stored(self) -> dict[str, object]:
        """The same, written."""
        spec = self.spec
        given = {
            "report": spec.kind,
            "subject": spec.subject,
            "week": spec.week,
            "month": spec.month,
            "cohort": spec.cohort,
        }
        return {name: value for name, value in given.items() if value is not None}

    @property
    def audited(self) -> tuple[str, str]:
        """For the audit."""
        return "report.order", f"{self.spec.kind}:{self.spec.subject}"

    @property
    def again(self) -> Button:
        """To the other forms."""
        return Button(texts.OTHER_FORM, actions.choose_form(*written(self.spec)))

    def allowed(self, request: Request) -> bool:
        """Who may have reports of the programme or the library; what is of all of them is for the nation's."""
        if self.spec.subject == NATION:
            return of_nation(request)
        programmes = permissions.programmes(request, Permission.REPORT)
        return any(self.spec.subject in {one.slug, one.code} for one in programmes)

    def named(self, request: Request) -> str:
        """Its kind, of what, and when."""
        return named(request, self.spec)

    async def made(self, services: Services, part: str, batch: Batch) -> Screen:
        """One part of the report, which is made once for all of them."""
        report, form = await batch.report(self.spec), _FORMS[part]
        content = await requests.render(services, report, form)
        inside = self.spec.kind not in PUBLIC  # what is made to be published may be passed on
        match form:
            case "text":
                return Screen(content.decode(), protect=inside)
            case "picture":
                picture = Picture(content, texts.report_file_name(report, "png"))
                return Screen(texts.report_picture(report.title), media=picture, protect=inside)
            case _:  # a file is ordered to be kept and passed on: never protected
                file = Document(content, texts.report_file_name(report, _ENDINGS.get(form, form)))
                return Screen(texts.report_file(report.title, form), media=file)


def read(request: Request, kind: ReportKind, subject: str, extra: str) -> ReportSpec | None:
    """The report of a button, where whoever is here may order it; `extra` is a week, a month or a cohort."""
    programmes = permissions.programmes(request, Permission.REPORT)
    slugs, codes = {one.slug for one in programmes}, {one.code for one in programmes}
    match KINDS[kind]:
        case "weekly" if subject in slugs and _has_begun(request, extra):
            return ReportSpec("weekly", subject, week=extra)
        case "library" if subject in codes and _has_begun(request, extra):
            return ReportSpec("library", subject, week=extra)
        case "impact" if subject in slugs and not extra:
            return ReportSpec("impact", subject)
        case "compare" if subject in slugs and _of_programme(request, subject, natural_number(extra)):
            return ReportSpec("compare", subject, cohort=natural_number(extra))
        case "mayor" if subject in codes and not extra:
            return ReportSpec("mayor", subject)
        case "national" if subject == NATION and not extra and of_nation(request):
            return ReportSpec("national", subject)
        case "country" if subject == NATION and of_nation(request) and _has_begun(request, extra):
            month = isinstance(read_period(extra), Month)
            return ReportSpec("country", subject, month=extra) if month else ReportSpec("country", subject, week=extra)
    return None


def written(spec: ReportSpec) -> tuple[ReportKind, str, str]:
    """As buttons and views have it."""
    letter = next(letter for letter, kind in KINDS.items() if kind == spec.kind)
    return letter, spec.subject, str(spec.week or spec.month or spec.cohort or "")


def of_nation(request: Request) -> bool:
    """Whether whoever is here may have what is of all libraries together."""
    return bool(permissions.programmes(request, Permission.REPORT_NATION))


def named(request: Request, spec: ReportSpec) -> str:
    """What a report is called in the chat: its kind, of what, and when; safe for a screen."""
    programmes = request.services.programmes.values()
    of = next((one for one in programmes if spec.subject in {one.slug, one.code}), None)
    if spec.subject == NATION:
        return texts.report_name(spec.kind, when=_when(request, spec))
    if of is None:
        return texts.report_name(spec.kind, spec.subject)
    subject = of.library if spec.kind in {"library", "mayor"} else of.name
    return texts.report_name(spec.kind, subject, _when(request, spec))


def _when(request: Request, spec: ReportSpec) -> str:
    if period := spec.week or spec.month:
        of = read_period(period)
        return days(of.first, of.last)
    group = None if spec.cohort is None else cohorts.find(request.connection, spec.cohort)
    return "" if group is None else group.name


def _has_begun(request: Request, period: str) -> bool:
    try:
        return read_period(period).start <= request.now
    except ValueError:
        return False


def _of_programme(request: Request, slug: str, cohort_id: int) -> bool:
    group = cohorts.find(request.connection, cohort_id)
    return group is not None and group.programme == slug
