"""The first start of the demo: a year of made-up groups, people and answers. Knows storage, and no Telegram."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from random import Random
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, bindparam, insert, update

from bot.consent import text_archive
from bot.demo.cohorts import BEGIN, GUEST_AT, OPEN_AT, SeedCohort, groups_of
from bot.demo.synthetic_people import FIRST_CHAT, live_through, manner_of, person
from bot.texts.stories import PUBLICATION_VERSION
from storage import cohorts, demonstration, enrolments, occasions, participants, waiting_list_starts
from storage.cohorts import Cohort
from storage.participants import Enrolment
from storage.schema import (
    Allocation,
    ConsentKind,
    Decision,
    DeliveryState,
    EnrolmentState,
    Giver,
    OccasionState,
    delivery,
    story,
)
from storage.secrets.keys import Keys
from surveys.contact_policy import ContactPolicy
from surveys.languages import SLOVENIAN
from surveys.model import EnrolmentRole, Mode, Programme

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
    guest: str = field(compare=False)  # token of a link to the open group of GUEST_AT, never the same


@dataclass(frozen=True, slots=True)
class Ground:
    """What the year is sown into."""

    connection: Connection
    keys: Keys
    policy: ContactPolicy
    now: datetime

    def at(self, day: date, hour: int) -> datetime:
        """An hour of a local day."""
        return local(day, hour, self.policy.zone)


def local(day: date, hour: int, zone: ZoneInfo) -> datetime:
    """An hour of a day in a zone, in UTC."""
    return datetime.combine(day, time(hour), zone).astimezone(UTC)


def sow(
    connection: Connection, keys: Keys, programmes: Mapping[str, Programme], policy: ContactPolicy, now: datetime
) -> Sown:
    """Write the year before `now` for all programmes; the same for the same day and keys."""
    ground = Ground(connection, keys, policy, now)
    demonstration.mark(connection, now)
    people: list[tuple[Enrolment, Programme]] = []
    queue: list[Enrolment] = []  # who has waited and begins with the next group
    waited: list[Enrolment] = []
    waiting: dict[str, Cohort] = {}
    for programme in programmes.values():
        for group in groups_of(programme.slug, frozenset(programme.audiences)):
            cohort = found(connection, programme, group, policy, now)
            waiting |= {programme.slug: cohort} if group.waits else {}
            joined = _begin(ground, programme, cohort, queue)
            queue = list(_fill(ground, programme, replace(group, people=group.waiting), cohort, EnrolmentRole.WAITING))
            new = _fill(ground, programme, replace(group, people=group.people - len(joined)), cohort)
            people += [(enrolment, programme) for enrolment in (*joined, *new)]
            waited += queue
        _tell_stories(ground, programme, [enrolment for enrolment, of in people if of is programme])
    connection.execute(_ENDED, {"now": now})
    chats = tuple(FIRST_CHAT + enrolment.id for enrolment, _ in people if enrolment.chat is not None)
    last = max(enrolment.id for enrolment in (*waited, *(enrolment for enrolment, _ in people)))
    chance = Random(GUEST_AT)  # noqa: S311 - a code that is the same on each day
    guest = enrolments.enrol(connection, keys, programmes[GUEST_AT], waiting[GUEST_AT], now, ACTOR, random=chance)
    return Sown(last, waiting[OPEN_AT].id, chats, guest.token)


def found(
    connection: Connection, programme: Programme, group: SeedCohort, policy: ContactPolicy, now: datetime
) -> Cohort:
    """The group with its dates seen from now, and a name that says that it is made up."""
    start, end = group.days(now.astimezone(policy.zone).date())
    return cohorts.add(
        connection,
        programme,
        name=group.title(start),
        start=start,
        end=end,
        now=local(start - timedelta(days=20), 9, policy.zone),
        actor=ACTOR,
        audience=group.audience,
        place=programme.library,
    )


def _begin(ground: Ground, programme: Programme, cohort: Cohort, queue: list[Enrolment]) -> list[Enrolment]:
    """So many of those who have waited and agreed take a place in the next group."""
    moment = ground.at(cohort.start - timedelta(days=12), 9)
    joined = []
    for waited in [one for one in queue if one.state is EnrolmentState.ACTIVE][:BEGIN]:
        details = waiting_list_starts.begin(
            ground.connection, ground.keys, programme, waited, cohort, ground.policy, moment, ACTOR
        )
        enrolment = participants.of_enrolment(ground.connection, details["began"])
        if enrolment is None:
            raise LookupError("the person who began is gone")
        _live(ground, programme, enrolment)
        joined.append(participants.of_enrolment(ground.connection, enrolment.id) or enrolment)
    return joined


def _live(ground: Ground, programme: Programme, enrolment: Enrolment) -> None:
    for one in occasions.of_enrolment(ground.connection, enrolment.id):
        if one.state in (OccasionState.PLANNED, OccasionState.OPEN):  # what was answered while waiting stays so
            live_through(ground.connection, ground.keys, programme, one, ground.now)


def _fill(
    ground: Ground,
    programme: Programme,
    group: SeedCohort,
    cohort: Cohort,
    role: EnrolmentRole = EnrolmentRole.PARTICIPANT,
) -> Iterable[Enrolment]:
    waits = role is EnrolmentRole.WAITING
    named = f"{programme.slug}:{cohort.start}:{cohort.audience}{':waiting' if waits else ''}"
    chance = Random(named)  # noqa: S311 - made-up people
    enrolled_at = ground.at(cohort.start - timedelta(days=12), 9)
    for _ in range(group.people):
        enrolled = enrolments.enrol(
            ground.connection,
            ground.keys,
            programme,
            cohort,
            enrolled_at,
            ACTOR,
            random=chance,
            role=role,
            allocation=Allocation.LOT if waits else None,
        )
        enrolment = participants.of_enrolment(ground.connection, enrolled.enrolment)
        if enrolment is None:
            raise LookupError("the person who was enrolled is gone")
        fate = 1.0 if group.people < CERTAIN else chance.random()
        hours = timedelta(minutes=chance.randrange(7 * 24 * 60))
        yield _meet(ground, programme, cohort, enrolment, fate, enrolled_at + hours)


def _meet(
    ground: Ground, programme: Programme, cohort: Cohort, enrolment: Enrolment, fate: float, moment: datetime
) -> Enrolment:
    """The person says yes, or no, or nothing, and then lives until now."""
    if fate < NEVER_CAME:
        return enrolment
    if fate < DECLINED:
        participants.decline(ground.connection, enrolment, moment)
        return enrolment
    _join(ground, programme, cohort, enrolment, moment)
    _live(ground, programme, enrolment)
    if fate < LEFT:
        leaves = min(ground.at(cohort.start + timedelta(days=20), 15), ground.now)
        participants.leave(ground.connection, enrolment, leaves, f"participant:{enrolment.code}")
        occasions.cancel_all(ground.connection, enrolment.id, leaves)
    return participants.of_enrolment(ground.connection, enrolment.id) or enrolment


def _join(ground: Ground, programme: Programme, cohort: Cohort, enrolment: Enrolment, moment: datetime) -> None:
    who = person(programme, enrolment.code)
    known = ground.at(cohort.end + timedelta(days=LINKED_DAYS), 9) > ground.now
    chat = ground.keys.seal_id(FIRST_CHAT + enrolment.id) if who.writes and known else None
    giver = Giver.GUARDIAN if programme.answered_for_child else Giver.SELF
    mode = Mode.SELF if who.mode is Mode.PROXY else who.mode
    in_chat = ConsentKind.GUARDIAN if giver is Giver.GUARDIAN else ConsentKind.SELF
    read = text_archive.shown(enrolment, in_chat if mode is Mode.SELF else text_archive.aloud(giver), SLOVENIAN)
    participants.join(ground.connection, enrolment, chat, giver, mode, read, moment, f"participant:{enrolment.code}")
    occasions.replan_one(ground.connection, programme, enrolment.id, ground.policy, moment)


def _tell_stories(ground: Ground, programme: Programme, held: list[Enrolment]) -> None:
    """Three people tell what has changed, and agree that it is published; a coordinator approved two of the stories.

    Where an adult answers for a child nobody is asked for a story.
    """
    if programme.answered_for_child:
        return
    there = [enrolment for enrolment in held if enrolment.state is EnrolmentState.ACTIVE]
    for number, (enrolment, words) in enumerate(zip(there[-8:], manner_of(programme).words[:3], strict=False)):
        told_at = ground.now - timedelta(days=2 + number, hours=3)
        approved = number < APPROVED
        row = {
            "enrolment": enrolment.id,
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
