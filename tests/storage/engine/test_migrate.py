import re
import stat
from multiprocessing import get_context

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import (
    CheckConstraint,
    Column,
    DefaultClause,
    Engine,
    ForeignKeyConstraint,
    Integer,
    MetaData,
    String,
    Table,
    UniqueConstraint,
    event,
    inspect,
    text,
)

from storage.engine import fingerprint, version
from storage.engine.database import Database
from storage.engine.engines import read_url, sqlite_path, transaction
from storage.engine.errors import StorageError, Trouble, Unavailable
from storage.engine.migrate import migrating, upgrade
from storage.engine.version import MIGRATIONS, Status, require_current, status, status_at
from storage.schema import metadata

HEAD = status_at(None).head
SET_VERSION = text("UPDATE alembic_version SET version_num = :version")


def set_version(url, version):
    with transaction(read_url(url)) as connection:
        connection.execute(SET_VERSION, {"version": version})


def tables_in(url):
    with transaction(read_url(url), query_only=True) as connection:
        return sorted(inspect(connection).get_table_names())


def everything_in(url):
    """Every table, column, constraint and index with its name, as the database itself describes them."""
    with transaction(read_url(url), query_only=True) as connection:
        describe = {"sqlite": described_by_sqlite, "postgresql": described_by_postgresql}[connection.dialect.name]
        return {name: parts for name, parts in describe(connection) if "alembic_version" not in name}


def described_by_sqlite(connection):
    for name, sql in connection.exec_driver_sql("SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL"):
        plain = re.sub(r"DEFAULT \(([^()]*)\)", r"DEFAULT \1", re.sub(r"\s+", " ", sql))
        head, _, body = plain.partition("(")
        head = head.strip().replace('"', "")  # SQLite quotes the name of a table that was written anew
        yield name, (head, sorted(part.strip(" )") for part in body.split(", ")))


def described_by_postgresql(connection):
    columns = "table_name, column_name, data_type, character_maximum_length, is_nullable, column_default"
    constraints = "conrelid::regclass, conname, pg_get_constraintdef(oid)"
    for query in (
        f"SELECT {columns} FROM information_schema.columns WHERE table_schema = 'public'",
        f"SELECT {constraints} FROM pg_constraint WHERE connamespace = 'public'::regnamespace",
        "SELECT tablename, indexname, indexdef FROM pg_indexes WHERE schemaname = 'public'",
    ):
        for table, name, *rest in connection.exec_driver_sql(query):
            yield f"{table}.{name}", rest


def test_the_migrations_make_just_what_the_schema_says(new_empty):
    by_migrations, by_schema = new_empty(), new_empty()
    upgrade(by_migrations)
    if by_schema.startswith("sqlite"):
        sqlite_path(read_url(by_schema)).touch()
    with transaction(read_url(by_schema)) as connection:
        metadata.create_all(connection)
    assert everything_in(by_migrations) == everything_in(by_schema)
    assert any("one_answer" in str(part) for part in everything_in(by_schema).items())


def test_alembic_finds_nothing_to_do(database_url):
    with transaction(read_url(database_url), query_only=True) as connection:
        assert compare_metadata(MigrationContext.configure(connection), metadata) == []


def test_every_step_goes_up_and_down_and_up_again(empty_url):
    scripts = list(ScriptDirectory(str(MIGRATIONS)).walk_revisions())[::-1]
    upgrade(empty_url)
    with migrating(read_url(empty_url)) as config:
        command.downgrade(config, "base")
    assert tables_in(empty_url) == ["alembic_version"]
    for script in scripts:
        for step, goal in (
            (command.upgrade, script.revision),
            (command.downgrade, script.down_revision or "base"),
            (command.upgrade, script.revision),
        ):
            with migrating(read_url(empty_url)) as config:
                step(config, goal)
    assert status(empty_url) == Status(HEAD, HEAD, known=True)


