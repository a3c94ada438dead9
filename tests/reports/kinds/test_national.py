"""The national report: pooled numbers recomputed from the answers, and what small programmes must not give away."""

import math
import re
from datetime import UTC, date, datetime
from statistics import correlation, fmean, stdev

import pytest
from plugins.respondents import DAY, END, open_text
from sqlalchemy import delete

from reports import texts
from reports.disclosure.presence import Presence
from reports.disclosure.publishing import publish
from reports.disclosure.suppression import Cells
from reports.formulas.statistics import hedges_j, pool
from reports.kinds.national import national
from reports.render.png import as_png
from reports.render.text import as_text
from reports.report import FigureSource, Paragraph, Quote, Table
from reports.texts import national as say
from reports.texts.pooled import Claim, claim
from reports.texts.response import FEW
from reports.texts.steps import steps
from storage.schema import EnrolmentState, OccasionState, published_figure
from surveys.model import Mode

NOW = datetime(2026, 12, 20, 12, tzinfo=UTC)
CELLS = Cells()
COUNTS = ("flow.", "eligible.", "responded.", "early.", "open.")  # of the work
KAMNIK, BREZICE, LJUTOMER = "kamnik-slovenscina", "brezice-racunalnik", "ljutomer-branje"
LJUBLJANA, CHILDREN, RADOVLJICA = "ljubljana-karierni-coaching", "novo-mesto-branje", "radovljica-zmoremo"
WIDE = [(1, 2), (2, 3), (3, 4), (4, 5), (5, 5), (2, 1)] * 10  # ten people and more on every side of every number
MORE, LESS = WIDE + [(1, 4)] * 10, WIDE + [(4, 2)] * 5
THREE_POINTS = [(1, 2)] * 20 + [(2, 3)] * 20 + [(3, 3)] * 10 + [(2, 1)] * 10
SEVEN = [(1, 3), (2, 3), (2, 4), (3, 3), (1, 2), (4, 3), (2, 2)]
EIGHT = [*SEVEN, (3, 5)]


@pytest.fixture
def make(memory, programmes):
    """Makes the report at a moment, of all programmes or of some."""

    def made(now=NOW, slugs=(KAMNIK, BREZICE, LJUTOMER, LJUBLJANA, CHILDREN, RADOVLJICA), cells=CELLS, **options):
        return national(memory, [programmes[slug] for slug in slugs], now, cells, open_text, **options)

    return made


@pytest.fixture
def fill(new_group):
    """Fills programmes with pairs: slug → pairs."""

    def filled(**pairs):
        return {name: new_group(SLUGS[name]).changes(there) for name, there in pairs.items()}

    return filled


SLUGS = {
    "kamnik": KAMNIK,
    "brezice": BREZICE,
    "ljutomer": LJUTOMER,
    "ljubljana": LJUBLJANA,
    "children": CHILDREN,
    "radovljica": RADOVLJICA,
}


def smcr(pairs):
    """Becker's standardised change and its variance, from the pairs themselves."""
    before, after = [x for x, _ in pairs], [y for _, y in pairs]
    n, r = len(pairs), correlation(before, after)
    effect = hedges_j(n - 1) * (fmean(after) - fmean(before)) / stdev(before)
    return effect, 2 * (1 - r) / n + effect**2 / (2 * n)


def pooled(*several):
    return pool(*zip(*(smcr(pairs) for pairs in several), strict=True))


def paragraphs(report, section):
    return [
        block.text
        for one in report.sections
        if one.id == section
        for block in one.blocks
        if isinstance(block, Paragraph)
    ]


def note(report, slug):
    return report.figures[f"primary.{slug}.smcr"].note


def test_the_row_of_a_programme_is_its_standardised_change_with_its_interval(fill, make):
    fill(kamnik=MORE)
    figure = make().figures[f"primary.{KAMNIK}.smcr"]
    effect, variance = smcr(MORE)

    assert figure.value == round(effect, 2)
    assert figure.low == pytest.approx(effect - 1.959964 * math.sqrt(variance), abs=0.005)
    assert figure.high == pytest.approx(effect + 1.959964 * math.sqrt(variance), abs=0.005)
    assert (figure.n, figure.source) == (70, FigureSource("smcr", KAMNIK, "primary", ("before", "after")))


