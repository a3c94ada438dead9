"""What one card in the browser costs, as counts: what makes it longer is seen here."""

import re

import pytest
from sqlalchemy import Engine, event

NOT_COUNTED = ("BEGIN", "SAVEPOINT", "RELEASE", "PRAGMA", "COMMIT", "ROLLBACK")
WRITTEN = [  # in one transaction
    "SELECT chat",  # locked
    "INSERT handled_update",  # the mark of the form
    "SELECT run",  # locked, with where it belongs
    "SELECT answer",
    "INSERT answer",
    "UPDATE run",  # its revision
    "INSERT chat",  # what it shall show
    "DELETE web_message",  # what stood beside the card before
    "INSERT web_message",  # »Shranjeno«
    "UPDATE chat",  # it is shown
]
READ = [  # whose browser it is; then the page, at one moment
    "SELECT web_session",
    "SELECT chat",
    "SELECT run",  # whether it may be seen
    "SELECT run",
    "SELECT answer",
    "SELECT staff",
    "SELECT enrolment",
    "SELECT web_message",
    "SELECT web_pin",
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


async def test_an_answer_with_a_script(web_village, counted):
    person = web_village.surfer()
    await person.joins(
        web_village.link((await web_village.enrol(await web_village.cohort("brezice-racunalnik"))).token)
    )
    await person.presses("Da")
    await person.presses("Shrani", pin="4071")
    person.client.headers["X-Card"] = "1"
    counted.clear()
    await person.presses(person.buttons[0])
    assert person.question.startswith("2 od 8")
    writer = next(line for line, one in counted if "INTO handled_update" in one)
    assert [of(one) for line, one in counted if line == writer] == WRITTEN
    assert [of(one) for line, one in counted if line != writer] == READ


def of(statement):
    """What a statement does, with which table."""
    does, table = TABLE.match(statement).groups()
    return f"{does.split()[0]} {table}"
