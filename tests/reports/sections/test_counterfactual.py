"""Would it have happened without the programme, too? Those who took part beside those who waited."""

from datetime import UTC, date, datetime
from itertools import product

import pytest
from plugins.respondents import DAY, open_text

from reports.behind.explain import explain
from reports.disclosure.publishing import publish
from reports.disclosure.suppression import Cells
from reports.formulas.comparison import ancova
from reports.kinds.impact import impact
from reports.report import Paragraph, Table
from reports.texts import counterfactual as words
from storage.schema import Allocation
from surveys.locale_sl import rounded

SLUG = "kamnik-slovenscina"
NOW = datetime(2026, 12, 20, 12, tzinfo=UTC)
TOOK_PART = [(1, 3), (2, 3), (2, 4), (3, 3), (3, 5), (2, 2), (1, 2), (4, 3), (3, 4), (2, 5)] * 3
WAITED = [(1, 1), (2, 2), (2, 3), (3, 3), (3, 2), (2, 2), (1, 2), (4, 4), (3, 3), (2, 1), (3, 4), (4, 3)] * 2


@pytest.fixture
def make(memory, programmes):
    """Makes and publishes the report of a programme at a moment."""

    def made(now=NOW, k=1):
        cells = Cells(k, 10)
        report = impact(memory, programmes[SLUG], now, cells, open_text)
        assert publish(memory, report, now, cells)
        return report

    return made


def wait(group, pairs, allocation=Allocation.ORDER):
    return group.changes_waiting(pairs, allocation)


def section_of(report):
    return next(one for one in report.sections if one.id == "counterfactual")


def sentences(report):
    return [block.text for block in section_of(report).blocks if isinstance(block, Paragraph)]


def figures_of(report):
    return {
        id_.removeprefix("counterfactual."): one
        for id_, one in report.figures.items()
        if id_.startswith("counterfactual.")
    }


def test_without_people_who_wait_the_report_says_so_in_one_sentence(new_group, make):
    empty = make()
    new_group().changes(TOOK_PART)
    full = make()

    for report in (empty, full):
        assert sentences(report) == [words.NO_GROUP]
        assert words.NO_GROUP.count(".") == 1


def test_both_changes_their_difference_and_the_adjusted_one_are_told(new_group, make):
    group = new_group()
    group.changes(TOOK_PART)
    wait(group, WAITED)
    found = figures_of(make())
    pairs = [*TOOK_PART, *WAITED]
    expected = ancova([x for x, _ in pairs], [y for _, y in pairs], [True] * 30 + [False] * 24)

    assert (found["n"].value, found["waiting.n"].value) == (30, 24)
    assert (found["change"].value, found["waiting.change"].value) == (1.1, 0.0)
    assert found["difference"].value == 1.1
    assert found["adjusted"].value == rounded(expected.estimate, 1)
    assert (found["adjusted"].low, found["adjusted"].high) == (
        rounded(expected.ci_low, 1),
        rounded(expected.ci_high, 1),
    )


def test_the_section_says_in_words_what_happened_to_each_and_what_that_allows_one_to_claim(new_group, make):
    group = new_group()
    group.changes(TOOK_PART)
    wait(group, WAITED)

    told = (
        "Pri 24\N{NO-BREAK SPACE}ljudeh, ki so čakali na naslednjo skupino, se odgovor v povprečju ni jasno spremenil "
        "(0,0), pri 30\N{NO-BREAK SPACE}udeležencih pa je sprememba +1,1. Med ljudmi, ki so začeli z enakim odgovorom, "
        "je odgovor udeležencev ob koncu v povprečju za 1,0 višji; ta razlika verjetno ni naključna."
    )

    assert sentences(make()) == [told, words.BY_ORDER]


def test_a_lot_and_few_people_change_what_may_be_claimed(new_group, make):
    group = new_group()
    group.changes(TOOK_PART)
    wait(group, WAITED[:8], Allocation.LOT)

    assert sentences(make())[-1] == f"{words.BY_LOT} {words.SMALL}"


def test_where_others_than_those_of_the_draw_take_part_the_lot_is_not_said_to_have_decided(new_group, make):
    autumn, spring = new_group(), new_group(start=date(2026, 11, 2))
    autumn.changes(TOOK_PART)
    spring.changes(TOOK_PART[:10])
    wait(spring, WAITED, Allocation.LOT)
    told = " ".join(sentences(make(k=5)))

    assert (
        "Za 30 od 40\N{NO-BREAK SPACE}udeležencev žreb ni veljal (druga skupina ali prejšnje čakanje), zato ne velja "
        f"za celo primerjavo. {words.BY_LOT_IN_PART}"
    ) in told
    assert words.BY_LOT not in told
    assert "odločil žreb" not in told


def test_too_few_others_than_those_of_the_draw_are_not_counted(new_group, make):
    autumn, spring = new_group(), new_group(start=date(2026, 11, 2))
    autumn.changes(TOOK_PART[:3])
    spring.changes(TOOK_PART)
    wait(spring, WAITED, Allocation.LOT)

    assert "Za del udeležencev žreb ni veljal" in " ".join(sentences(make(k=5)))


@pytest.mark.parametrize(("elsewhere", "reached"), [(0, 3), (5, 2)])
def test_the_third_level_of_evidence_needs_a_lot_among_all_who_are_compared(new_group, make, elsewhere, reached):
    autumn, spring = new_group(), new_group(start=date(2026, 11, 2))
    autumn.changes(TOOK_PART[:elsewhere])
    spring.changes(TOOK_PART)
    wait(spring, WAITED, Allocation.LOT)
    section = next(one for one in make().sections if one.id == "evidence")
    told = next(block.text for block in section.blocks if isinstance(block, Paragraph))

    assert told.startswith(f"Raven dokazov: {reached}\N{NO-BREAK SPACE}od")
    assert ("primerjava po žrebu v istih skupinah" in told) is bool(elsewhere)


