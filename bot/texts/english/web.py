"""The pages in the browser, in English."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from bot.texts.common import safe
from bot.texts.english.common import EnglishCommon
from bot.texts.web import Web


class EnglishWeb(EnglishCommon, Web):
    """In English."""

    NAME = "Your library asks"
    CARD = "Your card"
    SEND = "Send"
    YOUR_WORDS = "Your answer"
    YOUR_NUMBER = "Your number"
    FILE = "File"
    SEND_FILE = "Send the file"
    FILES = "Messages and files"
    MENU = "What else you can do"
    COMMANDS: ClassVar[Mapping[str, str]] = {
        "survey": "Go on with the questionnaire",
        "language": "Language and reading aloud",
        "my_data": "What you keep about me",
        "privacy": "How you protect my data",
        "stop": "I no longer want to take part",
        "delete": "Delete my data",
        "help": "Help",
    }
    SIGN_OUT = "Sign out"
    NEWS = "Message"
    RECORDING = "Recording"
    RECORD = "🎤 I answer by voice"
    RECORDS = "Recording. Speak, then press “Finish and send”."
    FINISH_RECORDING = "Finish and send"
    NO_MICROPHONE = "There is no microphone here. You can write your answer."
    CALENDAR = "Add the next date to my calendar"
    CALENDAR_TITLE = "Library"
    LEAVE_TITLE = "Do you want to finish?"
    STAY = "I stay here"
    ANSWERS_KEPT = "Your answers are saved."
    BACK_BY_DIGITS = "You come back with your card (its link, code or number) and your four digits."
    BACK_BY_NEW_CARD = "You chose no digits. Without them you cannot come back until the library gives you a new card."
    CHOOSE_PIN = "I choose four digits"
    FORGET_ALL = "Finish: this device forgets everything"
    KIOSK_STILL_HERE = "Are you still here? Touch the screen, or it goes back to the start in ten seconds."
    STILL_HERE = "In one minute this device forgets everything. If you are still here, touch the screen or press a key."

    LINK_TITLE = "A link from your library"
    LINK_TEXT = "Choose where you want to answer. Both ways are equally good."
    HERE = "I answer here"
    STAFF_LINK_TEXT = "This is your link for work. Choose where you want to open it. Both ways are equally good."
    STAFF_HERE = "I start work here"
    IN_TELEGRAM = "I open it in Telegram"
    NOT_MY_DEVICE = "This is not my device"
    NOT_MY_DEVICE_HINT = "Tick this if the device belongs to the library or to somebody else. It forgets everything."
    ON_ANOTHER_PHONE = "You already answer this link in Telegram. Open it and go on there."

    PIN_TITLE = "Choose four digits"
    PIN_TEXT = (
        "With them you come back to your questions later, also from another device. "
        "Choose digits that you will not forget, and tell nobody."
    )
    PIN = "Four digits"
    KEEP_PIN = "Save"
    NO_PIN = "No digits"
    NO_PIN_HINT = "Without digits you cannot come back from another device. You would need a new card."
    PIN_IS_FOUR = "Type exactly four digits."
    PIN_IS_EASY = "These digits are easy to guess. Choose others, not all the same and not in a row."

    BACK_TITLE = "Good to see you again"
    WAITS = "A short questionnaire waits for you."
    NOTHING_WAITS = "No questionnaire waits for you now."
    GIVE_PIN = "Type the four digits that you chose the first time."
    GO_ON = "Go on"
    LOCKED = "The digits were wrong too many times. Please ask for a new card in the library."
    WITHOUT_PIN = "To come back from another device you need a new card. Please ask for it in the library."

    TYPE_NUMBER = "I type the number on my card"
    NUMBER_TITLE = "Type the number on your card"
    CARD_NUMBER = "Card number"
    NO_NUMBER = "Type the number on your card."
    NUMBER_IS_TYPO = (
        "Something is mistyped: one character is wrong, or two are swapped. Compare each one with the card."
    )
    NUMBER_UNKNOWN = "We do not know this number. Type the one on your newest card, or ask for help in the library."

    NOBODY_TITLE = "Hello"
    NOBODY = "Open the link on your card, scan its code or type its number. You get a card in the library."
    STAFF_SIGN_IN = "For staff: sign in"
    STAFF_IN_TELEGRAM = "For staff: you get a link to this page when you send /splet to the bot in Telegram."
    STAFF_WITHOUT_MAIL = "Without Telegram, please ask your administrator for a new link."
    ENDED = "This device has forgotten everything. You can close the window."
    AGAIN_LATER = "We cannot save this now. Nothing is lost: wait a minute and press again."
    TOO_OFTEN = "That was too often in a row. Wait some minutes and try again."
    OLD_PAGE = "The page was open for too long. Here is a new one."
    TOO_LARGE = "The file is too large."
    NOT_FOUND = "There is no such page. Open the link on your card or type its number."
    OFFLINE = "No connection. We are trying again …"
    LINK_IS_OLD = (
        "This link does not work any more. Open the newest message or the link on your card. "
        "In Telegram you get a new one with /splet."
    )
    ENTER_TITLE = "Go on in the browser"
    ENTER_TEXT = "This link opens your conversation with the library in this browser. It works only once."

    NO_PAGES = "There is no page in the browser here."

    def open_here(self, address: str) -> str:
        """A link that opens this chat in a browser."""
        return (
            f"Open it in a browser, also on a computer:\n{safe(address)}\n\n"
            "The link works for ten minutes and once. Do not give it to others."
        )

    def where_number_is(self, example: str) -> str:
        """Where on the card the number stands, and how it may be typed."""
        return (
            f"On the card it stands below the words “in nato številko kartice”. It has four groups, such as {example}. "
            "Letters may be large or small, and you need not type the dashes."
        )

    def is_code(self, example: str) -> str:
        """The code of a participant was typed."""
        return (
            f"This is your code, which opens nothing here. Type the longer card number, such as {example}. "
            "If your card has none, ask for a new card in the library."
        )

    def wrong_length(self, length: int, typed: int) -> str:
        """So many signs are too few or too many."""
        signs = "1 character" if typed == 1 else f"{typed} characters"
        return f"A card number has {length} characters, you typed {signs}. Look for what is missing or too much."

    def too_many_wrong_numbers(self, minutes: int) -> str:
        """Too many different numbers of nobody came from here; when the next one is taken."""
        return (
            f"Too many wrong numbers came from here. Try again in {_minutes(minutes)}, or scan the code on your card. "
            "The library will help you, too."
        )

    def numbers_are_guessed(self, minutes: int) -> str:
        """Somebody guesses from many places; when the next number may be taken."""
        return (
            "We cannot check numbers now, because somebody is guessing them. "
            f"Try again in {_minutes(minutes)}, or scan the code on your card."
        )

    def strange_sign(self, sign: str) -> str:
        """This sign is on no card."""
        return f"There is no “{sign}” on any card. Look what stands in that place on your card."

    def wrong_pin(self, left: int) -> str:
        """Digits that are not the right ones, with how many tries are left."""
        tries = "1 more try" if left == 1 else f"{left} more tries"
        return f"These digits are not right. You have {tries}. If you forgot them, ask for a new card in the library."

    def not_taken(self, words: str) -> str:
        """What was typed for a card that is not there any more."""
        return f"You wrote: “{safe(words)}”. We did not save it, because there is another card here now."

    def lost(self, words: str) -> str:
        """What was typed on a page that is not whoever sends it any more."""
        return f"You wrote: “{words}”. We did not save it, because the page was open for too long. You can copy it."


def _minutes(count: int) -> str:
    return "1 minute" if count == 1 else f"{count} minutes"
