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
    FEEDBACK = "feedback"  # what was learned, written by the coordinator, for those who were asked


class DeliveryState(StrEnum):
    """The life of a delivery; UNCERTAIN: sent or not, nobody can know, and so never sent again."""

    DUE = "due"
    SENDING = "sending"
    SENT = "sent"
    FAILED = "failed"
    CANCELLED = "cancelled"
    UNCERTAIN = "uncertain"


class Role(StrEnum):
    """What a member of staff may do; see `bot.roles`."""

    LIBRARIAN = "librarian"
    COORDINATOR = "coordinator"
    NATIONAL = "national"


class Giver(StrEnum):
    """Who gave consent."""

    SELF = "self"
    GUARDIAN = "guardian"
    WITNESS = "witness"


class CallOutcome(StrEnum):
    """What came of a call from the library."""

    REACHED = "reached"
    COMING = "coming"  # to the library
    REFUSED = "refused"  # what is open now
    LEFT = "left"  # takes part no longer


class Undoable(StrEnum):
    """What staff can take back within a minute; see `storage.changes`."""

    CALL = "call"
    LEAVE = "leave"
    MOVE = "move"
    DATES = "dates"
    CLOSE = "close"


class Decision(StrEnum):
    """What a coordinator decided of a story whose publication the person agreed to."""

    APPROVED = "approved"
    DECLINED = "declined"