def test_three_programmes_for_adults_are_pooled(fill, make):
    fill(kamnik=MORE, brezice=WIDE, ljutomer=LESS)
    figures = make().figures
    expected = pooled(MORE, WIDE, LESS)

    assert figures["adults.estimate"].value == round(expected.estimate, 2)
    assert figures["adults.estimate"].low == pytest.approx(expected.ci_low, abs=0.005)
    assert figures["adults.estimate"].high == pytest.approx(expected.ci_high, abs=0.005)
    assert [figures[f"adults.{key}"].value for key in ("n", "k", "i2")] == [195, 3, round(expected.i2, 2)]
    assert figures["adults.tau2"].value == round(expected.tau2, 3)
    assert figures["adults.prediction_low"].value == pytest.approx(expected.prediction_low, abs=0.005)
    assert figures["adults.estimate"].source == FigureSource("pooled", "", "primary", ("before", "after"))


def test_children_count_only_in_the_result_that_stands_beside(fill, make):
    fill(kamnik=MORE, brezice=WIDE, ljutomer=LESS, children=MORE)
    report = make()
    with_children = pooled(MORE, WIDE, LESS, MORE)

    assert report.figures["adults.estimate"].value == round(pooled(MORE, WIDE, LESS).estimate, 2)
    assert report.figures["everyone.estimate"].value == round(with_children.estimate, 2)
    assert report.figures["everyone.n"].value == 265
    assert paragraphs(report, "summary")[1].endswith(say.with_children(same=False))


def test_as_much_is_said_with_children_where_as_much_may_be(fill, make):
    fill(kamnik=MORE * 4, brezice=MORE * 4, ljutomer=MORE * 4, children=MORE * 4)

    assert paragraphs(make(), "summary")[1].endswith(say.with_children(same=True))


def test_two_programmes_are_not_pooled_and_a_sentence_says_so(fill, make):
    fill(kamnik=MORE, brezice=WIDE)
    report = make()

    assert "adults.estimate" not in report.figures
    assert paragraphs(report, "summary")[1] == say.too_few(3)
    assert report.figures[f"primary.{BREZICE}.n"].value == 60


def test_where_adults_are_too_few_to_pool_only_the_result_with_children_is_told(fill, make):
    fill(kamnik=MORE, brezice=WIDE, children=LESS)
    report = make()

    assert "adults.estimate" not in report.figures
    assert report.figures["everyone.estimate"].value == round(pooled(MORE, WIDE, LESS).estimate, 2)
    everyone = pooled(MORE, WIDE, LESS)
    interval, prediction = (everyone.ci_low, everyone.ci_high), (everyone.prediction_low, everyone.prediction_high)
    told = claim(Claim(3, everyone.i2, interval, prediction, adults=False))
    assert paragraphs(report, "summary")[1] == f"{say.too_few(3)} {told}"


def test_a_small_programme_counts_without_a_row_and_another_row_is_hidden_with_it(fill, make):
    fill(kamnik=MORE, brezice=WIDE, ljutomer=LESS, ljubljana=SEVEN)
    report = make()

    assert report.figures["adults.k"].value == 4
    assert report.figures["adults.estimate"].value == round(pooled(MORE, WIDE, LESS, SEVEN).estimate, 2)
    assert [note(report, slug) for slug in (LJUBLJANA, BREZICE, LJUTOMER, KAMNIK)] == [
        texts.TOO_FEW, texts.HIDDEN, "", "",
    ]  # fmt: skip


def test_two_small_programmes_hide_one_another(fill, make):
    fill(kamnik=MORE, brezice=WIDE, ljutomer=SEVEN, ljubljana=EIGHT)
    report = make()

    assert report.figures["adults.n"].value == 70 + 60 + 15
    assert [note(report, slug) for slug in (KAMNIK, BREZICE)] == ["", ""]


def test_a_programme_of_fewer_people_than_are_spoken_of_inside_does_not_count(fill, make):
    fill(kamnik=MORE, brezice=WIDE, ljutomer=LESS, ljubljana=SEVEN[:4])
    report = make()

    assert report.figures["adults.k"].value == 3
    assert note(report, BREZICE) == ""


