"""The card of one question, and the summary: pure, from a questionnaire and its answers to a Screen."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from bot.actions import participant as actions
from bot.conversation.declared import ActionData
from bot.conversation.screens import Button, EntryField, Rows, Screen
from bot.texts.common import Common, safe, shorten
from bot.texts.participant import Participant
from surveys import engine
from surveys.model import CHOSEN, Answer, Item, Kind, NonAnswer, Questionnaire
from surveys.reading import numbered

_LONGEST_SHOWN = 300  # characters of a text answer on a card; all of it stands in /moji_podatki
_SHORT = 12  # two buttons whose words are at most this long share a row
_WIDEST = 34  # characters of a button that a narrow phone does not cut
_TINY = 4  # characters of a button that shares its row with three others
_IN_A_ROW = 4
_ENTRIES = {Kind.NUMBER: EntryField.NUMBER, Kind.DATE: EntryField.WORDS, Kind.TEXT: EntryField.TEXT}
_NON_ANSWER_KEYS = {
    NonAnswer.DONT_KNOW: "d",
    NonAnswer.REFUSED: "r",
    NonAnswer.NOT_APPLICABLE: "n",
    NonAnswer.SKIPPED: "s",
}
NON_ANSWER_OF_KEY = {key: non_answer for non_answer, key in _NON_ANSWER_KEYS.items()}

Answers = Mapping[str, Answer]


@dataclass(frozen=True, slots=True)
class Asks:
    """What the buttons of a card ask for: of a run, and of a place in its questionnaire or a revision of it."""

    answer: Callable[[int, int, int, str], ActionData]
    before: Callable[[int, int], ActionData]
    after: Callable[[int, int], ActionData]
    hand_in: Callable[[int, int], ActionData]
    change: Callable[[int, int], ActionData]


ANSWERING = Asks(
    actions.answer_question, actions.question_before, actions.question_after, actions.hand_in, actions.change_answer
)


@dataclass(frozen=True, slots=True)
class _Place:
    """Which card it is whose buttons are made."""

    response_id: int
    index: int
    revision: int
    asks: Asks

    def answer(self, label: str, key: str, *, chosen: bool | None = None, quiet: bool = False) -> Button:
        """A button that answers; what is chosen is marked."""
        marked = f"{Common.CHOSEN} {label}" if chosen else label
        action = self.asks.answer(self.response_id, self.index, self.revision, key)
        return Button(cut(marked), action, chosen=chosen, quiet=quiet)


def question(
    words: Participant,
    questionnaire: Questionnaire,
    answers: Answers,
    item: Item,
    response_id: int,
    revision: int,
    note: str = "",
    asks: Asks = ANSWERING,
    *,
    aloud: bool = False,
) -> Screen:
    """The card of one item, with the bot's own words in a language.

    `note` is a sentence above it: why a reply could not be taken, for whom one answers.
    `asks`: what its buttons ask for. The options stand on the buttons; in the text as well, where it is read `aloud`
    or a button is too narrow for one of them.
    """
    stored = answers.get(item.id)
    progress = engine.progress(questionnaire, answers, item.id) if item.asks else None
    parts = [
        f"<i>{note}</i>" if note else "",
        words.progress(progress.position, progress.total) if progress else "",
        f"<u>{safe(above)}</u>" if (above := engine.heading(questionnaire, answers, item)) else "",
        f"<b>{safe(item.text)}</b>",
        safe(item.hint),
        safe("\n".join(options(item))) if aloud or _is_wide(words, item) else "",
        _how(words, item),
        _given(words, item, stored),
    ]
    here = _Place(response_id, questionnaire.place(item), revision, asks)
    text = "\n\n".join(part for part in parts if part)
    rows = _rows(words, questionnaire, answers, item, here)
    return Screen(text, rows, entry=_ENTRIES.get(item.kind), progress=progress)


def answered(words: Participant, questionnaire: Questionnaire, answers: Answers, item: Item, note: str = "") -> Screen:
    """What is left of the card of an item, above the next one: what was asked and answered."""
    enrolment = engine.progress(questionnaire, answers, item.id)
    parts = [
        f"<i>{note}</i>" if note else "",
        words.progress(enrolment.position, enrolment.total) if item.asks else "",
        f"<b>{safe(item.text)}</b>",
        _given(words, item, answers.get(item.id)),
    ]
    return Screen("\n\n".join(part for part in parts if part))


def summary(
    words: Participant,
    questionnaire: Questionnaire,
    answers: Answers,
    response_id: int,
    revision: int,
    note: str = "",
    asks: Asks = ANSWERING,
) -> Screen:
    """All answers before they are handed in; each is a button that leads to its question.

    No full stop stands between a number and an answer: »10. 11. 2026« would be a date.
    """
    said = [
        (number, item, brief(words, item, answers.get(item.id)))
        for number, item in enumerate((one for one in engine.path(questionnaire, answers) if one.asks), 1)
    ]
    lines = [f"{number}. {safe(item.text)}\n<b>{safe(answer)}</b>" for number, item, answer in said]
    head = [f"<i>{note}</i>"] if note else []
    text = "\n\n".join([*head, f"<b>{words.SUMMARY_TITLE}</b>", *lines, words.SUMMARY_ASK])
    changes = [
        Button(cut(f"{number} · {answer}"), asks.change(response_id, questionnaire.place(item)), quiet=True)
        for number, item, answer in said
    ]
    return Screen(
        text,
        (
            *_paired(changes),
            (Button(words.HAND_IN, asks.hand_in(response_id, revision), strong=True),),
            (Button(words.BACK, asks.before(response_id, len(questionnaire.items)), quiet=True),),
        ),
    )


def shown(words: Participant, item: Item, stored: Answer | None) -> str:
    """A stored answer in the words that the person chose or typed."""
    match stored:
        case None:
            return words.NO_ANSWER_YET
        case Answer(text=str(text)):
            return text
        case Answer(non_answer=NonAnswer.SKIPPED):
            return words.SKIPPED
        case Answer(non_answer=NonAnswer() as non_answer):
            return words.NON_ANSWERS[non_answer]
        case Answer(value=int(value)) if item.kind is Kind.MULTIPLE:
            return ", ".join(choice.label for choice in item.choices if value >> choice.code & 1)
        case Answer(value=int(value)):
            choice = item.choice(value)
            return words.amount(item, value) if choice is None else choice.label
        case _:
            return words.NO_ANSWER_YET


def brief(words: Participant, item: Item, stored: Answer | None) -> str:
    """The same, cut where it is so long that it would fill the screen."""
    return shorten(shown(words, item, stored), _LONGEST_SHOWN)


def saved(words: Participant, item: Item, stored: Answer) -> str:
    """What was stored of written words: a month without the day that was written, a day with its year."""
    return words.writing.saved(brief(words, item, stored))


def options(item: Item) -> list[str]:
    """The options of an item with the numbers under which they are typed: »1 · nikoli«."""
    if item.kind not in CHOSEN:
        return []
    labels = (f"{choice.emoji} {choice.label}".strip() for choice in item.choices)
    numbers = numbered(item.choices)
    return [label if number is None else f"{number} · {label}" for number, label in zip(numbers, labels, strict=True)]


def _is_wide(words: Participant, item: Item) -> bool:
    """Whether a narrow phone would cut an option."""
    return any(len(f"{words.CHOSEN} {option}") > _WIDEST for option in options(item))


def cut(label: str) -> str:
    """The label in one line, as long as a narrow phone shows it."""
    return shorten(" ".join(label.split()), _WIDEST)


def _how(words: Participant, item: Item) -> str:
    match item.kind:
        case Kind.NUMBER:
            return words.type_number(item)
        case Kind.DATE:
            return words.type_date(item)
        case Kind.TEXT:
            return words.TYPE_TEXT
        case Kind.MULTIPLE:
            return words.several(item)
        case _:
            return ""


def _given(words: Participant, item: Item, stored: Answer | None) -> str:
    if (
        stored is None
        or not item.asks
        or stored.non_answer is NonAnswer.NOT_ASKED
        or (stored.draft and not stored.value)
    ):
        return ""
    return f"{words.YOUR_ANSWER}: <b>{safe(brief(words, item, stored))}</b>"


def _rows(
    words: Participant,
    questionnaire: Questionnaire,
    answers: Answers,
    item: Item,
    here: _Place,
) -> Rows:
    stored = answers.get(item.id)
    rows = [*_choices(words, item, stored, here)]
    if item.kind is Kind.MULTIPLE:
        rows.append((here.answer(words.FORWARD, "k"),))
    if item.kind is Kind.NOTE:
        rows.append((here.answer(words.FORWARD, "o"),))
    rows.extend(_paired(_declines(words, item, stored, here)))
    last = []
    if engine.back(questionnaire, answers, item.id) is not None:
        last.append(Button(words.BACK, here.asks.before(here.response_id, here.index), quiet=True))
    if engine.current(questionnaire, answers) is None:
        last.append(Button(words.ALL_ANSWERS, here.asks.after(here.response_id, len(questionnaire.items))))
    elif _answered(stored) and item.kind not in {Kind.MULTIPLE, Kind.NOTE}:
        last.append(Button(words.FORWARD, here.asks.after(here.response_id, here.index)))
    return (*rows, tuple(last)) if last else tuple(rows)


def _choices(words: Participant, item: Item, stored: Answer | None, here: _Place) -> Rows:
    """The options, one a row for big fingers; tiny ones like »0« to »10« share rows evenly, to be all in sight."""
    if item.kind not in CHOSEN:
        return ()
    value = None if stored is None else stored.value
    several = item.kind is Kind.MULTIPLE
    buttons, labels = [], options(item)
    for choice, label in zip(item.choices, labels, strict=True):
        chosen = value is not None and (bool(value >> choice.code & 1) if several else value == choice.code)
        key = f"{'-' if chosen else '+'}{choice.code}" if several else f"c{choice.code}"
        buttons.append(here.answer(label, key, chosen=chosen))
    tiny = all(len(f"{words.CHOSEN} {label}") <= _TINY for label in labels)
    rows = -(-len(buttons) // _IN_A_ROW) if tiny else len(buttons)
    width = -(-len(buttons) // rows)
    return tuple(tuple(buttons[start : start + width]) for start in range(0, len(buttons), width))


def _declines(words: Participant, item: Item, stored: Answer | None, here: _Place) -> list[Button]:
    given = None if stored is None else stored.non_answer
    return [
        here.answer(words.NON_ANSWERS[one], _NON_ANSWER_KEYS[one], chosen=one is given, quiet=True)
        for one in engine.allowed(item)
    ]


def _paired(buttons: list[Button]) -> Rows:
    """Two short buttons share a row; long ones stand alone."""
    rows: list[tuple[Button, ...]] = []
    for button in buttons:
        if rows and len(rows[-1]) == 1 and len(rows[-1][0].label) <= _SHORT and len(button.label) <= _SHORT:
            rows[-1] = (rows[-1][0], button)
        else:
            rows.append((button,))
    return tuple(rows)


def _answered(stored: Answer | None) -> bool:
    return stored is not None and not stored.draft and stored.non_answer is not NonAnswer.NOT_ASKED
