"""What `check` says of the section of the pages."""

import pytest
from plugins.mail_server import mail_server

from bot.cli.pages_check import advice_on_mail, advice_on_pages, mail_is_refused, problems_of_pages
from bot.runtime.settings import Settings

HTTPS = "https://odgovori.example.si"
WEBHOOK = {"mode": "webhook", "webhook_url": "https://bot.example.si/telegram", "webhook_secret": "skrivnost-7"}


def settings(health=None, telegram=None, email=None, **web):
    return Settings.model_validate(
        {"web": web, "health": health or {}, "telegram": telegram or {}, "email": email or {}}
    )


def mail(**more):
    return {"host": "127.0.0.1", "security": "none", "sender": "vpisi@knjiznica.si", **more}


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (settings(), []),
        (settings(public_url=HTTPS, proxy="127.0.0.1"), []),
        (settings(port=8675), []),
        (settings(public_url=HTTPS, proxy="::1", port=8675, health={"enabled": False}), []),
        (settings(public_url=HTTPS, port=8675), ["[web] port is [health] port as well (8675): write another one,"]),
        (
            settings(public_url=HTTPS, port=8080, telegram=WEBHOOK),
            ["[web] port is [telegram] webhook_port as well (8080): write another one,"],
        ),
        (settings(public_url=HTTPS, proxy="nginx"), ["[web] proxy: »nginx« is no address: write the number"]),
    ],
)
def test_what_cannot_be_is_said(given, said):
    found = list(problems_of_pages(given))
    assert [one[: len(start)] for one, start in zip(found, said, strict=True)] == said


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (settings(public_url="http://127.0.0.1:8090"), []),
        (settings(public_url=HTTPS, proxy="127.0.0.1"), []),
        (settings(public_url=HTTPS, proxy="10.0.0.5", listen="10.0.0.6"), []),
        (settings(public_url=HTTPS), ["[web] proxy is not set"]),
        (settings(public_url=HTTPS, proxy="127.0.0.1", listen="0.0.0.0"), ["[web] listen = 0.0.0.0 is open"]),
    ],
)
def test_what_is_meant_otherwise_is_advised(given, said):
    found = list(advice_on_pages(given))
    assert [one[: len(start)] for one, start in zip(found, said, strict=True)] == said


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (settings(), []),
        (settings(public_url=HTTPS, email=mail()), []),
        (settings(public_url=HTTPS, email=mail(username="a", password="b")), []),
        (settings(email=mail()), ["[email] is set and [web] public_url is not"]),
        (settings(public_url=HTTPS, email=mail(username="a")), ["[email] username has no password"]),
        (settings(public_url=HTTPS, email=mail(password="b")), ["[email] has a password and no username"]),
    ],
)
def test_half_of_a_mail_server_is_advised(given, said):
    found = list(advice_on_mail(given))
    assert [one[: len(start)] for one, start in zip(found, said, strict=True)] == said


async def test_a_mail_server_is_tried():
    async with mail_server() as box:
        assert await mail_is_refused(settings(email=mail(port=box.port))) == []
        (refused,) = await mail_is_refused(settings(email=mail(port=box.port, username="a", password="b")))
    assert refused.startswith(f"The mail server 127.0.0.1:{box.port} does not let the bot in")
    assert await mail_is_refused(settings(email=mail(port=box.port))) == [refused]  # nobody listens any more
    assert await mail_is_refused(settings()) == []
    assert box.mails == []
