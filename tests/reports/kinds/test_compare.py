"""One group beside the earlier ones: the band, the words by it, and what is not told."""

from datetime import UTC, date, datetime, timedelta
from statistics import fmean, variance

import pytest
from plugins.respondents import DAY, OPENS, open_text

from reports import texts
from reports.disclosure.publishing import publish
from reports.disclosure.suppression import Cells
from reports.formulas.statistics import pool
from reports.kinds.compare import compare
from reports.kinds.impact import impact
from reports.report import Paragraph, Table
from reports.texts import compare as words
from reports.texts.response import FEW
from storage.schema import OccasionState

NOW = datetime(2026, 12, 20, 12, tzinfo=UTC)
SLOVENE = "kamnik-slovenscina"
MIXED = [(1, 3), (2, 3), (2, 2), (3, 4), (3, 3), (4, 3), (2, 4), (1, 2)]  # +0,75
SLIGHT = [(1, 2), (2, 3), (2, 2), (3, 4), (3, 3), (4, 3), (2, 2), (1, 2)]  # +0,4
LITTLE = [(1, 2), (2, 2), (2, 2), (3, 4), (3, 3), (4, 3), (2, 3), (1, 2)]  # +0,4
HIGH = [(1, 5), (1, 5), (1, 4), (1, 5), (1, 5), (2, 5), (1, 5), (2, 5)]
LOW = [(5, 1), (5, 1), (4, 1), (5, 1), (5, 1), (5, 2), (5, 1), (5, 2)]
EARLIER = (MIXED, SLIGHT, LITTLE)


@pytest.fixture
def groups(new_group):
    """Adds groups that end one day after the other, with these pairs."""

    def added(*all_pairs, slug=SLOVENE):
        found = []
        for day, pairs in enumerate(all_pairs):
            group = new_group(slug, start=date(2026, 8, 28) + timedelta(days=day))
            group.changes(pairs)
            found.append(group)
        return found

    return added


@pytest.fixture
def make(memory, programmes):
    """Makes the report on a group."""

    def made(group, now=NOW, k=1, **options):
        return compare(memory, group.programme, group.cohort, now, Cells(k, 2 * k), **options)

    return made


def differences(pairs):
    return [after - before for before, after in pairs]


def sentences(report, section="summary"):
    return [
        block.text
        for one in report.sections
        if one.id == section
        for block in one.blocks
        if isinstance(block, Paragraph)
    ]


def test_the_change_is_that_of_the_group_alone(groups, make):
    figures = make(groups(SLIGHT, MIXED)[1]).figures

    assert (figures["compare.n"].value, figures["compare.change"].value) == (8, 0.8)
    assert figures["compare.change"].n == 8


def test_the_band_is_the_prediction_interval_of_the_earlier_groups(groups, make):
    figures = make(groups(*EARLIER, MIXED)[3]).figures
    band = pool(
        [fmean(differences(pairs)) for pairs in EARLIER], [variance(differences(pairs)) / 8 for pairs in EARLIER]
    )
    earlier = figures["compare.earlier"]

    assert earlier.value == pytest.approx(band.estimate, abs=0.051)
    assert (earlier.low, earlier.high) == pytest.approx((band.prediction_low, band.prediction_high), abs=0.051)
    assert figures["compare.groups"].value == 3


@pytest.mark.parametrize(
    ("pairs", "told"),
    [
        (MIXED, f", {words.INSIDE} (od "),
        (HIGH, ", verjetno višja, kot bi po prejšnjih skupinah pričakovali (od "),
        (LOW, ", verjetno nižja, kot bi po prejšnjih skupinah pričakovali (od "),
    ],
)
def test_the_first_sentence_says_how_the_group_lies_to_the_band(groups, make, pairs, told):
    assert told in sentences(make(groups(*EARLIER, pairs)[3]))[0]


def test_what_lies_outside_but_reaches_into_the_band_may_be_chance():
    told = words.beside(1, clear=False, low=-0.2, high=0.9)

    assert told == (
        "nekoliko višja, kot bi po prejšnjih skupinah pričakovali (od −0,2 do +0,9); razlika je lahko tudi naključna."
    )


def test_later_groups_and_groups_that_ended_the_same_day_do_not_count(groups, make, new_group):
    first, *_ = groups(MIXED, SLIGHT, LITTLE, HIGH)
    new_group(SLOVENE).changes(LOW)

    assert sentences(make(first))[1] == words.no_band(0, 0, 0, 1)
    assert "compare.groups" not in make(first).figures


