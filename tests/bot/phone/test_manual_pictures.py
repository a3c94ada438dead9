"""The pictures of the manuals: the screens that they show are walked to in the real demo, and say what manuals quote.

With PICTURES=1 in the environment the pictures are taken on the way, into docs/slike.
"""

from datetime import UTC, datetime

import pytest
import pytest_asyncio
from plugins.browsers import new_context
from plugins.manual_pictures import TALL, Camera, promised

from bot.demo.running import running

pytestmark = [pytest.mark.slow, pytest.mark.timeout(900), pytest.mark.asyncio(loop_scope="module")]

TODAY = datetime(2026, 11, 24, 12, tzinfo=UTC)  # a Tuesday
MARIJA, LIBRARIAN, COORDINATOR = "Marija", "Knjižničarka", "Koordinatorka"
GROUP = "Odprta skupina, november 2026 (izmišljeno)"
ANSWERS = (
    ("precej dobro", "2 od 8"),
    ("zelo težko", "3 od 8"),
    ("3", "4 od 8"),
    ("e-pošta", "Vaš odgovor: e-pošta"),
    ("Naprej ›", "vprašanja o vašem življenju"),
    ("Naprej ›", "5 od 8"),
    ("včasih", "6 od 8"),
    ("močno", "7 od 8"),
    ("zelo redko", "8 od 8"),
    ("precej", "Vaši odgovori"),
)


class Table:
    """Who sits at the demo, and the camera."""

    def __init__(self, demo, camera):
        self.demo, self.camera = demo, camera
        self.people = {owner.name: demo.simulator.people[owner.id] for owner in demo.phone.owners}

    async def picture(self, name, owner, message=None):
        await self.camera.phone(name, owner, message or self.people[owner].screen)


@pytest_asyncio.fixture(loop_scope="module", scope="module")
async def table(browser, tmp_path_factory):
    async with running(tmp_path_factory.mktemp("pictures") / "demo", scale=0, today=TODAY) as demo:
        context = await new_context(browser, viewport=TALL, bypass_csp=True, locale="sl-SI", reduced_motion="reduce")
        page = await context.new_page()
        await page.goto(demo.address)
        yield Table(demo, Camera(page))
        await context.close()
        assert demo.simulator.problems == []


async def reads(person, words):
    await person.waits(lambda: any(words in shown for shown in (person.screen.text, *person.buttons)))


async def say(person, words, then):
    """Say something, and read what comes."""
    await person.says(words)
    await reads(person, then)


async def tap(person, label, then):
    """Tap a button, and read what comes."""
    await person.taps(label)
    await reads(person, then)


def with_file(person):
    """The newest picture or document that somebody has got."""
    return next(message for message in reversed(person.messages) if message.by_bot and message.media)


async def test_the_manuals_show_what_the_phones_show(table):
    await a_librarian_reads_questions_aloud(table)
    await a_participant_answers(table)
    await a_librarian_enrols(table)
    await a_librarian_helps(table)
    await a_librarian_starts_a_kiosk(table)
    await a_coordinator_reads(table)
    quoted, seen = promised(), table.camera.seen
    assert sorted(seen) == sorted(quoted)
    assert {name: [words for words in quotes if words not in seen[name]] for name, quotes in quoted.items()} == {
        name: [] for name in quoted
    }
    assert [name for name, quotes in quoted.items() if not quotes] == []


async def a_librarian_reads_questions_aloud(table):
    librarian = table.people[LIBRARIAN]
    await say(librarian, "/posnemi", "Izberite vprašalnik")
    await tap(librarian, "izhodišče", "V katerem jeziku")
    await tap(librarian, "Slovenščina", "Posnetka še ni.")
    await table.picture("knjiznicarji/posnemi.png", LIBRARIAN)


