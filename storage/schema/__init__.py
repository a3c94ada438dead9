"""The tables: what is kept about programmes, people, answers and messages, and nothing more.

Whatever a person typed or said, and whoever they are on Telegram, is stored sealed (`storage.secrets.keys`);
those columns are named `…_sealed` or hold a `chat` reference.
"""

from storage.schema.answers import answer, answer_change, occasion, run, second_entry, story, voice
from storage.schema.messages import attachment, delivery, feedback, group_import, recording, send_budget
from storage.schema.naming import metadata
from storage.schema.pages import page_cost, page_picture, page_words
from storage.schema.people import chat, consent, enrolment, invite, participant, staff
from storage.schema.programmes import analysis_plan, cohort, library, programme, questionnaire_version
from storage.schema.service import alert, operator
from storage.schema.states import (
    AFTERWARDS,
    Allocation,
    CallOutcome,
    ConsentKind,
    Decision,
    DeliveryKind,
    DeliveryState,
    EnrolmentState,
    Giver,
    OccasionState,
    PagePart,
    PagePicture,
    Role,
    Undoable,
)
from storage.schema.web import email_address, web_login, web_message, web_pin, web_session, web_upload
from storage.schema.work_log import (
    audit,
    backup,
    call_note,
    call_request,
    deed,
    handled_update,
    keyring,
    published_figure,
)

__all__ = [
    "AFTERWARDS",
    "Allocation",
    "CallOutcome",
    "ConsentKind",
    "Decision",
    "DeliveryKind",
    "DeliveryState",
    "EnrolmentState",
    "Giver",
    "OccasionState",
    "PagePart",
    "PagePicture",
    "Role",
    "Undoable",
    "alert",
    "analysis_plan",
    "answer",
    "answer_change",
    "attachment",
    "audit",
    "backup",
    "call_note",
    "call_request",
    "chat",
    "cohort",
    "consent",
    "deed",
    "delivery",
    "email_address",
    "enrolment",
    "feedback",
    "group_import",
    "handled_update",
    "invite",
    "keyring",
    "library",
    "metadata",
    "occasion",
    "operator",
    "page_cost",
    "page_picture",
    "page_words",
    "participant",
    "programme",
    "published_figure",
    "questionnaire_version",
    "recording",
    "run",
    "second_entry",
    "send_budget",
    "staff",
    "story",
    "voice",
    "web_login",
    "web_message",
    "web_pin",
    "web_session",
    "web_upload",
]