def test_two_earlier_groups_are_too_few_for_a_band_and_the_others_together_are_told(groups, make):
    report = make(groups(MIXED, SLIGHT, LITTLE)[2], k=5)
    chart = report.charts[0]

    assert " ".join(sentences(report)) == (
        "V skupini »jesen« je povprečna sprememba (pogovor v slovenščini) +0,4, nižja kot v vseh drugih skupinah "
        "tega programa skupaj (+0,6, 16\N{NO-BREAK SPACE}ljudi); razlika je lahko tudi naključna. Kaj bi od te skupine "
        f"pričakovali, pove primerjava z vsaj 3 prejšnjimi skupinami. Pred njo sta se končali samo 2. {words.OTHERS}"
    )
    assert (report.figures["compare.others"].value, report.figures["compare.others"].n) == (0.6, 16)
    assert chart.title == words.CHART_OTHERS
    assert chart.alt.endswith(" Vse druge skupine skupaj: +0,6 (16\N{NO-BREAK SPACE}ljudi).")
    assert words.EXPECTED not in chart.svg


def test_where_later_groups_are_among_the_others_it_says_so(groups, make):
    first, _, last = groups(MIXED, SLIGHT, LITTLE)

    assert [words.LATER_TOO in sentences(make(one, k=5)) for one in (first, last)] == [True, False]


def test_the_first_group_stands_alone(groups, make):
    report = make(groups(MIXED)[0], k=5)

    assert " ".join(sentences(report)) == (
        "V skupini »jesen« je povprečna sprememba (pogovor v slovenščini) +0,7. Kaj bi od te skupine pričakovali, pove "
        "primerjava z vsaj 3 prejšnjimi skupinami. Pred njo se ni končala še nobena."
    )
    assert report.charts[0].title == words.THIS_CHANGE


def test_three_groups_of_which_protection_hides_one_are_not_called_too_few(groups, make):
    """Together with the whole programme the change of a group that only went up tells each answer."""
    alike = [(1, 2)] * 6 + [(2, 3)] * 5
    report = make(groups(MIXED, SLIGHT, alike, LITTLE)[3], k=5)

    assert sentences(report)[1] == (
        "Kaj bi od te skupine pričakovali, pove primerjava z vsaj 3 prejšnjimi skupinami. Pri 1 od 3 je odgovorov "
        "dovolj, a sprememba z intervalom ni prikazana zaradi varstva oseb: skupaj s številkami iz drugih poročil bi "
        "povedala, kaj je kdo odgovoril."
    )


def test_three_groups_of_which_two_are_small_say_so(groups, make):
    report = make(groups(MIXED, SLIGHT[:3], LITTLE[:4], MIXED)[3], k=5)

    assert sentences(report)[1] == (
        "Kaj bi od te skupine pričakovali, pove primerjava z vsaj 3 prejšnjimi skupinami. V 2 od 3 je ob zaključku "
        "odgovorilo manj kot 5 ljudi: premalo, da bi o njih govorili."
    )


@pytest.mark.parametrize(
    ("earlier", "told"),
    [(0, "Pred njo se ni končala še nobena."), (1, "Pred njo se je končala samo 1."),
     (2, "Pred njo sta se končali samo 2.")],
)  # fmt: skip
def test_how_many_groups_have_ended_agrees_with_its_verb(earlier, told):
    assert words.no_band(earlier, 0, 0, 5).endswith(told)


@pytest.mark.parametrize(("value", "word"), [(0.9, "višja kot"), (0.5, "nižja kot"), (0.6, "tako kot")])
def test_a_group_lies_above_below_or_at_the_others(value, word):
    assert words.beside_others(value, 0.6, 16).startswith(f"{word} v vseh drugih skupinah")


def test_the_only_group_has_the_numbers_of_its_programme(groups, make, memory):
    """2,35 → 2,6 is told as 2,4 → 2,6, +0,2: also where the group stands alone."""
    one = groups([(2, 2)] * 6 + [(2, 3)] * 7 + [(3, 3)] * 5 + [(3, 2)] * 2)[0]
    whole = impact(memory, one.programme, NOW, Cells(5, 10), open_text)

    assert make(one, k=5).figures["compare.change"].value == whole.figures["primary.change"].value == 0.2


def test_the_chart_says_in_words_what_it_shows(groups, make):
    report = make(groups(*EARLIER, MIXED)[3])
    figures = report.figures
    one, earlier = figures["compare.change"], figures["compare.earlier"]

    assert report.charts[0].alt == (
        f"{words.alone(one.value, (one.low, one.high))} {words.band(earlier.value, earlier.low, earlier.high)}"
    )


