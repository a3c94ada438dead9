"""The long table: a row an answer or non-answer, as it is stored, with the words of its own version beside it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import TypeVar

from reports.export.questions import WaveColumns
from reports.export.table import Cell, OpenText
from reports.texts import export as words
from storage.analysis.exports import ExportedAnswer, ExportedPerson, ExportedResponse
from surveys.model import Item, Kind, Questionnaire
from surveys.quantities import said

_One = TypeVar("_One")


def long_rows(
    programme: str,
    places: Mapping[str, WaveColumns],
    versions: Mapping[str, Questionnaire],
    called: Mapping[str, str],
    people: Iterable[ExportedPerson],
    runs: Iterable[ExportedResponse],
    replies: Iterable[ExportedAnswer],
    open_text: OpenText,
    *,
    texts: bool,
) -> list[tuple[Cell, ...]]:
    """One row an answer: person by person, wave by wave, in the order of the questions. Notes ask nothing.

    `called`: what the wide table calls each item, by its id.
    """
    items = {
        (hash_, item.id): (number, item)
        for hash_, questionnaire in versions.items()
        for number, item in enumerate(questionnaire.items)
        if item.asks
    }
    opening = open_text if texts else None
    said = _grouped(replies, lambda reply: reply.run)
    answered = _grouped(runs, lambda run: run.enrolment)
    order = {wave: number for number, wave in enumerate(places)}
    rows: list[tuple[Cell, ...]] = []
    for person in people:
        who = (person.code, programme, person.cohort, person.cohort_name, person.audience, person.role.value)
        for run in sorted(answered.get(person.enrolment, ()), key=lambda one: order[one.wave]):
            found = [
                (items[run.version, one.item], one) for one in said.get(run.id, ()) if (run.version, one.item) in items
            ]
            for (_, item), reply in sorted(found, key=lambda one: one[0][0]):
                cells = _cells(item, reply, opening)
                rows.append(
                    (
                        *who,
                        run.wave,
                        called.get(item.id, item.id),
                        *cells,
                        run.mode.value,
                        run.channel,
                        run.version,
                        reply.answered_at,
                    )
                )
    return rows


def _cells(item: Item, reply: ExportedAnswer, open_text: OpenText | None) -> tuple[Cell, ...]:
    """Value, label, non-answer, and the words themselves where they are wanted."""
    text = None if reply.text_sealed is None or open_text is None else open_text(reply.text_sealed)
    reason = None if reply.non_answer is None else reply.non_answer.value
    value = said(reply.value, item) if reply.value is not None and item.kind is Kind.NUMBER else reply.value
    return (value, _label(item, reply), reason, *(() if open_text is None else (text,)))


def _label(item: Item, reply: ExportedAnswer) -> str | None:
    if reply.non_answer is not None:
        return words.NON_ANSWERS[reply.non_answer]
    if item.kind is Kind.TEXT:
        return words.TYPED
    value = reply.value or 0
    if item.kind is Kind.DATE:
        return str(said(value, item))
    if item.kind is Kind.MULTIPLE:
        return "; ".join(choice.label for choice in item.choices if value >> choice.code & 1)
    choice = item.choice(value)
    return None if choice is None else choice.label


def _grouped(ones: Iterable[_One], key: Callable[[_One], int]) -> dict[int, list[_One]]:
    groups: dict[int, list[_One]] = {}
    for one in ones:
        groups.setdefault(key(one), []).append(one)
    return groups