def test_there_is_one_newest_version_and_upgrading_twice_changes_nothing(empty_url):
    assert [upgrade(empty_url), upgrade(empty_url)] == [Status(HEAD, HEAD, known=True)] * 2
    assert tables_in(empty_url) == sorted([*metadata.tables, "alembic_version"])


def test_the_status_of_nothing_is_told_and_nothing_is_created(empty_url):
    assert status(empty_url) == Status(None, HEAD, known=True)
    if empty_url.startswith("sqlite"):
        assert not sqlite_path(read_url(empty_url)).exists()


def test_a_database_without_tables_names_the_command(empty_url):
    with pytest.raises(
        StorageError, match=r"^(There is no database at|The database .* has no tables\.) .* run: povezujejo db upgrade$"
    ):
        require_current(empty_url)


def test_an_outdated_database_names_the_command(database_url, monkeypatch):
    monkeypatch.setattr(version, "status", lambda _: Status("0000", HEAD, known=True))
    sentence = rf"^The database .* has version 0000, and version {HEAD} is needed\. .*run: povezujejo db upgrade$"
    with pytest.raises(StorageError, match=sentence):
        require_current(database_url)


def test_a_database_of_a_newer_program_is_left_alone(database_url):
    set_version(database_url, "9999")
    for refused in (require_current, Database.open_current, upgrade):
        with pytest.raises(
            StorageError, match=r"^The database .* was made by a newer povezujejo \(version 9999 .*\)\."
        ):
            refused(database_url)
    assert status(database_url) == Status("9999", HEAD, known=False)


def of_another_history(url, folder):
    """A database whose program had another newest revision under the same number: one table had a column more."""
    for path in (MIGRATIONS / "versions").glob("*.py"):
        said = path.read_text()
        if path.name.startswith(HEAD):
            more = "    op.add_column('library', sa.Column('more', sa.Integer()))\n"
            said = said.replace("def upgrade() -> None:\n", f"def upgrade() -> None:\n{more}")
        (folder / path.name).write_text(said)
    if url.startswith("sqlite"):
        sqlite_path(read_url(url)).touch()
    with migrating(read_url(url)) as config:
        config.set_main_option("version_locations", str(folder))
        command.upgrade(config, "head")
        connection = config.attributes["connection"]
        theirs = MetaData()
        theirs.reflect(connection, only=lambda name, _: name != "alembic_version")
        fingerprint.keep(connection, theirs)


def test_a_database_of_another_history_is_refused_in_a_sentence_that_says_what_to_do(empty_url, tmp_path):
    of_another_history(empty_url, tmp_path)
    before = everything_in(empty_url)
    sentence = (
        rf"^The database .* has version {HEAD}, but a program of another history, .* \(library\); nothing was changed\."
        r" Put a backup .* \(povezujejo restore\), or begin with an empty database\.$"
    )
    for refused in (require_current, Database.open_current, upgrade):
        with pytest.raises(StorageError, match=sentence):
            refused(empty_url)
    assert status(empty_url) == Status(HEAD, HEAD, known=True, differing=("library",))
    assert everything_in(empty_url) == before


def test_an_older_database_of_another_history_is_refused_by_the_upgrade_and_stays_as_it_was(empty_url):
    older = migrated_to(empty_url, "0001")
    with transaction(read_url(empty_url)) as connection:
        connection.exec_driver_sql("ALTER TABLE library ADD COLUMN more INTEGER")
    before = everything_in(empty_url)
    with pytest.raises(
        StorageError, match=r"^The database .* has version 0001, but .* \(library\); nothing was changed"
    ):
        upgrade(empty_url)
    assert (status(empty_url), everything_in(empty_url)) == (older, before)


