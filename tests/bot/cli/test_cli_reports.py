"""Reports and exports on the command line: every kind in every form, explained, and where they are written."""

import json
import stat
import sys
from datetime import UTC, datetime

import openpyxl
import pypdf
import pyreadstat
import pytest
from sqlalchemy import insert, select

from bot.cli.data_parser import REPORT_FORMATS
from bot.simulator.media import picture_size
from reports.render.raster import size
from reports.texts import DEMO
from reports.texts.export import MADE_UP_ALL
from storage import demonstration, schema
from storage.schema import EnrolmentState, OccasionState
from tests.bot.conftest import AUTUMN

SLUG = "brezice-racunalnik"
THEN = datetime(2026, 10, 5, 8, 0, tzinfo=UTC)
OF = {
    "weekly": ("--programme", SLUG),
    "library": ("--library", "BRE"),
    "impact": ("--programme", SLUG),
    "compare": ("--cohort", "Jesen"),
    "mayor": ("--library", "BRE"),
    "national": (),
    "country": ("--month", "2026-10"),
}
BEGINS = {
    "text": b"",
    "html": b"<!doctype html>",
    "pdf": b"%PDF-",
    "xlsx": b"PK",
    "json": b"{",
    "png": b"\x89PNG",
}


@pytest.fixture
def crowd(operator, group):
    """Twelve people who answered at the start and at the end, some higher, some lower."""
    services = operator.services
    programme = services.programmes[SLUG]

    def fill(connection):
        begun = connection.scalar(select(schema.cohort.c.created_at))
        for number in range(12):
            code = f"BRE-{'ABCDEFGHJKLM'[number]}2222"
            person = add(connection, schema.participant, code=code, created_at=begun)
            place = add(connection, schema.enrolment, participant=person, cohort=group, state=EnrolmentState.ACTIVE,
                        enrolled_at=begun, joined_at=begun)  # fmt: skip
            for wave, value in (("before", 1 + number % 3), ("after", 2 + number % 4)):
                asked = programme.questionnaire(programme.wave(wave))
                occasion = add(connection, schema.occasion, enrolment=place, wave=wave, opens_at=begun,
                               closes_at=begun, state=OccasionState.COMPLETE)  # fmt: skip
                run = add(connection, schema.run, occasion=occasion, questionnaire=asked.hash, mode="self",
                          started_at=begun, finished_at=begun)  # fmt: skip
                add(connection, schema.answer, run=run, item="primary", value=value, answered_at=begun)

    services.database.write_now(fill)
    return operator


def add(connection, table, **values):
    return connection.execute(insert(table), values).inserted_primary_key[0]


@pytest.mark.parametrize("kind", OF)
def test_a_report_of_each_kind_is_written_in_each_form(crowd, kind):
    for form in REPORT_FORMATS:
        crowd.types("report", kind, *OF[kind], "--format", form, "--out", f"r.{form}")
        written = crowd.folder / f"r.{form}"
        assert written.read_bytes().startswith(BEGINS[form])
        assert stat.S_IMODE(written.stat().st_mode) == 0o600
    assert json.loads((crowd.folder / "r.json").read_bytes())["kind"] == kind
    assert "<" not in (crowd.folder / "r.text").read_text(encoding="utf-8")
    assert [file.name for file in crowd.folder.glob("*.unfinished")] == []


def test_the_page_for_the_mayor_is_a_slide_too_and_no_other_report_is(crowd):
    crowd.types("report", "mayor", *OF["mayor"], "--format", "slide", "--out", "slide.png")
    assert size((crowd.folder / "slide.png").read_bytes()) == (1920, 1080)
    with pytest.raises(SystemExit):
        crowd.types("report", "impact", *OF["impact"], "--format", "slide", "--out", "slide.png")


def test_a_week_of_a_library_is_its_own_kind(operator, group):
    report = operator.gets("report", "weekly", "--library", "BRE", "--week", "2026-W40", "--format", "json")
    assert (report["kind"], report["subject"], report["period"]) == ("library", "BRE", "2026-W40")


