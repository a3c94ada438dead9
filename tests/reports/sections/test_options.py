"""Answers of which several may be chosen, before and after: shares recomputed by hand, small cells, two editions."""

import re
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from plugins.respondents import DAY, open_text

from reports import texts
from reports.behind.explain import explain
from reports.disclosure.publishing import publish
from reports.disclosure.suppression import Cells, Number, Release
from reports.kinds.impact import impact
from reports.render.html import as_html
from reports.render.json import as_json
from reports.render.pdf import as_pdf
from reports.render.png import as_png
from reports.render.text import as_text
from reports.render.words import written
from reports.render.xlsx import as_xlsx
from reports.report import Figure, Table
from reports.sections.options import Option
from reports.texts import options as words
from storage.schema import EnrolmentState
from surveys.model import NonAnswer

SLUG = "brezice-racunalnik"
NOW = datetime(2026, 12, 20, 12, tzinfo=UTC)
MAIL, SEARCH, TALK, OFFICE = 1, 2, 3, 4  # codes of the options
CELLS = Cells()
PEOPLE = [
    *[((MAIL,), (MAIL, SEARCH))] * 6,
    ((MAIL, TALK), (SEARCH,)),
    *[((SEARCH,), (MAIL, OFFICE))] * 6,
    *[((SEARCH, TALK), (TALK,))] * 3,
    *[((TALK,), (MAIL, TALK))] * 4,
]  # of 20: mail 7 → 16, search 9 → 7, talk 8 → 7, office 0 → 6


def mask(codes):
    return sum(1 << code for code in codes)


@pytest.fixture
def make(memory, programmes):
    """Makes the report at a moment."""

    def made(now=NOW, k=5, programme=programmes[SLUG]):
        return impact(memory, programme, now, Cells(k, 10), open_text)

    return made


def come(group, people, waves=("before", "after")):
    found = []
    for answers in people:
        one = group.enrols()
        for wave, codes in zip(waves, answers, strict=True):
            group.answers(one, wave, purposes=mask(codes))
        found.append(one)
    return found


def told(report, section="change"):
    """The table of the item in a section, as it is written."""
    tables = [block for one in report.sections if one.id == section for block in one.blocks if isinstance(block, Table)]
    return next(table for table in tables if table.title == "Za kaj uporabljate računalnik?")


def lines(table):
    return [[written(cell) if isinstance(cell, Figure) else cell for cell in row] for row in table.rows]


def test_shares_of_the_same_people_stand_beside_each_other_with_their_difference_in_words(new_group, make):
    come(new_group(SLUG), PEOPLE)
    table = told(make(k=1))

    assert table.columns == ("Odgovor", "Začetek", "Zaključek", "Razlika")
    assert table.caption == "20\u00a0ljudi z odgovorom na začetku in ob zaključku; možnih je več odgovorov"
    assert lines(table)[:3] == [
        ["e-pošta", "35\u00a0%", "80\u00a0%", "45\u00a0odstotnih točk več"],
        ["iskanje informacij", "45\u00a0%", "35\u00a0%", "10\u00a0odstotnih točk manj"],
        ["pogovori z bližnjimi", "40\u00a0%", "35\u00a0%", "5\u00a0odstotnih točk manj"],
    ]


def test_an_option_needs_k_people_who_chose_it_and_k_who_did_not_on_both_sides(new_group, make):
    come(new_group(SLUG), PEOPLE)
    table = told(make(k=5))

    hidden = [texts.HIDDEN, texts.HIDDEN, ""]
    assert lines(table) == [
        ["e-pošta", *hidden],  # 4 did not choose it at the end
        ["iskanje informacij", "45\u00a0%", "35\u00a0%", "10\u00a0odstotnih točk manj"],
        ["pogovori z bližnjimi", "40\u00a0%", "35\u00a0%", "5\u00a0odstotnih točk manj"],
        ["urejanje uradnih zadev", *hidden],  # nobody chose it at the start
        ["iskanje službe", *hidden],
        ["kaj drugega", *hidden],
        ["računalnika ne uporabljam", *hidden],
    ]


