"""The columns of an export, from definitions alone: a column is there whether or not anybody answered.

`primary_t0` is the item `primary` in the first wave of its audience. Knows neither people nor files.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from reports.export.questions import Question, WaveColumns
from reports.texts import export as words
from surveys.model import ORDERED, Kind, NonAnswer

NON_ANSWER_CODES: Mapping[NonAnswer, int] = {
    NonAnswer.DONT_KNOW: -99,
    NonAnswer.REFUSED: -98,
    NonAnswer.NOT_APPLICABLE: -97,
    NonAnswer.SKIPPED: -96,
    NonAnswer.NOT_ASKED: -95,
}
MISSING_FROM, MISSING_TO = min(NON_ANSWER_CODES.values()), max(NON_ANSWER_CODES.values())


class ExportError(Exception):
    """The data cannot be written so. Its text is a whole sentence that says what to do."""


class Holds(StrEnum):
    """What stands in the cells of a column."""

    NAME = "name"  # a code, a name, or one of our own words
    COUNT = "count"  # a number of ours
    CODE = "code"  # the code of an option
    CHOSEN = "chosen"  # 1: this option is among the chosen ones, 0: it is not
    NUMBER = "number"  # what a person entered
    WRITTEN = "written"  # 1: there is an answer in words
    TEXT = "text"  # the words themselves
    DAY = "day"
    MOMENT = "moment"


NUMERIC = frozenset({Holds.COUNT, Holds.CODE, Holds.CHOSEN, Holds.NUMBER, Holds.WRITTEN})


class Measure(StrEnum):
    """How far the values can be reckoned with."""

    NOMINAL = "nominal"
    ORDINAL = "ordinal"
    SCALE = "scale"


@dataclass(frozen=True, slots=True)
class ExportColumn:
    """One column. `answers` are codes with their words, non-answers left out; `option` is a code of MULTIPLE."""

    name: str
    label: str
    holds: Holds
    measure: Measure = Measure.NOMINAL
    answers: tuple[tuple[int | str, str], ...] = ()
    question: Question | None = None
    option: int | None = None

    @property
    def names(self) -> dict[int | str, str]:
        """What its author calls the options whose codes stand in it."""
        coded = self.question.choices if self.question is not None and self.holds is Holds.CODE else ()
        return {choice.code: choice.name for choice in coded if choice.name}

    @property
    def has_non_answers(self) -> bool:
        """Whether −99 to −95 may stand in it."""
        return self.question is not None and self.holds is not Holds.TEXT


MADE_UP = ExportColumn("made_up", words.MADE_UP, Holds.CODE, answers=((1, words.MADE_UP_ROW),))  # in a demo, everywhere
_MODES = tuple((mode.value, name) for mode, name in words.MODES.items())
_CHANNELS = tuple(words.CHANNELS.items())
_STATES = tuple((state.value, name) for state, name in words.STATES.items())
_ROLES = tuple((role.value, name) for role, name in words.ROLES.items())
_ALLOCATIONS = tuple((allocation.value, name) for allocation, name in words.ALLOCATIONS.items())
_LONG_HOLDS = {
    "cohort": Holds.COUNT,
    "value": Holds.NUMBER,
    "text": Holds.TEXT,
    "answered_at": Holds.MOMENT,
}
_LONG_ANSWERS: Mapping[str, tuple[tuple[str, str], ...]] = {
    "role": _ROLES,
    "mode": _MODES,
    "channel": _CHANNELS,
    "non_answer": tuple((key.value, name) for key, name in words.NON_ANSWERS.items()),
}


def wide(places: Iterable[WaveColumns], questions: Iterable[Question], *, texts: bool) -> tuple[ExportColumn, ...]:
    """The columns of a table with a row a person of a cohort. Raises ExportError where two would be called alike."""
    columns = (
        ExportColumn("code", words.WIDE_LABELS["code"], Holds.NAME),
        ExportColumn("cohort", words.WIDE_LABELS["cohort"], Holds.COUNT),
        ExportColumn("cohort_name", words.WIDE_LABELS["cohort_name"], Holds.NAME),
        ExportColumn("audience", words.WIDE_LABELS["audience"], Holds.NAME),
        ExportColumn("state", words.WIDE_LABELS["state"], Holds.NAME, answers=_STATES),
        ExportColumn("role", words.WIDE_LABELS["role"], Holds.NAME, answers=_ROLES),
        ExportColumn("allocation", words.WIDE_LABELS["allocation"], Holds.NAME, answers=_ALLOCATIONS),
        *_of_waves(places),
        *(column for question in questions for column in _of_question(question, texts=texts)),
    )
    _check(columns)
    return columns


def long(*, texts: bool) -> tuple[ExportColumn, ...]:
    """The columns of a table with a row an answer or non-answer."""
    return tuple(
        ExportColumn(name, label, _LONG_HOLDS.get(name, Holds.NAME), answers=_LONG_ANSWERS.get(name, ()))
        for name, label in words.LONG_LABELS.items()
        if texts or name != "text"
    )


def _of_waves(places: Iterable[WaveColumns]) -> Iterator[ExportColumn]:
    names: dict[str, dict[str, None]] = {}
    for place in places:
        names.setdefault(place.mark, {})[place.name] = None
    for mark, waves in names.items():
        yield ExportColumn(f"mode_{mark}", words.mode_in(tuple(waves)), Holds.NAME, answers=_MODES)
        yield ExportColumn(f"channel_{mark}", words.channel_in(tuple(waves)), Holds.NAME, answers=_CHANNELS)
        yield ExportColumn(f"answered_on_{mark}", words.answered_on(tuple(waves)), Holds.DAY, Measure.SCALE)


def _of_question(question: Question, *, texts: bool) -> Iterator[ExportColumn]:
    item, label = question.item, words.in_wave(question.waves, question.item.text)
    match item.kind:
        case Kind.MULTIPLE:
            for choice in question.choices:
                about = words.in_wave(question.waves, words.option(choice.label, item.text))
                yield ExportColumn(
                    f"{question.name}_{choice.code}",
                    about,
                    Holds.CHOSEN,
                    Measure.NOMINAL,
                    words.CHOSEN,
                    question,
                    choice.code,
                )
        case Kind.NUMBER | Kind.DATE:
            holds = Holds.DAY if item.kind is Kind.DATE else Holds.NUMBER
            yield ExportColumn(question.name, label, holds, Measure.SCALE, (), question)
        case Kind.TEXT:
            yield ExportColumn(question.name, label, Holds.WRITTEN, Measure.NOMINAL, words.WRITTEN, question)
            if texts:
                yield ExportColumn(
                    f"{question.name}_text", words.text_of(label), Holds.TEXT, Measure.NOMINAL, (), question
                )
        case _:
            answers = tuple((choice.code, choice.label) for choice in question.choices)
            measure = Measure.ORDINAL if item.kind in ORDERED else Measure.NOMINAL
            yield ExportColumn(question.name, label, Holds.CODE, measure, answers, question)


def _check(columns: Sequence[ExportColumn]) -> None:
    twins = [name for name, n in Counter(column.name.lower() for column in columns).items() if n > 1]
    if twins:
        raise ExportError(f"Two columns would be called {twins[0]}; give one of the items another id.")
    for column in columns:
        for one in column.question.asked if column.holds is Holds.NUMBER and column.question else ():
            if one.item.minimum is not None and one.item.minimum <= MISSING_TO:
                raise ExportError(
                    f"{column.name} may be {one.item.minimum}, but the numbers {MISSING_FROM} to {MISSING_TO} "
                    f"stand for non-answers; let the item begin above {MISSING_TO}."
                )
