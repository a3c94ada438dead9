"""Who may talk with the page: this machine's browser under its own name, and nobody else."""

import aiohttp
import pytest
import pytest_asyncio

pytestmark = pytest.mark.asyncio(loop_scope="module")

HOME = {"Content-Type": "application/json"}


@pytest_asyncio.fixture(loop_scope="module")
async def http():
    async with aiohttp.ClientSession() as session:
        yield session


def at_home(table, **more):
    return {**HOME, "Origin": table.address, **more}


@pytest.mark.parametrize("path", ["/", "/phone/page/phone.js", "/phone/people", "/phone/events"])
async def test_a_foreign_name_that_points_here_gets_nothing(http, table, path):
    async with http.get(table.address + path, headers={"Host": "zlonamerno.example"}) as answer:
        assert answer.status == 403
    async with http.get(table.address + path, headers={"Host": f"zlonamerno.example:{table.simulator.port}"}) as answer:
        assert answer.status == 403
    async with http.get(table.address + path, headers={"Sec-Fetch-Site": "cross-site"}) as answer:
        assert answer.status == 403


async def test_a_server_of_this_machine_may_lead_to_the_page_and_read_nothing(http, table):
    led = {"Sec-Fetch-Site": "same-site", "Sec-Fetch-Mode": "navigate"}
    statuses = {}
    for path, headers in [("/", led), ("/", {**led, "Sec-Fetch-Mode": "cors"}), ("/phone/people", led)]:
        async with http.get(table.address + path, headers=headers) as answer:
            statuses[path, headers["Sec-Fetch-Mode"]] = answer.status
    assert statuses == {("/", "navigate"): 200, ("/", "cors"): 403, ("/phone/people", "navigate"): 403}
    async with http.post(f"{table.address}/phone/say", json={}, headers={**at_home(table), **led}) as answer:
        assert answer.status == 403


@pytest.mark.parametrize(
    "headers",
    [
        {"Content-Type": "application/json"},
        {"Content-Type": "application/json", "Origin": "http://zlonamerno.example"},
        {"Content-Type": "application/json", "Origin": "null"},
        {"Content-Type": "text/plain", "Origin": "here"},
    ],
)
async def test_other_pages_cannot_write_for_a_person(http, table, headers):
    headers = {name: table.address if value == "here" else value for name, value in headers.items()}
    body = f'{{"person": {table.marija.id}, "text": "/izbris"}}'
    async with http.post(f"{table.address}/phone/say", data=body, headers=headers) as answer:
        assert answer.status == 403
    assert table.marija.messages == []


async def test_the_page_writes_and_every_answer_forbids_what_it_does_not_need(http, table):
    body = {"person": table.marija.id, "text": "/start"}
    async with http.post(f"{table.address}/phone/say", json=body, headers=at_home(table)) as answer:
        assert (answer.status, await answer.json()) == (200, {})
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers["Cache-Control"] == "no-store"
        assert answer.headers["Referrer-Policy"] == "no-referrer"
    async with http.get(table.address) as answer:
        assert answer.headers["Content-Security-Policy"] == (
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
            "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
        )


@pytest.mark.parametrize(
    ("path", "body", "status"),
    [
        ("say", {}, 400),
        ("say", {"person": 1, "text": "x"}, 400),
        ("say", [], 400),
        ("tap", {"person": "me"}, 400),
        ("travel", {"to": "1990"}, 400),
    ],
)
async def test_what_makes_no_sense_is_refused_with_a_sentence(http, table, path, body, status):
    async with http.post(f"{table.address}/phone/{path}", json=body, headers=at_home(table)) as answer:
        assert (answer.status, await answer.json()) == (status, {"problem": "Tega predstavitev ne razume."})


async def test_who_has_blocked_the_bot_cannot_write(http, table):
    await table.marija.says("/start")
    table.marija.blocks()
    body = {"person": table.marija.id, "text": "kaj zdaj"}
    async with http.post(f"{table.address}/phone/say", json=body, headers=at_home(table)) as answer:
        assert (answer.status, await answer.json()) == (409, {"problem": "Ta telefon botu zdaj ne more pisati."})


@pytest.mark.parametrize(
    "path", ["/phone/page/..%2Fphone.py", "/phone/page/phone.py", "/phone/file/nope/x.html", "/phone/card/7.svg"]
)
async def test_nothing_but_the_page_and_the_files_of_the_chats_is_handed_out(http, table, path):
    async with http.get(table.address + path) as answer:
        assert answer.status == 404


async def test_files_open_without_any_power(http, table):
    await table.marija.says("/start")
    await table.bot.send_file("sendDocument", "document", table.marija.id, b"<b>", "š.html", "text/html", "x")
    await table.bot.send_file(
        "sendDocument", "document", table.marija.id, b"MZ", "x.exe", "application/x-msdownload", ""
    )
    html, program = (one for one in table.simulator.world.files.values() if one.kind == "document")
    async with http.get(f"{table.address}/phone/file/{html.file_id}/x.html") as answer:
        assert answer.headers["Content-Security-Policy"].startswith("sandbox; default-src 'none'")
        assert answer.headers["Content-Disposition"] == "inline; filename*=UTF-8''%C5%A1.html"
        assert answer.headers["Content-Type"] == "text/html; charset=utf-8"
    async with http.get(f"{table.address}/phone/file/{program.file_id}/x.exe") as answer:
        assert answer.headers["Content-Disposition"] == "attachment; filename*=UTF-8''x.exe"
        assert answer.headers["Content-Type"] == "application/octet-stream"
