"""The first start of the demo: a year of made-up groups, people and answers. Knows storage, and no Telegram."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from random import Random
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, bindparam, insert, update

from bot.demo.groups import Group, groups_of
from bot.demo.villagers import FIRST_CHAT, live_through, manner_of, person
from bot.texts.participant import CONSENT_VERSION
from bot.texts.stories import PUBLICATION_VERSION
from storage import cohorts, enrolments, occasions, participants
from storage.cohorts import Cohort
from storage.keys import Keys
from storage.participants import Place
from storage.schema import Decision, DeliveryState, EnrolmentState, Giver, delivery, story
from surveys.model import Mode, Programme
from surveys.plan import Rhythm

ACTOR = "operator"
NEVER_CAME, DECLINED, LEFT = 0.05, 0.08, 0.12  # cumulative shares of a group
CERTAIN = 8  # people; in smaller groups everybody comes and stays
APPROVED = 2  # stories of a programme; a third one waits for a decision
LINKED_DAYS = 120  # how long after the end of a group its people are still known by their chats

_ENDED = (
    update(delivery)
    .where(delivery.c.state == DeliveryState.DUE, delivery.c.due_at <= bindparam("now", type_=delivery.c.due_at.type))
    .values(state=DeliveryState.SENT, ended_at=delivery.c.due_at)
)
_TELL = insert(story)


@dataclass(frozen=True, slots=True)
class Sown:
    """What the demo remembers of the first day."""

    last_enrolment: int  # made-up people are those up to this one
    open_cohort: int  # takes in whoever scans the card
    chats: tuple[int, ...]  # made-up people who have a phone


@dataclass(frozen=True, slots=True)
class Ground:
    """What the year is sown into."""

    connection: Connection
    keys: Keys
    rhythm: Rhythm
    now: datetime

    def at(self, day: date, hour: int) -> datetime:
        """An hour of a local day."""
        return local(day, hour, self.rhythm.zone)


def local(day: date, hour: int, zone: ZoneInfo) -> datetime:
    """An hour of a day in a zone, in UTC."""
    return datetime.combine(day, time(hour), zone).astimezone(UTC)


def sow(connection: Connection, keys: Keys, programmes: Mapping[str, Programme], rhythm: Rhythm, now: datetime) -> Sown:
    """Write the year before `now` for all programmes; the same for the same day and keys."""
    ground = Ground(connection, keys, rhythm, now)
    people: list[tuple[Place, Programme]] = []
    open_cohort = 0
    for programme in programmes.values():
        for group in groups_of(programme.slug, frozenset(programme.audiences)):
            cohort = found(connection, programme, group, rhythm, now)
            open_cohort = cohort.id if group.waits else open_cohort
            people += [(place, programme) for place in _fill(ground, programme, group, cohort)]
        _tell_stories(ground, programme, [place for place, of in people if of is programme])
    connection.execute(_ENDED, {"now": now})
    chats = tuple(FIRST_CHAT + place.enrolment for place, _ in people if place.chat is not None)
    return Sown(max(place.enrolment for place, _ in people), open_cohort, chats)


def found(connection: Connection, programme: Programme, group: Group, rhythm: Rhythm, now: datetime) -> Cohort:
    """The group with its dates seen from now, and a name that says that it is made up."""
    start, end = group.days(now.astimezone(rhythm.zone).date())
    return cohorts.add(
        connection,
        programme,
        name=group.title(start),
        start=start,
        end=end,
        now=local(start - timedelta(days=20), 9, rhythm.zone),
        actor=ACTOR,
        audience=group.audience,
        place=programme.library,
    )


def _fill(ground: Ground, programme: Programme, group: Group, cohort: Cohort) -> Iterable[Place]:
    chance = Random(f"{programme.slug}:{cohort.start}:{cohort.audience}")  # noqa: S311 - made-up people
    enrolled_at = ground.at(cohort.start - timedelta(days=12), 9)
    for _ in range(group.people):
        enrolled = enrolments.enrol(
            ground.connection, ground.keys, programme, cohort, enrolled_at, ACTOR, random=chance
        )
        place = participants.of_enrolment(ground.connection, enrolled.enrolment)
        if place is None:
            raise LookupError("the person who was enrolled is gone")
        fate = 1.0 if group.people < CERTAIN else chance.random()
        hours = timedelta(minutes=chance.randrange(7 * 24 * 60))
        yield _meet(ground, programme, cohort, place, fate, enrolled_at + hours)


def _meet(ground: Ground, programme: Programme, cohort: Cohort, place: Place, fate: float, moment: datetime) -> Place:
    """The person says yes, or no, or nothing, and then lives until now."""
    if fate < NEVER_CAME:
        return place
    if fate < DECLINED:
        participants.decline(ground.connection, place, moment)
        return place
    _join(ground, programme, cohort, place, moment)
    for one in occasions.of_enrolment(ground.connection, place.enrolment):
        live_through(ground.connection, ground.keys, programme, one, ground.now)
    if fate < LEFT:
        leaves = min(ground.at(cohort.start + timedelta(days=20), 15), ground.now)
        participants.leave(ground.connection, place, leaves, f"participant:{place.code}")
        occasions.cancel_all(ground.connection, place.enrolment, leaves)
    return participants.of_enrolment(ground.connection, place.enrolment) or place


def _join(ground: Ground, programme: Programme, cohort: Cohort, place: Place, moment: datetime) -> None:
    who = person(programme, place.code)
    known = ground.at(cohort.end + timedelta(days=LINKED_DAYS), 9) > ground.now
    chat = ground.keys.seal_id(FIRST_CHAT + place.enrolment) if who.writes and known else None
    giver = Giver.GUARDIAN if programme.answered_for_child else Giver.SELF
    mode = Mode.SELF if who.mode is Mode.PROXY else who.mode
    participants.join(ground.connection, place, chat, giver, mode, CONSENT_VERSION, moment, f"participant:{place.code}")
    occasions.replan_one(ground.connection, programme, place.enrolment, ground.rhythm, moment)


def _tell_stories(ground: Ground, programme: Programme, places: list[Place]) -> None:
    """Three people tell what has changed, and agree that it is published; a coordinator approved two of the stories.

    Where an adult answers for a child nobody is asked for a story.
    """
    if programme.answered_for_child:
        return
    there = [place for place in places if place.state is EnrolmentState.ACTIVE]
    for number, (place, words) in enumerate(zip(there[-8:], manner_of(programme).words[:3], strict=False)):
        told_at = ground.now - timedelta(days=2 + number, hours=3)
        approved = number < APPROVED
        row = {
            "enrolment": place.enrolment,
            "text_sealed": ground.keys.seal_text(words),
            "told_at": told_at,
            "handed_in_at": told_at,
            "publication_version": PUBLICATION_VERSION,
            "publication_given_at": told_at,
            "decision": Decision.APPROVED if approved else None,
            "decided_at": told_at if approved else None,
            "decided_by": ACTOR if approved else None,
        }
        ground.connection.execute(_TELL, row)
