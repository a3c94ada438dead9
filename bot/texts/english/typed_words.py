"""What became of written words, in English."""

from __future__ import annotations

from bot.texts.common import safe
from bot.texts.english.common import EnglishCommon
from bot.texts.typed_words import Writing


class EnglishWriting(EnglishCommon, Writing):
    """What became of written words, in English."""

    TOO_EARLY = "You sent this before you could see what is below. So we did not count it."
    MOVED_ON = "We did not save this, because the questionnaire has changed in the meantime. Go on below."
    HAND_IN_BY_BUTTON = "If everything is right, choose the button “Send my answers”. Only then your answers are sent."
    TOO_MUCH = "That is too much at once. Please wait two minutes and try again."
    HAS_TO_WAIT = (
        "Our computer cannot save anything right now. What you sent is not lost: we will save it as soon as it works"
        " again. You need not send it again."
    )
    COULD_NOT_TAKE = "Sorry, we could not take this. Please try again, or ask for help at the library."
    EDITED = "We do not read changed messages. Change your answer with “‹ Back”, or send a new message."
    EDITED_TEXT = "We do not read changed messages. Write the whole answer again, or choose “Next ›”."
    ONE_RECORDING = "An answer can be one recording only. The first is saved. If you like, say it all again in one."

    def saved(self, answer: str) -> str:
        """The answer that was taken from written words."""
        return f"Saved: {safe(answer)}"

    def already(self, answer: str) -> str:
        """The same words once more, before the next question was shown."""
        return f"Your answer to the question before is already saved: {safe(answer)}"

    def added(self, answer: str) -> str:
        """More words, before the next question was shown."""
        return f"Added to the answer before. Now this is saved: {safe(answer)}"

    def which(self, held: str, said: str) -> str:
        """Another answer to the same question, before the next one was shown."""
        return f"You wrote two answers: “{safe(held)}” and “{safe(said)}”. The first is saved. Which one is right?"

    def corrected(self, question: str, answer: str) -> str:
        """A message was edited, and the answer with it."""
        return f"Corrected. {safe(question)} {safe(answer)}"
