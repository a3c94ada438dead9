import asyncio
import re
from datetime import UTC, date, datetime, timedelta
from functools import partial
from itertools import product
from multiprocessing import get_context

import pytest
from plugins.query_plans import plans_of
from sqlalchemy import insert, select, text, update

from storage import deliveries
from storage.engine.database import Database
from storage.schema import (
    DeliveryKind,
    DeliveryState,
    EnrolmentState,
    OccasionState,
    Role,
    cohort,
    delivery,
    enrolment,
    library,
    occasion,
    participant,
    programme,
    staff,
)

NOW = datetime(2026, 11, 23, 7, 0, tzinfo=UTC)
LEASE = timedelta(minutes=5)
MINUTE = timedelta(minutes=1)


def add_coordinator(connection):
    row = {"role": Role.NATIONAL, "joined_at": NOW}
    return connection.execute(insert(staff).returning(staff.c.id), row).scalar_one()


def add_occasion(connection):
    connection.execute(insert(library), {"code": "KAM", "name": "Kamnik"})
    connection.execute(insert(programme), {"slug": "kamnik-slovenscina", "library": "KAM", "name": "Slovenščina"})
    group = {"programme": "kamnik-slovenscina", "name": "A", "start": date(2026, 1, 1), "end": date(2026, 2, 1)}
    group_id = connection.execute(insert(cohort).returning(cohort.c.id), group | {"created_at": NOW}).scalar_one()
    person = connection.execute(
        insert(participant).returning(participant.c.id), {"code": "KAM-7F3K2", "created_at": NOW}
    ).scalar_one()
    place = {"participant": person, "cohort": group_id, "state": EnrolmentState.ACTIVE, "enrolled_at": NOW}
    enrolled = connection.execute(insert(enrolment).returning(enrolment.c.id), place).scalar_one()
    row = {"enrolment": enrolled, "wave": "before", "opens_at": NOW, "closes_at": NOW, "state": OccasionState.OPEN}
    return connection.execute(insert(occasion).returning(occasion.c.id), row).scalar_one()


def plan_weekly(connection, *minutes):
    """One weekly summary for each offset in minutes; gives the keys."""
    receiver = add_coordinator(connection)
    keys = [f"weekly:{receiver}:{place}" for place in range(len(minutes))]
    for key, offset in zip(keys, minutes, strict=True):
        due = NOW + offset * MINUTE
        assert deliveries.plan_delivery(connection, key, DeliveryKind.WEEKLY, due, staff=receiver)
    return keys


def row_of(connection, key):
    return connection.execute(select(delivery).where(delivery.c.key == key)).one()


def set_state(connection, key, state):
    connection.execute(update(delivery).where(delivery.c.key == key).values(state=state))


def claim_one(connection, now=NOW):
    (claimed,) = deliveries.claim(connection, now, LEASE, 10)
    return claimed


def test_of_several_deliveries_those_are_planned_that_are_not_there_yet(connection):
    occasion_id = add_occasion(connection)
    first, second = ("reminder:1:1", DeliveryKind.REMINDER), ("closing:1", DeliveryKind.CLOSING)
    deliveries.plan_deliveries(connection, occasion_id, [(*first, NOW)])
    deliveries.plan_deliveries(connection, occasion_id, [(*first, NOW + MINUTE), (*second, NOW + MINUTE)])
    rows = connection.execute(select(delivery).order_by(delivery.c.id)).all()
    assert [(row.key, row.kind, row.due_at, row.planned_at, row.occasion) for row in rows] == [
        (*first, NOW, NOW, occasion_id),
        (*second, NOW + MINUTE, NOW + MINUTE, occasion_id),
    ]


def test_a_delivery_is_planned_once_for_a_key(connection):
    occasion_id = add_occasion(connection)
    plan = partial(deliveries.plan_delivery, connection, "reminder:1:1", DeliveryKind.REMINDER, occasion=occasion_id)
    assert [plan(NOW, details={"number": 1}), plan(NOW + MINUTE)] == [True, False]
    assert claim_one(connection) == deliveries.Delivery(
        id=row_of(connection, "reminder:1:1").id,
        key="reminder:1:1",
        kind=DeliveryKind.REMINDER,
        occasion=occasion_id,
        staff=None,
        details={"number": 1},
        planned_at=NOW,
        attempt=0,
    )


def test_what_is_due_is_claimed_the_longest_due_first_and_only_until_the_lease_ends(connection):
    first, second, third, _future = plan_weekly(connection, -1, -3, -2, 1)
    assert [one.key for one in deliveries.claim(connection, NOW, LEASE, 2)] == [second, third]
    assert [one.key for one in deliveries.claim(connection, NOW, LEASE, 9)] == [first]
    assert deliveries.claim(connection, NOW, LEASE, 9) == []
    set_state(connection, _future, DeliveryState.CANCELLED)
    assert [one.key for one in deliveries.claim(connection, NOW + LEASE, LEASE, 9)] == [second, third, first]


