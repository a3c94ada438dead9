"""What each column means, in words: the entries of the codebook. Pure; knows neither answers nor file formats."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from reports.export.columns import NON_ANSWER_CODES, ExportColumn, Holds
from reports.export.questions import AskedItem, Question
from reports.export.rules import in_words
from reports.texts import export as words
from surveys.engine import allowed
from surveys.model import NonAnswer

_VERSION_DIGITS = 12  # of a hash, as many as tell versions apart


@dataclass(frozen=True, slots=True)
class CodebookEntry:
    """One column in words. What does not apply is empty."""

    name: str
    label: str
    level: str
    question: str = ""
    waves: str = ""
    answers: tuple[str, ...] = ()  # »1 = ne gre«
    non_answers: tuple[str, ...] = ()
    asked: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


def entry(column: ExportColumn, programme: str) -> CodebookEntry:
    """The entry of a column of this programme, by its slug."""
    level = words.LEVELS[column.measure]
    if column.question is None:
        return CodebookEntry(column.name, column.label, level, answers=_answers(column))
    question = column.question
    return CodebookEntry(
        column.name,
        column.label,
        level,
        question=question.item.text,
        waves=" / ".join(f"{one} ({question.mark})" for one in question.waves),
        answers=_answers(column),
        non_answers=tuple(_coded(NON_ANSWER_CODES[one], words.NON_ANSWERS[one]) for one in possible(question))
        if column.has_non_answers
        else (),
        asked=who(question),
        sources=tuple(
            dict.fromkeys(words.source(programme, one.questionnaire.id, _short(one)) for one in question.asked)
        ),
        notes=tuple(dict.fromkeys((*_names(column, question), *_notes(question)))),
    )


def possible(question: Question) -> tuple[NonAnswer, ...]:
    """The non-answers that some version of the question offers, or that its rule brings about."""
    offered = {non_answer for one in question.asked for non_answer in allowed(one.item)}
    if any(one.questionnaire.rule(one.item) for one in question.asked):
        offered.add(NonAnswer.NOT_ASKED)
    return tuple(one for one in NonAnswer if one in offered)


def who(question: Question) -> tuple[str, ...]:
    """Who was asked; version by version where that changed."""
    rules: dict[str, AskedItem] = {}
    for one in question.asked:
        rule = one.questionnaire.rule(one.item)
        said = words.EVERYBODY if rule is None else words.only_when(in_words(rule, one.questionnaire))
        rules[said] = one
    if len(rules) == 1:
        return tuple(rules)
    return tuple(words.in_version(_short(one), said) for said, one in rules.items())


def _answers(column: ExportColumn) -> tuple[str, ...]:
    match column.holds:
        case Holds.NUMBER if column.question:
            return (words.number_range(column.question.item),)
        case Holds.DAY:
            return (words.DATES, *(() if column.question is None else words.date_range(column.question.item)))
        case Holds.MOMENT:
            return (words.MOMENTS,)
        case _:
            return tuple(_coded(code, label, column.names.get(code, "")) for code, label in column.answers)


def _names(column: ExportColumn, question: Question) -> Iterator[str]:
    """What the author calls what the column does not name itself."""
    if question.item.name and not column.name.startswith(question.item.name):
        yield words.own_name(question.item.name)
    option = next((one for one in question.choices if one.code == column.option), None)
    if option is not None and option.name:
        yield words.own_name_of_option(option.name)


def _notes(question: Question) -> Iterator[str]:
    section = question.asked[-1].questionnaire.section_of(question.item)
    if section is not None:
        yield words.in_section(section.title)
    yield from words.how_many(question.item)
    item, newest = question.item, {choice.code: choice.label for choice in question.item.choices}
    if item.hint:
        yield item.hint
    if item.reverse:
        yield words.REVERSED
    for one in question.asked:
        if one.item.text != item.text:
            yield words.older_wording(_short(one), one.item.text)
        labels = {choice.code: choice.label for choice in one.item.choices}
        if labels != newest:
            yield words.older_labels(_short(one), "; ".join(_coded(code, label) for code, label in labels.items()))


def _short(one: AskedItem) -> str:
    return one.version[:_VERSION_DIGITS]


def _coded(code: int | str, label: str, name: str = "") -> str:
    return f"{code} = {label} [{name}]" if name else f"{code} = {label}"
