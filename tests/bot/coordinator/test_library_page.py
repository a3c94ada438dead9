"""What a library says of itself, in the chat: typed, sent, described, changed, taken away, and then on the page."""

from datetime import timedelta

import pytest
from plugins.at_the_desk import drawn_again, forge, query, say, tap
from plugins.images import JPEG, PNG, png, turned
from plugins.village import run_village
from sqlalchemy import select

from bot.actions import coordinator as actions
from bot.coordinator.library_costs import TypedCosts, read
from bot.runtime.settings import ProgrammePage
from bot.texts import library_page as texts
from bot.worker.library_page import said_of_itself
from bot.worker.spending import over, spent
from reports.render.raster import MOST_BYTES, RasterFlaw, size
from reports.sections.library_page import LibraryPage, Spent
from storage import library_pages
from storage.library_pages import Cost
from storage.schema import PagePart, PagePicture, Role, attachment, audit

BREZICE = "brezice-racunalnik"
KNOWN = "• Kje: Trg 1, Brežice"


async def nothing(_installation, _edge):
    return 0


@pytest.fixture
async def village(village_url, tmp_path):
    """A village whose bot delivers only when the test says so."""
    async with run_village(village_url, tmp_path, deliver=nothing) as running:
        yield running


@pytest.fixture
async def coordinator(village):
    """A coordinator in front of what the library says of itself."""
    found = await village.coordinator(BREZICE)
    await say(found, "/ucinek")
    await tap(found, "Stran za občino")
    await tap(found, texts.BUTTON)
    return found


async def page(village):
    """What the page would say."""
    programme, settings = village.services.programmes[BREZICE], village.services.settings
    return await query(
        village,
        lambda connection: said_of_itself(
            connection, [programme], village.services.contact("BRE"), settings.programmes
        ),
    )


async def pictures(village):
    return await query(village, library_pages.pictures, library="BRE")


async def audited(village):
    statement = select(audit.c.actor, audit.c.action, audit.c.subject).where(audit.c.action.like("page.%"))
    return await query(village, lambda c: [tuple(row) for row in c.execute(statement.order_by(audit.c.id))])


async def send(village, person, data, name="slika.png", mime="image/png"):
    """Send a file and let the bot fetch it."""
    await person.sends_document(data, name, mime)
    await person.settles()
    assert "Slika je na poti." in person.screen.text
    assert await drawn_again(village, person) == (person.screen.text, person.buttons)
    await village.ticks()
    await person.settles()


async def test_words_are_typed_part_by_part_and_stand_on_the_page(village, coordinator):
    assert coordinator.buttons == [
        "Opis programa", "Kje", "Kdaj", "Kontakt", "Telefon", "E-pošta", "Splet", "Logotip", "Fotografija",
        "Stroški in ure", "‹ Nazaj",
    ]  # fmt: skip
    assert "• Kje: –" in coordinator.screen.text
    assert await drawn_again(village, coordinator) == (coordinator.screen.text, coordinator.buttons)
    for label, words in (
        ("Opis programa", "Vadimo  delo z\nračunalnikom & telefonom"),
        ("Kje", "Trg 1, Brežice"),
        ("Kdaj", "ob torkih"),
        ("Kontakt", "Ana Novak"),
        ("Telefon", "07 620 12 34"),
        ("E-pošta", "ana@knjiznica.si"),
        ("Splet", "www.knjiznica.si"),
    ):
        await tap(coordinator, label)
        assert await drawn_again(village, coordinator) == (coordinator.screen.text, coordinator.buttons)
        await say(coordinator, words)
        assert coordinator.screen.text.startswith(texts.SAVED)
    assert KNOWN in coordinator.screen.text
    assert await page(village) == LibraryPage(
        about={BREZICE: "Vadimo delo z računalnikom & telefonom"},
        place="Trg 1, Brežice",
        hours="ob torkih",
        contact="Ana Novak",
        phone="07 620 12 34",
        email="ana@knjiznica.si",
        web="www.knjiznica.si",
    )
    assert (await audited(village))[0] == ("staff:1", "page.words", f"about:{BREZICE}")


