"""What is behind a figure: every one that has a source can be computed again from the rows that explain it."""

from collections.abc import Callable
from datetime import date, datetime, timedelta

import pytest
from plugins.respondents import DAY, END, OPENS, open_text
from sqlalchemy import select

from reports import texts
from reports.behind.explain import UnknownFigureError, explain
from reports.disclosure import rounding
from reports.disclosure.publishing import publish
from reports.disclosure.suppression import Cells
from reports.formulas.statistics import mean_difference, paired_change, summary
from reports.kinds.compare import compare
from reports.kinds.country import country
from reports.kinds.impact import impact
from reports.kinds.library import library
from reports.kinds.mayor import mayor
from reports.kinds.national import national
from reports.kinds.weekly import weekly
from reports.report import Figure
from reports.texts import formulas
from reports.texts.formulas import FORMULAS
from storage import schema
from storage.schema import EnrolmentState, OccasionState
from surveys.model import Mode, NonAnswer, ReportedMode

SLUG = "kamnik-slovenscina"
NOW = datetime.combine(END, datetime.min.time(), OPENS["after"].tzinfo) + timedelta(days=100)
CELLS = Cells()


@pytest.fixture
def crowd(new_group):
    """Two groups of thirty: most answered twice, some later, some not again, by every hand."""
    groups = [new_group(SLUG), new_group(SLUG, start=date(2026, 8, 17))]
    for number in range(30):
        group = groups[number % 2]
        one = group.enrols()
        mode = list(Mode)[number % 3]
        core = {"loneliness": 1 + number % 4, "belonging": 1 + number % 5}
        group.answers(one, "before", mode, primary=1 + number % 4, **core)
        if number % 5:
            after = {"loneliness": 1 + number % 3, "learned": 1 + number % 4}
            group.answers(one, "after", mode, primary=2 + number * 7 % 11 % 4, **after)
            group.answers(one, "followup", primary=1 + number % 5, used=number % 3)
        else:
            group.asks(one, "after")
    for state in (EnrolmentState.INVITED, EnrolmentState.DECLINED):
        groups[0].enrols(state)
    waiting = groups[0].enrols(chat=False)
    groups[0].asks(waiting, "followup", OccasionState.OPEN, NOW - DAY)
    groups[0].answers(groups[0].enrols(), "before", primary=NonAnswer.REFUSED)
    return groups[0]


class Reports(dict):
    """A report of each kind, by its kind; made when it is asked for."""

    def __init__(self, **makers):
        super().__init__()
        self._makers = makers

    def __missing__(self, kind):
        self[kind] = self._makers[kind]()
        return self[kind]

    def all(self):
        return [self[kind] for kind in self._makers]


@pytest.fixture
def reports(crowd, memory, programmes):
    one, every = programmes[SLUG], list(programmes.values())
    return Reports(
        weekly=lambda: weekly(memory, one, "2026-W36", NOW, CELLS, open_text),
        library=lambda: library(memory, [one], "2026-W36", NOW, CELLS),
        country=lambda: country(memory, every, "2026-09", NOW, CELLS),
        impact=lambda: impact(memory, one, NOW, CELLS, open_text),
        compare=lambda: compare(memory, one, crowd.cohort + 1, NOW, CELLS),
        mayor=lambda: mayor(memory, [one], NOW, CELLS, open_text),
        national=lambda: national(memory, every, NOW, CELLS, open_text),
    )


@pytest.fixture
def behind(memory, programmes):
    return lambda report, figure, now=NOW: explain(memory, programmes, report, figure, now)


def share(rows):
    return sum(row["counts"] for row in rows) / len(rows)


def change(rows):
    return paired_change([row["before"] for row in rows], [row["after"] for row in rows])


def counted(rows):
    return sum(row.get("counts", True) for row in rows)


def difference(rows):
    stayed, gone = ([row["before"] for row in rows if row["group"] == group] for group in ("stayed", "gone"))
    return mean_difference(summary(stayed), summary(gone)).difference


