"""The files of an export: read once, shaped into two tables, written in the wanted form. Knows no commands or chats."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Literal, assert_never, get_args

from sqlalchemy import Connection

from reports.export import columns
from reports.export.csv import as_csv
from reports.export.ddi import as_ddi
from reports.export.long import long_rows
from reports.export.markdown import as_markdown
from reports.export.questions import places, questions
from reports.export.table import DaySpan, ExportedData, ExportTable, OpenText, made_up
from reports.export.wide import wide_rows
from reports.texts import export as words
from storage.analysis import exports
from surveys.model import Programme
from surveys.weeks import local_day

Form = Literal["csv", "xlsx", "sav"]
FORMS: tuple[Form, ...] = get_args(Form)


@dataclass(frozen=True, slots=True)
class File:
    """A file by its name, without a folder."""

    name: str
    data: bytes


def files(
    connection: Connection,
    programme: Programme,
    form: Form,
    *,
    open_text: OpenText,
    texts: bool = False,
    plain: bool = False,
    demo: bool = False,
) -> tuple[File, ...]:
    """The data of a programme in closed occasions, and beside them a codebook and DDI; people are codes.

    `texts`: with what people typed, opened by `open_text`; otherwise only that they did. `plain`: CSV for programs and
    not for Excel. `demo`: the answers are made up, which each row and each file says. Raises ExportError where the data
    cannot be written so.
    """
    export = gather(connection, programme, open_text, texts=texts)
    export = made_up(export) if demo else export
    data, tables = _written(export, form, plain=plain)
    slug = programme.slug
    return (
        *data,
        File(f"{slug}-{words.CODEBOOK_FILE}.md", as_markdown(export, tables).encode()),
        File(f"{slug}-{words.DDI_FILE}.xml", as_ddi(export, tables)),
    )


def gather(connection: Connection, programme: Programme, open_text: OpenText, *, texts: bool) -> ExportedData:
    """Everything of a programme, in five SELECTs."""
    slug = programme.slug
    versions, people = exports.versions(connection, slug), exports.people(connection, slug)
    runs, replies = exports.runs(connection, slug), exports.replies(connection, slug)
    brought = exports.brought(connection, slug)
    pinned = {(run.wave, run.version) for run in runs}
    everywhere = places(programme, (wave for wave, _ in pinned))
    asked = questions(programme, versions, pinned)
    called = {question.item.id: question.item.called for question in asked}
    wide = columns.wide(everywhere.values(), asked, texts=texts)
    long = columns.long(texts=texts)
    definitions = {version.hash: version.questionnaire for version in versions}
    said = (people, runs, replies, open_text)
    return ExportedData(
        programme,
        tuple(everywhere.values()),
        ExportTable(words.WIDE_TITLE, words.WIDE_ABOUT, wide, wide_rows(wide, everywhere, *said, brought)),
        ExportTable(
            words.LONG_TITLE,
            words.LONG_ABOUT,
            long,
            long_rows(slug, everywhere, definitions, called, *said, texts=texts),
        ),
        texts,
        _span(day for person in people for day in (person.start, person.end)),
        _span(local_day(run.ended_at) for run in runs),
    )


def _written(export: ExportedData, form: Form, *, plain: bool) -> tuple[tuple[File, ...], dict[str, ExportTable]]:
    """The files with data, and which tables stand in them."""
    slug, wide, long = export.programme.slug, export.wide, export.long
    match form:
        case "csv":
            tables = {f"{slug}-{words.WIDE_FILE}.csv": wide, f"{slug}-{words.LONG_FILE}.csv": long}
            return tuple(File(name, as_csv(table, plain=plain)) for name, table in tables.items()), tables
        case "xlsx":
            from reports.export.xlsx import as_xlsx  # noqa: PLC0415 - only who asks for a workbook waits for its library

            book = f"{slug}.xlsx"
            return (File(book, as_xlsx(export)),), {f"{book}, {words.WIDE}": wide, f"{book}, {words.LONG}": long}
        case "sav":
            from reports.export.sav import as_sav, named  # noqa: PLC0415 - pandas comes only with SPSS

            title = f"{words.MADE_UP}: {export.programme.name}" if export.demo else export.programme.name
            taken = named(wide)
            return (File(f"{slug}.sav", as_sav(taken, title)),), {f"{slug}.sav": taken}
        case _:
            assert_never(form)


def _span(days: Iterable[date]) -> DaySpan | None:
    found = sorted(set(days))
    return DaySpan(found[0], found[-1]) if found else None
