"""The impact report: every number recomputed by hand from the answers that a test wrote."""

import math
from datetime import UTC, date, datetime
from statistics import fmean, stdev

import pytest
from plugins.respondents import DAY, OPENS, open_text

from reports import texts
from reports.disclosure.publishing import publish
from reports.disclosure.suppression import Cells
from reports.kinds.impact import impact
from reports.report import Paragraph, Quote
from reports.texts.response import NOT_BEGUN
from storage.schema import EnrolmentState, OccasionState
from surveys.locale_sl import rounded
from surveys.model import Mode, NonAnswer

NOW = datetime(2026, 12, 20, 12, tzinfo=UTC)
T_9 = 2.2621571628  # 97.5 % quantile of Student's t with 9 degrees of freedom
PAIRS = [(1, 3), (2, 3), (2, 4), (3, 3), (3, 5), (2, 2), (1, 2), (4, 3), (3, 4), (2, 5)]
MANY = [(1, 3)] * 8 + [(2, 4)] * 6 + [(3, 3)] * 5 + [(4, 3)] * 6


@pytest.fixture
def make(memory, programmes):
    """Makes the report of a programme at a moment."""

    def made(slug="kamnik-slovenscina", now=NOW, k=1, **options):
        return impact(memory, programmes[slug], now, Cells(k, 10), open_text, **options)

    return made


def paragraphs(report, section):
    return [
        block.text
        for one in report.sections
        if one.id == section
        for block in one.blocks
        if isinstance(block, Paragraph)
    ]


def test_the_change_is_the_mean_difference_of_the_same_people_with_its_interval(new_group, make):
    new_group().changes(PAIRS)
    figures = make().figures
    differences = [after - before for before, after in PAIRS]
    half = T_9 * stdev(differences) / math.sqrt(10)

    assert figures["primary.n"].value == 10
    assert figures["primary.before"].value == pytest.approx(2.3)
    assert figures["primary.after"].value == pytest.approx(3.4)
    assert figures["primary.change"].value == pytest.approx(1.1)
    assert figures["primary.change"].low == rounded(1.1 - half, 1)
    assert figures["primary.change"].high == rounded(1.1 + half, 1)


def test_the_effect_size_is_g_av(new_group, make):
    new_group().changes(PAIRS)
    spread = (stdev(before for before, _ in PAIRS) + stdev(after for _, after in PAIRS)) / 2
    j = math.gamma(9) / (math.sqrt(9) * math.gamma(8.5))

    assert make().figures["primary.g_av"].value == rounded(1.1 / spread * j, 1)


def test_who_answered_higher_the_same_and_lower_is_counted(new_group, make):
    new_group().changes(PAIRS)
    figures = make().figures

    assert [figures[f"primary.{key}"].value for key in ("improved", "same", "worse")] == [7, 2, 1]
    assert figures["primary.improved_share"].value == pytest.approx(0.7)
    assert figures["primary.improved_share"].low == 0.4


def test_the_first_sentence_says_of_ten_people_how_many(new_group, make):
    new_group().changes(PAIRS)

    assert paragraphs(make(), "summary")[0] == (
        "7\N{NO-BREAK SPACE}od\N{NO-BREAK SPACE}10 udeležencev ob koncu pravi, "
        "da jim gre pogovor v slovenščini bolje kot na začetku."
    )


def test_loneliness_is_turned_around_so_that_higher_is_better(new_group, make):
    new_group().changes([(5, 3), (4, 4), (5, 2)], item="loneliness")
    report = make()

    assert report.figures["loneliness.before"].value == rounded(fmean([1, 2, 1]), 1)
    assert report.figures["loneliness.after"].value == rounded(fmean([3, 2, 4]), 1)
    assert report.figures["loneliness.improved"].value == 2
    assert report.figures["loneliness.change"].label == "manj osamljenosti: Sprememba"


def test_only_who_answered_both_times_with_a_value_is_a_pair(new_group, make):
    group = new_group()
    group.changes([(1, 2), (2, 4)])
    only_before = group.enrols()
    group.answers(only_before, "before", primary=5)
    group.asks(only_before, "after")
    unsure = group.enrols()
    group.answers(unsure, "before", primary=5)
    group.answers(unsure, "after", primary=NonAnswer.DONT_KNOW)

    assert make().figures["primary.n"].value == 2


def test_an_open_questionnaire_is_not_yet_an_answer_and_a_closed_half_of_one_is(new_group, make):
    group = new_group()
    group.changes([(1, 2), (2, 4)])
    for state in (OccasionState.OPEN, OccasionState.PARTIAL):
        one = group.enrols()
        group.answers(one, "before", primary=3)
        group.answers(one, "after", state=state, primary=4)

    assert make().figures["primary.n"].value == 3


