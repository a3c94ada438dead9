"""The weekly summary: what is counted, against the week before, and what stays hidden."""

from datetime import UTC, datetime

import pytest
from plugins.respondents import DAY, OPENS, open_text

from reports.disclosure.suppression import Cells
from reports.kinds.weekly import weekly
from reports.report import Paragraph, Quote
from reports.texts import periods
from reports.texts.periods import ToldPeriod
from reports.texts.response import FEW, NOT_BEGUN, NOTHING_DUE, STILL_OPEN
from storage.schema import EnrolmentState, OccasionState
from surveys.weeks import week_of

AFTER_WEEK = week_of(OPENS["after"])  # the answers at the end come on its Saturday
NOW = datetime(2026, 9, 30, 12, tzinfo=UTC)


@pytest.fixture
def make(memory, programmes):
    """Makes the summary of a week."""

    def made(week=AFTER_WEEK, now=NOW, k=1, slug="kamnik-slovenscina"):
        return weekly(memory, programmes[slug], week, now, Cells(k, 10), open_text)

    return made


def paragraphs(report, section="summary"):
    return [
        block.text
        for one in report.sections
        if one.id == section
        for block in one.blocks
        if isinstance(block, Paragraph)
    ]


def test_every_wave_is_told_with_answers_response_and_what_is_open(new_group, make):
    group = new_group()
    group.changes([(1, 2), (2, 4), (3, 3)])
    silent = group.enrols()
    group.answers(silent, "before", primary=2)
    group.asks(silent, "after", OccasionState.MISSED)
    keys = ("new", "eligible", "responded", "response", "response.last_week", "early", "open")

    def told(report, wave):
        return [report.figures[f"{wave}.{key}"].value for key in keys]

    assert told(make(), "before") == [0, 4, 4, 1.0, 1.0, 0, 0]
    assert told(make(), "after") == [3, 0, 0, None, None, 3, 1]
    assert told(make(AFTER_WEEK.next.next), "after") == [0, 4, 3, 0.75, None, 0, 0]


def test_codes_that_nobody_opened_are_told_apart_and_lower_no_response(new_group, make):
    group = new_group()
    group.changes([(1, 2), (2, 4), (3, 3)])
    for _ in range(6):
        group.enrols(EnrolmentState.INVITED)
    report = make(AFTER_WEEK.next.next)

    assert report.figures["after.response"].value == 1.0
    assert [text.replace("\N{NO-BREAK SPACE}", " ") for text in paragraphs(report, "response")][-1] == (
        "V odziv ne šteje 6 šifer, katerih povezav ni še nihče odprl."
    )


def test_a_past_week_is_told_as_it_stood_at_its_end(new_group, make):
    group = new_group()
    group.changes([(1, 2), (2, 4), (3, 3)])
    late = group.enrols()
    group.answers(late, "after", finished=OPENS["after"] + 9 * DAY, primary=2)

    then, later = make().figures, make(AFTER_WEEK.next.next).figures

    assert (then["after.responded"].value, then["after.early"].value) == (0, 3)
    assert (later["after.responded"].value, later["after.early"].value) == (4, 0)


def test_the_first_sentence_counts_what_came_this_week_and_the_week_before(new_group, make):
    group = new_group()
    group.changes([(1, 2), (2, 4), (3, 3)])

    first, second, third = (
        paragraphs(make(week))[0].replace("\N{NO-BREAK SPACE}", " ").partition(" Od ")[0]
        for week in (AFTER_WEEK, AFTER_WEEK.next, AFTER_WEEK.next.next)
    )

    before = "v tednu prej (17.–23. 8. 2026)"
    assert first == f"V tednu 24.–30. 8. 2026 so prispeli 3 izpolnjeni vprašalniki, {before} nobeden."
    before = "v tednu prej (24.–30. 8. 2026)"
    assert second == f"V tednu 31. 8.–6. 9. 2026 ni prispel noben izpolnjen vprašalnik, {before} 3."
    assert third.endswith("ni prispel noben izpolnjen vprašalnik, v tednu prej (31. 8.–6. 9. 2026) prav tako ne.")


