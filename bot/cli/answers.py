"""`answers export` and `answers import`: raw answers in the long format, one answer or non-answer a row."""

from __future__ import annotations

from argparse import Namespace
from functools import partial
from pathlib import Path

from sqlalchemy import Connection

from bot.cli import answers_file, comparing, paper_file
from bot.cli.opening import OPERATOR, house_of, programme_of, say, say_json
from bot.cli.output import write_out
from bot.house import House
from storage import audit, definitions, importing, paper, records
from storage.importing import Imported, ImportRefusedError, Line
from storage.records import Record
from surveys.model import Item, Kind, Questionnaire


def export(given: Namespace) -> None:
    """Write the answers of one programme or of all, and the definitions of their questionnaires beside them."""
    house = house_of(given)
    slugs = sorted(house.programmes) if given.programme is None else [programme_of(house, given.programme).slug]
    found, versions = house.database.write_now(partial(_read, house=house, slugs=slugs))
    write_out(given.out, answers_file.write(found))
    if given.out is not None:
        write_out(answers_file.beside(given.out), answers_file.write_definitions(versions))


def import_(given: Namespace) -> int | None:
    """Take answers in: those of an export, or those that somebody typed from paper."""
    if given.compare:
        return comparing.compare(given)
    house = house_of(given, new=True)
    listed = answers_file.read(given.file)
    if set(answers_file.COLUMNS) <= set(listed.heading):
        brought = answers_file.read_definitions(answers_file.beside(given.file))
        work = partial(_add_records, house=house, listed=listed, brought=brought)
    else:
        written = paper_file.read(given.file, listed, house.rhythm.zone)
        work = partial(_add_paper, house=house, written=written)
    done = house.database.write_now(work)
    if given.json:
        say_json({"answers": done.answers, "new": done.new})
    else:
        say(_told(given.file, done))
    return None


def _read(connection: Connection, house: House, slugs: list[str]) -> tuple[list[Record], dict[str, Questionnaire]]:
    """The rows of the export, readable, and the questionnaires that they belong to; remembered in the audit."""
    found: list[Record] = []
    versions: dict[str, Questionnaire] = {}
    for slug in slugs:
        for row in records.read(connection, slug):
            version = row["questionnaire"]
            if version not in versions:
                versions[version] = _version(connection, version)
            found.append(_readable(row, house, versions[version].item(row["item"])))
        audit.record(connection, OPERATOR, "answers.export", slug, house.clock())
    return found, versions


def _version(connection: Connection, version: str) -> Questionnaire:
    found = definitions.version(connection, version)
    if found is None:
        raise LookupError(f"no questionnaire has the hash {version}")
    return found


def _readable(row: Record, house: House, item: Item | None) -> Record:
    sealed = row.pop("text_sealed")
    row["label"] = "" if row["value"] is None or item is None else _label(item, row["value"])
    if sealed is not None:
        row["value"] = house.keys.open_text(sealed)
    return row


def _label(item: Item, value: int) -> str:
    """The words of what was chosen; for several options all of them."""
    if item.kind is Kind.MULTIPLE:
        return "; ".join(choice.label for choice in item.choices if value >> choice.code & 1)
    choice = item.choice(value)
    return "" if choice is None else choice.label


def _add_records(
    connection: Connection, house: House, listed: answers_file.Listed, brought: dict[str, Questionnaire]
) -> Imported:
    lines: list[Line] = []
    unreadable: dict[str, int] = {}
    for number, cells in listed.rows:
        try:
            lines.append(Line(number, answers_file.read_record(cells)))
        except ValueError as problem:
            unreadable[f"cannot be read: {problem}"] = number
    try:
        done = importing.add_records(connection, house.keys, house.programmes, brought, lines, house.clock(), OPERATOR)
    except ImportRefusedError as refused:
        raise ImportRefusedError(unreadable | refused.problems) from None
    if unreadable:
        raise ImportRefusedError(unreadable)
    return done


def _add_paper(connection: Connection, house: House, written: paper_file.Typed) -> Imported:
    words = paper_file.words()
    try:
        done = paper.record(
            connection,
            house.keys,
            house.programmes,
            house.rhythm.zone,
            words,
            written.answers,
            house.clock(),
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
