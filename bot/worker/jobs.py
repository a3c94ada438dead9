"""How reports and exports are made and rendered, from values that can be handed to another process.

Each function opens the database for itself, for reading only, or needs none. Knows no Telegram and no event loop.
pandas and all that belongs to it come only when something is made.
"""

# ruff: noqa: PLC0415 - what is heavy is imported where something is made

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from sqlalchemy import Connection

from bot.runtime.settings import Library, ProgrammePage
from reports.report import Kind, Report
from storage.engine.engines import read_url, transaction
from storage.schema import PagePicture
from storage.secrets.keys import Keys, load_keys
from surveys.model import Programme
from surveys.months import read_month
from surveys.weeks import Week, read_week, week_of

if TYPE_CHECKING:
    from reports.disclosure.suppression import Cells
    from reports.export.make import File

_HEAVY = (
    "reports.kinds.impact",
    "reports.kinds.national",
    "reports.render.pdf",
    "reports.render.png",
    "reports.render.xlsx",
    "scipy.optimize",  # which formulas load when they are needed
    "scipy.special",
)
Form = Literal["text", "picture", "pdf", "html", "xlsx", "json", "slide"]
DataForm = Literal["csv", "xlsx", "sav"]


@dataclass(frozen=True, slots=True)
class ReportSpec:
    """Which report.

    `subject` is the slug of a programme (weekly, impact, compare), the code of a library (library, mayor) or
    »national« (national, country); `week` is written 2026-W47, none is the last whole one; `cohort` is for compare;
    `month`, written 2026-11, is instead of a week (country).
    """

    kind: Kind
    subject: str
    week: str | None = None
    cohort: int | None = None
    month: str | None = None


@dataclass(frozen=True, slots=True)
class ExportSpec:
    """Which data, in which form. `texts`: with what people wrote; `plain`: not as Excel likes it."""

    programme: str
    form: DataForm
    texts: bool = False
    plain: bool = False


@dataclass(frozen=True, slots=True)
class JobInputs:
    """What work on reports needs, of one moment."""

    database: str
    keys: Path
    programmes: Mapping[str, Programme]
    smallest: tuple[int, int]  # groups that are spoken of: inside a library, in public
    demo: bool
    now: datetime
    libraries: Mapping[str, Library] = field(default_factory=dict)  # what is configured of them, by code
    pages: Mapping[str, ProgrammePage] = field(default_factory=dict)  # and of programmes, by slug

    def programme(self, slug: str) -> Programme:
        """The programme with this slug; raises LookupError where there is none."""
        return self.programmes[slug]

    def of_library(self, code: str) -> list[Programme]:
        """The programmes of a library; raises LookupError where it has none."""
        found = [one for one in self.programmes.values() if one.code == code]
        if not found:
            raise LookupError(code)
        return found

    def week(self, written: str | None) -> Week:
        """The week that was asked for; raises ValueError with a sentence where there is no such week."""
        return week_of(self.now).previous if written is None else read_week(written)

    @property
    def cells(self) -> Cells:
        """The same for `reports`."""
        from reports.disclosure.suppression import Cells

        return Cells(*self.smallest)


def load() -> None:
    """Load what reports need, so that whoever orders one does not wait for it."""
    from reports.render import typesetting

    for name in _HEAVY:
        import_module(name)
    typesetting.fonts()


def report(inputs: JobInputs, spec: ReportSpec) -> Report:
    """The report, which must be published (`reports.disclosure.publishing`) before anybody gets it."""
    keys = load_keys(inputs.keys)
    with transaction(read_url(inputs.database), query_only=True) as connection:
        return _MAKERS[spec.kind](connection, inputs, keys, spec)


def files(inputs: JobInputs, spec: ExportSpec) -> tuple[File, ...]:
    """The files of an export."""
    from reports.export.make import files as made

    keys = load_keys(inputs.keys)
    with transaction(read_url(inputs.database), query_only=True) as connection:
        return made(
            connection,
            inputs.programme(spec.programme),
            spec.form,
            open_text=keys.open_text,
            texts=spec.texts,
            plain=spec.plain,
            demo=inputs.demo,
        )


