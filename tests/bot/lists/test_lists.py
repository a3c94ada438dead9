"""Lists of people as offices save them: read whatever the program, and what is wrong is said row by row."""

import io
import zipfile
from random import Random

import openpyxl
import pytest
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont

from bot.lists import people, sheet
from bot.lists.people import Listed, Problem, Wrong
from bot.lists.sheet import Unreadable, UnreadableError
from bot.texts import lists as texts
from storage import codes
from surveys.languages import NAMES

CODE = codes.draw("BRE", Random(1))


def book(*rows):
    """A workbook as Excel saves it, with these rows in its first sheet."""
    workbook = openpyxl.Workbook()
    for row in rows:
        workbook.active.append(row)
    workbook.create_sheet("Drugi list").append(["Ime", "ne beremo"])
    return saved(workbook)


def saved(workbook):
    file = io.BytesIO()
    workbook.save(file)
    return file.getvalue()


def spoiled(data, name, change):
    """The same workbook with one part changed."""
    with zipfile.ZipFile(io.BytesIO(data)) as old:
        parts = {one: old.read(one) for one in old.namelist()}
    parts[name] = change(parts.get(name, b""))
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as new:
        for one, content in parts.items():
            if content is not None:
                new.writestr(one, content)
    return file.getvalue()


def refusal(data):
    with pytest.raises(UnreadableError) as caught:
        people.read(data)
    return caught.value.why


ANA, BORIS = Listed(2, "Ana Žagar", "", "", "en"), Listed(4, "Boris Črv", "brez telefona", CODE, "")
TABLE = (
    ("Ime ", "PRIIMEK", "Jezik", "Šifra", "opomba"),
    ("Ana", "Žagar", "Angleščina"),
    (),
    ("Boris", "Črv", "", CODE.lower(), "brez telefona"),
)


def csv_of(rows, separator=",", end="\r\n"):
    return "".join(separator.join(row) + end for row in rows)


@pytest.mark.parametrize(
    "data",
    [
        csv_of(TABLE).encode(),
        csv_of(TABLE, ";").encode("utf-8-sig"),
        csv_of(TABLE, ";").encode("cp1250"),
        csv_of(TABLE, "\t", "\n").encode("utf-16"),
        csv_of(TABLE).replace("Boris", '"Boris"').encode(),
        book(*TABLE),
    ],
    ids=["comma", "semicolon", "windows", "unicode_text", "quotes", "excel"],
)
def test_a_list_is_read_from_whatever_program_it_comes(data):
    assert people.read(data) == people.People((ANA, BORIS), ())


def test_columns_stand_in_any_order_below_a_title_and_others_are_named_but_not_read():
    assert people.read("Ime\nŽagar, Ana\n".encode()).listed == (Listed(2, "Žagar, Ana"),)
    read = people.read("Seznam, jesen 2026\n\nTelefon;Šifra:;Ime in priimek\n041 111 222;;Ana  Žagar\n;x;\n".encode())
    assert read.listed == (Listed(4, "Ana Žagar"), Listed(5, code="x"))
    assert read.unread == ("Telefon",)
    assert read.problems == (Problem(5, Wrong.CODE_WRONG, "x"),)


def test_cells_that_are_formatted_numbered_or_written_in_place_are_read():
    workbook = openpyxl.Workbook()
    rich = CellRichText(TextBlock(InlineFont(b=True), "Ana "), "Žagar")
    for row in (["Ime", None, "Opomba"], [rich, None, 7], [None, None, True]):
        workbook.active.append(row)
    assert [one.printed for one in people.read(saved(workbook)).listed] == ["Ana Žagar (7)", " (1)"]
    written = b"""<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>
        <row><c t="inlineStr"><is><t>Ime</t></is></c></row>
        <row><c t="inlineStr"><is><r><t>An</t></r><r><t>a</t></r><rPh><t>ana</t></rPh></is></c>
        <c r="ZZ1"><v>9</v></c></row>
        </sheetData></worksheet>"""
    in_place = spoiled(book(["Ime"]), "xl/worksheets/sheet1.xml", lambda _: written)
    assert people.read(in_place) == people.People((Listed(2, "Ana"),), ())


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"x" * (sheet.MAX_BYTES + 1), Unreadable.TOO_BIG),
        (b"\xd0\xcf\x11\xe0old Excel", Unreadable.NO_SHEET),
        (b"\x89PNG\r\n\0\0", Unreadable.NO_SHEET),
        (b"\xff\xfe\0", Unreadable.NO_SHEET),
        (b"\x81\x83\x90", Unreadable.NO_SHEET),
        (b"Ime\n" + b"x" * 200_000, Unreadable.NO_SHEET),
        (b"PK\x03\x04 and no more", Unreadable.DAMAGED),
    ],
)
def test_a_file_that_is_no_list_is_refused_with_the_reason(data, why):
    assert refusal(data) is why


