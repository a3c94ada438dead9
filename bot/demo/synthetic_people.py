"""The made-up people in storage: who they are, when they answer, and their answers, told by their codes alone.

What a person does follows from the code, so that the past year and the days that are travelled fit together.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from random import Random

from sqlalchemy import Connection, bindparam, select

from bot.demo.answering import Villager, answer_all
from bot.demo.cohorts import MANNERS, Manner, more_gained
from storage import cohorts, occasions
from storage.answers import responses
from storage.answers.definitions import store_version
from storage.occasions import Occasion
from storage.schema import OccasionState, occasion, run
from storage.secrets.keys import Keys
from surveys.model import Answer, Mode, Programme
from surveys.waiting import asked

BEGINNING = "before"
FIRST_CHAT = 5_900_000_000
BEGINS = 0.95  # the share that answers at the beginning
DISAPPOINTED, CONTENT = 0.3, 1.4  # of a gain: below it more stay silent, above it fewer
LEFT_BEHIND = 0.4  # how many more are silent of those who were silent before
HALF_DONE = 0.05
GROUPS_DIFFER = 0.3  # how much more or less a group gains than others
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
class SyntheticPerson:
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


def person(programme: Programme, code: str) -> SyntheticPerson:
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
    return SyntheticPerson(Villager.born(manner, chance), mode)


def answers_at(programme: Programme, one: Occasion) -> datetime | None:
    """When the person answers; None: never."""
    if _silent(programme, one.code, one.wave):
        return None
    chance = Random(f"{one.code}:{one.wave}:when")  # noqa: S311 - made-up people
    moment = one.opens_at + timedelta(minutes=20) + timedelta(days=chance.expovariate(1 / MEAN_DELAY_DAYS))
    return moment if moment < one.closes_at else None


def _silent(programme: Programme, code: str, wave: str) -> bool:
    """Whether somebody never answers a wave: those who gained little more often, those who were silent before most."""
    manner, gains = manner_of(programme), person(programme, code).villager.gains
    match wave:
        case "before" | "volunteer_before":
            share = 1 - BEGINS
        case "followup":
            share = 1 - manner.returns + (LEFT_BEHIND if _silent(programme, code, "after") else -LEFT_BEHIND / 5)
        case _:
            share = 1 - manner.stays + (0.12 if gains < DISAPPOINTED else -0.06 if gains > CONTENT else 0)
    return Random(f"{code}:{wave}").random() < share  # noqa: S311 - made-up people


def live(
    connection: Connection, keys: Keys, programmes: Mapping[str, Programme], last: int, before: datetime, now: datetime
) -> int:
    """Let the made-up people (enrolments up to `last`) answer whose hour fell between `before` and `now`."""
    answered = 0
    for occasion_id in connection.scalars(_OPEN, {"last": last}).all():
        one = occasions.load(connection, occasion_id)
        moment = None if one is None else answers_at(programmes[one.programme], one)
        if one is not None and moment is not None and before < moment <= now:
            hand_in(connection, keys, programmes[one.programme], one, moment)
            answered += 1
    return answered


def hand_in(connection: Connection, keys: Keys, programme: Programme, one: Occasion, moment: datetime) -> None:
    """The person answers everything."""
    _write(connection, keys, programme, one, _answers(connection, programme, one), moment)
    occasions.settle(connection, one.id, OccasionState.COMPLETE, moment)


def live_through(connection: Connection, keys: Keys, programme: Programme, one: Occasion, now: datetime) -> None:
    """Everything that happened to an occasion until now: opened, answered in whole or in part, closed."""
    if one.opens_at > now:
        return
    occasions.open_now(connection, one.id, one.opens_at, invited=True)
    moment = answers_at(programme, one)
    over = one.closes_at <= now
    chance = Random(f"{one.code}:{one.wave}:half")  # noqa: S311 - made-up people
    if over and moment is not None and chance.random() < HALF_DONE:
        whole = list(_answers(connection, programme, one).items())
        answers = dict(whole[: chance.randrange(1, len(whole))])
        _write(connection, keys, programme, one, answers, moment, ended=one.closes_at)
        occasions.settle(connection, one.id, OccasionState.PARTIAL, one.closes_at)
    elif moment is not None and moment <= now:
        hand_in(connection, keys, programme, one, moment)
    elif over:
        occasions.settle(connection, one.id, OccasionState.MISSED, one.closes_at)


def _answers(connection: Connection, programme: Programme, one: Occasion) -> dict[str, Answer]:
    wave = programme.wave(one.wave)
    if wave is None:
        raise LookupError(f"{programme.slug} has no wave {one.wave}")
    chance = Random(f"{one.code}:{one.wave}:answers")  # noqa: S311 - made-up people
    together = Random(f"{programme.slug}:{one.cohort}").gauss(0, GROUPS_DIFFER)  # noqa: S311 - made-up people
    cohort = cohorts.find(connection, one.cohort)
    more = more_gained(cohort.name if cohort else "")
    who = person(programme, one.code).villager
    who = replace(who, gains=who.gains + together + more)
    lived = BEGINNING if one.waits else one.wave  # who waits is at the end as at the beginning
    return answer_all(asked(programme, wave, one.role), lived, who, manner_of(programme), chance)


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
    version = store_version(connection, asked(programme, wave, one.role), programme, moment)
    begun = responses.begin(connection, one.id, version, mode, moment - timedelta(minutes=5))
    responses.store(connection, keys, begun.id, answers, f"participant:{one.code}", moment)
    responses.finish(connection, begun.id, ended or moment)
