"""When and how often people are written to, and their own answers, in English."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.texts.common import safe
from bot.texts.contact_preferences import Wishes
from bot.texts.english.common import EnglishCommon


class EnglishWishes(EnglishCommon, Wishes):
    """When and how often people are written to, and their own answers, in English."""

    NOT_NOW = "Not now"
    TOMORROW = "Tomorrow"
    IN_A_WEEK = "In a week"
    NEVER = "No more"
    NEVER_YES = "No more about this one"
    PUT_OFF_TOAST = "All right"
    MY_ANSWERS = "My answers"
    NO_ANSWERS = "There are no answers yet."
    NOT_YET = "not sent yet"
    NOT_HANDED_IN = "not sent"

    def when(self, days: Sequence[str], closes: str, *, week_too_late: bool) -> str:
        """When to ask again."""
        listed = "\n".join(f"• {one}" for one in days)
        until = f"the questionnaire closes {closes}."
        honest = f"In a week it will be too late: {until}" if week_too_late else f"T{until[1:]}"
        return f"<b>All right. When shall we remind you?</b>\n\n{listed}\n\n{honest}"

    def too_late(self, closes: str) -> str:
        """No other day fits any more."""
        return (
            f"<b>All right.</b>\n\nThe questionnaire closes {closes}, so we cannot remind you later. "
            "Until then you can answer with the command /survey."
        )

    def waits_here(self, closes: str) -> str:
        """On a page, where nobody is written to."""
        return (
            f"<b>All right.</b>\n\nAnswer when it suits you: the questionnaire waits here and closes {closes}. "
            "You come back by the link or the number on your card."
        )

    def put_off(self, moment: datetime, closes: datetime, zone: ZoneInfo) -> str:
        """The next message comes on that day."""
        return (
            f"<b>All right.</b> We will write again {self.day(moment, zone)}.\n\n"
            f"You can also answer sooner, with the command /survey. "
            f"The questionnaire closes {self.day(closes, zone)}."
        )

    def nothing_planned(self, closes: str) -> str:
        """No message is to come, though nobody wished so."""
        return (
            "We will not write to you about this questionnaire any more. "
            f"You can answer with the command /survey. The questionnaire closes {closes}."
        )

    def ask_never(self, closes: str) -> str:
        """Once more, to be sure."""
        return (
            "<b>Shall we stop writing about this questionnaire?</b>\n\n"
            f"You can still answer, with the command /survey. The questionnaire closes {closes}. "
            "We still write about the next ones. If you want no messages at all: /stop"
        )

    def muted(self, closes: str) -> str:
        """No more messages about this one."""
        return (
            "<b>All right, no more messages about this questionnaire.</b>\n\n"
            f"If you change your mind, you can answer with the command /survey. The questionnaire closes {closes}."
        )

    def saved(self, on: str) -> str:
        """When the answers of a questionnaire were handed in."""
        return f"saved on {on}"

    def answers_title(self, questionnaire: str, group: str, code: str, when: str) -> str:
        """Above the answers of one questionnaire."""
        return f"<b>{safe(questionnaire)}</b>\n{safe(group)}, code <code>{code}</code>, {when}"

    AT_THE_BEGINNING = "At the beginning"
    AT_THE_END = "At the end"
    NOW = "Now"
    OWN_CHANGE = "At the beginning and now"
    _AND = "and"

    def then_and_now_title(self, *, child: bool) -> str:
        """Above what was said at the beginning and now."""
        return f"<b>{'Answers' if child else 'Your answers'} at the beginning and now</b>"

    def then_and_now_about(self, *, child: bool) -> str:
        """Below it, whatever was said."""
        if child:
            return (
                "Every answer is right, and may be different from one day to another. "
                "We do not compare the child with others. Thank you for answering together."
            )
        return (
            "Every answer is right. People see themselves differently on different days, and often more strictly when "
            "they know more. We do not compare you with others. The library does not see this page."
        )
