"""`keys add`, `keys status` and `keys rotate` as an operator types them, with a bot at work and killed half-way."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import insert, select

from bot.runtime.services import open_services
from bot.runtime.settings_file import read_settings
from storage.engine.database import Database
from storage.engine.engines import read_url, transaction
from storage.engine.errors import StorageError
from storage.schema import attachment
from storage.secrets.keys import check_keys, load_keys
from tests.plugins.halting import Halting

NOW = datetime(2026, 11, 30, 9, tzinfo=UTC)
MANY = 40


@pytest.fixture
def url(prepared, database_url):
    """A database in which the first key has sealed something, and which the configuration names."""
    config = prepared.folder / "config.toml"
    config.write_text(f'{config.read_text()}[database]\nurl = "{database_url}"\n')
    keys = load_keys(prepared.folder / "povezujejo.key")
    with transaction(read_url(database_url)) as connection:
        check_keys(connection, keys)
        rows = [{"file_sealed": keys.seal_text(str(one)), "received_at": NOW, "due_at": NOW} for one in range(MANY)]
        connection.execute(insert(attachment), rows)
    return database_url


def sealed(url):
    """By which keys, and what was sealed."""
    with transaction(read_url(url), query_only=True) as connection:
        return connection.execute(select(attachment.c.file_sealed).order_by(attachment.c.id)).scalars().all()


def opened(operator, url):
    keys = load_keys(operator.folder / "povezujejo.key")
    return [keys.open_text(one) for one in sealed(url)]


def forget_the_oldest(operator):
    file = operator.folder / "povezujejo.key"
    file.write_text("\n".join(file.read_text().splitlines()[:-1]) + "\n")


EVERYTHING = [str(one) for one in range(MANY)]


def test_a_new_key_is_used_by_rotation_alone_and_the_old_one_may_go(operator, url):
    assert operator.types("keys", "add").startswith("Key 2 is in ")
    assert operator.services.keys.seal_text("x")[0] == 1  # a command, while a bot may run that knows one key
    assert operator.gets("keys", "status", "--json") == {"file": [2, 1], "database": [1], "sealed": {"1": MANY}}
    told = operator.types("keys", "status")
    assert told.startswith("Key 2: 0 values, not used yet: a running bot takes it up in a minute, once all ")
    assert told.endswith(f"\nKey 1: {MANY} values, in use\n")
    told = operator.types("keys", "rotate")
    assert f"\n{MANY} values are sealed anew. Everything is sealed with key 2" in told
    assert told.endswith("; the older ones may go once no backup is left that is sealed with them.\n")
    told = operator.types("keys", "status")
    assert told.startswith(f"Key 2: {MANY} values, in use\nKey 1: 0 values, not needed any more but for backups ")
    forget_the_oldest(operator)
    assert opened(operator, url) == EVERYTHING
    assert operator.services.keys.numbers == (2,)


async def test_the_next_start_of_the_bot_seals_anew_unless_another_works_with_the_old_key(operator, url):
    settings = read_settings(operator.folder / "config.toml", {})
    first = await open_services(settings)
    operator.types("keys", "add")
    if url.startswith("postgresql"):
        second = await open_services(settings)
        assert (second.keys.numbers, second.keys.seal_text("x")[0], {one[0] for one in sealed(url)}) == ((2, 1), 1, {1})
        await second.database.close()
    await first.database.close()
    third = await open_services(settings)
    assert (third.keys.seal_text("x")[0], {one[0] for one in sealed(url)}) == (2, {2})
    await third.database.close()
    assert opened(operator, url) == EVERYTHING


async def test_while_a_bot_works_nothing_is_sealed_anew_by_a_command(operator, url):
    database = Database.open(url)
    await database.write(lambda connection: connection.execute(select(1)).scalar())
    operator.types("keys", "add")
    assert operator.is_told("keys", "rotate").endswith(" is in use. Stop the bot first.")
    await database.close()
    assert {one[0] for one in sealed(url)} == {1}


def test_a_command_during_which_keys_were_changed_does_nothing_more_and_says_so(operator, url):
    command = operator.services
    operator.types("keys", "add")
    command.database.write_now(lambda _: None)
    operator.types("keys", "rotate")
    for door in (command.database.read_now, command.database.write_now):
        with pytest.raises(
            StorageError, match=r" was given other keys, or upgraded, while this command worked\. What "
        ):
            door(lambda _: None)


async def test_killed_in_the_middle_nothing_has_changed_and_it_begins_anew(operator, url):
    operator.types("keys", "add")
    await Halting(operator.folder, "keys", "rotate", room=60).killed(lambda process: process.told > 0)
    assert {one[0] for one in sealed(url)} == {1}
    assert opened(operator, url) == EVERYTHING
    assert operator.services.keys.seal_text("x")[0] == 1
    operator.types("keys", "rotate")
    assert ({one[0] for one in sealed(url)}, opened(operator, url)) == ({2}, EVERYTHING)


def test_half_a_key_file_of_one_that_was_cut_off_is_not_in_the_way(operator, url):
    (operator.folder / "povezujejo.key.new").write_text("2 half")
    assert operator.types("keys", "add").startswith("Key 2 is in ")
    assert load_keys(operator.folder / "povezujejo.key").numbers == (2, 1)


@pytest.mark.parametrize("command", ["add", "status", "rotate"])
def test_where_the_key_file_is_gone_the_copy_is_asked_for(prepared, url, command):
    (prepared.folder / "povezujejo.key").unlink()
    assert "and the database is sealed with one. Bring back your copy" in prepared.is_told("keys", command)


def test_a_database_in_which_nothing_is_sealed_asks_for_no_copy(prepared):
    (prepared.folder / "povezujejo.key").unlink()
    assert "povezujejo init makes a new one" in prepared.is_told("run")
