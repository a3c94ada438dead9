"""»Pregled«: the page of a coordinator's Monday says what the chat says, and nothing to anybody else."""

import pytest
from lxml import html
from plugins.at_the_desk import query
from plugins.web_desk import at_a_desk, without_telegram
from sqlalchemy import func, select

from bot.worker import requests
from bot.worker.jobs import ReportSpec
from storage.schema import Role, audit, published_figure
from surveys.weeks import week_of
from tests.bot.coordinator.test_monday import finish, joins

pytestmark = pytest.mark.both_databases

BREZICE = "brezice-racunalnik"


async def editions(village):
    return await query(village, lambda c: c.execute(select(func.count()).select_from(published_figure)).scalar_one())


async def orders(village):
    statement = select(audit.c.action, audit.c.subject).where(audit.c.action == "report.order")
    return await query(village, lambda c: [tuple(row) for row in c.execute(statement)])


def without_spaces(text):
    return "".join(text.split())


def words(text):
    return without_spaces(html.fragment_fromstring(text, create_parent="div").text_content())


@pytest.fixture
async def coordinator(web_village):
    """The page of a coordinator in whose library one person has answered, and one has not."""
    desk = await at_a_desk(web_village, await web_village.coordinator(BREZICE))
    spring = await web_village.cohort(BREZICE)
    await joins(web_village.village, spring, "Bor")  # by Telegram, as most do
    await finish(await joins(web_village.village, spring, "Ana"))
    return await desk.opens("/pregled")


async def test_the_page_says_what_the_weekly_report_says_and_counts_as_one(web_village, coordinator):
    week = str(week_of(web_village.clock()))
    made = await requests.make(web_village.services, ReportSpec("weekly", BREZICE, week=week))
    text = (await requests.render(web_village.services, made, "text")).decode()
    assert words(text) in without_spaces(coordinator.text)
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


async def test_the_national_coordinator_sees_all_libraries(web_village):
    desk = await without_telegram(web_village, Role.NATIONAL, None)
    await desk.opens("/pregled")
    assert "Pregled: Vse knjižnice skupaj" in desk.text
    assert web_village.programme(BREZICE).library in desk.text


@pytest.mark.parametrize("address", ["/pregled", "/pregled/slika", "/pregled/pdf"])
async def test_a_librarian_and_a_stranger_see_nothing_of_it(web_village, address):
    librarian = await without_telegram(web_village, Role.LIBRARIAN, web_village.programme(BREZICE).code)
    assert librarian.page.xpath("//a[@href='/pregled']") == []
    for desk in (librarian, web_village.surfer()):
        await desk.opens(address)
        assert (desk.status, desk.address) in {(200, "/"), (404, address)}
        assert "Pregled" not in desk.text
    assert await orders(web_village) == []