def test_all_libraries_are_told_of_by_week_and_by_month(operator, group):
    for given, period in ((("--month", "2026-10"), "2026-10"), (("--week", "2026-W40"), "2026-W40")):
        report = operator.gets("report", "country", *given, "--format", "json")
        assert (report["kind"], report["subject"], report["period"]) == ("country", "national", period)


def test_what_cannot_be_written_leaves_nothing_behind(operator, group):
    (operator.folder / "folder").mkdir()
    for target in ("folder", "config.toml/x.txt"):
        told = operator.is_told("report", "weekly", "--programme", SLUG, "--out", target)
        assert told.startswith(f"{target} cannot be written: ")
    assert list(operator.folder.rglob("*.unfinished")) == []


@pytest.mark.parametrize("week", ["2026-W99", "2999-W01", "0001-W01", "2098-W01"])
def test_a_week_that_is_not_there_is_a_sentence(operator, group, week):
    told = operator.is_told("report", "weekly", "--programme", SLUG, "--week", week)
    assert told.startswith("This report cannot be made: ")


@pytest.mark.parametrize("month", ["2026-13", "2999-01", "0001-01", "2098-01"])
def test_a_month_that_is_not_there_is_a_sentence(operator, group, month):
    assert operator.is_told("report", "country", "--month", month).startswith("This report cannot be made: ")


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("impact",), "Say of which programme with --programme; there are: "),
        (("impact", "--programme", "bled"), "There is no programme bled; there are: "),
        (("mayor",), "Say which library with --library; there are: BRE (Knjižnica Brežice), "),
        (("library", "--library", "BLE"), "There is no library BLE; there are: "),
        (("weekly", "--library", "BRE", "--programme", SLUG), "Name a programme or a library, not both."),
        (("compare", "--cohort", "77"), "There is no cohort 77; see: povezujejo cohort list."),
        (
            ("compare", "--cohort", "1", "--programme", "kamnik-slovenscina"),
            "»Jesen« is a group of brezice-racunalnik, not of kamnik-slovenscina.",
        ),
        (
            ("impact", "--programme", SLUG, "--explain", "x", "--format", "pdf"),
            "Explanations are written as text or js",
        ),
        (
            ("impact", "--programme", SLUG, "--out", "no/r.txt"),
            "no/r.txt cannot be written: No such file or directory.",
        ),
    ],
)
def test_what_cannot_be_reported_is_a_sentence(operator, group, arguments, sentence):
    assert operator.is_told("report", *arguments).startswith(sentence)


def test_a_group_that_is_not_of_participants_is_not_compared(prepared):
    prepared.types("cohort", "add", "ljutomer-branje", "--name", "Berejo", "--audience", "volunteers", *AUTUMN)
    told = prepared.is_told("report", "compare", "--cohort", "Berejo")
    assert told == "»Berejo« is a group of volunteers; only groups of participants are compared."


@pytest.mark.parametrize("form", ["pdf", "xlsx", "png"])
def test_a_terminal_is_spared_what_it_cannot_show(operator, group, monkeypatch, form):
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True, raising=False)
    told = operator.is_told("report", "impact", "--programme", SLUG, "--format", form)
    assert told == f"A terminal cannot show {form}: name a file with --out."


# What is behind a figure


def test_every_figure_of_a_report_is_listed(crowd):
    listed = crowd.gets("report", "impact", "--programme", SLUG, "--explain", "--format", "json")
    change = next(one for one in listed if one["figure"] == "headline.change")
    assert change == {
        "figure": "headline.change",
        "label": "Povprečna sprememba",
        "value": 1.5,
        "n": 12,
        "why": "",
    }
    table = crowd.types("report", "impact", "--programme", SLUG, "--explain")
    assert [line.split()[0] for line in table.splitlines()] == ["figure", *(one["figure"] for one in listed)]


