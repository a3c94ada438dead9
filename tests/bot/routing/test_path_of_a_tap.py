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
WITH_HELP = [*A_TAP[:3], "SELECT", *A_TAP[3:]]  # and who helps, once


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
    """From the mark of the update to the chat's turn: what else the bot does meanwhile is not of the tap."""
    line = next(line for line, one in statements if "INTO handled_update" in one)
    unit = [one for on, one in statements if on == line]
    marked = next(place for place, one in enumerate(unit) if "INTO handled_update" in one)
    turned = next(place for place, one in enumerate(unit) if "INTO chat" in one)
    return unit[marked - 1 : turned + 1]


def verbs(statements):
    return [one.partition(" ")[0] for one in of_the_unit(statements)]


async def test_an_answer_by_button(village, counted):
    person = await joined(village)
    counted.statements.clear()
    await tap(person, person.buttons[0])
    assert verbs(counted.statements) == A_TAP


async def test_an_answer_in_words(village, counted):
    person = await joined(village)
    counted.statements.clear()
    await say(person, "2")
    assert verbs(counted.statements) == A_TAP


async def test_an_answer_with_help(village, counted):
    enrolled = await village.enrol(await village.cohort(BREZICE, name="Pomlad"))
    librarian = await village.librarian(BREZICE)
    await say(librarian, f"/udelezenec {enrolled.code}")
    await tap(librarian, "Zapiši privolitev")
    await tap(librarian, "Oseba sama, s podpisom")
    await say(librarian, f"/izpolni {enrolled.code}")
    counted.statements.clear()
    await tap(librarian, librarian.buttons[0])
    assert verbs(counted.statements) == WITH_HELP


async def test_a_card_at_the_desk_asks_once_who_is_here(village, counted):
    await village.cohort(BREZICE, name="Pomlad")
    librarian = await village.librarian(BREZICE)
    await say(librarian, "/skupine")
    counted.statements.clear()
    await tap(librarian, librarian.buttons[0])
    assert librarian.screen.text.startswith("Pomlad")
    assert len([one for one in of_the_unit(counted.statements) if "FROM staff" in one]) == 1
