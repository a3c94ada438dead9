"""What stands in the file in which a person reads everything that is held about them, in English."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar
from zoneinfo import ZoneInfo

from bot.texts.english.common import EnglishCommon, some
from bot.texts.own_data import OwnData


class EnglishOwnData(EnglishCommon, OwnData):
    """Everything that is held about a person, in English words."""

    TITLE = "Your data"
    TO_READ = "Your data, to read. Tap the file to open it."
    TO_READ_NAME = "my-data.html"
    FOR_MACHINES = "The same data, for computer programs."
    FOR_MACHINES_NAME = "my-data.json"
    INTRO = (
        "This is everything that we keep about you. You can delete it at any time: the command /delete or "
        "the button “Delete my data”. "
        "If something is wrong, please tell the library."
    )
    NOTHING = "nothing"
    YES = "yes"
    PASSED_ON = "You get the recordings separately."
    FACTS: ClassVar[dict[str, str]] = {
        "cohort": "Group",
        "code": "Code",
        "state": "Taking part",
        "role": "Role in the group",
        "allocation": "How it was decided who waits",
        "enrolled_at": "Added to the group",
        "joined_at": "Taking part since",
        "channel": "Where you use this",
        "digits_chosen_at": "Four digits (stored encrypted), chosen",
        "messages_beside_cards": "Messages and files beside a card (stored encrypted)",
        "name_on_this_phone": "Name on this device",
        "unreachable_at": "Messages cannot be delivered since",
        "name_to_be_printed": "Name that the library prints on its list (then we delete it)",
    }
    SECTIONS: ClassVar[dict[str, str]] = {
        "consents": "Consents",
        "waves": "Questionnaires",
        "answers": "Answers",
        "no_answers": "Without an answer",
        "earlier_answers": "Answers that you changed",
        "typed_once_more": "Answers from paper, typed a second time",
        "stories": "Stories",
        "recordings": "Recordings",
        "calls_asked_for": "Calls that you asked for",
        "calls": "Calls from the library",
        "recent_changes": "Recent changes in the library",
        "browsers": "Signed in in a browser",
        "email": "Reminders by e-mail",
    }
    CHANNELS: ClassVar[dict[str, str]] = {
        "telegram": "in Telegram; the number of your account is stored encrypted",
        "web": "in a browser; a random number of the browser is stored encrypted",
    }
    STATES: ClassVar[dict[str, str]] = {
        "invited": "you are invited and have not answered",
        "active": "you take part",
        "declined": "you do not want to take part",
        "left": "you no longer take part",
        "erased": "deleted",
    }
    ROLES: ClassVar[dict[str, str]] = {
        "participant": "",
        "waiting": "you are waiting for your group",
        "lot": "by lot",
        "order": "by order of application",
    }
    WAVE_STATES: ClassVar[dict[str, str]] = {
        "planned": "still to come",
        "open": "open",
        "complete": "sent",
        "partial": "closed, answered in part",
        "missed": "closed, without answers",
        "cancelled": "cancelled",
    }
    GIVERS: ClassVar[dict[str, str]] = {
        "self": "you",
        "guardian": "parent or guardian",
        "witness": "you, aloud before a witness",
    }
    MODES: ClassVar[dict[str, str]] = {
        "self": "by yourself",
        "assisted": "with the help of the library",
        "proxy": "an adult for the child",
        "paper": "on paper",
    }
    CALLS: ClassVar[dict[str, str]] = {
        "reached": "we talked",
        "coming": "you come to the library",
        "refused": "you do not want to answer",
        "left": "you no longer take part",
    }
    DEEDS: ClassVar[dict[str, str]] = {
        "call": "note of a call",
        "leave": "end of taking part",
        "move": "another group",
        "dates": "new dates of the group",
        "close": "end of the group",
    }
    DECISIONS: ClassVar[dict[str, str]] = {
        "approved": "approved for publication",
        "declined": "will not be published",
    }
    TEXT_KINDS: ClassVar[dict[str, str]] = {
        "self": "read on the screen",
        "guardian": "read on the screen, for a parent or guardian",
        "mentor": "read on the screen, with the consent on paper",
        "aloud": "read aloud, signed, or read on a device of the library",
        "aloud-guardian": "for a parent or guardian: read aloud, signed, or read on a device of the library",
    }
    HANDS: ClassVar[dict[str, str]] = {
        "participant": "you",
        "kiosk": "you, on a device of the library",
        "staff": "the library",
        "operator": "who runs the system",
        "system": "by itself",
    }
    ASKED_FOR = "you asked for a call"
    GIVEN = "Given"
    BY = "Who"
    HOW = "How"
    TEXT_VERSION = "Version of the text"
    TEXT_LANGUAGE = "Language of the text"
    TEXT_KIND = "Which text"
    TEXT_HASH = "Fingerprint of the text (SHA-256)"
    TEXT_DERIVED = "Text determined later"
    IN_KIOSK = "on a device of the library"
    RECORDED_BY = "Recorded by"
    WITHDRAWN = "Taken back"
    THE_TEXT = "Text"
    STATE = "State"
    OPEN = "Open"
    INVITED = "Invitation sent"
    MUTED = "No reminders since"
    BEFORE = "before"
    CHANGED = "changed"
    NOT_CONFIRMED = "chosen, not confirmed"
    READ = "read"
    NOT_ASKED = "was not asked"
    TYPED_BY = "Typed by"
    FINISHED = "Finished"
    SETTLED = "Settled"
    TOLD = "Told"
    HANDED_IN = "Handed in"
    PUBLICATION = "Publication allowed"
    PUBLICATION_WITHDRAWN = "Permission taken back"
    EDITED = "Edited text for publication"
    DECISION = "Decision of the library"
    RECEIVED = "Sent"
    LENGTH = "Length"
    TYPED_IN = "Written down"
    OF_STORY = "story"
    TAKEN_BACK = "Undone"
    ROLE = "Your role"
    LIBRARY = "Library"
    SINCE = "Since"
    SIGNED_IN = "Signed in"
    DEVICE = "Device"
    OWN_DEVICE = "yours"
    ANOTHER_DEVICE = "not yours"
    FORGOTTEN = "The device forgets everything"
    ADDRESS = "E-mail address"
    CONFIRMED = "Address confirmed"
    REFUSED = "Unknown to its server since"

    def on(self, moment: datetime, zone: ZoneInfo) -> str:
        """»2 March 2026, 10:05«."""
        local = moment.astimezone(zone)
        month = self._MONTHS[local.month - 1]
        return f"{local.day}\u00a0{month}\u00a0{local.year}, {local.hour}:{local.minute:02}"

    def made(self, moment: datetime, zone: ZoneInfo) -> str:
        """When the file was made."""
        return f"Made on {self.on(moment, zone)}."

    def count(self, answers: int) -> str:
        """How many answers."""
        return some(answers, "answer")

    def from_to(self, first: str, last: str) -> str:
        """From when until when."""
        return f"from {first} to {last}"
