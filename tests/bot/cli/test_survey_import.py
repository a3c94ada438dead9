"""`survey import`: a folder that loads, or status 1, nothing written and everything that is wrong."""

import json
import random

import openpyxl
import pytest

from bot.cli import main
from surveys.load import load
from surveys.model import Kind

SURVEY = [
    ["type", "name", "label::Slovenščina (sl)", "label::English (en)", "required", "relevant", "constraint"],
    ["select_one ocena", "Zadovoljstvo", "Kako vam gre?", "How are you?", "yes", "", ""],
    [
        "integer",
        "knjige",
        "Koliko knjig preberete?",
        "How many books?",
        "",
        "${Zadovoljstvo} > 1",
        ". >= 0 and . <= 99",
    ],
    ["text", "zakaj", "Zakaj?", "Why?", "", "${knjige} != ''", ""],
]
CHOICES = [
    ["list_name", "name", "label::Slovenščina (sl)", "label::English (en)"],
    ["ocena", 1, "slabo", "badly"],
    ["ocena", 2, "srednje", "so so"],
    ["ocena", 3, "dobro", "well"],
    ["ocena", 88, "Ne vem", "Don't know"],
]
SETTINGS = [["form_title"], ["Branje"]]


def workbook(file, survey=SURVEY, choices=CHOICES):
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in {"survey": survey, "choices": choices, "settings": SETTINGS}.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    book.save(file)
    return str(file)


def bring(capsys, *arguments):
    status = main(["survey", "import", *map(str, arguments), "--json"])
    said = capsys.readouterr()
    assert said.err == ""
    return status, json.loads(said.out)


def test_a_form_becomes_a_folder_that_loads(tmp_path, capsys):
    out = tmp_path / "trzic-branje"
    status, told = bring(capsys, workbook(tmp_path / "form.xlsx"), "--out", out)
    assert (status, told["programme"], told["problems"]) == (0, "trzic-branje", [])
    assert [(one["sheet"], one["row"]) for one in told["warnings"]] == [("survey", 2), ("survey", 2), ("choices", 5)]
    loaded = load([tmp_path])
    assert loaded.problems == ()
    programme = loaded.programmes["trzic-branje"]
    assert (programme.name, programme.code, programme.pooled) == ("Branje", "TRZ", False)
    assert programme.languages == ("sl", "en")
    rated, counted, why = programme.questionnaires[0].items
    assert (rated.id, rated.name, rated.kind, rated.dont_know) == ("zadovoljstvo", "Zadovoljstvo", Kind.SCALE, True)
    assert (counted.minimum, counted.maximum, counted.optional) == (0, 99, True)
    assert counted.when.model_dump(exclude_none=True) == {"item": "zadovoljstvo", "is": "gt", "value": 1}
    assert why.kind is Kind.TEXT


def test_several_forms_are_waves_and_what_is_said_is_taken(tmp_path, capsys):
    first, second = workbook(tmp_path / "1.xlsx"), workbook(tmp_path / "2.xlsx", SURVEY[:3])
    options = ["--library", "Knjižnica Tržič", "--code", "TRC", "--group", "Druženja"]
    status, _ = bring(capsys, first, second, "--out", tmp_path / "t" / "trzic", *options)
    assert status == 0
    programme = load([tmp_path / "t"]).programmes["trzic"]
    assert [(wave.id, wave.anchor) for wave in programme.waves] == [("before", "start"), ("after", "end")]
    assert (programme.library, programme.code, programme.group) == ("Knjižnica Tržič", "TRC", "Druženja")
    assert {item.role for one in programme.questionnaires for item in one.items[:1]} == {"primary"}


