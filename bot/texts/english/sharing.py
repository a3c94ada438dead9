"""Several people on one phone, in English."""

from __future__ import annotations

from collections.abc import Iterable

from bot.texts.common import safe
from bot.texts.english.common import EnglishCommon
from bot.texts.sharing import LONGEST as LONGEST_NAME
from bot.texts.sharing import Sharing


class EnglishSharing(EnglishCommon, Sharing):
    """Several people in one chat, in English."""

    ASK = "<b>Who are you answering for?</b>"
    ANOTHER_PERSON = "Another person"
    WHO_IS_IT = "Somebody answers on this phone already.\n\n<b>Who is this link for?</b>"
    FOR_ME = "For me"
    FOR_ANOTHER = "For another person"
    DECIDES_ALONE = "This link is for another person. Let that person read this and decide."
    NAMES = "Names of people"
    WHICH_NAME = "<b>Names on this phone</b>\n\nWhich name do you want to change?"
    NO_NAME = "No name"
    TOO_LONG = f"The name is too long. Write it in at most {LONGEST_NAME} characters."
    NOT_A_NAME = "There is no word in it. Write a name, for example Ana."
    TAKEN = "Somebody else on this phone has this name. Write another one."
    ALL_OF_THEM = "For all of them"
    SEE_DATA_OF = "<b>Whose data do you want to see?</b>"
    STOP_FOR = "<b>For whom should we stop writing?</b>"
    ERASE_OF = "<b>Whose data do you want to erase?</b>"
    ONE_MOVED_AWAY = (
        "For one person the conversation now goes on on another phone. If you did not want this, tell the library "
        "soon. For the others you answer here as before."
    )

    def for_whom(self, name: str) -> str:
        """Above every card of somebody who shares the phone."""
        return f"For: {safe(name)}"

    def begin(self, name: str) -> str:
        """A button."""
        return f"{name}: start"

    def go_on(self, name: str) -> str:
        """A button."""
        return f"{name}: go on"

    def answer_next(self, waiting: Iterable[str]) -> str:
        """After one has finished."""
        return "\n".join(("<b>You can also answer for:</b>", *waiting))

    def waiting(self, name: str, title: str, left: int, *, begun: bool) -> str:
        """One questionnaire that somebody may answer now."""
        what = f"{self.questions(left)}{' left' if begun else ''}" if left else "the answers are still to be sent"
        return f"• {safe(name)}: {safe(title)}, {what}"

    def ask_name(self, name: str, codes: Iterable[str], groups: Iterable[str]) -> str:
        """What to call somebody on this phone."""
        where = ", ".join(safe(one) for one in groups)
        who = f"»{safe(name)}«" if name else f"the person with the code <code>{', '.join(codes)}</code>"
        return (
            "<b>Several people answer on this phone.</b>\n\n"
            f"What shall we call {who} ({where})?\n\n"
            f"Write the name and send it. For example: Ana, mum, me. It can have at most {LONGEST_NAME} characters. "
            "It stands above the questions and in the invitations on this phone. The library does not see it."
        )

    def stopped(self, name: str) -> str:
        """No more messages about one of them."""
        return f"All right, we will not write to you any more. This is for: {safe(name)}."

    def erased(self, name: str) -> str:
        """Everything of one of them is gone."""
        return f"The data are erased. This is for: {safe(name)}."
