"""What a person answered, told by what they tapped and typed; and what the database and the phone say about it."""

import html
import re
from dataclasses import dataclass

from sqlalchemy import select

from bot.conversation.request import Request
from bot.routing import routes
from bot.texts.slovene import common
from bot.texts.slovene import participant as texts
from storage import chats
from storage.answers import responses
from storage.schema import answer_change, enrolment, occasion, participant
from storage.schema import run as runs_table
from surveys import engine, options
from surveys.model import CHOSEN, Answer, Kind, NonAnswer


@dataclass(frozen=True)
class Move:
    """One thing to do on the phone, and what it is to change."""

    words: str
    typed: bool = False
    item: str | None = None
    answer: Answer | None = None  # None: changes nothing
    place: str | None = None  # the item that is seen then; None: the summary, or thanks
    hands_in: bool = False


class Diary:
    """One questionnaire of one person, as it should be stored."""

    def __init__(self, questionnaire):
        self.questionnaire = questionnaire
        self.answers = {}
        self.before = []  # (item, value, non-answer) of every answer that was changed
        self.revision = 0
        self.place = questionnaire.items[0].id
        self.finished = False

    def opens(self):
        """The open question is on the screen."""
        self.place = _id(engine.current(self.questionnaire, self.answers))

    def takes(self, move):
        """Note down what a move is to change."""
        if move.answer is not None and self.answers.get(move.item) != move.answer:
            old = self.answers.get(move.item)
            if old is not None and not old.draft:
                self.before.append((move.item, old.value, old.non_answer))
            self.answers[move.item] = move.answer
            self.revision += 1
        self.place = move.place
        self.finished = move.hands_in

    def stored_as_held(self, stored):
        """Whether the database holds what the person answered, once each, and what it was before."""
        real = {item: held for item, held in stored.answers.items() if held.non_answer is not NonAnswer.NOT_ASKED}
        added = len(stored.answers) - len(real)
        return (real, stored.before, stored.finished) == (self.answers, self.before, self.finished) and (
            self.revision <= stored.revision <= self.revision + bool(added)
        )


@dataclass(frozen=True)
class Stored:
    """One run in the database."""

    answers: dict
    before: list
    revision: int
    finished: bool


def decide(diary, buttons, random, typing=0.2):
    """What somebody does next: mostly answers, sometimes goes back, changes, types, declines."""
    item = next((item for item in diary.questionnaire.items if item.id == diary.place), None)
    if item is None:
        return _at_summary(diary, random)
    held = diary.answers.get(item.id)
    if random.random() < 0.15 and common.BACK in buttons:
        return Move(common.BACK, place=_id(engine.back(diary.questionnaire, diary.answers, item.id)))
    if item.kind is Kind.NOTE:
        return _answering(diary, item, common.FORWARD, engine.SEEN)
    if item.kind is Kind.MULTIPLE:
        return _several(diary, item, held, random)
    if held is not None and random.random() < 0.5:
        if engine.current(diary.questionnaire, diary.answers) is None:
            return Move(texts.ALL_ANSWERS)
        return Move(common.FORWARD, place=_id(engine.forward(diary.questionnaire, diary.answers, item.id)))
    return _one(diary, item, held, random, typing)


def _at_summary(diary, random):
    if random.random() < 0.2:
        return Move(common.BACK, place=_id(engine.back(diary.questionnaire, diary.answers, None)))
    if random.random() < 0.2:
        asked = [item for item in engine.path(diary.questionnaire, diary.answers) if item.asks]
        number, item = random.choice([*enumerate(asked, 1)])
        return Move(f"{number} · ", place=item.id)
    return Move(texts.HAND_IN, hands_in=True)


def _several(diary, item, held, random):
    value = 0 if held is None or held.value is None else held.value
    left = [choice for choice in item.choices if not value >> choice.code & 1]
    if value.bit_count() < 2:
        return _toggle(diary, item, random.choice(left), value)
    if held.draft and random.random() < 0.3:
        return _toggle(diary, item, next(one for one in item.choices if value >> one.code & 1), value)
    return _answering(diary, item, common.FORWARD, Answer(value=value))


def _toggle(diary, item, choice, value):
    mark = f"{texts.CHOSEN} " if value >> choice.code & 1 else ""
    answer = Answer(value=value ^ 1 << choice.code, draft=True)
    return Move(f"{mark}{_label(choice)}", item=item.id, answer=answer, place=item.id)


def _one(diary, item, held, random, typing):
    """Some answer to a question that takes one, another than it has."""
    declines = [one for one in engine.allowed(item) if held is None or one is not held.non_answer]
    if declines and random.random() < 0.2 * (1 - typing):
        declined = random.choice(declines)
        return _answering(diary, item, texts.NON_ANSWERS[declined], Answer(non_answer=declined))
    if item.kind in CHOSEN:
        number, choice = random.choice(
            [
                (number, one)
                for number, one in zip(options.numbered(item.choices), item.choices, strict=True)
                if held is None or one.code != held.value
            ]
        )
        if number is not None and random.random() < typing:
            return _answering(diary, item, number, Answer(value=choice.code), typed=True)
        return _answering(diary, item, _label(choice), Answer(value=choice.code))
    if item.kind is Kind.NUMBER:
        numbers = range(max(1, item.minimum or 0), min(99, item.maximum or 99) + 1)
        number = random.choice([one for one in numbers if held is None or one != held.value])
        return _answering(diary, item, str(number), Answer(value=number), typed=True)
    words = f"Zaklad {random.randint(1, 10**6)} v knjižnici."
    return _answering(diary, item, words, Answer(text=words), typed=True)


def _answering(diary, item, words, answer, *, typed=False):
    after = engine.current(diary.questionnaire, {**diary.answers, item.id: answer})
    return Move(words, typed=typed, item=item.id, answer=answer, place=_id(after))


def _label(choice):
    return f"{choice.emoji} {choice.label}".strip()


def _id(item):
    return None if item is None else item.id


def stored(connection, services, person, wave):
    """The run of this person and wave; None before it has begun."""
    found = connection.execute(
        select(runs_table.c.id, runs_table.c.revision, runs_table.c.finished_at)
        .join_from(runs_table, occasion)
        .join(enrolment)
        .join(participant, participant.c.id == enrolment.c.participant)
        .where(participant.c.chat == services.keys.seal_id(person.id), occasion.c.wave == wave)
    ).one_or_none()
    if found is None:
        return None
    changes = select(answer_change.c.item, answer_change.c.value, answer_change.c.non_answer)
    past = connection.execute(changes.where(answer_change.c.run == found.id).order_by(answer_change.c.id))
    held = responses.answers(connection, services.keys, found.id)
    return Stored(held, [tuple(row) for row in past], found.revision, found.finished_at is not None)


def should_be_seen(connection, services, person):
    """Text and buttons of the card that the stored state wants on this phone; None where it wants none."""
    row = chats.load(connection, services.keys.seal_id(person.id))
    if row is None:
        return None
    screen = routes.draw(Request(connection, services, row.chat, services.clock(), view=row.view), row.view)
    text = html.unescape(re.sub(r"</?\w+>", "", screen.text))
    return text, [button.label for line in screen.rows for button in line]


def place_on(questionnaire, screen):
    """The question on this card, as somebody reads it; None for the summary."""
    if texts.HAND_IN in screen.labels:
        return None
    lines = screen.text.splitlines()
    return next(item.id for item in questionnaire.items if item.text.splitlines()[0] in lines)