def test_how_deliveries_stand_is_told_in_the_order_in_which_they_were_planned(connection):
    first, second, third = plan_weekly(connection, 2, 1, 0)
    set_state(connection, second, DeliveryState.SENT)
    stand = deliveries.standings(connection, [third, second, first, "never planned"])
    assert stand == tuple(
        deliveries.DeliveryStanding({}, state) for state in (DeliveryState.DUE, DeliveryState.SENT, DeliveryState.DUE)
    )


def test_sending_begins_once_for_a_claim(connection):
    (key,) = plan_weekly(connection, 0)
    one = claim_one(connection)
    begin = partial(deliveries.begin_sending, connection, one.id, one.attempt)
    assert [begin(NOW), begin(NOW)] == [True, False]
    assert (row_of(connection, key).state, row_of(connection, key).attempt) == (DeliveryState.SENDING, 1)


def test_sending_does_not_begin_after_the_lease_has_ended(connection):
    plan_weekly(connection, 0)
    one = claim_one(connection)
    assert not deliveries.begin_sending(connection, one.id, one.attempt, NOW + LEASE)


def test_sending_does_not_begin_with_an_older_claim(connection):
    plan_weekly(connection, 0)
    old = claim_one(connection)
    deliveries.begin_sending(connection, old.id, old.attempt, NOW)
    deliveries.retry_at(connection, old.id, NOW)
    new = claim_one(connection)
    assert not deliveries.begin_sending(connection, old.id, old.attempt, NOW)
    assert deliveries.begin_sending(connection, new.id, new.attempt, NOW)


def test_sending_does_not_begin_when_it_was_moved_to_a_later_moment_in_between(connection):
    (key,) = plan_weekly(connection, 0)
    one = claim_one(connection)
    assert deliveries.move(connection, key, NOW + timedelta(days=7))
    assert not deliveries.begin_sending(connection, one.id, one.attempt, NOW)


def test_what_was_cut_off_while_sending_becomes_uncertain_and_is_never_claimed_again(connection):
    (key,) = plan_weekly(connection, 0)
    one = claim_one(connection)
    deliveries.begin_sending(connection, one.id, one.attempt, NOW)
    assert deliveries.claim(connection, NOW + LEASE - MINUTE, LEASE, 9) == []
    assert row_of(connection, key).state is DeliveryState.SENDING
    for passed in range(1, 4):
        assert deliveries.claim(connection, NOW + passed * LEASE, LEASE, 9) == []
    row = row_of(connection, key)
    assert (row.state, row.ended_at) == (DeliveryState.UNCERTAIN, NOW + LEASE)


@pytest.mark.parametrize(
    ("end", "state", "problem"),
    [
        (deliveries.sent, DeliveryState.SENT, None),
        (partial(deliveries.failed, problem="x" * 99), DeliveryState.FAILED, "x" * 80),
        (deliveries.cancelled, DeliveryState.CANCELLED, None),
    ],
)
def test_an_end_is_recorded_once_and_stays(connection, end, state, problem):
    (key,) = plan_weekly(connection, 0)
    one = claim_one(connection)
    deliveries.begin_sending(connection, one.id, one.attempt, NOW)
    assert [end(connection, one.id, now=NOW) for _ in range(2)] == [True, False]
    assert not deliveries.retry_at(connection, one.id, NOW)
    row = row_of(connection, key)
    assert (row.state, row.ended_at, row.problem) == (state, NOW, problem)
    assert deliveries.claim(connection, NOW + LEASE, LEASE, 9) == []


def test_what_surely_was_not_sent_is_tried_again_even_when_it_had_become_uncertain(connection):
    (key,) = plan_weekly(connection, 0)
    one = claim_one(connection)
    deliveries.begin_sending(connection, one.id, one.attempt, NOW)
    deliveries.claim(connection, NOW + LEASE, LEASE, 9)
    assert deliveries.retry_at(connection, one.id, NOW + 2 * LEASE, "retry after 30")
    row = row_of(connection, key)
    assert (row.state, row.ended_at, row.problem) == (DeliveryState.DUE, None, "retry after 30")
    again = claim_one(connection, NOW + 2 * LEASE)
    assert (again.attempt, again.planned_at) == (1, NOW)


def take_step(connection, number, after):
    """Try to bring a delivery into a state; whether that was done."""
    steps = {
        DeliveryState.SENT: lambda: deliveries.sent(connection, number, NOW),
        DeliveryState.FAILED: lambda: deliveries.failed(connection, number, "blocked", NOW),
        DeliveryState.CANCELLED: lambda: deliveries.cancelled(connection, number, NOW),
        DeliveryState.DUE: lambda: deliveries.retry_at(connection, number, NOW),
        DeliveryState.SENDING: lambda: deliveries.begin_sending(connection, number, 0, NOW - MINUTE),
        DeliveryState.UNCERTAIN: lambda: deliveries.uncertain(connection, number, NOW),
    }
    return steps[after]()


