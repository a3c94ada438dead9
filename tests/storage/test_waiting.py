"""People who wait for the next group: when they are asked, and what becomes of their answers when they join."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, select

from reports.data.frames import read
from reports.data.indicators import everything
from storage import (
    cohorts,
    enrolments,
    occasions,
    participants,
    privacy,
    staff_actions,
    undo_log,
    waiting_list,
    waiting_list_starts,
)
from storage.answers import definitions, responses
from storage.schema import Allocation, EnrolmentState, Giver, OccasionState, consent, delivery, occasion
from storage.staff_actions import Plans
from surveys import waiting as rules
from surveys.model import Answer, EnrolmentRole, Mode
from tests.plugins.consent_texts import text_read
from tests.storage.conftest import CHAT, NOW, RHYTHM

DAY = timedelta(days=1)
BRINGS = [("before", OccasionState.COMPLETE), ("after", OccasionState.PLANNED), ("followup", OccasionState.PLANNED)]


@pytest.fixture
def plans(brezice):
    return Plans({brezice.slug: brezice}, RHYTHM)


@pytest.fixture
def spring(connection, brezice):
    return new_group(connection, brezice, "Pomlad", date(2027, 3, 1), date(2027, 5, 31))


def new_group(connection, programme, name, start, end):
    return cohorts.add(connection, programme, name=name, start=start, end=end, now=NOW, actor="operator")


@pytest.fixture
def waits(connection, keys, brezice, group):
    """Somebody who waits in the autumn group and has agreed to be asked."""
    return waiter(connection, keys, brezice, group)


def waiter(connection, keys, programme, group, **more):
    enrolled = enrolments.enrol(
        connection,
        keys,
        programme,
        group,
        NOW,
        "staff:1",
        role=EnrolmentRole.WAITING,
        allocation=Allocation.LOT,
        **more,
    )
    enrolment = participants.of_enrolment(connection, enrolled.enrolment)
    participants.join(
        connection, enrolment, CHAT, Giver.SELF, Mode.SELF, text_read("v1"), NOW, f"participant:{enrolment.code}"
    )
    occasions.replan_one(connection, programme, enrolment.id, RHYTHM, NOW)
    return participants.of_enrolment(connection, enrolment.id)


def answer(connection, keys, programme, enrolment, wave, value, at=None):
    """Somebody answers the primary question of a wave, on the day after it opened."""
    run, moment = half(connection, keys, programme, enrolment, wave, value, at)
    hand_in(connection, programme, run, moment)
    return moment


def half(connection, keys, programme, enrolment_id, wave, value, at=None):
    """Somebody answers the primary question of a wave, and goes away."""
    enrolment = participants.of_enrolment(connection, enrolment_id)
    one = next(one for one in occasions.of_enrolment(connection, enrolment_id) if one.wave == wave)
    moment = at or one.opens_at + DAY
    questionnaire = rules.asked(programme, programme.wave(wave), enrolment.role)
    version = definitions.store_version(connection, questionnaire, programme, moment)
    run = responses.begin(connection, one.id, version, Mode.SELF, moment)
    responses.store(connection, keys, run.id, {"primary": Answer(value=value)}, "participant", moment)
    occasions.open_now(connection, one.id, moment, invited=True)
    return run, moment


def hand_in(connection, programme, run, moment):
    responses.finish(connection, run.id, moment)
    occasions.settle(connection, run.occasion, OccasionState.COMPLETE, moment)
    waiting_list.follow(connection, programme, run.enrolment, RHYTHM, moment)


def waves(connection, enrolment):
    return [(one.wave, one.state) for one in occasions.of_enrolment(connection, enrolment)]


def begin(connection, keys, plans, place, target, now):
    done = staff_actions.begin(connection, keys, plans, place, target, now, "staff:1")
    return undo_log.find(connection, done)


def test_who_waits_is_asked_at_the_start_and_at_the_end_on_the_days_of_the_others(connection, waits, joined):
    mine = {one.wave: one.opens_at for one in occasions.of_enrolment(connection, waits.id)}
    theirs = {one.wave: one.opens_at for one in occasions.of_enrolment(connection, joined.id)}

    assert mine == {wave: theirs[wave] for wave in ("before", "after")}
    assert "followup" in theirs


def test_the_last_answers_of_waiting_are_the_first_ones_of_taking_part(connection, keys, brezice, plans, waits, spring):
    answer(connection, keys, brezice, waits.id, "before", 2)
    answered = answer(connection, keys, brezice, waits.id, "after", 3)
    began = begin(connection, keys, plans, waits, spring, answered + DAY).details["began"]
    enrolment = participants.of_enrolment(connection, began)

    assert waves(connection, began) == BRINGS
    assert (enrolment.state, enrolment.role, enrolment.code) == (
        EnrolmentState.ACTIVE,
        EnrolmentRole.PARTICIPANT,
        waits.code,
    )
    given = connection.execute(select(consent.c.text_version, consent.c.giver, consent.c.given_at)).all()
    assert given == [("v1", Giver.SELF, NOW)] * 2
    answer(connection, keys, brezice, began, "after", 5)
    [now] = responses.of_enrolment(connection, began)
    known = [(wave, one.enrolment) for wave, one in responses.answered_until(connection, now)]
    assert known == [("before", waits.id), ("after", began)]
    data = read(connection, brezice.slug, everything(brezice))
    assert list(data.pairs("primary", "before", "after").itertuples(index=False, name=None)) == [(3, 5)]
    assert list(data.waiting.pairs("primary", "before", "after").itertuples(index=False, name=None)) == [(2, 3)]


def test_who_joins_before_answering_is_asked_in_the_time_of_waiting_and_not_again(
    connection, keys, brezice, plans, waits, spring
):
    began = begin(connection, keys, plans, waits, spring, NOW + DAY).details["began"]
    assert waves(connection, began)[0] == ("before", OccasionState.PLANNED)
    assert waves(connection, waits.id) == [("before", OccasionState.PLANNED), ("after", OccasionState.PLANNED)]

    answer(connection, keys, brezice, waits.id, "after", 4)

    assert waves(connection, began) == BRINGS


def test_who_never_answered_the_second_time_is_asked_as_everybody(connection, keys, brezice, plans, waits, spring):
    answer(connection, keys, brezice, waits.id, "before", 2)
    last = occasions.of_enrolment(connection, waits.id)[1]
    occasions.settle(connection, last.id, OccasionState.MISSED, last.closes_at)
    began = begin(connection, keys, plans, waits, spring, last.closes_at).details["began"]

    assert waves(connection, began)[0] == ("before", OccasionState.PLANNED)


def test_an_answer_of_long_ago_stands_for_nothing(connection, keys, brezice, plans, waits):
    answered = answer(connection, keys, brezice, waits.id, "after", 3)
    far = new_group(connection, brezice, "Poletje", date(2027, 7, 1), date(2027, 8, 31))
    began = begin(connection, keys, plans, waits, far, answered).details["began"]

    assert waves(connection, began)[0] == ("before", OccasionState.PLANNED)


def test_who_is_moved_on_to_a_later_group_is_asked_again(connection, keys, brezice, plans, waits, spring):
    answered = answer(connection, keys, brezice, waits.id, "after", 3)
    began = begin(connection, keys, plans, waits, spring, answered).details["began"]
    far = new_group(connection, brezice, "Poletje", date(2027, 7, 1), date(2027, 8, 31))
    staff_actions.move(connection, plans, participants.of_enrolment(connection, began), far, answered, "staff:1")

    assert waves(connection, began)[0] == ("before", OccasionState.PLANNED)
    assert connection.execute(select(occasion.c.same_as).where(occasion.c.same_as.is_not(None))).all() == []


def test_whose_group_has_begun_waits_no_more(connection, keys, brezice, plans, waits):
    early = new_group(connection, brezice, "Oktober", date(2026, 10, 20), date(2026, 12, 20))
    now = datetime(2026, 10, 21, 10, tzinfo=UTC)
    answer(connection, keys, brezice, waits.id, "before", 2)
    done = begin(connection, keys, plans, waits, early, now)

    assert waves(connection, waits.id)[1] == ("after", OccasionState.CANCELLED)
    assert waves(connection, done.details["began"])[0] == ("before", OccasionState.COMPLETE)
    assert staff_actions.undo(connection, plans, done, now, "staff:1")
    assert waves(connection, waits.id)[1] == ("after", OccasionState.PLANNED)


def test_a_free_chair_in_the_same_group_makes_a_participant(connection, keys, brezice, plans, waits, group):
    answer(connection, keys, brezice, waits.id, "before", 2)
    now = datetime(2026, 10, 5, 10, tzinfo=UTC)
    done = begin(connection, keys, plans, waits, group, now)

    assert [wave for wave, _ in waves(connection, waits.id)] == ["before", "after", "followup"]
    assert not participants.of_enrolment(connection, waits.id).waits
    assert staff_actions.undo(connection, plans, done, now, "staff:1")
    assert participants.of_enrolment(connection, waits.id).waits
    assert [wave for wave, _ in waves(connection, waits.id)] == ["before", "after"]


def test_who_has_not_said_yes_simply_changes_the_group(connection, keys, brezice, plans, group, spring):
    enrolled = enrolments.enrol(connection, keys, brezice, group, NOW, "staff:1", role=EnrolmentRole.WAITING)
    enrolment = participants.of_enrolment(connection, enrolled.enrolment)
    done = begin(connection, keys, plans, enrolment, spring, NOW)

    moved = participants.of_enrolment(connection, enrolled.enrolment)
    assert (moved.cohort, moved.waits, done.details["began"]) == (spring.id, False, enrolled.enrolment)
    assert len(participants.of_code(connection, enrolment.code)) == 1
    assert staff_actions.undo(connection, plans, done, NOW, "staff:1")
    assert participants.of_enrolment(connection, enrolled.enrolment) == enrolment


def test_joining_is_taken_back_until_something_was_answered(connection, keys, brezice, plans, waits, spring):
    answered = answer(connection, keys, brezice, waits.id, "after", 3)
    done = begin(connection, keys, plans, waits, spring, answered)
    assert staff_actions.undo(connection, plans, done, answered, "staff:1")
    assert [one.cohort for one in participants.of_code(connection, waits.code)] == [waits.cohort]

    again = begin(connection, keys, plans, waits, spring, answered)
    assert waves(connection, again.details["began"]) == BRINGS
    answer(connection, keys, brezice, again.details["began"], "after", 5, answered)
    assert not staff_actions.undo(connection, plans, again, answered, "staff:1")


def test_erasing_takes_the_answers_of_both_roles(connection, keys, brezice, plans, waits, spring):
    answered = answer(connection, keys, brezice, waits.id, "after", 3)
    begin(connection, keys, plans, waits, spring, answered)
    privacy.erase(connection, participants.of_code(connection, waits.code), answered, "operator")

    data = read(connection, brezice.slug, everything(brezice))
    assert (len(data.people), len(data.waiting.people), len(data.values("primary", "before"))) == (0, 0, 0)
    assert connection.execute(select(occasion)).all() == []


def test_an_import_finds_again_where_answers_count_as_well(connection, keys, brezice, plans, waits, spring):
    answered = answer(connection, keys, brezice, waits.id, "after", 3)
    began = begin(connection, keys, plans, waits, spring, answered).details["began"]
    brought = select(occasion.c.id).where(occasion.c.same_as.is_not(None))
    connection.execute(delete(delivery).where(delivery.c.occasion.in_(brought)))
    connection.execute(delete(occasion).where(occasion.c.same_as.is_not(None)))  # as an import leaves it
    assert "before" not in dict(waves(connection, began))
    waiting_list.follow_all(connection, brezice, RHYTHM, answered)

    assert waves(connection, began)[0] == ("before", OccasionState.COMPLETE)


def test_what_is_held_of_a_person_says_that_they_wait(connection, keys, waits):
    [held] = privacy.held(connection, keys, [waits])
    assert (held["role"], held["allocation"]) == ("waiting", "lot")


@pytest.fixture
def october(connection, brezice):
    """It begins while those who wait beside the autumn group still wait."""
    return new_group(connection, brezice, "Oktober", date(2026, 10, 20), date(2026, 12, 20))


IN_OCTOBER = datetime(2026, 10, 25, 10, tzinfo=UTC)


def test_one_begins_once(connection, keys, plans, waits, spring, october, group):
    done = begin(connection, keys, plans, waits, spring, NOW)
    for other in (october, spring, group):
        with pytest.raises(waiting_list_starts.HasBegunError):
            begin(connection, keys, plans, waits, other, NOW)  # also with the place as it was before the first tap
    assert len(participants.of_code(connection, waits.code)) == 2
    assert waiting_list_starts.began_in(connection, waits).cohort == spring.id
    assert staff_actions.undo(connection, plans, done, NOW, "staff:1")
    assert waiting_list_starts.began_in(connection, waits) is None
    begin(connection, keys, plans, waits, october, NOW)


@pytest.mark.parametrize("from_the_new_group", [False, True])
def test_leaving_ends_both_places_and_is_taken_back_for_both(
    connection, keys, plans, waits, spring, from_the_new_group
):
    began = begin(connection, keys, plans, waits, spring, NOW).details["began"]
    both = (waits.id, began)
    before = [waves(connection, one) for one in both]
    enrolment = participants.of_enrolment(connection, began if from_the_new_group else waits.id)
    done = undo_log.find(connection, staff_actions.leave(connection, enrolment, NOW, "staff:1"))

    assert [participants.of_enrolment(connection, one).state for one in both] == [EnrolmentState.LEFT] * 2
    assert [one for one in both if occasions.waiting(connection, one)] == []
    assert staff_actions.undo(connection, plans, done, NOW, "staff:1")
    assert [participants.of_enrolment(connection, one).state for one in both] == [EnrolmentState.ACTIVE] * 2
    assert [waves(connection, one) for one in both] == before


def test_the_first_answers_are_the_baseline_where_the_second_were_not_given(
    connection, keys, brezice, plans, waits, october
):
    answer(connection, keys, brezice, waits.id, "before", 2)
    began = begin(connection, keys, plans, waits, october, IN_OCTOBER - 10 * DAY).details["began"]
    assert waves(connection, began)[0] == ("before", OccasionState.COMPLETE)
    assert waves(connection, waits.id)[1] == ("after", OccasionState.PLANNED)  # until the group begins to ask

    waiting_list.follow(connection, brezice, began, RHYTHM, IN_OCTOBER)
    assert waves(connection, waits.id)[1] == ("after", OccasionState.CANCELLED)
    answer(connection, keys, brezice, began, "after", 5)
    data = read(connection, brezice.slug, everything(brezice))
    assert list(data.pairs("primary", "before", "after").itertuples(index=False, name=None)) == [(2, 5)]
    assert len(data.waiting.pairs("primary", "before", "after")) == 0


def test_later_answers_of_waiting_are_the_baseline_in_the_place_of_the_first(connection, keys, brezice, plans, waits):
    winter = new_group(connection, brezice, "Zima", date(2026, 12, 28), date(2027, 3, 1))
    answer(connection, keys, brezice, waits.id, "before", 2)
    began = begin(connection, keys, plans, waits, winter, IN_OCTOBER).details["began"]
    answer(connection, keys, brezice, waits.id, "after", 4, datetime(2026, 12, 20, 10, tzinfo=UTC))
    answer(connection, keys, brezice, began, "after", 5)

    data = read(connection, brezice.slug, everything(brezice))
    assert list(data.pairs("primary", "before", "after").itertuples(index=False, name=None)) == [(4, 5)]


def test_dates_of_the_group_of_waiting_that_move_wake_nothing_that_has_ended(
    connection, keys, brezice, plans, waits, october, group
):
    begin(connection, keys, plans, waits, october, IN_OCTOBER)
    staff_actions.redate(connection, plans, group, group.start, group.end + 7 * DAY, IN_OCTOBER, "staff:1")
    assert {state for _, state in waves(connection, waits.id)} == {OccasionState.CANCELLED}


def test_what_is_half_answered_is_finished_and_counts_and_nothing_is_asked_beside_it(
    connection, keys, brezice, plans, waits, october
):
    first = occasions.of_enrolment(connection, waits.id)[0]
    run, _ = half(connection, keys, brezice, waits.id, "before", 2, first.opens_at + DAY)
    began = begin(connection, keys, plans, waits, october, IN_OCTOBER - 10 * DAY).details["began"]
    waiting_list.follow(connection, brezice, began, RHYTHM, IN_OCTOBER)
    assert waves(connection, waits.id)[0] == ("before", OccasionState.OPEN)
    assert waves(connection, began)[0] == ("before", OccasionState.CANCELLED)
    occasions.replan_one(connection, brezice, began, RHYTHM, IN_OCTOBER)
    assert waves(connection, began)[0] == ("before", OccasionState.CANCELLED)

    hand_in(connection, brezice, run, IN_OCTOBER + DAY)
    assert waves(connection, began)[0] == ("before", OccasionState.COMPLETE)


def test_beginning_is_not_taken_back_where_consent_was_given_since(connection, keys, brezice, plans, group, spring):
    enrolled = enrolments.enrol(connection, keys, brezice, group, NOW, "staff:1", role=EnrolmentRole.WAITING)
    done = begin(connection, keys, plans, participants.of_enrolment(connection, enrolled.enrolment), spring, NOW)
    enrolment = participants.of_enrolment(connection, enrolled.enrolment)
    participants.join(connection, enrolment, CHAT, Giver.SELF, Mode.SELF, text_read("v1"), NOW, "participant")

    assert not staff_actions.undo(connection, plans, done, NOW, "staff:1")
    assert not participants.of_enrolment(connection, enrolled.enrolment).waits


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    people=st.lists(
        st.tuples(
            st.sampled_from(["no", "half", "late", "full"]),  # the first questionnaire of waiting
            st.sampled_from(["no", "half", "late", "full"]),  # the second one
            st.lists(
                st.tuples(st.sampled_from([0, 1, 2]), st.sampled_from([0, 1, 2, 3])), max_size=3
            ),  # begins with, at
            st.sampled_from([None, 1, 2, 3, 4]),  # leaves at
        ),
        min_size=1,
        max_size=4,
    )
)
def test_nobody_stands_before_the_same_questions_twice_whatever_happens(
    request, connection, keys, brezice, plans, group, people
):
    spring, october = (request.getfixturevalue(one) for one in ("spring", "october"))
    savepoint = connection.begin_nested()
    winter = new_group(connection, brezice, "Zima", date(2026, 12, 12), date(2027, 3, 1))
    targets = (october, winter, spring)
    moments = [NOW + 2 * DAY, *(datetime.combine(one.start, NOW.timetz()) for one in (group, october, winter, spring))]
    for first, second, tries, leaves in people:
        enrolment, open_runs = waiter(connection, keys, brezice, group), []
        for number, moment in enumerate(moments):
            now = moment + DAY
            for target, at in tries:
                if at == number and participants.of_enrolment(connection, enrolment.id).state is EnrolmentState.ACTIVE:
                    begin_once(connection, keys, plans, enrolment, targets[target], now)
            if leaves == number:
                there = participants.of_code(connection, enrolment.code)[-1]
                staff_actions.leave(connection, there, now, "staff:1")
            waiting_list.follow(connection, brezice, enrolment.id, RHYTHM, now)
            stands_before_one_at_most(connection, enrolment, now)
            for run in open_runs:
                if occasions.load(connection, run.occasion).state is OccasionState.OPEN:
                    hand_in(connection, brezice, run, now)
            wishes = {"before": first, "after": second}
            open_runs = [
                run for run in answers_now(connection, keys, brezice, enrolment, wishes, now) if run is not None
            ]
            stands_before_one_at_most(connection, enrolment, now)
    data = read(connection, brezice.slug, everything(brezice))
    for one in (data, data.waiting):
        assert not one.people.duplicated("code").any()
        assert not one.occasions.duplicated(["enrolment", "wave"]).any()
    savepoint.rollback()


def stands_before_one_at_most(connection, enrolment, now):
    """Of the time of waiting, or of the first wave of taking part."""
    held = participants.of_code(connection, enrolment.code)
    assert len(held) <= 2
    assert len({one.state for one in held}) == 1
    standing = [
        one
        for there in held
        for one in occasions.waiting(connection, there.id)
        if one.opens_at <= now < one.closes_at and (there.waits or one.wave == "before")
    ]
    assert len(standing) <= 1


def answers_now(connection, keys, brezice, enrolment, wishes, now):
    """What somebody who waits does with what is open; the runs that are still to be handed in."""
    for one in occasions.waiting(connection, enrolment.id):
        wish = wishes[one.wave]
        if one.opens_at > now or wish == "no":
            continue
        run, _ = half(connection, keys, brezice, enrolment.id, one.wave, 2, now)
        if wish == "full":
            hand_in(connection, brezice, run, now)
        elif wish == "half":
            occasions.settle(connection, one.id, OccasionState.PARTIAL, one.closes_at)
            waiting_list.follow(connection, brezice, enrolment.id, RHYTHM, now)
        yield run if wish == "late" else None


def begin_once(connection, keys, plans, place, target, now):
    """The tap of a librarian; a second one is refused."""
    begun = waiting_list_starts.began_in(connection, place)
    if begun is None and target.end > now.date():
        begin(connection, keys, plans, place, target, now)
    elif begun is not None:
        with pytest.raises(waiting_list_starts.HasBegunError):
            begin(connection, keys, plans, place, target, now)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    people=st.lists(
        st.tuples(
            st.booleans(),  # answers before
            st.booleans(),  # answers after
            st.sampled_from(["never", "early", "between", "late", "taken back", "twice"]),
            st.booleans(),  # answers at the end of taking part
        ),
        min_size=1,
        max_size=6,
    )
)
def test_nobody_is_counted_twice_in_one_role_whenever_they_join(
    connection, keys, brezice, plans, group, spring, people
):
    savepoint = connection.begin_nested()
    counted = {"waiting": 0, "pairs": 0, "brought": 0}
    for first, second, joins, third in people:
        enrolment = waiter(connection, keys, brezice, group)
        began = join_at(connection, keys, plans, enrolment, spring, joins, "early", NOW + DAY)
        middle = answer(connection, keys, brezice, enrolment.id, "before", 2) if first else NOW + 40 * DAY
        began = began or join_at(connection, keys, plans, enrolment, spring, joins, "between", middle)
        last = answer(connection, keys, brezice, enrolment.id, "after", 3) if second else NOW + 120 * DAY
        began = began or join_at(connection, keys, plans, enrolment, spring, joins, "late", last)
        if began and third:
            answer(connection, keys, brezice, began, "after", 5)
        counted["waiting"] += first and second
        counted["brought"] += second and bool(began)
        counted["pairs"] += second and bool(began) and third
    data = read(connection, brezice.slug, everything(brezice))

    assert len(data.waiting.pairs("primary", "before", "after")) == counted["waiting"]
    assert len(data.pairs("primary", "before", "after")) == counted["pairs"]
    assert len(data.values("primary", "before")) == counted["brought"]
    for one in (data, data.waiting):
        assert not one.people.duplicated(["code", "cohort"]).any()
        assert not one.occasions.duplicated(["enrolment", "wave"]).any()
    savepoint.rollback()


def join_at(connection, keys, plans, place, spring, wished, moment, now):
    """The enrolment that begins, where this person joins at this moment."""
    if wished == moment or (wished in {"taken back", "twice"} and moment == "between"):
        done = begin(connection, keys, plans, place, spring, now)
        if wished == moment:
            return done.details["began"]
        assert staff_actions.undo(connection, plans, done, now, "staff:1")
        return begin(connection, keys, plans, place, spring, now).details["began"] if wished == "twice" else None
    return None
