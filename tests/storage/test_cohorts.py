from datetime import date, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select, update

from storage import cohort_overview, cohorts, enrolments, occasions, participants, unused_enrolments
from storage.answers import definitions
from storage.cohorts import Cohort, CohortError
from storage.schema import Giver, audit, cohort
from surveys.contact_policy import ContactPolicy
from surveys.model import EnrolmentRole, Mode
from tests.plugins.consent_texts import text_read
from tests.storage.conftest import NOW

RHYTHM = ContactPolicy(ZoneInfo("Europe/Ljubljana"), time(10), lambda _: False)
AUTUMN = {"start": date(2026, 10, 1), "end": date(2026, 12, 15)}


def add(connection, programme, name="Druga", **more):
    return cohorts.add(connection, programme, **({"name": name, "now": NOW, "actor": "operator"} | AUTUMN | more))


def edit(connection, programme, cohort_id, **changes):
    return cohorts.edit(connection, programme, cohort_id, RHYTHM, now=NOW, actor="operator", **changes)


def audited(connection):
    return connection.execute(select(audit.c.actor, audit.c.action, audit.c.subject).order_by(audit.c.id)).all()


def test_a_cohort_is_found_as_it_was_added(connection, brezice):
    added = add(connection, brezice, place="Brežice")
    expected = Cohort(added.id, brezice.slug, "Druga", "participants", AUTUMN["start"], AUTUMN["end"], "Brežice")
    assert added == expected
    assert cohorts.find(connection, added.id) == expected
    assert cohorts.find(connection, str(added.id)) == expected
    assert cohorts.find(connection, "Druga") == expected
    assert audited(connection) == [("operator", "cohort.add", f"cohort:{added.id}")]


def test_a_number_may_be_a_name(connection, brezice):
    added = add(connection, brezice, name="2026")
    assert cohorts.find(connection, "2026") == added
    assert cohorts.find(connection, 2026) is None


def test_nobody_is_found_under_another_name(connection, group):
    assert cohorts.find(connection, "Pomlad") is None


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"end": date(2026, 9, 30)}, "the cohort would end (2026-09-30) before it starts (2026-10-01)"),
        ({"name": " "}, "a cohort needs a name"),
        ({"name": "\u200b\u202e"}, "a cohort needs a name"),
        ({"name": "J" * 61}, "the name of a cohort has at most 60 characters"),
        (
            {"end": date(9999, 12, 31)},
            "a cohort starts and ends between 2000-01-01 and 2099-12-31, not 2026-10-01 to 9999-12-31",
        ),
        (
            {"start": date(1, 1, 1), "end": date(1, 1, 1)},
            "a cohort starts and ends between 2000-01-01 and 2099-12-31, not 0001-01-01 to 0001-01-01",
        ),
        ({"name": "Jesen"}, "brezice-racunalnik already has a cohort named »Jesen«"),
        ({"audience": "volunteers"}, "brezice-racunalnik asks participants, not volunteers"),
    ],
)
def test_a_cohort_that_cannot_be_is_refused_with_a_sentence(connection, brezice, group, wrong, sentence):
    with pytest.raises(CohortError) as refused:
        add(connection, brezice, **wrong)
    assert str(refused.value) == sentence


def test_a_name_is_one_line_without_what_nobody_sees(connection, brezice):
    added = add(connection, brezice, name=" Torek\r\n ob\t17\u202e\u200b ", place="Dom,\n2. nadstropje")
    assert (added.name, added.place) == ("Torek ob 17", "Dom, 2. nadstropje")
    assert cohorts.find(connection, added.id) == added
    edited = edit(connection, brezice, added.id, name="Sreda\x00 ")
    assert cohorts.find(connection, added.id) == edited
    assert edited.name == "Sreda"


def test_a_group_that_was_made_before_the_rule_can_still_be_changed(connection, brezice, group):
    old = {"name": "J" * 70, "end": date(9999, 12, 31)}
    connection.execute(update(cohort).where(cohort.c.id == group.id).values(**old))
    assert edit(connection, brezice, group.id, place="Dom").name == "J" * 70
    assert edit(connection, brezice, group.id, end=date(2026, 12, 15)).end == date(2026, 12, 15)