def test_only_the_steps_of_the_table_are_taken(connection):
    taken = {before: set() for before in DeliveryState}
    (key,) = plan_weekly(connection, 0)
    for before, after in product(DeliveryState, repeat=2):
        values = {"state": before, "attempt": 0, "due_at": NOW, "planned_at": NOW - MINUTE}
        connection.execute(update(delivery).values(values))
        if take_step(connection, row_of(connection, key).id, after):
            assert row_of(connection, key).state is after
            taken[before].add(after)
    assert taken == deliveries.NEXT


def test_what_is_due_for_an_occasion_is_cancelled_and_what_is_being_sent_is_not(connection):
    occasion_id = add_occasion(connection)
    for key in ("opening:1", "reminder:1:1", "reminder:1:2"):
        deliveries.plan_delivery(connection, key, DeliveryKind.REMINDER, NOW, occasion=occasion_id)
    (other,) = plan_weekly(connection, 0)
    set_state(connection, "opening:1", DeliveryState.SENDING)
    assert deliveries.cancel_for_occasion(connection, occasion_id, NOW) == 2
    states = [row_of(connection, key).state for key in ("opening:1", "reminder:1:1", "reminder:1:2", other)]
    assert states == [DeliveryState.SENDING, DeliveryState.CANCELLED, DeliveryState.CANCELLED, DeliveryState.DUE]


def test_what_has_ended_is_not_moved(connection):
    (key,) = plan_weekly(connection, 0)
    set_state(connection, key, DeliveryState.SENT)
    assert not deliveries.move(connection, key, NOW + MINUTE)


def test_deliveries_that_belong_together_agree_on_what_was_said_first(connection):
    member = add_coordinator(connection)
    keys = ["report:1:text", "report:1:pdf"]
    for key in keys:
        deliveries.plan_delivery(connection, key, DeliveryKind.REPORT, NOW, staff=member, details={"report": "weekly"})
    first, second = deliveries.claim(connection, NOW, LEASE, 2)
    assert deliveries.agree(connection, first.id, keys, "made_of", "a")
    assert not deliveries.agree(connection, second.id, keys, "made_of", "b")
    assert deliveries.agree(connection, first.id, keys, "made_of", "c")  # nothing else was made of the former
    assert deliveries.agree(connection, second.id, keys, "made_of", "c")
    noted = [one.details for one in deliveries.standings(connection, keys)]
    assert noted == [{"report": "weekly", "made_of": "c"}] * 2
    assert deliveries.agree(connection, first.id, keys[:1], "made_of", "d")
    assert deliveries.agree(connection, first.id, keys[1:], "made_of", "c")
    assert [one.details for one in deliveries.standings(connection, keys)] == noted


def test_the_next_due_moment_is_the_earliest_of_what_is_open(connection):
    assert deliveries.next_due(connection) is None
    first, _second = plan_weekly(connection, 5, 9)
    assert deliveries.next_due(connection) == NOW + 5 * MINUTE
    set_state(connection, first, DeliveryState.SENT)
    assert deliveries.next_due(connection) == NOW + 9 * MINUTE


def test_claiming_reads_the_index_of_what_is_open_and_nothing_else(connection):
    receiver = add_coordinator(connection)
    rows = [
        {"key": f"weekly:{number}", "kind": DeliveryKind.WEEKLY, "staff": receiver, "due_at": NOW + number * MINUTE,
         "planned_at": NOW, "state": DeliveryState.DUE if number % 20 == 0 else DeliveryState.SENT}
        for number in range(3000)
    ]  # fmt: skip
    connection.execute(insert(delivery), rows)
    connection.execute(text("ANALYZE"))
    with plans_of(connection) as plans:
        assert len(deliveries.claim(connection, NOW + 40 * MINUTE, LEASE, 32)) == 3
        deliveries.next_due(connection)
    for plan in plans:
        assert "ix_delivery_open" in plan
        assert not re.search("SCAN delivery(?! USING COVERING INDEX ix_delivery_open)|Seq Scan on delivery", plan)


async def test_tasks_that_claim_at_once_never_get_the_same_delivery(database):
    keys = await database.write(lambda connection: plan_weekly(connection, *range(-60, 0)))
    claims = await asyncio.gather(
        *(database.write(lambda connection: deliveries.claim(connection, NOW, LEASE, 7)) for _ in range(12))
    )
    assert sorted(one.key for claim in claims for one in claim) == sorted(keys)


def claim_all(url, results):
    database = Database.open(url)
    mine = []
    while claimed := database.write_now(lambda connection: deliveries.claim(connection, NOW, LEASE, 5)):
        mine += [one.key for one in claimed]
    results.put(mine)


def test_processes_that_claim_at_once_never_get_the_same_delivery(database_url):
    keys = Database.open(database_url).write_now(lambda connection: plan_weekly(connection, *range(-60, 0)))
    spawn = get_context("spawn")
    results = spawn.Queue()
    processes = [spawn.Process(target=claim_all, args=(database_url, results)) for _ in range(3)]
    for process in processes:
        process.start()
    claimed = [key for _ in processes for key in results.get(timeout=60)]
    for process in processes:
        process.join()
    assert sorted(claimed) == sorted(keys)