def test_a_single_small_programme_for_children_does_not_count_because_with_and_without_would_tell_it(fill, make):
    fill(kamnik=MORE, brezice=WIDE, ljutomer=LESS, children=SEVEN)
    report = make()

    assert "everyone.estimate" not in report.figures
    assert paragraphs(report, "change")[-1] == say.NOT_WITH_CHILDREN


def test_a_programme_in_which_nobody_moves_apart_says_nothing(fill, make):
    fill(kamnik=MORE, brezice=WIDE, ljutomer=LESS, ljubljana=[(2, 3)] * 12)
    report = make()

    assert report.figures["adults.k"].value == 3
    assert note(report, LJUBLJANA) == texts.HIDDEN


def test_a_pooled_result_is_repeated_while_few_people_came(fill, make, memory, new_group):
    fill(kamnik=MORE, brezice=WIDE, ljutomer=LESS)
    first = make()
    assert publish(memory, first, NOW, CELLS)
    new_group(KAMNIK).changes([(1, 5)] * 3)
    second = make(NOW + 7 * DAY)

    assert second.figures["adults.estimate"].value == first.figures["adults.estimate"].value
    assert second.figures["adults.n"].value == 195
    assert texts.repeated((date(2026, 12, 20),), 10) in paragraphs(second, "method")


def test_a_pooled_result_is_new_when_enough_people_came(fill, make, memory, new_group):
    fill(kamnik=MORE, brezice=WIDE, ljutomer=LESS)
    assert publish(memory, make(), NOW, CELLS)
    came = [(1, 5), (2, 4), (3, 3), (2, 1)] * 5
    new_group(KAMNIK).changes(came)
    second = make(NOW + 7 * DAY)

    assert second.figures["adults.estimate"].value == round(pooled(MORE + came, WIDE, LESS).estimate, 2)
    assert publish(memory, second, NOW + 7 * DAY, CELLS)


def test_few_people_behind_hidden_rows_do_not_show_though_many_came_elsewhere(fill, make, memory, new_group):
    fill(kamnik=MORE, brezice=WIDE, ljutomer=SEVEN, ljubljana=EIGHT)
    first = make()
    assert publish(memory, first, NOW, CELLS)
    new_group(LJUTOMER).changes([(1, 5)])
    new_group(KAMNIK).changes([(1, 5), (2, 4), (3, 3), (2, 1)] * 5)
    second = make(NOW + 7 * DAY)

    assert second.figures["adults.estimate"].value == first.figures["adults.estimate"].value
    assert second.figures["adults.n"].value == 145


def test_a_row_that_was_hidden_for_the_sake_of_another_stays_hidden(fill, make, memory, new_group):
    fill(kamnik=MORE, brezice=WIDE, ljutomer=LESS, ljubljana=SEVEN)
    assert publish(memory, make(), NOW, CELLS)
    new_group(RADOVLJICA).changes([(1, 2), (2, 3), (1, 3), (2, 2), (3, 2), (1, 1), (2, 3), (1, 2)])
    second = make(NOW + 7 * DAY)

    assert note(second, BREZICE) == texts.HIDDEN


def test_a_hidden_row_behind_which_a_few_people_came_stays_hidden_and_the_report_goes_out(
    fill, make, memory, new_group
):
    fill(kamnik=MORE, brezice=WIDE, ljutomer=LESS, ljubljana=SEVEN)
    assert publish(memory, make(), NOW, CELLS)
    new_group(BREZICE).changes([(1, 5), (2, 4), (3, 3), (2, 1), (4, 5)])
    second = make(NOW + 7 * DAY)

    assert note(second, BREZICE) == texts.HIDDEN
    assert publish(memory, second, NOW + 7 * DAY, CELLS)


def test_a_small_programme_does_not_count_where_all_other_rows_were_shown_before(fill, make, memory, new_group):
    fill(kamnik=MORE, brezice=WIDE, ljutomer=LESS)
    assert publish(memory, make(), NOW, CELLS)
    new_group(LJUBLJANA).changes(SEVEN)
    second = make(NOW + 7 * DAY)

    assert second.figures["adults.k"].value == 3
    assert [note(second, slug) for slug in (KAMNIK, BREZICE, LJUTOMER)] == ["", "", ""]


