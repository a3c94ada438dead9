"""Those who volunteer in a programme: a section of their own, by the same rules, beside that of the participants."""

import math
import re
from datetime import UTC, datetime
from statistics import fmean, stdev

import pytest
from plugins.respondents import DAY, open_text

from reports import texts
from reports.behind.explain import explain
from reports.disclosure.publishing import publish
from reports.disclosure.suppression import Cells
from reports.kinds.impact import impact
from reports.render.html import as_html
from reports.render.json import as_json
from reports.render.pdf import as_pdf
from reports.render.text import as_text
from reports.render.xlsx import as_xlsx
from reports.report import Paragraph, Table
from storage.schema import EnrolmentState
from surveys.locale_sl import rounded

SLUG = "ljutomer-branje"
NOW = datetime(2026, 12, 20, 12, tzinfo=UTC)
CELLS = Cells()
T_11 = 2.2009851601  # 97.5 % quantile of Student's t with 11 degrees of freedom
TIES = [(0, 2), (1, 4), (2, 2), (3, 9), (0, 1), (1, 0), (2, 5), (4, 4), (6, 9), (0, 3), (1, 1), (2, 7)]
RESIDENTS = [(1, 3), (2, 3), (2, 4), (3, 3), (3, 5), (2, 2), (1, 2), (4, 3), (3, 4), (2, 5)] * 2


@pytest.fixture
def make(memory, programmes):
    """Makes the report at a moment."""

    def made(now=NOW, k=5, programme=programmes[SLUG]):
        return impact(memory, programme, now, Cells(k, 10), open_text)

    return made


@pytest.fixture
def volunteers(new_group):
    return new_group(SLUG, "volunteers")


def read_aloud(group, pairs, item="volunteer_ties", **after):
    found = []
    for first, second in pairs:
        one = group.enrols()
        group.answers(one, "volunteer_before", **{item: first})
        group.answers(one, "volunteer_after", **{item: second}, **after)
        found.append(one)
    return found


def section(report, id_="volunteers"):
    return next((one for one in report.sections if one.id == id_), None)


def words(report):
    return [block.text for block in section(report).blocks if isinstance(block, Paragraph)]


def titles(report):
    return [block.title for block in section(report).blocks if isinstance(block, Table)]


def test_the_change_of_volunteers_is_told_under_a_heading_of_their_own(volunteers, make):
    read_aloud(volunteers, TIES)
    report = make(k=1)
    figures = report.figures
    differences = [after - before for before, after in TIES]
    half = T_11 * stdev(differences) / math.sqrt(12)

    assert section(report).title == "Prostovoljstvo"
    assert figures["volunteers.volunteer_ties.n"].value == 12
    assert figures["volunteers.volunteer_ties.volunteer_before"].value == rounded(fmean(one for one, _ in TIES), 1)
    assert figures["volunteers.volunteer_ties.volunteer_after"].value == rounded(fmean(one for _, one in TIES), 1)
    assert figures["volunteers.volunteer_ties.change"].value == rounded(fmean(differences), 1)
    assert figures["volunteers.volunteer_ties.change"].low == rounded(fmean(differences) - half, 1)
    assert figures["volunteers.volunteer_ties.change"].label == "prostovoljstvo: poznanstva: Sprememba"


def test_what_volunteers_are_asked_once_is_told_as_shares(volunteers, make):
    for again in [3] * 7 + [2] * 5:
        volunteers.answers(volunteers.enrols(), "volunteer_after", volunteer_again=again)
    figures = make().figures

    shares = {id_: one.value for id_, one in figures.items() if id_.startswith("volunteers.volunteer_again.")}
    assert shares == {
        "volunteers.volunteer_again.volunteer_after.3": 0.58,
        "volunteers.volunteer_again.volunteer_after.1_2": 0.42,
    }


def test_the_flow_of_volunteers_has_their_waves(volunteers, make):
    read_aloud(volunteers, TIES[:6])
    volunteers.answers(volunteers.enrols(), "volunteer_before", volunteer_ties=1)
    volunteers.enrols(EnrolmentState.INVITED)
    figures = make().figures

    assert [figures[f"volunteers.flow.{step}"].value for step in ("enrolled", "consented")] == [8, 7]
    assert [figures[f"volunteers.flow.volunteer_{wave}"].value for wave in ("before", "after")] == [7, 6]
    assert figures["volunteers.response.consented"].value == 1.0
    assert figures["volunteers.open.consented"].value == 1
    assert figures["volunteers.response.volunteer_after"].value == 1.0
    assert not [id_ for id_ in figures if id_.startswith("volunteers.") and "followup" in id_]


def test_the_sections_of_participants_stay_as_they_were(new_group, volunteers, make):
    new_group(SLUG).changes(RESIDENTS)
    without = make()
    assert section(without) is None
    read_aloud(volunteers, TIES)
    with_them = make()

    assert [one for one in with_them.sections if one.id != "volunteers"] == list(without.sections)
    assert [one.id for one in with_them.sections].index("volunteers") == [one.id for one in with_them.sections].index(
        "flow"
    ) + 1