def test_enrolments_and_consents_are_counted_with_the_new_ones(new_group, make):
    group = new_group()
    group.changes([(1, 2), (2, 4)])
    group.enrols(EnrolmentState.INVITED)
    group.becomes(group.enrols(), EnrolmentState.ERASED)
    first = make(week_of(OPENS["before"] - 10 * DAY)).figures

    keys = ("enrolled", "enrolled.new", "consented", "consented.new")
    later = make().figures
    assert [later[key].value if key in later else None for key in keys] == [3, None, 2, None]
    assert [first[key].value for key in keys] == [3, 3, 2, 2]


def test_what_is_due_next_week_is_counted_from_now_to_its_end(new_group, make):
    group = new_group()
    for days in (1, 6, 8, 20):
        group.asks(group.enrols(), "followup", OccasionState.PLANNED, opens=NOW + days * DAY)
    figures = make(week_of(NOW)).figures  # NOW is a Wednesday

    assert figures["next.openings"].value == 3


def test_what_was_due_after_a_week_that_is_long_over_is_told_as_it_stood_at_its_end(new_group, make):
    group = new_group()
    group.changes([(1, 2), (2, 4), (3, 3)])
    before = week_of(OPENS["before"])

    assert make(AFTER_WEEK.previous).figures["next.openings"].value == 3
    assert not {"next.openings", "next.closings"} & set(make(AFTER_WEEK).figures)
    assert paragraphs(make(AFTER_WEEK), "next") == [NOTHING_DUE]
    assert not [week for week in (before, before.next) if "next.closings" in make(week).figures]


def test_who_needs_a_call_is_a_number(new_group, make):
    group = new_group()
    for chat in (True, False, False):
        group.asks(group.enrols(chat=chat), "after", OccasionState.OPEN, opens=NOW - DAY)
    report = make(week_of(NOW))

    assert report.figures["calls"].value == 3
    assert "Na klic knjižnice čakajo 3 osebe." in paragraphs(report)


def test_stories_of_the_week_are_quoted(new_group, make):
    group = new_group()
    people = group.changes([(1, 2), (2, 4), (3, 3)])
    told = AFTER_WEEK.start + DAY
    group.tells(people[0], "Berem sinu.", told, told)
    group.tells(people[1], "Prej.", told - 7 * DAY, told - 7 * DAY)

    assert [block.text for one in make().sections for block in one.blocks if isinstance(block, Quote)] == [
        "Berem sinu."
    ]
    assert paragraphs(make(AFTER_WEEK.next), "stories") == [
        periods.no_stories(ToldPeriod(AFTER_WEEK.next, AFTER_WEEK.next.end))
    ]


def test_a_few_people_have_counts_but_no_shares_and_no_quote(new_group, make):
    group = new_group()
    people = group.changes([(1, 2), (2, 4), (3, 3)])
    group.tells(people[0], "Berem sinu.", AFTER_WEEK.start + DAY, AFTER_WEEK.start + DAY)
    report = make(k=5)

    assert report.figures["after.early"].value == 3
    assert report.figures["before.response"].note == FEW
    assert report.figures["after.response"].note == STILL_OPEN
    assert report.figures["followup.response"].note == NOT_BEGUN
    assert "stories" not in [section.id for section in report.sections]


def test_the_change_so_far_is_that_of_the_impact_report_at_the_end_of_the_week(new_group, make, memory, programmes):
    from reports.kinds.impact import impact  # noqa: PLC0415 - only this test compares

    new_group().changes([(1, 2), (2, 4), (3, 3), (1, 4), (2, 5), (3, 4)])
    there = impact(memory, programmes["kamnik-slovenscina"], NOW, Cells(), open_text).figures["headline.change"]

    assert make(k=5).figures["headline.change"] == there


def test_volunteers_have_waves_of_their_own(new_group, make):
    volunteers = new_group("ljutomer-branje", "volunteers")
    one = volunteers.enrols()
    volunteers.asks(one, "volunteer_before", OccasionState.MISSED, opens=OPENS["before"])

    assert make(slug="ljutomer-branje").figures["volunteer_before.eligible"].value == 1


def test_a_week_that_has_not_begun_is_refused(new_group, make):
    new_group()

    with pytest.raises(ValueError, match="has not begun"):
        make("2026-W50")


def test_a_week_may_be_named_as_it_is_written(new_group, make):
    new_group()

    assert make("2026-W35").period == "2026-W35"
