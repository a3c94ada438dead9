"""What is said to words that are no answer, in English."""

from __future__ import annotations

from typing import ClassVar

from bot.texts.common import safe
from bot.texts.english.common import EnglishCommon
from bot.texts.intents import Intent
from bot.texts.small_talk import Talk


class EnglishTalk(EnglishCommon, Talk):
    """Words that are no answer, in English."""

    STOP_MEANT = "You can also stop messages at any time with /stop."
    HELLO = "Hello! If you need help, write /help. If you do not want messages, write /stop."
    WELCOME = "You are welcome! If you need help, write /help."
    NOBODY_READS = (
        "Nobody in the library reads these messages, so we cannot answer you here. Ask in the library or write /help."
    )
    NOTHING_BEFORE = "This is the first question. There is none before it."
    BELOW = "A question is waiting for you below."
    YES_OR_NO = "Sorry, we do not understand this. Choose a button, or write “yes” or “no”. Help: /help"
    ASK_AGAIN = "Ask me again"
    AGREED = "We understood: <b>yes</b>.\n\nConfirm it with the button. It counts only when you choose it."
    BY_BUTTON = "Choose a button. It counts only when you choose it."
    REFUSED = "We understood: <b>no</b>.\n\nConfirm it with the button."
    IS_IT_THE_ANSWER = "<b>Is this your answer?</b>"
    IT_IS = "Yes, this is my answer"
    IT_IS_NOT: ClassVar[dict[Intent, str]] = {
        Intent.STOP: "No, stop writing to me",
        Intent.HELP: "No, I need help",
        Intent.BACK: "No, I want to go back",
        Intent.LANGUAGE: "No, I want another language",
        Intent.THANKS: "No, this is not an answer",
        Intent.GREETING: "No, I only say hello",
        Intent.QUESTION: "No, I am asking the library",
    }

    def wrote(self, text: str) -> str:
        """What somebody has just typed."""
        return f"You wrote: “{safe(text)}”"
