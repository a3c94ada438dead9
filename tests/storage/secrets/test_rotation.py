from datetime import UTC, datetime

import pytest
from sqlalchemy import LargeBinary, insert, select

from storage.chats import load, record_shown, show_next
from storage.engine.errors import StorageError
from storage.schema import (
    email_address,
    invite,
    keyring,
    metadata,
    operator,
    page_picture,
    participant,
    staff,
    web_login,
    web_session,
)
from storage.secrets.addresses import Address
from storage.secrets.keys import Keys, check_keys
from storage.secrets.rotation import rotate, sealed_columns

NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
SECRET = bytes(range(32))
OLD = Keys({1: SECRET})
BOTH = Keys({1: SECRET, 2: SECRET[::-1]})
NEW = Keys({2: SECRET[::-1]})
ANA, BOR = 123_456_789, 987_654_321
UNSEALED = {
    (email_address, "token_hash"),
    (invite, "token_hash"),
    (keyring, "check_sealed"),
    (operator, "token_hash"),
    (page_picture, "png"),  # which is published
    (web_login, "token_hash"),
    (web_session, "token_hash"),
}


def test_every_column_of_bytes_is_rotated_or_known_to_hold_nothing_of_a_person():
    binary = {(table, column.name) for table in metadata.tables.values() for column in table.columns
              if isinstance(column.type, LargeBinary)}  # fmt: skip
    rotated = {(column.table, column.name) for column in sealed_columns()}
    assert binary == rotated | UNSEALED
    assert not rotated & UNSEALED


def test_everything_that_was_sealed_opens_with_the_new_key_alone(connection):
    check_keys(connection, OLD)
    people = [
        {"code": "KAM-7F3K2", "chat": OLD.seal_id(ANA), "created_at": NOW},
        {"code": "KAM-AAAA2", "chat": None, "created_at": NOW},
    ]
    connection.execute(insert(participant), people)
    connection.execute(insert(staff), {"role": "national", "joined_at": NOW, "chat": BOTH.seal_id(BOR)})
    show_next(connection, OLD.seal_id(ANA), "home", NOW)
    record_shown(connection, OLD.seal_id(ANA), 1, 42)

    assert rotate(connection, BOTH) == 2

    check_keys(connection, NEW)
    chats = connection.execute(select(participant.c.chat).order_by(participant.c.id)).scalars()
    assert list(chats) == [NEW.seal_id(ANA), None]
    assert connection.execute(select(staff.c.chat)).scalar_one() == NEW.seal_id(BOR)
    assert load(connection, NEW.seal_id(ANA)).card == 42
    assert load(connection, OLD.seal_id(ANA)) is None


def test_an_address_of_another_channel_is_rotated_too(connection):
    address = Address("web", bytes(16))
    check_keys(connection, OLD)
    show_next(connection, OLD.seal_address(address), "home", NOW, channel=address.channel)
    assert rotate(connection, BOTH) == 1
    row = load(connection, NEW.seal_address(address))
    assert (row.channel, row.view) == ("web", "home")
    connection.execute(metadata.tables["chat"].delete())


def test_sealed_texts_are_sealed_anew(connection):
    table = metadata.tables["answer_change"]
    check_keys(connection, OLD)
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("PRAGMA defer_foreign_keys = ON")
    else:
        connection.exec_driver_sql("SET session_replication_role = replica")  # the run does not matter here
    rows = [
        {"run": 1, "item": item, "text_sealed": sealed, "changed_at": NOW, "changed_by": "staff:1"}
        for item, sealed in (("story", OLD.seal_text("Zdaj sam.")), ("hope", None))
    ]
    connection.execute(insert(table), rows)
    assert rotate(connection, BOTH) == 1
    sealed = connection.execute(select(table.c.text_sealed).order_by(table.c.id)).scalars().all()
    assert (NEW.open_text(sealed[0]), sealed[1]) == ("Zdaj sam.", None)
    connection.execute(table.delete())


def test_nothing_is_rotated_when_there_is_one_key(connection):
    check_keys(connection, OLD)
    connection.execute(insert(participant), {"code": "KAM-7F3K2", "chat": OLD.seal_id(ANA), "created_at": NOW})
    assert [rotate(connection, OLD) for _ in range(2)] == [0, 0]


def test_rotation_with_a_wrong_key_changes_nothing(connection):
    check_keys(connection, OLD)
    with pytest.raises(StorageError):
        rotate(connection, Keys({1: SECRET[::-1], 2: SECRET}))
    assert connection.execute(select(keyring.c.key_id)).scalars().all() == [1]