def test_a_step_that_does_not_fit_the_tables_is_told_in_a_sentence_and_changes_nothing(empty_url):
    older = migrated_to(empty_url, "0001")
    with transaction(read_url(empty_url)) as connection:
        connection.exec_driver_sql("CREATE TABLE call_request (id INTEGER)")
    before = everything_in(empty_url)
    sentence = (
        rf"^The database .* cannot be brought to version {HEAD}: .*call_request.*; nothing was changed\. .*restore"
    )
    with pytest.raises(StorageError, match=sentence):
        upgrade(empty_url)
    assert (status(empty_url), everything_in(empty_url)) == (older, before)


@pytest.fixture
def no_room():
    """A function after which no database may become larger than the one of an address is."""
    limits = []

    def begin(url):
        with transaction(read_url(url), query_only=True) as connection:
            pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
        limits.append(lambda connection, _: connection.execute(f"PRAGMA max_page_count = {pages}"))
        event.listen(Engine, "connect", limits[0])

    yield begin
    event.remove(Engine, "connect", limits[0])


def test_a_full_disk_under_an_upgrade_is_told_as_one_and_not_as_a_step_that_does_not_fit(tmp_path, no_room):
    url = f"sqlite:///{tmp_path}/small.db"
    older = migrated_to(url, "0001")
    no_room(url)
    with pytest.raises(Unavailable) as full:
        upgrade(url)
    assert (full.value.trouble, status(url)) == (Trouble.FULL, older)


def test_the_newest_version_and_every_other_are_those_of_alembic():
    scripts = ScriptDirectory(str(MIGRATIONS))
    assert scripts.get_heads() == [HEAD]
    assert version._revisions() == (HEAD, frozenset(one.revision for one in scripts.walk_revisions()))


def migrated_to(url, revision):
    """An empty database at one revision, as a program made it that kept no hash."""
    if url.startswith("sqlite"):
        sqlite_path(read_url(url)).touch()
    with migrating(read_url(url)) as config:
        command.upgrade(config, revision)
    return status(url)


def test_a_database_without_a_hash_is_looked_at_and_gets_one_with_the_next_upgrade(empty_url):
    assert migrated_to(empty_url, "head") == Status(HEAD, HEAD, known=True)
    require_current(empty_url)
    assert kept_hash(empty_url) is None
    upgrade(empty_url)
    with transaction(read_url(empty_url), query_only=True) as connection:
        expected = fingerprint.schema_hash(connection.dialect)
    assert kept_hash(empty_url) == expected


def kept_hash(url):
    with transaction(read_url(url), query_only=True) as connection:
        return dict(connection.execute(text("SELECT * FROM alembic_version")).mappings().one()).get("schema_hash")


def test_what_an_operator_adds_beside_our_tables_is_no_other_history(database_url):
    with transaction(read_url(database_url)) as connection:
        connection.exec_driver_sql("CREATE TABLE of_the_operator (id INTEGER)")
        connection.exec_driver_sql("CREATE INDEX of_the_operator_too ON audit (action)")
        connection.exec_driver_sql("UPDATE alembic_version SET schema_hash = NULL")
    require_current(database_url)
    upgrade(database_url)
    require_current(database_url)


OTHERWISE = {
    "a column more": lambda table: table.append_column(Column("more", Integer)),
    "a longer text": lambda table: setattr(table.c.text_version, "type", String(33)),
    "a text in place of a number": lambda table: setattr(table.c.enrolment, "type", String(33)),
    "a number in place of a moment": lambda table: setattr(table.c.given_at, "type", Integer()),
    "what may be missing": lambda table: setattr(table.c.text_version, "nullable", True),
    "what must be there": lambda table: setattr(table.c.withdrawn_at, "nullable", False),
    "another value of a row that says nothing": lambda table: setattr(
        table.c.language, "server_default", DefaultClause("en")
    ),
    "no value of a row that says nothing": lambda table: setattr(table.c.language, "server_default", None),
    "a word more": lambda table: table.append_constraint(CheckConstraint("giver IN ('self')", name="giver")),
    "another check": lambda table: table.append_constraint(CheckConstraint("id > 0", name="positive")),
    "once only": lambda table: table.append_constraint(UniqueConstraint("text_version")),
    "a reference": lambda table: table.append_constraint(ForeignKeyConstraint(["language"], ["library.code"])),
}


