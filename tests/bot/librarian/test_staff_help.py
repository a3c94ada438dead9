"""/pomoc of staff: topics of the manual by role, where the whole of it is, and whom to ask."""

from dataclasses import replace

import pytest
from plugins.at_the_desk import drawn_again, forge, say, tap

from bot.actions import assistance as actions
from bot.conversation.request import Request
from bot.staff import staff_help
from bot.texts.staff_help import TOPICS
from storage import chats
from storage.schema import Role

BREZICE = "brezice-racunalnik"


@pytest.mark.parametrize(
    ("role", "library", "ask"),
    [
        (Role.LIBRARIAN, "BRE", "Če ne gre, vprašajte koordinatorko ali koordinatorja vaše knjižnice."),
        (Role.COORDINATOR, "BRE", "Če ne gre, vprašajte skrbnika sistema."),
        (Role.NATIONAL, None, "Če ne gre, vprašajte skrbnika sistema."),
    ],
)
async def test_help_says_what_one_may_do_and_whom_to_ask(village, role, library, ask):
    person = await village.staff(role, library)
    card = await say(person, "/pomoc")
    assert card.split("\n\n") == [
        "Pomoč",
        "Izberite, kaj bi radi vedeli.",
        ask,
        "Navodila s slikami dobite pri skrbniku sistema.",
    ]
    assert person.buttons == [*(title for title, _ in TOPICS[role]), "Na začetek"]
    assert await drawn_again(village, person) == (card, person.buttons)
    for title, words in TOPICS[role]:
        assert await tap(person, title) == f"{title}\n\n{words}"
        assert await drawn_again(village, person) == (person.screen.text, ["Druga pomoč", "Na začetek"])
        await tap(person, "Druga pomoč")
    await tap(person, "Na začetek")
    assert person.screen.text.startswith("Pozdravljeni!")


async def test_the_manual_and_whom_to_ask_are_configured(village):
    person = await village.librarian(BREZICE)
    await say(person, "/pomoc")
    staff = {"manual": "https://example.org/navodila", "contact": "Ana Novak, 01 234 56 78"}
    settings = village.services.settings
    settings = settings.model_copy(update={"staff": settings.staff.model_copy(update=staff)})
    services = replace(village.services, settings=settings)
    chat = services.keys.seal_id(person.id)

    def draw(connection):
        assert chats.load(connection, chat).view == "staff_help:"
        return staff_help.draw(Request(connection, services, chat, services.clock()))

    screen = await services.database.read(draw)
    assert screen.text.endswith("vaše knjižnice. Pomoč za osebje: Ana Novak, 01 234 56 78.")
    assert [(one.label, one.link) for row in screen.rows for one in row if one.link] == [
        ("Navodila s slikami", "https://example.org/navodila")
    ]


async def test_help_of_staff_is_not_for_participants(village):
    stranger = village.simulator.person("Tuj")
    await say(stranger, "/pomoc")
    assert stranger.screen.text.startswith("Pomoč\n\n")
    await forge(stranger, actions.show_staff_help())
    assert stranger.screen.text.startswith("To je za knjižničarje in koordinatorje.")
