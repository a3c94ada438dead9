"""Workbooks of forms as offices save them: read like pyxform does, row by row, or refused for a true reason."""

import io
import zipfile
from datetime import date
from pathlib import Path

import openpyxl
import pytest
import xlrd
from pyxform.xls2json_backends import get_xlsform

from bot.forms.workbook import FORMS, sheets
from bot.workbooks import file
from bot.workbooks.book import MAX_BYTES, Unreadable, UnreadableError
from bot.worker import requests

LISTS_OF_PEOPLE = Path(__file__).parents[1] / "rosters" / "cases"
OLD = [path.name for path in sorted(LISTS_OF_PEOPLE.glob("*.xls"))]
MANIFEST = '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>'
SURVEY = [
    ["type", "name", "label::Slovenščina (sl)", "relevant"],
    ["select_one yn", "reads", "Ali berete »za užitek«?", ""],
    ["", "", "", ""],
    ["integer", "books", "Koliko knjig\npreberete?", "${reads} = ‘yes’"],
]
CHOICES = [["list_name", "name", "label::Slovenščina (sl)"], ["yn", "yes", "da"], ["yn", "no", "ne"]]
SETTINGS = [["form_title", "version"], ["Branje", 2.5]]
TABLES = {"survey": SURVEY, "choices": CHOICES, "settings": SETTINGS}


def excel(change=lambda _: None, tables=TABLES):
    workbook = openpyxl.Workbook()
    workbook.remove(workbook.active)
    for name, rows in tables.items():
        sheet = workbook.create_sheet(name)
        for row in rows:
            sheet.append(row)
    change(workbook)
    packed = io.BytesIO()
    workbook.save(packed)
    return packed.getvalue()


def strict(data):
    """As Excel saves »Strict Open XML«: other names of the same elements."""
    old = zipfile.ZipFile(io.BytesIO(data))
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as new:
        for name in old.namelist():
            part = old.read(name)
            for before, after in (
                (b"http://schemas.openxmlformats.org/spreadsheetml/2006/main", b"http://purl.oclc.org/ooxml/spreadsheetml/main"),
                (b"http://schemas.openxmlformats.org/officeDocument/2006/relationships", b"http://purl.oclc.org/ooxml/officeDocument/relationships"),
            ):  # fmt: skip
                part = part.replace(before, after)
            new.writestr(name, part)
    return packed.getvalue()


def open_document(tables=TABLES):
    packed = io.BytesIO()
    table = "urn:oasis:names:tc:opendocument:xmlns:table:1.0"
    office = "urn:oasis:names:tc:opendocument:xmlns:office:1.0"
    text = "urn:oasis:names:tc:opendocument:xmlns:text:1.0"
    body = "".join(
        f'<table:table table:name="{name}">'
        + "".join(
            "<table:table-row>"
            + "".join(
                f'<table:table-cell office:value-type="float" office:value="{cell}"/>'
                if isinstance(cell, float)
                else '<table:table-cell office:value-type="string">'
                + "".join(f"<text:p>{line}</text:p>" for line in cell.split("\n"))
                + "</table:table-cell>"
                if cell
                else "<table:table-cell/>"
                for cell in row
            )
            + "</table:table-row>"
            for row in rows
        )
        + "</table:table>"
        for name, rows in tables.items()
    )
    with zipfile.ZipFile(packed, "w") as new:
        new.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        new.writestr("META-INF/manifest.xml", MANIFEST)
        new.writestr(
            "content.xml",
            f'<office:document-content xmlns:office="{office}" xmlns:table="{table}" xmlns:text="{text}">'
            f"<office:body><office:spreadsheet>{body}</office:spreadsheet></office:body></office:document-content>",
        )
    return packed.getvalue()


def text(separator=",", encoding="utf-8", tables=TABLES):
    lines = []
    for name, rows in tables.items():
        lines.append([name])
        lines += [["", *row] for row in rows]
    quoted = (separator.join('"' + str(cell).replace('"', '""') + '"' for cell in line) for line in lines)
    return "\r\n".join(quoted).encode(encoding)


def read(data):
    return {sheet.kind: sheet for sheet in sheets(file.read(data, FORMS))}


def seen(data):
    """Every cell by sheet, heading and number of the row."""
    return {(kind, row.number): dict(row.cells) for kind, sheet in read(data).items() for row in sheet.rows}


WORKBOOK = {
    ("survey", 2): {"type": "select_one yn", "name": "reads", "label::Slovenščina (sl)": "Ali berete »za užitek«?"},
    ("survey", 4): {
        "type": "integer",
        "name": "books",
        "label::Slovenščina (sl)": "Koliko knjig\npreberete?",
        "relevant": "${reads} = ‘yes’",
    },
    ("choices", 2): {"list_name": "yn", "name": "yes", "label::Slovenščina (sl)": "da"},
    ("choices", 3): {"list_name": "yn", "name": "no", "label::Slovenščina (sl)": "ne"},
    ("settings", 2): {"form_title": "Branje", "version": "2.5"},
}


