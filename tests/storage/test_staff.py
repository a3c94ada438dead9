from datetime import timedelta

import pytest
from sqlalchemy import select

from storage import deliveries, staff
from storage.answers import definitions
from storage.schema import DeliveryKind, Role, audit
from storage.staff import StaffMember
from tests.storage.conftest import NOW


@pytest.fixture(autouse=True)
def libraries(connection, programmes):
    """All libraries are known."""
    definitions.sync(connection, programmes.values(), NOW)


def actions(connection):
    return connection.execute(select(audit.c.actor, audit.c.action, audit.c.subject).order_by(audit.c.id)).all()


def test_who_joins_is_found_by_chat_and_number(connection):
    joined = staff.join(connection, Role.LIBRARIAN, "BRE", b"ana", NOW)
    assert joined == StaffMember(joined.id, Role.LIBRARIAN, "BRE", b"ana", NOW)
    assert staff.by_chat(connection, b"ana") == staff.find(connection, joined.id) == joined
    assert joined.actor == f"staff:{joined.id}"
    assert actions(connection) == [(joined.actor, "staff.join", joined.actor)]


def test_a_stranger_is_nobody(connection):
    staff.join(connection, Role.LIBRARIAN, "BRE", b"ana", NOW)
    assert staff.by_chat(connection, b"bor") is None
    assert staff.find(connection, 999) is None


def test_joining_twice_is_joining_once(connection):
    first = staff.join(connection, Role.LIBRARIAN, "BRE", b"ana", NOW)
    assert staff.join(connection, Role.LIBRARIAN, "BRE", b"ana", NOW + timedelta(days=1)) == first
    assert staff.listing(connection) == (first,)


def test_with_several_roles_the_widest_counts(connection):
    staff.join(connection, Role.LIBRARIAN, "BRE", b"ana", NOW)
    staff.join(connection, Role.NATIONAL, None, b"ana", NOW)
    coordinator = staff.join(connection, Role.COORDINATOR, "BRE", b"ana", NOW)
    national = staff.by_chat(connection, b"ana")
    assert national.role is Role.NATIONAL
    staff.remove(connection, national.id, NOW, "operator")
    assert staff.by_chat(connection, b"ana") == coordinator
    assert staff.who(connection, b"ana") == (False, Role.COORDINATOR)


def test_who_is_removed_is_forgotten_but_counted(connection):
    joined = staff.join(connection, Role.LIBRARIAN, "BRE", b"ana", NOW)
    later = NOW + timedelta(days=1)
    assert staff.remove(connection, joined.id, later, "operator") is True
    assert staff.by_chat(connection, b"ana") is None
    assert staff.who(connection, b"ana") == (False, None)
    assert staff.listing(connection) == (StaffMember(joined.id, Role.LIBRARIAN, "BRE", None, NOW, later),)
    assert actions(connection)[-1] == ("operator", "staff.remove", joined.actor)


def test_nobody_is_removed_twice(connection):
    joined = staff.join(connection, Role.LIBRARIAN, "BRE", b"ana", NOW)
    staff.remove(connection, joined.id, NOW, "operator")
    assert staff.remove(connection, joined.id, NOW, "operator") is False
    assert staff.remove(connection, 999, NOW, "operator") is False


def test_a_weekly_summary_is_missing_for_coordinators_for_whom_none_is_planned(connection):
    staff.join(connection, Role.LIBRARIAN, "BRE", b"ana", NOW)
    staff.join(connection, Role.NATIONAL, None, b"cene", NOW)
    removed = staff.join(connection, Role.COORDINATOR, "BRE", b"dana", NOW)
    staff.remove(connection, removed.id, NOW, "operator")
    coordinator = staff.join(connection, Role.COORDINATOR, "BRE", b"bor", NOW)
    monday, next_monday = NOW + timedelta(days=6), NOW + timedelta(days=13)
    assert staff.without_summary(connection, monday) == (coordinator,)
    deliveries.plan_delivery(connection, "weekly:1", DeliveryKind.WEEKLY, monday, staff=coordinator.id)
    deliveries.plan_delivery(connection, "report:1", DeliveryKind.REPORT, next_monday, staff=coordinator.id)
    assert staff.without_summary(connection, monday) == ()
    assert staff.without_summary(connection, next_monday) == (coordinator,)