def picture(data: bytes, kind: PagePicture) -> bytes | str:
    """A picture that was sent as it is printed; in a word what is wrong with it."""
    from bot.worker.library_page import LARGEST
    from reports.render.raster import UnusableError, drawn_anew

    try:
        return drawn_anew(data, LARGEST[kind])
    except UnusableError as problem:
        return problem.flaw.value


def rendered(made: Report, form: Form) -> bytes:
    """The report in one of its forms; text is the HTML of a message, in UTF-8."""
    match form:
        case "text":
            from reports.render.text import as_text

            return as_text(made).encode()
        case "picture":
            from reports.render.png import as_png

            return as_png(made)
        case "pdf":
            from reports.render.pdf import as_pdf

            return as_pdf(made)
        case "html":
            from reports.render.html import as_html

            return as_html(made).encode()
        case "xlsx":
            from reports.render.xlsx import as_xlsx

            return as_xlsx(made)
        case "slide":
            from reports.render.slide import as_slide

            return as_slide(made)
        case "json":
            from reports.render.json import as_json

            return as_json(made).encode()


def _weekly(connection: Connection, inputs: JobInputs, keys: Keys, spec: ReportSpec) -> Report:
    from reports.kinds.weekly import weekly

    programme, week = inputs.programme(spec.subject), inputs.week(spec.week)
    return weekly(connection, programme, week, inputs.now, inputs.cells, keys.open_text, demo=inputs.demo)


def _library(connection: Connection, inputs: JobInputs, _keys: Keys, spec: ReportSpec) -> Report:
    from reports.kinds.library import library

    programmes, week = inputs.of_library(spec.subject), inputs.week(spec.week)
    return library(connection, programmes, week, inputs.now, inputs.cells, demo=inputs.demo)


def _country(connection: Connection, inputs: JobInputs, _keys: Keys, spec: ReportSpec) -> Report:
    from reports.kinds.country import country

    period = inputs.week(spec.week) if spec.month is None else read_month(spec.month)
    return country(connection, list(inputs.programmes.values()), period, inputs.now, inputs.cells, demo=inputs.demo)


def _impact(connection: Connection, inputs: JobInputs, keys: Keys, spec: ReportSpec) -> Report:
    from reports.kinds.impact import impact

    programme = inputs.programme(spec.subject)
    return impact(connection, programme, inputs.now, inputs.cells, keys.open_text, demo=inputs.demo)


def _compare(connection: Connection, inputs: JobInputs, _keys: Keys, spec: ReportSpec) -> Report:
    from reports.kinds.compare import compare

    if spec.cohort is None:
        raise LookupError("a comparison is of a cohort")
    return compare(connection, inputs.programme(spec.subject), spec.cohort, inputs.now, inputs.cells, demo=inputs.demo)


def _mayor(connection: Connection, inputs: JobInputs, keys: Keys, spec: ReportSpec) -> Report:
    from bot.worker.library_page import said_of_itself
    from reports.kinds.mayor import mayor

    programmes = inputs.of_library(spec.subject)
    given = said_of_itself(connection, programmes, inputs.libraries.get(spec.subject, Library()), inputs.pages)
    return mayor(connection, programmes, inputs.now, inputs.cells, keys.open_text, given=given, demo=inputs.demo)


def _national(connection: Connection, inputs: JobInputs, keys: Keys, _spec: ReportSpec) -> Report:
    from reports.kinds.national import national

    programmes = list(inputs.programmes.values())
    return national(connection, programmes, inputs.now, inputs.cells, keys.open_text, demo=inputs.demo)


_MAKERS: dict[Kind, Callable[[Connection, JobInputs, Keys, ReportSpec], Report]] = {
    "weekly": _weekly,
    "library": _library,
    "country": _country,
    "impact": _impact,
    "compare": _compare,
    "mayor": _mayor,
    "national": _national,
}
