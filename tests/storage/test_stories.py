"""Stories from the first word to the decision, and what their people can take back."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from storage import enrolments, occasions, runs, stories
from storage.schema import Decision, EnrolmentState, story
from storage.schema import audit as audit_table
from storage.stories import Standing
from surveys.model import Mode
from tests.storage.conftest import CHAT, NOW

LATER = NOW + timedelta(hours=1)
STAFF = "staff:3"
VERSION = "objava-1"
SLUG = "brezice-racunalnik"


@pytest.fixture
def told(connection, keys, joined):
    """The number of a story that somebody has just typed."""
    return stories.tell(connection, keys, joined.enrolment, "after", "Zdaj pišem vnukom.", NOW)


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
    after = occasions.of_enrolment(connection, joined.enrolment)[1]
    run = runs.begin(connection, after.id, brezice.questionnaire(brezice.waves[1]).hash, Mode.SELF, NOW)
    one = load(connection, keys, told)
    assert (one.text, one.edited, one.wave, one.run) == ("Zdaj pišem vnukom.", None, "after", run.id)
    assert (one.programme, one.cohort_name, one.code, one.chat) == (SLUG, "Jesen", joined.code, CHAT)
    assert (one.enrolment_state, one.told_at, one.handed_in_at) == (EnrolmentState.ACTIVE, NOW, None)
    assert stories.lock(connection, keys, told) == one
    assert stories.of_wave(connection, keys, joined.enrolment, "after") == one
    assert stories.of_wave(connection, keys, joined.enrolment, "followup") is None
    assert stories.of_chat(connection, keys, CHAT) == [one]
    assert stories.load(connection, keys, 999) is None
    assert stories.lock(connection, keys, 999) is None


def test_a_story_is_kept_sealed(connection, keys, told, agreed):
    stories.edit(connection, keys, load(connection, keys, told), "Zdaj piše vnukom.", LATER, STAFF)
    row = connection.execute(select(story.c.text_sealed, story.c.edited_sealed)).one()
    assert [keys.open_text(sealed) for sealed in row] == ["Zdaj pišem vnukom.", "Zdaj piše vnukom."]
    assert [b"vnukom" in sealed for sealed in row] == [False, False]


def test_until_it_is_handed_in_a_story_can_be_told_anew_and_nobody_else_sees_it(connection, keys, joined, told):
    again = stories.tell(connection, keys, joined.enrolment, "after", "Drugače.", LATER)
    one = load(connection, keys, told)
    assert (again, one.text, one.told_at, one.revision) == (told, "Drugače.", LATER, 1)
    assert one.standing is Standing.DRAFT
    assert stories.of_programmes(connection, keys, [SLUG]) == []


def test_a_story_that_was_handed_in_is_not_told_again(connection, keys, joined, agreed):
    with pytest.raises(ValueError, match="not told again"):
        stories.tell(connection, keys, joined.enrolment, "after", "Drugače.", LATER)


def test_a_story_for_the_library_only_is_seen_and_waits_for_nothing(connection, keys, told):
    stories.keep_private(connection, load(connection, keys, told), LATER)
    [one] = stories.of_programmes(connection, keys, [SLUG])
    assert (one.standing, one.publishable, one.handed_in_at) == (Standing.PRIVATE, False, LATER)
    assert stories.waiting(connection, [SLUG]) == 0


@pytest.mark.parametrize(
    ("decision", "reached"), [(Decision.APPROVED, Standing.APPROVED), (Decision.DECLINED, Standing.DECLINED)]
)
def test_what_was_agreed_to_waits_for_a_decision(connection, keys, agreed, decision, reached):
    assert standing(connection, keys, agreed) is Standing.WAITING
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
    assert (one.standing, one.text, one.edited) == (Standing.WAITING, "Zdaj pišem vnukom.", "Kratko.")


def test_consent_is_withdrawn_and_given_again(connection, keys, agreed):
    stories.decide(connection, load(connection, keys, agreed), Decision.APPROVED, NOW, STAFF)
    stories.keep_private(connection, load(connection, keys, agreed), LATER)
    one = load(connection, keys, agreed)
    assert (one.standing, one.withdrawn_at, one.handed_in_at) == (Standing.WITHDRAWN, LATER, NOW)
    stories.keep_private(connection, one, LATER + timedelta(hours=1))
    assert load(connection, keys, agreed).withdrawn_at == LATER
    stories.agree(connection, load(connection, keys, agreed), VERSION, LATER)
    assert standing(connection, keys, agreed) is Standing.WAITING


def test_a_dropped_story_is_gone_and_the_audit_tells_only_that_there_was_one(connection, keys, joined, agreed):
    stories.drop(connection, load(connection, keys, agreed), LATER)
    assert load(connection, keys, agreed) is None
    actor = f"participant:{joined.code}"
    rows = select(audit_table.c.actor, audit_table.c.action, audit_table.c.subject).order_by(audit_table.c.id)
    done = [tuple(row) for row in connection.execute(rows.where(audit_table.c.action.like("story.%")))]
    assert done == [(actor, "story.agree", f"story:{agreed}"), (actor, "story.drop", f"story:{agreed}")]


def test_those_that_wait_come_first_then_the_newest(connection, keys, brezice, group, joined, agreed):
    stories.decide(connection, load(connection, keys, agreed), Decision.APPROVED, NOW, STAFF)
    newer = stories.tell(connection, keys, joined.enrolment, "followup", "Novejša.", LATER)
    stories.keep_private(connection, load(connection, keys, newer), LATER)
    other = enrolments.enrol(connection, keys, brezice, group, NOW, "operator").enrolment
    waiting = stories.tell(connection, keys, other, "after", "Čaka.", NOW)
    stories.agree(connection, load(connection, keys, waiting), VERSION, NOW)
    assert [one.id for one in stories.of_programmes(connection, keys, [SLUG])] == [waiting, newer, agreed]


def test_stories_of_other_programmes_are_not_there(connection, keys, agreed):
    assert stories.of_programmes(connection, keys, ["kamnik-slovenscina"]) == []
    assert stories.waiting(connection, ["kamnik-slovenscina"]) == 0
