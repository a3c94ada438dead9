"""Who shares a chat, and what they are called: told apart by names that stand sealed."""

import pytest
from sqlalchemy import select

from storage import enrolments, expired_people, occasions, participants, privacy, shared_phones
from storage.answers import responses
from storage.answers.definitions import store_version
from storage.schema import Giver, participant
from storage.schema import audit as audit_table
from surveys.model import Mode
from tests.plugins.consent_texts import text_read
from tests.storage.conftest import CHAT, NOW, RHYTHM

ELSEWHERE = b"\x01" + b"e" * 24


@pytest.fixture
def arrives(connection, keys, brezice, group):
    """A function: one more participant joins in a chat, as somebody who is there, or as one more; gives the place."""

    def come(chat=CHAT, same_as=0, enrolment=None):
        if enrolment is None:
            enrolled = enrolments.enrol(connection, keys, brezice, group, NOW, "staff:1")
            enrolment = participants.of_enrolment(connection, enrolled.enrolment)
        participants.join(
            connection, enrolment, chat, Giver.SELF, Mode.SELF, text_read("v1"), NOW, f"participant:{enrolment.code}"
        )
        shared_phones.arrive(connection, keys, chat, enrolment, same_as)
        occasions.replan_one(connection, brezice, enrolment.id, RHYTHM, NOW)
        return participants.of_enrolment(connection, enrolment.id)

    return come


def here(connection, keys, chat=CHAT):
    return [(one.name, one.codes, one.named) for one in shared_phones.of_chat(connection, keys, chat)]


def shared(connection, enrolment):
    return next(one.shared for one in occasions.of_enrolment(connection, enrolment.id))


def test_who_is_alone_in_a_chat_has_no_name_and_shares_with_nobody(connection, keys, arrives):
    one = arrives()
    assert shared_phones.label(connection, keys, one.participant) is None
    assert here(connection, keys) == [(one.code, (one.code,), False)]
    assert not shared(connection, one)


def test_as_soon_as_there_are_two_each_is_called_by_a_code_until_a_name_is_chosen(connection, keys, arrives):
    one, two = arrives(), arrives()
    assert here(connection, keys) == [(one.code, (one.code,), False), (two.code, (two.code,), False)]
    assert shared_phones.call(connection, keys, CHAT, two.participant, "Jože", NOW)
    assert here(connection, keys) == [(one.code, (one.code,), False), ("Jože", (two.code,), True)]
    assert shared(connection, one)
    assert shared(connection, two)
    sealed = connection.execute(select(participant.c.label_sealed).order_by(participant.c.id)).scalars().all()
    assert not any(b"Jo" in one for one in sealed)


def test_the_same_person_with_several_codes_is_one_and_is_renamed_with_all_of_them(connection, keys, arrives):
    one = arrives()
    again = arrives(same_as=one.participant)
    assert here(connection, keys) == [(one.code, (one.code, again.code), False)]
    assert not shared(connection, again)
    other = arrives()
    assert here(connection, keys)[0] == (one.code, (one.code, again.code), False)
    shared_phones.call(connection, keys, CHAT, again.participant, "Ana", NOW)
    third = arrives(same_as=one.participant)
    assert here(connection, keys) == [
        ("Ana", (one.code, again.code, third.code), True),
        (other.code, (other.code,), False),
    ]


@pytest.mark.parametrize("name", ["Ana", "ana"])
def test_two_people_of_a_chat_are_never_called_the_same(connection, keys, arrives, name):
    one, two = arrives(), arrives()
    assert shared_phones.call(connection, keys, CHAT, one.participant, "Ana", NOW)
    assert not shared_phones.call(connection, keys, CHAT, two.participant, name, NOW)
    assert shared_phones.call(connection, keys, CHAT, one.participant, name, NOW)
    assert not shared_phones.call(connection, keys, ELSEWHERE, one.participant, "Bor", NOW)
    assert [who for who, _, _ in here(connection, keys)] == [name, two.code]


