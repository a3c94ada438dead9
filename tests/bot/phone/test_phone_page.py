"""The page in a browser, with a scripted bot: everything that a person sees, taps and types."""

import pytest
from playwright.async_api import expect

pytestmark = [pytest.mark.slow, pytest.mark.asyncio(loop_scope="module")]

PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010806000000"
    "1f15c4890000000d49444154789c6360606060000000050001a5f64540"
    "0000000049454e44ae426082"
)


async def test_a_scanned_card_starts_the_chat_and_a_tap_changes_the_card_in_place(page, table, on_the_table):
    phone_of, scan_the_card = on_the_table
    phone = phone_of(page)
    await expect(phone.get_by_text("Na telefonu še ni sporočil.")).to_be_visible()

    await scan_the_card(page)
    await expect(phone.locator(".mine .words")).to_have_text("/start")
    await expect(phone.get_by_text("Kako pogosto vam uspe rešiti težavo brez pomoči?")).to_be_visible()
    await expect(phone.locator(".words b")).to_have_text("1 od 2")

    await phone.get_by_role("button", name="včasih").click()
    await expect(phone.get_by_role("status")).to_have_text("Shranjeno")
    await expect(phone.locator(".words b")).to_have_text("2 od 2")
    await expect(phone.locator(".theirs")).to_have_count(1)
    assert table.bot.texts == ["/start vabilo-1"]
    assert table.bot.taps == ["a:1:2"]


async def test_the_keyboard_alone_is_enough_and_the_focus_stays_with_the_card(page, table, on_the_table):
    phone_of, scan_the_card = on_the_table
    phone = phone_of(page)
    await scan_the_card(page)

    key = phone.get_by_role("button", name="redko")
    await key.focus()
    await page.keyboard.press("Enter")
    await expect(phone.locator(".words b")).to_have_text("2 od 2")
    await expect(phone.locator(".theirs .bubble")).to_be_focused()
    await page.keyboard.press("Tab")
    await expect(phone.get_by_role("button", name="nikoli")).to_be_focused()

    await phone.get_by_role("textbox", name="Sporočilo").focus()
    await page.keyboard.type("prva vrstica")
    await page.keyboard.press("Shift+Enter")
    await page.keyboard.type("druga")
    await page.keyboard.press("Enter")
    await expect(phone.locator(".mine .words").last).to_have_text("prva vrstica\ndruga")
    assert table.bot.texts == ["/start vabilo-1", "prva vrstica\ndruga"]


async def test_while_nothing_is_typed_a_made_up_recording_can_be_sent_and_is_shown_with_its_length(
    page, table, on_the_table
):
    phone = on_the_table[0](page)
    await expect(phone.get_by_role("button", name="Pošlji")).to_be_hidden()
    await phone.get_by_role("button", name="Glasovno sporočilo").click()
    await expect(phone.locator(".mine .file-name")).to_have_text("Glasovno sporočilo")
    await expect(phone.locator(".mine .file-note")).to_have_text("0:07 · v predstavitvi brez zvoka")
    assert table.bot.texts == ["a recording"]
    await phone.get_by_role("textbox").fill("74")
    await expect(phone.get_by_role("button", name="Glasovno sporočilo")).to_be_hidden()


async def test_the_send_button_sends_and_empties_the_field(page, table, on_the_table):
    phone = on_the_table[0](page)
    await phone.get_by_role("textbox").fill("  74  ")
    await phone.get_by_role("button", name="Pošlji").click()
    await expect(phone.locator(".mine .words")).to_have_text("74")
    await expect(phone.get_by_role("textbox")).to_have_value("")


