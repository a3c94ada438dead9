"""The work of all libraries in a week or a month: a row a library, and who needs attention for which reason."""

from datetime import UTC, datetime, timedelta

import pytest
from plugins.respondents import DAY, OPENS
from sqlalchemy import insert, update

from reports.disclosure.suppression import Cells
from reports.kinds.country import country
from reports.kinds.lines import of_programme
from reports.report import Paragraph, Table
from reports.texts import country as say
from reports.texts.periods import ToldPeriod
from storage import audit, schema
from storage.schema import EnrolmentState, OccasionState, Role
from surveys.months import Month, month_of
from surveys.weeks import week_of

AUGUST = month_of(OPENS["after"])
NOW = datetime(2026, 9, 30, 12, tzinfo=UTC)
KAMNIK, BREZICE, LJUTOMER = "kamnik-slovenscina", "brezice-racunalnik", "ljutomer-branje"
NAMES = {"KAM": "Knjižnica Franceta Balantiča Kamnik", "BRE": "Knjižnica Brežice", "LJU": "Splošna knjižnica Ljutomer"}


@pytest.fixture
def make(memory, programmes):
    """Makes the summary of a period over these programmes."""

    def made(*slugs, period=AUGUST, now=NOW, k=1):
        return country(memory, [programmes[slug] for slug in slugs or (KAMNIK, BREZICE)], period, now, Cells(k, 2 * k))

    return made


@pytest.fixture
def staffed(memory, programmes):
    """Somebody of the staff of these programmes' libraries is in a chat and was at work on this day."""

    def filled(*slugs, at=NOW - DAY, chat=b"chat"):
        for place, slug in enumerate(slugs or (KAMNIK, BREZICE)):
            code = programmes[slug].code
            row = {"role": Role.LIBRARIAN, "library": code, "chat": chat, "joined_at": NOW - 90 * DAY}
            number = memory.execute(insert(schema.staff), row).inserted_primary_key[0]
            audit.record(memory, f"staff:{number}", "participant.enrol", f"KAM-0000{place}", at)

    return filled


def plain(words):
    return words.replace("\N{NO-BREAK SPACE}", " ")


def sentences(report, section="summary"):
    blocks = next(one.blocks for one in report.sections if one.id == section)
    return [plain(block.text) for block in blocks if isinstance(block, Paragraph)]


def row(report, name):
    keys = ("enrolled", "consented", "new", "eligible", "responded", "response", "early", "open")
    return [report.figures[f"{name}.{key}"].value for key in keys]


def test_every_library_has_a_row_and_all_together_the_last(new_group, make, staffed):
    staffed()
    first, second = new_group(KAMNIK), new_group(BREZICE)
    first.changes([(1, 2), (2, 4), (3, 3)])
    second.changes([(1, 2), (2, 4)])
    second.enrols(EnrolmentState.INVITED)
    report = make()
    table = next(
        block for one in report.sections if one.id == "libraries" for block in one.blocks if isinstance(block, Table)
    )

    assert [one[0] for one in table.rows] == [NAMES["BRE"], NAMES["KAM"], "Skupaj"]
    assert row(report, "KAM") == [3, 3, 6, 3, 3, 1.0, 3, 0]
    assert row(report, "BRE") == [3, 2, 4, 2, 2, 1.0, 2, 0]
    assert row(report, "all") == [6, 5, 10, 5, 5, 1.0, 5, 0]


def test_a_row_is_the_sum_of_the_programmes_of_its_library(new_group, memory, programmes, staffed):
    staffed(KAMNIK)
    twin = programmes[BREZICE].model_copy(update={"code": "KAM", "library": programmes[KAMNIK].library})
    for slug in (KAMNIK, BREZICE):
        new_group(slug).changes([(1, 2), (2, 4), (3, 3)])
    report = country(memory, [programmes[KAMNIK], twin], AUGUST, NOW, Cells(1, 2))

    assert row(report, "KAM") == [6, 6, 12, 6, 6, 1.0, 6, 0]
    assert "all.enrolled" not in report.figures


def test_the_first_sentences_say_what_came_what_is_due_and_who_needs_attention(new_group, make, staffed):
    staffed(KAMNIK)
    for slug in (KAMNIK, BREZICE):
        new_group(slug).changes([(1, 2), (2, 4), (3, 3)])

    assert sentences(make()) == [
        "V 2 programih v 2 knjižnicah je 6 vpisov in 6 privolitev.",
        (
            "Avgusta 2026 je prispelo 12 izpolnjenih vprašalnikov, mesec prej (julija 2026) nobeden. "
            "Od 1. 9. do 30. 9. 2026 ni na vrsti nobeno vabilo."
        ),
        "Pozornost potrebuje 1 knjižnica: Knjižnica Brežice.",
    ]


