"""Decimals and dates in every format: as they were meant, beside the non-answers of their column."""

import csv
import io
from datetime import date

import openpyxl
import pyreadstat
import pytest
from plugins.authored import asking
from plugins.exporting import made
from plugins.respondents import grouper

from reports.data.indicators import indicators
from surveys.epoch import days_since
from surveys.model import NonAnswer
from tests.bot.participant.test_authored_questions import QUANTITIES
from tests.reports.export.test_ddi import problems, said, schema, variable  # noqa: F401 - a fixture

SLUG = "brezice-racunalnik"
DAY = date(1969, 9, 25)  # stored as -98, which is no non-answer


@pytest.fixture
def group(memory, programmes, tmp_path):
    """Somebody who answered all, and somebody who did not know."""
    added = grouper(memory, {SLUG: asking(programmes[SLUG], tmp_path, QUANTITIES)})(SLUG)
    first = {"hours": 25, "since": days_since(DAY), "born": days_since(date(1947, 1, 1)), "books": 12000}
    added.answers(added.enrols(), "before", primary=1, **first)
    unknown = NonAnswer.DONT_KNOW
    added.answers(added.enrols(), "before", primary=1, hours=unknown, since=unknown, born=-1, books=-5)
    return added


def table(data, **how):
    rows = list(csv.DictReader(io.StringIO(data.decode("utf-8-sig")), **how))
    return [[row[f"{name}_t0"] for name in ("hours", "since", "born", "books")] for row in rows]


def test_csv_writes_what_was_meant(group):
    assert table(made(group, "csv", plain=True)["siroko.csv"]) == [
        ["2.5", "1969-09-25", "1947-01-01", "12000"],
        ["-99", "-99", "1969-12-31", "-5"],
    ]
    assert table(made(group, "csv")["siroko.csv"], delimiter=";")[0] == ["2,5", "1969-09-25", "1947-01-01", "12000"]
    long = list(csv.DictReader(io.StringIO(made(group, "csv", plain=True)["dolgo.csv"].decode())))
    assert [(row["item"], row["value"], row["label"]) for row in long[1:4]] == [
        ("hours", "2.5", ""),
        ("since", "-98", "1969-09-25"),
        ("born", str(days_since(date(1947, 1, 1))), "1947-01-01"),
    ]


def test_a_workbook_holds_numbers_and_dates(group):
    sheet = openpyxl.load_workbook(io.BytesIO(made(group, "xlsx")[".xlsx"])).worksheets[0]
    rows = list(sheet.iter_rows(values_only=True))
    at = [rows[0].index(f"{name}_t0") for name in ("hours", "since")]
    hours, since = (rows[1][place] for place in at)
    assert (hours, since.date()) == (2.5, DAY)
    assert [rows[2][place] for place in at] == [-99, -99]


def test_spss_reads_them_with_non_answers_as_missing(group, tmp_path):
    path = tmp_path / "data.sav"
    path.write_bytes(made(group, "sav")[".sav"])
    frame, meta = pyreadstat.read_sav(path)
    assert frame["hours_t0"].tolist()[0] == 2.5
    assert frame["since_t0"].tolist()[0] == DAY
    assert frame[["hours_t0", "since_t0"]].isna().to_numpy().tolist() == [[False, False], [True, True]]
    assert meta.original_variable_types["hours_t0"] == "F9.1"


def test_codebooks_say_what_may_be_answered(group, schema):  # noqa: F811
    found = made(group, "csv")
    codebook = found["sifrant.md"].decode().replace("\xa0", " ")
    for words in (
        "število z največ 1 decimalko od 0,5 (ur)",
        "do 31. 12. 2026",
        "samo leto, kot prvi dan v letu",
        "- Odgovori: celo število\n",
    ):
        assert words in codebook
    assert problems(schema, found["ddi.xml"]) == []
    hours = variable(found["ddi.xml"], "hours_t0")
    assert said(hours, "d:valrng/d:range/@min") == ["0.5"]
    assert said(hours, "d:valrng/d:range/@UNITS") == ["REAL"]
    assert said(variable(found["ddi.xml"], "since_t0"), "d:qstn/@responseDomainType") == ["datetime"]


def test_reports_reckon_only_with_whole_numbers_within_limits(group):
    found = {one.id: one.measures_change for one in indicators(group.programme)}
    assert {name: found.get(name) for name in ("primary", "hours", "since", "books")} == {
        "primary": True,
        "hours": False,
        "since": None,
        "books": False,
    }
