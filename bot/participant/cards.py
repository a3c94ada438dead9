"""The card of one question, and the summary: pure, from a questionnaire and its answers to a Screen."""

from __future__ import annotations

from collections.abc import Mapping

from bot.screens import Button, Rows, Screen
from bot.texts import common, participant
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


def question(
    questionnaire: Questionnaire, answers: Answers, item: Item, run_id: int, revision: int, note: str = ""
) -> Screen:
    """The card of one item. `note` is a sentence above it: why a reply could not be taken, for whom one answers."""
    stored = answers.get(item.id)
    place = engine.progress(questionnaire, answers, item.id)
    parts = [
        f"<i>{note}</i>" if note else "",
        participant.progress(place.position, place.total) if item.asks else "",
        f"<b>{common.safe(item.text)}</b>",
        common.safe(item.hint),
        _options(item),
        _how(item),
        _given(item, stored),
    ]
    prefix = f"q:{run_id}:{questionnaire.items.index(item)}:{revision}"
    return Screen("\n\n".join(part for part in parts if part), _rows(questionnaire, answers, item, prefix, run_id))


def summary(questionnaire: Questionnaire, answers: Answers, run_id: int, revision: int, note: str = "") -> Screen:
    """All answers before they are handed in."""
    lines = [
        f"{common.safe(item.text)}\n<b>{common.safe(shown(item, answers.get(item.id)))}</b>"
        for item in engine.path(questionnaire, answers)
        if item.asks
    ]
    head = [f"<i>{note}</i>"] if note else []
    text = "\n\n".join([*head, f"<b>{participant.SUMMARY_TITLE}</b>", *lines, participant.SUMMARY_ASK])
    return Screen(
        text,
        (
            (Button(participant.HAND_IN, f"qe:{run_id}:{revision}"),),
            (Button(common.BACK, f"qb:{run_id}:{len(questionnaire.items)}"),),
        ),
    )


def shown(item: Item, stored: Answer | None) -> str:
    """A stored answer in the words that the person chose or typed."""
    match stored:
        case None:
            return participant.NO_ANSWER_YET
        case Answer(text=str(text)):
            return text
        case Answer(non_answer=NonAnswer.SKIPPED):
            return participant.SKIPPED
        case Answer(non_answer=NonAnswer() as non_answer):
            return participant.NON_ANSWERS[non_answer]
        case Answer(value=int(value)) if item.kind is Kind.MULTIPLE:
            return ", ".join(choice.label for choice in item.choices if value >> choice.code & 1)
        case Answer(value=int(value)):
            choice = item.choice(value)
            return str(value) if choice is None else choice.label
        case _:
            return participant.NO_ANSWER_YET


def _options(item: Item) -> str:
    """The options by number, so that one may answer by typing it."""
    if item.kind not in CHOSEN:
        return ""
    return "\n".join(
        f"{number} · {common.safe(choice.label)}{' ' * bool(choice.emoji)}{choice.emoji}"
        for number, choice in enumerate(item.choices, 1)
    )


def _how(item: Item) -> str:
    match item.kind:
        case Kind.NUMBER:
            return participant.TYPE_NUMBER
        case Kind.TEXT:
            return participant.TYPE_TEXT
        case Kind.MULTIPLE:
            return "" if item.hint else participant.CHOOSE_SEVERAL
        case _:
            return ""


def _given(item: Item, stored: Answer | None) -> str:
    if (
        stored is None
        or not item.asks
        or stored.non_answer is NonAnswer.NOT_ASKED
        or (stored.draft and not stored.value)
    ):
        return ""
    return f"{participant.YOUR_ANSWER}: <b>{common.safe(shown(item, stored))}</b>"


def _rows(questionnaire: Questionnaire, answers: Answers, item: Item, prefix: str, run_id: int) -> Rows:
    stored = answers.get(item.id)
    rows: list[tuple[Button, ...]] = [(button,) for button in _choices(item, stored, prefix)]
    if item.kind is Kind.MULTIPLE:
        rows.append((Button(common.FORWARD, f"{prefix}:k"),))
    if item.kind is Kind.NOTE:
        rows.append((Button(common.FORWARD, f"{prefix}:o"),))
    rows.extend(_paired(_declines(item, stored, prefix)))
    index = questionnaire.items.index(item)
    last = []
    if engine.back(questionnaire, answers, item.id) is not None:
        last.append(Button(common.BACK, f"qb:{run_id}:{index}"))
    if _answered(stored) and item.kind not in {Kind.MULTIPLE, Kind.NOTE}:
        last.append(Button(common.FORWARD, f"qf:{run_id}:{index}"))
    return (*rows, tuple(last)) if last else tuple(rows)


def _choices(item: Item, stored: Answer | None, prefix: str) -> list[Button]:
    if item.kind not in CHOSEN:
        return []
    value = None if stored is None else stored.value
    several = item.kind is Kind.MULTIPLE
    buttons = []
    for choice in item.choices:
        chosen = value is not None and (bool(value >> choice.code & 1) if several else value == choice.code)
        words = f"{choice.emoji} {choice.label}".strip()
        key = f"{'-' if chosen else '+'}{choice.code}" if several else f"c{choice.code}"
        buttons.append(Button(f"{participant.CHOSEN} {words}" if chosen else words, f"{prefix}:{key}"))
    return buttons


def _declines(item: Item, stored: Answer | None, prefix: str) -> list[Button]:
    given = None if stored is None else stored.non_answer
    return [
        Button(
            f"{participant.CHOSEN} {participant.NON_ANSWERS[one]}" if one is given else participant.NON_ANSWERS[one],
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