async def test_what_was_typed_goes_again_and_the_definition_counts(village, coordinator):
    await tap(coordinator, "Opis programa")
    assert "Izbriši vpisano" not in coordinator.buttons
    await say(coordinator, "Te\u202e\u200bčaj\x07.")
    await tap(coordinator, "Opis programa")
    assert "Zdaj: Tečaj." in coordinator.screen.text
    await tap(coordinator, "Izbriši vpisano")
    assert coordinator.screen.text.startswith("Izbrisano: Tečaj.")
    assert village.services.programmes[BREZICE].about[:40] in coordinator.screen.text
    assert await page(village) == LibraryPage(about={BREZICE: ""})


@pytest.mark.parametrize(
    ("label", "words", "problem"),
    [
        ("Telefon", "112", texts.WRONG[PagePart.PHONE]),
        ("E-pošta", "ana", texts.WRONG[PagePart.EMAIL]),
        ("Splet", "knjižnica", texts.WRONG[PagePart.WEB]),
        ("Kje", "x" * 161, "Napišite največ 160 znakov. Zdaj jih je 161, torej 1 preveč."),
        ("Opis programa", "x" * 1000, "Napišite največ 300 znakov. Zdaj jih je 1000, torej 700 preveč."),
    ],
)
async def test_what_cannot_stand_there_is_said_and_asked_again(village, coordinator, label, words, problem):
    await tap(coordinator, label)
    card = await say(coordinator, words)
    assert card.replace("\N{NO-BREAK SPACE}", " ").startswith(problem)
    assert await audited(village) == []


@pytest.mark.parametrize("data", [png(300, 120), turned(JPEG, 6)])
async def test_a_logo_is_sent_as_a_file_and_stands_on_the_page(village, coordinator, data):
    await tap(coordinator, "Logotip")
    await send(village, coordinator, data)
    assert "Slika je pripravljena." in coordinator.screen.text
    assert await drawn_again(village, coordinator) == (coordinator.screen.text, coordinator.buttons)
    given = await page(village)
    assert (given.logo.alt, given.logo.png[:8]) == ("Logotip: Knjižnica Brežice", PNG)
    assert await query(village, lambda c: c.execute(select(attachment)).all()) == []
    await tap(coordinator, "‹ Nazaj")
    assert "• Logotip: je" in coordinator.screen.text
    await tap(coordinator, "Logotip")
    await tap(coordinator, "Izbriši sliko")
    assert "Izbrišemo sliko?" in coordinator.screen.text
    assert await drawn_again(village, coordinator) == (coordinator.screen.text, coordinator.buttons)
    await tap(coordinator, "‹ Nazaj")
    assert (await page(village)).logo == given.logo
    await tap(coordinator, "Izbriši sliko")
    await tap(coordinator, "Da, izbriši sliko")
    assert coordinator.screen.text.startswith(texts.REMOVED)
    assert (await page(village)).logo is None
    assert [action for _, action, _ in await audited(village)] == ["page.picture", "page.unpicture"]


async def test_a_photograph_is_published_when_somebody_has_said_what_is_to_be_seen(village, coordinator):
    await tap(coordinator, "Fotografija")
    assert "Ljudje na njej se morajo strinjati z objavo." in coordinator.screen.text
    await coordinator.sends_photo(png(640, 480))
    await coordinator.settles()
    await village.ticks()
    await coordinator.settles()
    assert "Zdaj v enem stavku napišite, kaj je na njej" in coordinator.screen.text
    assert (await page(village)).photo is None
    await tap(coordinator, "‹ Nazaj")
    assert "• Fotografija: manjka opis, kaj je na njej" in coordinator.screen.text
    await tap(coordinator, "Fotografija")
    await say(coordinator, "Šest ljudi  za računalniki")
    assert "Kaj je na njej: Šest ljudi za računalniki" in coordinator.screen.text
    photo = (await page(village)).photo
    assert (photo.alt, size(photo.png)) == ("Šest ljudi za računalniki", (640, 480))


