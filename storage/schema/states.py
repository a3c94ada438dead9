"""The states and kinds of things, as words that the tables check."""

from __future__ import annotations

from enum import StrEnum


class EnrolmentState(StrEnum):
    """Where a participant stands in a cohort."""

    INVITED = "invited"  # enrolled by a librarian, has not said yes or no
    ACTIVE = "active"  # consented
    DECLINED = "declined"
    LEFT = "left"  # /stop, or left the cohort
    ERASED = "erased"  # /izbris: a tombstone without content


class Allocation(StrEnum):
    """How it was decided who waits; the report must say it, because only the lot makes both alike."""

    LOT = "lot"
    ORDER = "order"  # of application


class OccasionState(StrEnum):
    """What became of one wave for one person."""

    PLANNED = "planned"
    OPEN = "open"
    COMPLETE = "complete"
    PARTIAL = "partial"  # closed with some answers
    MISSED = "missed"  # closed without any
    CANCELLED = "cancelled"


class DeliveryKind(StrEnum):
    """What is sent, or done, without being asked."""

    OPENING = "opening"  # opens the occasion and invites
    REMINDER = "reminder"
    CLOSING = "closing"  # closes the occasion; silent
    WEEKLY = "weekly"  # a coordinator's Monday summary
    REPORT = "report"  # a report that somebody asked for
    STORY = "story"  # asks the author of a story whether its edited copy may stand for it
    FEEDBACK = "feedback"  # what was learned, written by the coordinator, for those who were asked


AFTERWARDS = (DeliveryKind.STORY, DeliveryKind.FEEDBACK)
"""What comes to a person when an occasion has ended."""


class DeliveryState(StrEnum):
    """The life of a delivery; UNCERTAIN: sent or not, nobody can know, and so never sent again."""

    DUE = "due"
    SENDING = "sending"
    SENT = "sent"
    FAILED = "failed"
    CANCELLED = "cancelled"
    UNCERTAIN = "uncertain"


class Role(StrEnum):
    """What a member of staff may do; see `bot.conversation.permissions`."""

    LIBRARIAN = "librarian"
    COORDINATOR = "coordinator"
    NATIONAL = "national"


class Giver(StrEnum):
    """Who gave consent."""

    SELF = "self"
    GUARDIAN = "guardian"
    WITNESS = "witness"


class ConsentKind(StrEnum):
    """Which of the texts of consent: where it was read, and for whom."""

    SELF = "self"  # in a chat, of who answers for themselves
    GUARDIAN = "guardian"  # in a chat, of the guardian of a child
    MENTOR = "mentor"  # in a chat, of who has the consent of a guardian on paper
    ALOUD = "aloud"  # read aloud, signed, or read in a kiosk
    ALOUD_GUARDIAN = "aloud-guardian"  # the same, of a guardian


class CallOutcome(StrEnum):
    """What came of a call from the library."""

    REACHED = "reached"
    COMING = "coming"  # to the library
    REFUSED = "refused"  # what is open now
    LEFT = "left"  # takes part no longer


class Undoable(StrEnum):
    """What staff can take back within a minute; see `storage.staff_actions`."""

    CALL = "call"
    LEAVE = "leave"
    MOVE = "move"
    DATES = "dates"
    CLOSE = "close"


class Decision(StrEnum):
    """What a coordinator decided of a story whose publication the person agreed to."""

    APPROVED = "approved"
    DECLINED = "declined"


class PagePart(StrEnum):
    """What a library says of itself on its page in words."""

    ABOUT = "about"  # a programme in one sentence
    PLACE = "place"
    HOURS = "hours"
    CONTACT = "contact"
    PHONE = "phone"
    EMAIL = "email"
    WEB = "web"


class PagePicture(StrEnum):
    """What a library shows of itself on its page."""

    LOGO = "logo"
    PHOTO = "photo"
