"""Whether each phone shows what is stored."""

import html
import re

from bot.actions import participant as actions
from bot.conversation.request import Request
from bot.routing import routes
from storage import chats
from tests.simulation.watch import Broken

COMPARED = ("question:", "summary:")


def agree(world):
    """Each phone shows the card that its stored state draws. Raises Broken."""
    with world.engines.watching.connect() as connection:
        for somebody in world.everybody():
            person = somebody.person
            row = chats.load(connection, world.services.keys.seal_id(person.id))
            if row is None or person.account.blocked:
                continue
            _agrees(connection, world, person, row)


def _agrees(connection, world, person, row):
    if row.shown < row.wanted:
        raise Broken("every screen equals its state", f"{row.view} is not shown")
    if not row.view.startswith(COMPARED):
        return
    if world.watch.hands[int(row.view.split(":")[1])] - {person.id}:
        return  # answered on another phone, too: a card that is behind that says so when it is tapped
    how = {"view": row.view, "language": row.language, "aloud": row.aloud}
    drawn = routes.draw(Request(connection, world.services, row.chat, world.clock(), **how), row.view)
    card = next((one for one in reversed(person.messages) if one.by_bot and one.buttons), None)
    if card is not None and card.id in world.watch.unasked and card.id != row.card:
        return  # nobody knows that it arrived, until it is tapped (docs/decisions/uncertain.md)
    wanted = (_body(drawn.text), [button.action for line in drawn.rows for button in line if not _extra(button.action)])
    found = (
        ("", [])
        if card is None
        else (
            card.text,
            [button.data for line in card.buttons for button in line if not _extra(button.data)],
        )
    )
    if wanted[1] and (not found[0].endswith(wanted[0]) or found[1] != wanted[1]):
        raise Broken("every screen equals its state", f"{row.view}: {found} is shown, {wanted} is stored")


def _body(words):
    """What a card says below the notes above it, as it is read."""
    return html.unescape(re.sub(r"</?\w+[^>]*>", "", words.rpartition("</i>\n\n")[2])).strip()


def _extra(action):
    """»Pokličite me« stands below words that were not understood, once."""
    return action is None or actions.ask_for_call.is_name_of(action)
