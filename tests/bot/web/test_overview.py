"""»Pregled«: the page of a coordinator's Monday says what the chat says, and nothing to anybody else."""

import pytest
from lxml import html
from plugins.at_the_desk import query
from plugins.web_desk import at_a_desk, without_telegram
from sqlalchemy import func, select

from bot.worker import requests
from bot.worker.jobs import ReportSpec
from storage.schema import Role, audit, published_figure
from surveys.model import EnrolmentRole
from surveys.weeks import week_of
from tests.bot.coordinator.test_coordinator_reports import add_programme
from tests.bot.coordinator.test_monday import finish, joins

pytestmark = pytest.mark.both_databases

BREZICE, KAMNIK = "brezice-racunalnik", "kamnik-slovenscina"
PHONE = "brezice-telefon"


async def editions(village):
    return await query(village, lambda c: c.execute(select(func.count()).select_from(published_figure)).scalar_one())


async def orders(village):
    statement = select(audit.c.action, audit.c.subject).where(audit.c.action == "report.order")
    return await query(village, lambda c: [tuple(row) for row in c.execute(statement)])


def without_spaces(text):
    return "".join(text.split())


def words(text):
    return without_spaces(html.fragment_fromstring(text, create_parent="div").text_content())


async def weekly(village, slug):
    """The words of a programme's weekly report as it is ordered."""
    made = await requests.make(village.services, ReportSpec("weekly", slug, week=str(week_of(village.clock()))))
    return words((await requests.render(village.services, made, "text")).decode())


@pytest.fixture
async def coordinator(web_village):
    """The page of a coordinator in whose library one person has answered, and one has not."""
    desk = await at_a_desk(web_village, await web_village.coordinator(BREZICE))
    spring = await web_village.cohort(BREZICE)
    await joins(web_village.village, spring, "Bor")  # by Telegram, as most do
    await finish(await joins(web_village.village, spring, "Ana"))
    return await desk.opens("/pregled")


async def test_the_page_says_what_the_weekly_report_says_and_counts_as_one(web_village, coordinator):
    assert await weekly(web_village, BREZICE) in without_spaces(coordinator.text)
    assert await orders(web_village) == [("report.order", f"weekly:{BREZICE}")]


async def test_no_share_and_no_answer_of_a_few_people_is_shown(coordinator):
    assert "Izhodišče" in coordinator.text
    assert "%" not in coordinator.text


async def test_the_groups_have_the_counts_of_their_cards_and_lead_to_them(web_village, coordinator):
    (row,) = coordinator.page.xpath("//tbody/tr")
    assert [cell.text_content().strip() for cell in row] == ["Pomlad", "2", "2", "1", "0", "0"]
    await coordinator.presses("Pomlad")
    assert coordinator.question.startswith("Pomlad")
    assert "Vpisanih: 2 · s privolitvijo: 2" in coordinator.question


async def waits(village, group):
    """Somebody on the waiting list of a group."""
    await village.enrol(group, role=EnrolmentRole.WAITING)


def headed(desk):
    """What stands above the rows of the groups, and above which of them."""
    return desk.page.xpath("string(//caption)"), [one.text_content() for one in desk.page.xpath("//thead//th")]


def rows(desk):
    return [[cell.text_content().strip() for cell in row] for row in desk.page.xpath("//tbody/tr")]


async def test_who_waits_for_the_next_group_stands_apart_as_the_report_counts(web_village):
    spring = await web_village.cohort(BREZICE)
    await web_village.enrol(spring)
    await waits(web_village, spring)
    await waits(web_village, spring)
    desk = await at_a_desk(web_village, await web_village.coordinator(BREZICE))
    await desk.opens("/pregled")
    assert headed(desk) == (
        f"Odgovori po skupinah: {web_village.programme(BREZICE).name}",
        ["Skupina", "Vpisanih", "Na čakalnem seznamu", "S privolitvijo", "Izhodišče", "Zaključek", "Spremljanje"],
    )
    assert rows(desk) == [["Pomlad", "1", "2", "0", "0", "0", "0"]]
    assert "Vpisi:1" in without_spaces(desk.text)


async def test_what_waits_leads_where_mondays_message_leads(coordinator):
    assert "Dober dan. To je pregled tedna" in coordinator.text
    await coordinator.presses("Več: številke tedna")
    assert coordinator.question.startswith("Tedensko poročilo")


