"""How a made-up person answers a questionnaire. Pure: chance comes in as a `Random` that whoever calls has seeded."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

from bot.demo.groups import Manner
from surveys.engine import SEEN, close, current
from surveys.model import ORDERED, Answer, Item, Kind, NonAnswer, Questionnaire

STAGES = {"before": 0.0, "after": 1.0, "followup": 0.8, "volunteer_before": 0.0, "volunteer_after": 0.8}
NOISE = 0.45
DONT_KNOW = 0.03
REFUSES = 0.02
WRITES = 0.45
TRIES = 0.35
OWN_WORDS = "outcome_words"


@dataclass(frozen=True, slots=True)
class Villager:
    """A made-up person: where somebody begins, and how much of the programme's gain they have."""

    ability: float
    gains: float

    @classmethod
    def born(cls, manner: Manner, chance: Random) -> Villager:
        """Somebody as people in this programme are."""
        return cls(manner.ability + chance.gauss(0, 0.8), max(-0.4, chance.gauss(1, 0.6)))


def answer_all(
    questionnaire: Questionnaire, wave: str, villager: Villager, manner: Manner, chance: Random
) -> dict[str, Answer]:
    """Everything that the person answers, item by item as the engine asks."""
    answers: dict[str, Answer] = {}
    while (item := current(questionnaire, answers)) is not None:
        answers[item.id] = _answer(item, STAGES.get(wave, 0.8), villager, manner, chance)
    return {**answers, **close(questionnaire, answers)}


def _answer(item: Item, stage: float, villager: Villager, manner: Manner, chance: Random) -> Answer:
    if item.kind is Kind.NOTE:
        return SEEN
    if item.kind is Kind.TEXT:
        return _words(item, manner, chance)
    if item.dont_know and chance.random() < DONT_KNOW:
        return Answer(non_answer=NonAnswer.DONT_KNOW)
    if item.refusable and chance.random() < REFUSES:
        return Answer(non_answer=NonAnswer.REFUSED)
    gain = manner.spillover if item.role == "core" else manner.gain
    level = villager.ability + stage * gain * villager.gains + chance.gauss(0, NOISE)
    return Answer(value=_value(item, level + (0.9 if item.role in {"outcome", "use"} else 0.0), chance))


def _value(item: Item, level: float, chance: Random) -> int:
    """A level of 0 lies in the middle of what can be answered, 1.2 a step of five above it."""
    if item.kind is Kind.NUMBER:
        lowest, highest = item.minimum or 0, min(item.maximum or 0, 14)
        return _between(lowest + (highest - lowest) * (0.4 + 0.22 * level), lowest, highest)
    codes = [choice.code for choice in item.choices]
    if item.kind in ORDERED:
        middle = (len(codes) - 1) / 2
        place = _between(middle + level * len(codes) / 5, 0, len(codes) - 1)
        return codes[-1 - place] if item.reverse else codes[place]
    if item.kind is Kind.MULTIPLE:
        chosen = [code for code in codes[:-1] if chance.random() < TRIES + 0.12 * level]
        return sum(1 << code for code in chosen or codes[:1])
    return chance.choice(codes)


def _between(number: float, lowest: int, highest: int) -> int:
    return max(lowest, min(highest, round(number)))


def _words(item: Item, manner: Manner, chance: Random) -> Answer:
    if item.id != OWN_WORDS or not manner.words or chance.random() > WRITES:
        return Answer(non_answer=NonAnswer.SKIPPED)
    return Answer(text=chance.choice(manner.words))