def test_a_group_below_k_is_not_told(groups, make):
    report = make(groups(MIXED[:4])[0], k=5)

    assert sentences(report) == [words.too_few_answers(5)]
    assert [id_ for id_ in report.figures if id_.startswith("compare")] == []


def test_a_group_beside_which_fewer_than_k_people_stand_is_not_told(groups, make):
    first, _ = groups(MIXED, SLIGHT[:3])

    assert sentences(make(first, k=5)) == [words.HIDDEN]


def test_the_response_stands_beside_that_of_the_earlier_groups_together(groups, make):
    *_, last = groups(MIXED, SLIGHT, LITTLE, HIGH)
    for _ in range(8):
        last.asks(last.enrols(), "after", OccasionState.MISSED)
    figures = make(last).figures
    keys = ("this", "earlier", "least", "most")

    assert [figures[f"after.response.{key}"].value for key in keys] == [0.5, 1.0, 1.0, 1.0]
    assert [figures[f"after.response.{key}"].n for key in keys] == [16, 24, None, None]


def test_the_range_of_responses_needs_three_groups_of_k_people(groups, make):
    *_, last = groups(MIXED, SLIGHT, LITTLE[:4], HIGH)
    figures = make(last, k=5).figures

    assert figures["after.response.earlier"].value == 1.0
    assert "after.response.least" not in figures


def test_the_first_group_has_its_response_alone(groups, make):
    report = make(groups(MIXED)[0])
    table = next(block for one in report.sections for block in one.blocks if isinstance(block, Table))

    assert table.columns == (
        texts.WAVE, "Rok je potekel (ta skupina)", "Od teh odgovori (ta skupina)", "Odziv (ta skupina)"
    )  # fmt: skip


def test_what_a_follow_up_adds_later_changes_nothing(groups, make, memory):
    *_, last = groups(*EARLIER, MIXED)
    first = make(last, k=5)

    assert publish(memory, first, NOW, Cells(5, 10))
    second = make(last, now=NOW + 7 * DAY, k=5)
    assert second.figures["compare.change"] == first.figures["compare.change"]
    assert publish(memory, second, NOW + 7 * DAY, Cells(5, 10))


def test_an_answer_that_comes_late_repeats_the_numbers_and_says_so(groups, make, memory):
    last = groups(*EARLIER, MIXED)[3]
    publish(memory, make(last, k=5), NOW, Cells(5, 10))
    late = last.enrols()
    last.answers(late, "before", primary=1)
    last.answers(late, "after", finished=NOW + DAY, primary=5)
    again = make(last, now=NOW + 7 * DAY, k=5)

    assert again.figures["compare.n"].value == 8
    assert publish(memory, again, NOW + 7 * DAY, Cells(5, 10))


def test_it_is_of_the_programme_and_the_group(groups, make):
    one = groups(MIXED)[0]
    report = make(one, demo=True)

    assert report.name == f"compare-{SLOVENE}-2026-12-20-{one.cohort}"
    assert report.subtitle.startswith("skupina »jesen« · Knjižnica Franceta Balantiča Kamnik · stanje ")
    assert report.demo


def test_nobody_is_still_a_page(groups, make):
    report = make(groups([])[0], k=5)

    assert sentences(report) == [words.NOT_ENDED]
    assert [block for one in report.sections if one.id == "response" for block in one.blocks] == [
        Paragraph(texts.NO_INVITATIONS)
    ]
    assert report.charts == ()


def test_a_group_that_is_not_shown_stands_beside_no_band(groups, make):
    *_, last = groups(MIXED, SLIGHT, LITTLE, HIGH[:2])
    report = make(last, k=5)

    assert sentences(report)[0] == words.too_few_answers(5)
    assert words.READING not in sentences(report, "method")
    assert report.figures["after.response.this"].note == FEW
    assert report.figures["after.response.least"].value == 1.0


def test_a_group_of_another_programme_or_audience_is_refused(groups, memory, programmes, new_group):
    volunteers = new_group("ljutomer-branje", "volunteers")
    other = groups(MIXED)[0]
    for cohort in (volunteers.cohort, other.cohort, 99):
        with pytest.raises(LookupError, match="no cohort"):
            compare(memory, programmes["ljutomer-branje"], cohort, NOW, Cells())


def test_answers_after_the_moment_of_the_report_are_not_in_it(groups, make):
    one = groups(MIXED)[0]

    assert sentences(make(one, now=OPENS["after"], k=5)) == [words.too_few_answers(5)]
