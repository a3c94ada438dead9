"""The weekly summary of a whole library: a row a programme, their sum, and what stays hidden."""

from datetime import UTC, datetime, timedelta

import pytest
from plugins.respondents import DAY, OPENS

from reports.disclosure.suppression import Cells
from reports.kinds.library import library
from reports.report import Facts, Paragraph, Table
from reports.texts import library as words
from reports.texts.response import FEW
from storage.schema import EnrolmentState, OccasionState
from surveys.weeks import week_of

AFTER_WEEK = week_of(OPENS["after"])
NOW = datetime(2026, 9, 30, 12, tzinfo=UTC)
SLOVENE, COMPUTER = "kamnik-slovenscina", "brezice-racunalnik"


@pytest.fixture
def make(memory, programmes):
    """Makes the summary of a week over these programmes, as if they were of one library."""

    def made(*slugs, week=AFTER_WEEK, now=NOW, k=1):
        return library(memory, [programmes[slug] for slug in slugs or (SLOVENE,)], week, now, Cells(k, 2 * k))

    return made


@pytest.fixture
def two_groups(new_group):
    """Three answers to both waves in the one programme, two in the other, where one person never agreed."""
    first, second = new_group(SLOVENE), new_group(COMPUTER)
    first.changes([(1, 2), (2, 4), (3, 3)])
    second.changes([(1, 2), (2, 4)])
    second.enrols(EnrolmentState.INVITED)
    return first, second


def sentences(report):
    return [block.text for block in report.sections[0].blocks if isinstance(block, Paragraph)]


def row(report, name):
    keys = ("enrolled", "consented", "new", "eligible", "responded", "response", "early", "open")
    return [report.figures[f"{name}.{key}"].value for key in keys]


@pytest.mark.usefixtures("two_groups")
def test_every_programme_has_a_row_and_all_together_the_last(make):
    report = make(SLOVENE, COMPUTER)

    assert row(report, SLOVENE) == [3, 3, 3, 3, 3, 1.0, 3, 0]
    assert row(report, COMPUTER) == [3, 2, 2, 2, 2, 1.0, 2, 0]
    assert row(report, "all") == [6, 5, 5, 5, 5, 1.0, 5, 0]


@pytest.mark.usefixtures("two_groups")
def test_one_programme_stands_without_a_sum(make):
    report = make(SLOVENE)
    tables = [block for section in report.sections for block in section.blocks if isinstance(block, Table)]

    assert [[row[0] for row in table.rows] for table in tables] == [["Učenje slovenskega jezika za tujce"]]
    assert report.subtitle.startswith("1\N{NO-BREAK SPACE}program · 24.–30.")


@pytest.mark.usefixtures("two_groups")
def test_the_first_sentences_count_people_and_what_came(make):
    assert [one.replace("\N{NO-BREAK SPACE}", " ") for one in sentences(make(SLOVENE, COMPUTER))] == [
        "V 2 programih je 6 vpisov in 5 privolitev.",
        (
            "V tednu 24.–30. 8. 2026 je prispelo 5 izpolnjenih vprašalnikov, v tednu prej (17.–23. 8. 2026) nobeden. "
            "Od 31. 8. do 6. 9. 2026 ni na vrsti nobeno vabilo."
        ),
    ]


def test_nobody_is_a_sentence_and_no_chart(new_group, make):
    new_group(SLOVENE)
    report = make()

    assert [one.replace("\N{NO-BREAK SPACE}", " ") for one in sentences(report)] == [
        "V programu še ni vpisov.",
        (
            "V tednu 24.–30. 8. 2026 ni prispel noben izpolnjen vprašalnik, v tednu prej (17.–23. 8. 2026) prav tako "
            "ne. Od 31. 8. do 6. 9. 2026 ni na vrsti nobeno vabilo."
        ),
    ]
    assert report.charts == ()


@pytest.mark.usefixtures("two_groups")
def test_the_response_of_few_is_hidden_in_table_and_chart(make):
    report = make(SLOVENE, COMPUTER, k=3)

    assert report.figures[f"{COMPUTER}.response"].note == FEW
    assert report.figures[f"{SLOVENE}.response"].value == 1.0
    assert [chart.title for chart in report.charts] == [words.RESPONSE_CHART]
    assert report.charts[0].svg.count("· 100") == 1


def test_next_week_and_calls_are_told_together_and_for_each_busy_programme(new_group, make):
    first, second = new_group(SLOVENE), new_group(COMPUTER)
    new_group("ljutomer-branje")
    for days in (1, 6, 8):
        first.asks(first.enrols(), "followup", OccasionState.PLANNED, opens=NOW + days * DAY)
    second.asks(second.enrols(chat=False), "after", OccasionState.OPEN, opens=NOW - 10 * DAY)
    report = make(SLOVENE, COMPUTER, "ljutomer-branje", week=week_of(NOW))
    facts, table = next(section.blocks for section in report.sections if section.id == "next")

    assert isinstance(facts, Facts)
    assert [figure.value for figure in facts.figures] == [3, 1, 1]
    assert [[cell.value for cell in row[1:]] for row in table.rows] == [[3, 0, 0], [0, 1, 1]]
    assert "Na klic knjižnice čaka 1 oseba." in sentences(report)


@pytest.mark.usefixtures("two_groups")
def test_a_past_week_is_told_as_it_stood_at_its_end(make):
    assert row(make(week=AFTER_WEEK.previous), SLOVENE) == [3, 3, 0, 3, 3, 1.0, 0, 0]


@pytest.mark.usefixtures("two_groups")
def test_it_is_of_the_library_and_the_week_and_publishes_no_answer(make):
    report = make(COMPUTER, SLOVENE)

    assert (report.title, report.name) == ("Knjižnica Brežice", f"library-BRE-{AFTER_WEEK}")
    assert report.published == ()


def test_a_week_that_has_not_begun_is_refused(make):
    with pytest.raises(ValueError, match="has not begun"):
        make(week=week_of(NOW + timedelta(days=7)))


def test_a_library_without_programmes_is_refused(memory):
    with pytest.raises(ValueError, match="without programmes"):
        library(memory, [], AFTER_WEEK, NOW, Cells())


def test_the_sentence_on_people_has_four_forms():
    told = {n: words.people(2, n, n).replace("\N{NO-BREAK SPACE}", " ") for n in (1, 2, 3, 5, 101)}

    assert told == {
        1: "V 2 programih je 1 vpis in 1 privolitev.",
        2: "V 2 programih sta 2 vpisa in 2 privolitvi.",
        3: "V 2 programih so 3 vpisi in 3 privolitve.",
        5: "V 2 programih je 5 vpisov in 5 privolitev.",
        101: "V 2 programih je 101 vpis in 101 privolitev.",
    }