def test_shown_options_are_drawn_with_both_shares_in_words(new_group, make):
    come(new_group(SLUG), PEOPLE)
    drawn = [chart for chart in make().charts if chart.id == "options-purposes"]

    assert [(chart.title, chart.alt) for chart in drawn] == [
        (
            "Izbrano ob zaključku: raba računalnika",
            "iskanje informacij: 7 od 20, na začetku: 45\u00a0%. pogovori z bližnjimi: 7 od 20, na začetku: 40\u00a0%.",
        )
    ]


def test_only_who_was_asked_and_answered_both_times_counts(new_group, make):
    group = new_group(SLUG)
    come(group, PEOPLE)
    come(group, [((MAIL,),)] * 7, waves=("before",))
    one = group.enrols()
    group.answers(one, "before", purposes=NonAnswer.NOT_ASKED)
    group.answers(one, "after", purposes=mask([MAIL]))
    figures = make(k=1).figures

    assert (figures["purposes.before.1"].value, figures["purposes.before.1"].n) == (0.35, 20)


def test_too_few_pairs_are_told_as_too_few(new_group, make):
    come(new_group(SLUG), PEOPLE[:4])
    table = told(make())

    assert (table.rows, table.caption) == ((), texts.TOO_FEW)
    assert [chart.id for chart in make().charts] == ["funnel"]


@pytest.fixture
def followed(programmes):
    """The programme with the same question in the follow-up, too."""
    one = programmes[SLUG]
    asked = next(form for form in one.questionnaires if form.id == "after").item("purposes")
    forms = [
        form.model_copy(update={"items": (*form.items, asked)}) if form.id == "followup" else form
        for form in one.questionnaires
    ]
    return one.model_copy(update={"questionnaires": tuple(forms)})


def test_the_follow_up_tells_differences_but_no_second_baseline(new_group, make, followed):
    come(new_group(SLUG), [(*both, both[1]) for both in PEOPLE], waves=("before", "after", "followup"))
    report = make(programme=followed)
    table = told(report, "later")

    assert table.columns == ("Odgovor", "Razlika (odstotne točke)")
    assert table.caption.endswith("z odgovorom na začetku in v merjenju »spremljanje«; možnih je več odgovorov")
    assert lines(table)[:3] == [
        ["e-pošta", texts.HIDDEN],
        ["iskanje informacij", "−10"],
        ["pogovori z bližnjimi", "−5"],
    ]
    assert [id_ for id_ in report.figures if id_.startswith("purposes.followup")] == [
        f"purposes.followup.difference.{code}" for code in range(1, 8)
    ]


def test_every_share_and_difference_can_be_computed_again_from_its_rows(new_group, make, followed, memory):
    come(new_group(SLUG), [(*both, both[1]) for both in PEOPLE], waves=("before", "after", "followup"))
    report = make(programme=followed)
    shown = [one for one in report.figures.values() if one.id.startswith("purposes") and one.value is not None]

    assert len(shown) == 2 * 2 + 2
    for figure in shown:
        found = explain(memory, {SLUG: followed}, report, figure.id, NOW)
        rows = found.rows
        again = (
            sum(row["counts"] for row in rows) / len(rows)
            if figure.unit == "share"
            else 100 * sum(row["difference"] for row in rows) / len(rows)
        )
        assert (found.note, len(rows), again) == ("", figure.n, pytest.approx(figure.value)), figure.id
        assert found.formula.words.startswith(("Ljudje, ki so ta odgovor", "Delež ljudi, ki so ta odgovor"))


def test_an_erased_person_leaves_no_trace_in_the_next_report(new_group, make, memory):
    group = new_group(SLUG)
    people = come(group, PEOPLE)
    first = make()
    assert publish(memory, first, NOW, CELLS)
    group.becomes(people[0], EnrolmentState.ERASED)
    second = make(now=NOW + 7 * DAY)

    assert lines(told(second)) == lines(told(first))
    assert told(second).caption.endswith(", stanje 20.\u00a012.\u00a02026")


NEWCOMERS = [((SEARCH,), (MAIL,)), ((SEARCH, TALK), (TALK,)), ((TALK,), (SEARCH,)), ((MAIL,), (SEARCH,))]