def test_everything_wrong_is_told_at_once_and_nothing_is_written(tmp_path, capsys):
    wrong = [
        SURVEY[0],
        ["select_one ocene", "a", "Ali?", "Do you?"],
        ["integr", "b", "Koliko?", "How many?"],
        [],
        ["geopoint", "c", "Kje?", "Where?"],
        ["text", "d", "Zakaj?", "Why?", "maybe", "${e} = „da“", ""],
    ]
    out = tmp_path / "trzic"
    status, told = bring(capsys, workbook(tmp_path / "form.xlsx", wrong), "--out", out)
    assert (status, told["programme"], out.exists()) == (1, None, False)
    assert [(one["sheet"], one["row"], one["column"], one["kind"]) for one in told["problems"]] == [
        ("survey", 2, "type", "invalid"),
        ("survey", 3, "type", "invalid"),
        ("survey", 5, "type", "unsupported"),
        ("survey", 6, "relevant", "invalid"),
        ("survey", 6, "relevant", "invalid"),
        ("survey", 6, "required", "unsupported"),
    ]
    assert all(one["sentence"] for one in told["problems"])


def test_what_is_said_reads_well(tmp_path, capsys):
    assert (
        main(
            [
                "survey",
                "import",
                workbook(tmp_path / "f.xlsx", [SURVEY[0], ["txt", "a", "Kaj?"]]),
                "--out",
                str(tmp_path / "tr"),
            ]
        )
        == 1
    )
    assert capsys.readouterr().err == "survey, vrstica 2, type: Vrste »txt« ne poznamo. Ste mislili »text«?\n"
    out = tmp_path / "trzic"
    assert main(["survey", "import", workbook(tmp_path / "g.xlsx"), "--out", str(out)]) == 0
    assert capsys.readouterr().out.endswith(f"Program je zapisan v mapo {out} (3\N{NO-BREAK SPACE}opozorila).\n")


@pytest.mark.parametrize(
    ("content", "beginning"),
    [
        (b"", "To ni preglednica"),
        (b"%PDF-1.7", "To je PDF"),
        (b"PK\x03\x04 broken", "Datoteka je poškodovana"),
        (None, "Datoteke"),
    ],
)
def test_a_file_that_is_no_form_is_said_in_a_sentence(tmp_path, capsys, content, beginning):
    file = tmp_path / "form.xlsx"
    if content is not None:
        file.write_bytes(content)
    status, told = bring(capsys, file, "--out", tmp_path / "trzic")
    assert status == 1
    assert told["problems"][0]["sentence"].startswith(beginning) or told["problems"][0]["kind"] == "invalid"


@pytest.mark.parametrize(
    "options",
    [
        ["--out", "Ime Programa"],
        ["--out", "polno"],
        ["--out", "x1", "--code", "kra"],
        ["--out", "x1", "--wave", "Prvo merjenje"],
    ],
)
def test_options_that_cannot_be_are_problems_as_well(tmp_path, capsys, monkeypatch, options):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "polno").mkdir()
    (tmp_path / "polno" / "datoteka").touch()
    before = sorted(tmp_path.rglob("*"))
    form = workbook(tmp_path / "form.xlsx")
    status, told = bring(capsys, form, *options)
    assert (status, [one["kind"] for one in told["problems"]]) == (1, ["invalid"])
    assert sorted(path for path in tmp_path.rglob("*") if path.name != "form.xlsx") == before


def test_what_the_loader_refuses_is_told_with_the_row(tmp_path, capsys):
    alike = [["list_name", "name", "label"], ["yn", "a", "da"], ["yn", "b", "Da!"]]
    survey = [["type", "name", "label"], ["text", "t", "Kaj?"], ["select_one yn", "a", "Ali?"]]
    status, told = bring(capsys, workbook(tmp_path / "f.xlsx", survey, alike), "--out", tmp_path / "trzic")
    assert (status, [(one["sheet"], one["row"]) for one in told["problems"]]) == (1, [("survey", 3)])


def test_a_spoilt_workbook_is_a_sentence(tmp_path, capsys):
    workbook(tmp_path / "form.xlsx")
    sound = (tmp_path / "form.xlsx").read_bytes()
    chance = random.Random(15)
    for number in range(6):
        spoilt = bytearray(sound)
        for _ in range(20):
            spoilt[chance.randrange(len(spoilt))] = chance.randrange(256)
        (tmp_path / "spoilt.xlsx").write_bytes(bytes(spoilt[: chance.randrange(100, len(spoilt))]))
        status, told = bring(capsys, tmp_path / "spoilt.xlsx", "--out", tmp_path / f"trzic-{number}")
        assert (status, told["problems"][0]["kind"] in {"unreadable", "invalid"}) == (1, True)
