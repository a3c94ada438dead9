import re

import psycopg
import pytest
from sqlalchemy import select

from storage.engine.backup import backup
from storage.engine.counting import VERSION, rows
from storage.engine.engines import is_sqlite, read_url, transaction
from storage.engine.errors import StorageError
from storage.engine.rehearsal import rehearse
from storage.engine.version import status_at
from storage.schema import library, metadata
from tests.plugins.databases import programs
from tests.plugins.rows_of_every_table import make_at

CODES = select(library.c.code)


def nothing_is_left(url, before, tmp_path):
    """No folder and no database of a rehearsal."""
    if is_sqlite(read_url(url)):
        return sorted(tmp_path.iterdir()) == before
    with psycopg.connect(url) as connection:
        return connection.execute("SELECT 1 FROM pg_database WHERE datname LIKE '%rehearsal%'").fetchall() == []


@pytest.fixture
def saved(full_url, tmp_path):
    path = tmp_path / "saved"
    made = backup(full_url, path, programs=programs())
    return path, made


def test_a_rehearsal_says_what_is_there_and_leaves_nothing(full_url, saved, tmp_path):
    path, made = saved
    with transaction(read_url(full_url)) as connection:
        connection.execute(library.insert(), {"code": "NME", "name": "Knjižnica"})
    before = sorted(tmp_path.iterdir())
    seen = []
    found = rehearse(full_url, path, lambda connection: seen.extend(connection.scalars(CODES)), programs=programs())
    assert (found.version, found.upgraded, rows(found.counts)) == (status_at(None).head, False, made.counted)
    assert found.counts.keys() == {*metadata.tables, VERSION}
    assert sorted(seen) == ["BRE", "KAM"]
    assert nothing_is_left(full_url, before, tmp_path)
    with transaction(read_url(full_url), query_only=True) as connection:
        assert sorted(connection.scalars(CODES)) == ["BRE", "KAM", "NME"]


def test_what_is_wrong_is_raised_and_leaves_nothing(full_url, saved, tmp_path):
    def no_key(_connection):
        raise StorageError("The key file does not belong to this database.")

    before = sorted(tmp_path.iterdir())
    with pytest.raises(StorageError, match=r"^The key file does not belong"):
        rehearse(full_url, saved[0], no_key, programs=programs())
    assert nothing_is_left(full_url, before, tmp_path)


def test_a_copy_of_an_older_version_is_brought_to_the_newest(empty_url, tmp_path):
    make_at(empty_url, "0011")
    path = tmp_path / "saved"
    backup(empty_url, path, programs=programs())
    found = rehearse(empty_url, path, lambda _connection: None, programs=programs())
    assert (found.version, found.upgraded, "backup" in found.counts) == ("0011", True, False)


def test_who_may_make_no_database_is_told_what_to_do(full_postgresql_url, tmp_path):
    path = tmp_path / "saved"
    backup(full_postgresql_url, path, programs=programs())
    with psycopg.connect(full_postgresql_url, autocommit=True) as connection:
        connection.execute("DROP ROLE IF EXISTS plain")
        connection.execute("CREATE ROLE plain LOGIN")
    url = re.sub("//povezujejo@", "//plain@", full_postgresql_url)
    with pytest.raises(StorageError, match=r"permission denied .* ALTER ROLE plain CREATEDB$"):
        rehearse(url, path, lambda _connection: None, programs=programs())
