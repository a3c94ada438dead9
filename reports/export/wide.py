"""The wide table: a row a person of a cohort, a column a question in a wave. Knows no file formats."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from reports.export.columns import NON_ANSWER_CODES, ExportColumn, Holds
from reports.export.questions import WaveColumns
from reports.export.table import Cell, OpenText
from storage.analysis.exports import Brought, ExportedAnswer, ExportedPerson, ExportedResponse
from surveys.model import EnrolmentRole, Item, NonAnswer
from surveys.quantities import said
from surveys.weeks import local_day

_Slots = Mapping[tuple[str, str, str], tuple[int, ...]]


def wide_rows(
    columns: tuple[ExportColumn, ...],
    places: Mapping[str, WaveColumns],
    people: Iterable[ExportedPerson],
    runs: Iterable[ExportedResponse],
    replies: Iterable[ExportedAnswer],
    open_text: OpenText,
    brought: Iterable[Brought] = (),
) -> list[list[Cell]]:
    """One row a person, in the order of `people`; who never answered has a row too. `places` by wave id.

    `brought`: what stands in the row of who waited, and once more as the first answers of the same person's next row.
    """
    rows: dict[int, list[Cell]] = {}
    waits = set()
    for person in people:
        fixed = _fixed(person)
        waits |= {person.enrolment} if person.role is EnrolmentRole.WAITING else set()
        rows[person.enrolment] = [*fixed, *[None] * (len(columns) - len(fixed))]
    index = {column.name: number for number, column in enumerate(columns)}
    by_id = {run.id: run for run in runs}
    for run in by_id.values():
        _how_it_came(rows[run.enrolment], index, places[run.wave].mark, run)
        if run.enrolment in waits:
            _not_asked(rows[run.enrolment], columns, run)
    first = _brought_to(brought, rows, by_id, places, index)
    slots = _slots(columns)
    items = _items(columns)
    for reply in replies:
        run = by_id[reply.run]
        row = rows[run.enrolment]
        for number in slots.get((run.wave, run.version, reply.item), ()):
            row[number] = _cell(columns[number], reply, items[run.version, reply.item], open_text)
        for enrolment, wave in first.get(reply.run, ()):
            for number in _of_item(columns, wave, reply.item):
                rows[enrolment][number] = _cell(columns[number], reply, items[run.version, reply.item], open_text)
    return list(rows.values())


def _fixed(person: ExportedPerson) -> tuple[Cell, ...]:
    allocation = None if person.allocation is None else person.allocation.value
    group = (person.cohort, person.cohort_name, person.audience)
    return (person.code, *group, person.state.value, person.role.value, allocation)


def _how_it_came(row: list[Cell], index: Mapping[str, int], mark: str, run: ExportedResponse) -> None:
    """By whose hand, by which channel, and when."""
    row[index[f"mode_{mark}"]] = run.mode.value
    row[index[f"channel_{mark}"]] = run.channel
    row[index[f"answered_on_{mark}"]] = local_day(run.ended_at)


def _not_asked(row: list[Cell], columns: tuple[ExportColumn, ...], run: ExportedResponse) -> None:
    """What only those who take part are asked is marked so for who waits."""
    for number, column in enumerate(columns):
        asked = () if column.question is None or column.holds is Holds.TEXT else column.question.asked
        in_wave = [one.version for one in asked if one.place.wave == run.wave]
        if in_wave and run.version not in in_wave:
            row[number] = NON_ANSWER_CODES[NonAnswer.NOT_ASKED]


def _brought_to(
    brought: Iterable[Brought],
    rows: Mapping[int, list[Cell]],
    runs: Mapping[int, ExportedResponse],
    places: Mapping[str, WaveColumns],
    index: Mapping[str, int],
) -> dict[int, list[tuple[int, str]]]:
    """Into which enrolments and waves the answers of a run go as well; how and when they came is written there."""
    found: dict[int, list[tuple[int, str]]] = {}
    for one in brought:
        if one.run in runs and one.enrolment in rows:
            _how_it_came(rows[one.enrolment], index, places[one.wave].mark, runs[one.run])
            found.setdefault(one.run, []).append((one.enrolment, one.wave))
    return found


def _of_item(columns: tuple[ExportColumn, ...], wave: str, item: str) -> list[int]:
    """The columns of an item in a wave, whatever the version."""
    return [
        number
        for number, column in enumerate(columns)
        if column.question and any((one.place.wave, one.item.id) == (wave, item) for one in column.question.asked)
    ]


def _slots(columns: tuple[ExportColumn, ...]) -> _Slots:
    """The columns that an answer fills, by wave, version and item. An option that a version lacks stays empty there."""
    found: dict[tuple[str, str, str], list[int]] = {}
    for number, column in enumerate(columns):
        for one in column.question.asked if column.question else ():
            if column.option is None or one.item.choice(column.option) is not None:
                found.setdefault((one.place.wave, one.version, one.item.id), []).append(number)
    return {key: tuple(numbers) for key, numbers in found.items()}


def _items(columns: tuple[ExportColumn, ...]) -> dict[tuple[str, str], Item]:
    """The items by version and id, as that version asks them."""
    asked = (one for column in columns if column.question for one in column.question.asked)
    return {(one.version, one.item.id): one.item for one in asked}


def _cell(column: ExportColumn, reply: ExportedAnswer, item: Item, open_text: OpenText) -> Cell:
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
            return None if reply.value is None else said(reply.value, item)