def test_who_left_but_kept_the_answers_counts_and_who_was_erased_does_not(new_group, make):
    group = new_group()
    people = group.changes([(1, 2), (2, 4), (3, 3), (1, 4)])
    group.becomes(people[0], EnrolmentState.LEFT)
    group.becomes(people[1], EnrolmentState.ERASED)
    figures = make().figures

    assert figures["primary.n"].value == 3
    assert figures["flow.enrolled"].value == 3


def test_somebody_in_two_groups_counts_once_with_the_later_one(new_group, make):
    first, second = new_group(), new_group(start=date(2026, 8, 4))
    people = first.changes([(1, 2), (2, 4), (3, 3)])
    again = second.joins(people[0])
    second.answers(again, "before", primary=1)
    second.answers(again, "after", primary=5)
    figures = make().figures

    assert figures["primary.n"].value == 3
    assert figures["primary.after"].value == pytest.approx(fmean([5, 4, 3]))


def test_answers_after_the_moment_of_the_report_are_not_in_it(new_group, make):
    group = new_group()
    group.changes(PAIRS)

    assert paragraphs(make(now=OPENS["after"]), "change") == [texts.NO_CHANGES]


def test_the_follow_up_tells_the_change_but_no_second_baseline(new_group, make):
    group = new_group()
    for (before, after), later in zip(PAIRS, [3, 3, 4, 4, 5, 3, 2, 4, 4, 5], strict=True):
        one = group.enrols()
        group.answers(one, "before", primary=before)
        group.answers(one, "after", primary=after)
        group.answers(one, "followup", primary=later, used=2 + later % 2)
    figures = make().figures

    assert figures["primary.followup.change"].value == pytest.approx(3.7 - 2.3)
    assert figures["primary.followup.improved"].value == 10 - 1
    assert "primary.followup.before" not in figures


def test_the_follow_up_says_of_how_many_people_and_whether_it_may_be_chance(new_group, make):
    group = new_group()
    for before, _ in PAIRS:
        one = group.enrols()
        group.answers(one, "before", primary=before)
        group.answers(one, "followup", primary=min(5, before + 1 + before % 2))

    assert any(
        f"pri {len(PAIRS)}\N{NO-BREAK SPACE}ljudeh za" in one and one.endswith("Sprememba verjetno ni naključna.")
        for one in paragraphs(make(), "later")
    )


@pytest.mark.parametrize(("wave", "section"), [("after", "change"), ("followup", "later")])
def test_what_clearly_declined_is_said_in_a_sentence_of_each_wave(new_group, make, wave, section):
    group = new_group()
    for at in range(10):
        one = group.enrols()
        group.answers(one, "before", primary=2, belonging=4 + at % 2)
        group.answers(one, wave, primary=3, belonging=3 if at % 3 else 2)
    told = [one for one in paragraphs(make(), section) if "jasno slabši" in one]

    begun = "Odgovori so jasno slabši kot na začetku, če gledamo vsak kazalnik posebej"

    assert told == [f"{begun}: pripadnost (−1,9; 10\N{NO-BREAK SPACE}ljudi)."]


def test_what_may_be_chance_or_rose_is_not_said_to_have_declined(new_group, make):
    new_group().changes(PAIRS)

    assert not any("jasno slabši" in one for one in paragraphs(make(), "change"))


def test_use_months_later_is_told_as_shares(new_group, make):
    group = new_group()
    for used in [3, 3, 3, 2, 1]:
        one = group.enrols()
        group.answers(one, "followup", used=used)
    figures = make().figures

    assert [figures[f"used.followup.{code}"].value for code in (1, 2, 3)] == [0.2, 0.2, 0.6]


def test_the_flow_counts_every_step_and_response_over_everybody_who_could_have_taken_it(new_group, make):
    group = new_group()
    group.changes(PAIRS)
    group.enrols(EnrolmentState.INVITED)
    group.enrols(EnrolmentState.DECLINED)
    waiting = new_group(start=date(2027, 1, 11))
    waiting.enrols(EnrolmentState.INVITED)
    figures = make().figures

    assert [figures[f"flow.{step}"].value for step in ("enrolled", "consented", "before", "after", "followup")] == [
        13, 10, 10, 10, 0,
    ]  # fmt: skip
    assert [figures[f"response.{step}"].value for step in ("consented", "after")] == [rounded(10 / 11, 2), 1.0]
    assert figures["open.consented"].value == 2
    assert figures["response.followup"].note == NOT_BEGUN