def test_a_figure_is_explained_by_its_formula_and_rows_under_codes(crowd):
    found = crowd.gets("report", "impact", "--programme", SLUG, "--explain", "headline.change", "--format", "json")
    assert (found["n"], found["note"], len(found["rows"])) == (12, "", 12)
    assert found["formula"].startswith("Povprečje razlik")
    assert found["rows"][0] == {"code": "BRE-A2222", "cohort": "Jesen", "before": 1, "after": 2, "difference": 1}
    text = crowd.types("report", "impact", "--programme", SLUG, "--explain", "headline.change").splitlines()
    assert text[-12].split() == ["BRE-A2222", "Jesen", "1", "2", "1"]
    assert text[-13].split() == ["šifra", "skupina", "prej", "potem", "razlika"]


def test_that_somebody_looked_behind_a_figure_is_remembered(crowd):
    crowd.types("report", "impact", "--programme", SLUG, "--explain", "headline.change")
    columns = schema.audit.c.actor, schema.audit.c.action
    wanted = select(*columns).where(schema.audit.c.action == "report.explain")
    rows = crowd.services.database.read_now(lambda connection: [tuple(row) for row in connection.execute(wanted)])
    assert rows == [("operator", "report.explain")]


@pytest.mark.parametrize(
    ("figure", "sentence"),
    [
        ("headline.chang", "This report has no figure headline.chang; is it one of headline.change, "),
        ("§", "This report has no figure §; --explain alone lists them."),
    ],
)
def test_an_unknown_figure_is_a_sentence_with_what_is_like_it(crowd, figure, sentence):
    assert crowd.is_told("report", "impact", "--programme", SLUG, "--explain", figure).startswith(sentence)


# Exports


@pytest.mark.parametrize("form", ["csv", "xlsx", "sav"])
def test_an_export_writes_a_folder_once_and_says_what(crowd, form):
    told = crowd.types("export", "--programme", SLUG, "--format", form, "--out", "data")
    written = sorted((crowd.folder / "data").iterdir())
    assert sorted(told.splitlines()) == [f"data/{file.name}" for file in written]
    assert {stat.S_IMODE(file.stat().st_mode) for file in written} == {0o600}
    before = [file.read_bytes() for file in written]
    refused = crowd.is_told("export", "--programme", SLUG, "--format", form, "--out", "data")
    assert refused.startswith("data already holds ")
    assert refused.endswith("; replace them with --force.")
    crowd.types("export", "--programme", SLUG, "--format", form, "--out", "data", "--force")
    assert [len(file.read_bytes()) for file in written] == [len(one) for one in before]


def test_an_export_stands_in_the_audit(crowd):
    crowd.types("export", "--programme", SLUG, "--format", "csv", "--out", "data", "--plain", "--texts")
    columns = schema.audit.c.actor, schema.audit.c.subject
    wanted = select(*columns).where(schema.audit.c.action == "data.export")
    rows = crowd.services.database.read_now(lambda connection: [tuple(row) for row in connection.execute(wanted)])
    assert rows == [("operator", SLUG)]


def test_an_export_that_cannot_be_written_is_a_sentence(operator, group):
    (operator.folder / "data").write_text("")
    told = operator.is_told("export", "--programme", SLUG, "--format", "csv", "--out", "data/more")
    assert told == "The folder data/more cannot be made: Not a directory."
    assert operator.is_told("export", "--programme", "x", "--format", "csv", "--out", "d").startswith("There is no pro")


# From a demo


@pytest.fixture
def demo(crowd):
    """The twelve people, who are made up."""
    make_up(crowd)
    return crowd


def make_up(operator):
    """Say in the database that all of it is made up."""
    operator.services.database.write_now(lambda connection: demonstration.mark(connection, THEN))


