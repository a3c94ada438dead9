"""What people read about e-mail, and in it, in English."""

from __future__ import annotations

from bot.texts.common import safe
from bot.texts.email import Mail
from bot.texts.english.common import EnglishCommon


class EnglishMail(EnglishCommon, Mail):
    """In English."""

    MENU = "e-mail"
    OFFER = "Remind me by e-mail"
    CONSENT = (
        "<b>Reminder by e-mail</b>\n\n"
        "When a new questionnaire waits for you, we can write to you by e-mail.\n\n"
        "• We keep your address locked and use it for this alone.\n"
        "• The message has no questions, no answers and no name of a programme, only a link.\n"
        "• You can stop the messages at any time: here or by a link in each message.\n\n"
        "If you want this, type your e-mail address."
    )
    EXAMPLE = "for example ana.novak@posta.si"
    END = "Do not e-mail me any more"
    ENDED = "All right, we do not e-mail you any more. We have forgotten the address."
    NOT_OFFERED = "We do not write e-mail here."

    CONFIRM_TITLE = "Confirm your address"
    CONFIRM_TEXT = "You confirm that we remind you at this address when a new questionnaire waits for you."
    CONFIRM = "I confirm"
    CONFIRMED = "Thank you, the address is confirmed."
    END_TITLE = "Messages by e-mail"
    SIGN_IN_TITLE = "Sign-in for staff"
    SIGN_IN_TEXT = "Type your e-mail address. If we know it, we send you a link to sign in."
    ADDRESS = "E-mail address"
    SIGN_IN_SENT = "If we know the address, the link is on its way. It works for ten minutes."

    SUBJECT = "A message from your library"
    CONFIRM_SUBJECT = "Confirm your e-mail address"

    def no_address(self, typed: str) -> str:
        """What was typed is none."""
        return f"“{safe(typed)}” is not an e-mail address. Type it again, {self.EXAMPLE}."

    def waits_for_confirmation(self, address: str) -> str:
        """The mail with the link is on its way."""
        return (
            f"We sent a message to {safe(address)}. Open the link in it to confirm the address.\n\n"
            "If there is no message, look among unwanted mail, or type the address again."
        )

    def is_written_to(self, address: str) -> str:
        """Mail goes to this address."""
        return f"When a new questionnaire waits, we write to {safe(address)}.\n\nFor another address, type it."

    def was_refused(self, address: str) -> str:
        """Nobody is known there."""
        return f"We cannot send messages to {safe(address)}. Please check it and type it again."

    def to_confirm(self, link: str) -> str:
        """The mail that asks whether the address is theirs."""
        return (
            "Hello!\n\nSomebody, probably you, typed this address on a page of the library. "
            f"Confirm it here:\n{link}\n\n"
            "If it was not you, you need not do anything. We will not write to you.\n"
        )

    def waits(self, link: str, end: str) -> str:
        """The mail that says that something waits."""
        return (
            f"Hello!\n\nSomething new waits for you on the library's page. Open it here:\n{link}\n\n"
            "The link opens your page once. Do not forward it.\n\n"
            f"If you do not want these messages any more:\n{end}\n"
        )

    def to_sign_in(self, link: str) -> str:
        """The mail with which staff sign in."""
        return f"Hello!\n\nThe link to sign in works for ten minutes and once:\n{link}\n"
