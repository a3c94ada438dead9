"""A script gets the next card in the answer to its form: the very card that stands there, for who is still there."""

import copy
import random
from functools import partial

import pytest
from lxml import html
from plugins.web_desk import without_telegram
from sqlalchemy import delete, select, update

from bot.actions import participant as actions
from bot.actions.participant import Right
from storage import staff
from storage.schema import Role, chat, handled_update, web_session

BREZICE = "brezice-racunalnik"
STEPS = 60
WORDS = ("1", "3", "ne vem", "-4", "Zdaj pišem <vnukom> & drugim.", "da", "hvala lepa")
ENDINGS = (
    *(actions.erase_everything.name, actions.stop_messages.name),
    *(actions.choose_person(what, 0).removesuffix("0") for what in (Right.ERASE, Right.STOP)),
)  # after which there is no card


def standing(surfer):
    """What is on the page, but for the number that each page draws anew."""
    main = copy.deepcopy(surfer.page.get_element_by_id("main"))
    for one in main.xpath(".//input[@name='nonce']"):
        one.set("value", "")
    return html.tostring(main, encoding="unicode")


async def joined(village, slug=BREZICE, name="Pomlad"):
    person = village.surfer()
    await person.joins(village.link((await village.enrol(await village.cohort(slug, name=name))).token))
    await person.presses("Da")
    await person.presses("Shrani", pin="4071")
    return person


async def does_anything(surfer, chance):
    """One thing at random: a button of the card, a command, or words."""
    buttons = [one for one in surfer.page.xpath("//button[@name='action']") if not one.get("value").startswith(ENDINGS)]
    fields = surfer.page.xpath("//*[@id='words']")
    ways = [*buttons, *buttons, *fields, *fields, *surfer.page.xpath("//nav//button[@name='command']")[:4]]
    chosen = chance.choice(ways)
    if chosen in fields:
        (button,) = chosen.getparent().xpath("./button")
        await surfer._sends(button, words=chance.choice(WORDS))
    else:
        await surfer._sends(chosen)


async def walks(surfer, seed):
    chance, surfer.client.headers["X-Card"] = random.Random(seed), "1"
    for _ in range(STEPS):
        await does_anything(surfer, chance)
        answered = standing(surfer)
        await surfer.opens("/")
        assert answered == standing(surfer)


@pytest.mark.parametrize(
    ("slug", "seed"), [(BREZICE, 1), (BREZICE, 2), ("kamnik-slovenscina", 3), ("ljutomer-branje", 4)]
)
async def test_a_participant_gets_what_stands_there(web_village, slug, seed):
    await walks(await joined(web_village, slug), seed)


@pytest.mark.parametrize(("role", "seed"), [(Role.LIBRARIAN, 1), (Role.LIBRARIAN, 2), (Role.COORDINATOR, 3)])
async def test_staff_get_what_stands_there(web_village, role, seed):
    for name in ("Pomlad", "Jesen"):
        await web_village.enrol(await web_village.cohort(BREZICE, name=name))
    await walks(await without_telegram(web_village, role, web_village.programme(BREZICE).code), seed)


async def elsewhere(village, statement):
    """Another process changes what this one has read a moment ago."""
    await village.services.database.write(lambda connection: connection.execute(statement) and None)


async def handled(village):
    """How many forms of each chat were taken, by what the chats shall show."""
    rows = select(chat.c.chat, chat.c.wanted)
    return await village.services.database.read(
        lambda c: (len(c.execute(select(handled_update)).all()), {one.chat: one.wanted for one in c.execute(rows)})
    )


@pytest.mark.both_databases
@pytest.mark.parametrize("by_script", [True, False])
async def test_a_session_that_has_just_ended_takes_nothing(web_village, by_script):
    person = await joined(web_village)
    person.client.headers.update({"X-Card": "1"} if by_script else {})
    await person.presses(person.buttons[0])
    before = await handled(web_village)
    await elsewhere(web_village, update(web_session).values(expires_at=web_village.clock()))
    await person.presses(person.buttons[0])
    assert "Odprite povezavo s svoje kartice" in person.text
    assert await handled(web_village) == before


async def test_what_was_typed_where_the_session_has_just_ended_is_given_back(web_village):
    person = await joined(web_village)
    while not person.page.xpath("//*[@id='words']"):
        await person.presses(person.buttons[0])
    await elsewhere(web_village, delete(web_session))
    await person.types("Zdaj pišem vnukom.")
    assert (person.status, "Zdaj pišem vnukom." in person.text) == (403, True)


async def test_whose_role_has_just_ended_does_nothing_more(web_village):
    desk = await without_telegram(web_village, Role.LIBRARIAN, web_village.programme(BREZICE).code)
    await desk.commands("skupine")
    before = await handled(web_village)
    (member,) = await web_village.services.database.read(staff.listing)
    end = partial(staff.remove, staff_id=member.id, now=web_village.clock(), actor="operator")
    await web_village.services.database.write(end)
    await desk.commands("koledar")
    assert "Odprite povezavo s svoje kartice" in desk.text
    assert await handled(web_village) == before


@pytest.mark.parametrize("by_script", [True, False])
async def test_a_session_that_shows_another_chat_by_now_asks_for_that_one(web_village, by_script):
    first, _ = await joined(web_village), await joined(web_village, name="Jesen")
    first.client.headers.update({"X-Card": "1"} if by_script else {})
    await first.presses(first.buttons[0])
    taken, wanted = await handled(web_village)
    other, own = sorted(wanted, key=wanted.get)
    await elsewhere(web_village, update(web_session).where(web_session.c.chat == own).values(chat=other))
    await first.presses(first.buttons[0])
    assert "Ta gumb tukaj ne velja." in first.text
    assert await handled(web_village) == (taken + 1, {other: wanted[other] + 1, own: wanted[own]})