def words_of(file):
    """What a person reads in a report, whatever its form; of a workbook, sheet by sheet."""
    if file.suffix == ".pdf":
        return ["".join(page.extract_text() for page in pypdf.PdfReader(file).pages)]
    if file.suffix == ".xlsx":
        book = openpyxl.load_workbook(file)
        return ["\n".join(str(cell.value) for row in sheet.iter_rows() for cell in row) for sheet in book]
    return [file.read_text("utf-8")]


@pytest.mark.parametrize("kind", OF)
def test_a_report_from_a_demo_says_in_each_form_that_it_is_made_up(demo, kind):
    for form in ("text", "html", "pdf", "xlsx") if kind == "impact" else ("text",):  # forms of each: tests/reports
        demo.types("report", kind, *OF[kind], "--format", form, "--out", f"r.{form}")
        assert [told for told in words_of(demo.folder / f"r.{form}") if DEMO not in told.replace("\xa0", " ")] == []
    assert demo.gets("report", kind, *OF[kind], "--format", "json")["demo"] is True


def test_a_picture_from_a_demo_differs_by_its_mark(crowd):
    crowd.types("report", "impact", *OF["impact"], "--format", "png", "--out", "real.png")
    make_up(crowd)
    crowd.types("report", "impact", *OF["impact"], "--format", "png", "--out", "demo.png")
    heights = [picture_size((crowd.folder / name).read_bytes())[1] for name in ("real.png", "demo.png")]
    assert heights[1] > heights[0]


def test_what_is_behind_a_figure_of_a_demo_is_marked_too(demo):
    asked = ("report", "impact", *OF["impact"], "--explain")
    assert demo.types(*asked).startswith(f"{DEMO}\n\nfigure")
    assert demo.types(*asked, "headline.change").startswith(f"{DEMO}\n\nheadline.change")
    assert {one["demo"] for one in demo.gets(*asked, "--format", "json")} == {True}
    assert demo.gets(*asked, "headline.change", "--format", "json")["demo"] is True


def test_an_export_from_a_demo_says_in_each_row_and_each_file_that_it_is_made_up(demo):
    for form in ("csv", "xlsx", "sav"):
        demo.types("export", "--programme", SLUG, "--format", form, "--out", form)
    for name in ("siroko", "dolgo"):
        heading, *rows = (demo.folder / "csv" / f"{SLUG}-{name}.csv").read_text("utf-8-sig").splitlines()
        assert heading.endswith(";made_up")
        assert [row for row in rows if not row.endswith(";1")] == []
    book = openpyxl.load_workbook(demo.folder / "xlsx" / f"{SLUG}.xlsx")
    for sheet in (book["Široko"], book["Dolgo"]):
        assert {cell.value for cell in list(sheet.columns)[-1]} == {"made_up", 1}
    assert book.properties.description == MADE_UP_ALL
    frame, about = pyreadstat.read_sav(demo.folder / "sav" / f"{SLUG}.sav")
    assert (set(frame["made_up"]), about.file_label[:18]) == ({1.0}, "Izmišljeni podatki")
    assert about.variable_value_labels["made_up"] == {1.0: "izmišljeno za predstavitev"}
    for codebook in (f"{SLUG}-sifrant.md", f"{SLUG}-ddi.xml"):
        assert {MADE_UP_ALL in (demo.folder / form / codebook).read_text("utf-8") for form in ("csv", "sav")} == {True}


def test_real_answers_are_never_called_made_up(crowd):
    for form in ("csv", "xlsx", "sav"):
        crowd.types("export", "--programme", SLUG, "--format", form, "--out", form)
    heading = (crowd.folder / "csv" / f"{SLUG}-siroko.csv").read_text("utf-8-sig").splitlines()[0]
    assert "made_up" not in heading
    assert "made_up" not in pyreadstat.read_sav(crowd.folder / "sav" / f"{SLUG}.sav")[0].columns
    assert "zmišljen" not in (crowd.folder / "csv" / f"{SLUG}-sifrant.md").read_text("utf-8")
    assert crowd.gets("report", "impact", *OF["impact"], "--format", "json")["demo"] is False
