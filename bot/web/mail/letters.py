"""What stands in a mail: neutral, so that whoever looks over a shoulder learns nothing. Sends nothing."""

from __future__ import annotations

from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, make_msgid
from urllib.parse import urlsplit

from bot.runtime.settings import EmailSettings, WebSettings


def letter(
    settings: EmailSettings, pages: WebSettings, to: str, subject: str, text: str, now: datetime, *, ends: str = ""
) -> EmailMessage:
    """A mail in plain text. `ends`: the token by which one press ends all mail (RFC 8058).

    Raises ValueError for an address that is none, so that nothing else gets into a header.
    """
    message = EmailMessage(policy=SMTP)
    message["From"] = Address(settings.name, addr_spec=settings.sender)
    message["To"] = Address(addr_spec=to)
    message["Subject"] = subject
    message["Date"] = format_datetime(now)
    message["Message-ID"] = make_msgid(domain=urlsplit(pages.public_url).hostname)
    message["Auto-Submitted"] = "auto-generated"
    if ends:
        message["List-Unsubscribe"] = f"<{pages.end_of_mail(ends)}>"
        message["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    message.set_content(text)
    return message
