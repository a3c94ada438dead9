"""The pages as a channel: what is said stands in the database until somebody looks. Knows no use case and no page."""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from functools import partial
from html import escape

from sqlalchemy import Connection

from bot.conversation.channel import Capabilities
from bot.conversation.handled import Handled
from bot.conversation.outcomes import Delivered, Outcome, Refused
from bot.conversation.screens import Document, Media, Picture, Reply, Screen, Voice
from bot.runtime.services import Services
from bot.web.mail.mailer import Mailer
from bot.web.markup import action_link
from storage import chats
from storage.secrets.addresses import WEB, Address
from storage.web import messages, sessions, uploads
from storage.web.messages import MessageFile, NewMessage

NAME = WEB
_KEY_BYTES = 16
CARD = 1  # there is one card, and it is always the live one


class WebChannel:
    """A `bot.conversation.channel.Channel`: it shows to whoever comes by, and writes to who wishes e-mail."""

    name = NAME
    can = Capabilities(
        push=True,  # by e-mail, to who wishes it
        edits=True,
        voice_in=True,
        voice_out=True,
        files_in=True,
        menus=True,
        longest_text=100_000,
        longest_action=200,
    )

    def __init__(self, services: Services) -> None:
        self._services = services
        self._mail = Mailer(services)

    def new_chat(self) -> bytes:
        """The sealed address of somebody who was never here."""
        return self._services.keys.seal_address(Address(NAME, secrets.token_bytes(_KEY_BYTES)))

    def is_here(self, chat: bytes) -> bool:
        """Whether a chat is of this channel, and not of another one that is only looked at here."""
        return self._services.keys.open_address(chat).channel == NAME

    def link(self, token: str) -> str:
        """What is handed out: a page on which people choose how they answer."""
        return self._services.settings.web.link(token)

    async def show(self, handled: Handled) -> bool:
        """Keep what is to be said beside the card, and record that it is seen: whoever looks gets it drawn."""
        await self._services.database.write(partial(self.keep, handled=handled))
        return True

    async def show_in_order(self, handled: Handled) -> None:
        """The same: a card is drawn when somebody looks."""
        await self.show(handled)

    async def send(self, chat: bytes, screen: Screen, *, bulk: bool = True) -> Outcome:  # noqa: ARG002 - as all channels
        """Say by e-mail that something waits, to who wishes it; a message that is no card stands on the page."""
        outcome = await self._mail.remind(chat)
        if not screen.rows and not (isinstance(outcome, Refused) and not outcome.permanent):
            await self._services.database.write(partial(self._keep_file, chat=chat, screen=screen))
        return outcome

    async def confirm_addresses(self) -> None:
        """Send the mails by which new addresses are confirmed."""
        await self._mail.confirm_new()

    async def hand_over(self, chat: bytes, screen: Screen) -> Outcome:
        """Keep what somebody ordered until it is forgotten: it stands on their page from now on."""
        await self._services.database.write(partial(self._keep_file, chat=chat, screen=screen))
        return Delivered(CARD)

    async def keep_for_lookers(self, chat: bytes, screen: Screen) -> None:
        """The same for a chat of another channel, while a browser shows it."""
        unit = partial(sessions.is_shown, chat=chat, now=self._services.clock())
        if await self._services.database.read(unit):
            await self._services.database.write(partial(self._keep_file, chat=chat, screen=screen))

    async def retire(self, chat: bytes, card: int, left: Screen | None = None) -> None:
        """There is one card, and it is drawn when somebody looks."""

    async def busy(self, chat: bytes) -> None:
        """Whoever waits sees it on the page itself."""

    async def fetch(self, file: str) -> bytes | Refused:
        """The content of a file that was sent in a browser."""
        key = file.removeprefix(f"{NAME}:")
        found = await self._services.database.read(partial(uploads.content, keys=self._services.keys, key=key))
        return Refused(permanent=True, problem="the file is not there any more") if found is None else found

    def keep(self, connection: Connection, handled: Handled) -> None:
        """The same in a transaction of somebody else's."""
        self.keep_said(connection, handled)
        if not handled.forgotten and self.is_here(handled.chat):
            chats.record_shown(connection, handled.chat, handled.revision, CARD)

    def keep_said(self, connection: Connection, handled: Handled) -> None:
        """The same of a card that is recorded as shown already."""
        if not handled.forgotten and not handled.again:
            keys, chat, revision = self._services.keys, handled.chat, handled.revision
            messages.pass_by(connection, chat, revision)
            messages.add(connection, keys, chat, _said(handled.reply, revision), self._services.clock())

    def _keep_file(self, connection: Connection, chat: bytes, screen: Screen) -> None:
        new = NewMessage(screen.text, None, None if screen.media is None else _media(screen.media))
        messages.add(connection, self._services.keys, chat, [new], self._services.clock())


def _said(reply: Reply, revision: int) -> Iterable[NewMessage]:
    """What is said beside the card of a reply; the sentence above it is not drawn again with its view."""
    note, toast = reply.card.note, escape(reply.toast, quote=False)
    if note:
        yield NewMessage(note, revision)
    if toast and toast not in note:
        yield NewMessage(toast, revision)
    if reply.once:
        yield NewMessage("\n\n".join(action_link(one) for row in reply.once for one in row), revision)
    for extra in reply.extras:
        yield NewMessage(extra.text, revision, None if extra.media is None else _media(extra.media))


def _media(media: Media) -> MessageFile:
    match media:
        case Picture(data, name):
            return MessageFile("picture", name, data)
        case Document(data, name):
            return MessageFile("document", name, data)
        case Voice(attachment):
            return MessageFile("voice", attachment=attachment)
