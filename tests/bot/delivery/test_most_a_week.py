"""At most three unasked messages a week over all groups of a person: invitations wait, reminders are left out."""

import asyncio
from datetime import UTC, date, datetime, timedelta

from sqlalchemy import select

from storage import occasions, participants
from storage.schema import DeliveryKind, DeliveryState, Giver, OccasionState, delivery, occasion, participant
from surveys.model import Mode
from tests.bot.delivery.test_delivery import BREZICE, enrolled_person, new_messages
from tests.plugins.consent_texts import text_read

INVITATION = "Knjižnica Brežice: Vprašalnik ob koncu"
REMINDER = "Knjižnica Brežice"
ENDS = date(2026, 5, 4)


async def in_groups(village, count, end=ENDS):
    """Somebody in several groups that end on the same day; what comes before is answered."""
    person = await enrolled_person(village, answered=True)
    for number in range(2, count + 1):
        group = await village.cohort(BREZICE, end=end, name=f"Pomlad {number}")
        enrolled = await village.enrol(group)

        def join(connection, enrolled=enrolled):
            chat = (
                connection.execute(select(participant.c.chat).where(participant.c.chat.is_not(None))).scalars().first()
            )
            enrolment = participants.of_enrolment(connection, enrolled.enrolment)
            participants.join(
                connection, enrolment, chat, Giver.SELF, Mode.SELF, text_read("v1"), village.clock(), "system"
            )
            programme, policy = village.programme(BREZICE), village.services.policy
            occasions.replan_one(connection, programme, enrolled.enrolment, policy, village.clock())
            first = occasions.of_enrolment(connection, enrolled.enrolment)[0]
            occasions.settle(connection, first.id, OccasionState.COMPLETE, village.clock())

        await village.services.database.write(join)
    return person


def days(person, before, village):
    zone = village.services.policy.zone
    return [f"{datetime.fromtimestamp(one.date, zone):%d.%m. %H:%M}" for one in person.messages[before:] if one.by_bot]


async def of_kind(village, kind, state):
    def read(connection):
        statement = select(delivery.c.problem).where(delivery.c.kind == kind, delivery.c.state == state)
        return connection.execute(statement.order_by(delivery.c.id)).scalars().all()

    return await village.services.database.read(read)


async def test_of_four_invitations_on_a_day_three_come_and_the_fourth_waits_for_room(village):
    person = await in_groups(village, 4)
    before = len(person.messages)
    await village.travel(datetime(2026, 5, 4, 15, 0, tzinfo=UTC))
    assert new_messages(person, before) == [INVITATION] * 3
    await village.wait(days=6, hours=23)
    assert days(person, before, village) == ["04.05. 17:00"] * 3  # no reminder either
    await village.wait(hours=1)
    assert sorted(new_messages(person, before)[3:]) == [REMINDER, REMINDER, INVITATION]


async def test_no_week_ever_holds_more_than_three_and_every_invitation_comes(village):
    person = await in_groups(village, 5)
    before = len(person.messages)
    await village.travel(datetime(2026, 5, 20, 8, 0, tzinfo=UTC))
    sent = [one.date for one in person.messages[before:] if one.by_bot]
    week = timedelta(days=7).total_seconds()
    assert max(len([one for one in sent if last - week < one <= last]) for last in sent) == 3
    assert new_messages(person, before).count(INVITATION) == 5


async def test_two_ticks_at_once_do_not_send_more(village):
    person = await in_groups(village, 5)
    village.clock.now = datetime(2026, 5, 4, 15, 0, tzinfo=UTC)
    before = len(person.messages)
    await asyncio.gather(*(village.ticks() for _ in range(3)))
    assert new_messages(person, before) == [INVITATION] * 3


async def test_a_day_that_the_person_wished_for_is_kept_though_the_week_is_full(village):
    person = await in_groups(village, 3)
    await village.travel(datetime(2026, 5, 4, 15, 0, tzinfo=UTC))
    await person.taps("Ne zdaj")
    await person.settles()
    await person.taps("Jutri")
    await person.settles()
    before = len(person.messages)
    await village.wait(days=3)
    assert days(person, before, village) == ["05.05. 10:00"]
    dropped = await of_kind(village, DeliveryKind.REMINDER, DeliveryState.CANCELLED)
    assert sorted(why for why in dropped if why) == ["enough this week", "enough this week", "put off"]


async def test_a_waiting_invitation_is_not_needed_for_answering(village):
    person = await in_groups(village, 4)
    await village.travel(datetime(2026, 5, 4, 15, 0, tzinfo=UTC))

    def open_ones(connection):
        states = select(occasion.c.state).where(occasion.c.state == OccasionState.OPEN)
        return len(connection.execute(states).all())

    assert await village.services.database.read(open_ones) == 4
    await person.says("/anketa")
    await person.settles()
    assert person.screen.text.startswith("1 od 11")
