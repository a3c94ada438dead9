"""Cards for people who begin: ordered with one tap, made and sent as a PDF, for those whose link is not opened yet."""

import io
import re

import pypdf
import pytest
from plugins.at_the_desk import drawn_again, forge, query, say, tap
from plugins.village import run_village

from bot.actions import librarian as actions
from storage import access_links, cohort_overview, participants

BREZICE = "brezice-racunalnik"
CODE = re.compile(r"\bBRE-[2-9A-Z]{5}\b")


async def nothing(_installation, _edge):
    return 0


@pytest.fixture
async def village(village_url, tmp_path):
    """A village whose bot delivers only when the test says so."""
    async with run_village(village_url, tmp_path, deliver=nothing) as running:
        yield running


@pytest.fixture
async def spring(village):
    return await village.cohort(BREZICE, name="Pomlad")


@pytest.fixture
async def librarian(village, spring):
    return await village.librarian(BREZICE)


async def members(village, cohort):
    return await query(village, cohort_overview.members, cohort_id=cohort.id)


def documents(person):
    return [message for message in person.messages if message.media and message.media.kind == "document"]


async def enrols_several(village, spring, librarian):
    """Five people at once; gives their codes, in order, as the card tells them."""
    await say(librarian, "/vpis")
    await tap(librarian, "Pomlad")
    assert await members(village, spring) == []
    counts = ["1\xa0oseba", "5\xa0oseb", "10\xa0oseb", "20\xa0oseb"]
    assert librarian.buttons == [*counts, "Vpis s seznama", "Na čakalni seznam", "V skupino", "‹ Nazaj"]
    card = await tap(librarian, "5", again=True, new_query_id=True)
    assert len(await members(village, spring)) == 5
    listed = card.split(":\n")[1].split("\n")
    assert len(listed) == 5
    return listed


def printed(message):
    """The codes on the cards and those on the list, and how many QR codes there are."""
    words = [page.extract_text() for page in pypdf.PdfReader(io.BytesIO(message.media.data)).pages]
    cards = [code for page in words[:-1] for code in CODE.findall(page)]
    return cards, CODE.findall(words[-1])


async def test_several_people_at_once_can_have_their_cards_printed(village, spring, librarian):
    listed = await enrols_several(village, spring, librarian)
    assert librarian.buttons == ["Kartice za tisk", "Razveljavi", "Še ena oseba", "V skupino", "‹ Nazaj"]
    assert await drawn_again(village, librarian) == (librarian.screen.text, librarian.buttons)
    card = await tap(librarian, "Kartice za tisk", again=True, new_query_id=True)
    assert card == "Kartice za tisk · Pomlad\n\nPripravljamo … Kartice pridejo sem. Ni treba čakati."
    await village.ticks()
    [file] = documents(librarian)
    assert (file.media.name, file.protect_content) == ("kartice-BRE-2026-03-02.pdf", False)
    assert file.text.startswith("Kartice za tisk · Pomlad\n5\xa0kartic, na zadnjih straneh je seznam šifer za vas.\n\n")
    assert printed(file) == (listed, listed)
    [told] = [one for one in librarian.messages if one.text.endswith("Pripravljeno. Najdete spodaj.")]
    assert [button.label for row in told.buttons for button in row] == ["Šifre in kartice", "Na začetek"]
    await librarian.taps_data(told.id, told.buttons[0][0].data)
    await librarian.settles()
    [card] = [one for one in librarian.messages if one.id == told.id]
    assert card.buttons[0][0].label == "Kartice za tisk"


async def test_cards_are_printed_for_those_who_have_not_begun(village, spring, librarian):
    listed = await enrols_several(village, spring, librarian)
    first = (await query(village, participants.of_code, code=listed[0]))[0].id
    token = await query(
        village, access_links.open_token, keys=village.services.keys, enrolment_id=first, now=village.clock()
    )
    person = village.simulator.person("Marija")
    await person.follows(village.link(token))
    await person.settles()
    await tap(person, "Da")
    await tap(librarian, "Kartice za tisk")
    await village.ticks()
    [file] = documents(librarian)
    assert printed(file) == (listed[1:], listed[1:])


async def test_a_group_has_the_cards_of_all_who_have_not_begun(village, spring, librarian):
    await say(librarian, "/skupine")
    await tap(librarian, "Pomlad")
    assert "Šifre in kartice" not in librarian.buttons
    people = sorted([(await village.enrol(spring)).code for _ in range(2)])
    await say(librarian, "/skupine")
    await tap(librarian, "Pomlad")
    card = await tap(librarian, "Šifre in kartice")
    assert card.split(":\n")[1].split("\n") == people
    await tap(librarian, "Kartice za tisk")
    village.clock.now += access_links.PARTICIPANT_LIFE
    await village.ticks()
    assert "Za kartice, ki ste jih želeli, so vse povezave že odprte ali ne veljajo več." in [
        message.text for message in librarian.messages
    ]
    await forge(librarian, actions.show_codes(spring.id))
    assert librarian.screen.text == (
        "Vpis: Pomlad\n\nVse povezave so že odprte ali ne veljajo več. Za novo kartico izberite osebo v skupini."
    )
    assert librarian.buttons == ["Še ena oseba", "V skupino", "‹ Nazaj"]


async def test_an_old_card_orders_no_cards(village, spring, librarian):
    listed = await enrols_several(village, spring, librarian)
    order = librarian.screen.buttons[0][0].data
    await say(librarian, "/pomoc")
    await forge(librarian, order)
    assert librarian.buttons[0] == "Kartice za tisk"
    assert librarian.screen.text.split(":\n")[1].split("\n") == listed
    await village.ticks()
    assert documents(librarian) == []


async def test_very_many_codes_fit_a_message(village, spring, librarian):
    for _ in range(62):
        await village.enrol(spring)
    await say(librarian, "/skupine")
    await tap(librarian, "Pomlad")
    card = await tap(librarian, "Šifre in kartice")
    assert len(CODE.findall(card)) == 60
    assert card.endswith("\n… in še 2\xa0šifri")
