"""Questions as somebody outside writes them, on a page: a field for what is typed, and a heading over a section."""

from plugins.authored import asking

from tests.bot.participant.test_authored_questions import QUANTITIES, SECTIONS
from tests.bot.participant.test_participant_journey import stored
from tests.bot.web.test_attacks import BREZICE, joined


async def asked(village, folder, items):
    """Somebody at the first of these questions."""
    village.services.programmes[BREZICE] = asking(village.services.programmes[BREZICE], folder, items)
    person, _ = await joined(village)
    return await person.presses("2 · dobro")


async def test_numbers_and_dates_are_typed_and_read_back(web_village, tmp_path):
    person = await asked(web_village, tmp_path, QUANTITIES)
    await person.types("2,5")
    assert "Shranjeno: 2,5" in person.text
    await person.types("1/3/2026")
    assert "Ta datum lahko pomeni dva dneva." in person.text
    await person.types("3. 12. 2025")
    assert "Shranjeno: 3. 12. 2025" in person.text
    await person.types("1947")
    await person.types("12000")
    values = {item: value for item, (value, _) in (await stored(web_village)).items()}
    assert values == {"primary": 2, "hours": 25, "since": 20425, "born": -8401, "books": 12000}


async def test_a_section_has_its_heading_and_options_their_limits(web_village, tmp_path):
    person = await asked(web_village, tmp_path, SECTIONS)
    assert "2 od 5 O branju Kaj radi berete?" in person.text
    assert person.page.get_element_by_id("news").text_content().strip() == "Shranjeno"
    for label in ("0 · romane", "1 · pesmi", "2 · stripe"):
        await person.presses(label)
    assert "To je preveč odgovorov. Izberite dva odgovora." in person.text
    await person.presses("4 · nič od tega")
    await person.presses("Naprej")
    assert "Koliko dni na teden berete?" in person.text
    assert "O branju" not in person.text