def test_publishing_the_same_report_again_changes_nothing(fill, make, memory):
    fill(kamnik=MORE, brezice=WIDE, ljutomer=LESS, ljubljana=SEVEN, children=WIDE, radovljica=THREE_POINTS)
    report = make()

    assert publish(memory, report, NOW, CELLS)
    assert make() == report
    assert publish(memory, report, NOW, CELLS)


def test_the_shared_questions_are_pooled_with_loneliness_turned_around(new_group, make):
    turned = [(6 - before, 6 - after) for before, after in MORE]
    for slug in (KAMNIK, BREZICE, LJUTOMER):
        new_group(slug).changes(turned, item="loneliness")
    figures = make().figures
    expected = pooled(MORE, MORE, MORE)

    assert figures["core.loneliness.estimate"].value == round(expected.estimate, 2)
    assert figures["core.loneliness.k"].value == 3
    assert figures["core.belonging.estimate"].note == texts.TOO_FEW


def test_the_p_values_of_the_shared_questions_are_corrected_for_several(new_group, make):
    pairs = [(1, 2), (2, 3), (3, 3), (3, 2), (4, 4), (2, 2), (5, 4), (2, 3)] * 3
    for slug in (KAMNIK, BREZICE, LJUTOMER):
        group = new_group(slug)
        for before, after in pairs:
            one = group.enrols()
            group.answers(one, "before", belonging=before, problem_solving=before)
            group.answers(one, "after", belonging=after, problem_solving=after)
    figures = make().figures

    assert figures["core.belonging.p_holm"].value == round(min(1, 2 * pooled(pairs, pairs, pairs).p), 3)


def test_who_answered_higher_is_told_by_mode(new_group, make):
    for slug, mode in ((KAMNIK, Mode.SELF), (BREZICE, Mode.ASSISTED), (LJUTOMER, Mode.PAPER)):
        answer(new_group(slug), WIDE, mode)
    figures = make().figures

    assert [figures[f"modes.{mode}.n"].value for mode in ("self", "assisted", "paper")] == [60, 60, 60]
    assert figures["modes.self.improved_share"].value == 0.67
    assert figures["modes.self.improved_share"].low == pytest.approx(0.54, abs=0.005)


def test_who_answered_in_a_browser_stands_apart_from_the_chat(new_group, make):
    for slug, channel in ((KAMNIK, "telegram"), (BREZICE, "web"), (LJUTOMER, "web")):
        group = new_group(slug)
        group.channel = channel
        answer(group, WIDE, Mode.SELF)
    figures = make().figures

    assert [figures[f"modes.{mode}.n"].value for mode in ("self", "web")] == [60, 120]


def test_few_who_answered_in_a_browser_are_joined_with_the_chat(new_group, make):
    for slug, mode in ((KAMNIK, Mode.SELF), (BREZICE, Mode.ASSISTED), (LJUTOMER, Mode.SELF)):
        answer(new_group(slug), WIDE, mode)
    group = new_group(KAMNIK)
    group.channel = "web"
    answer(group, [(1, 3), (2, 3)], Mode.SELF)
    shares = {key for key in make().figures if key.startswith("modes.") and key.endswith("share")}

    assert shares == {"modes.self_web.improved_share", "modes.assisted.improved_share"}


def test_own_hands_are_held_against_what_was_told_of_them_before_browsers_stood_apart(new_group, make, memory):
    for slug, mode in ((KAMNIK, Mode.SELF), (BREZICE, Mode.ASSISTED), (LJUTOMER, Mode.SELF)):
        answer(new_group(slug), WIDE, mode)
    assert publish(memory, make(), NOW, CELLS)
    later = published_figure.c.figure.like("national:told:%chat%") | published_figure.c.figure.like(
        "national:told:%web%"
    )
    memory.execute(delete(published_figure).where(later))
    group = new_group(KAMNIK)
    group.channel = "web"
    answer(group, [(1, 3), (2, 3)], Mode.SELF)
    figures = make(NOW + 7 * DAY).figures

    assert figures["modes.self_web.n"].value == 120