def tipping(rows):
    stayed = [row for row in rows if row["group"] == "stayed"]
    found = change(stayed)
    told = rounding.difference(found.mean_before, found.mean_after)
    return -told * len(stayed) / (len(rows) - len(stayed))


OVER_OTHERS = ("mean_difference", "tipping_point")  # of people, and of those beside them
AGAIN: dict[str, Callable] = {
    "count": counted,
    "rate": share,
    "rate_before": share,
    "consent_rate": share,
    "share": share,
    "improved_share": share,
    "pairs": len,
    "mean_before": lambda rows: change(rows).mean_before,
    "mean_after": lambda rows: change(rows).mean_after,
    "mean_change": lambda rows: change(rows).change,
    "g_av": lambda rows: change(rows).g_av,
    "baseline": lambda rows: summary([row["before"] for row in rows]).mean,
    "mean_difference": difference,
    "tipping_point": tipping,
}


@pytest.mark.parametrize(("kind", "least"), [("weekly", 20), ("impact", 30), ("library", 8), ("country", 40)])
def test_every_figure_can_be_computed_again_from_its_rows(reports, behind, kind, least):
    report = reports[kind]
    sourced = [figure for figure in report.figures.values() if figure.source is not None and figure.value is not None]
    assert len(sourced) > least
    for figure in sourced:
        found = behind(report, figure.id)
        assert found.note == "", figure.id
        again = AGAIN.get(figure.source.formula, counted)(found.rows)
        assert Figure("", "", again, unit=figure.unit, decimals=figure.decimals).value == figure.value, figure.id
        assert figure.n in {None, len(found.rows)} or figure.source.formula in OVER_OTHERS, figure.id


def test_every_figure_of_a_report_of_change_and_of_work_has_a_source(reports):
    kinds = ("weekly", "impact", "library", "country")
    bare = [figure.id for kind in kinds for figure in reports[kind].figures.values() if figure.source is None]
    assert bare == []


def test_the_people_whom_the_national_report_counts_stand_behind_their_number(reports, behind):
    for id_ in ("enrolled", "ended", "twice", "improved_share"):
        figure = reports["national"].figures[id_]
        rows = behind(reports["national"], id_).rows
        assert len(rows) == (figure.n or figure.value), id_


def test_every_source_has_a_formula_in_words(reports):
    used = {figure.source.formula for one in reports.all() for figure in one.figures.values() if figure.source}
    directions = {"worse", "same", "improved"}
    assert {key for key in used if key not in FORMULAS and not set(key.split("_")) <= directions} == set()


def test_every_column_has_a_word(reports, behind):
    for report in reports.all():
        for figure in report.figures.values():
            found = behind(report, figure.id)
            assert {name for row in found.rows for name in row} == set(found.columns)


def test_a_suppressed_figure_says_why_and_has_no_rows(new_group, memory, programmes, behind):
    group = new_group(SLUG)
    group.changes([(1, 2), (2, 2), (3, 5)])
    group.changes([(1, 2), (2, 2), (3, 5), (2, 4), (4, 3), (1, 1), (3, 4)], item="belonging")
    report = impact(memory, programmes[SLUG], NOW, CELLS, open_text)
    found = behind(report, "primary.change")
    assert (found.rows, found.as_of) == ((), None)
    assert found.note == formulas.suppressed(texts.TOO_FEW)


def test_a_repeated_figure_is_explained_as_of_its_day(crowd, memory, programmes, behind):
    earlier = impact(memory, programmes[SLUG], NOW, CELLS, open_text)
    assert publish(memory, earlier, NOW, CELLS)
    later = NOW + 3 * DAY
    late = crowd.enrols()
    for wave, value in (("before", 1), ("after", 5)):
        crowd.answers(late, wave, finished=later - DAY, primary=value)
    report = impact(memory, programmes[SLUG], later, CELLS, open_text)
    assert report.figures["headline.change"].value == earlier.figures["headline.change"].value
    for figure in ("headline.change", "primary.n", "primary.improved_share"):
        found = behind(report, figure, later)
        assert (found.as_of, len(found.rows)) == (NOW.date(), 24)
        assert found.note == formulas.repeated("6.\u00a012.\u00a02026")


