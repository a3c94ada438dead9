"""Records of an export, back into a database: all of them or none. Knows nothing of files and of how cells are written.

What is there already and equal stays; what is there and different is a problem, and so is what contradicts itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from types import MappingProxyType
from typing import Any

from sqlalchemy import Connection, Select, bindparam, insert, select
from sqlalchemy.exc import IntegrityError

from storage import audit, cohorts
from storage.answers import definitions
from storage.answers.records import COHORT, CONSENT, ENROLMENT, OCCASION, PARTICIPANT, RUN, Record, RecordPart
from storage.engine.errors import StorageError
from storage.schema import answer
from storage.secrets.keys import Keys
from storage.types import LARGEST
from surveys.model import Item, Kind, Programme, Questionnaire

_CODE = re.compile(r"[A-Z]{3}-[0-9A-Z]{5}|-\d+x*")  # or the tombstone of a code that was destroyed
_ANSWERS = select(answer).where(answer.c.run == bindparam("run_id"))
_ADD_ANSWERS = insert(answer)


def _found_again(part: RecordPart) -> Select[Any]:
    return select(part.table).where(*(part.table.c[name] == bindparam(f"key_{name}") for name in part.key))


_PARTS = (PARTICIPANT, COHORT, ENROLMENT, CONSENT, OCCASION, RUN)
_FIND: Mapping[str, Select[Any]] = MappingProxyType({part.name: _found_again(part) for part in _PARTS})
_ADD = MappingProxyType({part.name: insert(part.table).returning(part.table.c.id) for part in _PARTS})


class ImportRefusedError(StorageError):
    """Nothing was imported; the text is a line for each problem. `problems`: each sentence with its first line."""

    def __init__(self, problems: Mapping[str, int]) -> None:
        self.problems = dict(sorted(problems.items(), key=lambda problem: problem[1]))
        lines = [f"line {line}: {sentence}" for sentence, line in self.problems.items()]
        super().__init__("\n".join(["Nothing is imported:", *lines]))


@dataclass(frozen=True, slots=True)
class Imported:
    """How many answers a file holds, and how many of them are new here."""

    answers: int
    new: int


@dataclass(frozen=True, slots=True)
class ImportLine:
    """One record and the line of the file on which it begins. `record["value"]` is an int, or a text as typed."""

    number: int
    record: Record


@dataclass(frozen=True, slots=True)
class _Row:
    """A row of a part, there before or added."""

    id: int
    values: Mapping[str, Any]
    line: int | None  # on which it was added; None where it was there before


@dataclass(slots=True)
class _Import:
    connection: Connection
    keys: Keys
    programmes: Mapping[str, Programme]
    brought: Mapping[str, Questionnaire]
    now: datetime
    actor: str
    rows: dict[tuple[str, tuple[Any, ...]], _Row] = field(default_factory=dict)
    versions: dict[str, Questionnaire | None] = field(default_factory=dict)
    held: dict[int, dict[str, tuple[Any, ...]]] = field(default_factory=dict)  # answers of runs that were there
    lines: dict[tuple[int, str], int] = field(default_factory=dict)
    new: list[dict[str, Any]] = field(default_factory=list)
    people: dict[str, None] = field(default_factory=dict)  # codes of those who have a new answer
    problems: dict[str, int] = field(default_factory=dict)


def add_records(
    connection: Connection,
    keys: Keys,
    programmes: Mapping[str, Programme],
    brought: Mapping[str, Questionnaire],
    lines: Iterable[ImportLine],
    now: datetime,
    actor: str,
) -> Imported:
    """Add the records that are not here yet.

    `programmes` are those that the database knows, by slug; `brought` are questionnaires by hash that come along, for
    versions that it does not know. Raises ImportRefusedError with every problem; the caller's transaction then ends.
    """
    work = _Import(connection, keys, programmes, brought, now, actor)
    count = 0
    for line in lines:
        count += 1
        _add(work, line)
    if work.problems:
        raise ImportRefusedError(work.problems)
    if work.new:
        connection.execute(_ADD_ANSWERS, work.new)
    for code in work.people:
        audit.record(connection, actor, "answers.import", code, now)
    return Imported(count, len(work.new))


def _add(work: _Import, line: ImportLine) -> None:
    """Find or add everything that one record hangs on, then its answer."""
    record = line.record
    programme = work.programmes.get(record["programme"])
    if programme is None:
        _problem(work, line, f"there is no programme {record['programme']} in this configuration")
        return
    if not _CODE.fullmatch(record["code"]):
        _problem(work, line, f"{record['code']} is no code of a participant")
        return
    questionnaire = _version(work, programme, record["questionnaire"])
    if questionnaire is None:
        _problem(
            work,
            line,
            f"the version {record['questionnaire'][:12]}… of the questionnaire is not known here; "
            "put the file of definitions that was exported with the answers beside them",
        )
        return
    run = _settle_parts(work, line)
    value = _read_value(work, line, questionnaire.item(record["item"]))
    if run is not None and value is not None:
        _answer(work, line, run, value)


def _settle_parts(work: _Import, line: ImportLine) -> _Row | None:
    """The row of the run; None where something is wrong with what it hangs on."""
    found: dict[str, int] = {}
    row = None
    for part in _PARTS:
        if part is CONSENT and line.record["consent_given_at"] is None:
            continue
        row = _settle(work, line, part, found)
        if row is None:
            return None
        found[part.name] = row.id
    return row


def _settle(work: _Import, line: ImportLine, part: RecordPart, parents: Mapping[str, int]) -> _Row | None:
    """The row of a part: seen on an earlier line, found in the database, or added."""
    wanted: dict[str, Any] = {parent: parents[parent] for parent in part.parents}
    wanted |= {column.name: line.record[name] for name, column in part.fields.items()}
    key = tuple(wanted[name] for name in part.key)
    row = work.rows.get((part.name, key)) or _find(work, part, wanted)
    if row is None and part is COHORT and not _can_be(work, line, wanted):
        return None
    row = work.rows[part.name, key] = row or _added(work, line, part, wanted)
    different = [name for name, value in wanted.items() if row.values[name] != value and name not in part.unsaid]
    if not different:
        return row
    where = "here" if row.line is None else f"on line {row.line}"
    _problem(
        work, line, f"the {part.name} of {line.record['code']} differs from what is {where}: {', '.join(different)}"
    )
    return None


def _can_be(work: _Import, line: ImportLine, wanted: Mapping[str, Any]) -> bool:
    """Whether there can be such a cohort: its name and days are held to the rule that holds everywhere."""
    try:
        cohorts.make_sure(work.connection, *(wanted[name] for name in ("programme", "name", "start", "end")))
    except cohorts.CohortError as problem:
        _problem(work, line, str(problem))
        return False
    return True


def _find(work: _Import, part: RecordPart, wanted: Mapping[str, Any]) -> _Row | None:
    bound = {f"key_{name}": wanted[name] for name in part.key}
    there = work.connection.execute(_FIND[part.name], bound).mappings().first()
    return None if there is None else _Row(there["id"], dict(there), None)


def _added(work: _Import, line: ImportLine, part: RecordPart, wanted: dict[str, Any]) -> _Row:
    try:
        number = work.connection.execute(_ADD[part.name], wanted).scalar_one()
    except IntegrityError:  # a rule of the tables: nothing more can be done in this transaction
        raise ImportRefusedError({f"the {part.name} of {line.record['code']} cannot be": line.number}) from None
    return _Row(number, wanted, line.number)


def _version(work: _Import, programme: Programme, version: str) -> Questionnaire | None:
    """The questionnaire with this hash, of the database or as it came along."""
    if version not in work.versions:
        known = definitions.version(work.connection, version)
        if known is None and version in work.brought:
            known = work.brought[version]
            definitions.store_version(work.connection, known, programme, work.now)
        work.versions[version] = known
    return work.versions[version]


def _read_value(work: _Import, line: ImportLine, item: Item | None) -> dict[str, Any] | None:
    """The columns of the answer; None, and a problem, where the questionnaire knows no such answer."""
    value, non_answer = line.record["value"], line.record["non_answer"]
    if item is None:
        _problem(work, line, f"the questionnaire has no item {line.record['item']}")
        return None
    if (value is None) is (non_answer is None):
        _problem(work, line, f"{item.id} needs either a value or a non-answer")
        return None
    if value is None or item.kind is Kind.TEXT:
        return {"value": None, "text": None if value is None else str(value), "non_answer": non_answer}
    if not _fits(item, value):
        _problem(work, line, f"{item.id} has no value {value}")
        return None
    return {"value": int(value), "text": None, "non_answer": None}


def _fits(item: Item, value: Any) -> bool:
    """Whether an item can have been answered with this whole number."""
    try:
        number = int(value)
    except ValueError:
        return False
    match item.kind:
        case Kind.NUMBER | Kind.DATE:
            return abs(number) <= LARGEST
        case Kind.MULTIPLE:
            return 0 <= number <= sum(1 << choice.code for choice in item.choices) and all(
                item.choice(code) for code in range(number.bit_length()) if number >> code & 1
            )
        case Kind.NOTE:
            return number == 1
        case _:
            return item.choice(number) is not None


def _answer(work: _Import, line: ImportLine, run: _Row, value: dict[str, Any]) -> None:
    item, at = line.record["item"], line.record["answered_at"]
    earlier = work.lines.setdefault((run.id, item), line.number)
    if earlier != line.number:
        _problem(work, line, f"{item} of {line.record['code']} stands on line {earlier} already")
        return
    here = _held(work, run).get(item)
    if here is None:
        typed = value.pop("text")
        sealed = None if typed is None else work.keys.seal_text(typed)
        work.people[line.record["code"]] = None
        work.new.append({"run": run.id, "item": item, **value, "text_sealed": sealed, "answered_at": at})
    elif here != (value["value"], value["text"], value["non_answer"], at):
        _problem(work, line, f"{item} of {line.record['code']} is answered differently here")


def _held(work: _Import, run: _Row) -> dict[str, tuple[Any, ...]]:
    """The answers that a run had before."""
    if run.line is not None:
        return {}
    if run.id not in work.held:
        work.held[run.id] = {
            row.item: (
                row.value,
                None if row.text_sealed is None else work.keys.open_text(row.text_sealed),
                row.non_answer,
                row.answered_at,
            )
            for row in work.connection.execute(_ANSWERS, {"run_id": run.id})
        }
    return work.held[run.id]


def _problem(work: _Import, line: ImportLine, sentence: str) -> None:
    work.problems.setdefault(sentence, line.number)
