"""Chats that are behind are drawn again, whatever is wrong with one of them."""

from datetime import timedelta
from functools import partial

from bot.house import wall_clock
from bot.turns import redraw
from storage import chats


async def test_a_view_that_cannot_be_drawn_leads_home_and_stops_no_other(house):
    now = wall_clock()
    for chat, view in ((b"bad", "question:not-a-number:x"), (b"good", "privacy:")):
        await house.database.write(partial(chats.turn, chat_ref=chat, view=view, now=now))
    again = partial(redraw, house=house, now=now + timedelta(seconds=30), before=now)
    turns = {turn.chat: turn for turn in await house.database.write(again)}
    assert turns[b"bad"].reply.card.text.startswith("<b>Pozdravljeni!</b>")
    assert turns[b"good"].reply.card.text.startswith("<b>Zasebnost</b>")
    assert await house.database.write(again) == []
