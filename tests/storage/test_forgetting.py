"""Everything that is kept for a time is forgotten by its rule, in batches, and nothing else is."""

from datetime import date, timedelta

import pytest
from plugins.forgetting import RULES, WORDS, due, forget
from sqlalchemy import func, insert, select, update

from storage import access_links, attachments, attempts, audit, deliveries, expired_words, occasions, staff, undo_log
from storage.access_links import Used
from storage.answers import responses, voice_answers
from storage.attempts import Guess
from storage.schema import (
    Decision,
    DeliveryKind,
    DeliveryState,
    Role,
    Undoable,
    answer,
    answer_change,
    attachment,
    cohort,
    delivery,
    participant,
    second_entry,
    story,
    voice,
)
from storage.schema import audit as audit_table
from surveys.model import Answer, Mode
from tests.storage.conftest import NOW

HOUR = timedelta(hours=1)
SAID, BEFORE = "Vnukom pišem sama.", "Prej nisem znala."
ENDED, NOT_YET = date(2026, 12, 15), date(2026, 12, 14)  # the last day of the group of the fixtures, and the one before


def count(connection, table):
    return connection.execute(select(func.count()).select_from(table)).scalar_one()


@pytest.fixture
def wrote(connection, keys, brezice, joined):
    """Somebody who chose, wrote, corrected, spoke, was typed in twice and told three stories; gives the response."""
    occasion = occasions.of_enrolment(connection, joined.id)[1]
    occasions.open_now(connection, occasion.id, NOW, invited=True)
    run = responses.begin(connection, occasion.id, brezice.questionnaire(brezice.waves[1]).hash, Mode.SELF, NOW)
    actor = f"participant:{joined.code}"
    first = {"primary": Answer(value=2), "outcome_words": Answer(text=BEFORE)}
    responses.store(connection, keys, run.id, first, actor, NOW)
    responses.store(connection, keys, run.id, {"primary": Answer(value=3)}, actor, NOW)
    responses.store(connection, keys, run.id, {"outcome_words": Answer(text=SAID)}, actor, NOW)
    voice_answers.answered(connection, run.id, "outcome_words", attachments.receive(connection, keys, "voice-1", NOW))
    typed = {"run": run.id, "answers_sealed": keys.seal_text("{}"), "entered_by": "staff:1", "started_at": NOW}
    connection.execute(insert(second_entry), typed)
    told = {"enrolment": joined.id, "text_sealed": keys.seal_text(SAID), "told_at": NOW, "handed_in_at": NOW}
    agreed = {"publication_given_at": NOW, "decision": Decision.APPROVED}
    for wave, more in (("before", {}), ("after", agreed), ("followup", {**agreed, "withdrawn_at": NOW})):
        connection.execute(insert(story), {**told, "wave": wave, **more})
    return run


def test_typed_words_go_when_the_group_has_ended_long_ago_and_what_was_chosen_stays(connection, keys, wrote):
    assert due(connection, keys, words=NOT_YET) == {}
    assert forget(connection, keys, WORDS, words=NOT_YET) == 0
    assert due(connection, keys, words=ENDED) == {WORDS: 5}
    assert RULES[WORDS].kept(connection, keys) == 5  # one published story is not among those that are forgotten

    assert forget(connection, keys, WORDS, words=ENDED) == 5
    found = responses.answers(connection, keys, wrote.id)
    assert found == {"primary": Answer(value=3), "outcome_words": Answer(text=expired_words.FORGOTTEN)}
    assert [*connection.execute(select(answer_change.c.value))] == [(2,)]
    assert [*connection.execute(select(story.c.wave)).scalars()] == ["after"]
    assert [count(connection, one) for one in (second_entry, voice, attachment)] == [0, 0, 0]
    assert due(connection, keys, words=ENDED) == {}
    assert forget(connection, keys, WORDS, words=ENDED) == 0


def test_words_of_a_group_that_goes_on_stay(connection, keys, wrote):
    connection.execute(update(cohort).values(end=date(2027, 12, 15)))
    assert forget(connection, keys, WORDS, words=date(2027, 12, 14)) == 0
    assert responses.answers(connection, keys, wrote.id)["outcome_words"] == Answer(text=SAID)


def test_words_are_forgotten_a_few_at_a_time(connection, keys, wrote):
    row = {"run": wrote.id, "text_sealed": keys.seal_text(SAID), "answered_at": NOW}
    connection.execute(insert(answer), [{**row, "item": f"words_{number}"} for number in range(5)])
    taken = [forget(connection, keys, WORDS, most=2, words=ENDED) for _ in range(5)]
    assert taken == [6, 2, 2, 0, 0]


