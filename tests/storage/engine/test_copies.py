"""Copies of a database with rows in every table, of either kind, encrypted or not, and what may go wrong with them."""

import resource
import sqlite3
import stat
import subprocess
from contextlib import contextmanager
from pathlib import Path

import pyrage
import pytest
from sqlalchemy import select, text

from storage.engine import postgresql_copies
from storage.engine.backup import backup, restore
from storage.engine.counting import counts, rows
from storage.engine.engines import is_sqlite, read_url, transaction
from storage.engine.errors import StorageError
from storage.engine.migrate import upgrade
from storage.engine.new_files import told
from storage.engine.version import require_current
from storage.schema import library, metadata
from tests.plugins.databases import programs
from tests.plugins.rows_of_every_table import make_at

NEXT = text("SELECT nextval('audit_id_seq')")


def contents(url):
    with transaction(read_url(url), query_only=True) as connection:
        return {table.name: connection.execute(select(table)).mappings().all() for table in metadata.sorted_tables}


@pytest.fixture(scope="module")
def tools():
    """The folder of the programs of PostgreSQL that fit its server."""
    return programs()


@pytest.fixture
def identity(tmp_path):
    """A file as age-keygen writes it, and to whom it belongs."""
    made = pyrage.x25519.Identity.generate()
    file = tmp_path / "identity.txt"
    file.write_text(f"# created: 2026-11-30\n# public key: {made.to_public()}\n{made}\n")
    return file, str(made.to_public())


@pytest.fixture
def empty(full_url, request, tmp_path):
    """The address of a database of the same kind without tables; the SQLite file does not exist."""
    if is_sqlite(read_url(full_url)):
        return f"sqlite:///{tmp_path}/new/place.db"
    return request.getfixturevalue("new_postgresql")("template1")


@pytest.fixture
def saved(full_url, tools, tmp_path):
    path = tmp_path / "saved"
    backup(full_url, path, programs=tools)
    return path


def test_a_copy_holds_every_row_and_comes_back(full_url, saved, empty, tools):
    restore(empty, saved, programs=tools)
    require_current(empty)
    assert contents(empty) == contents(full_url)
    if not is_sqlite(read_url(empty)):
        with transaction(read_url(empty)) as connection:  # numbers go on behind those that were given
            assert connection.scalar(NEXT) == 42


def test_what_is_told_of_a_copy_is_so(full_url, tools, tmp_path):
    path = tmp_path / "saved"
    made = backup(full_url, path, programs=tools)
    assert made.size == path.stat().st_size
    with transaction(read_url(full_url), query_only=True) as connection:
        assert made.counted == rows(counts(connection)) > len(metadata.tables)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert sorted(one.name for one in tmp_path.iterdir() if one.suffix != ".db") == ["saved"]


def test_an_encrypted_copy_opens_for_its_identity_alone(full_url, identity, tools, tmp_path, empty):
    file, recipient = identity
    path = tmp_path / "saved.age"
    before = {one.name for one in tmp_path.iterdir()}
    backup(full_url, path, recipients=[recipient], programs=tools)
    assert {one.name for one in tmp_path.iterdir()} - before == {"saved.age"}  # nothing in the clear stays
    assert (path.read_bytes()[:21], stat.S_IMODE(path.stat().st_mode)) == (b"age-encryption.org/v1", 0o600)
    other = tmp_path / "other.txt"
    other.write_text(str(pyrage.x25519.Identity.generate()))
    (tmp_path / "empty.txt").write_text("# nothing\n")
    for wrong, sentence in (
        (None, r"^\S+ is encrypted: name the file with your identity of age by --identity\.$"),
        (other, r"^\S+ is not encrypted to the identity in \S+\.$"),
        (tmp_path / "empty.txt", r"^There is no identity of age in \S+: "),
        (tmp_path / "none.txt", r"^The identity \S+ cannot be read: No such file or directory\.$"),
    ):
        with pytest.raises(StorageError, match=sentence):
            restore(empty, path, identity=wrong, programs=tools)
    restore(empty, path, identity=file, programs=tools)
    assert contents(empty) == contents(full_url)
    damaged = tmp_path / "damaged.age"
    damaged.write_bytes(path.read_bytes()[:-10])
    with pytest.raises(StorageError, match=r"^\S+ is damaged\.$"):
        restore(empty, damaged, identity=file, programs=tools, force=True)


def test_who_reads_ssh_keys_reads_copies(full_url, tools, tmp_path, empty):
    key = tmp_path / "id"
    subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", key], check=True)
    path = tmp_path / "saved.age"
    backup(full_url, path, recipients=[key.with_suffix(".pub").read_text().strip()], programs=tools)
    restore(empty, path, identity=key, programs=tools)
    assert contents(empty) == contents(full_url)


def test_a_database_that_holds_anything_is_replaced_only_by_force_and_wholly(full_url, saved, tools):
    before = contents(full_url)
    with transaction(read_url(full_url)) as connection:
        connection.execute(library.insert(), {"code": "NME", "name": "Knjižnica"})
    with pytest.raises(
        StorageError, match=r"^The database .+ is not empty\. To replace all that is in it, add --force"
    ):
        restore(full_url, saved, programs=tools)
    assert contents(full_url) != before
    restore(full_url, saved, force=True, programs=tools)
    assert contents(full_url) == before