def test_rows_that_are_no_longer_those_of_a_figure_say_so(crowd, memory, behind, reports):
    gone = behind(reports["impact"], "headline.change").rows[0]["code"]
    enrolment = memory.scalar(
        select(schema.enrolment.c.id).join(schema.participant).where(schema.participant.c.code == gone)
    )
    crowd.becomes(enrolment, EnrolmentState.ERASED)
    found = behind(reports["impact"], "headline.change")
    assert (len(found.rows), found.note) == (23, formulas.changed_since(23, 24))


def test_scores_are_turned_where_less_is_better(memory, behind, reports):
    rows = {row["code"]: row for row in behind(reports["impact"], "loneliness.change").rows}
    wanted = select(schema.participant.c.code, schema.occasion.c.wave, schema.answer.c.value)
    stored = memory.execute(
        wanted.join_from(schema.answer, schema.run)
        .join(schema.occasion)
        .join(schema.enrolment)
        .join(schema.participant)
        .where(schema.answer.c.item == "loneliness", schema.occasion.c.wave.in_(("before", "after")))
    )
    told = {(code, wave): value for code, wave, value in stored}
    assert {code: (6 - row["before"], 6 - row["after"]) for code, row in rows.items()} == {
        code: (told[code, "before"], told[code, "after"]) for code in rows
    }


def test_a_comparison_is_explained_group_by_group(memory, crowd, new_group, programmes, behind):
    last = new_group(SLUG, start=END + 30 * DAY)
    last.changes([(number % 3, number * 7 % 5) for number in range(1, 13)])
    report = compare(memory, programmes[SLUG], last.cohort, NOW, CELLS)
    assert len(behind(report, "compare.change").rows) == 12
    assert len(behind(report, "before.response.this").rows) == 12
    assert len(behind(report, "before.response.earlier").rows) == 31


def test_a_figure_over_several_programmes_names_them(crowd, new_group, memory, programmes, behind):
    new_group("brezice-racunalnik").changes([(1, 2)] * 12)
    report = national(memory, list(programmes.values()), NOW, CELLS, open_text)
    rows = behind(report, "flow.after").rows
    assert {row["programme"] for row in rows} == {SLUG, "brezice-racunalnik"}
    assert len(rows) == report.figures["flow.after"].value


def test_a_figure_over_some_programmes_has_no_rows_of_the_others(crowd, new_group, memory, programmes, behind):
    new_group("brezice-racunalnik").changes([(1, 2)] * 12)  # of all of them the answer is higher, which is not told
    report = national(memory, list(programmes.values()), NOW, CELLS, open_text)
    share = report.figures["improved_share"]
    found = behind(report, "improved_share")
    assert share.source.programmes == (SLUG,)
    assert (len(found.rows), found.note) == (share.n, "")


def test_a_figure_that_counts_no_people_says_so(reports, behind):
    found = behind(reports["national"], "programmes")
    assert (found.rows, found.note) == ((), formulas.NO_ROWS)


@pytest.mark.parametrize(
    ("asked", "near"),
    [
        ("primary.chang", ("primary.change",)),
        ("g_av", ("primary.g_av",)),
        ("§§§", ()),
    ],
)
def test_an_unknown_figure_names_those_like_it(reports, behind, asked, near):
    with pytest.raises(UnknownFigureError) as unknown:
        behind(reports["impact"], asked)
    assert unknown.value.near[: len(near)] == near
    assert bool(unknown.value.near) is bool(near)


def test_every_code_that_stands_in_a_row_has_words():
    states = {*EnrolmentState, *OccasionState, *ReportedMode} - {EnrolmentState.ERASED}

    assert set(formulas.WORDS) == {"stayed", "gone", "taking_part", "waiting", *states}
