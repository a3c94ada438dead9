"""One page for the mayor: three sentences that are read without statistics, and nothing of fewer than k people."""

import re
from datetime import UTC, datetime

import pytest
from plugins.respondents import DAY, open_text

from reports import charts
from reports.mayor import mayor
from reports.publishing import publish
from reports.report import Paragraph, Quote, Table
from reports.suppression import Cells
from reports.texts import mayor as words
from storage.schema import OccasionState

NOW = datetime(2026, 12, 20, 12, tzinfo=UTC)
SLOVENE, COMPUTER = "kamnik-slovenscina", "brezice-racunalnik"
CELLS = Cells(5, 10)
QUESTION = "»Kako vam gre pogovor v slovenščini?«"
MANY = [(1, 3)] * 14 + [(2, 4)] * 14 + [(3, 3)] * 12  # 28 of 40 are higher
JARGON = re.compile(r"interval|statisti|standard|signifikan|napovedn|RR2|\bval\b|Holm|učinek", re.IGNORECASE)


@pytest.fixture
def make(memory, programmes):
    """Makes the page on these programmes, as if they were of one library."""

    def made(*slugs, now=NOW, **options):
        return mayor(memory, [programmes[slug] for slug in slugs or (SLOVENE,)], now, CELLS, open_text, **options)

    return made


def sentences(report, section="summary"):
    return [
        block.text.replace("\N{NO-BREAK SPACE}", " ")
        for one in report.sections
        if one.id == section
        for block in one.blocks
        if isinstance(block, Paragraph)
    ]


def outcomes(group, people, at="after", **values):
    """One more answer of each of these people."""
    for one in people:
        group.answers(one, at, **values)


def asked_once(group, yes, no, item, wave):
    """People who answer one question of one wave: so many with the best answer, so many with the lowest."""
    for count, value in ((yes, 3), (no, 1)):
        outcomes(group, [group.enrols() for _ in range(count)], at=wave, **{item: value})


def test_the_first_sentence_says_who_came_and_how_many(new_group, make):
    group = new_group()
    group.changes(MANY)
    group.enrols()

    assert sentences(make())[0] == (
        "V program »Učenje slovenskega jezika za tujce« se je doslej vpisalo 41 ljudi; ob koncu je odgovorilo 40 ljudi."
    )


def test_the_second_sentence_says_of_ten_people_how_many_and_whether_it_may_be_chance(new_group, make):
    new_group().changes(MANY)

    assert sentences(make())[1] == (
        f"Ob koncu je pri 7 od 10 ljudi odgovor na vprašanje {QUESTION} boljši kot na začetku; "
        "sprememba na bolje verjetno ni naključna."
    )


def test_the_third_sentence_prefers_use_months_later_to_the_wish_at_the_end(new_group, make):
    group = new_group()
    asked_once(group, 30, 10, "outcome_apply", "after")
    asked_once(group, 24, 16, "used", "followup")

    assert sentences(make())[2] == (
        "Nekaj mesecev po koncu na vprašanje »Ali ste v zadnjem mesecu uporabili, kar ste se naučili?« "
        "6 od 10 ljudi odgovarja »da«."
    )


def test_without_a_follow_up_it_tells_the_wish_to_use_what_was_learned(new_group, make):
    group = new_group()
    asked_once(group, 30, 10, "outcome_library", "after")
    asked_once(group, 28, 12, "outcome_apply", "after")

    assert sentences(make())[2] == (
        "Ob koncu na vprašanje »Ali nameravate novo znanje uporabljati?« 7 od 10 ljudi odgovarja »da«."
    )


def test_answers_of_few_are_joined_in_the_sentence(new_group, make):
    group = new_group()
    asked_once(group, 24, 12, "outcome_apply", "after")
    outcomes(group, [group.enrols() for _ in range(4)], outcome_apply=2)

    assert sentences(make())[2].endswith("6 od 10 ljudi odgovarja »da«.")


def test_what_may_be_chance_and_what_goes_down_is_said(new_group, make):
    new_group(SLOVENE).changes([(2, 3)] * 15 + [(3, 2)] * 15 + [(3, 3)] * 10)
    new_group(COMPUTER).changes([(4, 3)] * 15 + [(3, 1)] * 15 + [(2, 3)] * 10)

    assert sentences(make(SLOVENE))[1].endswith("; sprememba je lahko tudi naključna.")
    assert sentences(make(COMPUTER))[1].endswith("; v povprečju so odgovori slabši, kar verjetno ni naključje.")


