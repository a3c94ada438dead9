from datetime import UTC, datetime, timedelta

from sqlalchemy import insert

from storage import deliveries, handled_updates
from storage.schema import DeliveryKind, DeliveryState, Role, chat, delivery, staff
from storage.service_state import LATE, SHOWING_TAKES, read

NOW = datetime(2026, 11, 30, 2, 30, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
DAY = timedelta(days=1)


def plan(connection, *moments):
    """A delivery for each; gives their numbers."""
    member = {"role": Role.NATIONAL, "joined_at": NOW}
    receiver = connection.execute(insert(staff).returning(staff.c.id), member).scalar_one()
    for place, moment in enumerate(moments):
        deliveries.plan_delivery(connection, f"weekly:{place}", DeliveryKind.WEEKLY, moment, staff=receiver)
    return connection.scalars(delivery.select().with_only_columns(delivery.c.id).order_by(delivery.c.id)).all()


def test_an_empty_database_has_a_size_and_nothing_to_do(connection):
    found = read(connection, NOW)
    assert (found.due, found.late, found.uncertain, found.failed, found.behind) == (0, 0, 0, 0, 0)
    assert found.last_update is None
    assert found.keys == ()
    assert found.bytes > 100_000


def test_what_is_due_is_late_after_a_quarter_of_an_hour(connection):
    plan(connection, NOW - LATE, NOW - LATE + MINUTE, NOW, NOW + MINUTE)
    found = read(connection, NOW)
    assert (found.due, found.late) == (3, 1)


def test_what_was_not_sent_is_counted_for_a_week(connection):
    moments = (NOW - 8 * DAY, NOW - 6 * DAY, NOW - DAY, NOW)
    for number, moment in zip(plan(connection, *[NOW] * 4), moments, strict=True):
        if moment == NOW - DAY:
            deliveries.failed(connection, number, "gone", moment)
        else:
            change = delivery.update().where(delivery.c.id == number)
            connection.execute(change.values(state=DeliveryState.UNCERTAIN, ended_at=moment))
    found = read(connection, NOW)
    assert (found.due, found.uncertain, found.failed) == (0, 2, 1)


def test_chats_that_do_not_see_yet_what_they_should_are_behind(connection):
    rows = ((1, 1, NOW - DAY), (0, 1, NOW - SHOWING_TAKES), (0, 1, NOW - SHOWING_TAKES + MINUTE))
    for place, (shown, wanted, changed) in enumerate(rows):
        values = {"chat": bytes([place]), "view": "home:", "shown": shown, "wanted": wanted, "changed_at": changed}
        connection.execute(insert(chat), values)
    assert read(connection, NOW).behind == 1


def test_the_last_that_came_in_is_told(connection):
    for number, moment in (("1", NOW - DAY), ("2", NOW - MINUTE)):
        handled_updates.mark_handled(connection, "telegram", number, moment)
    assert read(connection, NOW).last_update == NOW - MINUTE
