"""The title of a tab says which page it is, and nothing of anybody."""

import pytest
from plugins.web_desk import without_telegram

from storage.schema import Role

BREZICE = "brezice-racunalnik"


def titled(surfer):
    """The title, before the name of all pages."""
    return surfer.page.findtext(".//title").removesuffix("Knjižnica vpraša").removesuffix(" · ")


async def test_of_each_page_of_a_participant(web_village):
    link = web_village.link((await web_village.enrol(await web_village.cohort(BREZICE))).token)
    person = web_village.surfer()
    steps = (
        lambda: person.opens("/"),
        lambda: person.opens(link),
        lambda: person.presses("Odgovarjam tukaj"),
        lambda: person.presses("Da"),
        lambda: person.presses("Shrani", pin="4071"),
        lambda: person.opens("/odjava"),
        lambda: web_village.surfer().opens(link),
        lambda: person.opens("/ni"),
        lambda: person.opens("/prijava"),
    )
    titles = [titled(await step()) for step in steps]
    assert titles == [
        *("", "Povezava iz knjižnice", "Vaša kartica", "Izberite štiri številke", "1 od 8", "Ali želite končati?"),
        *("Lepo, da ste spet tukaj", "Sporočilo", "Prijava za zaposlene"),
    ]


@pytest.mark.parametrize("by_script", [True, False])
async def test_of_each_page_of_a_desk(web_village, by_script):
    desk = await without_telegram(web_village, Role.COORDINATOR, web_village.programme(BREZICE).code)
    desk.client.headers.update({"X-Card": "1"} if by_script else {})
    titles = [titled(desk)]
    await desk.commands("skupine")
    titles.append(titled(desk))
    await desk.opens("/pregled")
    titles.append(titled(desk))
    assert titles == ["Vaše delo", "Skupine", "Pregled"]