def test_several_programmes_are_counted_together_and_the_one_with_most_pairs_is_named(new_group, make):
    new_group(SLOVENE).changes(MANY)
    computer = new_group(COMPUTER)
    computer.changes([(2, 3)] * 11 + [(3, 2)] * 11)
    asked_once(computer, 24, 16, "used", "followup")
    report = make(COMPUTER, SLOVENE)

    assert " ".join(sentences(report)) == (
        "V 2 programa knjižnice sta se doslej vpisala 102 človeka; ob koncu je odgovorilo 62 ljudi. "
        f"V programu »Učenje slovenskega jezika za tujce« je ob koncu pri 7 od 10 ljudi odgovor na vprašanje {QUESTION}"
        " boljši kot na začetku; sprememba na bolje verjetno ni naključna v 1 od 2 programov z dovolj odgovori. "
        "V programu »Migam z računalnikom« nekaj mesecev po koncu na vprašanje »Ali ste v zadnjem mesecu uporabili, "
        "kar ste se naučili?« 6 od 10 ljudi odgovarja »da«."
    )
    assert report.charts[0].title == f"{words.ICONS}: Učenje slovenskega jezika za tujce, pogovor v slovenščini"


def test_ten_people_and_the_answers_of_the_same_people_are_drawn(new_group, make):
    new_group().changes([(before, after) for before in (1, 2, 3, 4) for after in (1, 2, 3, 4, 5)] * 6)
    report = make()

    assert [chart.id for chart in report.charts] == ["icons", "answers"]
    assert report.charts[0].svg.count('class="accent"') == 2 * 5 + 1  # head and body of each, and the legend


def test_where_answers_may_not_be_shown_both_means_are_drawn_without_an_interval(new_group, make):
    new_group().changes([(1, 2)] * 3 + [(2, 3)] * 4 + [(3, 3)] * 3 + [(4, 3)] * 4 + [(5, 5)] * 2)
    report = make()

    assert [chart.id for chart in report.charts][-1] == "means"
    assert JARGON.search(report.charts[-1].svg) is None


def test_where_nothing_may_be_shown_the_chart_says_who_was_there(new_group, make):
    group = new_group()
    group.changes(MANY[:4])
    for _ in range(12):
        one = group.enrols()
        group.answers(one, "before", primary=2)
        group.asks(one, "after", OccasionState.MISSED)
    report = make()

    assert [chart.title for chart in report.charts] == [words.PEOPLE_CHART]
    assert words.ANSWERED_BEFORE in report.charts[0].svg
    assert f">{words.ANSWERED}<" not in report.charts[0].svg
    assert sentences(report)[0].endswith("; ob koncu jih je odgovorilo manj kot 10.")


def test_nobody_is_a_page_of_three_sentences(new_group, make):
    new_group()
    report = make()

    assert sentences(report) == [
        "V program »Učenje slovenskega jezika za tujce« se še ni nihče vpisal.",
        words.too_few_pairs(10),
        words.UNKNOWN_LATER,
    ]
    assert report.charts == ()
    assert [section.id for section in report.sections] == ["summary", "method"]


def test_a_few_people_are_not_counted_and_not_quoted(new_group, make):
    group = new_group()
    people = group.changes(MANY[:9])
    group.tells(people[0], "Berem sinu.", NOW - DAY, NOW - DAY)
    report = make()

    assert sentences(report)[0].endswith("se je doslej vpisalo manj kot 10 ljudi.")
    assert report.figures["enrolled"].note == "manj kot 10"
    assert [section.id for section in report.sections] == ["summary", "method"]


def test_one_story_with_consent_is_quoted_from_the_programme_of_the_page(new_group, make):
    first, second = new_group(SLOVENE), new_group(COMPUTER)
    told = first.changes(MANY[:20])
    first.tells(told[0], "Berem sinu.", NOW - DAY, NOW - DAY)
    first.tells(told[1], "Prej.", NOW - 2 * DAY, NOW - 2 * DAY)
    first.tells(told[2], "Samo zase.", NOW - DAY, None)
    others = second.changes(MANY)
    second.tells(others[0], "Pišem vnukinji.", NOW - 3 * DAY, NOW - 3 * DAY)

    quotes = [
        block.text for one in make(SLOVENE, COMPUTER).sections for block in one.blocks if isinstance(block, Quote)
    ]
    assert quotes == ["Pišem vnukinji."]
    assert [block.text for one in make().sections for block in one.blocks if isinstance(block, Quote)] == [
        "Berem sinu."
    ]