def test_a_mode_of_few_people_is_joined_with_another(new_group, make):
    for slug, mode in ((KAMNIK, Mode.SELF), (BREZICE, Mode.ASSISTED), (LJUTOMER, Mode.SELF)):
        answer(new_group(slug), WIDE, mode)
    answer(new_group(KAMNIK), [(1, 3), (2, 3)], Mode.PAPER)
    shares = [key for key in make().figures if key.startswith("modes.") and key.endswith("share")]

    assert len(shares) == 2
    assert "modes.paper.improved_share" not in shares


def test_one_mode_beside_a_few_people_of_another_is_not_told(new_group, make):
    answer(new_group(KAMNIK), WIDE, Mode.SELF)
    answer(new_group(KAMNIK), [(1, 3), (2, 3)], Mode.PAPER)

    assert paragraphs(make(), "equity") == [say.EQUITY_TOO_FEW]


def test_programmes_that_do_not_tell_who_answered_higher_are_left_out_of_the_modes(new_group, make):
    for slug, mode in ((KAMNIK, Mode.SELF), (BREZICE, Mode.ASSISTED)):
        answer(new_group(slug), WIDE, mode)
    answer(new_group(LJUBLJANA), SEVEN, Mode.SELF)
    report = make()

    assert report.figures["modes.self.n"].value == 60
    assert paragraphs(report, "equity") == [say.EQUITY_INCOMPLETE]


def test_the_totals_minus_what_programmes_tell_leave_nothing_of_a_programme_that_tells_a_bound(new_group, make):
    told = (KAMNIK, BREZICE, LJUTOMER)
    for slug, mode in zip(told, (Mode.SELF, Mode.ASSISTED, Mode.PAPER), strict=True):
        answer(new_group(slug), WIDE, mode)
    alone = make(slugs=told).figures
    answer(new_group(LJUBLJANA), [(1, 2)] * 26 + [(2, 2)] * 4, Mode.SELF)  # 26 of 30: only a bound is told
    answer(new_group(RADOVLJICA), [(1, 2)] * 20 + [(2, 2)] * 9, Mode.ASSISTED)
    both = make()

    totals = [key for key in alone if key.startswith("modes.") or key == "improved_share"]
    assert len(totals) == 7
    assert [both.figures[key] for key in totals] == [alone[key] for key in totals]
    assert "programi, pri katerih natančnega števila ne povemo, niso všteti" in paragraphs(both, "summary")[0]


def test_a_mode_minus_the_programmes_that_used_no_other_leaves_nobody_or_many(new_group, make):
    for slug, mode in ((KAMNIK, Mode.SELF), (BREZICE, Mode.PAPER), (LJUTOMER, Mode.ASSISTED)):
        answer(new_group(slug), WIDE, mode)
    answer(new_group(KAMNIK), [(1, 3), (2, 3), (3, 3)], Mode.PAPER)  # paper minus Brežice would be these three
    shares = {key for key in make().figures if key.startswith("modes.") and key.endswith("share")}

    assert shares == {"modes.self_paper.improved_share", "modes.assisted.improved_share"}


def test_a_mode_to_which_few_people_came_is_repeated(new_group, make, memory):
    for slug, mode in ((KAMNIK, Mode.SELF), (BREZICE, Mode.ASSISTED)):
        answer(new_group(slug), WIDE, mode)
    assert publish(memory, make(), NOW, CELLS)
    answer(new_group(KAMNIK), [(1, 2), (2, 3), (3, 1), (2, 2)] * 5, Mode.SELF)
    answer(new_group(BREZICE), [(1, 2)], Mode.ASSISTED)
    figures = make(NOW + 7 * DAY).figures

    assert [figures[f"modes.{mode}.n"].value for mode in ("self", "assisted")] == [60, 60]


