"""What one answer costs, as counts: what makes the path of a tap longer is seen here."""

import pytest
from plugins.at_the_desk import say, tap
from sqlalchemy import Engine, event

pytestmark = pytest.mark.both_databases

BREZICE = "brezice-racunalnik"
NOT_COUNTED = ("BEGIN", "SAVEPOINT", "RELEASE", "PRAGMA", "COMMIT", "ROLLBACK")
A_TAP = [
    "SELECT",  # the chat, locked
    "INSERT",  # the mark of the update
    "SELECT",  # the run, locked, with where it belongs
    "SELECT",  # its answers
    "INSERT",  # the answer
    "UPDATE",  # the revision of the run
    "INSERT",  # what the chat shall show
]


class Counted:
    """The statements of the units that the bot writes, in their order."""

    def __init__(self):
        self.statements = []

    def hears(self, connection, _cursor, statement, *_):
        if not statement.lstrip().upper().startswith(NOT_COUNTED):
            self.statements.append((id(connection.connection.dbapi_connection), " ".join(statement.split())))


@pytest.fixture
def counted():
    counter = Counted()
    event.listen(Engine, "before_cursor_execute", counter.hears)
    yield counter
    event.remove(Engine, "before_cursor_execute", counter.hears)


async def joined(village):
    enrolled = await village.enrol(await village.cohort(BREZICE, name="Pomlad"))
    person = village.simulator.person("Marija")
    await person.follows(village.link(enrolled.token))
    await person.settles()
    await tap(person, "Da")
    await tap(person, person.buttons[0])
    return person


def of_the_unit(statements):
    """The verbs from the mark of the update to the chat's turn: what else the bot does meanwhile is not of the tap."""
    line = next(line for line, one in statements if "INTO handled_update" in one)
    unit = [one for on, one in statements if on == line]
    marked = next(place for place, one in enumerate(unit) if "INTO handled_update" in one)
    turned = next(place for place, one in enumerate(unit) if "INTO chat" in one)
    return [one.partition(" ")[0] for one in unit[marked - 1 : turned + 1]]


async def test_an_answer_by_button(village, counted):
    person = await joined(village)
    counted.statements.clear()
    await tap(person, person.buttons[0])
    assert of_the_unit(counted.statements) == A_TAP


async def test_an_answer_in_words(village, counted):
    person = await joined(village)
    counted.statements.clear()
    await say(person, "2")
    assert of_the_unit(counted.statements) == A_TAP