def test_few_volunteers_are_counted_but_nothing_of_their_answers_is_told(volunteers, make):
    read_aloud(volunteers, TIES[:4], volunteer_again=3)
    report = make()
    told = {id_ for id_, one in report.figures.items() if id_.startswith("volunteers.") and one.value is not None}

    assert {id_.split(".")[1] for id_ in told} == {"flow", "eligible", "responded", "early", "open"}
    assert words(report) == [texts.NO_CHANGES, texts.NO_OTHER_SHARES]
    assert titles(report) == [""]


def test_the_same_answer_of_all_volunteers_is_hidden(volunteers, make):
    read_aloud(volunteers, [(1, 5), (2, 5), (3, 5), (1, 5), (2, 5), (4, 5)])
    report = make()

    assert words(report)[0] == texts.HIDDEN_CHANGES
    assert "volunteers.volunteer_ties.change" not in report.figures


def test_an_erased_volunteer_leaves_no_trace_and_the_report_says_since_when_its_numbers_stand(volunteers, make, memory):
    people = read_aloud(volunteers, TIES)
    first = make()
    assert publish(memory, first, NOW, CELLS)
    volunteers.becomes(people[0], EnrolmentState.ERASED)
    second = make(now=NOW + 7 * DAY)
    change = "volunteers.volunteer_ties.change"

    assert second.figures[change].value == first.figures[change].value
    assert second.figures["volunteers.volunteer_ties.n"].note == "stanje 20.\u00a012.\u00a02026"
    assert texts.repeated((NOW.date(),), 5) in [block.text for block in section(second, "method").blocks]


def test_k_more_volunteers_are_told_with_new_numbers(volunteers, make, memory):
    read_aloud(volunteers, TIES)
    assert publish(memory, make(), NOW, CELLS)
    read_aloud(volunteers, [(1, 2), (3, 3), (0, 4), (2, 1), (5, 8)])

    assert make(now=NOW + 7 * DAY).figures["volunteers.volunteer_ties.n"].value == 17


@pytest.fixture
def alike(programmes):
    """The programme with the residents' questions for those who volunteer, too."""
    one = programmes[SLUG]
    waves = [
        wave.model_copy(update={"questionnaire": wave.questionnaire.removeprefix("volunteer_")}) for wave in one.waves
    ]
    return one.model_copy(update={"waves": tuple(waves)})


def test_the_same_item_of_two_audiences_is_remembered_apart(new_group, volunteers, make, memory, alike):
    residents = new_group(SLUG)
    residents.changes(RESIDENTS)
    read_aloud(volunteers, [(2, 3), (1, 4), (3, 3), (4, 2), (2, 5), (1, 1)], item="primary")
    first = make(programme=alike)
    assert publish(memory, first, NOW, CELLS)
    residents.changes([(1, 5)])
    second = make(now=NOW + 7 * DAY, programme=alike)

    assert len({one.figure for one in first.published}) == len(first.published)
    for report in (first, second):
        assert (report.figures["primary.n"].value, report.figures["volunteers.primary.n"].value) == (20, 6)
        assert (report.figures["primary.change"].value, report.figures["volunteers.primary.change"].value) == (1.1, 0.8)


def test_a_single_wave_of_an_audience_is_told_as_shares(volunteers, make, programmes):
    one = programmes[SLUG]
    only = one.model_copy(update={"waves": tuple(wave for wave in one.waves if wave.id != "volunteer_after")})
    for joy in [3] * 6 + [5] * 6:
        volunteers.answers(volunteers.enrols(), "volunteer_before", volunteer_joy=joy)
    figures = make(programme=only).figures

    shares = [one.value for id_, one in figures.items() if id_.startswith("volunteers.volunteer_joy.volunteer_before.")]
    assert shares == [0.5, 0.5]
    assert figures["volunteers.flow.volunteer_before"].value == 12


def test_every_figure_of_volunteers_is_explained_by_their_rows_alone(new_group, volunteers, make, memory, programmes):
    new_group(SLUG).changes(RESIDENTS)
    read_aloud(volunteers, TIES, volunteer_again=3)
    report = make(k=1)
    shown = [one for id_, one in report.figures.items() if id_.startswith("volunteers.") and one.value]
    codes = {row["code"] for row in explain(memory, programmes, report, "volunteers.flow.enrolled", NOW).rows}

    assert (len(shown) > 10, len(codes)) == (True, 12)
    for figure in shown:
        found = explain(memory, programmes, report, figure.id, NOW)
        assert (found.note, len(found.rows)) == ("", 12), figure.id
        assert {row["code"] for row in found.rows} == codes, figure.id
    response = explain(memory, programmes, report, "volunteers.response.volunteer_after", NOW)
    assert [row["counts"] for row in response.rows] == [True] * 12


def test_every_format_holds_the_section(volunteers, make):
    read_aloud(volunteers, TIES)
    report = make()
    page = as_html(report)
    ids = re.findall(r' id="([^"]+)"', page)

    assert ">Prostovoljstvo</h2>" in page
    assert len(ids) == len(set(ids))
    assert "<b>Prostovoljstvo</b>" in as_text(report)
    assert '"volunteers.volunteer_ties.change"' in as_json(report)
    assert as_pdf(report).startswith(b"%PDF")
    assert as_xlsx(report).startswith(b"PK")