def test_the_mode_is_that_of_the_later_group_where_somebody_came_twice(new_group, make, memory, programmes):
    first = new_group(KAMNIK)
    people = answer(first, WIDE, Mode.SELF)
    later = new_group(KAMNIK, start=date(2026, 8, 4))
    for person in people[:30]:
        again = later.joins(person)
        later.answers(again, "before", mode=Mode.SELF, primary=2)
        later.answers(again, "after", mode=Mode.ASSISTED, primary=2 + person % 2)

    modes = counted(memory, programmes)
    assert {mode: modes.people((mode,)).n for mode in modes.used} == {Mode.SELF: 30, Mode.ASSISTED: 30}


def test_how_many_of_ten_answered_higher_is_told_over_all_programmes(fill, make):
    fill(kamnik=WIDE, brezice=WIDE, children=WIDE)
    report = make()
    higher = sum(after > before for before, after in WIDE) * 3

    assert report.figures["improved_share"].value == round(higher / 180, 2)
    assert report.figures["improved_share"].n == 180
    assert (
        say.improved("približno 7\N{NO-BREAK SPACE}od\N{NO-BREAK SPACE}10", 180, "", complete=True)
        in (paragraphs(report, "summary")[0])
    )


def test_how_many_of_ten_is_told_where_no_division_into_modes_may_be(new_group, make):
    answer(new_group(KAMNIK), WIDE, Mode.SELF)
    answer(new_group(KAMNIK), [(1, 3), (2, 3)], Mode.PAPER)
    report = make()

    assert report.figures["improved_share"].n == 62
    assert [key for key in report.figures if key.startswith("modes.")] == []


def test_how_many_of_ten_is_hidden_where_few_did_not_answer_higher(new_group, make):
    answer(new_group(KAMNIK), [(1, 2)] * 30 + [(2, 2)] * 9, Mode.SELF)

    assert "improved_share" not in make().figures


def test_who_was_reached_is_told_with_whose_group_has_ended_and_who_answered_twice(fill, make, new_group):
    fill(kamnik=WIDE)
    meets = new_group(BREZICE, start=date(2026, 12, 1))
    for _ in range(12):
        meets.answers(meets.enrols(), "before", primary=2)
    words = paragraphs(make(), "summary")[0].replace("\N{NO-BREAK SPACE}", " ")

    assert words.startswith(
        "V 2 programa v 2 knjižnicah se je vpisalo 72 ljudi. Pri 12 ljudeh skupina še traja, pri 60 se je končala; "
        "od teh jih je obakrat, na začetku in ob zaključku, odgovorilo 60."
    )


def test_the_span_between_programmes_is_said_of_those_alone_whose_rows_are_shown(fill, make):
    fill(kamnik=MORE, brezice=WIDE, ljutomer=LESS, ljubljana=SEVEN)  # the rows of Brežice and Ljubljana are hidden
    report = make()
    words = paragraphs(report, "change")[0]

    assert "Migam" not in words
    assert "Karierni" not in words
    assert words == say.span(
        (0.3, "Medgeneracijsko branje v Domu starejših občanov Ljutomer"),
        (0.9, "Učenje slovenskega jezika za tujce"),
        (3, 5),
    )


def test_the_span_is_of_the_mean_changes_of_the_same_people(fill, make):
    fill(kamnik=MORE, brezice=WIDE, ljutomer=LESS)
    changes = {
        slug: fmean(y - x for x, y in pairs) for slug, pairs in ((KAMNIK, MORE), (BREZICE, WIDE), (LJUTOMER, LESS))
    }
    table = next(
        block for one in make().sections if one.id == "change" for block in one.blocks if isinstance(block, Table)
    )

    assert [row[2] for row in table.rows[:3]] == [
        steps(round(changes[slug], 1)) for slug in (KAMNIK, BREZICE, LJUTOMER)
    ]


def test_terms_of_statistics_stand_in_the_last_section_alone(fill, make):
    fill(kamnik=MORE, brezice=WIDE, ljutomer=LESS, children=WIDE)
    *above, last = make().sections
    jargon = re.compile(r"I²|τ²|\bREML\b|Hartung|SMCR|Holm|\bp\b|interval zaupanja|napovedni interval", re.IGNORECASE)

    assert [found for one in above for found in jargon.findall(repr(one.blocks))] == []
    assert (last.id, last.title) == ("annex", "Za statistike")
    assert {word.casefold() for word in jargon.findall(repr(last.blocks))} >= {"i²", "τ²", "reml", "hartung", "smcr"}


