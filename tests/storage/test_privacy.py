"""Everything held about a person can be seen, and can be erased wherever it stands."""

import json
from datetime import date, timedelta

import pytest
from sqlalchemy import insert, select

from storage import (
    attachments,
    call_requests,
    chats,
    cohorts,
    enrolments,
    occasions,
    participants,
    privacy,
    roster_imports,
    shared_phones,
    staff,
    staff_actions,
)
from storage.answers import responses
from storage.schema import (
    CallOutcome,
    Decision,
    EnrolmentState,
    Giver,
    Role,
    attachment,
    enrolment,
    metadata,
    participant,
    story,
)
from storage.secrets.keys import Keys
from surveys.model import Answer, Mode, NonAnswer
from tests.plugins.consent_texts import text_read
from tests.storage.conftest import CHAT, NOW

OTHER = Keys({1: b"k" * 32}).seal_id(8)
LATER = NOW + timedelta(hours=1)
WORDS = "Zdaj vnukom pišem sama."
BEFORE = "Prej nisem znala."
TOLD = "Naučila sem se pisati vnukom."
EDITED = "Naučila se je pisati vnukom."


@pytest.fixture
def answered(connection, keys, brezice, joined):
    """Somebody who answered, changed answers, told a story and stands in every table where a person can."""
    first = occasions.of_enrolment(connection, joined.id)[1]
    occasions.open_now(connection, first.id, NOW, invited=True)
    run = responses.begin(connection, first.id, brezice.questionnaire(brezice.waves[1]).hash, Mode.SELF, NOW)
    actor = f"participant:{joined.code}"
    said = {
        "primary": Answer(value=2),
        "loneliness": Answer(non_answer=NonAnswer.REFUSED),
        "outcome_words": Answer(text=BEFORE),
        "about_life": Answer(value=1),
        "belonging": Answer(non_answer=NonAnswer.NOT_ASKED),
    }
    responses.store(connection, keys, run.id, said, actor, NOW)
    later = {"primary": Answer(value=3), "outcome_words": Answer(text=WORDS), "purposes": Answer(value=0b110)}
    responses.store(connection, keys, run.id, later, actor, LATER)
    responses.store(connection, keys, run.id, {"problem_solving": Answer(value=1, draft=True)}, actor, LATER)
    sealed = {"text_sealed": keys.seal_text(TOLD), "edited_sealed": keys.seal_text(EDITED)}
    told = {"enrolment": joined.id, "wave": "before", "told_at": NOW, "handed_in_at": LATER}
    agreed = {"publication_version": "p1", "publication_given_at": LATER}
    decided = {"decision": Decision.APPROVED, "decided_at": LATER, "decided_by": "staff:1", "author_asked_at": LATER}
    connection.execute(insert(story), {**sealed, **told, **agreed, **decided})
    _came_with_a_list(connection, keys, joined)
    chats.show_next(connection, CHAT, "home:", NOW)
    shared_phones.call(connection, keys, CHAT, joined.participant, "Jaz", NOW)
    call_requests.ask(connection, joined, NOW)
    call_requests.withdraw(connection, joined, LATER)
    staff_actions.called(connection, joined, CallOutcome.REACHED, LATER, "staff:1")
    return participants.of_enrolment(connection, joined.id)


def _came_with_a_list(connection, keys, enrolment):
    member = staff.join(connection, Role.LIBRARIAN, "BRE", b"librarian", NOW).id
    file = attachments.receive(connection, keys, "file-1", NOW)
    number = roster_imports.receive(connection, enrolment.cohort, file, member, NOW)
    roster_imports.mark_applied(connection, number, NOW)
    names = {enrolment.id: "Ana Žagar"}
    roster_imports.keep_names(connection, keys, roster_imports.find(connection, number), names)


def everything(connection):
    """Every cell of the database by table."""
    return {
        table.name: [cell for row in connection.execute(select(table)) for cell in row]
        for table in metadata.tables.values()
    }


