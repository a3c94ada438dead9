"""Which question is next, and what a reply changes: pure functions of a questionnaire and the stored answers.

Knows nothing of runs, chats or storage; what it decides comes back as a value.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import assert_never

from surveys.conditions import holds
from surveys.model import Answer, Choice, Item, Kind, NonAnswer, Questionnaire
from surveys.quantities import compared
from surveys.reading import (
    Problem,
    Unclear,
    bits,
    combined,
    read_choice,
    read_choices,
    read_date,
    read_number,
    read_text,
)

Answers = Mapping[str, Answer]

SEEN = Answer(value=1)  # what is stored for a note that was read
NOT_ASKED = Answer(non_answer=NonAnswer.NOT_ASKED)


@dataclass(frozen=True, slots=True)
class Chose:
    """A tap on an option of CHOICE, SCALE or FACES."""

    code: int


@dataclass(frozen=True, slots=True)
class Toggled:
    """A tap on an option of MULTIPLE, stored as a draft.

    `chosen` says what the tap is to bring about, so that a repeated tap does nothing; None flips the option.
    """

    code: int
    chosen: bool | None = None


@dataclass(frozen=True, slots=True)
class Confirmed:
    """»Naprej« of MULTIPLE: the draft becomes the answer."""


@dataclass(frozen=True, slots=True)
class Typed:
    """A message in place of a tap. `today`: for dates like »danes« and »3. 12.«, which are not read without it."""

    text: str
    today: date | None = None


@dataclass(frozen=True, slots=True)
class Added:
    """A message that goes on with the text that stands; the same words again change nothing."""

    text: str


@dataclass(frozen=True, slots=True)
class Declined:
    """A tap on »Ne vem«, »Ne želim odgovoriti«, »Preskoči« or »Ne velja zame«."""

    non_answer: NonAnswer


@dataclass(frozen=True, slots=True)
class Seen:
    """»Naprej« of a NOTE."""


Reply = Chose | Toggled | Confirmed | Typed | Added | Declined | Seen


@dataclass(frozen=True, slots=True)
class Accepted:
    """What to store, by item id: the answer itself first, then what the change of branch has hidden."""

    changes: Answers


@dataclass(frozen=True, slots=True)
class Stale:
    """A late or repeated reply: nothing changes, and the person is shown where they are."""


@dataclass(frozen=True, slots=True)
class Invalid:
    """A reply that cannot be taken, the item that it was meant for, and the options that it may have named."""

    problem: Problem
    item: Item
    meant: tuple[Choice, ...] = ()


@dataclass(frozen=True, slots=True)
class Finished:
    """The run was handed in before: nothing changes any more."""


Outcome = Accepted | Stale | Invalid | Finished


@dataclass(frozen=True, slots=True)
class Progress:
    """Counts of questions (notes do not count) that are asked as far as the answers so far tell."""

    position: int  # 1-based; on a note that of the question before it, hence possibly 0
    total: int
    left: int  # still without an answer


def answer(
    questionnaire: Questionnaire, answers: Answers, item_id: str, reply: Reply, *, finished: bool = False
) -> Outcome:
    """What a reply to an item does; `answers` are those stored so far, by item id."""
    if finished:
        return Finished()
    item = reached(questionnaire, answers, item_id)
    if item is None:
        return Stale()
    stored = answers.get(item_id)
    given = _read(item, stored, reply)
    match given:
        case Problem():
            return Invalid(given, item)
        case Unclear(meant):
            return Invalid(Problem.WHICH_CHOICE, item, meant)
    if given == stored:
        return Stale()
    if given.draft:
        return Accepted({item_id: given})
    hidden = _hidden(questionnaire, {**answers, item_id: given})
    return Accepted(
        {item_id: given} | {id_: NOT_ASKED for id_ in hidden if id_ in answers and answers[id_] != NOT_ASKED}
    )


def current(questionnaire: Questionnaire, answers: Answers) -> Item | None:
    """The first open item on the path; None when all are answered."""
    return next((item for item in _visible(questionnaire, answers) if is_open(answers.get(item.id))), None)


def path(questionnaire: Questionnaire, answers: Answers) -> tuple[Item, ...]:
    """The visible items up to and including the open one: those that a person may go to."""
    walked = []
    for item in _visible(questionnaire, answers):
        walked.append(item)
        if is_open(answers.get(item.id)):
            break
    return tuple(walked)


def back(questionnaire: Questionnaire, answers: Answers, item_id: str | None) -> Item | None:
    """The item before this one, None before the first; from the summary (None) the last."""
    places: dict[str | None, int] = {item.id: place for place, item in enumerate(questionnaire.items)}
    here = places.get(item_id, len(places))
    return next((item for item in reversed(path(questionnaire, answers)) if places[item.id] < here), None)


def forward(questionnaire: Questionnaire, answers: Answers, item_id: str | None) -> Item | None:
    """The item after this one; the open one again, where the path ends with it; None is the summary."""
    walked = path(questionnaire, answers)
    here = next((place for place, item in enumerate(walked) if item.id == item_id), len(walked))
    return walked[here + 1] if here + 1 < len(walked) else current(questionnaire, answers)


def reached(questionnaire: Questionnaire, answers: Answers, item_id: str | None) -> Item | None:
    """The item itself, where a person may go to it."""
    return next((item for item in path(questionnaire, answers) if item.id == item_id), None)


def progress(questionnaire: Questionnaire, answers: Answers, item_id: str | None = None) -> Progress:
    """Where an item stands (None: the summary). What a condition may still add is not counted before it holds."""
    position = total = left = 0
    passed = False
    for item in _visible(questionnaire, answers):
        if item.asks:
            total += 1
            left += is_open(answers.get(item.id))
            position += not passed
        passed = passed or item.id == item_id
    return Progress(position, total, left)


def heading(questionnaire: Questionnaire, answers: Answers, item: Item) -> str:
    """What stands over an item: the title of its section, where it is the first of it that is asked."""
    section = questionnaire.section_of(item)
    if section is None:
        return ""
    first = next((one for one in _visible(questionnaire, answers) if one.section == section.id), item)
    return section.title if first == item else ""


def is_said(item: Item, stored: Answer | None) -> bool:
    """Whether a stored row is what somebody said: no note that was read, nothing half chosen, nothing unasked."""
    return item.asks and stored is not None and not stored.draft and stored.non_answer is not NonAnswer.NOT_ASKED


def close(questionnaire: Questionnaire, answers: Answers) -> Answers:
    """The rows that finishing a run, or closing a half-answered one, adds.

    Drafts become answers (skipped, where nothing is chosen, or what the question does not take), hidden items
    were not asked; what is still open gets nothing.
    """
    drafts = {id_: _settled(questionnaire.item(id_), stored) for id_, stored in answers.items() if stored.draft}
    settled = {**answers, **drafts}
    hidden = {id_: NOT_ASKED for id_ in _hidden(questionnaire, settled) if settled.get(id_) != NOT_ASKED}
    return {**drafts, **hidden}


def _settled(item: Item | None, draft: Answer) -> Answer:
    taken = draft.value and (item is None or combined(item, draft.value) is None)
    return Answer(value=draft.value) if taken else Answer(non_answer=NonAnswer.SKIPPED)


def is_open(stored: Answer | None) -> bool:
    """Whether an item still waits for its answer."""
    return stored is None or stored.draft or stored.non_answer is NonAnswer.NOT_ASKED


def _visible(questionnaire: Questionnaire, answers: Answers) -> Iterable[Item]:
    """The items whose rules hold. The answer of a hidden item counts for nothing."""
    return _walk(questionnaire, answers) if questionnaire.branches else questionnaire.items


def _walk(questionnaire: Questionnaire, answers: Answers) -> Iterator[Item]:
    values: dict[str, float | None] = {}
    for item in questionnaire.items:
        if holds(questionnaire.rule(item), values):
            stored = answers.get(item.id)
            if stored is not None:
                values[item.id] = _compared(item, stored)
            yield item


def _compared(item: Item, stored: Answer) -> float | None:
    """What rules compare: of a text only that there is one."""
    if stored.text is not None:
        return 1
    return None if stored.value is None else compared(stored.value, item)


def _hidden(questionnaire: Questionnaire, answers: Answers) -> list[str]:
    if not questionnaire.branches:
        return []
    visible = {item.id for item in _visible(questionnaire, answers)}
    return [item.id for item in questionnaire.items if item.id not in visible]


def _read(item: Item, stored: Answer | None, reply: Reply) -> Answer | Unclear | Problem:
    """The answer that a reply gives, whatever it does to the others."""
    match reply:
        case Chose(code):
            return _chosen(item, code)
        case Toggled(code, chosen):
            return _toggled(item, stored, code, chosen)
        case Confirmed():
            return _confirmed(item, stored)
        case Typed(text, today):
            return _typed(item, text, today)
        case Added(text):
            return _added(stored, text)
        case Declined(non_answer):
            return Answer(non_answer=non_answer) if non_answer in allowed(item) else Problem.NOT_ALLOWED
        case Seen():
            return SEEN if item.kind is Kind.NOTE else Problem.NOT_ALLOWED
        case _:  # pragma: no cover - the type checker proves that there is none
            assert_never(reply)


def allowed(item: Item) -> tuple[NonAnswer, ...]:
    """The non-answers that an item offers, in the order in which they are shown."""
    offered = {
        NonAnswer.DONT_KNOW: item.dont_know,
        NonAnswer.REFUSED: item.refusable,
        NonAnswer.NOT_APPLICABLE: item.not_applicable,
        NonAnswer.SKIPPED: item.optional,
    }
    return tuple(non_answer for non_answer, offers in offered.items() if offers and item.asks)


def _chosen(item: Item, code: int) -> Answer | Problem:
    if item.kind not in {Kind.CHOICE, Kind.SCALE, Kind.FACES}:
        return Problem.NOT_ALLOWED
    return Problem.NO_SUCH_CHOICE if item.choice(code) is None else Answer(value=code)


def _toggled(item: Item, stored: Answer | None, code: int, chosen: bool | None) -> Answer | Problem:  # noqa: FBT001 - three states
    if item.kind is not Kind.MULTIPLE:
        return Problem.NOT_ALLOWED
    choice = item.choice(code)
    if choice is None:
        return Problem.NO_SUCH_CHOICE
    before = (stored.value if stored else None) or 0
    if chosen is bool(before >> code & 1):
        return stored or Answer(value=0, draft=True)
    now = before ^ 1 << code
    if now >> code & 1:  # what excludes the others takes their place, and they its
        now = 1 << code if choice.alone else now & ~bits(one for one in item.choices if one.alone)
    return Problem.TOO_MANY if combined(item, now) is Problem.TOO_MANY else Answer(value=now, draft=True)


def _confirmed(item: Item, stored: Answer | None) -> Answer | Problem:
    if item.kind is not Kind.MULTIPLE:
        return Problem.NOT_ALLOWED
    if stored is None or (is_open(stored) and not stored.value):
        return Problem.NOTHING_CHOSEN
    wrong = combined(item, stored.value) if stored.draft and stored.value else None
    if wrong is not None:
        return wrong
    return Answer(value=stored.value) if stored.draft else stored


def _added(stored: Answer | None, text: str) -> Answer | Problem:
    if stored is None or stored.text is None:
        return Problem.NOT_ALLOWED
    words = read_text(text)
    if isinstance(words, Problem):
        return words
    if f"\n{words}\n" in f"\n{stored.text}\n":
        return stored
    joined = read_text(f"{stored.text}\n{words}")
    return joined if isinstance(joined, Problem) else Answer(text=joined)


def _typed(item: Item, text: str, today: date | None) -> Answer | Unclear | Problem:
    match item.kind:
        case Kind.CHOICE | Kind.SCALE | Kind.FACES:
            choice = read_choice(text, item.choices)
            return Answer(value=choice.code) if isinstance(choice, Choice) else choice
        case Kind.MULTIPLE:
            choices = read_choices(text, item.choices)
            if not isinstance(choices, tuple):
                return choices
            value = bits(choices)
            wrong = combined(item, value)
            return Answer(value=value) if wrong is None else wrong
        case Kind.NUMBER:
            number = read_number(text, item)
            return number if isinstance(number, Problem) else Answer(value=number)
        case Kind.DATE:
            day = read_date(text, item, today)
            return day if isinstance(day, Problem) else Answer(value=day)
        case Kind.TEXT:
            words = read_text(text)
            return words if isinstance(words, Problem) else Answer(text=words)
        case Kind.NOTE:
            return Problem.CHOOSE_A_BUTTON
        case _:  # pragma: no cover - the type checker proves that there is none
            assert_never(item.kind)
