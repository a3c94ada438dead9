"""Menus follow roles, and what a visit makes due does not wait for the clock."""

from functools import partial

import pytest

from bot.texts import participant
from bot.texts import staff as texts
from storage import staff
from storage.schema import Role

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


def menus(village):
    """The names of the commands by chat; None is everybody."""
    found = {}
    for request in village.simulator.requests:
        if request.method == "setMyCommands":
            chat = request.params.get("scope", {}).get("chat_id")
            found[chat] = [command["command"] for command in request.params["commands"]]
    return found


def names(commands):
    return [name for name, _ in commands]


async def test_everybody_gets_the_participants_menu_and_staff_the_one_of_their_role(village):
    librarian = await village.librarian("brezice-racunalnik")
    await librarian.waits(lambda: librarian.id in menus(village))
    assert menus(village) == {None: names(participant.COMMANDS), librarian.id: names(texts.COMMANDS[Role.LIBRARIAN])}


async def test_who_is_no_longer_staff_gets_the_participants_menu_again(village):
    librarian = await village.librarian("brezice-racunalnik")
    await librarian.waits(lambda: librarian.id in menus(village))
    member = await village.house.database.read(staff.listing)
    await village.house.database.write(
        partial(staff.remove, staff_id=member[0].id, now=village.clock(), actor="operator")
    )
    await village.coordinator("kamnik-slovenscina")  # whose arrival makes the bot look
    await librarian.waits(lambda: menus(village)[librarian.id] == names(participant.COMMANDS))


async def test_a_report_that_was_asked_for_comes_at_once_in_its_order(village):
    coordinator = await village.coordinator("brezice-racunalnik")
    await coordinator.says("/ucinek")
    await coordinator.waits(lambda: sum(message.protect_content for message in coordinator.messages) == 3)
    parts = [message.media and message.media.kind for message in coordinator.messages if message.protect_content]
    assert parts == [None, "photo", "document"]