@pytest.mark.parametrize(
    ("data", "flaw"),
    [
        (b"GIF89a", RasterFlaw.NO_PICTURE),
        (png(60_000, 60_000, pixels=b""), RasterFlaw.TOO_MANY_PIXELS),
        (png(64, 64)[:70], RasterFlaw.DAMAGED),
        (JPEG[: len(JPEG) // 2], RasterFlaw.DAMAGED),
        (png(8, 8), RasterFlaw.TOO_SMALL),
    ],
)
async def test_a_file_that_is_no_picture_is_said_and_the_earlier_one_stays(village, coordinator, data, flaw):
    await tap(coordinator, "Logotip")
    await send(village, coordinator, png(300, 120))
    before = (await page(village)).logo
    await send(village, coordinator, data)
    assert f"{texts.FLAWS[flaw]} Prejšnja ostane." in coordinator.screen.text
    assert (await page(village)).logo == before


async def test_what_is_larger_than_a_picture_may_be_is_not_even_fetched(village, coordinator):
    await tap(coordinator, "Logotip")
    await coordinator.sends_document(png(64, 64) + bytes(MOST_BYTES), "logo.png", "image/png")
    await coordinator.settles()
    assert coordinator.screen.text.startswith(texts.FLAWS["too_many_bytes"])
    assert await pictures(village) == {}


async def test_a_picture_that_never_comes_is_given_up_after_a_week(village, coordinator):
    await tap(coordinator, "Logotip")
    village.simulator.faults.add("file", "5xx", times=50)
    await coordinator.sends_document(png(64, 64), "logo.png", "image/png")
    await coordinator.settles()
    for _ in range(3):
        await village.ticks()
        village.clock.now += timedelta(days=4)
    await coordinator.settles()
    assert (await pictures(village))[PagePicture.LOGO].problem == "lost"
    assert len([one for one in coordinator.messages if texts.FLAWS["lost"] in one.text]) == 1


async def test_costs_are_typed_for_a_year_and_stand_on_the_page(village, coordinator):
    card = await tap(coordinator, "Stroški in ure")
    assert card.startswith("Stroški in ure · 2026")
    assert coordinator.buttons == ["Leto 2025", "Leto 2024", "‹ Nazaj"]
    assert await drawn_again(village, coordinator) == (coordinator.screen.text, coordinator.buttons)
    assert (await say(coordinator, "ne vem")).startswith(texts.NO_COSTS)
    await say(coordinator, "5.880 € in 420 ur")
    assert "• Stroški in ure: 2026: 5880 €, 420 ur" in coordinator.screen.text.replace("\N{NO-BREAK SPACE}", " ")
    assert (await page(village)).spent == (Spent(BREZICE, 2026, 5880, 420),)
    await tap(coordinator, "Stroški in ure")
    await tap(coordinator, "Izbriši vpisano")
    assert (await page(village)).spent == ()
    assert [action for _, action, _ in await audited(village)] == ["page.cost", "page.cost"]


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("5880 € in 420 ur", TypedCosts(5880, 420)), ("420 ur, 5.880 EUR", TypedCosts(5880, 420)),
        ("5880 420", TypedCosts(5880, 420)), ("5 880,50 evrov", TypedCosts(5881, None, rounded=True)),
        ("5.880,50 € in 420,5 ur", TypedCosts(5881, 421, rounded=True)), ("5.880,00 €", TypedCosts(5880, None)),
        ("90 ur", TypedCosts(None, 90)), ("12 h", TypedCosts(None, 12)), ("1.234.567 €", TypedCosts(1_234_567, None)),
        ("99.999.999 €", TypedCosts(99_999_999, None)),
        ("-3 €", texts.NEGATIVE_COSTS), ("− 400 €", texts.NEGATIVE_COSTS), ("5880 € in –3 ure", texts.NEGATIVE_COSTS),
        ("5880", texts.WHICH_UNIT), ("5.880,50", texts.WHICH_UNIT), ("5 € in 7", texts.WHICH_UNIT),
        ("1 2 3", texts.WHICH_UNIT), ("", texts.NO_COSTS), ("nič", texts.NO_COSTS), ("1 € 2 €", texts.NO_COSTS),
        ("BRE-R7HZE", texts.NO_COSTS), ("KAM-HUR7H", texts.NO_COSTS), ("5 hiš", texts.WHICH_UNIT),
        ("0 €", texts.ZERO_COSTS), ("0,4 ure", texts.ZERO_COSTS), ("5880 € in 0 ur", texts.ZERO_COSTS),
        ("10000000000 €", texts.TOO_MUCH_COSTS), ("100.000.000 €", texts.TOO_MUCH_COSTS),
        ("9" * 4090 + ",50 €", texts.TOO_MUCH_COSTS),
    ],
)  # fmt: skip
def test_a_line_of_costs_is_read_as_people_write_it_or_what_is_wrong_is_said(typed, found):
    assert read(typed) == found


