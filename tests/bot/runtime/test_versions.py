"""A questionnaire that is changed while somebody answers it: the run stays on the version it began with."""

from dataclasses import replace
from functools import partial

from sqlalchemy import select

from bot.actions import participant as actions
from bot.conversation.arrivals import Arrival, Typed
from bot.participant import home, joining
from bot.routing.handling import handle_once
from storage.schema import run

BREZICE = "brezice-racunalnik"


def reworded(services):
    """The same house after an operator has changed the wording of every question and taken out the last."""
    programme = services.programmes[BREZICE]
    changed = tuple(
        one.model_copy(
            update={"items": tuple(item.model_copy(update={"text": f"Novo: {item.text}"}) for item in one.items[:-1])}
        )
        for one in programme.questionnaires
    )
    return replace(
        services, programmes={**services.programmes, BREZICE: programme.model_copy(update={"questionnaires": changed})}
    )


async def request(village, services, person, update, step):
    """One visit of a person in this house, as the bot's dispatch makes it."""
    arrival = Arrival(services.keys.seal_id(person.id), "telegram", str(update), village.clock(), Typed(""))
    return await services.database.write(partial(handle_once, services=services, arrival=arrival, step=step))


async def joins(village, services, name, update):
    """What somebody new sees first in this house."""
    enrolled = await village.enrol(await village.cohort(BREZICE, name=f"Skupina {name}"))
    person = village.simulator.person(name)
    turn = await request(
        village, services, person, update, lambda at: joining.accept(at, enrolled.token, actions.Consenting.SELF)
    )
    return person, turn.reply.card.text


async def test_a_run_stays_on_its_version_and_a_new_one_takes_the_new(village):
    services = village.services
    marija, first = await joins(village, services, "Marija", 1)
    assert first.startswith("1 od 8\n\n<b>Kako vam gre delo z računalnikom?</b>")
    changed = reworded(services)
    again = await request(village, changed, marija, 2, home.home)
    assert again.reply.card.text == first
    _, new = await joins(village, changed, "Janez", 3)
    assert new.startswith("1 od 7\n\n<b>Novo: Kako vam gre delo z računalnikom?</b>")
    begun = await services.database.read(lambda c: c.execute(select(run.c.questionnaire)).scalars().all())
    assert len(set(begun)) == 2
