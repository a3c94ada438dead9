"""Which mails are sent to whom: to confirm an address, to say that something waits, to sign in. Knows no use case."""

from __future__ import annotations

import logging
from functools import partial

from bot.conversation.outcomes import Delivered, Outcome, Refused
from bot.runtime.services import Services
from bot.texts import languages
from bot.web.mail.letters import letter
from bot.web.mail.posting import NOBODY_THERE, post
from storage.web import email_addresses, sessions
from storage.web.email_addresses import EmailAddress
from storage.web.sessions import LOGIN_LIFE, REMINDER_LIFE

log = logging.getLogger(__name__)

NOT_WISHED = "nobody is written to here who does not wish e-mail"
_AT_ONCE = 20


class Mailer:
    """Sends by the server that is configured; where none is, nobody is written to."""

    def __init__(self, services: Services) -> None:
        self._services = services
        self._database, self._keys = services.database, services.keys
        self._settings, self._pages = services.settings.email, services.settings.web

    async def remind(self, chat: bytes) -> Outcome:
        """Say that something waits, with a link that opens the page once."""
        found = await self._database.read(partial(email_addresses.of_chat, keys=self._keys, chat=chat))
        if found is None or not found.usable or not self._settings.host:
            return Refused(permanent=True, problem=NOT_WISHED)
        offer = partial(sessions.offer, chat=chat, now=self._services.clock(), life=REMINDER_LIFE)
        words = languages.words(found.language).mail
        link = self._pages.entrance(await self._database.write(offer))
        return await self._send(found, words.SUBJECT, words.waits(link, self._pages.end_of_mail(found.token)))

    async def confirm_new(self) -> None:
        """Send each new address the mail that confirms it: at most once, since nobody has agreed to more."""
        if not self._settings.host:
            return
        claim = partial(email_addresses.claim_unmailed, keys=self._keys, now=self._services.clock(), most=_AT_ONCE)
        for one in await self._database.write(claim):
            words = languages.words(one.language).mail
            text = words.to_confirm(self._pages.confirmation(one.token))
            outcome = await self._send(one, words.CONFIRM_SUBJECT, text)
            if not isinstance(outcome, Delivered):
                log.warning("an address was not asked to be confirmed; whoever gave it can give it again")

    async def send_sign_in(self, address: str) -> None:
        """Send staff whose address this is a link to sign in; nobody is told whether there is somebody."""
        found = await self._database.read(partial(email_addresses.of_staff, keys=self._keys, address=address))
        if found is None or not self._settings.host:
            return
        offer = partial(sessions.offer, chat=found.chat, now=self._services.clock(), life=LOGIN_LIFE)
        words = languages.words(found.language).mail
        link = self._pages.entrance(await self._database.write(offer))
        await self._send(found, words.SUBJECT, words.to_sign_in(link))

    async def _send(self, to: EmailAddress, subject: str, text: str) -> Outcome:
        """Send once; an address at which nobody is known is never written to again."""
        now, ends = self._services.clock(), to.token if to.confirmed else ""
        try:
            message = letter(self._settings, self._pages, to.address, subject, text, now, ends=ends)
        except ValueError:
            outcome: Outcome = Refused(permanent=True, problem=NOBODY_THERE)
        else:
            outcome = await post(self._settings, message)
        if isinstance(outcome, Refused) and outcome.problem == NOBODY_THERE:
            await self._database.write(partial(email_addresses.refuse, chat=to.chat, now=now))
        return outcome
