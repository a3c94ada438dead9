"""Stories from the first word to the decision, and what their people can take back."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from storage import deliveries, enrolments, occasions, stories
from storage.answers import responses
from storage.schema import Decision, DeliveryKind, DeliveryState, EnrolmentState, delivery, story
from storage.schema import audit as audit_table
from storage.stories import StoryStanding
from surveys.model import Mode
from tests.storage.conftest import CHAT, NOW

LATER = NOW + timedelta(hours=1)
STAFF = "staff:3"
VERSION = "objava-1"
SLUG = "brezice-racunalnik"


@pytest.fixture
def told(connection, keys, joined):
    """The number of a story that somebody has just typed."""
    return stories.tell(connection, keys, joined.id, "after", "Zdaj pišem vnukom.", NOW)


@pytest.fixture
def agreed(connection, keys, told):
    """The same, handed in with consent for publication."""
    stories.agree(connection, stories.load(connection, keys, told), VERSION, NOW)
    return told


def load(connection, keys, number):
    return stories.load(connection, keys, number)


def standing(connection, keys, number):
    return load(connection, keys, number).standing


def test_a_story_knows_where_it_belongs(connection, keys, brezice, joined, told):
    after = occasions.of_enrolment(connection, joined.id)[1]
    run = responses.begin(connection, after.id, brezice.questionnaire(brezice.waves[1]).hash, Mode.SELF, NOW)
    one = load(connection, keys, told)
    assert (one.text, one.edited, one.wave, one.run) == ("Zdaj pišem vnukom.", None, "after", run.id)
    assert (one.programme, one.cohort_name, one.code, one.chat) == (SLUG, "Jesen", joined.code, CHAT)
    assert (one.enrolment_state, one.told_at, one.handed_in_at) == (EnrolmentState.ACTIVE, NOW, None)
    assert stories.lock(connection, keys, told) == one
    assert stories.of_wave(connection, keys, joined.id, "after") == one
    assert stories.of_wave(connection, keys, joined.id, "followup") is None
    assert stories.of_chat(connection, keys, CHAT) == [one]
    assert stories.load(connection, keys, 999) is None
    assert stories.lock(connection, keys, 999) is None


def test_a_story_is_kept_sealed(connection, keys, told, agreed):
    stories.edit(connection, keys, load(connection, keys, told), "Zdaj piše vnukom.", LATER, STAFF)
    row = connection.execute(select(story.c.text_sealed, story.c.edited_sealed)).one()
    assert [keys.open_text(sealed) for sealed in row] == ["Zdaj pišem vnukom.", "Zdaj piše vnukom."]
    assert [b"vnukom" in sealed for sealed in row] == [False, False]


def test_until_it_is_handed_in_a_story_can_be_told_anew_and_nobody_else_sees_it(connection, keys, joined, told):
    again = stories.tell(connection, keys, joined.id, "after", "Drugače.", LATER)
    one = load(connection, keys, told)
    assert (again, one.text, one.told_at, one.revision) == (told, "Drugače.", LATER, 1)
    assert one.standing is StoryStanding.DRAFT
    assert stories.of_programmes(connection, keys, [SLUG]) == []


def test_a_story_that_was_handed_in_is_not_told_again(connection, keys, joined, agreed):
    with pytest.raises(ValueError, match="not told again"):
        stories.tell(connection, keys, joined.id, "after", "Drugače.", LATER)


def test_a_story_for_the_library_only_is_seen_and_waits_for_nothing(connection, keys, told):
    stories.keep_private(connection, load(connection, keys, told), LATER)
    [one] = stories.of_programmes(connection, keys, [SLUG])
    assert (one.standing, one.publishable, one.handed_in_at) == (StoryStanding.PRIVATE, False, LATER)
    assert stories.waiting(connection, [SLUG]) == 0


@pytest.mark.parametrize(
    ("decision", "reached"), [(Decision.APPROVED, StoryStanding.APPROVED), (Decision.DECLINED, StoryStanding.DECLINED)]
)
def test_what_was_agreed_to_waits_for_a_decision(connection, keys, agreed, decision, reached):
    assert standing(connection, keys, agreed) is StoryStanding.WAITING
    assert stories.waiting(connection, [SLUG]) == 1
    stories.decide(connection, load(connection, keys, agreed), decision, LATER, STAFF)
    assert standing(connection, keys, agreed) is reached
    assert stories.waiting(connection, [SLUG]) == 0
    row = connection.execute(select(story.c.decided_at, story.c.decided_by, story.c.publication_version)).one()
    assert tuple(row) == (LATER, STAFF, VERSION)


def test_an_edited_story_is_to_be_decided_upon_anew(connection, keys, agreed):
    stories.decide(connection, load(connection, keys, agreed), Decision.APPROVED, NOW, STAFF)
    stories.edit(connection, keys, load(connection, keys, agreed), "Kratko.", LATER, STAFF)
    one = load(connection, keys, agreed)
    assert (one.standing, one.text, one.edited) == (StoryStanding.WAITING, "Zdaj pišem vnukom.", "Kratko.")


CHANGED = "Zdaj piše vnukom."


def approved_copy(connection, keys, number, text=CHANGED):
    stories.edit(connection, keys, load(connection, keys, number), text, LATER, STAFF)
    stories.decide(connection, load(connection, keys, number), Decision.APPROVED, LATER, STAFF)
    return load(connection, keys, number)


def questions(connection):
    columns = (delivery.c.key, delivery.c.occasion, delivery.c.details, delivery.c.due_at, delivery.c.state)
    rows = connection.execute(select(*columns).where(delivery.c.kind == DeliveryKind.STORY).order_by(delivery.c.id))
    return [tuple(row) for row in rows]


def test_changed_words_wait_for_their_author_who_is_asked_once(connection, keys, joined, agreed):
    one = approved_copy(connection, keys, agreed)
    assert (one.standing, one.publishable, one.author_asked_at) == (StoryStanding.ASKED, True, LATER)
    after = occasions.of_enrolment(connection, joined.id)[1]
    asked = (f"story:{agreed}:{one.revision}", after.id, {"story": agreed}, LATER, DeliveryState.DUE)
    assert questions(connection) == [asked]
    stories.decide(connection, one, Decision.DECLINED, LATER, STAFF)
    stories.decide(connection, load(connection, keys, agreed), Decision.APPROVED, LATER, STAFF)
    assert questions(connection) == [asked]


@pytest.mark.parametrize(("agrees", "reached"), [(True, StoryStanding.APPROVED), (False, StoryStanding.REFUSED)])
def test_the_author_decides_about_changed_words_and_can_think_again(connection, keys, agreed, agrees, reached):
    one = approved_copy(connection, keys, agreed)
    stories.answer(connection, one, LATER, agrees=agrees)
    assert standing(connection, keys, agreed) is reached
    stories.answer(connection, load(connection, keys, agreed), LATER, agrees=True)
    assert standing(connection, keys, agreed) is StoryStanding.APPROVED
    actions = connection.execute(select(audit_table.c.action).order_by(audit_table.c.id)).scalars().all()
    assert actions[-2:] == ["story.agree_to_copy" if agrees else "story.refuse_copy", "story.agree_to_copy"]


def test_other_words_are_asked_about_anew(connection, keys, agreed):
    stories.answer(connection, approved_copy(connection, keys, agreed), LATER, agrees=True)
    one = approved_copy(connection, keys, agreed, "Zdaj piše vnukinjam.")
    assert (one.standing, len(questions(connection))) == (StoryStanding.ASKED, 2)


@pytest.mark.parametrize("text", ["Zdaj pišem.", "zdaj pišem vnukom"])
def test_about_shortened_words_nobody_is_asked(connection, keys, agreed, text):
    assert approved_copy(connection, keys, agreed, text).standing is StoryStanding.APPROVED
    assert questions(connection) == []


def test_a_question_that_belongs_to_no_occasion_is_not_planned(connection, keys, joined, agreed):
    connection.execute(delivery.delete())
    connection.execute(occasions.occasion.delete())
    one = approved_copy(connection, keys, agreed)
    assert (one.standing, one.author_asked_at, questions(connection)) == (StoryStanding.ASKED, None, [])


def test_the_question_outlives_its_occasion_but_not_the_taking_part(connection, keys, joined, agreed):
    approved_copy(connection, keys, agreed)
    deliveries.cancel_for_occasion(connection, questions(connection)[0][1], LATER)
    assert questions(connection)[0][4] is DeliveryState.DUE
    occasions.cancel_all(connection, joined.id, LATER)
    assert questions(connection)[0][4] is DeliveryState.CANCELLED


def test_consent_is_withdrawn_and_given_again(connection, keys, agreed):
    stories.decide(connection, load(connection, keys, agreed), Decision.APPROVED, NOW, STAFF)
    stories.keep_private(connection, load(connection, keys, agreed), LATER)
    one = load(connection, keys, agreed)
    assert (one.standing, one.withdrawn_at, one.handed_in_at) == (StoryStanding.WITHDRAWN, LATER, NOW)
    stories.keep_private(connection, one, LATER + timedelta(hours=1))
    assert load(connection, keys, agreed).withdrawn_at == LATER
    stories.agree(connection, load(connection, keys, agreed), VERSION, LATER)
    assert standing(connection, keys, agreed) is StoryStanding.WAITING


def test_a_dropped_story_is_gone_and_the_audit_tells_only_that_there_was_one(connection, keys, joined, agreed):
    stories.drop(connection, load(connection, keys, agreed), LATER)
    assert load(connection, keys, agreed) is None
    actor = f"participant:{joined.code}"
    rows = select(audit_table.c.actor, audit_table.c.action, audit_table.c.subject).order_by(audit_table.c.id)
    done = [tuple(row) for row in connection.execute(rows.where(audit_table.c.action.like("story.%")))]
    assert done == [(actor, "story.agree", f"story:{agreed}"), (actor, "story.drop", f"story:{agreed}")]


def test_those_that_wait_come_first_then_the_newest(connection, keys, brezice, group, joined, agreed):
    stories.decide(connection, load(connection, keys, agreed), Decision.APPROVED, NOW, STAFF)
    newer = stories.tell(connection, keys, joined.id, "followup", "Novejša.", LATER)
    stories.keep_private(connection, load(connection, keys, newer), LATER)
    other = enrolments.enrol(connection, keys, brezice, group, NOW, "operator").enrolment
    waiting = stories.tell(connection, keys, other, "after", "Čaka.", NOW)
    stories.agree(connection, load(connection, keys, waiting), VERSION, NOW)
    assert [one.id for one in stories.of_programmes(connection, keys, [SLUG])] == [waiting, newer, agreed]


def test_stories_of_other_programmes_are_not_there(connection, keys, agreed):
    assert stories.of_programmes(connection, keys, ["kamnik-slovenscina"]) == []
    assert stories.waiting(connection, ["kamnik-slovenscina"]) == 0
