"""What new dates, another group and an end would do is said before, and is what happens then."""

from datetime import date, timedelta

import pytest

from storage import cohorts, enrolments, occasions, participants, replan_preview, staff_actions
from storage.replan_preview import Ending, Shift
from storage.schema import Giver, OccasionState
from surveys.model import Mode
from tests.plugins.consent_texts import text_read
from tests.storage.conftest import NOW, RHYTHM

TODAY = NOW.date()


def add(connection, programme, name, start, end, **more):
    return cohorts.add(connection, programme, name=name, start=start, end=end, now=NOW, actor="operator", **more)


def shifts(connection, programme, group, start, end, now=NOW):
    return replan_preview.of_group(connection, programme, group, start, end, RHYTHM, now)


@pytest.fixture
def late(connection, keys, brezice, group):
    """Somebody who joined when the first questionnaire was over for who began with the group."""
    moment = NOW + timedelta(days=50)
    enrolled = enrolments.enrol(connection, keys, brezice, group, NOW, "staff:1")
    enrolment = participants.of_enrolment(connection, enrolled.enrolment)
    participants.join(connection, enrolment, b"late", Giver.SELF, Mode.SELF, text_read("v1"), moment, "staff:1")
    occasions.replan_one(connection, brezice, enrolment.id, RHYTHM, moment)
    return enrolment


def test_a_group_without_anybody_has_nothing_to_move(connection, brezice, group, invited):
    assert shifts(connection, brezice, group, date(2026, 10, 8), date(2026, 12, 22)) == []


def test_what_is_sent_stays_what_is_planned_moves_and_what_keeps_its_day_is_the_same(
    connection, brezice, group, joined
):
    first = occasions.of_enrolment(connection, joined.id)[0]
    occasions.open_now(connection, first.id, NOW, invited=True)
    assert shifts(connection, brezice, group, date(2026, 10, 8), group.end) == [
        Shift("before", {}, sent=1),
        Shift("after", {}, same=1),
        Shift("followup", {}, same=1),
    ]
    assert shifts(connection, brezice, group, group.start, date(2026, 12, 22)) == [
        Shift("before", {}, sent=1),
        Shift("after", {(date(2026, 12, 15), date(2026, 12, 22)): 1}),
        Shift("followup", {(date(2027, 3, 15), date(2027, 3, 22)): 1}),
    ]


def test_what_would_have_closed_already_stays_where_it_is(connection, brezice, group, joined):
    moment = NOW + timedelta(days=80)
    days = date(2026, 10, 1), date(2026, 10, 15)
    assert shifts(connection, brezice, group, *days, moment)[1] == Shift("after", {}, late=1)


def test_a_wave_more_and_a_wave_less_are_counted_and_happen(connection, brezice, group, late):
    assert [one.wave for one in occasions.of_enrolment(connection, late.id)] == ["after", "followup"]
    more = date(2026, 11, 12), group.end
    moment = NOW + timedelta(days=50)
    assert shifts(connection, brezice, group, *more, moment)[0] == Shift("before", {}, added=1)
    plans = staff_actions.Plans({brezice.slug: brezice}, RHYTHM)
    staff_actions.redate(connection, plans, group, *more, moment, "staff:1")
    assert shifts(connection, brezice, group, group.start, group.end, moment)[0] == Shift("before", {}, cancelled=1)
    staff_actions.redate(
        connection, plans, cohorts.find(connection, group.id), group.start, group.end, moment, "staff:1"
    )
    states = {one.wave: one.state for one in occasions.of_enrolment(connection, late.id)}
    assert states["before"] is OccasionState.CANCELLED
    back = shifts(connection, brezice, group, group.start, group.end, moment)
    assert [one.wave for one in back] == ["after", "followup"]
    assert shifts(connection, brezice, group, *more, moment)[0] == Shift("before", {}, added=1)


def test_another_group_moves_one_person(connection, brezice, joined):
    winter = add(connection, brezice, "Zima", date(2026, 11, 2), date(2027, 1, 15))
    assert replan_preview.of_person(connection, brezice, joined.id, winter, RHYTHM, NOW) == [
        Shift("before", {(date(2026, 9, 30), date(2026, 10, 31)): 1}),
        Shift("after", {(date(2026, 12, 15), date(2027, 1, 15)): 1}),
        Shift("followup", {(date(2027, 3, 15), date(2027, 4, 15)): 1}),
    ]


def test_an_end_cancels_what_is_planned_and_the_links(connection, keys, brezice, group, joined):
    enrolments.enrol(connection, keys, brezice, group, NOW, "staff:1")
    first = occasions.of_enrolment(connection, joined.id)[0]
    occasions.open_now(connection, first.id, NOW, invited=True)
    names = [wave.name for wave in brezice.waves]
    waves = {names[0]: (0, 1), names[1]: (1, 0), names[2]: (1, 0)}
    assert replan_preview.of_closing(connection, brezice, group) == Ending(waves, 1)
    staff_actions.close(connection, group, NOW, "staff:1")
    assert replan_preview.of_closing(connection, brezice, group) == Ending({names[0]: (0, 1)}, 1)


def test_a_person_can_go_where_the_group_is_the_same_and_neither_closed_nor_over(connection, brezice, group, joined):
    winter = add(connection, brezice, "Zima", date(2026, 11, 2), date(2027, 1, 15))
    closed = add(connection, brezice, "Pomlad", date(2027, 2, 1), date(2027, 4, 1))
    cohorts.close(connection, closed.id, NOW, "staff:1")
    add(connection, brezice, "Lani", date(2025, 11, 2), date(2026, 1, 15))
    assert replan_preview.targets(connection, joined.id, TODAY) == [winter]
    assert replan_preview.targets(connection, joined.id, winter.end) == [winter]
    assert replan_preview.targets(connection, joined.id, winter.end + timedelta(days=1)) == []
    assert replan_preview.targets(connection, 999, TODAY) == []