async def a_participant_answers(table):
    marija = table.people[MARIJA]
    await marija.follows(table.demo.phone.cards[0].link)
    await marija.waits()
    await table.picture("udelezenci/vabilo.png", MARIJA)
    await tap(marija, "Da, želim sodelovati", "1 od 8")
    await table.picture("udelezenci/vprasanje.png", MARIJA)
    await say(marija, "/jezik", "Jezik: ")
    await table.picture("udelezenci/jezik.png", MARIJA)
    await say(marija, "/stop", "Želite, da vam nehamo pisati?")
    await table.picture("udelezenci/stop.png", MARIJA)
    await tap(marija, "Prekliči", "1 od 8")
    for reply, then in ANSWERS:
        await (say if reply.isdigit() else tap)(marija, reply, then)
    await table.picture("udelezenci/oddaja.png", MARIJA)


async def a_librarian_enrols(table):
    librarian = table.people[LIBRARIAN]
    await say(librarian, "/vpis", "Izberite skupino.")
    await tap(librarian, GROUP, "Koliko oseb")
    await tap(librarian, "1\u00a0oseba", "Vpisana je oseba")
    await table.picture("knjiznicarji/vpis.png", LIBRARIAN, with_file(librarian))
    await tap(librarian, "Več oseb", "Koliko oseb")
    await tap(librarian, "10\u00a0oseb", "Vpisane šifre")
    await librarian.taps("Kartice za tisk")
    await librarian.waits(lambda: with_file(librarian).media.name.endswith(".pdf"))
    cards = with_file(librarian).media.data
    table.camera.paper("knjiznicarji/kartice.png", cards)
    table.camera.paper("udelezenci/kartica.png", cards, share=(1 / 2, 1 / 4))


async def a_librarian_helps(table):
    librarian = table.people[LIBRARIAN]
    await say(librarian, "/skupine", "Jesenska skupina")
    await tap(librarian, GROUP, "Na vrsti")
    code = next(label.split()[0] for label in librarian.buttons if label.endswith("še ni privolitve"))
    await say(librarian, "/udelezenec", "Poišči osebo")
    await say(librarian, code, "Še ni privolitve.")
    await tap(librarian, "Zapiši privolitev", "Privolitev za")
    await tap(librarian, "Prebrano in dovoljeno", "Sodeluje.")
    await table.picture("knjiznicarji/oseba.png", LIBRARIAN)
    await tap(librarian, "Natisni vprašalnik", "Za katero merjenje?")
    await librarian.taps("izhodišče")
    await librarian.waits(lambda: with_file(librarian).media.name.startswith("vprasalniki"))
    table.camera.paper("knjiznicarji/papir.png", with_file(librarian).media.data)
    await say(librarian, "/klici", "Koga poklicati")
    await tap(librarian, code, "Klic: ")
    await table.picture("knjiznicarji/klic.png", LIBRARIAN)


async def a_librarian_starts_a_kiosk(table):
    librarian = table.people[LIBRARIAN]
    await say(librarian, "/kiosk", "Številka za konec")
    number = librarian.screen.text.partition("Številka za konec: ")[2][:4]
    await tap(librarian, "Začni kiosk", "Vpišite svojo šifro.")
    await table.picture("knjiznicarji/kiosk.png", LIBRARIAN)
    await say(librarian, number, "Vaša vloga: ")


async def a_coordinator_reads(table):
    coordinator = table.people[COORDINATOR]
    await say(coordinator, "/zgodbe", "Zgodba 3")
    await tap(coordinator, coordinator.buttons[0], "Odobri za objavo")
    await table.picture("koordinatorji/zgodba.png", COORDINATOR)
    await say(coordinator, "/izvedeli", "zaprto: ")
    await table.picture("koordinatorji/izvedeli.png", COORDINATOR)
    await say(coordinator, "/ucinek", "Stran za občino")
    await tap(coordinator, "Učinek programa", "obliki")
    await coordinator.taps("Besedilo in slika")
    await coordinator.waits(lambda: any(one.media for one in coordinator.messages))
    await table.picture("koordinatorji/ucinek.png", COORDINATOR, with_file(coordinator))