def test_a_group_in_which_nobody_is_can_be_removed(connection, brezice, group, keys):
    kept = add(connection, brezice, name="Zima")
    person = enrolments.enrol(connection, keys, brezice, kept, NOW, "staff:1")
    assert not cohorts.remove(connection, kept.id, NOW, "staff:1")
    assert cohorts.remove(connection, group.id, NOW, "staff:1")
    assert not cohorts.remove(connection, group.id, NOW, "staff:1")
    assert cohorts.listing(connection) == (kept,)
    assert (cohorts.find(connection, group.id), cohorts.find(connection, "Jesen")) == (None, None)
    assert cohort_overview.count(connection, [brezice.slug]) == 1
    assert cohort_overview.find(connection, group.id) is None
    assert add(connection, brezice, name="Jesen").id not in {group.id, kept.id}
    assert unused_enrolments.remove(connection, participants.of_enrolment(connection, person.enrolment), NOW, "staff:1")
    assert cohorts.remove(connection, kept.id, NOW, "staff:1")


def test_a_name_that_two_programmes_use_needs_a_number(connection, group, programmes):
    other = programmes["kamnik-slovenscina"]
    definitions.sync(connection, [other], NOW)
    second = add(connection, other, name="Jesen")
    with pytest.raises(CohortError) as refused:
        cohorts.find(connection, "Jesen")
    assert str(refused.value) == f"several cohorts are named »Jesen«; give the number of one: {group.id}, {second.id}"


def test_cohorts_are_listed_by_programme_and_first_day(connection, brezice, group):
    earlier = add(connection, brezice, start=date(2026, 9, 15))
    assert cohorts.listing(connection) == (earlier, group)
    assert cohorts.listing(connection, brezice.slug) == (earlier, group)
    assert cohorts.listing(connection, "kamnik-slovenscina") == ()


def test_sizes_count_who_is_enrolled(connection, brezice, group, keys):
    other = add(connection, brezice)
    for _ in range(3):
        enrolments.enrol(connection, keys, brezice, group, NOW, "operator")
    assert cohorts.sizes(connection) == {group.id: 3}
    assert other.id not in cohorts.sizes(connection)


def test_sizes_leave_out_who_waits_for_the_next_group(connection, brezice, group, keys):
    for role in (EnrolmentRole.PARTICIPANT, EnrolmentRole.WAITING):
        enrolments.enrol(connection, keys, brezice, group, NOW, "operator", role=role)
    assert cohorts.sizes(connection) == {group.id: 1}


def test_what_is_not_given_stays(connection, brezice, group):
    assert edit(connection, brezice, group.id, name="Zima") == Cohort(
        group.id, brezice.slug, "Zima", "participants", group.start, group.end, ""
    )
    assert cohorts.find(connection, "Zima").place == ""
    assert [row.action for row in audited(connection)] == ["cohort.add", "cohort.edit"]


def test_an_edit_that_changes_nothing_leaves_no_trace(connection, brezice, group):
    assert edit(connection, brezice, group.id, name="Jesen", end=group.end) == group
    assert [row.action for row in audited(connection)] == ["cohort.add"]


def test_an_edit_is_refused_like_an_addition(connection, brezice, group):
    with pytest.raises(CohortError):
        edit(connection, brezice, group.id, start=date(2027, 1, 1))
    assert cohorts.find(connection, group.id) == group


@pytest.mark.parametrize("number", [0, 999])
def test_only_a_cohort_that_is_there_can_be_edited(connection, brezice, group, number):
    with pytest.raises(LookupError):
        edit(connection, brezice, number, name="Zima")


def test_a_cohort_of_another_programme_cannot_be_edited(connection, programmes, group):
    with pytest.raises(LookupError):
        edit(connection, programmes["kamnik-slovenscina"], group.id, name="Zima")


def test_new_dates_move_what_is_still_to_be_sent(connection, brezice, group, keys):
    enrolled = enrolments.enrol(connection, keys, brezice, group, NOW, "operator")
    enrolment = participants.of_enrolment(connection, enrolled.enrolment)
    participants.join(connection, enrolment, b"chat", Giver.SELF, Mode.SELF, text_read("2026-11"), NOW, "participant:X")
    occasions.replan(connection, brezice, group.id, RHYTHM, NOW)
    before = {one.wave: one.opens_at for one in occasions.of_enrolment(connection, enrolled.enrolment)}
    edit(connection, brezice, group.id, end=group.end + timedelta(days=7))
    after = {one.wave: one.opens_at for one in occasions.of_enrolment(connection, enrolled.enrolment)}
    assert {wave: (after[wave] - before[wave]).days for wave in before} == {"before": 0, "after": 7, "followup": 7}