async def test_looking_again_makes_no_report_and_every_file_is_of_the_same_one(web_village, coordinator):
    published_by_now = await editions(web_village)
    await coordinator.opens("/pregled")
    kinds = {}
    for address in ("slika", "pdf", "stran", "tabela"):
        async with coordinator.client.get(f"/pregled/{address}") as response:
            kinds[address] = response.content_type
    assert kinds == {
        "slika": "image/png",
        "pdf": "application/pdf",
        "stran": "text/html",
        "tabela": "application/octet-stream",
    }
    assert await orders(web_village) == [("report.order", f"weekly:{BREZICE}")]
    assert await editions(web_village) == published_by_now


def parts(desk):
    """What there is to choose from, and what is shown."""
    links = desk.page.xpath("//nav/p/a")
    return [one.text_content() for one in links], [one.text_content() for one in links if one.get("aria-current")]


async def follows(desk, label):
    (link,) = [one for one in desk.page.xpath("//nav/p/a") if one.text_content() == label]
    return await desk.opens(link.get("href"))


async def test_with_one_programme_there_is_nothing_to_choose(coordinator):
    assert parts(coordinator) == ([], [])


async def test_of_several_programmes_each_or_all_are_told_of_as_in_the_chat(web_village):
    await add_programme(web_village, slug=PHONE, name="Telefon brez strahu")
    await web_village.cohort(BREZICE)
    await web_village.cohort(PHONE, name="Jesen")
    desk = await at_a_desk(web_village, await web_village.coordinator(BREZICE))
    await desk.opens("/pregled")
    name = web_village.programme(BREZICE).name
    assert parts(desk) == (["Cela knjižnica", name, "Telefon brez strahu"], ["Cela knjižnica"])
    assert len(desk.page.xpath("//table")) == 2
    await follows(desk, "Telefon brez strahu")
    assert parts(desk)[1] == ["Telefon brez strahu"]
    assert "Pregled: Telefon brez strahu" in desk.text
    assert [one.text_content() for one in desk.page.xpath("//tbody//th")] == ["Jesen"]
    assert await weekly(web_village, PHONE) in without_spaces(desk.text)
    (table,) = [one for one in desk.page.xpath("//a/@href") if one.startswith("/pregled/tabela")]
    async with desk.client.get(table) as response:
        assert PHONE in response.headers["Content-Disposition"]
    assert await orders(web_village) == [("report.order", "library:BRE"), ("report.order", f"weekly:{PHONE}")]
    await desk.presses("Več: številke tedna")
    assert "Telefon brez strahu" in desk.question


async def test_the_national_coordinator_sees_all_libraries_and_each(web_village):
    spring, elsewhere = await web_village.cohort(BREZICE), await web_village.cohort(KAMNIK)
    for group in (spring, spring, elsewhere):
        await web_village.enrol(group)
    await waits(web_village, spring)
    desk = await without_telegram(web_village, Role.NATIONAL, None)
    await desk.opens("/pregled")
    assert "Pregled: Vse knjižnice skupaj" in desk.text
    assert "StanjeVseknjižniceskupajVpisanih:3Na" in without_spaces(desk.text)
    assert desk.page.xpath("//table") == []
    library = web_village.programme(BREZICE).library
    assert library in desk.text
    await follows(desk, library)
    assert f"Pregled: {library}" in desk.text
    assert parts(desk)[1] == [library]
    assert without_spaces(f"Stanje {library} Vpisanih: 2 Na čakalnem seznamu: 1 oseba Sodeluje: 0") in without_spaces(
        desk.text
    )
    assert rows(desk) == [["Pomlad", "2", "1", "0", "0", "0", "0"]]
    assert desk.page.xpath("//table//button") == []
    assert await orders(web_village) == [("report.order", "country:national"), ("report.order", f"weekly:{BREZICE}")]


async def test_nobody_sees_what_is_not_theirs(web_village, coordinator):
    for about in ("kamnik-slovenscina", "KAM", "national", "x"):
        await coordinator.opens(f"/pregled?od={about}")
        assert coordinator.address == "/"
        async with coordinator.client.get(f"/pregled/pdf?od={about}") as response:
            assert response.status == 404
    assert await orders(web_village) == [("report.order", f"weekly:{BREZICE}")]


@pytest.mark.parametrize("address", ["/pregled", "/pregled/slika", "/pregled/pdf"])
async def test_a_librarian_and_a_stranger_see_nothing_of_it(web_village, address):
    librarian = await without_telegram(web_village, Role.LIBRARIAN, web_village.programme(BREZICE).code)
    assert librarian.page.xpath("//a[@href='/pregled']") == []
    for desk in (librarian, web_village.surfer()):
        await desk.opens(address)
        assert (desk.status, desk.address) in {(200, "/"), (404, address)}
        assert "Pregled" not in desk.text
    assert await orders(web_village) == []
