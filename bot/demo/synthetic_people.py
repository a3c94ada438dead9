"""The made-up people in storage: who they are, when they answer, and their answers, told by their codes alone.

What a person does follows from the code, so that the past year and the days that are travelled fit together.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random

from sqlalchemy import Connection, bindparam, select

from bot.demo.answering import Villager, answer_all
from bot.demo.groups import MANNERS, Manner
from storage import occasions, runs
from storage.keys import Keys
from storage.occasions import Occasion
from storage.schema import OccasionState, occasion, run
from surveys.model import Answer, Mode, Programme

FIRST_CHAT = 5_900_000_000
SILENT = {"before": 0.05, "followup": 0.3}  # the share that never answers a wave
SILENT_OTHERWISE = 0.15
HALF_DONE = 0.04
MEAN_DELAY_DAYS = 1.8

_OPEN = (
    select(occasion.c.id)
    .outerjoin(run, run.c.occasion == occasion.c.id)
    .where(
        occasion.c.state == OccasionState.OPEN,
        occasion.c.enrolment <= bindparam("last"),
        run.c.id.is_(None),
    )
    .order_by(occasion.c.opens_at, occasion.c.id)
)


@dataclass(frozen=True, slots=True)
class Person:
    """What a code says about its made-up person."""

    villager: Villager
    mode: Mode

    @property
    def writes(self) -> bool:
        """Whether there is a phone."""
        return self.mode in {Mode.SELF, Mode.PROXY}


def manner_of(programme: Programme) -> Manner:
    """How the people of a programme are; those of a library's own programme are as people are."""
    return MANNERS.get(programme.slug, Manner())


def person(programme: Programme, code: str) -> Person:
    """Who is behind a code."""
    chance = Random(code)  # noqa: S311 - made-up people
    manner = manner_of(programme)
    drawn = chance.random()
    if drawn < manner.assisted:
        mode = Mode.ASSISTED
    elif drawn < manner.assisted + manner.paper:
        mode = Mode.PAPER
    else:
        mode = Mode.PROXY if programme.answered_for_child else Mode.SELF
    return Person(Villager.born(manner, chance), mode)


def answers_at(one: Occasion) -> datetime | None:
    """When the person answers; None: never."""
    chance = Random(f"{one.code}:{one.wave}")  # noqa: S311 - made-up people
    if chance.random() < SILENT.get(one.wave, SILENT_OTHERWISE):
        return None
    moment = one.opens_at + timedelta(minutes=20) + timedelta(days=chance.expovariate(1 / MEAN_DELAY_DAYS))
    return moment if moment < one.closes_at else None


def live(
    connection: Connection, keys: Keys, programmes: Mapping[str, Programme], last: int, before: datetime, now: datetime
) -> int:
    """Let the made-up people (enrolments up to `last`) answer whose hour fell between `before` and `now`."""
    answered = 0
    for occasion_id in connection.scalars(_OPEN, {"last": last}).all():
        one = occasions.load(connection, occasion_id)
        moment = None if one is None else answers_at(one)
        if one is not None and moment is not None and before < moment <= now:
            hand_in(connection, keys, programmes[one.programme], one, moment)
            answered += 1
    return answered


def hand_in(connection: Connection, keys: Keys, programme: Programme, one: Occasion, moment: datetime) -> None:
    """The person answers everything."""
    _write(connection, keys, programme, one, _answers(programme, one), moment)
    occasions.settle(connection, one.id, OccasionState.COMPLETE, moment)


def live_through(connection: Connection, keys: Keys, programme: Programme, one: Occasion, now: datetime) -> None:
    """Everything that happened to an occasion until now: opened, answered in whole or in part, closed."""
    if one.opens_at > now:
        return
    occasions.open_now(connection, one.id, one.opens_at, invited=True)
    moment = answers_at(one)
    over = one.closes_at <= now
    if over and moment is not None and Random(f"{one.code}:{one.wave}:half").random() < HALF_DONE:  # noqa: S311
        answers = dict(list(_answers(programme, one).items())[:3])
        _write(connection, keys, programme, one, answers, moment, ended=one.closes_at)
        occasions.settle(connection, one.id, OccasionState.PARTIAL, one.closes_at)
    elif moment is not None and moment <= now:
        hand_in(connection, keys, programme, one, moment)
    elif over:
        occasions.settle(connection, one.id, OccasionState.MISSED, one.closes_at)


def _answers(programme: Programme, one: Occasion) -> dict[str, Answer]:
    wave = programme.wave(one.wave)
    if wave is None:
        raise LookupError(f"{programme.slug} has no wave {one.wave}")
    chance = Random(f"{one.code}:{one.wave}:answers")  # noqa: S311 - made-up people
    who = person(programme, one.code)
    return answer_all(programme.questionnaire(wave), one.wave, who.villager, manner_of(programme), chance)


def _write(
    connection: Connection,
    keys: Keys,
    programme: Programme,
    one: Occasion,
    answers: Mapping[str, Answer],
    moment: datetime,
    *,
    ended: datetime | None = None,
) -> None:
    wave = programme.wave(one.wave)
    if wave is None:
        raise LookupError(f"{programme.slug} has no wave {one.wave}")
    mode = person(programme, one.code).mode
    begun = runs.begin(connection, one.id, programme.questionnaire(wave).hash, mode, moment - timedelta(minutes=5))
    runs.store(connection, keys, begun.id, answers, f"participant:{one.code}", moment)
    runs.finish(connection, begun.id, ended or moment)
