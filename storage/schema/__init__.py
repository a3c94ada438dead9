"""The tables: what is kept about programmes, people, answers and messages, and nothing more.

Whatever a person typed or said, and whoever they are on Telegram, is stored sealed (`storage.keys`);
those columns are named `…_sealed` or hold a `chat` reference.
"""

from storage.schema.answers import answer, answer_change, occasion, run, second_entry, story, voice
from storage.schema.ledger import audit, call_note, deed, handled_update, keyring, published_figure
from storage.schema.messages import attachment, delivery, feedback, group_import, recording
from storage.schema.naming import metadata
from storage.schema.people import chat, consent, enrolment, invite, participant, staff
from storage.schema.programmes import cohort, library, programme, questionnaire_version
from storage.schema.states import (
    CallOutcome,
    Decision,
    DeliveryKind,
    DeliveryState,
    EnrolmentState,
    Giver,
    OccasionState,
    Role,
    Undoable,
)

__all__ = [
    "CallOutcome",
    "Decision",
    "DeliveryKind",
    "DeliveryState",
    "EnrolmentState",
    "Giver",
    "OccasionState",
    "Role",
    "Undoable",
    "answer",
    "answer_change",
    "attachment",
    "audit",
    "call_note",
    "chat",
    "cohort",
    "consent",
    "deed",
    "delivery",
    "enrolment",
    "feedback",
    "group_import",
    "handled_update",
    "invite",
    "keyring",
    "library",
    "metadata",
    "occasion",
    "participant",
    "programme",
    "published_figure",
    "questionnaire_version",
    "recording",
    "run",
    "second_entry",
    "staff",
    "story",
    "voice",
]
