"""`answers export` and `answers import`: raw answers in the long format, one answer or non-answer a row."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from sqlalchemy import Connection

from bot.cli import answers_file, comparing, paper_file
from bot.cli.opening import OPERATOR, programme_of, say, say_json, services_of
from bot.cli.options import AnswersExportOptions, AnswersImportOptions
from bot.cli.output import write_out
from bot.cli.problem import CommandProblem
from bot.runtime.services import Services
from storage import audit, demonstration, waiting_list
from storage.answers import definitions, importing, paper, records
from storage.answers.importing import Imported, ImportLine, ImportRefusedError
from storage.answers.records import Record
from surveys.model import Item, Kind, Questionnaire


def export(given: AnswersExportOptions) -> None:
    """Write the answers of one programme or of all, and the definitions of their questionnaires beside them."""
    services = services_of(given)
    slugs = sorted(services.programmes) if given.programme is None else [programme_of(services, given.programme).slug]
    found, versions = services.database.write_now(partial(_read, services=services, slugs=slugs))
    write_out(given.out, answers_file.write(found, made_up=services.demo))
    if given.out is not None:
        write_out(answers_file.beside(given.out), answers_file.write_definitions(versions))


def import_(given: AnswersImportOptions) -> int | None:
    """Take answers in: those of an export, or those that somebody typed from paper."""
    if given.compare:
        return comparing.compare(given)
    services = services_of(given)
    listed = answers_file.read(given.file)
    if answers_file.is_export(listed.heading):
        brought = answers_file.read_definitions(answers_file.beside(given.file))
        lines, unreadable = _read_lines(listed)
        work = partial(
            _add_records,
            services=services,
            made_up=answers_file.MADE_UP in listed.heading,
            lines=lines,
            unreadable=unreadable,
            brought=brought,
        )
    else:
        written = paper_file.read(given.file, listed, services.policy.zone)
        work = partial(_add_paper, services=services, written=written)
    try:
        done = services.database.write_now(work)
    except ImportRefusedError as refused:  # what is wrong is the file, not the database
        raise CommandProblem(str(refused)) from None
    if given.json:
        say_json({"answers": done.answers, "new": done.new})
    else:
        say(_told(given.file, done))
    return None


def _read(
    connection: Connection, services: Services, slugs: list[str]
) -> tuple[list[Record], dict[str, Questionnaire]]:
    """The rows of the export, readable, and the questionnaires that they belong to; remembered in the audit."""
    found: list[Record] = []
    versions: dict[str, Questionnaire] = {}
    for slug in slugs:
        for row in records.read(connection, slug):
            version = row["questionnaire"]
            if version not in versions:
                versions[version] = _version(connection, version)
            found.append(_readable(row, services, versions[version].item(row["item"])))
        audit.record(connection, OPERATOR, "answers.export", slug, services.clock())
    return found, versions


def _version(connection: Connection, version: str) -> Questionnaire:
    found = definitions.version(connection, version)
    if found is None:
        raise LookupError(f"no questionnaire has the hash {version}")
    return found


def _readable(row: Record, services: Services, item: Item | None) -> Record:
    sealed = row.pop("text_sealed")
    row["label"] = "" if row["value"] is None or item is None else _label(item, row["value"])
    if sealed is not None:
        row["value"] = services.keys.open_text(sealed)
    return row


def _label(item: Item, value: int) -> str:
    """The words of what was chosen; for several options all of them."""
    if item.kind is Kind.MULTIPLE:
        return "; ".join(choice.label for choice in item.choices if value >> choice.code & 1)
    choice = item.choice(value)
    return "" if choice is None else choice.label


def _read_lines(listed: answers_file.AnswersTable) -> tuple[list[ImportLine], dict[str, int]]:
    """The records of a table, and what cannot be read, each with its line: before the write unit, not in it."""
    lines: list[ImportLine] = []
    unreadable: dict[str, int] = {}
    for number, cells in listed.rows:
        try:
            lines.append(ImportLine(number, answers_file.read_record(cells)))
        except ValueError as problem:
            unreadable[f"cannot be read: {problem}"] = number
    return lines, unreadable


def _add_records(
    connection: Connection,
    services: Services,
    made_up: bool,  # noqa: FBT001 - handed over by its name
    lines: list[ImportLine],
    unreadable: dict[str, int],
    brought: dict[str, Questionnaire],
) -> Imported:
    if made_up:
        _expect_made_up(connection, services)
    try:
        done = importing.add_records(
            connection, services.keys, services.programmes, brought, lines, services.clock(), OPERATOR
        )
    except ImportRefusedError as refused:
        raise ImportRefusedError(unreadable | refused.problems) from None
    if unreadable:
        raise ImportRefusedError(unreadable)
    for programme in services.programmes.values():
        waiting_list.follow_all(connection, programme, services.policy, services.clock())
    return done


def _expect_made_up(connection: Connection, services: Services) -> None:
    """Made-up answers never stand among real ones: they make an empty database a made-up one, too."""
    if not demonstration.is_marked(connection) and not demonstration.is_empty(connection):
        raise CommandProblem("These answers come from a demo and are made up; they are not imported among real ones.")
    demonstration.mark(connection, services.clock())


def _add_paper(connection: Connection, services: Services, written: paper_file.TypedPaper) -> Imported:
    words = paper_file.words()
    try:
        done = paper.record(
            connection,
            services.keys,
            services.programmes,
            services.policy.zone,
            words,
            written.answers,
            services.clock(),
            OPERATOR,
        )
    except ImportRefusedError as refused:
        raise ImportRefusedError(written.problems | refused.problems) from None
    if written.problems:
        raise ImportRefusedError(written.problems)
    return done


def _told(file: Path, done: Imported) -> str:
    there = done.answers - done.new
    if not done.answers:
        return f"{file} holds no answers."
    if not done.new:
        return f"Nothing new: of {file} everything is here already ({_answers(there)})."
    return f"Imported from {file}: {_answers(done.new)}" + (f"; here already: {_answers(there)}." if there else ".")


def _answers(count: int) -> str:
    return "1 answer" if count == 1 else f"{count} answers"
