"""The files of an export: read once, shaped into two tables, written in the wanted form. Knows no commands or chats."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

from sqlalchemy import Connection

from reports.export import columns
from reports.export.csv import as_csv
from reports.export.long import long_table
from reports.export.questions import places, questions
from reports.export.table import OpenText, Table
from reports.export.wide import wide_table
from reports.texts import export as words
from storage import exports
from surveys.model import Programme

Form = Literal["csv", "xlsx", "sav"]
FORMS: tuple[Form, ...] = get_args(Form)


@dataclass(frozen=True, slots=True)
class File:
    """A file by its name, without a folder."""

    name: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Export:
    """All that the writers need: the programme and its two tables."""

    programme: Programme
    wide: Table
    long: Table


def files(
    connection: Connection,
    programme: Programme,
    form: Form,
    *,
    open_text: OpenText,
    texts: bool = False,
    plain: bool = False,
) -> tuple[File, ...]:
    """The data of a programme in closed occasions, with a codebook and DDI, under codes of people alone.

    `texts`: with what people typed, opened by `open_text`; otherwise only that they did. `plain`: CSV for programs and
    not for Excel. Raises ExportError where the data cannot be written so.
    """
    export = gather(connection, programme, open_text, texts=texts)
    return (*_data(export, form, plain=plain),)


def gather(connection: Connection, programme: Programme, open_text: OpenText, *, texts: bool) -> Export:
    """Everything of a programme, in four SELECTs."""
    slug = programme.slug
    versions, people = exports.versions(connection, slug), exports.people(connection, slug)
    runs, replies = exports.runs(connection, slug), exports.replies(connection, slug)
    pinned = {(run.wave, run.version) for run in runs}
    everywhere = places(programme, (wave for wave, _ in pinned))
    asked = questions(programme, versions, pinned)
    wide = columns.wide(everywhere.values(), asked, texts=texts)
    definitions = {version.hash: version.questionnaire for version in versions}
    return Export(
        programme,
        wide_table(wide, everywhere, people, runs, replies, open_text),
        long_table(columns.long(texts=texts), slug, everywhere, definitions, people, runs, replies, open_text),
    )


def _data(export: Export, form: Form, *, plain: bool) -> tuple[File, ...]:
    slug = export.programme.slug
    match form:
        case "csv":
            return (
                File(f"{slug}-{words.WIDE_FILE}.csv", as_csv(export.wide, plain=plain)),
                File(f"{slug}-{words.LONG_FILE}.csv", as_csv(export.long, plain=plain)),
            )
        case _:
            raise NotImplementedError
