"""What somebody tries who is not at their own page: forged, replayed, guessed, planted, oversized, slow."""

import asyncio
import logging
import re
import secrets
from io import BytesIO

import aiohttp
import pytest
from aiohttp import web
from aiohttp.test_utils import make_mocked_request
from sqlalchemy import func, select

from bot.runtime.http_server import HttpServer
from bot.web import forms
from bot.web.limits import Limit
from bot.web.security import Cookie, caller
from storage.schema import answer, participant, web_session

BREZICE = "brezice-racunalnik"


async def link(village):
    """The link of somebody's card."""
    return village.link((await village.enrol(await village.cohort(BREZICE, name=secrets.token_hex(4)))).token)


async def joined(village, pin="4071"):
    """Somebody at the first question, and their link."""
    address, person = await link(village), village.surfer()
    await person.joins(address)
    await person.presses("Da")
    await person.presses("Shrani", pin=pin)
    return person, address


async def count(village, column):
    return await village.services.database.read(lambda c: c.execute(select(func.count(column))).scalar())


def cookie(person):
    (one,) = person.client.cookie_jar
    return one.value


def first_button(person):
    return person.page.xpath("//div[@class='row']/button")[0]


async def sends(person, fields, **headers):
    async with person.client.post("/", data=fields, headers=headers, allow_redirects=False) as answered:
        return answered.status


async def test_a_form_with_another_token_changes_nothing(web_village):
    person, _ = await joined(web_village)
    _, fields = person.form(first_button(person))
    other, _ = await joined(web_village)
    for forged in ("", secrets.token_urlsafe(16), other.form(first_button(other))[1]["token"]):
        assert await sends(person, fields | {"token": forged}) == 303
    assert await count(web_village, answer.c.run) == 0
    assert await sends(person, fields) == 303
    assert await count(web_village, answer.c.run) == 1


async def test_a_button_of_somebody_else_changes_nothing(web_village):
    one, _ = await joined(web_village)
    other, _ = await joined(web_village)
    theirs, mine = other.form(first_button(other))[1], one.form(first_button(one))[1]
    await sends(one, mine | {"action": theirs["action"]})
    assert await count(web_village, answer.c.run) == 0
    await one.opens("/")
    assert one.question.startswith("1 od 8")


async def test_a_form_from_another_place_is_refused(web_village):
    person, _ = await joined(web_village)
    _, fields = person.form(first_button(person))
    for headers in ({"Origin": "https://elsewhere.example"}, {"Sec-Fetch-Site": "cross-site"},
                    {"Origin": "null", "Sec-Fetch-Site": "same-site"}):  # fmt: skip
        assert await sends(person, fields, **headers) == 403
        for path in ("/odjava", "/koda", "/k/abcd", "/nazaj/abcd", "/v/abcd"):
            async with person.client.post(path, data=fields, headers=headers) as answered:
                assert answered.status == 403
    assert await count(web_village, answer.c.run) == 0


@pytest.mark.both_databases
async def test_a_link_that_was_used_opens_for_nobody_else_and_a_guessed_one_for_nobody(web_village):
    _, address = await joined(web_village)
    stranger = web_village.surfer()
    async with stranger.client.post(address, allow_redirects=False) as answered:
        assert (answered.status, answered.headers.get("Set-Cookie")) == (303, None)
    people = await count(web_village, participant.c.id)
    await stranger.joins(web_village.link(secrets.token_urlsafe(18)))
    assert "1 od 8" not in stranger.text
    assert await count(web_village, participant.c.id) == people


@pytest.mark.parametrize("method", ["GET", "HEAD"])
async def test_whoever_only_looks_at_a_link_leaves_no_trace(web_village, method):
    address = await link(web_village)
    async with aiohttp.ClientSession() as scanner:
        for _ in range(3):
            async with scanner.request(method, address) as answered:
                assert (answered.status, answered.headers.get("Set-Cookie")) == (200, None)
    assert await count(web_village, web_session.c.id) == 0


async def test_a_session_that_somebody_planted_is_never_taken_over(web_village):
    planted, address = secrets.token_urlsafe(16), await link(web_village)
    person = web_village.surfer()
    person.client.cookie_jar.update_cookies({"seja": planted}, person.client._base_url)
    await person.joins(address)
    assert cookie(person) != planted
    attacker = web_village.surfer()
    attacker.client.cookie_jar.update_cookies({"seja": planted}, attacker.client._base_url)
    await attacker.opens("/")
    assert "Odprite povezavo s svoje kartice" in attacker.text


@pytest.mark.both_databases
async def test_after_the_digits_there_is_a_new_session(web_village):
    person, address = await joined(web_village)
    other = web_village.surfer()
    other.client.cookie_jar.update_cookies({"seja": secrets.token_urlsafe(16)}, other.client._base_url)
    before = cookie(other)
    await other.opens(address)
    await other.presses("Naprej", pin="4071")
    assert len({before, cookie(other), cookie(person)}) == 3


async def test_no_other_page_frames_ours_and_nothing_of_it_is_kept(web_village):
    person, address = await joined(web_village)
    for path in ("/", address, "/koda", "/nothing", "/web.css", "/datoteka/1"):
        async with person.client.get(path) as answered:
            policy = answered.headers.get("Content-Security-Policy", "")
            assert "frame-ancestors 'none'" in policy, path
            assert "unsafe-inline" not in policy
            assert answered.headers["X-Frame-Options"] == "DENY"
            assert answered.headers["Referrer-Policy"] == "no-referrer"
            if path != "/web.css":
                assert answered.headers["Cache-Control"] == "no-store"