def test_there_is_no_jargon(new_group, make):
    group = new_group()
    group.changes(MANY)
    asked_once(group, 24, 16, "used", "followup")
    report = make()
    told = [*sentences(report), *sentences(report, "method"), *(chart.svg for chart in report.charts)]

    assert [JARGON.search(one) for one in told] == [None] * len(told)


def test_the_numbers_of_the_sentences_stand_in_a_table_with_their_sources(new_group, make):
    group = new_group()
    group.changes(MANY)
    asked_once(group, 24, 16, "used", "followup")
    report = make()
    figures = {id_: (one.value, one.source.formula) for id_, one in report.figures.items()}

    assert figures == {
        "enrolled": (80, "count"),
        "answered": (40, "count"),
        "pairs": (40, "pairs"),
        "improved_share": (0.7, "improved_share"),
        "lasts.share": (0.6, "share"),
    }
    assert [block.detail for one in report.sections for block in one.blocks if isinstance(block, Table)] == [True]


def test_a_page_after_a_few_more_answers_repeats_and_says_so(new_group, make, memory):
    group = new_group()
    group.changes(MANY)
    first = make()
    assert publish(memory, first, NOW, CELLS)
    late = group.enrols()
    group.answers(late, "before", primary=1)
    group.answers(late, "after", finished=NOW + DAY, primary=5)
    again = make(now=NOW + 7 * DAY)

    assert again.figures["pairs"].value == 40
    assert sentences(again)[1] == sentences(first)[1]
    assert sentences(again, "method") == [f"{words.CAVEAT} Nekatere številke so z dne 20. 12. 2026."]
    assert publish(memory, again, NOW + 7 * DAY, CELLS)


def test_it_is_of_the_library(new_group, make):
    new_group()
    report = make(demo=True)

    assert (report.title, report.name) == ("Knjižnica Franceta Balantiča Kamnik", "mayor-KAM-2026-12-20")
    assert report.demo


def test_a_library_without_programmes_is_refused(memory):
    with pytest.raises(ValueError, match="without programmes"):
        mayor(memory, [], NOW, CELLS, open_text)


def test_the_sentence_on_people_has_four_forms():
    told = {n: words.came("V program »X«", n, n, 1) for n in (1, 2, 3, 5, 101)}

    assert {n: one.replace("\N{NO-BREAK SPACE}", " ") for n, one in told.items()} == {
        1: "V program »X« se je doslej vpisal 1 človek; ob koncu je odgovoril 1 človek.",
        2: "V program »X« sta se doslej vpisala 2 človeka; ob koncu sta odgovorila 2 človeka.",
        3: "V program »X« so se doslej vpisali 3 ljudje; ob koncu so odgovorili 3 ljudje.",
        5: "V program »X« se je doslej vpisalo 5 ljudi; ob koncu je odgovorilo 5 ljudi.",
        101: "V program »X« se je doslej vpisal 101 človek; ob koncu je odgovoril 101 človek.",
    }


@pytest.mark.parametrize(
    ("tenths", "exact", "told"),
    [(7, True, "7 od 10"), (7, False, "približno 7 od 10"), (0, False, "manj kot 1 od 10"), (10, True, "10 od 10"),
     (10, False, "več kot 9 od 10")],
)  # fmt: skip
def test_of_ten_says_how_exact_it_is(tenths, exact, told):
    assert words.of_ten(tenths, exact=exact).replace("\N{NO-BREAK SPACE}", " ") == told


def test_a_bound_is_said_where_the_number_is_not():
    assert words.changed(words.at_least(36, 40), "Kako?", "verjetno", "").startswith("Ob koncu je pri vsaj 36")
    assert words.changed(words.less_than(10, 40), "Kako?", "verjetno", "").startswith("Ob koncu je pri manj kot 10")


@pytest.mark.parametrize(("change", "told"), [(0.0, "enaki"), (0.4, "boljši"), (-0.4, "slabši")])
def test_where_only_the_direction_may_be_told_the_average_answer_is(change, told):
    assert words.shifted(change, "Kako?", "verjetno", "") == (
        f"Ob koncu so odgovori na vprašanje »Kako?« v povprečju {told} kot na začetku; verjetno."
    )


def test_a_dumbbell_without_intervals_has_no_legend_for_them():
    chart = charts.dumbbell("x", [charts.Moved("branje", 2.0, 3.0, 1.0)], (1, 5), "X")

    assert "95" not in chart.svg