def test_a_name_is_written_down_as_done_but_not_what_it_is(connection, keys, arrives):
    one, _ = arrives(), arrives()
    shared_phones.call(connection, keys, CHAT, one.participant, "Ana", NOW)
    rows = connection.execute(select(audit_table).where(audit_table.c.action == "participant.name")).all()
    assert [(row.actor, row.subject) for row in rows] == [(f"participant:{one.code}", one.code)]
    assert "Ana" not in str(connection.execute(select(audit_table)).all())


def test_who_moves_takes_the_name_along_unless_somebody_there_is_called_so(connection, keys, arrives):
    ana, bor = arrives(), arrives()
    shared_phones.call(connection, keys, CHAT, ana.participant, "Ana", NOW)
    shared_phones.call(connection, keys, CHAT, bor.participant, "Bor", NOW)
    first, second = arrives(ELSEWHERE), arrives(ELSEWHERE)
    shared_phones.call(connection, keys, ELSEWHERE, first.participant, "Ana", NOW)
    for place in (ana, bor):
        participants.move(connection, place, ELSEWHERE, NOW)
        shared_phones.arrive(connection, keys, ELSEWHERE, place, 0)
    assert here(connection, keys) == []
    assert {code: name for name, (code,), _ in here(connection, keys, ELSEWHERE)} == {
        ana.code: ana.code,
        bor.code: "Bor",
        first.code: "Ana",
        second.code: second.code,
    }


def test_who_left_and_comes_back_is_called_as_before(connection, keys, arrives):
    ana, bor = arrives(), arrives()
    shared_phones.call(connection, keys, CHAT, ana.participant, "Ana", NOW)
    participants.leave(connection, ana, NOW, "staff:1")
    assert (shared(connection, ana), shared(connection, bor)) == (True, False)
    assert [one.codes for one in shared_phones.others(connection, keys, CHAT, bor.participant)] == []
    back = arrives(enrolment=participants.of_enrolment(connection, ana.id))
    assert here(connection, keys)[0] == ("Ana", (back.code,), True)
    assert [one.name for one in shared_phones.others(connection, keys, CHAT, bor.participant)] == ["Ana"]


def test_a_run_knows_what_its_person_is_called(connection, keys, arrives, brezice):
    ana, _ = arrives(), arrives()
    shared_phones.call(connection, keys, CHAT, ana.participant, "Ana", NOW)
    occasion = occasions.of_enrolment(connection, ana.id)[0]
    version = brezice.questionnaire(brezice.wave("before"))
    run = responses.begin(connection, occasion.id, store_version(connection, version, brezice, NOW), Mode.SELF, NOW)
    assert (keys.open_text(run.label_sealed), run.shared) == ("Ana", True)
    assert responses.lock(connection, run.id) == run


def test_a_name_is_held_and_goes_with_the_person(connection, keys, arrives):
    ana, bor = arrives(), arrives()
    shared_phones.call(connection, keys, CHAT, ana.participant, "Ana", NOW)
    assert [entry["name_on_this_phone"] for entry in privacy.held(connection, keys, [ana])] == ["Ana"]
    privacy.erase(connection, [ana], NOW, "self")
    assert shared_phones.label(connection, keys, ana.participant) is None
    assert here(connection, keys) == [(bor.code, (bor.code,), False)]


def test_a_name_goes_with_the_link_to_the_chat(connection, keys, arrives):
    held = [arrives(), arrives()]
    for enrolment in held:
        shared_phones.call(connection, keys, CHAT, enrolment.participant, f"Ime {enrolment.code}", NOW)
        occasions.cancel_all(connection, enrolment.id, NOW)
    last = max(one.closes_at for enrolment in held for one in occasions.of_enrolment(connection, enrolment.id))
    assert expired_people.unlink(connection, last, NOW) == 2
    assert [shared_phones.label(connection, keys, enrolment.participant) for enrolment in held] == [None, None]
