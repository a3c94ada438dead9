"""What participants read in English: short sentences for people who are still learning."""

from __future__ import annotations

from typing import ClassVar

from bot.texts.coming import NEARLY
from bot.texts.common import safe
from bot.texts.english.common import EnglishCommon, some
from bot.texts.english.how_many import how_many
from bot.texts.english.small_talk import EnglishTalk
from bot.texts.english.where_read import EnglishWhereRead
from bot.texts.participant import Participant
from surveys.model import NonAnswer
from surveys.reading import TEXT_LIMIT, Problem


class EnglishParticipant(EnglishCommon, EnglishWhereRead, Participant):
    """What participants read, in English."""

    YES = "Yes, I want to take part"
    NO = "No, thank you"
    FOR_MY_CHILD = "For my child"
    FOR_A_CHILD_IN_CARE = "For a child I read with"
    GUARDIAN_YES = "Yes, I allow it"
    GUARDIAN_NO = "I do not allow it"
    PAPER_YES = "Yes, the library has it"
    PAPER_NO = "No, not yet"
    NO_GUARDIAN = (
        "We do not ask anything without the consent of a parent or guardian. "
        f"When the library has the consent, choose “{EnglishTalk.ASK_AGAIN}” or open the same link again."
    )
    MOVE_YES = "Yes, continue here"
    MOVED_HERE = "From now on you answer on this phone. Your earlier answers are saved."
    MOVED_AWAY = "From now on you answer on another device. If you did not want this, tell the library soon."
    LINK_USED = (
        "This link has already been used. Each link is for one person.\n\n"
        "If you need a new one, ask in the library. We are happy to help."
    )
    ALREADY_IN_GROUP = "You already take part in this group, so you do not need this link."
    LINK_EXPIRED = "This link is no longer valid. The library will gladly make you a new one."
    LINK_UNKNOWN = "We do not know this link. Check that it is complete, or ask for help in the library."
    STRANGER = (
        "<b>Hello!</b>\nHere a library asks you questions. To begin, open the link or scan the QR code "
        "that you got in the library.\n\nIf you do not have one, ask in the library. Help: /help"
    )
    LEFT = "<b>You do not take part any more.</b>\n\nIf you want to begin again, tell the library. We are glad to help."
    READ_ALOUD = "My phone reads aloud to me"
    EDIT_IN_PLACE = "My phone does not read aloud to me"
    ALOUD_ON = "From now on each question comes as a new message, so that your phone reads it."
    ALOUD_OFF = "From now on questions change in the same message."
    OTHER_LANGUAGE = "Language, reading aloud"
    UNTRANSLATED = "This question is in Slovenian only."
    CHOOSE = "Choose {how_many}."
    THEN_FORWARD = "Then choose “Next”."

    def how_many(self, fewest: int | None, most: int | None) -> str:
        """How many options are chosen: »at least two answers«, »one or two answers«."""
        return how_many(fewest, most)

    TYPE_DATES: ClassVar[dict[str, str]] = {
        "day": "Write a date and send it, for example {example}.",
        "month": "Write the month and the year, for example {example}.",
        "year": "Write the year, for example {example}.",
    }
    PARTS: ClassVar[dict[str, str]] = {"day": "a date", "month": "a month and a year", "year": "a year"}
    SHORT_YEAR = "Write all four digits of the year, for example {example}."
    TYPE_NUMBER = "Write a number and send it."
    TYPE_DECIMALS = "Write a number and send it. It may have decimals, for example {example}."
    LISTEN = "🔊 Listen"
    TYPE_TEXT = "Write your answer and send it. You can also say it in a voice message."
    VOICE_TOO_LONG = "The recording is too long. It can be 2 minutes at most. Please say it again, a little shorter."
    CHOOSE_SEVERAL = "You can choose more than one answer. Then choose “Next”."
    SAVED = "Saved"
    WHERE_YOU_ARE = "You are here."
    ANSWERED_BEFORE = "You have answered this question already. To change it, choose “‹ Back”."
    ANSWERED_AT_SUMMARY = "You have answered this question already. To change it, choose your answer."
    NON_ANSWERS: ClassVar[dict[NonAnswer, str]] = {
        NonAnswer.DONT_KNOW: "I don't know",
        NonAnswer.REFUSED: "I don't want to answer",
        NonAnswer.NOT_APPLICABLE: "Not for me",
        NonAnswer.SKIPPED: "Skip",
        NonAnswer.NOT_ASKED: "Was not asked",
    }
    SKIPPED = "skipped"
    OR = " or "
    QUOTED = "“{}”"
    CONTINUE_BY_BUTTON = "To continue, choose the button “Next”."
    PROBLEMS: ClassVar[dict[Problem, str]] = {
        Problem.NOT_A_NUMBER: "We need one number here, for example {example}.",
        Problem.NOT_WHOLE: "We need a whole number here, without halves or decimals, for example {example}.",
        Problem.NOT_WHAT_IS_ASKED: "{question} Write only the number, for example {example}.",
        Problem.TOO_SMALL: "The number is too small. The smallest possible is {minimum}.",
        Problem.TOO_LARGE: "The number is too large. The largest possible is {maximum}.",
        Problem.TOO_PRECISE: "The number has too many decimals. It may have at most {places}.",
        Problem.NOT_A_DATE: "We need {parts} here, for example {example}.",
        Problem.WHICH_DATE: "This date may mean two days. Write it with the year, like this: {example}.",
        Problem.TOO_EARLY: "This date is too early. The earliest possible is {minimum}.",
        Problem.TOO_LATE: "This date is too late. The latest possible is {maximum}.",
        Problem.TOO_LONG: f"The answer is too long. Use at most {TEXT_LIMIT} characters.",
        Problem.EMPTY: "The answer is empty. Write a word or a sentence.",
        Problem.NO_SUCH_CHOICE: "This is not one of the answers. Choose a button or write the number of an answer.",
        Problem.WHICH_CHOICE: "Do you mean {options}? Write the words or choose a button.",
        Problem.TOO_FEW: "These are too few answers. Choose {how_many}.",
        Problem.TOO_MANY: "These are too many answers. Choose {how_many}.",
        Problem.NOT_TOGETHER: "The answer {alone} does not go with others.",
        Problem.NOTHING_CHOSEN: "First choose at least one answer.",
        Problem.NOT_ALLOWED: "You cannot choose this here.",
        Problem.CHOOSE_A_BUTTON: "This is not one of the answers. Choose a button or write the number of an answer.",
    }
    SUMMARY_TITLE = "Your answers"
    SUMMARY_ASK = "Is everything right? To change an answer, choose it below."
    ALL_ANSWERS = "All answers"
    HAND_IN = "Send my answers"
    NO_ANSWER_YET = "no answer"
    THANKS = "<b>Thank you!</b> Your answers are saved."
    ALL_SAVED = "<b>Your answers are saved.</b>"
    THANKING = "thank"
    LAST_QUESTIONNAIRE = "This was the last questionnaire of this programme."
    CORRECT = "Correct my answers"
    CORRECTING = "What you change is saved at once."
    KIOSK_CONSENT_YES = "Yes, I allow it"
    KIOSK_CONSENT_GUARDIAN = "Yes, I am a parent or guardian"
    KIOSK_CONSENT_NO = "No, thank you"
    KIOSK_DECLINED = "All right. There will be no questions. Thank you for your answer!"
    KIOSK_AGREED = "Thank you! Your consent is recorded. There are no questions yet."
    IN_KIOSK = "Your questionnaire"
    KIOSK_DONE = "Done"
    KIOSK_LEAVE = "Stop for now"
    CLOSED = "This questionnaire is closed. Thank you for taking part!"
    ALREADY_FINISHED = "You have already sent these answers. Thank you!"
    PRIVACY = (
        "<b>Privacy</b>\n\n"
        "<b>What we keep.</b> Your answers under a code, and the number of your Telegram account. The number is "
        "encrypted, and the key is kept elsewhere. We do not keep your name, user name or picture from Telegram.\n\n"
        "<b>Why.</b> So that the library and the Association of Public Libraries see what programmes bring to people."
        "\n\n"
        "<b>Who sees it.</b> Answers under a code are seen only by the people who prepare reports. "
        "Reports contain only totals. Small groups are hidden. What you say aloud is listened to and "
        "written down in the library. A story that you hand in is read in the library; "
        "we publish it only if you allow that.\n\n"
        "<b>How long.</b> We delete the link between you and your code 30 days after the last questionnaire. "
        "Answers have no code at the latest 12 months after the end of the group.\n\n"
        "<b>Your rights.</b>\n"
        "/my_data – shows everything that we keep about you\n"
        "/stop – we stop writing\n"
        "/delete – we delete all your data\n\n"
        "Messages travel through Telegram, under its own rules. Questions: ask in the library."
    )
    HELP = (
        "<b>Help</b>\n\n"
        "You answer with buttons. You can also write an answer, for example its number.\n\n"
        "/survey – continues the questionnaire\n"
        "/language – language and reading aloud\n"
        "/my_data – shows what we keep about you\n"
        "/privacy – how we protect your data\n"
        "/stop – we stop writing\n"
        "/delete – we delete your data\n\n"
        "If you need help from a person, come to the library."
    )
    COMMANDS: ClassVar[tuple[tuple[str, str], ...]] = (
        ("survey", "continues the questionnaire"),
        ("language", "language and reading aloud"),
        ("my_data", "shows what we keep about you"),
        ("privacy", "how we protect your data"),
        ("stop", "we stop writing"),
        ("delete", "we delete your data"),
        ("help", "help"),
    )
    NOT_UNDERSTOOD = "Sorry, we do not understand this. If you do not know how to go on, write /help."
    NOT_TEXT = "We need words or a number here. We cannot read a picture, a recording or a sticker."
    STOP_ASK = (
        "<b>Do you want us to stop writing to you?</b>\n\n"
        "“Only stop writing”: the answers that you have given stay in the totals.\n"
        "“Delete everything”: we delete your answers, too. We ask once more before that."
    )
    STOP_KEEP = "Only stop writing"
    STOP_ERASE = "Delete everything"
    STOPPED = "All right, we will not write to you any more. Thank you for all your answers!"
    STOPPED_UNANSWERED = "All right, we will not write to you any more. Thank you!"
    NOTHING_TO_STOP = "We do not send you anything, so there is nothing to stop."
    ERASE_ASK = (
        "<b>Do you want to delete all your data?</b>\n\n"
        "We delete all your answers, your stories and the link to your account. This cannot be undone."
    )
    ERASE_YES = "Yes, delete everything"
    ERASE_NO = "No, keep it"
    ERASED = "Your data are deleted. Thank you for being with us."
    NOTHING_HELD = (
        "We do not keep anything about you here. "
        "If you answered on paper or on a device of the library, please ask there."
    )
    MY_DATA_TITLE = "Your data"

    def my_recordings(self, count: int) -> str:
        """How many recordings are held, in /moji_podatki."""
        return f"Recordings: {count}. You find them above."

    MY_DATA_FILE = "Everything is in the files above: you can read the first, the second is for computer programs."

    def welcome(self, library: str, programme: str, lasting: str) -> str:
        """The first screen."""
        return (
            f"<b>Hello!</b>\nThis is {safe(library)}.\n\n"
            f"We would like to know what our programme “{safe(programme)}” gives you. "
            f"So we send you a few short questionnaires. Each takes about {lasting}.\n\n"
            "<b>Your data</b>\n"
            "• Your answers are saved under a code, without your name.\n"
            "• Only people who prepare reports see them. Reports contain only totals.\n"
            "• You decide. You can stop or delete everything at any time.\n"
            "• To use Telegram here you must be at least 18 years old.\n"
            "More: /privacy\n\n"
            "<b>Do you want to take part?</b>"
        )

    def move_here(self, library: str, group: str) -> str:
        """Before somebody who takes part goes on in another chat."""
        return (
            f"<b>{safe(library)}</b>\n{safe(group)}\n\nThis link is for a person who already takes part. "
            "Do you want to continue on this phone?\n\n"
            "• Your answers, your code and your consent stay.\n"
            "• The questions leave the other device."
        )

    def declined(self, library: str) -> str:
        """After »no«."""
        return (
            f"All right, thank you for your answer. {safe(library)} will not send you questions.\n\n"
            f"If you change your mind, choose “{self.talk.ASK_AGAIN}” or open the same link again."
        )

    def for_whom(self, library: str, programme: str) -> str:
        """The first screen where an adult answers for a child."""
        return (
            f"<b>Hello!</b>\nThis is {safe(library)}, programme “{safe(programme)}”.\n\n"
            "The questions are for a child, and an adult answers together with the child. "
            "The child does not use this chat alone.\n\n"
            "<b>For whom do you answer?</b>"
        )

    def guardian_consent(self, *, own_child: bool) -> str:
        """The guardian's consent."""
        asked = (
            "<b>Do you, as a parent or guardian, allow the two of you to answer the questions together?</b>"
            if own_child
            else "<b>Does the library have the written consent of the child's parent or guardian?</b>"
        )
        return (
            "<b>Data about the child</b>\n"
            "• Answers are saved under a code, without the child's name.\n"
            "• Reports contain only totals.\n"
            "• You decide. You can stop or delete everything at any time.\n"
            "• To use Telegram here you must be at least 18 years old.\n"
            "More: /privacy\n\n" + asked
        )

    def nothing_due(self, following: str) -> str:
        """Nothing to answer now."""
        if not following:
            return "Thank you, there are no questions for you at the moment."
        return f"Thank you, there are no questions for you now. {following}"

    def joined_later(self, following: str) -> str:
        """After consent, when no questionnaire is open yet."""
        return f"<b>Thank you for taking part!</b>\n\n{self.nothing_due(following)}"

    def choose_language(self, language: str, *, several: bool, aloud: bool) -> str:
        """Before a language is chosen."""
        other = "Choose a language." if several else "For now the questionnaires are in this language only."
        reading = (
            "Each question comes as a new message, so that your phone reads it aloud."
            if aloud
            else "Does your phone read the screen aloud? Choose “My phone reads aloud to me”. "
            "Then each question comes as a new message."
        )
        return f"<b>Language: {safe(language)}</b>\n\n{other}\n\n{reading}"

    def progress(self, position: int, total: int) -> str:
        """»2 of 6«."""
        return f"{position} of {total}"

    def answering_for(self, code: str) -> str:
        """Above each card that somebody answers for another person."""
        return f"Answers for the person with the code {code}."

    def my_enrolment(self, programme: str, code: str, joined: str | None, answered: int, where: str = "") -> str:
        """One enrolment in /moji_podatki; `where`: which one, for who waited."""
        since = "no consent" if joined is None else f"consent {joined}"
        which = ", ".join(filter(None, (safe(programme), where)))
        return f"• {which}\n  code <code>{code}</code>, {since}, {some(answered, 'answer')}"

    def my_role(self, role: str) -> str:
        """A member of staff in /moji_podatki."""
        return f"• Your role: {role}.\n  We keep it with the encrypted number of your account. /delete ends it."

    def next_questionnaire(self, day: str) -> str:
        """When the next one comes."""
        return f"You get the next questionnaire {day}."

    def correctable(self, closes: str) -> str:
        """Until when something may be corrected."""
        return f"Would you like to correct something? You can until the questionnaire closes ({closes})."

    def correct(self, what: str) -> str:
        """The same, where there are several."""
        return f"{what}: correct"

    def lasting(self, shortest: int, longest: int) -> str:
        """How long a questionnaire takes."""
        return f"{shortest} to {longest} minutes" if shortest != longest else some(longest, "minute")

    def takes(self, minutes: int) -> str:
        """How long the questionnaire takes."""
        return f"You need about {self.lasting(minutes, minutes)}."

    def invitation(self, library: str, title: str, count: int, minutes: int) -> str:
        """The invitation to a questionnaire."""
        return (
            f"<b>{safe(library)}: {safe(title)}</b>\n\n"
            f"Please answer {self.questions(count)}. {self.takes(minutes)} Thank you!"
        )

    LEARNED = "What we learned"
    NO_ANSWER_NEEDED = "You need not answer this message."

    def reminder(self, library: str, count: int, minutes: int) -> str:
        """A reminder to who has not begun."""
        return (
            f"<b>{safe(library)}</b>\n\nA questionnaire is waiting for you: {self.questions(count)}. "
            f"{self.takes(minutes)} Thank you!"
        )

    def reminder_half(self, library: str, left: int) -> str:
        """A reminder to who has begun."""
        begins = "You are nearly at the end." if left <= NEARLY else "A questionnaire is waiting for you."
        return f"<b>{safe(library)}</b>\n\n{begins} Left: {self.questions(left)}."

    def reminder_unsent(self, library: str) -> str:
        """A reminder to who has answered all but not handed in."""
        return f"<b>{safe(library)}</b>\n\nAll your answers are here. Check them and send them."
