"""Steps of staff in journeys: tap, say, and whether the card can be drawn again from what is stored."""

import html
import re
from functools import partial

from bot.conversation.request import Request
from bot.routing import routes
from bot.simulator.people import NoSuchButton
from storage import chats


async def tap(person, label, **how):
    """Tap a button, behind »Več« where it is a rare one."""
    try:
        await person.taps(label, **how)
    except NoSuchButton:
        if "Več" not in person.buttons:
            raise
        await person.taps("Več")
        await person.settles()
        await person.taps(label, **how)
    await person.settles()
    return person.screen.text


async def say(person, words):
    await person.says(words)
    await person.settles()
    return person.screen.text


async def forge(person, action):
    """Tap what no button of this person says."""
    await person.taps_data(person.screen.id, action)
    await person.settles()
    return person.toasts[-1].text


async def drawn_again(village, person):
    """The person's card as stored state draws it: text and labels."""
    chat = village.services.keys.seal_id(person.id)

    def draw(connection):
        row = chats.load(connection, chat)
        how = {"view": row.view, "language": row.language, "aloud": row.aloud, "kiosk": row.kiosk}
        how |= {"asked": row.asked or "", "said": row.said_sealed}
        return routes.draw(Request(connection, village.services, chat, village.clock(), **how), row.view)

    screen = await village.services.database.read(draw)
    plain = html.unescape(re.sub(r"<[^>]+>", "", screen.text))
    return plain, [button.label for row in screen.rows for button in row]


async def query(village, function, **arguments):
    return await village.services.database.read(partial(function, **arguments))