@pytest.mark.parametrize("data", [excel(), strict(excel()), open_document()], ids=["xlsx", "strict", "ods"])
def test_a_workbook_is_read_with_the_rows_that_a_spreadsheet_shows(data):
    assert seen(data) == WORKBOOK


@pytest.mark.parametrize(
    ("separator", "encoding"),
    [(",", "utf-8"), (";", "cp1250"), (",", "utf-8-sig"), (";", "utf-16"), ("\t", "utf-8"), (",", "cp1250")],
)
def test_a_text_file_holds_all_sheets_and_counts_rows_as_it_stands(separator, encoding):
    found = seen(text(separator, encoding))
    assert [cells for _, cells in sorted(found.items())] == [cells for _, cells in sorted(WORKBOOK.items())]
    assert [number for kind, number in sorted(found) if kind == "survey"] == [3, 5]


def test_a_text_of_windows_is_read_as_sentences_are_written():
    data = "type;name;label\ntext;a;Ali berete čez vikend?\n".encode("cp1250")
    assert seen(data)["survey", 2]["label"] == "Ali berete čez vikend?"


def test_a_text_file_without_names_of_sheets_is_the_questions():
    data = b"type;name;label\ntext;a;Kaj?\n"
    assert seen(data) == {("survey", 2): {"type": "text", "name": "a", "label": "Kaj?"}}


@pytest.mark.parametrize("name", OLD)
def test_old_excel_is_read_with_words_and_rows_as_they_are(name):
    with xlrd.open_workbook(LISTS_OF_PEOPLE / name) as book:
        first = book.sheet_by_index(0)
        words = {
            (row + 1, cell.value.strip())
            for row in range(first.nrows)
            for cell in first.row(row)
            if cell.ctype == xlrd.XL_CELL_TEXT and cell.value.strip()
        }
    found = file.read((LISTS_OF_PEOPLE / name).read_bytes(), FORMS).sheets[0]
    assert words <= {(row.number, cell) for row in found.rows for cell in row.cells}


def test_pyxform_sees_the_same_cells(tmp_path):
    (tmp_path / "form.xlsx").write_bytes(excel())
    theirs = get_xlsform(tmp_path / "form.xlsx")
    ours = read(excel())
    for kind in TABLES:
        rows = [row for row in getattr(theirs, kind) if row]
        assert [dict(row.cells) for row in ours[kind].rows] == [
            {key: str(cell) for key, cell in row.items()} for row in rows
        ]


def test_values_are_read_as_programs_write_them():
    rows = [["type", "a", "b", "c", "d"], ["text", True, 3.0, 2.5, date(2026, 12, 31)]]
    assert seen(excel(tables={"survey": rows})) == {
        ("survey", 2): {"type": "text", "a": "TRUE", "b": "3", "c": "2.5", "d": "2026-12-31"}
    }


def test_hidden_sheets_are_read_and_merged_cells_speak_once():
    def change(workbook):
        workbook["choices"].sheet_state = "hidden"
        workbook["survey"].merge_cells("C2:C3")

    assert seen(excel(change)) == WORKBOOK


def test_formatting_down_to_the_last_row_is_no_content():
    def change(workbook):
        workbook["survey"].row_dimensions[1_048_576].height = 20
        workbook["survey"].cell(1_048_576, 3).font = openpyxl.styles.Font(bold=True)

    assert seen(excel(change)) == WORKBOOK


def test_something_in_the_millionth_row_is_refused_with_its_row():
    def change(workbook):
        workbook["survey"].cell(1_048_576, 12, "x")

    with pytest.raises(UnreadableError) as refused:
        read(excel(change))
    assert (refused.value.why, refused.value.row) == (Unreadable.SWOLLEN, 1_048_576)


def test_more_rows_than_are_read_are_told_by_their_number():
    rows = [["list_name", "name", "label"], *(["l", str(number), str(number)] for number in range(FORMS.rows + 5))]
    assert len(read(excel(tables={"choices": rows}))["choices"].rows) == FORMS.rows - 1


def test_a_command_reads_it_in_a_process_within_bounds():
    assert sheets(requests.book_now(excel(), FORMS)) == sheets(file.read(excel(), FORMS))
    with pytest.raises(UnreadableError) as refused:
        requests.book_now(b"x" * (MAX_BYTES + 1), FORMS)
    assert refused.value.why is Unreadable.TOO_BIG