def holding(connection, what):
    """The tables in which this stands, alone or within something longer."""
    alike = (str, dict) if isinstance(what, str) else bytes
    return {
        name
        for name, cells in everything(connection).items()
        if any(
            what in (json.dumps(cell) if isinstance(cell, dict) else cell) for cell in cells if isinstance(cell, alike)
        )
    }


def sealed_texts(connection):
    tables = (metadata.tables[name] for name in ("answer", "answer_change", "story"))
    others = story.c.edited_sealed, attachment.c.data_sealed, participant.c.label_sealed
    columns = [*(table.c.text_sealed for table in tables), *others]
    return [sealed for column in columns for sealed in connection.execute(select(column)).scalars() if sealed]


def sizes(connection, *names):
    return {name: len(connection.execute(select(metadata.tables[name])).all()) for name in names}


def test_everything_held_is_shown(connection, keys, brezice, answered):
    [held] = privacy.held(connection, keys, [answered])
    asked = brezice.questionnaire(brezice.waves[1]).item
    now, later = NOW.isoformat(), LATER.isoformat()
    by = f"participant:{answered.code}"
    first, second = [choice.label for choice in asked("purposes").choices if choice.code in {1, 2}]

    def said(item, **what):
        nothing = dict.fromkeys(("value", "label", "text", "non_answer"))
        return {"wave": "after", "item": item, "question": asked(item).text, **nothing, "mode": "self", **what}

    def told(item, when, **what):
        return {"confirmed": True, **said(item, **what), "answered_at": when}

    def labelled(item, value):
        return {"value": value, "label": asked(item).choice(value).label}

    waves = held.pop("waves")

    assert held == {
        "code": answered.code,
        "programme": "brezice-racunalnik",
        "cohort": "Jesen",
        "state": "active",
        "role": "participant",
        "allocation": None,
        "enrolled_at": now,
        "joined_at": now,
        "channel": "telegram",
        "digits_chosen_at": None,
        "messages_beside_cards": 0,
        "browsers": [],
        "email": [],
        "name_on_this_phone": "Jaz",
        "unreachable_at": None,
        "consents": [
            {
                "text_version": "v1",
                "text_kind": "self",
                "text_hash": text_read("v1").hash,
                "text_derived_at": None,
                "given_by": "self",
                "mode": "self",
                "language": "sl",
                "given_at": now,
                "recorded_by": by,
                "withdrawn_at": None,
                "withdrawn_by": None,
            }
        ],
        "answers": [
            told("loneliness", now, non_answer="refused"),
            told("outcome_words", later, text=WORDS),
            told("primary", later, **labelled("primary", 3)),
            told("purposes", later, value=0b110, label=f"{first}, {second}"),
        ],
        "no_answers": [
            told("about_life", now, value=1),
            told("belonging", now, non_answer="not_asked"),
            told("problem_solving", later, confirmed=False, **labelled("problem_solving", 1)),
        ],
        "earlier_answers": [
            {**said("primary", **labelled("primary", 2)), "changed_at": later, "changed_by": by},
            {**said("outcome_words", text=BEFORE), "changed_at": later, "changed_by": by},
        ],
        "stories": [
            {
                "wave": "before",
                "text": TOLD,
                "told_at": now,
                "handed_in_at": later,
                "publication_version": "p1",
                "publication_given_at": later,
                "withdrawn_at": None,
                "edited_text": EDITED,
                "decision": "approved",
                "decided_at": later,
                "asked_about_edited_text_at": later,
                "agreed_to_edited_text_at": None,
                "refused_edited_text_at": None,
            }
        ],
        "recordings": [],
        "typed_once_more": [],
        "calls": [{"outcome": "reached", "noted_at": later, "noted_by": "staff:1", "withdrawn_at": None}],
        "calls_asked_for": [{"asked_at": now, "withdrawn_at": later}],
        "name_to_be_printed": "Ana Žagar",
        "recent_changes": [{"what": "call", "done_at": later, "done_by": "staff:1", "undone_at": None}],
    }
    assert [(wave["wave"], wave["state"], wave["invited_at"]) for wave in waves] == [
        ("before", "planned", None),
        ("after", "open", now),
        ("followup", "planned", None),
    ]
    assert waves[0]["opens_at"] == "2026-09-30T08:00:00+00:00"
    assert waves[0]["closes_at"] == "2026-10-14T08:00:00+00:00"


