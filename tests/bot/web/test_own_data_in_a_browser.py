"""Who answers in a browser reads, on the page and as JSON, what is held of a browser, nothing of Telegram."""

import html
import json
import re

import pytest

from bot.texts import languages
from storage.schema import Role
from tests.bot.web.test_mail_journey import confirmed, mailing  # noqa: F401 - a fixture

pytestmark = pytest.mark.both_databases

NBSP = "\u00a0"
NOW = f"2.{NBSP}3.{NBSP}2026 ob 10.00"


async def handed_out(person):
    """The lines of the page, and the record."""
    await person.commands("moji_podatki")
    addresses = [one.get("href") for one in person.page.xpath("//a[@class='file']")]
    read = []
    for address in addresses:
        async with person.client.get(address) as response:
            read.append(await response.text())
    [page], [record] = ([one for one in read if one.startswith(start)] for start in ("<!", "["))
    body = page.partition("<body>")[2]
    return [html.unescape(one) for one in re.sub(r"<[^>]+>", "\n", body).splitlines() if one.strip()], json.loads(
        record
    )


async def test_a_participant_of_the_browser_reads_what_the_privacy_notice_lists(mailing):  # noqa: F811
    person = await confirmed(mailing)
    await person.opens("/")
    said, [held] = await handed_out(person)
    assert "Telegram" not in "\n".join(said)
    assert [one for one in said if re.search(r"(^|\s)/[a-z_]+", one)] == []
    assert "telegram_account" not in held
    assert (held["channel"], held["digits_chosen_at"]) == ("web", "2026-03-02T09:00:00+00:00")
    assert [one["own_device"] for one in held["browsers"]] == [True]
    assert [(one["address"], one["confirmed_at"]) for one in held["email"]] == [
        ("ana.novak@posta.si", "2026-03-02T09:00:00+00:00")
    ]
    assert "4071" not in "\n".join(said) + json.dumps(held)
    at = said.index("Kje to uporabljate")
    assert said[at : at + 4] == [
        "Kje to uporabljate",
        "v brskalniku; naključna številka brskalnika je shranjena šifrirano",
        "Štiri številke (shranjene šifrirano), izbrane",
        NOW,
    ]
    at = said.index("Prijave v brskalniku")
    assert said[at + 1 : at + 6] == ["Prijava", NOW, "Naprava", "vaša", "Naprava vse pozabi"]
    at = said.index("Opomniki po e-pošti")
    assert said[at + 1 : at + 7] == ["E-poštni naslov", "ana.novak@posta.si", "Dana", NOW, "Naslov potrjen", NOW]
    assert "Več: »Kako varujete podatke«" in said


@pytest.mark.parametrize("language", languages.WORDS)
def test_what_is_said_of_erasing_holds_where_nobody_has_an_account(language):
    words = languages.words(language)
    for text in (words.own_data.INTRO, words.ERASE_ASK, words.PRIVACY, words.my_role("x")):
        read = words.read_in("web", text)
        assert re.search(r"račun|account|Telegram", read) is None
        assert read != text


async def test_staff_without_telegram_read_the_same_of_themselves(mailing):  # noqa: F811
    token = await mailing.staff_token(Role.LIBRARIAN, "brezice-racunalnik")
    desk = mailing.surfer()
    await desk.joins(mailing.link(token))
    await desk.opens("/")
    desk.page.xpath("//nav//button[@name='command']")[0].set("value", "moji_podatki")  # staff have no button for it
    said, [held] = await handed_out(desk)
    assert held["channel"] == "web"
    assert "Prijave v brskalniku" in said
    assert "Telegram" not in desk.text + "\n".join(said)