def test_the_flow_of_all_programmes_is_added_up_and_told_by_programme(fill, make, new_group):
    fill(kamnik=WIDE, brezice=SEVEN)
    group = new_group(KAMNIK)
    group.enrols(EnrolmentState.INVITED)
    silent = group.enrols()
    group.answers(silent, "before", primary=2)
    group.asks(silent, "after", OccasionState.MISSED)
    report = make()
    figures = report.figures

    steps = ("enrolled", "consented", "before", "after", "followup")
    assert [figures[f"flow.{step}"].value for step in steps] == [69, 68, 68, 67, 0]
    assert [figures[f"flow.{KAMNIK}.{step}"].value for step in steps[:2]] == [62, 61]
    at_end = ("eligible", "responded", "response", "early", "open")
    assert [figures[f"{key}.{KAMNIK}.after"].value for key in at_end] == [61, 60, round(60 / 61, 2), 0, 0]
    assert figures["response.after"].value == round(67 / 68, 2)
    assert figures[f"response.{BREZICE}.after"].note == FEW
    assert "funnel" in [chart.id for chart in report.charts]


def test_somebody_in_two_groups_is_one_person(new_group, make):
    first, second = new_group(KAMNIK), new_group(KAMNIK, start=date(2026, 8, 4))
    people = first.changes(WIDE)
    second.joins(people[0])

    assert make().figures["enrolled"].value == 60
    assert make().figures["twice"].value == 60


def test_stories_with_consent_are_quoted_where_enough_people_answered(fill, make, new_group):
    group = new_group(KAMNIK)
    people = group.changes(WIDE)
    group.tells(people[0], "Zdaj grem sama k zdravniku.", NOW - 2 * DAY, NOW - 2 * DAY)
    group.tells(people[1], "Govorim s sosedi.", NOW - DAY, NOW - DAY)
    group.tells(people[2], "To naj ostane med nami.", NOW - DAY, None)
    small = new_group(BREZICE)
    small.tells(small.changes(SEVEN)[0], "Pišem vnukom.", NOW - DAY, NOW - DAY)
    quotes = [block for one in make().sections for block in one.blocks if isinstance(block, Quote)]

    assert [quote.text for quote in quotes] == ["Govorim s sosedi.", "Zdaj grem sama k zdravniku."]
    assert quotes[0].source == say.speaker("Učenje slovenskega jezika za tujce", "Knjižnica Franceta Balantiča Kamnik")


def test_stories_are_four_at_most_of_as_many_programmes_as_can_be_each_month_of_others(new_group, make):
    five = (KAMNIK, BREZICE, LJUTOMER, LJUBLJANA, RADOVLJICA)
    for slug in five:
        group = new_group(slug)
        for person in group.changes(WIDE)[:2]:
            group.tells(person, slug, NOW - DAY, NOW - DAY)
    november, december = ([block.text for block in told(make(now))] for now in (NOW - 30 * DAY, NOW))

    assert november == []  # nobody had told anything yet
    assert december == [LJUBLJANA, RADOVLJICA, KAMNIK, BREZICE]
    assert [block.text for block in told(make(NOW + 31 * DAY))] == [RADOVLJICA, KAMNIK, BREZICE, LJUTOMER]


def told(report):
    return [block for one in report.sections for block in one.blocks if isinstance(block, Quote)]


def test_stories_fill_one_page_with_every_programme_in_turn(new_group, make):
    for slug in (KAMNIK, BREZICE):
        group = new_group(slug)
        people = group.changes(WIDE)
        for person in people[:3]:
            group.tells(person, f"{slug} " * 50, NOW - DAY, NOW - DAY)
    quotes = [block.text.split()[0] for one in make().sections for block in one.blocks if isinstance(block, Quote)]

    assert quotes == [KAMNIK, BREZICE]