@pytest.mark.parametrize("otherwise", OTHERWISE)
def test_whatever_a_table_has_otherwise_is_seen_and_has_another_hash(database_url, otherwise):
    schema = MetaData(naming_convention=metadata.naming_convention)
    for table in metadata.sorted_tables:
        table.to_metadata(schema)
    with transaction(read_url(database_url), query_only=True) as connection:
        assert fingerprint.look(connection, schema) == ()
        assert fingerprint.schema_hash(connection.dialect, schema) == fingerprint.schema_hash(connection.dialect)
        OTHERWISE[otherwise](schema.tables["consent"])
        assert fingerprint.look(connection, schema) == ("consent",)
        assert fingerprint.schema_hash(connection.dialect, schema) != fingerprint.schema_hash(connection.dialect)


def test_a_table_that_is_missing_is_seen(database_url):
    schema = MetaData()
    Table("wished_for", schema, Column("id", Integer, primary_key=True))
    with transaction(read_url(database_url), query_only=True) as connection:
        assert fingerprint.differing(connection, schema) == ("wished_for",)


def test_a_new_file_can_be_read_by_its_owner_alone(tmp_path):
    path = tmp_path / "new" / "folder" / "povezujejo.db"
    url = f"sqlite:///{path}"
    upgrade(url)
    Database.open(url).write_now(lambda connection: connection.exec_driver_sql("SELECT 1").all())
    assert [stat.S_IMODE(file.stat().st_mode) for file in path.parent.iterdir()] == [0o600]


def test_a_file_that_cannot_be_created_is_said_so(tmp_path):
    (tmp_path / "file").touch()
    with pytest.raises(StorageError, match=r"^The database \S+ cannot be created: "):
        upgrade(f"sqlite:///{tmp_path}/file/povezujejo.db")


def test_a_step_that_would_leave_broken_references_changes_nothing(sqlite_url):
    broken = "INSERT INTO programme (slug, library, name) VALUES ('a', 'NIC', 'A')"
    with (
        pytest.raises(StorageError, match="refer to nothing, in: programme"),
        migrating(read_url(sqlite_url)) as config,
    ):
        config.attributes["connection"].exec_driver_sql(broken)
    with transaction(read_url(sqlite_url)) as connection:
        assert connection.exec_driver_sql("SELECT * FROM programme").all() == []


def test_a_step_that_fails_leaves_nothing_half_done(empty_url):
    def fail_at_the_end():
        with migrating(read_url(empty_url)) as config:
            command.upgrade(config, "head")
            raise LookupError

    with pytest.raises(LookupError):
        fail_at_the_end()
    assert tables_in(empty_url) == []


def upgrade_and_tell(url, results):
    results.put(upgrade(url).is_current)


def test_several_that_migrate_at_once_wait_for_each_other(empty_url):
    spawn = get_context("spawn")
    results = spawn.Queue()
    processes = [spawn.Process(target=upgrade_and_tell, args=(empty_url, results)) for _ in range(3)]
    for process in processes:
        process.start()
    assert [results.get(timeout=60) for _ in processes] == [True] * 3
    for process in processes:
        process.join()
    assert tables_in(empty_url) == sorted([*metadata.tables, "alembic_version"])


def test_the_tables_of_another_program_are_not_mixed_with_ours(empty_url):
    with transaction(read_url(empty_url)) as connection:
        connection.exec_driver_sql("CREATE TABLE photos (id integer)")
    for use in (upgrade, require_current):
        with pytest.raises(StorageError, match=r"holds tables of another program \(photos\)\. Name the right one"):
            use(empty_url)
    with transaction(read_url(empty_url)) as connection:
        assert inspect(connection).get_table_names() == ["photos"]