def test_what_is_held_can_be_written_as_json(connection, keys, answered):
    held = privacy.held(connection, keys, [answered])
    assert json.loads(json.dumps(held)) == held


def test_of_somebody_who_was_only_invited_little_is_held(connection, keys, invited):
    [held] = privacy.held(connection, keys, [invited])
    assert {name for name, value in held.items() if value} == {
        "code", "programme", "cohort", "state", "role", "enrolled_at",
    }  # fmt: skip


def test_answers_are_counted(connection, answered):
    assert privacy.answered(connection, answered.id) == 4
    assert privacy.answered(connection, 999) == 0


def test_no_table_holds_anything_of_a_person_who_was_erased(connection, answered):
    texts = sealed_texts(connection)
    assert len(texts) == 6
    assert holding(connection, answered.code) == {"participant", "audit", "answer_change", "consent"}
    assert holding(connection, CHAT) == {"participant", "chat"}
    assert {name for text in texts for name in holding(connection, text)} == {
        "answer",
        "answer_change",
        "story",
        "attachment",
        "participant",
    }

    privacy.erase(connection, [answered], LATER, "self")
    chats.forget(connection, CHAT)  # as the turn in which a person erases everything does

    assert holding(connection, answered.code) == set()
    assert holding(connection, CHAT) == set()
    assert [name for text in texts for name in holding(connection, text)] == []
    gone = (
        "answer",
        "answer_change",
        "run",
        "occasion",
        "delivery",
        "story",
        "consent",
        "invite",
        "chat",
        "call_note",
        "call_request",
        "deed",
    )
    assert sizes(connection, *gone) == dict.fromkeys(gone, 0)


def test_a_tombstone_without_content_and_the_fact_of_erasure_stay(connection, answered):
    privacy.erase(connection, [answered], LATER, "self")
    tombstone = f"-{answered.participant}"
    stones = (participant.c.code, participant.c.chat, participant.c.language, participant.c.unreachable_at)
    assert connection.execute(select(*stones)).all() == [(tombstone, None, "sl", None)]
    place = (enrolment.c.state, enrolment.c.joined_at, enrolment.c.left_at)
    assert connection.execute(select(*place)).all() == [(EnrolmentState.ERASED, None, LATER)]
    audit = metadata.tables["audit"]
    assert connection.execute(select(audit.c.actor, audit.c.subject).order_by(audit.c.id)).all()[-1] == (
        "self",
        tombstone,
    )
    assert participants.of_chat(connection, CHAT) == []


def test_all_places_of_a_person_are_erased_together(connection, keys, brezice, answered):
    spring = cohorts.add(
        connection, brezice, name="Pomlad", start=date(2027, 2, 1), end=date(2027, 4, 1), now=NOW, actor="operator"
    )
    values = {"participant": answered.participant, "cohort": spring.id, "state": EnrolmentState.INVITED}
    connection.execute(insert(enrolment), {**values, "enrolled_at": NOW})
    privacy.erase(connection, participants.of_chat(connection, CHAT), LATER, "self")
    assert connection.execute(select(enrolment.c.state)).scalars().all() == [EnrolmentState.ERASED] * 2
    assert holding(connection, answered.code) == set()


def test_an_erasure_touches_nobody_else(connection, keys, brezice, group, answered):
    enrolled = enrolments.enrol(connection, keys, brezice, group, NOW, "staff:1")
    other = participants.of_enrolment(connection, enrolled.enrolment)
    participants.join(
        connection, other, OTHER, Giver.SELF, Mode.SELF, text_read("v1"), NOW, f"participant:{other.code}"
    )
    held = privacy.held(connection, keys, participants.of_chat(connection, OTHER))
    privacy.erase(connection, [answered], LATER, "self")
    assert privacy.held(connection, keys, participants.of_chat(connection, OTHER)) == held
    assert holding(connection, other.code) == {"participant", "audit", "consent"}
    assert sizes(connection, "consent", "invite") == {"consent": 1, "invite": 1}