async def test_the_menu_shows_the_commands_of_the_person(page, table, on_the_table):
    scope = {"type": "chat", "chat_id": table.librarian.id}
    await table.librarian.says("/start")
    await table.bot.call("setMyCommands", commands=[{"command": "vpis", "description": "vpiše osebe"}], scope=scope)
    phone_of, _ = on_the_table

    await phone_of(page).get_by_role("button", name="Meni ukazov").click()
    dialog = page.get_by_role("dialog", name="Meni ukazov")
    await expect(dialog.locator(".choice")).to_have_text(["/anketanadaljuj vprašalnik"])
    await dialog.get_by_role("button", name="/anketa").click()
    await expect(phone_of(page).locator(".mine .words")).to_have_text("/anketa")

    await page.get_by_role("button", name="Knjižničarka").click()
    await table.librarian.says("še enkrat")
    await page.reload()
    await page.get_by_role("button", name="Knjižničarka").click()
    await phone_of(page, "Knjižničarka").get_by_role("button", name="Meni ukazov").click()
    await expect(dialog.locator(".choice")).to_have_text(["/vpisvpiše osebe"])


async def test_a_link_to_the_bot_asks_who_scans_it_and_a_new_person_gets_a_phone(page, table, on_the_table):
    phone_of, _ = on_the_table
    await table.librarian.says("/vpis")
    text = f"Povezava: https://t.me/{table.simulator.username}?start=novo-9\nVeč: https://example.org/stran."
    await table.bot.call("sendMessage", chat_id=table.librarian.id, text=text)
    await page.get_by_role("button", name="Knjižničarka").click()
    librarian = phone_of(page, "Knjižničarka")
    await expect(librarian.get_by_role("link")).to_have_attribute("href", "https://example.org/stran")

    await librarian.get_by_role("button", name="?start=novo-9").click()
    await page.get_by_role("dialog", name="Kdo skenira kodo?").get_by_role("button", name="Nova oseba").click()
    await expect(phone_of(page, "Oseba 2").locator(".words b")).to_have_text("1 od 2")
    assert table.bot.texts == ["/vpis", "/start novo-9"]


async def test_a_report_opens_in_a_sandbox_and_a_picture_says_what_it_shows(page, table, on_the_table):
    phone = on_the_table[0](page)
    await table.marija.says("/start")
    report = b"<!doctype html><title>Tedensko</title><h1>Tedensko</h1><script>document.title='zlo'</script>"
    chat = table.marija.id
    await table.bot.send_file("sendDocument", "document", chat, report, "tedensko.html", "text/html", "Celotno")
    await table.bot.send_file("sendPhoto", "photo", chat, PIXEL, "graf.png", "image/png", "Graf sprememb")

    await expect(phone.get_by_role("img", name="Slika: Graf sprememb")).to_be_visible()
    async with page.context.expect_page() as opening:
        await phone.get_by_role("link", name="tedensko.html").click()
    opened = await opening.value
    await expect(opened.get_by_role("heading")).to_have_text("Tedensko")
    assert await opened.title() == "Tedensko"
    assert await opened.evaluate("window.origin") == "null"


async def test_time_travel_moves_the_clock_says_so_and_closes_the_tools(page, table):
    clock = page.locator("#clock")
    await expect(clock).to_have_text("22.\u00a011.\u00a02026, 10:00")
    fold = page.get_by_role("button", name="Možnosti")
    for name in ("+1 dan", "+1 teden", "+1 mesec", "do naslednjega sporočila", "do naslednjega vprašalnika"):
        await fold.click()
        await page.get_by_role("button", name=name).click()
        await expect(page.locator("#notice")).to_have_text("Ura je prestavljena.")
        await expect(page.get_by_role("button", name=name)).to_be_hidden()
        await expect(fold).to_be_focused()
    assert table.village.journeys == ["day", "week", "month", "next", "survey"]
    await expect(clock).to_have_text("6.\u00a01.\u00a02027, 10:00")


@pytest.mark.parametrize("name", ["Vabilo", "Kako začeti"])
async def test_on_a_small_screen_the_tools_close_when_a_sheet_opens(page, table, name):
    await page.get_by_role("button", name="Možnosti").click()
    await page.get_by_role("button", name=name, exact=True).click()
    await page.keyboard.press("Escape")
    await expect(page.get_by_role("button", name=name, exact=True)).to_be_hidden()


