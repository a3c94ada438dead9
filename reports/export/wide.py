"""The wide table: a row a person of a cohort, a column a question in a wave. Knows no file formats."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from reports.export.columns import NON_ANSWER_CODES, Column, Holds
from reports.export.questions import Place
from reports.export.table import Cell, OpenText
from reports.weeks import local_day
from storage.exports import Person, Reply, Run

_Slots = Mapping[tuple[str, str, str], tuple[int, ...]]


def wide_rows(
    columns: tuple[Column, ...],
    places: Mapping[str, Place],
    people: Iterable[Person],
    runs: Iterable[Run],
    replies: Iterable[Reply],
    open_text: OpenText,
) -> list[list[Cell]]:
    """One row a person, in the order of `people`; who never answered has a row too. `places` by wave id."""
    rows: dict[int, list[Cell]] = {}
    for person in people:
        fixed = (person.code, person.cohort, person.cohort_name, person.audience, person.state.value)
        rows[person.enrolment] = [*fixed, *[None] * (len(columns) - len(fixed))]
    index = {column.name: number for number, column in enumerate(columns)}
    by_id = {run.id: run for run in runs}
    for run in by_id.values():
        mark = places[run.wave].mark
        rows[run.enrolment][index[f"mode_{mark}"]] = run.mode.value
        rows[run.enrolment][index[f"answered_on_{mark}"]] = local_day(run.ended_at)
    slots = _slots(columns)
    for reply in replies:
        run = by_id[reply.run]
        row = rows[run.enrolment]
        for number in slots.get((run.wave, run.version, reply.item), ()):
            row[number] = _cell(columns[number], reply, open_text)
    return list(rows.values())


def _slots(columns: tuple[Column, ...]) -> _Slots:
    """The columns that an answer fills, by wave, version and item. An option that a version lacks stays empty there."""
    found: dict[tuple[str, str, str], list[int]] = {}
    for number, column in enumerate(columns):
        for one in column.question.asked if column.question else ():
            if column.option is None or one.item.choice(column.option) is not None:
                found.setdefault((one.place.wave, one.version, one.item.id), []).append(number)
    return {key: tuple(numbers) for key, numbers in found.items()}


def _cell(column: Column, reply: Reply, open_text: OpenText) -> Cell:
    if reply.non_answer is not None:
        return None if column.holds is Holds.TEXT else NON_ANSWER_CODES[reply.non_answer]
    match column.holds:
        case Holds.TEXT:
            return None if reply.text_sealed is None else open_text(reply.text_sealed)
        case Holds.WRITTEN:
            return 1
        case Holds.CHOSEN:
            return (reply.value or 0) >> (column.option or 0) & 1
        case _:
            return reply.value
