"""What people read in English who wait for the next group."""

from __future__ import annotations

from bot.texts.common import safe
from bot.texts.english.common import EnglishCommon
from bot.texts.waiting import WaitingList


class EnglishWaitingList(EnglishCommon, WaitingList):
    """What those who wait read, in English."""

    def welcome(self, library: str, programme: str, lasting: str) -> str:
        """The first screen."""
        return (
            f"<b>Hello!</b>\nThis is {safe(library)}.\n\n"
            f"You are on the waiting list of the programme “{safe(programme)}”. Your group begins later. "
            "We ask you to answer a short questionnaire now, and one more before it is your turn. "
            "So we see what changes for people without the programme, too.\n"
            f"When your group has begun, we ask you again at its end and later. Each time it takes about {lasting}.\n\n"
            "<b>Your place</b>\n"
            "• Your answers do not change your place in the group.\n"
            "• The place stays yours even if you do not answer. The questions make you wait no longer.\n\n"
            "<b>Your data</b>\n"
            "• Answers are saved under a code, without your name.\n"
            "• Only the people who prepare reports see them. Reports contain only totals.\n"
            "• Taking part is voluntary. You can stop or delete everything at any time.\n"
            "• To use this Telegram chat you must be at least 18 years old.\n"
            "More: /privacy\n\n"
            "<b>Do you want to take part?</b>"
        )

    def aloud(self, library: str, programme: str, lasting: str) -> str:
        """The same without Telegram."""
        return (
            f"We are {safe(library)}. You are on the waiting list of the programme “{safe(programme)}”. "
            "Your group begins later. "
            "We ask you to answer a short questionnaire now, and one more before it is your turn. "
            "So we see what changes for people without the programme, too. "
            f"When your group has begun, we ask you again at its end and later. Each time it takes about {lasting}.\n\n"
            "• Your answers do not change your place in the group. The questions make you wait no longer.\n"
            "• We save your answers under a code, without your name.\n"
            "• Only the people who write the answers down and prepare reports see them.\n"
            "• Reports contain only totals.\n"
            "• You answer if you want to. You do not have to answer any question.\n"
            "• You can stop or ask us to delete everything at any time. It is enough to tell us.\n\n"
            "Do you allow us to ask you questions?"
        )

    TEXT_HAS_CHANGED = "The text is a different one now. Please read it and choose once more."
    WAITING = "on the waiting list"

    def in_group(self, group: str) -> str:
        """Beside what is held of somebody who waited and takes part by now."""
        return f"in the group {safe(group)}"

    WHY = "Your group has not begun yet. So we would like to know how you are doing now."
    LAST = "This was the last questionnaire before your group begins. Your answers do not change your place."