async def test_a_half_that_is_not_named_stays_and_what_stands_now_is_said(village, coordinator):
    await tap(coordinator, "Stroški in ure")
    await say(coordinator, "5.880,50 €")
    said = coordinator.screen.text.replace("\N{NO-BREAK SPACE}", " ")
    assert said.startswith("Shranjeno. Zdaj velja za leto 2026: 5881 €. Zaokroženo na cele evre in ure.")
    await tap(coordinator, "Stroški in ure")
    await say(coordinator, "420 ur")
    said = coordinator.screen.text.replace("\N{NO-BREAK SPACE}", " ")
    assert said.startswith("Shranjeno. Zdaj velja za leto 2026: 5881 €, 420 ur.")
    assert (await page(village)).spent == (Spent(BREZICE, 2026, 5881, 420),)
    await tap(coordinator, "Stroški in ure")
    assert (await say(coordinator, "−3 €")).startswith(texts.NEGATIVE_COSTS)
    assert (await page(village)).spent == (Spent(BREZICE, 2026, 5881, 420),)


def test_a_half_that_is_typed_leaves_the_configured_half_of_the_year(database):
    configured = {"p": ProgrammePage(euros={"2025": 900, "2026": 1000}, hours={"2026": 40})}
    found = database.read_now(lambda connection: spent(connection, "BRE", configured))
    assert found == [Cost("p", 2025, 900, None), Cost("p", 2026, 1000, 40)]
    assert over(Cost("p", 2026, None, 50), Cost("p", 2026, 1000, 40)) == Cost("p", 2026, 1000, 50)
    assert over(Cost("p", 2026, 5, None), None) == Cost("p", 2026, 5, None)


async def test_a_year_in_which_no_group_begins_is_said_to_tell_nobody_anything(village, coordinator):
    await village.cohort(BREZICE)
    await tap(coordinator, "Stroški in ure")
    assert "Za leto 2026 ni skupin" not in coordinator.screen.text
    await tap(coordinator, "Leto 2024")
    assert "Za leto 2024 ni skupin; na strani tega ne bo." in coordinator.screen.text
    await say(coordinator, "1000 €")
    assert "Za leto 2024 ni skupin; na strani tega ne bo." in coordinator.screen.text


async def test_a_file_that_was_no_picture_is_no_photograph_to_describe_or_take_away(village, coordinator):
    await tap(coordinator, "Fotografija")
    await send(village, coordinator, b"%PDF-1.7", "slika.pdf", "application/pdf")
    assert texts.FLAWS[RasterFlaw.NO_PICTURE] in coordinator.screen.text
    assert coordinator.buttons == ["‹ Nazaj"]
    assert (await say(coordinator, "Šest ljudi")).startswith(texts.SEND_FIRST)
    assert texts.FLAWS[RasterFlaw.NO_PICTURE] not in coordinator.screen.text
    await send(village, coordinator, png(640, 480))
    assert "Zdaj v enem stavku napišite, kaj je na njej" in coordinator.screen.text
    assert (await page(village)).photo is None