def test_a_library_that_works_needs_no_attention(new_group, make, staffed):
    staffed()
    for slug in (KAMNIK, BREZICE):
        new_group(slug).changes([(1, 2), (2, 4), (3, 3)])
    report = make()

    assert sentences(report)[-1] == say.NOTHING
    assert sentences(report, "attention") == [say.NOTHING]


def attention(report):
    told = sentences(report, "attention")
    return {} if told == [say.NOTHING] else dict(one.split(": ", 1) for one in told)


def test_a_library_in_which_nobody_is_enrolled_needs_attention(new_group, make, staffed):
    staffed()
    new_group(BREZICE).changes([(1, 2)])
    new_group(KAMNIK)

    assert attention(make()) == {NAMES["KAM"]: "nihče še ni vpisan."}


def test_a_reason_that_libraries_share_is_told_once_after_what_only_one_needs(new_group, make, staffed):
    staffed(LJUTOMER)
    for slug in (KAMNIK, BREZICE):
        new_group(slug).changes([(1, 2)])
    new_group(LJUTOMER)

    assert sentences(make(KAMNIK, BREZICE, LJUTOMER), "attention") == [
        f"{NAMES['LJU']}: nihče še ni vpisan.",
        f"Nihče od osebja nima dostopa: {NAMES['BRE']}, {NAMES['KAM']}.",
    ]


def test_who_waits_for_a_call_is_told_of_today_with_its_day_beside_a_past_month(new_group, make):
    group = new_group(KAMNIK)
    group.asks(group.enrols(chat=False), "after", OccasionState.OPEN, opens=NOW - DAY)
    past, running = make(KAMNIK), make(KAMNIK, period=month_of(NOW))

    assert "Na klic knjižnice 30. 9. 2026 čaka 1 oseba." in sentences(past)
    assert plain(past.figures["all.calls"].label).endswith("Ljudje, ki čakajo na klic (30. 9. 2026)")
    assert "Na klic knjižnice čaka 1 oseba." in sentences(running)
    assert [one.figures["all.calls"].value for one in (past, running)] == [1, 1]


def test_the_month_and_what_has_not_begun_are_named_as_they_are_called(new_group, make):
    new_group(KAMNIK).enrols()
    report = make()

    assert plain(report.subtitle) == "2 knjižnici · avgust 2026"
    assert report.figures["KAM.response"].note == "še ni vabil"


def test_groups_in_which_nobody_is_are_counted(new_group, make, staffed):
    staffed()
    for slug in (KAMNIK, BREZICE):
        new_group(slug).changes([(1, 2)])
    new_group(KAMNIK), new_group(KAMNIK)
    over = new_group(KAMNIK, start=(NOW + 60 * DAY).date())

    assert attention(make()) == {NAMES["KAM"]: "2 skupini brez vpisov."}
    assert over.cohort


def test_a_wave_that_opens_for_people_whom_nothing_invites_is_counted(new_group, make, staffed):
    staffed(at=OPENS["after"] - 9 * DAY)
    new_group(BREZICE).changes([(1, 2)])
    group = new_group(KAMNIK)
    group.enrols(EnrolmentState.INVITED)  # the link was never opened: nobody is asked at the end
    week = week_of(OPENS["after"]).previous

    assert attention(make(period=week)) == {NAMES["KAM"]: "do 30. 8. 2026 se odpre 1 merjenje brez vabil."}


def closing(memory, group, closes, answered, missed):
    for number in range(answered + missed):
        one = group.enrols()
        if number < answered:
            group.answers(one, "before", finished=closes - DAY, primary=2)
        else:
            group.asks(one, "before", OccasionState.MISSED)
        there = schema.occasion.c
        changed = update(schema.occasion).where(there.enrolment == one)
        memory.execute(changed.values(opens_at=closes - 14 * DAY, closes_at=closes))


@pytest.mark.parametrize(("answered", "falls"), [(8, False), (7, False), (6, True)])
def test_a_response_that_falls_by_ten_points_is_told(new_group, make, staffed, memory, answered, falls):
    staffed()
    new_group(BREZICE).changes([(1, 2)])
    group = new_group(KAMNIK)
    closing(memory, group, AUGUST.previous.start + 10 * DAY, 7, 3)
    closing(memory, group, AUGUST.start + 10 * DAY, answered, 10 - answered)
    words = "odziv pada: avgusta 2026 je odgovorjenih 60 % zaprtih vprašalnikov, mesec prej (julija 2026) 70 %."

    assert attention(make(k=5)) == ({NAMES["KAM"]: words} if falls else {})


