"""How a mail leaves: over SMTP, once, and what became of it. Knows not what stands in it."""

from __future__ import annotations

import asyncio
from email.message import EmailMessage

from aiosmtplib import SMTP, SMTPException, SMTPRecipientsRefused, SMTPResponseException

from bot.conversation.outcomes import Delivered, Outcome, Refused, Uncertain
from bot.runtime.settings import EmailSettings

NOBODY_THERE = "the mail server knows nobody at this address"
_SECONDS = 20.0
_NOT_REACHED = (SMTPException, OSError, TimeoutError)
_PERMANENT = 500  # answers of SMTP from here on hold; those below pass


async def post(settings: EmailSettings, message: EmailMessage) -> Outcome:
    """Hand a mail to the server. Where nobody knows whether it left, it counts as uncertain and is not sent again."""
    client = _client(settings)
    try:
        try:
            await _enter(client, settings)
        except _NOT_REACHED:
            return Refused(permanent=False, problem="the mail server is not reached")
        return await _sent(client, message)
    finally:
        client.close()


async def is_reached(settings: EmailSettings) -> bool:
    """Whether the server lets us in; sends nothing."""
    client = _client(settings)
    try:
        await _enter(client, settings)
    except _NOT_REACHED:
        return False
    finally:
        client.close()
    return True


def _client(settings: EmailSettings) -> SMTP:
    return SMTP(
        hostname=settings.host,
        port=settings.port,
        use_tls=settings.security == "tls",
        start_tls=settings.security == "starttls",
        timeout=_SECONDS,
    )


async def _enter(client: SMTP, settings: EmailSettings) -> None:
    await client.connect()
    if settings.username:
        await client.login(settings.username, settings.password)


async def _sent(client: SMTP, message: EmailMessage) -> Outcome:
    try:
        await client.send_message(message)
    except SMTPRecipientsRefused as refused:
        return _refused(max(one.code for one in refused.recipients))
    except SMTPResponseException as problem:
        return _refused(problem.code, nobody=False)
    except (SMTPException, OSError, TimeoutError, asyncio.IncompleteReadError):
        return Uncertain()
    return Delivered(1)


def _refused(code: int, *, nobody: bool = True) -> Refused:
    if code < _PERMANENT:
        return Refused(permanent=False, problem=f"the mail server said {code}")
    return Refused(permanent=True, problem=NOBODY_THERE if nobody else f"the mail server said {code}")
