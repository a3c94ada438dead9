"""What is sent without being asked, on real parts: once, in its time, and never to who should be left alone."""

from datetime import UTC, date, datetime, timedelta
from functools import partial

import pytest
from sqlalchemy import select, update

from bot.delivery.loop import LEASE
from bot.delivery.results import set_aside
from bot.simulator.people import Person
from storage import cohorts, deliveries, occasions, participants
from storage.answers import responses
from storage.schema import DeliveryState, Giver, OccasionState, Role, delivery, occasion, staff
from surveys.model import Mode
from tests.plugins.consent_texts import text_read

pytestmark = pytest.mark.both_databases

BREZICE = "brezice-racunalnik"


async def enrolled_person(village, *, answered=False) -> Person:
    """Somebody whose first questionnaire is open (or handed in)."""
    cohort = await village.cohort(BREZICE)
    enrolled = await village.enrol(cohort)
    person = village.simulator.person()
    await person.follows(village.link(enrolled.token))
    await person.settles()
    await person.taps("Da")
    await person.settles()
    if answered:
        await village.write(end_first, now=village.clock())
    return person


def end_first(connection, now):
    first = connection.execute(select(occasion.c.id).order_by(occasion.c.opens_at)).scalars().first()
    occasions.settle(connection, first, OccasionState.COMPLETE, now)


async def rows(village, *columns):
    def read(connection):
        return [
            tuple(row) for row in connection.execute(select(*columns).order_by(delivery.c.planned_at, delivery.c.id))
        ]

    return await village.services.database.read(read)


def new_messages(person, before):
    return [message.text.splitlines()[0] for message in person.messages[before:] if message.by_bot]


async def test_after_a_long_night_of_the_bot_a_reminder_does_not_follow_on_the_heels_of_the_invitation(village):
    person = await enrolled_person(village, answered=True)
    before = len(person.messages)
    village.clock.now = datetime(2026, 5, 8, 8, 30, tzinfo=UTC)  # four days after the invitation was due
    await village.ticks()
    assert new_messages(person, before) == ["Knjižnica Brežice: Vprašalnik ob koncu"]
    await village.wait(hours=23)
    assert len(new_messages(person, before)) == 1
    await village.wait(days=2)
    assert len(new_messages(person, before)) == 2


async def test_who_is_answering_is_not_reminded_meanwhile(village):
    person = await enrolled_person(village)
    await village.wait(days=1, hours=23)
    await person.taps("precej dobro")
    await person.settles()
    before = len(person.messages)
    await village.wait(hours=6)
    assert new_messages(person, before) == []
    await village.wait(days=1)
    assert new_messages(person, before) == ["Knjižnica Brežice"]


async def test_a_late_invitation_of_a_closed_questionnaire_is_never_sent(village):
    person = await enrolled_person(village, answered=True)
    before = len(person.messages)
    village.clock.now = datetime(2026, 5, 20, 9, 0, tzinfo=UTC)
    await village.ticks()
    assert new_messages(person, before) == []
    assert (OccasionState.MISSED,) in await rows_of_occasions(village)


async def rows_of_occasions(village):
    def read(connection):
        return [tuple(row) for row in connection.execute(select(occasion.c.state).order_by(occasion.c.opens_at))]

    return await village.services.database.read(read)


async def test_who_has_no_telegram_is_opened_for_and_left_to_the_librarian(village):
    cohort = await village.cohort(BREZICE)
    enrolled = await village.enrol(cohort)

    def join_on_paper(connection):
        enrolment = participants.of_enrolment(connection, enrolled.enrolment)
        participants.join(
            connection, enrolment, None, Giver.SELF, Mode.PAPER, text_read("2026-11"), village.clock(), "staff:1"
        )
        programme, policy = village.programme(BREZICE), village.services.policy
        occasions.replan_one(connection, programme, enrolled.enrolment, policy, village.clock())

    await village.services.database.write(join_on_paper)
    await village.ticks()
    assert (await rows_of_occasions(village))[0] == (OccasionState.OPEN,)
    assert (await rows(village, delivery.c.state, delivery.c.problem))[0] == (DeliveryState.FAILED, "no chat")


async def test_a_half_answered_questionnaire_closes_as_partial_and_keeps_its_answers(village):
    person = await enrolled_person(village)
    await person.taps("precej dobro")
    await person.settles()
    await village.wait(days=15)
    assert (await rows_of_occasions(village))[0] == (OccasionState.PARTIAL,)
    await person.taps("Nadaljuj")
    await person.settles()
    assert person.screen.text == "Ta vprašalnik je že zaprt. Hvala za sodelovanje!"