def test_who_waited_and_then_took_part_is_counted_once_beside_the_table(new_group, make):
    autumn, spring = new_group(), new_group(start=date(2026, 11, 2))
    autumn.changes(TOOK_PART)
    for waited in wait(autumn, WAITED, Allocation.LOT)[:7]:
        one = spring.joins(waited)
        spring.brings(one, waited)
        spring.answers(one, "after", primary=4)
    report = make(k=5)
    told = sentences(report)

    assert told[-1] == (
        "Kdor je čakal in se nato udeležil, je v obeh skupinah: to velja za 7 od 24\N{NO-BREAK SPACE}čakajočih. "
        "Različnih ljudi je zato skupaj 54, ne 61; razpon tega ne upošteva."
    )
    assert "Za 7 od 37\N{NO-BREAK SPACE}udeležencev žreb ni veljal" in told[-2]
    assert figures_of(report)["difference"].n == 54


def test_the_lines_say_in_words_all_that_they_draw(new_group, make):
    group = new_group()
    group.changes(TOOK_PART)
    wait(group, WAITED)
    chart = next(one for one in make().charts if one.id == "counterfactual")

    assert chart.alt == (
        "Dve črti iz skupnega začetka. Udeleženci (30): od 0 na začetku do +1,1 ob koncu; "
        "čakajoči (24): od 0 na začetku do 0,0 ob koncu."
    )
    assert chart.svg.count("stroke-dasharray") == 2  # those who waited, and where nothing would have changed


def test_fewer_than_k_people_who_wait_are_not_spoken_of(new_group, make):
    group = new_group()
    group.changes(TOOK_PART)
    wait(group, WAITED[:4])
    report = make(k=5)

    assert figures_of(report) == {}
    assert sentences(report) == [words.too_few(4)]


def test_many_people_in_both_groups_are_told_inside_the_library(new_group, make):
    group = new_group()
    group.changes([cell for cell in product(range(1, 6), range(1, 6)) for _ in range(2)] + TOOK_PART)
    wait(group, [*WAITED, (5, 4), (4, 5), (5, 5), (1, 3)])
    found = figures_of(make(k=5))

    assert found["waiting.n"].value == 28
    assert found["adjusted"].low is not None


@pytest.mark.parametrize(("joined", "told"), [(0, True), (2, False), (7, True), (21, False), (24, True)])
def test_nobody_stands_alone_between_those_who_waited_and_those_who_then_took_part(new_group, make, joined, told):
    autumn, spring = new_group(), new_group(start=date(2026, 11, 2))
    autumn.changes(TOOK_PART)
    for waited in wait(autumn, WAITED)[:joined]:
        one = spring.joins(waited)
        spring.brings(one, waited)
        spring.answers(one, "after", primary=4)

    assert bool(figures_of(make(k=5))) is told


def test_a_few_more_people_who_wait_leave_the_numbers_of_the_day_before(new_group, make):
    group = new_group()
    group.changes(TOOK_PART)
    wait(group, WAITED)
    first = make(k=5)
    wait(group, [(1, 2), (2, 2)])
    again = make(NOW + 7 * DAY, k=5)

    assert figures_of(again) == figures_of(first)
    table = next(block for block in section_of(again).blocks if isinstance(block, Table))
    assert table.caption.endswith("Stanje 20.\N{NO-BREAK SPACE}12.\N{NO-BREAK SPACE}2026.")


def test_each_figure_explains_itself_by_the_rows_of_its_people(new_group, make, memory, programmes):
    group = new_group()
    group.changes(TOOK_PART)
    wait(group, WAITED)
    report = make()
    rows = {
        id_: len(explain(memory, programmes, report, f"counterfactual.{id_}", NOW).rows) for id_ in figures_of(report)
    }

    assert rows == {
        "n": 30, "change": 30, "waiting.n": 24, "waiting.change": 24, "difference": 54, "adjusted": 54,
    }  # fmt: skip


@pytest.mark.parametrize("n", [1, 2, 3, 5])
def test_sentences_with_people_have_the_forms_of_their_numbers(n):
    forms = [words.too_few, lambda many: words.side_by_side((many, 0.1, None), (30, 0.6))]

    for form in forms:
        assert form(n).replace(str(n), "N", 1) == form(n + 100).replace(str(n + 100), "N", 1)


def test_the_direction_of_those_who_waited_is_said_where_it_may_be():
    told = {one: words.side_by_side((12, 0.3, one), (30, 0.6)) for one in (None, 0, 1, -1)}

    assert "je povprečna sprememba +0,3" in told[None]
    assert "ni jasno spremenil (+0,3)" in told[0]
    assert "v povprečju višji (+0,3)" in told[1]
    assert "v povprečju nižji (+0,3)" in told[-1]


def test_an_adjusted_difference_says_whether_it_may_be_chance_where_that_may_be_said():
    assert words.adjusted(0.5, None).endswith("iz tako malo odgovorov ne povemo.")
    assert words.adjusted(0.5, 0).endswith("za 0,5 višji; ta razlika je lahko tudi naključna.")
    assert words.adjusted(-0.5, -1).endswith("za 0,5 nižji; ta razlika verjetno ni naključna.")
    assert "v povprečju enak;" in words.adjusted(0.0, 0)
