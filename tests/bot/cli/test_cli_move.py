"""`db move` as an operator types it: there and back, killed in the middle, and what works on the other side."""

from datetime import UTC, datetime
from functools import partial

import pytest
from sqlalchemy import func, insert, select
from sqlalchemy.exc import DBAPIError

from bot.runtime.exit_codes import ExitCode
from storage import access_links
from storage.access_links import Invitation
from storage.engine.engines import read_url, transaction
from storage.engine.errors import StorageError
from storage.schema import audit, metadata
from tests.plugins.halting import Halting

SLUG = "brezice-racunalnik"
MANY = 1_600  # rows of the audit: four batches


def configure(operator, url):
    """Write the address of another database into the configuration."""
    config = operator.folder / "config.toml"
    content = config.read_text().partition("[database]")[0]
    config.write_text(f'{content}[database]\nurl = "{url}"\n')


def number_of(url, table):
    with transaction(read_url(url), query_only=True) as connection:
        return connection.scalar(select(func.count()).select_from(table))


def found(operator, token):
    return operator.services.database.read_now(partial(access_links.look, token=token, now=datetime.now(UTC)))


@pytest.fixture
def empty(new_postgresql):
    """The address of a PostgreSQL database without tables."""
    return new_postgresql("template1")


def test_there_and_back_every_link_opens_and_people_are_enrolled(operator, group, empty):
    people = operator.gets("enrol", group, "--count", "2", "--json")
    staff = operator.gets("staff", "invite", "--role", "librarian", "--library", "BRE", "--json")
    tokens = [one["link"].partition("start=")[2] for one in (*people, staff)]
    for url in (empty, "sqlite:///back.db"):
        told = operator.types("db", "move", "--to", url)
        assert " rows move from " in told
        assert told.endswith(" Stop every bot, then add --yes.\n")
        told = operator.types("db", "move", "--to", url, "--yes")
        assert "which the program does not open any more. Now write the address" in told
        for command in (("cohort", "list"), ("db", "upgrade"), ("enrol", group, "--count", "1")):
            assert " has moved to " in operator.is_told(*command)
        assert " has moved to " in operator.types("db", "status")
        configure(operator, url)
        assert all(isinstance(found(operator, token), Invitation) for token in tokens)
        assert [one["name"] for one in operator.gets("cohort", "list", "--json")] == ["Jesen"]
        [another] = operator.gets("enrol", group, "--count", "1", "--json")
        tokens.append(another["link"].partition("start=")[2])
    assert len(set(tokens)) == 5


def test_what_is_wrong_with_the_address_is_told(operator, group, empty):
    for given, sentence in (
        (("--to", "mysql://here/there"), "--to: the database is either sqlite:///… or postgresql://…"),
        ((), "Say where to with --to, such as: --to postgresql://user@host/name"),
    ):
        operator.types("db", "move", *given, status=ExitCode.USAGE)
        assert operator.told.strip() == sentence
    not_moved = f"The database {operator.folder / 'povezujejo.db'} is not being moved."
    assert operator.is_told("db", "move", "--cancel") == not_moved
    assert "does not exist" in operator.is_told("db", "move", "--to", empty.replace("/test_", "/nowhere_"))


@pytest.mark.parametrize("to", ["postgresql", "sqlite"])
async def test_killed_in_the_middle_it_goes_on_from_there(operator, full_sqlite_url, full_postgresql_url, request, to):
    source, target = full_sqlite_url, "sqlite:///moved.db"
    if to == "postgresql":
        target = request.getfixturevalue("empty")
    else:
        source = full_postgresql_url
        configure(operator, source)
    with transaction(read_url(source)) as connection:
        connection.execute(
            insert(audit).values(
                [
                    {"at": datetime.now(UTC), "actor": "staff:1", "action": "look", "subject": str(one)}
                    for one in range(MANY)
                ]
            )
        )
    there = target if to == "postgresql" else f"sqlite:///{operator.folder}/moved.db"
    expected = {name: number_of(source, table) for name, table in metadata.tables.items()}

    def some_are_there():
        try:
            return 0 < number_of(there, audit) < expected["audit"]
        except (StorageError, DBAPIError):  # no tables yet
            return False

    await Halting(operator.folder, "db", "move", "--to", target, "--yes", room=60).killed(lambda _: some_are_there())
    assert 0 < number_of(there, audit) < expected["audit"]
    assert " is being moved to " in operator.is_told("cohort", "list")
    configure(operator, target)
    assert " is not whole yet: it is being moved here from " in operator.is_told("cohort", "list")
    configure(operator, source)
    assert "Some of them are there already, from a move that was cut off." in operator.types(
        "db", "move", "--to", target
    )
    operator.types("db", "move", "--to", target, "--yes")
    assert {name: number_of(there, table) for name, table in metadata.tables.items()} == expected