async def test_a_new_photograph_is_described_anew(village, coordinator):
    await tap(coordinator, "Fotografija")
    await send(village, coordinator, png(640, 480))
    await say(coordinator, "Šest ljudi")
    await coordinator.sends_document(png(320, 240), "nova.png", "image/png")
    await coordinator.settles()
    assert (await say(coordinator, "Dve ženski")).startswith(texts.DESCRIBE_LATER)
    assert (await page(village)).photo.alt == "Šest ljudi"
    await village.ticks()
    await coordinator.settles()
    assert "Zdaj v enem stavku napišite, kaj je na njej" in coordinator.screen.text
    await say(coordinator, "Dve ženski")
    photo = (await page(village)).photo
    assert (photo.alt, size(photo.png)) == ("Dve ženski", (320, 240))


async def test_what_was_wrong_with_a_picture_is_said_once(village, coordinator):
    await tap(coordinator, "Logotip")
    await send(village, coordinator, b"GIF89a")
    assert texts.FLAWS[RasterFlaw.NO_PICTURE] in coordinator.screen.text
    await coordinator.sends_document(png(64, 64) + bytes(MOST_BYTES), "logo.png", "image/png")
    await coordinator.settles()
    assert texts.FLAWS[RasterFlaw.TOO_MANY_BYTES] in coordinator.screen.text
    assert texts.FLAWS[RasterFlaw.NO_PICTURE] not in coordinator.screen.text
    await tap(coordinator, "‹ Nazaj")
    await tap(coordinator, "Logotip")
    assert not [words for words in texts.FLAWS.values() if words in coordinator.screen.text]


async def test_a_picture_at_the_card_of_everything_is_told_where_to_send_it(village, coordinator):
    await coordinator.sends_photo(png(640, 480))
    await coordinator.settles()
    assert coordinator.screen.text.startswith(texts.WHICH_PICTURE)
    assert await pictures(village) == {}


async def test_the_page_is_not_ordered_without_knowing_that_it_names_no_contact(village, coordinator):
    await tap(coordinator, "‹ Nazaj")
    assert texts.NO_CONTACT in coordinator.screen.text
    await tap(coordinator, texts.BUTTON)
    await tap(coordinator, "Telefon")
    assert "Največ 160 znakov." in coordinator.screen.text.replace("\N{NO-BREAK SPACE}", " ")
    assert "‹ Nazaj" in coordinator.buttons
    await say(coordinator, "07 620 12 34")
    await tap(coordinator, "‹ Nazaj")
    assert texts.NO_CONTACT not in coordinator.screen.text


async def test_only_the_coordinators_of_the_library_say_what_stands_on_its_page(village):
    others = [await village.coordinator("kamnik-slovenscina"), await village.staff(Role.NATIONAL, None)]
    for person in others:
        await say(person, "/ucinek")
        for action in (
            actions.show_page("BRE"),
            actions.type_part("BRE", PagePart.PLACE, ""),
            actions.send_picture("BRE", PagePicture.LOGO),
            actions.type_costs(BREZICE, 2026),
            actions.remove_picture("BRE", PagePicture.LOGO),
        ):
            await forge(person, action)
            assert "Brežice" not in person.screen.text or texts.TITLE not in person.screen.text
    assert await audited(village) == []


async def test_forged_parts_lead_nowhere(village, coordinator):
    for action in (
        actions.type_part("BRE", PagePart.ABOUT, ""),
        actions.type_part("BRE", PagePart.PLACE, "x"),
        "type_part:BRE:nothing:",
        "send_picture:BRE:nothing",
        actions.type_costs(BREZICE, 1999),
        actions.forget_part("BRE", PagePart.ABOUT, BREZICE),
    ):
        await forge(coordinator, action)
    assert await audited(village) == []


async def test_every_flaw_has_its_sentence():
    assert set(texts.FLAWS) == {flaw.value for flaw in RasterFlaw} | {"lost", "exhausting"}
