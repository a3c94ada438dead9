"""Staff in a browser: who came there from Telegram by /splet, and who has no Telegram."""

import re

from storage import access_links


async def entrance(person):
    """The link that /splet gives."""
    await person.says("/splet")
    await person.waits(lambda: any("/v/" in one.text for one in person.messages))
    await person.settles()
    said = [one.text for one in person.messages if "/v/" in one.text]
    return re.search(r"http\S+/v/\S+", said[-1])[0]


async def at_a_desk(village, person):
    """The browser of somebody whose chat is in Telegram."""
    desk = village.surfer()
    await desk.opens(await entrance(person))
    await desk.presses("Naprej")
    return desk


async def without_telegram(village, role, library):
    """The browser of somebody who joined there, by their staff link."""
    token = await village.write(
        access_links.create_staff,
        keys=village.services.keys,
        role=role,
        library=library,
        now=village.clock(),
        actor="operator",
    )
    desk = village.surfer()
    await desk.joins(village.link(token))
    return desk


async def at_a_browser(readers, role, library, **more):
    """Staff without Telegram at a real browser."""
    village, person = readers.village, await readers.reader(**more)
    token = await village.write(
        access_links.create_staff,
        keys=village.services.keys,
        role=role,
        library=library,
        now=village.clock(),
        actor="operator",
    )
    await person.opens(village.link(token))
    await person.presses("Začnem delo tukaj")
    return person
