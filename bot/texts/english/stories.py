"""What is said to who tells a story, in English."""

from __future__ import annotations

from typing import ClassVar

from bot.texts.stories import LONGEST, Stories
from storage.stories import StoryStanding


class EnglishStories(Stories):
    """What is said to who tells a story, in English."""

    INVITED = (
        "<b>Would you like to tell your story?</b>\n"
        "In a few sentences you can tell us what has changed for you. You do not have to: your answers are sent."
    )
    TELL = "I tell my story"
    ASK = (
        "<b>Your story</b>\n\n"
        "Write in a few sentences what has changed for you, and send it. For example: what you could not "
        "do before, and can do now.\n\n"
        "You can also tell it in a voice message. The library writes it down; we never publish the recording.\n\n"
        f"Please write no names, addresses or phone numbers. A story can have at most {LONGEST} characters."
    )
    NO_STORY = "No, thank you"
    TITLE = "Your story"
    IS_IT_RIGHT = "Is it right like this? Nobody in the library sees it yet. To add something, write it and send it."
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
        "• You can change your mind at any time: /my_data. This holds for everything that we publish later."
    )
    PUBLISH = "Yes, you may publish it"
    KEEP_PRIVATE = "No, for the library only"
    HANDED_IN = "Thank you for your story!"
    AGREE = "I agree"
    DISAGREE = "I do not agree"
    YOUR_WORDS = "Your words:"
    COPY_ASK = "<b>Do you agree that we publish it like this?</b>\nWithout your “I agree” we do not publish it."
    COPY_MADE = "You allow the publication of your story. The library has written it for publication like this:"
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
    OWN: ClassVar[dict[StoryStanding, str]] = {
        StoryStanding.DRAFT: "The story is not handed in yet. The library does not see it.",
        StoryStanding.PRIVATE: "Only the library reads the story. We will not publish it.",
        StoryStanding.WAITING: "You allow publication. The library has not decided yet.",
        StoryStanding.ASKED: "You allow publication. The library has edited the story and waits for your answer.",
        StoryStanding.REFUSED: "You do not agree to the edited story, so we do not publish it.",
        StoryStanding.APPROVED: "You allow publication, and the library has chosen the story for reports.",
        StoryStanding.DECLINED: "You allow publication, but the library will not publish it.",
        StoryStanding.WITHDRAWN: "You no longer allow publication. The story will not be in new reports.",
    }
    _OWN_EDITED = "The library has edited it for publication:"

    def too_long(self, length: int) -> str:
        """Why a text could not be taken."""
        return f"The text is too long: it has {length} characters. Please shorten it to at most {LONGEST}."
