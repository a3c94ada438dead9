"""A deed is taken back once and within its minute, and is forgotten after a day."""

from datetime import timedelta

import pytest
from sqlalchemy.exc import IntegrityError

from storage import undo_log
from storage.schema import Undoable
from storage.undo_log import Deed
from tests.storage.conftest import NOW

MINUTE = timedelta(minutes=1)


def remember(connection, joined, now=NOW):
    return undo_log.remember(connection, Undoable.CALL, {"note": 1}, now, "staff:1", enrolment=joined.id)


def test_a_deed_is_found_as_it_was_remembered(connection, joined):
    number = remember(connection, joined)
    expected = Deed(number, Undoable.CALL, None, joined.id, {"note": 1}, NOW, "staff:1", None)
    assert undo_log.find(connection, number) == expected
    assert undo_log.find(connection, number + 1) is None


def test_it_is_taken_back_once_and_within_a_minute(connection, joined):
    done = undo_log.find(connection, remember(connection, joined))
    assert not undo_log.take(connection, done, NOW + MINUTE + timedelta(microseconds=1))
    assert undo_log.take(connection, done, NOW + MINUTE)
    assert not undo_log.take(connection, done, NOW + MINUTE)
    undone = undo_log.find(connection, done.id)
    assert undone.undone_at == NOW + MINUTE
    assert not undone.can_be_undone(NOW)


def test_after_a_day_it_is_forgotten(connection, joined):
    first = remember(connection, joined)
    second = remember(connection, joined, NOW + timedelta(days=1) - MINUTE)
    remember(connection, joined, NOW + timedelta(days=1))
    assert undo_log.find(connection, first) is None
    assert undo_log.find(connection, second) is not None


def test_a_deed_is_about_a_group_or_a_person(connection, group, joined):
    both = {"cohort": group.id, "enrolment": joined.id}
    with pytest.raises(IntegrityError), connection.begin_nested():
        undo_log.remember(connection, Undoable.CALL, {}, NOW, "staff:1", **both)
    with pytest.raises(IntegrityError), connection.begin_nested():
        undo_log.remember(connection, Undoable.CALL, {}, NOW, "staff:1")