@pytest.mark.parametrize(
    ("part", "change"),
    [
        ("xl/workbook.xml", lambda _: None),
        ("xl/workbook.xml", lambda _: b"<workbook/>"),
        ("xl/worksheets/sheet1.xml", lambda old: old[:-20]),
        ("xl/worksheets/sheet1.xml", lambda old: old.replace(b"<sheetData>", b" " * 9 * 2**20 + b"<sheetData>")),
        ("xl/sharedStrings.xml", lambda old: b"<!DOCTYPE a [<!ENTITY b 'c'>]>" + old),
        ("xl/sharedStrings.xml", lambda old: old.replace(b"<si>", b"<no>").replace(b"</si>", b"</no>")),
    ],
    ids=["no_workbook", "no_sheet", "cut_off", "bomb", "entities", "strings_gone"],
)
def test_a_workbook_that_is_damaged_or_unpacks_to_too_much_is_refused(part, change):
    data = spoiled(book(["Ime"], ["Ana"]), part, change)
    assert len(data) < sheet.MAX_BYTES
    assert refusal(data) is Unreadable.DAMAGED


@pytest.mark.parametrize(
    ("text", "problems"),
    [
        ("", [Problem(0, Wrong.NOBODY)]),
        ("Ime\n\n", [Problem(0, Wrong.NOBODY)]),
        ("Ana;Novak\nBor;Kos\n", [Problem(1, Wrong.NO_COLUMNS, "Ana, Novak")]),
        ("Ime;Jezik\n;en\n", [Problem(2, Wrong.NO_NAME)]),
        (f"Ime;Šifra\n;{CODE}\n", []),
        ("Jezik\nen\nSL\n", []),
        ("Ime;Jezik\nAna;klingonščina\n", [Problem(2, Wrong.LANGUAGE_UNKNOWN, "klingonščina")]),
        (f"Ime\n{'a' * 121}\n", [Problem(2, Wrong.LONG_NAME)]),
        (f"Šifra\n{CODE}\n{CODE.lower()}\nBRE-22222\n", [Problem(3, Wrong.CODE_TWICE, "2")]),
        (f"Šifra\n{CODE[:-1]}\n", [Problem(2, Wrong.CODE_WRONG, CODE[:-1])]),
        ("Ime;Jezik;jezik\nAna;en;\n", [Problem(1, Wrong.COLUMN_TWICE, "Jezik")]),
        ("Ime\n" + "Ana\n" * people.MOST, []),
        ("Ime\n" + "Ana\n" * (people.MOST + 9), [Problem(people.MOST + 2, Wrong.TOO_MANY)]),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_with_the_row_of_the_sheet(text, problems):
    assert [one for one in people.read(text.encode()).problems if one.words != "BRE-22222"] == problems


def test_the_same_name_twice_may_be_two_people():
    read = people.read("Ime\nAna Žagar\nBor\nana zagar\nBor\nAna Žagar\n".encode())
    assert (read.problems, read.alike) == ((), ((2, 4), (3, 5), (2, 6)))


def test_every_language_is_understood_by_its_names_and_its_tag():
    assert {people.LANGUAGES[name] for name in people.LANGUAGES} == set(NAMES)
    written = "\n".join(["Jezik", *NAMES, *NAMES.values()])
    read = people.read(written.encode())
    assert ([one.language for one in read.listed], read.problems) == ([*NAMES, *NAMES], ())


def test_there_is_a_sentence_for_everything_that_can_be_wrong():
    assert set(texts.UNREADABLE) == set(Unreadable)
    said = [texts.problem(Problem(4, one, "7")) for one in Wrong]
    assert all(words.startswith("vrstica 4: ") and "{" not in words for words in said)
    assert len(set(said)) == len(Wrong)


@pytest.mark.parametrize(
    ("rows", "begun"),
    [
        (1, "1 vrstica potrebuje popravek:"),
        (2, "2 vrstici potrebujeta popravek:"),
        (3, "3 vrstice potrebujejo popravek:"),
        (5, "5 vrstic potrebuje popravek:"),
    ],
)
def test_a_list_to_be_corrected_is_counted_in_all_four_forms(rows, begun):
    said = texts.refused("Pomlad", [Problem(row + 2, Wrong.NO_NAME) for row in range(rows)])
    assert said.splitlines()[2] == f"Vpisali nismo nikogar. {begun}"


def test_more_problems_than_a_card_holds_stand_in_a_file():
    problems = [Problem(row + 2, Wrong.NO_NAME) for row in range(14)]
    assert "\n… in še 2\xa0popravka\n" in texts.refused("Pomlad", problems)
    assert (texts.fit(problems), texts.fit(problems[:12])) == (False, True)
    assert texts.problems_file(problems).decode("utf-8-sig").splitlines() == [texts.problem(one) for one in problems]