@pytest.mark.parametrize("last", [((MAIL,), (MAIL,)), ((SEARCH,), (SEARCH, TALK))])
def test_newcomers_of_whom_some_chose_each_shown_option_are_told(new_group, make, memory, last):
    group = new_group(SLUG)
    come(group, PEOPLE)
    assert publish(memory, make(), NOW, CELLS)
    come(group, [*NEWCOMERS, last])

    assert make(now=NOW + 7 * DAY).figures["purposes.before.2"].n == 25


@pytest.mark.parametrize(
    "newcomers",
    [
        [((SEARCH,), (TALK,)), ((SEARCH, TALK), (SEARCH,)), *[((SEARCH,), (MAIL,))] * 3],  # all searched at the start
        [((SEARCH,), (TALK,)), ((TALK,), (TALK, MAIL)), *[((TALK,), (MAIL,))] * 3],  # nobody searches at the end
    ],
)
def test_newcomers_who_are_all_alike_in_a_shown_option_are_not_told(new_group, make, memory, newcomers):
    group = new_group(SLUG)
    come(group, PEOPLE)
    assert publish(memory, make(), NOW, CELLS)
    come(group, newcomers)

    assert make(now=NOW + 7 * DAY).figures["purposes.before.2"].n == 20


def test_shares_of_one_wave_follow_the_same_rule(new_group, memory, make, programmes):
    whole = programmes[SLUG]
    forms = [
        form.model_copy(update={"items": tuple(item for item in form.items if item.id != "purposes")})
        if form.id == "before"
        else form
        for form in whole.questionnaires
    ]
    once = whole.model_copy(update={"questionnaires": tuple(forms)})
    group = new_group(SLUG)
    come(group, [((MAIL,),)] * 8 + [((SEARCH,),)] * 8, waves=("after",))
    first = make(programme=once)
    assert first.figures["purposes.after.1"].value == 0.5
    assert publish(memory, first, NOW, CELLS)
    come(group, [((MAIL,),)] * 5, waves=("after",))

    assert make(now=NOW + 7 * DAY, programme=once).figures["purposes.after.1"].n == 16


def test_every_format_holds_the_table(new_group, make):
    come(new_group(SLUG), PEOPLE)
    report = make()
    page = re.sub(r"<[^>]*>", " ", as_html(report))

    assert "10\u00a0odstotnih točk manj" in page
    assert "10\u00a0odstotnih točk manj" in as_text(report)
    assert '"purposes.before.2"' in as_json(report)
    assert as_pdf(report).startswith(b"%PDF")
    assert as_png(report).startswith(b"\x89PNG")
    assert as_xlsx(report).startswith(b"PK")


@pytest.mark.parametrize(
    ("points", "equal", "said"),
    [
        (1, False, "1\u00a0odstotna točka več"),
        (-2, False, "2\u00a0odstotni točki manj"),
        (3, False, "3\u00a0odstotne točke več"),
        (-45, False, "45\u00a0odstotnih točk manj"),
        (0, True, "brez razlike"),
        (0, False, "skoraj brez razlike"),
    ],
)
def test_a_difference_is_said_in_words(points, equal, said):
    assert words.more_or_less(points, equal=equal) == said


def test_half_a_point_is_rounded_away_from_zero_where_the_shares_are_not_told():
    numbers = {"before.1": Number(100.0, 200), "after.1": Number(99.0, 200)}
    one = Option(SLUG, None, 1, "e-pošta", "followup", Release(numbers, "", fresh=True))

    assert one.points == -1
    assert replace(one, release=Release({**numbers, "after.1": Number(101.0, 200)}, "", fresh=True)).points == 1


def test_the_difference_is_that_of_the_shares_that_stand_beside_it():
    """5 and 7 of 21 are told as 24 % and 33 %: nine points, though ten would be nearer."""
    release = Release({"before.1": Number(5.0, 21), "after.1": Number(7.0, 21)}, "", fresh=True)
    told = {wave: Option(SLUG, None, 1, "e-pošta", wave, release).points for wave in ("after", "followup")}

    assert told == {"after": 9, "followup": 10}  # in the follow-up no share stands beside it
