"""What stands beside the card at a desk: commands, a field for a code, and files that were ordered."""

import re

import pytest
from plugins.at_the_desk import query
from plugins.web_desk import at_a_desk, without_telegram

from bot.staff import staff_home
from storage import cohort_overview
from storage.schema import Role

pytestmark = pytest.mark.both_databases

BREZICE = "brezice-racunalnik"
SEVERAL = {"porocilo", "ucinek", "izvoz"}  # whose first card asks for a library, which several commands do


async def ordered(village, desk, form):
    """A report that is ordered in the browser, and the page once it has come."""
    await desk.commands("porocilo")
    await desk.presses("Ta teden")
    await desk.presses(form)
    await village.ticks()
    return await desk.opens("/")


def links(desk):
    return [link.get("href") for link in desk.page.xpath("//section[@class='files']//a")]


@pytest.mark.parametrize("role", Role)
async def test_the_command_of_the_card_is_marked_in_the_menu(web_village, role):
    await web_village.cohort(BREZICE)
    library = None if role is Role.NATIONAL else web_village.programme(BREZICE).code
    desk, marked = await without_telegram(web_village, role, library), {}
    for name, _ in staff_home.commands(role):
        await desk.commands(name)
        marked[name] = desk.page.xpath("//nav//*[@aria-current]/@value")
    not_marked = {name for name, found in marked.items() if found != [name]}
    assert not_marked == (SEVERAL if role is Role.NATIONAL else set())
    assert all(marked[name] == [] for name in not_marked)


async def test_a_code_is_looked_up_from_every_card(web_village):
    cohort = await web_village.cohort(BREZICE)
    desk = await at_a_desk(web_village, await web_village.librarian(BREZICE))
    await web_village.enrol(cohort)
    ((code),) = [one.code for one in await query(web_village, cohort_overview.members, cohort_id=cohort.id)]
    await desk.commands("koledar")
    await desk.presses("Poišči", words=code.lower())
    assert desk.question.startswith(code)


async def test_what_was_ordered_stands_at_the_desk_and_on_the_phone(web_village):
    phone = await web_village.coordinator(BREZICE)
    desk = await at_a_desk(web_village, phone)
    assert (await desk.json("/stanje"))["newest"] == 0
    await ordered(web_village, desk, "PDF")
    await phone.waits(lambda: any(one.media and one.media.kind == "document" for one in phone.messages))
    shown, kept = links(desk)
    assert re.search(r"\.pdf · [\d,]+ [kM]B · 2\. 3\. 2026 ob 10\.00", desk.text)
    assert (await desk.json("/stanje"))["newest"] == int(kept.rpartition("/")[2])
    async with desk.client.get(shown) as response:
        data = await response.read()
        assert (data[:5], response.content_type, response.headers.get("Content-Disposition")) == (
            b"%PDF-",
            "application/pdf",
            None,
        )
    async with desk.client.get(kept) as response:
        assert (await response.read(), response.headers["Content-Disposition"].partition(";")[0]) == (
            data,
            "attachment",
        )


async def test_a_report_as_a_page_can_do_nothing_in_the_browser(web_village):
    desk = await at_a_desk(web_village, await web_village.coordinator(BREZICE))
    await ordered(web_village, desk, "Spletna stran")
    async with desk.client.get(links(desk)[0]) as response:
        policy = response.headers["Content-Security-Policy"]
        assert (response.content_type, policy.startswith("sandbox; default-src 'none'")) == ("text/html", True)
        assert "script-src" not in policy


async def test_others_see_nothing_of_a_file(web_village):
    desk = await at_a_desk(web_village, await web_village.coordinator(BREZICE))
    await ordered(web_village, desk, "PDF")
    other = await at_a_desk(web_village, await web_village.librarian(BREZICE))
    for link in links(desk):
        await other.opens(link)
        assert other.status == 404
