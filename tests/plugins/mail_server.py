"""A real SMTP server for the tests: what it accepts lies there, and it can refuse, wait or hang up."""

import re
from contextlib import contextmanager
from email import message_from_bytes, policy

from aiosmtpd.controller import Controller

LINK = re.compile(r"https?://\S+")


class Mailbox:
    """An aiosmtpd handler."""

    def __init__(self):
        self.mails, self.answer, self.after_data = [], "", ""

    async def handle_RCPT(self, server, session, envelope, address, options):  # noqa: N802 - the library's name
        if self.answer:
            return self.answer
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):  # noqa: N802 - the library's name
        if self.after_data == "hangs up":
            server.transport.abort()
            return "250 lost"
        self.mails.append(message_from_bytes(envelope.content, policy=policy.default))
        return self.after_data or "250 OK"

    @property
    def last(self):
        return self.mails[-1]

    def links(self):
        """The addresses in the last mail."""
        return LINK.findall(self.last.get_content())


@contextmanager
def mail_server():
    """A server on a port of its own."""
    box = Mailbox()
    controller = Controller(box, hostname="127.0.0.1", port=0)
    controller.start()
    try:
        box.port = controller.server.sockets[0].getsockname()[1]
        yield box
    finally:
        controller.stop()
