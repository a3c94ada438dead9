"""The door of a database on PostgreSQL: one at a time, and who waits there is not inside."""

import threading

from sqlalchemy import select

from storage.engine import door
from storage.engine.engines import read_url, transaction


def test_who_begins_waits_until_the_one_before_has_passed_and_is_not_inside_meanwhile(postgresql_url):
    address, passed = read_url(postgresql_url), threading.Event()

    def begins():
        with transaction(address) as connection:
            door.pass_by(connection)
            passed.set()

    begun = threading.Thread(target=begins)
    with transaction(address) as first:
        door.pass_by(first)
        begun.start()
        assert not passed.wait(1)
        assert door.nobody_inside(first)
    begun.join(10)
    assert passed.is_set()


def test_who_works_is_inside(postgresql_url, monkeypatch):
    monkeypatch.setattr(door, "_LEAVING", (0.05, 0.05))
    address = read_url(postgresql_url)
    with transaction(address) as works, transaction(address) as begins:
        works.execute(select(1))
        door.pass_by(begins)
        assert not door.nobody_inside(begins)


def test_a_file_has_no_door(sqlite_url):
    with transaction(read_url(sqlite_url)) as connection:
        door.pass_by(connection)
        assert door.nobody_inside(connection)
