"""The card of one question, and the summary: pure, from a questionnaire and its answers to a Screen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from bot.screens import Button, Rows, Screen
from bot.texts.common import safe
from bot.texts.participant import Participant
from surveys import engine
from surveys.model import CHOSEN, Answer, Item, Kind, NonAnswer, Questionnaire

_SHORT = 12  # two buttons whose words are at most this long share a row
_NON_ANSWER_KEYS = {
    NonAnswer.DONT_KNOW: "d",
    NonAnswer.REFUSED: "r",
    NonAnswer.NOT_APPLICABLE: "n",
    NonAnswer.SKIPPED: "s",
}
NON_ANSWER_OF_KEY = {key: non_answer for non_answer, key in _NON_ANSWER_KEYS.items()}

Answers = Mapping[str, Answer]


@dataclass(frozen=True, slots=True)
class Verbs:
    """With which verbs the buttons of a card begin."""

    tap: str
    back: str
    forward: str
    hand_in: str


ANSWERING = Verbs("q", "qb", "qf", "qe")


def question(
    words: Participant,
    questionnaire: Questionnaire,
    answers: Answers,
    item: Item,
    run_id: int,
    revision: int,
    note: str = "",
    verbs: Verbs = ANSWERING,
) -> Screen:
    """The card of one item, with the bot's own words in a language.

    `note` is a sentence above it: why a reply could not be taken, for whom one answers.
    `verbs` say whose cards they are.
    """
    stored = answers.get(item.id)
    place = engine.progress(questionnaire, answers, item.id)
    parts = [
        f"<i>{note}</i>" if note else "",
        words.progress(place.position, place.total) if item.asks else "",
        f"<b>{safe(item.text)}</b>",
        safe(item.hint),
        _options(item),
        _how(words, item),
        _given(words, item, stored),
    ]
    prefix = f"{verbs.tap}:{run_id}:{questionnaire.items.index(item)}:{revision}"
    return Screen(
        "\n\n".join(part for part in parts if part), _rows(words, questionnaire, answers, item, prefix, run_id, verbs)
    )


def summary(
    words: Participant,
    questionnaire: Questionnaire,
    answers: Answers,
    run_id: int,
    revision: int,
    note: str = "",
    verbs: Verbs = ANSWERING,
) -> Screen:
    """All answers before they are handed in."""
    lines = [
        f"{safe(item.text)}\n<b>{safe(shown(words, item, answers.get(item.id)))}</b>"
        for item in engine.path(questionnaire, answers)
        if item.asks
    ]
    head = [f"<i>{note}</i>"] if note else []
    text = "\n\n".join([*head, f"<b>{words.SUMMARY_TITLE}</b>", *lines, words.SUMMARY_ASK])
    return Screen(
        text,
        (
            (Button(words.HAND_IN, f"{verbs.hand_in}:{run_id}:{revision}"),),
            (Button(words.BACK, f"{verbs.back}:{run_id}:{len(questionnaire.items)}"),),
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
            return str(value) if choice is None else choice.label
        case _:
            return words.NO_ANSWER_YET


def _options(item: Item) -> str:
    """The options by number, so that one may answer by typing it."""
    if item.kind not in CHOSEN:
        return ""
    return "\n".join(
        f"{number} · {safe(choice.label)}{' ' * bool(choice.emoji)}{choice.emoji}"
        for number, choice in enumerate(item.choices, 1)
    )


def _how(words: Participant, item: Item) -> str:
    match item.kind:
        case Kind.NUMBER:
            return words.TYPE_NUMBER
        case Kind.TEXT:
            return words.TYPE_TEXT
        case Kind.MULTIPLE:
            return "" if item.hint else words.CHOOSE_SEVERAL
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
    return f"{words.YOUR_ANSWER}: <b>{safe(shown(words, item, stored))}</b>"


def _rows(
    words: Participant,
    questionnaire: Questionnaire,
    answers: Answers,
    item: Item,
    prefix: str,
    run_id: int,
    verbs: Verbs,
) -> Rows:
    stored = answers.get(item.id)
    rows: list[tuple[Button, ...]] = [(button,) for button in _choices(words, item, stored, prefix)]
    if item.kind is Kind.MULTIPLE:
        rows.append((Button(words.FORWARD, f"{prefix}:k"),))
    if item.kind is Kind.NOTE:
        rows.append((Button(words.FORWARD, f"{prefix}:o"),))
    rows.extend(_paired(_declines(words, item, stored, prefix)))
    index = questionnaire.items.index(item)
    last = []
    if engine.back(questionnaire, answers, item.id) is not None:
        last.append(Button(words.BACK, f"{verbs.back}:{run_id}:{index}"))
    if _answered(stored) and item.kind not in {Kind.MULTIPLE, Kind.NOTE}:
        last.append(Button(words.FORWARD, f"{verbs.forward}:{run_id}:{index}"))
    return (*rows, tuple(last)) if last else tuple(rows)


def _choices(words: Participant, item: Item, stored: Answer | None, prefix: str) -> list[Button]:
    if item.kind not in CHOSEN:
        return []
    value = None if stored is None else stored.value
    several = item.kind is Kind.MULTIPLE
    buttons = []
    for choice in item.choices:
        chosen = value is not None and (bool(value >> choice.code & 1) if several else value == choice.code)
        label = f"{choice.emoji} {choice.label}".strip()
        key = f"{'-' if chosen else '+'}{choice.code}" if several else f"c{choice.code}"
        buttons.append(Button(f"{words.CHOSEN} {label}" if chosen else label, f"{prefix}:{key}"))
    return buttons


def _declines(words: Participant, item: Item, stored: Answer | None, prefix: str) -> list[Button]:
    given = None if stored is None else stored.non_answer
    return [
        Button(
            f"{words.CHOSEN} {words.NON_ANSWERS[one]}" if one is given else words.NON_ANSWERS[one],
            f"{prefix}:{_NON_ANSWER_KEYS[one]}",
        )
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