async def test_a_questionnaire_that_is_answered_but_not_handed_in_counts_as_complete(village):
    person = await enrolled_person(village)
    for label in ("precej dobro", "precej dobro"):
        await person.taps(label)
        await person.settles()
    response_id = int(person.screen.buttons[0][0].data.split(":")[1])

    def answer_the_rest(connection):
        response = responses.load(connection, response_id)
        rest = {
            item.id: responses.Answer(value=1)
            for item in response.questionnaire.items
            if item.id not in responses.answers(connection, village.services.keys, response_id)
        }
        responses.store(connection, village.services.keys, response_id, rest, "system", village.clock())

    await village.services.database.write(answer_the_rest)
    await village.wait(days=15)
    assert (await rows_of_occasions(village))[0] == (OccasionState.COMPLETE,)


async def test_a_row_that_cannot_be_worked_on_does_not_stop_the_others(village):
    person = await enrolled_person(village, answered=True)
    coordinator = await village.coordinator(BREZICE)
    member = await village.services.database.read(lambda c: c.execute(select(staff.c.id)).scalar_one())
    await village.write(
        deliveries.plan_delivery,
        key="report:broken",
        kind="report",
        due_at=village.clock(),
        staff=member,
        details={"report": "weekly", "programme": "no-such-programme", "part": "text"},
    )
    before = len(person.messages)
    await village.travel(datetime(2026, 5, 4, 16, 0, tzinfo=UTC))
    assert new_messages(person, before) == ["Knjižnica Brežice: Vprašalnik ob koncu"]
    assert len([message for message in coordinator.messages if message.protect_content]) == 9
    await village.wait(days=31)
    assert (DeliveryState.FAILED, "KeyError") in await rows(village, delivery.c.state, delivery.c.problem)


async def test_a_delivery_cut_off_in_the_middle_is_never_sent_again(village):
    person = await enrolled_person(village, answered=True)
    village.clock.now = datetime(2026, 5, 4, 15, 0, tzinfo=UTC)

    def cut_off(connection):
        [due] = deliveries.claim(connection, village.clock(), LEASE, 1)
        assert deliveries.begin_sending(connection, due.id, due.attempt, village.clock())

    await village.services.database.write(cut_off)
    before = len(person.messages)
    await village.wait(days=1)
    assert new_messages(person, before) == []
    await village.wait(days=2)
    assert new_messages(person, before) == ["Knjižnica Brežice"]


@pytest.mark.parametrize(("begun", "state"), [(True, DeliveryState.UNCERTAIN), (False, DeliveryState.DUE)])
async def test_after_a_fault_of_ours_only_what_surely_did_not_leave_is_tried_again(village, begun, state):
    await enrolled_person(village, answered=True)
    village.clock.now = datetime(2026, 5, 4, 15, 0, tzinfo=UTC)

    def fault(connection):
        [due] = deliveries.claim(connection, village.clock(), LEASE, 1)
        if begun:
            assert deliveries.begin_sending(connection, due.id, due.attempt, village.clock())
        set_aside(connection, village.services, due, "KeyError")
        return connection.execute(select(delivery.c.state).where(delivery.c.id == due.id)).scalar_one()

    assert await village.services.database.write(fault) is state


async def test_mondays_summary_comes_once_to_every_coordinator_who_was_here(village):
    coordinator = await village.coordinator(BREZICE)
    await village.travel(datetime(2026, 3, 9, 6, 59, tzinfo=UTC))
    assert [message for message in coordinator.messages if message.protect_content] == []
    await village.travel(datetime(2026, 3, 9, 7, 0, tzinfo=UTC))
    first = [message for message in coordinator.messages if message.protect_content]
    assert [message.media for message in first] == [None]
    await village.ticks()
    assert [message for message in coordinator.messages if message.protect_content] == first
    late = await village.staff(Role.COORDINATOR, "BRE", "Vida")
    await village.ticks()
    assert [message for message in late.messages if message.protect_content] == []


async def test_who_is_no_longer_staff_gets_no_summary(village):
    coordinator = await village.coordinator(BREZICE)
    await village.ticks()
    await village.services.database.write(
        lambda c: c.execute(update(staff).values(removed_at=village.clock(), chat=None))
    )
    await village.wait(days=8)
    assert [message for message in coordinator.messages if message.protect_content] == []


@pytest.mark.parametrize("new_end", [date(2026, 6, 1), date(2026, 4, 1)])
async def test_moved_dates_of_a_cohort_move_what_is_due(village, new_end):
    person = await enrolled_person(village, answered=True)
    cohort = (await village.services.database.read(cohorts.listing))[0]
    edit = partial(
        cohorts.edit, programme=village.programme(BREZICE), cohort_id=cohort.id, policy=village.services.policy
    )
    await village.services.database.write(partial(edit, end=new_end, now=village.clock(), actor="operator"))
    before = len(person.messages)
    due = datetime.combine(new_end, datetime.min.time(), UTC) + timedelta(hours=15)
    await village.travel(due - timedelta(minutes=1))
    assert new_messages(person, before) == []
    await village.travel(due)
    assert new_messages(person, before) == ["Knjižnica Brežice: Vprašalnik ob koncu"]