async def test_what_is_too_large_is_refused_and_changes_nothing(web_village):
    person, _ = await joined(web_village)
    _, fields = person.form(first_button(person))
    for large in ({"words": "a" * (forms.LONGEST_WORDS + 1), "action": ""}, {"action": "a" * 65}):
        assert await sends(person, fields | large) == 400
    form = aiohttp.FormData(fields)
    form.add_field("file", BytesIO(bytes(forms.LARGEST_FILE + 2**18)), filename="a.ogg", content_type="audio/ogg")
    assert await sends(person, form) == 413
    async with person.client.post("/nazaj/abcd", data={"pin": "1" * (2 * forms.LARGEST_FORM)}) as answered:
        assert answered.status == 413
    assert await count(web_village, answer.c.run) == 0
    await person.opens("/")
    assert person.question.startswith("1 od 8")


async def test_a_body_that_does_not_end_is_given_up(web_village, monkeypatch):
    monkeypatch.setattr(forms, "READ_SECONDS", 0.2)
    person, _ = await joined(web_village)
    hangs = asyncio.Event()

    async def drips():
        yield b"token="
        await hangs.wait()

    for path in ("/", "/nazaj/abcd"):
        kind = {"Content-Type": "application/x-www-form-urlencoded"}
        async with person.client.post(path, data=drips(), headers=kind) as answered:
            assert answered.status == 408
    hangs.set()


async def test_a_header_that_does_not_end_holds_no_connection():
    async def answers(_):
        return web.Response(text="ok")

    server = HttpServer("127.0.0.1", 0, header_seconds=0.2)
    server.add("GET", "/", answers)
    await server.listen()
    try:
        reader, writer = await asyncio.open_connection("127.0.0.1", server.port)
        writer.write(b"GET / HTTP/1.1\r\nHost: ")
        assert await reader.read() == b""  # closed from there
        writer.close()
        async with aiohttp.ClientSession() as client, client.get(f"http://127.0.0.1:{server.port}/") as answered:
            assert await answered.text() == "ok"
    finally:
        await server.close()


def request_from(address, forwarded=None):
    """A request as a server sees it that was called from this address."""
    headers = {} if forwarded is None else {"X-Forwarded-For": forwarded}
    return make_mocked_request("POST", "/", headers=headers).clone(remote=address)


@pytest.mark.parametrize(
    ("address", "proxy", "forwarded", "counts_as"),
    [
        ("198.51.100.7", "", "203.0.113.9", "198.51.100.7"),
        ("198.51.100.7", "127.0.0.1", "203.0.113.9", "198.51.100.7"),
        ("127.0.0.1", "127.0.0.1", "203.0.113.9", "203.0.113.9"),
        ("127.0.0.1", "127.0.0.1", "10.0.0.1, 203.0.113.9", "203.0.113.9"),
        ("127.0.0.1", "127.0.0.1", None, "127.0.0.1"),
        ("127.0.0.1", "127.0.0.1", "whatever", ""),
        ("127.0.0.1", "127.0.0.1", "2001:db8:1:2:3::4", "2001:db8:1:2::/64"),
        ("::ffff:198.51.100.7", "", None, "198.51.100.7"),
    ],
)
def test_only_the_proxy_is_believed_for_whom_it_asks(address, proxy, forwarded, counts_as):
    assert caller(request_from(address, forwarded), proxy) == counts_as


def test_whoever_tries_too_often_waits():
    now = [0.0]
    limit = Limit(3, 60.0, clock=lambda: now[0])
    assert [limit.admits("one") for _ in range(4)] == [True, True, True, False]
    assert limit.admits("another")
    now[0] = 20.0
    assert [limit.opens_in(key) for key in ("one", "another", "nobody")] == [40.0, 0.0, 0.0]
    now[0] = 61.0
    assert limit.admits("one")
    for _ in range(5):
        assert limit.admits("who is right")
        limit.take_back("who is right")


async def test_no_token_reaches_the_log_or_a_title(web_village, caplog):
    caplog.set_level(logging.DEBUG)
    person, address = await joined(web_village)
    token = address.rpartition("/")[2]
    titles = []
    for path in ("/", address, "/koda"):
        await person.opens(path)
        titles.append(person.page.findtext(".//title"))
    await person.opens("/")
    assert {title.rpartition(" · ")[2] for title in titles} == {"Knjižnica vpraša"}
    assert not any(token in title for title in titles)
    log = "\n".join([caplog.text, *(str(one.__dict__) for one in caplog.records)])
    assert [one for one in (token, cookie(person), "4071", person.form(first_button(person))[1]["token"])
            if re.search(rf"\b{re.escape(one)}\b", log)] == []  # fmt: skip


def test_by_https_the_cookie_goes_to_this_host_alone_and_to_no_script():
    response = web.Response()
    own, here = Cookie("https://odgovori.example.si", "seja"), Cookie("http://127.0.0.1:8090", "seja")
    own.put(response, "abc", None)
    assert response.cookies[own.name].output(header="") == (" __Host-seja=abc; HttpOnly; Path=/; SameSite=Lax; Secure")
    here.put(response, "abc", 60)
    assert response.cookies[here.name].output(header="") == " seja=abc; HttpOnly; Max-Age=60; Path=/; SameSite=Lax"
