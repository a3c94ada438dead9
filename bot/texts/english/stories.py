"""What is said to who tells a story, in English."""

from __future__ import annotations

from typing import ClassVar

from bot.texts.stories import LONGEST, Stories
from storage.stories import Standing


class EnglishStories(Stories):
    """What is said to who tells a story, in English."""

    INVITED = (
        "<b>Would you like to tell your story?</b>\n"
        "In a few sentences you can tell us what has changed for you. You do not have to: your answers are sent."
    )
    TELL = "I tell my story"
    ASK = (
        "<b>Your story</b>\n\n"
        "Write in a few sentences what has changed for you, and send it as a message. For example: what you could not "
        "do before, and can do now.\n\n"
        "You can also tell it in a voice message. The library writes it down; we never publish the recording.\n\n"
        f"Please write no names, addresses or phone numbers. A story can have at most {LONGEST} characters."
    )
    NO_STORY = "No, thank you"
    TITLE = "Your story"
    IS_IT_RIGHT = "Is it right like this? Nobody in the library sees it yet. To add something, send another message."
    RIGHT = "It is right"
    ONE_RECORDING = "A story can have one recording. For a new one choose “I tell it again”."
    TELL_AGAIN = "I tell it again"
    DROP = "I do not hand it in"
    DROPPED = "The story is deleted."
    BY_BUTTON = "Please choose one of the buttons here."
    ASK_PUBLICATION = (
        "<b>May we publish your story?</b>\n\n"
        "• If you allow it, the library and the Association of Public Libraries may use it in reports and "
        "publications about the programme. Your name does not stand beside it.\n"
        "• The library may shorten or correct it, so that nobody can recognise you.\n"
        "• If you do not allow it, only the library that leads the programme reads it.\n"
        "• You can change your mind at any time: /moji_podatki. This holds for everything that we publish later."
    )
    PUBLISH = "Yes, you may publish it"
    KEEP_PRIVATE = "No, for the library only"
    HANDED_IN = "Thank you for your story!"
    ALLOW = "I allow publication"
    WITHDRAW = "I take my permission back"
    DELETE = "Delete the story"
    DELETE_ASK = (
        "<b>Do you want to delete the story?</b>\n\n"
        "We delete it for ever, in the library too. It will not be in new reports."
    )
    DELETE_YES = "Yes, delete the story"
    DELETE_NO = "No, keep it"
    GO_ON = "Go on with the story"
    OWN: ClassVar[dict[Standing, str]] = {
        Standing.DRAFT: "The story is not handed in yet. The library does not see it.",
        Standing.PRIVATE: "Only the library reads the story. We will not publish it.",
        Standing.WAITING: "You allow publication. The library has not decided yet.",
        Standing.APPROVED: "You allow publication, and the library has chosen the story for reports.",
        Standing.DECLINED: "You allow publication, but the library will not publish it.",
        Standing.WITHDRAWN: "You no longer allow publication. The story will not be in new reports.",
    }
    _OWN_EDITED = "The library has edited it for publication:"

    def too_long(self, length: int) -> str:
        """Why a text could not be taken."""
        return f"The text is too long: it has {length} characters. Please shorten it to at most {LONGEST}."
