"""How reports and exports are made and rendered, from values that can be handed to another process.

Each function opens the database for itself, for reading only, or needs none. Knows no Telegram and no event loop.
pandas and all that belongs to it come only when something is made.
"""

# ruff: noqa: PLC0415 - what is heavy is imported where something is made

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from sqlalchemy import Connection

from reports.report import Kind, Report
from reports.weeks import Week, read_week, week_of
from storage.engines import read_url, transaction
from storage.keys import Keys, load_keys
from surveys.model import Programme

if TYPE_CHECKING:
    from reports.export.make import File
    from reports.suppression import Cells

Form = Literal["text", "picture", "pdf", "html", "xlsx", "json"]
DataForm = Literal["csv", "xlsx", "sav"]


@dataclass(frozen=True, slots=True)
class Order:
    """Which report.

    `subject` is the slug of a programme (weekly, impact, compare), the code of a library (library, mayor) or
    »national«; `week` is written 2026-W47, none is the last whole one; `cohort` is for compare.
    """

    kind: Kind
    subject: str
    week: str | None = None
    cohort: int | None = None


@dataclass(frozen=True, slots=True)
class Export:
    """Which data, in which form. `texts`: with what people wrote; `plain`: not as Excel likes it."""

    programme: str
    form: DataForm
    texts: bool = False
    plain: bool = False


@dataclass(frozen=True, slots=True)
class Desk:
    """What work on reports needs, of one moment."""

    database: str
    keys: Path
    programmes: Mapping[str, Programme]
    smallest: tuple[int, int]  # groups that are spoken of: inside a library, in public
    demo: bool
    now: datetime

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
        from reports.suppression import Cells

        return Cells(*self.smallest)


def report(desk: Desk, order: Order) -> Report:
    """The report, which must be published (`reports.publishing`) before anybody gets it."""
    keys = load_keys(desk.keys)
    with transaction(read_url(desk.database), query_only=True) as connection:
        return _MAKERS[order.kind](connection, desk, keys, order)


def files(desk: Desk, export: Export) -> tuple[File, ...]:
    """The files of an export."""
    from reports.export.make import files as made

    keys = load_keys(desk.keys)
    with transaction(read_url(desk.database), query_only=True) as connection:
        return made(
            connection,
            desk.programme(export.programme),
            export.form,
            open_text=keys.open_text,
            texts=export.texts,
            plain=export.plain,
        )


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
        case "json":
            from reports.render.json import as_json

            return as_json(made).encode()


def _weekly(connection: Connection, desk: Desk, keys: Keys, order: Order) -> Report:
    from reports.weekly import weekly

    programme, week = desk.programme(order.subject), desk.week(order.week)
    return weekly(connection, programme, week, desk.now, desk.cells, keys.open_text, demo=desk.demo)


def _library(connection: Connection, desk: Desk, _keys: Keys, order: Order) -> Report:
    from reports.library import library

    programmes, week = desk.of_library(order.subject), desk.week(order.week)
    return library(connection, programmes, week, desk.now, desk.cells, demo=desk.demo)


def _impact(connection: Connection, desk: Desk, keys: Keys, order: Order) -> Report:
    from reports.impact import impact

    return impact(connection, desk.programme(order.subject), desk.now, desk.cells, keys.open_text, demo=desk.demo)


def _compare(connection: Connection, desk: Desk, _keys: Keys, order: Order) -> Report:
    from reports.compare import compare

    if order.cohort is None:
        raise LookupError("a comparison is of a cohort")
    return compare(connection, desk.programme(order.subject), order.cohort, desk.now, desk.cells, demo=desk.demo)


def _mayor(connection: Connection, desk: Desk, keys: Keys, order: Order) -> Report:
    from reports.mayor import mayor

    return mayor(connection, desk.of_library(order.subject), desk.now, desk.cells, keys.open_text, demo=desk.demo)


def _national(connection: Connection, desk: Desk, keys: Keys, _order: Order) -> Report:
    from reports.national import national

    programmes = list(desk.programmes.values())
    return national(connection, programmes, desk.now, desk.cells, keys.open_text, demo=desk.demo)


_MAKERS: dict[Kind, Callable[[Connection, Desk, Keys, Order], Report]] = {
    "weekly": _weekly,
    "library": _library,
    "impact": _impact,
    "compare": _compare,
    "mayor": _mayor,
    "national": _national,
}
