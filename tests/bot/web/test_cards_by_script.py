"""What comes after a form is the very card that stands there, for who is still there: at once for a script, which puts
it in its place, and else on the page to which the form leads.
"""

import asyncio
import copy
import random
from functools import partial

import pytest
from lxml import html
from plugins.web_desk import without_telegram
from sqlalchemy import delete, insert, select, update

from bot.actions import participant as actions
from bot.actions.participant import Right
from bot.web.next_pages import NextPages
from storage import staff
from storage.schema import Role, chat, handled_update, web_message, web_session

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


async def walks(surfer, seed, *, by_script=True):
    chance = random.Random(seed)
    surfer.client.headers.update({"X-Card": "1"} if by_script else {})
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


async def test_a_form_without_a_script_leads_to_what_stands_there(web_village):
    await walks(await joined(web_village), 5, by_script=False)


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


CHANGES = {
    "another card": update(chat).values(wanted=chat.c.wanted + 1, view="home:"),
    "something said": insert(web_message).from_select(
        ["chat", "text_sealed", "said_at"], select(web_message.c.chat, web_message.c.text_sealed, web_message.c.said_at)
    ),
    "an end": delete(web_session),
}


@pytest.mark.both_databases
@pytest.mark.parametrize("change", CHANGES)
async def test_what_comes_between_a_form_and_its_page_is_on_it(web_village, change):
    person = await joined(web_village)
    (button,) = person.page.xpath("(//button[@name='action'])[1]")
    action, data = person.form(button)
    (await person.client.post(action, data=data, allow_redirects=False)).close()
    await elsewhere(web_village, CHANGES[change])
    await person.opens("/")
    first = standing(person)
    await person.opens("/")
    assert first == standing(person)
    assert "2 od 8" not in person.text or person.page.xpath("//*[@id='files']")


async def test_a_page_that_a_form_has_led_to_is_kept_for_one_look_and_a_moment():
    pages = NextPages(seconds=0.05, most=2)
    for token in ("a", "b", "c"):
        pages.keep(token, [token])
    pages.keep("a", ["a", "later"])
    assert [pages.take(one) for one in ("a", "a", "c")] == [["a", "later"], None, None]
    await asyncio.sleep(0.03)
    pages.keep("a", ["a", "anew"])
    await asyncio.sleep(0.03)
    assert [pages.take(one) for one in ("b", "a")] == [None, ["a", "anew"]]
