"""What does not fit together under [web] and [email], for `check`.

What is wrong by itself is refused with the configuration.
"""

from __future__ import annotations

from collections.abc import Iterator
from ipaddress import ip_address

from bot.runtime.loopback import is_loopback
from bot.runtime.settings import Settings


def problems_of_pages(settings: Settings) -> Iterator[str]:
    """Why the pages could not be heard, or whom they would believe."""
    web = settings.web
    if not web.public_url:
        return
    taken = {"[health] port": settings.health.port} if settings.health.enabled else {}
    if settings.telegram.mode == "webhook":
        taken["[telegram] webhook_port"] = settings.telegram.webhook_port
    for name, port in taken.items():
        if port and port == web.port:
            yield f"[web] port is {name} as well ({port}): write another one, the pages have a port of their own."
    if web.proxy and not _is_address(web.proxy):
        yield f"[web] proxy: »{web.proxy}« is no address: write the number of your web server, such as 127.0.0.1."


def advice_on_pages(settings: Settings) -> Iterator[str]:
    """What works, and is meant otherwise."""
    web = settings.web
    if not web.public_url.startswith("https:"):
        return
    if not web.proxy:
        yield "[web] proxy is not set: all people count as one caller; write the address of your web server. (warning)"
    if not is_loopback(web.listen) and is_loopback(web.proxy or "localhost"):
        yield f"[web] listen = {web.listen} is open to the network without TLS: write 127.0.0.1. (warning)"


def advice_on_mail(settings: Settings) -> Iterator[str]:
    """What is half of a mail server."""
    mail = settings.email
    if not mail.host:
        return
    if not settings.web.public_url:
        yield "[email] is set and [web] public_url is not: nobody is offered e-mail. (warning)"
    if mail.username and not mail.password:
        yield "[email] username has no password: put POVEZUJEJO_EMAIL__PASSWORD into the environment. (warning)"
    if mail.password and not mail.username:
        yield "[email] has a password and no username: nobody signs in with it. (warning)"


async def mail_is_refused(settings: Settings) -> list[str]:
    """That the mail server does not let us in."""
    from bot.web.mail.posting import is_reached  # noqa: PLC0415 - only --online needs the mail server

    mail = settings.email
    if not mail.host or await is_reached(mail):
        return []
    where = f"{mail.host}:{mail.port}"
    return [
        f"The mail server {where} does not let the bot in: see that it runs, and compare what stands under [email]."
    ]


def _is_address(text: str) -> bool:
    try:
        ip_address(text)
    except ValueError:
        return False
    return True
