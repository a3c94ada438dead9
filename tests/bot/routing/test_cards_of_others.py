"""A card of a person, a group or a library that is on the screen of whoever may not see it (any more) says nothing."""

import pytest
from plugins.crawling import FILES
from plugins.two_libraries import GROUP, NOW, OTHERS, OWN, SAID, TOLD, World, services_in, written

from bot.conversation.declared import ForgedError
from bot.conversation.request import Request
from bot.routing import routes

BY_LINK = {"welcome", "which", "guardian", "moving", "declined", "no_guardian", "understood", "call_before_consent"}
"""Whoever holds the link of somebody who has not joined is that person."""


@pytest.fixture(scope="module")
def seen(migrated_file, tmp_path_factory):
    """What each card, and words and files at it, say to each: by role, table and name of the card."""
    services = services_in(tmp_path_factory.mktemp("others"), migrated_file)
    seen = {}

    def look(connection):
        world = World(connection, services)
        for role in (*OWN, *OTHERS):
            for route in routes.CARDS.values():
                view = written(route.declared, world.known())
                nested = connection.begin_nested()
                request = Request(connection, services, world.chats[role], NOW, view=view)
                seen[role, "drawn", route.name] = told(routes.draw(request, view), world)
                for kind, table, given in (("typed", routes.TYPED, "Ana"), ("sent", routes.SENT, FILES[0])):
                    try:
                        reply = routes.take(table, request, view, given)
                    except (ForgedError, PermissionError):
                        reply = None
                    screens = () if reply is None else (reply.card, *reply.extras)
                    seen[role, kind, route.name] = set().union(*(told(one, world) for one in screens))
                nested.rollback()

    services.database.write_now(look)
    return seen


def told(screen, world):
    """What a card says of the person, their group, and what they said."""
    text = "\n".join((screen.text, *(f"{button.label} {button.action}" for row in screen.rows for button in row)))
    return {words for words in (*world.codes, GROUP, SAID, TOLD) if words in text}


def test_cards_say_nothing_of_people_and_groups_to_whoever_may_not_see_them(seen):
    wrong = {step: words for step, words in seen.items() if step[0] in OTHERS and step[2] not in BY_LINK and words}
    assert wrong == {}


def test_they_say_it_to_those_who_may(seen):
    """Otherwise the test above tries nothing."""
    shown = {name for (role, _, name), words in seen.items() if role in OWN and words}
    assert len(shown) > 40, sorted({name for _, _, name in seen} - shown)
    assert seen["librarian", "drawn", "question"]
