"""A real SMTP server for the tests: what it accepts lies there, and it can refuse, wait or hang up."""

import asyncio
import re
from contextlib import asynccontextmanager
from email import message_from_bytes, policy

from aiosmtpd.smtp import SMTP

LINK = re.compile(r"https?://\S+")


class Mailbox:
    """An aiosmtpd handler."""

    def __init__(self):
        self.mails, self.answer, self.after_data = [], "", ""

    async def handle_RCPT(self, _server, _session, envelope, address, _options):  # noqa: N802 - the library's name
        if self.answer:
            return self.answer
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, _session, envelope):  # noqa: N802 - the library's name
        if self.after_data == "hangs up":
            server.transport.abort()
            return "250 lost"
        self.mails.append(message_from_bytes(envelope.content, policy=policy.default))
        return self.after_data or "250 OK"

    def last(self):
        return self.mails[-1]

    def links(self):
        """The addresses in the last mail."""
        return LINK.findall(self.last().get_content())


@asynccontextmanager
async def mail_server():
    """A server on a port of its own."""
    box = Mailbox()
    loop = asyncio.get_running_loop()
    async with await loop.create_server(lambda: SMTP(box, loop=loop), "127.0.0.1", 0) as server:
        box.port = server.sockets[0].getsockname()[1]
        yield box