def test_a_database_somebody_works_on_is_not_replaced_even_by_force(full_url, saved, tools):
    before = contents(full_url)
    with (
        transaction(read_url(full_url)),
        pytest.raises(StorageError, match=r"^The database .+ is in use\. Stop the bot first\.$"),
    ):
        restore(full_url, saved, force=True, programs=tools)
    assert contents(full_url) == before


def test_a_copy_of_the_other_kind_is_told_so(full_url, saved, tools, request, tmp_path):
    other = request.getfixturevalue("postgresql_url" if is_sqlite(read_url(full_url)) else "sqlite_url")
    with pytest.raises(StorageError, match=r"^\S+ is a copy of (a SQLite file|PostgreSQL), .* povezujejo db move$"):
        restore(other, saved, programs=tools)


@contextmanager
def in_use(url):
    """Somebody has the database open, so that what SQLite keeps beside it is there already."""
    with transaction(read_url(url)) as connection:
        connection.execute(text("SELECT 1 FROM chat"))
        yield


def test_no_room_leaves_no_file(full_url, tools, identity, tmp_path):
    """Where the system lets no file grow beyond a page, as on a full disk; a bot is at work on the database."""
    for recipients in ([], [identity[1]]):
        with in_use(full_url), no_room(), pytest.raises(StorageError, match=r"^\S+ cannot be written: .+\.$"):
            backup(full_url, tmp_path / "saved", recipients=recipients, programs=tools)
        left = {one.name for one in tmp_path.iterdir() if not one.name.startswith("povezujejo.db")}
        assert left == {"identity.txt"}


def test_where_a_disk_is_full_room_is_to_be_made(tmp_path):
    with (
        pytest.raises(StorageError, match=r": No space left on device\. Make room there, then try again\.$"),
        told(tmp_path),
    ):
        Path("/dev/full").write_text("x")
    small = sqlite3.connect(":memory:")
    small.execute("PRAGMA max_page_count = 2")
    small.execute("CREATE TABLE t (x)")
    with pytest.raises(StorageError, match=r" is full\. Make room there, then try again\.$"), told(tmp_path):
        small.execute("INSERT INTO t VALUES (zeroblob(9999))")
    small.close()


@contextmanager
def no_room():
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (4096, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


# PostgreSQL alone


def test_a_copy_that_lacks_rows_is_none(full_postgresql_url, tools, tmp_path):
    folder = tmp_path / "tools"
    a_tool(folder, "pg_dump", f'exec {tools}/pg_dump --exclude-table-data=audit "$@"')
    a_tool(folder, "pg_restore", f'exec {tools}/pg_restore "$@"')
    with pytest.raises(StorageError, match=r"^\S+ does not hold what the database holds; try again\.$"):
        backup(full_postgresql_url, tmp_path / "saved", programs=folder)
    assert [one.name for one in tmp_path.iterdir()] == ["tools"]


def test_half_a_copy_changes_nothing(full_postgresql_url, tools, tmp_path, new_postgresql):
    path = tmp_path / "saved"
    backup(full_postgresql_url, path, programs=tools)
    before = contents(full_postgresql_url)
    path.write_bytes(path.read_bytes()[: path.stat().st_size * 2 // 3])
    with pytest.raises(StorageError, match=r"^pg_restore did not do its work: .+\.$"):
        restore(full_postgresql_url, path, force=True, programs=tools)
    assert contents(full_postgresql_url) == before
    (tmp_path / "picture").write_bytes(b"GIF89a" * 1000)
    with pytest.raises(StorageError, match=r"^\S+ is damaged, or no backup at all\.$"):
        restore(full_postgresql_url, tmp_path / "picture", force=True, programs=tools)


def test_a_copy_of_before_replaces_tables_that_came_later(tools, tmp_path, new_postgresql):
    """A table that the copy does not know would stand in the way of the next upgrade."""
    before, later = new_postgresql("template1"), new_postgresql("migrated")
    make_at(before, "0011")
    path = tmp_path / "saved"
    backup(before, path, programs=tools)
    restore(later, path, programs=tools)
    upgrade(later)
    require_current(later)


def test_what_the_tools_refuse_is_told_in_a_sentence(full_postgresql_url, tools, tmp_path):
    old = tmp_path / "old"
    a_tool(old, "pg_dump", "echo 'pg_dump: error: server version mismatch' >&2; exit 1")
    for folder, sentence in (
        (tmp_path, r"^There is no pg_dump in \S+: install the client of PostgreSQL, or name its folder as programs"),
        (old, r"^pg_dump did not do its work: server version mismatch\.$"),
    ):
        with pytest.raises(StorageError, match=sentence):
            backup(full_postgresql_url, tmp_path / "saved", programs=folder)
    assert not (tmp_path / "saved").exists()


def a_tool(folder: Path, name: str, script: str) -> None:
    """A program that an operator may have on the machine."""
    folder.mkdir(exist_ok=True)
    tool = folder / name
    tool.write_text(f"#!/bin/sh\n{script}\n")
    tool.chmod(0o755)


def test_a_password_stands_in_no_argument():
    for url in ("postgresql://ana:geslo@host/moja", "postgresql://ana@/moja?host=/run&password=geslo"):
        assert "geslo" not in postgresql_copies._named(read_url(url))