def test_of_files_only_those_go_that_nothing_refers_to(connection, keys, wrote):
    attachments.receive(connection, keys, "left over", NOW)
    assert forget(connection, keys, "files of nothing", files=NOW - HOUR) == 0
    assert due(connection, keys, files=NOW) == {"files of nothing": 1}
    assert forget(connection, keys, "files of nothing", files=NOW) == 1
    assert (count(connection, attachment), count(connection, voice)) == (1, 1)


def test_finished_orders_go_and_what_is_still_to_come_stays(connection, keys, joined):
    member = staff.join(connection, Role.COORDINATOR, "BRE", b"coordinator", NOW)
    for number, state in enumerate(DeliveryState):
        key = f"report:{number}:text"
        deliveries.plan_delivery(connection, key, DeliveryKind.REPORT, NOW, staff=member.id, details={})
        connection.execute(update(delivery).where(delivery.c.key == key).values(state=state))
    people = count(connection, delivery) - len(DeliveryState)
    assert forget(connection, keys, "orders of staff", orders=NOW - HOUR) == 0
    assert forget(connection, keys, "orders of staff", orders=NOW) == len(DeliveryState) - 2
    left = connection.execute(select(delivery.c.state).where(delivery.c.staff.is_not(None))).scalars().all()
    assert sorted(left) == [DeliveryState.DUE, DeliveryState.SENDING]
    assert count(connection, delivery) == people + 2


def test_links_go_when_they_expired_long_ago(connection, keys, invited):
    access_links.create_staff(connection, keys, Role.LIBRARIAN, "BRE", NOW, "operator")
    ends = [NOW + access_links.STAFF_LIFE, NOW + access_links.PARTICIPANT_LIFE]
    assert [due(connection, keys, links=end) for end in ends] == [{"links that were given out": n} for n in (1, 2)]
    assert [forget(connection, keys, "links that were given out", links=end) for end in ends] == [1, 1]


def test_the_card_by_which_somebody_comes_back_stays_as_long_as_it_is_known_who_they_are(connection, keys, invited):
    rule, end = "links that were given out", NOW + access_links.PARTICIPANT_LIFE
    token = access_links.create_participant(connection, keys, invited.id, NOW).token
    access_links.redeem(connection, token, NOW)
    connection.execute(update(participant).values(chat=b"somebody"))
    assert forget(connection, keys, rule, links=end) == 1  # the one that nobody has used
    assert isinstance(access_links.look(connection, token, end), Used)
    connection.execute(update(participant).values(chat=None))
    assert forget(connection, keys, rule, links=end) == 1


def test_the_trail_goes_in_time_but_not_that_all_is_made_up_and_guesses_go_earlier(connection, keys):
    for moment in (NOW, NOW + HOUR):
        audit.record(connection, "system", "demo.sow", "database", moment)
        audit.record(connection, "staff:1", "report.order", "x", moment)
        attempts.note(connection, Guess.LINK, "link", moment, "stranger")
    assert due(connection, keys, trail=NOW, guesses=NOW) == {"trail of who did what": 1, "wrong guesses": 1}
    assert forget(connection, keys, "wrong guesses", guesses=NOW) == 1
    assert forget(connection, keys, "trail of who did what", trail=NOW) == 1
    left = connection.execute(select(audit_table.c.action, audit_table.c.at).order_by(audit_table.c.id)).all()
    assert [tuple(row) for row in left] == [
        ("demo.sow", NOW),
        ("demo.sow", NOW + HOUR),
        ("report.order", NOW + HOUR),
        ("link.unknown", NOW + HOUR),
    ]


def test_what_could_be_taken_back_goes_after_its_day(connection, keys, invited):
    undo_log.remember(connection, Undoable.CALL, {}, NOW, "staff:1", enrolment=invited.id)
    assert forget(connection, keys, "what can be taken back", undo=NOW - HOUR) == 0
    assert forget(connection, keys, "what can be taken back", undo=NOW) == 1


def test_every_rule_takes_no_more_than_a_batch(connection, keys):
    for number in range(7):
        audit.record(connection, "staff:1", "report.order", str(number), NOW)
    taken = [forget(connection, keys, "trail of who did what", most=3, trail=NOW) for _ in range(4)]
    assert taken == [3, 3, 1, 0]
