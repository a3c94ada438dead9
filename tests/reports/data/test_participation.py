"""The one definition of response: who could have answered by now, whatever became of them, and who is told apart."""

import pytest
from plugins.respondents import DAY, OPENS
from sqlalchemy import update

from reports.data import participation
from reports.data.frames import read
from reports.sections import response
from reports.texts import response as words
from storage import schema
from storage.schema import EnrolmentState, OccasionState

SLUG = "kamnik-slovenscina"
OPENED, OVER = OPENS["after"], OPENS["after"] + 14 * DAY


@pytest.fixture
def group(new_group):
    return new_group(SLUG)


@pytest.fixture
def counted(memory):
    """The response of the last wave at a moment: people, eligible, responded, open."""

    def of(moment, wave="after"):
        found = participation.response(read(memory, SLUG), wave, moment)
        return found.people, found.eligible, found.responded, found.open

    return of


def test_answers_before_the_deadline_are_told_apart_with_the_rows_behind_them(group, memory):
    group.answers(group.enrols(), "after", primary=3)
    inside, after = OPENS["after"] + 2 * DAY, OPENS["after"] + 30 * DAY
    data = read(memory, SLUG)

    assert [participation.response(data, "after", at).early for at in (inside, after)] == [1, 0]
    assert [len(participation.answered_early(data, "after", at)) for at in (inside, after)] == [1, 0]


def leaves(group, enrolment, at):
    group.becomes(enrolment, EnrolmentState.LEFT)
    group.connection.execute(update(schema.enrolment).where(schema.enrolment.c.id == enrolment).values(left_at=at))


def test_nobody_counts_before_their_time_is_over_whether_they_answered_or_not(group, counted):
    group.answers(group.enrols(), "after", primary=3)
    group.asks(group.enrols(), "after", OccasionState.MISSED)

    assert counted(OPENED + 3 * DAY) == (1, 0, 0, 1)
    assert counted(OVER) == (1, 2, 1, 0)


def test_invitations_of_another_group_lower_no_response(group, new_group, counted):
    group.answers(group.enrols(), "after", primary=3)
    before = counted(OVER)
    later = new_group(SLUG)
    for _ in range(20):
        later.asks(later.enrols(), "after", OccasionState.OPEN, opens=OVER - DAY)

    assert before == (1, 1, 1, 0)
    assert counted(OVER) == (1, 1, 1, 20)


def test_early_answers_of_another_group_raise_no_response(group, new_group, counted):
    group.asks(group.enrols(), "after", OccasionState.MISSED)
    later = new_group(SLUG)
    one = later.enrols()
    later.answers(one, "after", primary=3)
    later.connection.execute(
        update(schema.occasion)
        .where(schema.occasion.c.enrolment == one)
        .values(opens_at=OVER - DAY, closes_at=OVER + 13 * DAY)
    )

    assert counted(OVER) == (1, 1, 0, 0)


def test_who_left_counts_when_the_time_to_answer_would_be_over(group, counted):
    gone = group.enrols()
    group.asks(gone, "after", OccasionState.CANCELLED)
    leaves(group, gone, OPENED - 10 * DAY)

    assert counted(OPENED + DAY) == (0, 0, 0, 0)
    assert counted(OVER) == (0, 1, 0, 0)


def test_whom_nobody_asked_because_the_group_ended_early_could_not_answer(group, counted):
    stays, gone = group.enrols(), group.enrols()
    for one in (stays, gone):
        group.asks(one, "after", OccasionState.CANCELLED)
    leaves(group, gone, OPENED - 2 * DAY)
    closed = update(schema.cohort).where(schema.cohort.c.id == group.cohort)
    group.connection.execute(closed.values(closed_at=OPENED - 5 * DAY))

    assert counted(OVER) == (0, 0, 0, 0)


def test_erased_people_and_those_who_wait_are_in_no_response(group, counted):
    for one in (group.enrols(), group.waits()):
        group.asks(one, "after", OccasionState.MISSED)
    group.becomes(1, EnrolmentState.ERASED)

    assert counted(OVER) == (0, 0, 0, 0)


def test_an_answer_from_paper_that_came_late_counts_from_its_day(group, counted):
    group.answers(group.enrols(), "after", finished=OVER + 3 * DAY, primary=2)

    assert [counted(OVER + days * DAY) for days in (0, 4)] == [(0, 1, 0, 0), (1, 1, 1, 0)]


