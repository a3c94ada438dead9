"""What texts say otherwise in a browser than in Telegram, in English."""

from __future__ import annotations

from typing import ClassVar

from bot.texts.where_read import WhereRead


class EnglishWhereRead(WhereRead):
    """In English."""

    MAY_ANSWER = "• You must be at least 15 years old to answer."
    ADULTS_ANSWER = "• An adult answers together with the child."
    IN_A_BROWSER: ClassVar[tuple[tuple[str, str], ...]] = (
        ("• To use Telegram here you must be at least 18 years old.", MAY_ANSWER),
        ("• To use this Telegram chat you must be at least 18 years old.", MAY_ANSWER),
        (
            (
                "Your answers under a code, and the number of your Telegram account. The number is encrypted, "
                "and the key is kept elsewhere. We do not keep your name, user name or picture from Telegram."
            ),
            (
                "Your answers under a code. We do not keep your name. Your device remembers a key to your page. "
                "We keep your four digits encrypted, and your e-mail address, if you give one."
            ),
        ),
        (
            "Messages travel through Telegram, under its own rules.",
            "Answers travel encrypted straight to the library.",
        ),
        ("So we send you a few short questionnaires.", "So we ask you to answer a few short questionnaires."),
        ("The child does not use this chat alone.", "The child does not use this page alone."),
        ("will not send you questions", "will not ask you questions"),
        ("the command /delete or the button “", "the button “"),
        ("with the encrypted number of your account", "with the encrypted number of your browser"),
        ("your stories and the link to your account", "your stories, your four digits and where you are signed in"),
    )

    ON_A_PAGE: ClassVar[tuple[tuple[str, str], ...]] = (
        (" You can also say it in a voice message.", ""),
        (
            "You can also tell it in a voice message. The library writes it down;",
            "If you tell it, the library writes it down;",
        ),
        (
            "From now on each question comes as a new message, so that your phone reads it.",
            "From now on answers are written below the question, too.",
        ),
        ("From now on questions change in the same message.", "From now on answers are on the buttons only."),
        (
            "Each question comes as a new message, so that your phone reads it aloud.",
            "Answers are written below the question, too.",
        ),
        ("Then each question comes as a new message.", "Then answers are written below the question, too."),
        (" You can also write an answer, for example its number.", ""),
        ("Back to the beginning", "Go on"),
        ("Only stop writing", "I no longer want to take part"),
        ("No, stop writing to me", "No, I no longer want to take part"),
        ("Do you want us to stop writing to you?", "Do you no longer want to take part?"),
        ("For whom should we stop writing?", "Who no longer wants to take part?"),
        ("we will not write to you any more.", "you no longer take part."),
        (
            "We do not send you anything, so there is nothing to stop.",
            "You do not take part here, so there is nothing to end.",
        ),
        ("You can also stop messages at any time", "You can also end taking part at any time"),
        ("If you do not want messages, write /stop.", "If you no longer want to take part, choose /stop."),
        ("Help: /help", "If you do not know how to go on, choose /help."),  # a button of that name stands there
        ("write /", "choose /"),
        ("on this phone", "on this device"),
    )

    def waits_on_page(self, day: str, *, mailed: bool) -> str:
        """When the next questionnaire waits on the page."""
        returns = (
            "We will write to you by e-mail then."
            if mailed
            else "Then open the link on your card again, or type its number. You can add the date to your calendar now."
        )
        return f"The next questionnaire waits for you here {day}. {returns}"