def test_modes_are_told_by_the_last_questionnaire_of_each_person(new_group, make):
    group = new_group()
    for number, mode in enumerate([Mode.SELF] * 14 + [Mode.ASSISTED] * 3 + [Mode.PAPER] * 3):
        one = group.enrols()
        group.answers(one, "before", mode=Mode.SELF, primary=1 + number % 3)
        group.answers(one, "after", mode=mode, primary=2 + number % 2)

    assert make(k=1).figures["modes.assisted"].value == pytest.approx(0.15)
    assert make(k=5).figures["modes.assisted_paper"].value == pytest.approx(0.3)


def test_those_who_answered_in_a_browser_stand_apart_among_the_modes(new_group, make):
    group = new_group()
    for channel in ["telegram"] * 12 + ["web"] * 8:
        group.channel = channel
        group.answers(group.enrols(), "before", primary=2)
    figures = make(k=5).figures

    assert [figures[f"modes.{mode}"].value for mode in ("self", "web")] == [0.6, 0.4]


def test_one_small_mode_leaves_only_a_bound_of_the_other(new_group, make):
    group = new_group()
    for mode in [Mode.SELF] * 14 + [Mode.ASSISTED] * 3:
        group.answers(group.enrols(), "before", mode=mode, primary=2)
    figure = make(k=5).figures["modes.self"]

    assert (figure.value, figure.note) == (None, "vsaj 13 od 17")


def test_drop_outs_are_compared_with_those_who_stayed_by_their_first_answer(new_group, make):
    group = new_group()
    group.changes(PAIRS)
    for before in [1, 3, 2, 3, 1]:
        one = group.enrols()
        group.answers(one, "before", primary=before)
        group.asks(one, "after")
    figures = make(k=5).figures

    assert figures["completers.baseline"].value == 2.3
    assert figures["dropouts.baseline"].value == 2.0
    assert figures["dropouts.difference"].value == -0.3


def test_somebody_who_may_still_answer_is_no_drop_out(new_group, make):
    group = new_group()
    group.changes(PAIRS)
    for before in [1, 1, 2, 1, 2]:
        one = group.enrols()
        group.answers(one, "before", primary=before)
        group.asks(one, "after", OccasionState.OPEN, opens=NOW - DAY)

    assert "dropouts.baseline" not in make(k=5).figures


def test_fewer_than_k_pairs_have_no_number_no_sentence_and_no_chart(new_group, make):
    new_group().changes([(1, 3), (2, 3), (2, 4), (3, 5)])
    report = make(k=5)
    told = {key for key, figure in report.figures.items() if figure.value is not None}

    assert paragraphs(report, "summary") == [texts.too_few_pairs(5)]
    assert {key.partition(".")[0] for key in told} == {"flow", "eligible", "responded", "early", "open"}
    assert [chart.id for chart in report.charts] == ["funnel"]


def test_the_same_answer_of_everybody_is_not_told(new_group, make):
    new_group().changes([(1, 5), (2, 5), (3, 5), (1, 5), (2, 5), (4, 5)])

    assert paragraphs(make(k=5), "change") == [texts.HIDDEN_CHANGES]


def test_small_directions_are_joined_and_the_sentence_stays_exact(new_group, make):
    new_group().changes([(1, 3)] * 7 + [(2, 2)] * 4 + [(3, 2)] * 2)
    figures = make(k=5).figures

    assert (figures["primary.improved"].value, figures["primary.worse_same"].value) == (7, 6)
    assert "primary.worse" not in figures


def test_where_almost_everybody_answered_higher_only_a_bound_is_told(new_group, make):
    new_group().changes([(1, 3)] * 12 + [(2, 4)] * 10 + [(3, 3)] * 2)
    report = make(k=5)

    assert report.figures["primary.improved_share"].note == "vsaj 20 od 24"
    assert paragraphs(report, "summary")[0].startswith(
        "Vsaj 6\N{NO-BREAK SPACE}od\N{NO-BREAK SPACE}10 udeležencev ob koncu pravi, da"
    )  # as in public


def test_all_improved_looks_the_same_as_almost_all(new_group, make):
    new_group().changes([(1, 3)] * 12 + [(2, 4)] * 10 + [(3, 5)] * 2 + [(1, 4)])

    assert make(k=5).figures["primary.improved_share"].note == "vsaj 21 od 25"


