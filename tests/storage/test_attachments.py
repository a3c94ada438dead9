"""Files that people sent: claimed, kept sealed, given up, forgotten."""

from datetime import timedelta

from sqlalchemy import insert, select, update

from storage import attachments
from storage.schema import attachment, group_import, staff
from tests.storage.conftest import CHAT, NOW

LEASE = timedelta(minutes=10)
SOUND = b"OggS what was said"


def claim(connection, keys, later=timedelta(0)):
    return attachments.claim(connection, keys, NOW + later, LEASE, 8)


def stored(connection):
    return connection.execute(select(attachment)).one()


def test_a_file_is_claimed_once_and_again_when_the_lease_ends(connection, keys):
    number = attachments.receive(connection, keys, "file-1", NOW, mime="audio/ogg", seconds=12)
    [waiting] = claim(connection, keys)
    assert (waiting.id, waiting.file, waiting.received_at, waiting.recorded) == (number, "file-1", NOW, True)
    assert claim(connection, keys) == []
    assert claim(connection, keys, LEASE) == [waiting]
    assert stored(connection).attempt == 2


def test_what_was_fetched_is_sealed_and_kept_once(connection, keys):
    number = attachments.receive(connection, keys, "file-1", NOW, mime="audio/ogg", seconds=12)
    [waiting] = claim(connection, keys)
    assert attachments.content(connection, keys, number) is None
    assert attachments.keep(connection, keys, waiting, SOUND, NOW)
    assert not attachments.keep(connection, keys, waiting, b"again", NOW)
    assert attachments.content(connection, keys, number) == SOUND
    row = stored(connection)
    assert SOUND not in row.data_sealed
    assert b"file-1" not in row.file_sealed
    assert claim(connection, keys, timedelta(days=1)) == []


def test_telegrams_name_stays_for_a_recording_alone(connection, keys):
    recording = attachments.receive(connection, keys, "voice-1", NOW, seconds=0)
    listed = attachments.receive(connection, keys, "list-1", NOW, mime="text/csv")
    for waiting in claim(connection, keys):
        attachments.keep(connection, keys, waiting, SOUND, NOW)
    assert attachments.load(connection, keys, recording).file == "voice-1"
    assert attachments.load(connection, keys, listed) == attachments.Attachment(
        listed, "", "text/csv", None, NOW, NOW, None
    )
    attachments.rename(connection, keys, recording, "voice-2")
    assert attachments.load(connection, keys, recording).file == "voice-2"


def test_a_file_that_cannot_be_had_is_put_off_or_given_up_with_the_reason(connection, keys):
    number = attachments.receive(connection, keys, "file-1", NOW)
    claim(connection, keys)
    attachments.retry_at(connection, number, NOW + timedelta(minutes=1))
    assert [one.id for one in claim(connection, keys, timedelta(minutes=1))] == [number]
    attachments.give_up(connection, number, "file is too big")
    assert claim(connection, keys, timedelta(days=1)) == []
    left = attachments.load(connection, keys, number)
    assert (left.file, left.fetched_at, left.problem) == ("", None, "file is too big")


def test_of_a_dropped_file_nothing_stays_and_nothing_comes_back(connection, keys):
    number = attachments.receive(connection, keys, "file-1", NOW)
    [waiting] = claim(connection, keys)
    attachments.drop(connection, [number])
    assert not attachments.keep(connection, keys, waiting, SOUND, NOW)
    assert attachments.load(connection, keys, number) is None
    assert attachments.content(connection, keys, number) is None
    assert connection.execute(select(attachment)).all() == []


def test_a_list_belongs_to_the_chat_of_who_sent_it(connection, keys, group):
    member = connection.execute(
        insert(staff).values(role="librarian", library="BRE", chat=CHAT, joined_at=NOW)
    ).inserted_primary_key[0]
    number = attachments.receive(connection, keys, "list-1", NOW)
    assert attachments.whose_list(connection, number) is None
    of_group = {"cohort": group.id, "staff": member, "received_at": NOW}
    connection.execute(insert(group_import).values(attachment=number, **of_group))
    assert attachments.whose_list(connection, number) == CHAT
    connection.execute(update(staff).values(chat=None, removed_at=NOW))
    assert attachments.whose_list(connection, number) is None
