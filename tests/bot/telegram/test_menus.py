"""Menus follow roles, and what a visit makes due does not wait for the clock."""

from functools import partial

from plugins.at_the_desk import say, tap

from bot.texts import english
from bot.texts import staff as texts
from bot.texts.slovene import participant
from storage import staff
from storage.schema import Role


def menus(village):
    """The names of the commands by chat; None is everybody, a language whoever has a phone in it."""
    found = {}
    for request in village.simulator.requests:
        if request.method == "setMyCommands":
            chat = request.params.get("language_code") or request.params.get("scope", {}).get("chat_id")
            found[chat] = [command["command"] for command in request.params["commands"]]
    return found


def names(commands):
    return [name for name, _ in commands]


async def test_everybody_gets_the_participants_menu_and_staff_the_one_of_their_role(village):
    librarian = await village.librarian("brezice-racunalnik")
    await librarian.waits(lambda: librarian.id in menus(village))
    assert menus(village) == {
        None: names(participant.COMMANDS),
        "en": names(english.participant.COMMANDS),
        librarian.id: names(texts.COMMANDS[Role.LIBRARIAN]),
    }


async def test_who_is_no_longer_staff_gets_the_participants_menu_again(village):
    librarian = await village.librarian("brezice-racunalnik")
    await librarian.waits(lambda: librarian.id in menus(village))
    member = await village.services.database.read(staff.listing)
    await village.services.database.write(
        partial(staff.remove, staff_id=member[0].id, now=village.clock(), actor="operator")
    )
    await village.coordinator("kamnik-slovenscina")  # whose arrival makes the bot look
    await librarian.waits(lambda: menus(village)[librarian.id] == names(participant.COMMANDS))


async def test_a_report_that_was_asked_for_comes_at_once_in_its_order_and_the_card_says_so(village):
    coordinator = await village.coordinator("brezice-racunalnik")
    await say(coordinator, "/ucinek")
    await tap(coordinator, "Učinek programa")
    await tap(coordinator, "Besedilo in slika")
    await coordinator.waits(lambda: any("Pripravljeno." in message.text for message in coordinator.messages))
    parts = [message.media and message.media.kind for message in coordinator.messages if message.protect_content]
    assert parts == [None, "photo"]
    assert [message for message in coordinator.messages if "Pripravljamo" in message.text] == []