def test_a_group_that_grew_by_less_than_k_is_told_with_the_earlier_numbers(new_group, make, memory):
    group = new_group()
    group.changes(MANY)
    first = make(k=5)
    assert publish(memory, first, NOW, Cells())
    group.changes([(1, 5), (1, 5)])
    second = make(now=NOW + 7 * DAY, k=5)

    assert second.figures["primary.n"].value == len(MANY)
    assert second.figures["primary.n"].note == "stanje 20.\N{NO-BREAK SPACE}12.\N{NO-BREAK SPACE}2026"
    assert second.figures["primary.change"].value == first.figures["primary.change"].value
    assert texts.repeated((date(2026, 12, 20),), 5) in paragraphs(second, "method")


def test_a_group_that_grew_by_k_is_told_with_new_numbers(new_group, make, memory):
    group = new_group()
    group.changes(MANY)
    assert publish(memory, make(k=5), NOW, Cells())
    group.changes([(1, 5), (2, 3), (3, 3), (2, 4), (4, 3)])

    assert make(now=NOW + 7 * DAY, k=5).figures["primary.n"].value == len(MANY) + 5


def test_an_erasure_does_not_show_in_the_next_report(new_group, make, memory):
    group = new_group()
    people = group.changes(MANY)
    first = make(k=5)
    assert publish(memory, first, NOW, Cells())
    group.becomes(people[0], EnrolmentState.ERASED)
    second = make(now=NOW + 7 * DAY, k=5)

    assert second.figures["primary.before"].value == first.figures["primary.before"].value


def test_a_group_that_fell_below_k_is_told_with_the_earlier_numbers(new_group, make, memory):
    group = new_group()
    people = group.changes([(1, 3), (2, 3), (2, 4), (3, 3), (1, 2), (3, 4), (2, 2)])
    first = make(k=5)
    assert publish(memory, first, NOW, Cells())
    for one in people[:3]:
        group.becomes(one, EnrolmentState.ERASED)
    second = make(now=NOW + 7 * DAY, k=5)

    assert (second.figures["primary.n"].value, second.figures["primary.n"].note[:6]) == (7, "stanje")
    assert second.figures["primary.change"] == first.figures["primary.change"]


def test_a_report_that_was_overtaken_is_not_handed_out(new_group, make, memory):
    group = new_group()
    group.changes(MANY)
    slow = make(k=5)
    group.changes([(1, 5)])
    assert publish(memory, make(k=5), NOW, Cells())

    assert not publish(memory, slow, NOW, Cells())


def test_publishing_the_same_report_again_changes_nothing(new_group, make, memory):
    new_group().changes(MANY)
    report = make(k=5)

    assert publish(memory, report, NOW, Cells())
    assert publish(memory, report, NOW, Cells())
    assert make(k=5) == report


def test_stories_with_consent_for_publication_are_quoted_and_no_others(new_group, make):
    group = new_group()
    people = group.changes(MANY)
    group.tells(people[0], "Zdaj grem sama k zdravniku.", NOW - DAY, NOW - DAY)
    group.tells(people[1], "To naj ostane med nami.", NOW - DAY, None)
    group.tells(people[2], "Pozneje.", NOW - DAY, NOW + DAY)
    quotes = [block.text for one in make(k=5).sections for block in one.blocks if isinstance(block, Quote)]

    assert quotes == ["Zdaj grem sama k zdravniku."]


def test_a_story_is_not_quoted_where_too_few_people_answered(new_group, make):
    group = new_group()
    people = group.changes([(1, 2), (2, 3)])
    group.tells(people[0], "Zdaj grem sama k zdravniku.", NOW - DAY, NOW - DAY)

    assert not [block for one in make(k=5).sections for block in one.blocks if isinstance(block, Quote)]


def test_volunteers_are_no_participants(new_group, make):
    residents, volunteers = new_group("ljutomer-branje"), new_group("ljutomer-branje", "volunteers")
    residents.changes(PAIRS)
    volunteers.enrols()

    assert make("ljutomer-branje").figures["flow.enrolled"].value == 10


@pytest.mark.parametrize("k", [1, 5])
def test_a_programme_without_anybody_has_a_report(new_group, make, k):
    new_group()
    report = make(k=k)

    assert paragraphs(report, "change") == [texts.NO_CHANGES]
    assert paragraphs(report, "outcomes") == [texts.NO_SHARES]
    assert paragraphs(report, "flow") == [texts.NOBODY]
    assert report.figures == {}
    assert paragraphs(report, "method")[0] == texts.caveat()


def test_the_report_says_that_its_answers_are_made_up(new_group, make):
    new_group()

    assert make(demo=True).demo
    assert not make().demo


def test_no_text_claims_a_cause():
    words = " ".join(str(value) for name, value in vars(texts).items() if name.isupper())

    assert not [word for word in ("zaradi programa", "povzroč", "učinek", "vpliv") if word in words.lower()]