async def test_after_a_journey_the_phone_is_shown_to_which_something_came(page, table, on_the_table):
    phone_of, _ = on_the_table
    fold = page.get_by_role("button", name="Možnosti")
    table.village.visited = [table.marija.id, table.coordinator.id]

    await fold.click()
    await page.get_by_role("button", name="+1 teden").click()
    await expect(page.locator("#notice")).to_have_text("Ura je prestavljena.")
    await expect(phone_of(page)).to_be_visible()  # something came here, too

    await fold.click()
    await page.get_by_role("button", name="do naslednjega vprašalnika").click()
    await expect(phone_of(page, "Koordinatorka")).to_be_visible()

    table.village.visited = [table.librarian.id]
    await fold.click()
    await page.get_by_role("button", name="+1 dan").click()
    await expect(phone_of(page, "Knjižničarka")).to_be_visible()


async def test_a_file_of_this_machine_is_sent(page, table, on_the_table):
    phone = on_the_table[0](page)
    async with page.expect_file_chooser() as choosing:
        await phone.get_by_role("button", name="Priloži datoteko").click()
    content = "ime;priimek\nČrtomir;Žagar\n".encode()
    chooser = await choosing.value
    await chooser.set_files({"name": "seznam.csv", "mimeType": "text/csv", "buffer": content})

    await expect(phone.locator(".mine .file-name")).to_have_text("seznam.csv")
    [message] = table.marija.messages
    assert (message.media.name, message.media.data) == ("seznam.csv", content)
    async with page.expect_file_chooser() as choosing:
        await phone.get_by_role("button", name="Priloži datoteko").click()
    await (await choosing.value).set_files({"name": "prazno.csv", "mimeType": "text/csv", "buffer": b""})
    await expect(page.locator("#notice")).to_have_text("Datoteka je prazna.")
    await phone.get_by_role("textbox").fill("74")
    await expect(phone.get_by_role("button", name="Priloži datoteko")).to_be_hidden()


@pytest.mark.parametrize("begin", ["https://", ""])
async def test_a_link_that_was_pasted_can_be_tapped(page, table, on_the_table, begin):
    phone_of, _ = on_the_table
    await phone_of(page).get_by_role("textbox").fill(f"Poglej: {begin}t.me/{table.simulator.username}?start=novo-7.")
    await page.keyboard.press("Enter")
    await phone_of(page).locator(".mine").get_by_role("button", name="?start=novo-7").click()
    await page.get_by_role("dialog", name="Kdo skenira kodo?").get_by_role("button", name="Marija").click()
    await expect(phone_of(page).locator(".words b")).to_have_text("1 od 2")
    assert table.bot.texts[-1] == "/start novo-7"


async def test_news_on_a_phone_that_is_not_open_is_counted(page, table):
    await table.coordinator.says("/start")
    await expect(page.get_by_role("button", name="Koordinatorka").locator(".unread")).to_have_text("1")
    await page.get_by_role("button", name="Koordinatorka").click()
    await expect(page.locator(".unread")).to_have_count(0)


async def test_the_page_comes_back_by_itself_when_the_stand_in_was_away(page, table, on_the_table):
    phone_of, scan_the_card = on_the_table
    await scan_the_card(page)
    await expect(phone_of(page).locator(".words b")).to_have_text("1 od 2")
    await table.simulator.goes_down()
    await table.simulator.comes_up()
    await table.bot.call("sendMessage", chat_id=table.marija.id, text="po izpadu")
    await expect(phone_of(page).locator(".message .words").last).to_have_text("po izpadu")
    await expect(phone_of(page).locator(".message")).to_have_count(3)


async def test_three_phones_stand_side_by_side_on_a_desk(page, on_the_table):
    await page.set_viewport_size({"width": 1366, "height": 800})
    for name in ("Marija", "Knjižničarka", "Koordinatorka"):
        await expect(on_the_table[0](page, name)).to_be_visible()
    boxes = [await on_the_table[0](page, name).bounding_box() for name in ("Marija", "Knjižničarka", "Koordinatorka")]
    assert len({box["y"] for box in boxes}) == 1
    assert boxes[0]["x"] + boxes[0]["width"] < boxes[1]["x"] < boxes[2]["x"]