def test_consent_is_of_those_who_decided_and_codes_that_nobody_opened_stand_apart(group, memory):
    for state in (EnrolmentState.ACTIVE, EnrolmentState.LEFT, EnrolmentState.INVITED, EnrolmentState.DECLINED):
        group.enrols(state)
    group.connection.execute(
        update(schema.enrolment).where(schema.enrolment.c.state == EnrolmentState.DECLINED).values(left_at=OPENED)
    )
    found = [participation.consent(read(memory, SLUG), at) for at in (OPENED - DAY, OPENED)]

    assert [(one.responded, one.eligible, one.open) for one in found] == [(2, 2, 2), (2, 3, 1)]


def test_a_later_wave_is_compared_with_the_earlier_one_of_the_same_people(group, new_group, memory):
    first, silent = group.enrols(), group.enrols()
    for one in (first, silent):
        group.asks(one, "followup", OccasionState.MISSED)
    group.answers(first, "after", primary=2)
    group.asks(silent, "after", OccasionState.MISSED)
    later = new_group(SLUG)
    later.answers(later.enrols(), "after", primary=2)
    now = OPENS["followup"] + 14 * DAY
    data = read(memory, SLUG)

    assert participation.response(data, "after", now).rate == pytest.approx(2 / 3)
    assert participation.of_the_same(data, "after", "followup", now).rate == 0.5


@pytest.mark.parametrize(
    ("n", "told"),
    [
        (1, "1 odgovor od 1 osebe, ki je do zdaj lahko odgovorila (100 %)"),
        (2, "2 odgovora od 2 oseb, ki sta do zdaj lahko odgovorili (100 %)"),
        (3, "3 odgovori od 3 oseb, ki so do zdaj lahko odgovorile (100 %)"),
        (46, "46 odgovorov od 46 oseb, ki so do zdaj lahko odgovorile (100 %)"),
        (101, "101 odgovor od 101 osebe, ki je do zdaj lahko odgovorila (100 %)"),
    ],
)
def test_the_denominator_is_said_in_four_forms(n, told):
    assert plain(words.answered(n, words.of_people(n), 1.0)) == told


@pytest.mark.parametrize(
    ("n", "open_", "unopened"),
    [
        (1, "še odprto: 1 vabilo", "1 šifra, katere povezave ni še nihče odprl"),
        (2, "še odprto: 2 vabili", "2 šifri, katerih povezav ni še nihče odprl"),
        (4, "še odprto: 4 vabila", "4 šifre, katerih povezav ni še nihče odprl"),
        (6, "še odprto: 6 vabil", "6 šifer, katerih povezav ni še nihče odprl"),
        (101, "še odprto: 101 vabilo", "101 šifra, katere povezave ni še nihče odprl"),
    ],
)
def test_what_is_open_and_codes_that_nobody_opened_have_four_forms(n, open_, unopened):
    assert (plain(words.still_open(n)), plain(words.unopened(n))) == (open_, unopened)


def test_that_they_are_in_no_response_has_four_forms():
    verbs = {n: plain(words.apart(n)).split()[3] for n in (1, 2, 4, 6, 101)}

    assert verbs == {1: "šteje", 2: "štejeta", 4: "štejejo", 6: "šteje", 101: "šteje"}


@pytest.mark.parametrize(
    ("found", "told"),
    [
        ((4, 6, 4, 8), "Zaključek: 4 odgovori od 6 oseb, ki so do zdaj lahko odgovorile (67 %); še odprto: 8 vabil."),
        ((3, 4, 3, 0), "Zaključek: 3 odgovori od 4 oseb, ki so do zdaj lahko odgovorile."),
        ((2, 0, 0, 8), "Zaključek: še odprto: 8 vabil; pred iztekom roka sta že 2 odgovora."),
    ],
)  # fmt: skip
def test_a_response_is_a_sentence_with_its_denominator_and_a_share_from_k_people_on(found, told):
    assert plain(response.sentence("zaključek", participation.ResponseStep("after", *found), 5)) == told


def plain(text):
    return text.replace("\N{NO-BREAK SPACE}", " ")
