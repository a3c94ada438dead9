"""Chats that are behind are drawn again, whatever is wrong with one of them."""

from datetime import timedelta
from functools import partial

from bot.routing.handling import redraw
from bot.runtime.services import wall_clock
from storage import chats


async def test_a_view_that_cannot_be_drawn_leads_home_and_stops_no_other(services):
    now, bad, good = wall_clock(), services.keys.seal_id(1), services.keys.seal_id(2)
    for chat, view in ((bad, "question:not-a-number:x"), (good, "privacy:")):
        await services.database.write(partial(chats.show_next, chat_ref=chat, view=view, now=now))
    again = partial(redraw, services=services, now=now + timedelta(seconds=30), before=now)
    turns = {turn.chat: turn for turn in await services.database.write(again)}
    assert turns[bad].reply.card.text.startswith("<b>Pozdravljeni!</b>")
    assert turns[good].reply.card.text.startswith("<b>Zasebnost</b>")
    assert await services.database.write(again) == []