def test_a_response_of_few_never_falls(new_group, make, staffed, memory):
    staffed()
    new_group(BREZICE).changes([(1, 2)])
    group = new_group(KAMNIK)
    closing(memory, group, AUGUST.previous.start + 10 * DAY, 4, 0)
    closing(memory, group, AUGUST.start + 10 * DAY, 1, 3)

    assert sentences(make(k=5), "attention") == [say.NOTHING]


def test_staff_who_have_done_nothing_for_three_weeks_while_a_group_runs_are_told_of(new_group, make, staffed):
    group = new_group(KAMNIK)
    group.changes([(1, 2)])
    new_group(BREZICE).changes([(1, 2)])
    during = OPENS["after"] - 10 * DAY
    staffed(KAMNIK, at=during - 22 * DAY)
    staffed(BREZICE, at=during - 20 * DAY)
    report = make(period=week_of(during), now=during)

    assert attention(report) == {NAMES["KAM"]: "osebje od 27. 7. 2026 ni ničesar vneslo ali naročilo."}


def test_what_the_staff_did_later_does_not_count_for_a_past_period(memory, staffed):
    staffed(KAMNIK, at=NOW)

    assert audit.last_acts(memory, NOW - DAY) == {}
    assert audit.last_acts(memory, NOW) == {"staff:1": NOW}


def test_a_library_whose_staff_have_no_access_needs_attention(new_group, make, staffed):
    staffed(BREZICE)
    staffed(KAMNIK, chat=None)
    for slug in (KAMNIK, BREZICE):
        new_group(slug).changes([(1, 2)])

    assert attention(make()) == {NAMES["KAM"]: "nihče od osebja nima dostopa."}


def test_a_share_of_few_is_hidden(new_group, make):
    new_group(KAMNIK).changes([(1, 2), (2, 4), (3, 3)])
    new_group(BREZICE).changes([(1, 2), (2, 4)])
    report = make(k=3)

    assert report.figures["KAM.response"].value == 1.0
    assert report.figures["BRE.response"].value is None


def test_a_country_of_many_libraries_has_a_table_and_no_chart(new_group, memory, programmes):
    new_group(KAMNIK).changes([(1, 2)])
    many = [
        programmes[KAMNIK].model_copy(update={"code": f"X{chr(65 + place)}A", "library": f"Knjižnica {place:02}"})
        for place in range(20)
    ]
    report = country(memory, many, AUGUST, NOW, Cells())

    assert report.charts == ()
    assert len([key for key in report.figures if key.endswith(".response")]) == 21


def test_it_is_of_the_nation_and_the_period_and_publishes_no_answer(new_group, make):
    new_group(KAMNIK)
    for period in (AUGUST, week_of(NOW)):
        report = make(period=period)
        assert (report.kind, report.name) == ("country", f"country-national-{period}")
        assert report.published == ()


def test_a_month_is_the_sum_of_its_days(new_group, memory, programmes):
    new_group(KAMNIK).changes([(1, 2), (2, 4), (3, 3)])
    from reports.data.frames import read  # noqa: PLC0415 - only this test

    data = read(memory, KAMNIK)
    month, whole = (
        of_programme(memory, programmes[KAMNIK], data, ToldPeriod(one, one.end)) for one in (AUGUST, Month(2026, 9))
    )
    assert (month.new, whole.new, whole.before) == (6, 0, 6)


def test_a_period_that_has_not_begun_is_refused(make):
    with pytest.raises(ValueError, match="has not begun"):
        make(period=month_of(NOW + timedelta(days=7)))


def test_a_country_without_programmes_is_refused(memory):
    with pytest.raises(ValueError, match="no programme"):
        country(memory, [], AUGUST, NOW, Cells())


@pytest.mark.parametrize(
    "sentence",
    [
        lambda n: say.attention(["A"] * n) if n > 3 else say.attention(["A"] * n).replace(", A", ""),
        say.empty_groups,
        lambda n: say.uninvited(n, NOW.date()),
    ],
)
def test_a_sentence_with_a_count_has_four_forms(sentence):
    forms = {sentence(n).replace(str(n), "", 1).replace(": A", "") for n in (1, 2, 3, 5)}

    assert len(forms) == 4
