"""What does not fit together under [web], for `check`. What is wrong by itself is refused with the configuration."""

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


def _is_address(text: str) -> bool:
    try:
        ip_address(text)
    except ValueError:
        return False
    return True