@pytest.mark.parametrize("people", [0, 1])
def test_a_report_without_people_or_with_one_has_no_number_but_counts(fill, make, people):
    fill(kamnik=SEVEN[:people])
    report = make()
    told = [key for key, figure in report.figures.items() if figure.value is not None]

    assert report.figures["enrolled"].value == people
    counts = ("libraries", "programmes", "enrolled", "twice")
    assert all(key in counts or key.startswith(COUNTS) for key in told)
    assert as_png(report)


def test_five_hundred_people_in_one_programme_are_one_row_among_others(fill, make):
    fill(kamnik=WIDE * 8 + MORE, brezice=WIDE, ljutomer=LESS, ljubljana=MORE, children=WIDE, radovljica=THREE_POINTS)
    report = make()
    figures = report.figures

    assert figures[f"primary.{KAMNIK}.n"].value == 550
    assert figures["adults.k"].value == 5
    assert [chart.id for chart in report.charts] == ["forest", "funnel"]
    assert as_png(report.charts[0])
    assert len(as_text(report)) < 6000


def test_the_plot_and_the_table_say_the_same(fill, make):
    fill(kamnik=MORE, brezice=WIDE, ljutomer=LESS, ljubljana=SEVEN)
    report = make()
    alt = report.charts[0].alt

    assert "Karierni coaching" not in alt
    assert "Migam" not in alt
    for key in (f"primary.{KAMNIK}.smcr", f"primary.{LJUTOMER}.smcr", "adults.estimate"):
        figure = report.figures[key]
        value = f"{figure.value:+.2f}".replace(".", ",").replace("-", "\N{MINUS SIGN}")
        assert f": {value} ({say.between(figure.low, figure.high)})" in alt


def test_two_programmes_of_the_same_name_are_told_apart_by_their_library(memory, programmes, new_group):
    new_group(KAMNIK).changes(WIDE)
    twin = programmes[BREZICE].model_copy(update={"name": programmes[KAMNIK].name})
    report = national(memory, [programmes[KAMNIK], twin], NOW, CELLS, open_text)
    table = next(
        block for one in report.sections if one.id == "change" for block in one.blocks if isinstance(block, Table)
    )

    assert [row[0] for row in table.rows] == [
        f"{programmes[slug].name if slug == KAMNIK else twin.name}, {programmes[slug].library}"
        for slug in (KAMNIK, BREZICE)
    ]


def test_the_report_is_that_of_its_day(make, new_group):
    new_group()
    report = make(demo=True)

    assert (report.kind, report.subject, report.period, report.demo) == ("national", "national", "2026-12-20", True)
    assert report.name == "national-national-2026-12-20"
    assert report.made_on > END


@pytest.mark.parametrize(
    "sentence",
    [
        lambda n: say.reached(Presence(n, 0, 0, 0), 0, 5, 5, 10),
        lambda n: say.reached(Presence(500, 500, 400, 0), n, 5, 5, 10),
        lambda n: say.improved("6 od 10", n, "", complete=True),
    ],
)
def test_a_sentence_with_a_count_has_four_forms(sentence):
    forms = [re.sub(r"\d+", "", sentence(n)) for n in (1, 2, 3, 5)]

    assert len(set(forms)) == 4
    assert [re.sub(r"\d+", "", sentence(n)) for n in (101, 102, 104, 111)] == forms


def test_no_word_claims_a_cause():
    words = " ".join(str(value) for name, value in vars(say).items() if name.isupper()).lower()

    assert [word for word in ("zaradi programa", "povzroč", "učinek", "vpliv") if word in words] == []


def answer(group, pairs, mode):
    """As many people as pairs, who answered this way."""
    people = []
    for before, after in pairs:
        one = group.enrols()
        group.answers(one, "before", mode=Mode.SELF, primary=before)
        group.answers(one, "after", mode=mode, primary=after)
        people.append(one)
    return people


def counted(memory, programmes):
    """The people of Kamnik with both answers, by mode."""
    from reports.data.frames import read  # noqa: PLC0415
    from reports.data.indicators import everything, indicators  # noqa: PLC0415
    from reports.disclosure.mode_effects import Told, by_mode  # noqa: PLC0415 - only one test asks for it

    data = read(memory, KAMNIK, everything(programmes[KAMNIK]))
    return Told([by_mode(data, indicators(programmes[KAMNIK])[0])])
