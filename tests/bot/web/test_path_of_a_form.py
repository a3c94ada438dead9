"""What one card in the browser costs, as counts: what makes it longer is seen here."""

import re

import pytest
from sqlalchemy import Engine, event

NOT_COUNTED = ("BEGIN", "SAVEPOINT", "RELEASE", "PRAGMA", "COMMIT", "ROLLBACK")
WRITTEN = [  # in one transaction
    "SELECT web_session",  # whose browser it is
    "SELECT chat",  # locked
    "INSERT handled_update",  # the mark of the form
    "SELECT run",  # locked, with where it belongs
    "SELECT answer",
    "INSERT answer",
    "UPDATE run",  # its revision
    "INSERT chat",  # what it shall show, and does
    "DELETE web_message",  # what stood beside the card before
    "INSERT web_message",  # »Shranjeno«
]
BESIDE = [  # the page that comes then, in the same transaction
    "SELECT EXISTS",  # whether somebody takes part here, or has a role
    "SELECT web_message",  # what stands beside the card
]
READ = ["SELECT web_session"]  # whose browser it is, with whether anything has come in between
DRAWN = [  # where it has, at one moment
    "SELECT chat",
    "SELECT run",  # whether it may be seen
    "SELECT run",
    "SELECT answer",
    "SELECT EXISTS",
    "SELECT web_session",
    "SELECT web_message",
]
TABLE = re.compile(r"(SELECT|INSERT INTO|UPDATE|DELETE FROM) (\w+)")


@pytest.fixture
def counted():
    statements = []

    def hears(connection, _cursor, statement, *_):
        if not statement.lstrip().upper().startswith(NOT_COUNTED):
            statements.append((id(connection.connection.dbapi_connection), " ".join(statement.split())))

    event.listen(Engine, "before_cursor_execute", hears)
    yield statements
    event.remove(Engine, "before_cursor_execute", hears)


async def asked(village):
    """Somebody at the first question."""
    person = village.surfer()
    await person.joins(village.link((await village.enrol(await village.cohort("brezice-racunalnik"))).token))
    await person.presses("Da")
    await person.presses("Shrani", pin="4071")
    return person


def units(counted):
    """What was done on each connection, the first one first."""
    found = {}
    for line, one in counted:
        found.setdefault(line, []).append(of(one))
    return list(found.values())


async def test_an_answer_with_a_script(web_village, counted):
    person = await asked(web_village)
    person.client.headers["X-Card"] = "1"
    counted.clear()
    await person.presses(person.buttons[0])
    assert person.question.startswith("2 od 8")
    assert units(counted) == [WRITTEN + BESIDE]


async def test_an_answer_without_a_script(web_village, counted):
    person = await asked(web_village)
    counted.clear()
    await person.presses(person.buttons[0])
    assert person.question.startswith("2 od 8")
    assert units(counted) == [WRITTEN + BESIDE, READ]


async def test_a_page_that_is_loaded_anew(web_village, counted):
    person = await asked(web_village)
    counted.clear()
    await person.opens("/")
    assert person.question.startswith("1 od 8")
    assert units(counted) == [DRAWN]


def of(statement):
    """What a statement does, with which table."""
    does, table = TABLE.match(statement).groups()
    return f"{does.split()[0]} {table}"
