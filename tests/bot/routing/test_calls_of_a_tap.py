"""What one answer costs in calls of our own functions: times cannot be pinned, and many small calls are slow together.

Who adds a call knowingly writes the new number down; who finds many more has made the path of a tap longer.
"""

import sys
from collections import Counter
from pathlib import Path

import pytest
from plugins.at_the_desk import tap

ROOT = Path(__file__).parents[3]
OURS = tuple(f"{ROOT / name}/" for name in ("bot", "storage", "surveys"))
NOT_COUNTED = (f"{ROOT}/bot/simulator/", f"{ROOT}/bot/delivery/", f"{ROOT}/bot/telegram/intake/polling.py")
INLINED = {"<listcomp>", "<dictcomp>", "<setcomp>"}  # from Python 3.12 on
PROGRAMME = "brezice-racunalnik"
TAPS = 3
UNIT = 569  # of the thread that writes: from the chat that is locked to the chat's turn
LOOP = 208  # of the event loop: from the update to the edited card


class Calls:
    """Calls of functions of ours, by the thread in which they are made; a coroutine counts whenever it goes on."""

    def __init__(self):
        self.of = {"unit": Counter(), "loop": Counter()}

    def hears(self, where):
        def hear(frame, event, _):
            code = frame.f_code
            file = code.co_filename
            if (
                event == "call"
                and file.startswith(OURS)
                and not file.startswith(NOT_COUNTED)
                and code.co_name not in INLINED
            ):
                self.of[where][f"{file.removeprefix(str(ROOT))}:{code.co_name}"] += 1

        return hear


@pytest.fixture
def calls():
    yield Calls()
    sys.setprofile(None)


async def at_the_first_question(village, cohort, name):
    enrolled = await village.enrol(cohort)
    person = village.simulator.person(name)
    await person.follows(village.link(enrolled.token))
    await person.settles()
    await tap(person, "Da")
    await tap(person, person.buttons[0])
    return person


async def answers(person):
    for _ in range(TAPS):
        await tap(person, person.buttons[0])


async def test_an_answer_calls_as_many_functions_as_are_written_down(village, calls):
    cohort = await village.cohort(PROGRAMME)
    for name in ("Marija", "Ana"):  # the first to see a question pays for what is remembered of its words
        person = await at_the_first_question(village, cohort, name)
        if name == "Marija":
            await answers(person)
    await village.services.database.write(lambda _: sys.setprofile(calls.hears("unit")))
    sys.setprofile(calls.hears("loop"))
    await answers(person)
    sys.setprofile(None)
    await village.services.database.write(lambda _: sys.setprofile(None))
    for name, expected in (("unit", UNIT), ("loop", LOOP)):
        found = calls.of[name].total() / TAPS
        assert found == pytest.approx(expected, rel=0.1), calls.of[name].most_common(30)
