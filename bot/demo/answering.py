"""How a made-up person answers a questionnaire. Pure: chance comes in as a `Random` that whoever calls has seeded.

People begin in different places, most of them near each other and some far away; most gain, some nothing, a few lose;
some like the ends of a scale and some its middle, and a few often say that they do not know.
"""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

from bot.demo.answer_distributions import Leaning, leaning_of
from bot.demo.cohorts import Manner
from surveys.engine import SEEN, close, current
from surveys.model import ORDERED, Answer, Item, Kind, NonAnswer, Questionnaire
from surveys.quantities import bounds

STAGES = {"before": 0.0, "after": 1.0, "volunteer_before": 0.0, "volunteer_after": 0.8}  # of what is gained
NOISE = 0.45
HESITANT, DONT_KNOW, OFTEN = 0.12, 0.012, 0.14
WRITES = 0.45
TRIES = 0.35
OWN_WORDS = "outcome_words"
ENDS, MIDDLE = 1.5, 0.6  # how far somebody's words go
ROUND = 5  # to which large numbers are rounded, by those who do not count
MANY = 10
USUAL = 14  # how far the numbers of most people go, where larger ones may be entered
SHORT = 4  # options: with fewer, people use the ends, too
NOTHING, EVERYTHING = 0.3, 0.05  # the shares of those who have nothing, and of those who have all that may be entered


@dataclass(frozen=True, slots=True)
class Villager:
    """A made-up person: where somebody begins, how much of the programme's gain they have, and their ways."""

    ability: float
    gains: float
    mood: float = 0.0  # in life, apart from what a programme teaches
    stretch: float = 1.0  # of their words
    unsure: float = DONT_KNOW

    @classmethod
    def born(cls, manner: Manner, chance: Random) -> Villager:
        """Somebody as people in this programme are."""
        ability = manner.ability + manner.skew * _long_tailed(chance)
        return cls(
            ability=ability,
            gains=max(-1.0, chance.gauss(1, 0.8)),
            mood=0.3 * ability - _long_tailed(chance),
            stretch=chance.choices((1.0, ENDS, MIDDLE), (0.7, 0.12, 0.18))[0],
            unsure=OFTEN if chance.random() < HESITANT else DONT_KNOW,
        )


def _long_tailed(chance: Random) -> float:
    """Around 0 with a standard deviation of 0.8: most lie a little below it, a few far above."""
    return chance.gammavariate(2, 0.55) - 1.1


def answer_all(
    questionnaire: Questionnaire, wave: str, villager: Villager, manner: Manner, chance: Random
) -> dict[str, Answer]:
    """Everything that the person answers, item by item as the engine asks."""
    answers: dict[str, Answer] = {}
    while (item := current(questionnaire, answers)) is not None:
        answers[item.id] = _answer(item, STAGES.get(wave, manner.lasts), villager, manner, chance)
    return {**answers, **close(questionnaire, answers)}


def _answer(item: Item, stage: float, villager: Villager, manner: Manner, chance: Random) -> Answer:
    if item.kind is Kind.NOTE:
        return SEEN
    if item.kind is Kind.TEXT:
        return _words(item, manner, chance)
    leaning = leaning_of(item)
    if item.dont_know and chance.random() < villager.unsure:
        return Answer(non_answer=NonAnswer.DONT_KNOW)
    if item.refusable and chance.random() < leaning.refused:
        return Answer(non_answer=NonAnswer.REFUSED)
    return Answer(value=_value(item, _level(item, leaning, stage, villager, manner, chance), chance))


def _level(item: Item, leaning: Leaning, stage: float, villager: Villager, manner: Manner, chance: Random) -> float:
    """A level of 0 lies in the middle of what can be answered, 1.2 a step of five above it."""
    core = item.role == "core"
    start = villager.mood if core else villager.ability
    gain = stage * leaning.moves * villager.gains * (manner.spillover if core else manner.gain)
    return villager.stretch * (leaning.at + start + gain) + chance.gauss(0, NOISE)


def _value(item: Item, level: float, chance: Random) -> int:
    if item.kind in {Kind.NUMBER, Kind.DATE}:
        return _number(item, level, chance)
    codes = [choice.code for choice in item.choices]
    if item.kind in ORDERED:
        middle = (len(codes) - 1) / 2
        place = _between(middle + level * max(len(codes), SHORT) / 5, 0, len(codes) - 1)
        return codes[-1 - place] if item.reverse else codes[place]
    if item.kind is Kind.MULTIPLE:
        together = [choice.code for choice in item.choices if not choice.alone]
        chosen = [code for code in together[:-1] if chance.random() < TRIES + 0.12 * level][: item.most]
        chosen += [code for code in together if code not in chosen][: max(0, (item.fewest or 1) - len(chosen))]
        return sum(1 << code for code in chosen)
    return chance.choices(codes, [1 / (place + 1) for place in range(len(codes))])[0]


def _number(item: Item, level: float, chance: Random) -> int:
    """Few have much: what one step of the level adds grows with it; large numbers are often round."""
    lowest, highest = bounds(item)
    lowest = 0 if item.minimum is None else lowest
    usual = min(highest - lowest, USUAL)
    drawn = chance.random()
    if level < 0 and drawn < NOTHING:
        return lowest
    if level > 0 and drawn < EVERYTHING and highest - lowest <= USUAL:
        return highest
    number = lowest + usual * (0.42 * 1.6**level - 0.12)
    if number > MANY and chance.random() < 0.5:  # noqa: PLR2004 - a half of them
        number = ROUND * round(number / ROUND)
    return _between(number, lowest, highest)


def _between(number: float, lowest: int, highest: int) -> int:
    return max(lowest, min(highest, round(number)))


def _words(item: Item, manner: Manner, chance: Random) -> Answer:
    if item.id != OWN_WORDS or not manner.words or chance.random() > WRITES:
        return Answer(non_answer=NonAnswer.SKIPPED)
    return Answer(text=chance.choice(manner.words))
