"""A questionnaire that is changed while somebody answers it: the run stays on the version it began with."""

from dataclasses import replace
from functools import partial

import pytest
from sqlalchemy import select

from bot.participant import home, joining
from bot.turns import Arrival, take_turn
from storage.schema import run

BREZICE = "brezice-racunalnik"
pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


def reworded(house):
    """The same house after an operator has changed the wording of every question and taken out the last."""
    programme = house.programmes[BREZICE]
    changed = tuple(
        one.model_copy(
            update={"items": tuple(item.model_copy(update={"text": f"Novo: {item.text}"}) for item in one.items[:-1])}
        )
        for one in programme.questionnaires
    )
    return replace(
        house, programmes={**house.programmes, BREZICE: programme.model_copy(update={"questionnaires": changed})}
    )


async def visit(village, house, person, update, step):
    """One visit of a person in this house, as the bot's dispatch makes it."""
    arrival = Arrival(house.keys.seal_id(person.id), update, village.clock(), typed=True)
    return await house.database.write(partial(take_turn, house=house, arrival=arrival, step=step))


async def joins(village, house, name, update):
    """What somebody new sees first in this house."""
    enrolled = await village.enrol(await village.cohort(BREZICE, name=f"Skupina {name}"))
    person = village.simulator.person(name)
    turn = await visit(village, house, person, update, lambda at: joining.accept(at, enrolled.token, "s"))
    return person, turn.reply.card.text


async def test_a_run_stays_on_its_version_and_a_new_one_takes_the_new(village):
    house = village.house
    marija, first = await joins(village, house, "Marija", 1)
    assert first.startswith("1 od 8\n\n<b>Kako vam gre delo z računalnikom?</b>")
    changed = reworded(house)
    again = await visit(village, changed, marija, 2, lambda at: home.continue_(at, ""))
    assert again.reply.card.text == first
    _, new = await joins(village, changed, "Janez", 3)
    assert new.startswith("1 od 7\n\n<b>Novo: Kako vam gre delo z računalnikom?</b>")
    begun = await house.database.read(lambda c: c.execute(select(run.c.questionnaire)).scalars().all())
    assert len(set(begun)) == 2
