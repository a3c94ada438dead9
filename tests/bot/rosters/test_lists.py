"""Lists of people as offices save them: read whatever the program, and what is wrong is said row by row."""

import io
from random import Random

import openpyxl
import pytest

from bot.rosters import columns, people
from bot.rosters.lists import LISTS
from bot.rosters.people import LeftOut, Listed, RosterProblem, RowFault
from bot.rosters.rows import Left
from bot.texts import rosters as texts
from bot.workbooks import file
from bot.workbooks.book import Unreadable
from storage import codes
from surveys.languages import NAMES

CODE = codes.draw("BRE", Random(1))


def read(data, **hidden):
    found = file.read(data, LISTS)
    return people.read(found.sheets[people.first_choice(found).sheet], **hidden)


def book(*rows):
    workbook = openpyxl.Workbook()
    for row in rows:
        workbook.active.append(row)
    packed = io.BytesIO()
    workbook.save(packed)
    return packed.getvalue()


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
    assert read(data) == people.Roster((ANA, BORIS), ())


def test_columns_stand_in_any_order_below_a_title_and_others_are_named_but_not_read():
    assert read("Ime\nŽagar, Ana\n".encode()).listed == (Listed(2, "Žagar, Ana"),)
    seen = read("Seznam, jesen 2026\n\nTelefon;Šifra:;Ime in priimek\n041 111 222;;Ana  Žagar\n;x;\n".encode())
    assert seen.listed == (Listed(4, "Ana Žagar"), Listed(5, code="x"))
    assert seen.unread == ("Telefon",)
    assert seen.problems == (RosterProblem(5, RowFault.CODE_WRONG, "x"),)


@pytest.mark.parametrize(
    ("text", "problems"),
    [
        ("", [RosterProblem(0, RowFault.NOBODY)]),
        ("Ime\n\n", [RosterProblem(0, RowFault.NOBODY)]),
        ("Ana;Novak\nBor;Kos\n", [RosterProblem(1, RowFault.NO_COLUMNS, "Ana, Novak")]),
        ("Ime;Jezik\n;en\n", [RosterProblem(2, RowFault.NO_NAME)]),
        (f"Ime;Šifra\n;{CODE}\n", []),
        ("Jezik\nen\nSL\n", []),
        ("Ime;Jezik\nAna;klingonščina\n", [RosterProblem(2, RowFault.LANGUAGE_UNKNOWN, "klingonščina")]),
        (f"Ime\n{'a' * 121}\n", [RosterProblem(2, RowFault.LONG_NAME)]),
        (f"Šifra\n{CODE}\n{CODE.lower()}\nBRE-22222\n", [RosterProblem(3, RowFault.CODE_TWICE, "2")]),
        (f"Šifra\n{CODE[:-1]}\n", [RosterProblem(2, RowFault.CODE_WRONG, CODE[:-1])]),
        ("Ime;Jezik;jezik\nAna;en;\n", [RosterProblem(1, RowFault.COLUMN_TWICE, "Jezik")]),
        ("Ime;Ime\nAna;Bor\n", [RosterProblem(1, RowFault.COLUMN_TWICE, "Ime")]),
        (
            "Ime;Priimek;Ime in priimek\nAna;Kos;Bor Kos\n",
            [RosterProblem(2, RowFault.NAMES_DIFFER, "Ana / Kos / Bor Kos")],
        ),
        ("Ime;Jezik\nAna;#N/A\n", [RosterProblem(2, RowFault.CELL_ERROR, "#N/A")]),
        ("Ime;Jezik\n#N/V;en\n", [RosterProblem(2, RowFault.CELL_ERROR, "#N/V") ]),
        ("Ime\nAna, tel: 041 111 222\n", [RosterProblem(2, RowFault.STRANGE_NAME, "Ana, tel: 041 111 222")]),
        ("Ime\nana@example.org\n", [RosterProblem(2, RowFault.STRANGE_NAME, "ana@example.org")]),
        ("Ime\n–\n", [RosterProblem(2, RowFault.NO_NAME)]),
        ("Ime;Telefon\n;041 111 222\n", [RosterProblem(2, RowFault.NO_NAME)]),
        ("Ime\n" + "Ana\n" * people.MOST, []),
        ("Ime\n" + "Ana\n" * (people.MOST + 9), [RosterProblem(people.MOST + 2, RowFault.TOO_MANY)]),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_with_the_row_of_the_sheet(text, problems):
    assert [one for one in read(text.encode()).problems if one.words != "BRE-22222"] == problems


def test_columns_of_name_surname_and_the_whole_name_say_one_name():
    text = "Ime;Priimek;Ime in priimek\nAna;Žagar;Ana Žagar\nBor;Kos;KOS BOR\nCene;Rus;\n;;Dana Žen\n"
    assert [one.name for one in read(text.encode()).listed] == ["Ana Žagar", "KOS BOR", "Cene Rus", "Dana Žen"]


@pytest.mark.parametrize(
    ("row", "why"),
    [
        ("Skupaj: 2;", Left.TOTAL),
        ("VSEGA 12 oseb;", Left.TOTAL),
        (";Skupaj", Left.TOTAL),
        ("Seznam pripravila: B. Hren;", Left.FOOTER),
        ("Seznam je pripravil Bor Hren;", Left.FOOTER),
        ("Datum: 3. 3. 2026;", Left.FOOTER),
        ("Vodja skupine: Ana Kos;", Left.FOOTER),
        ("Stran 1 od 2;", Left.FOOTER),
        ("Ime;Telefon", Left.HEADING),
        ("#N/A;", Left.ERROR),
        (";13.", Left.UNFILLED),
    ],
)
def test_a_row_that_is_nobody_is_left_out_and_told(row, why):
    seen = read(f"Ime;Telefon\nAna;1\n{row}\nBor;2\n".encode())
    assert [one.name for one in seen.listed] == ["Ana", "Bor"]
    assert seen.left_out == (LeftOut(3, why, row.strip(";").replace(";", " ")),)
    assert seen.problems == ()


@pytest.mark.parametrize(
    "name", ["Skupaj Ana", "Ana Vodja", "Vsega Bor", "Datumič", "Strana Kos", "محمد", "王小明", "Ana 2"]
)
def test_who_is_called_like_a_word_of_offices_is_somebody(name):
    assert [one.name for one in read(f"Ime\n{name}\n".encode()).listed] == [name]


def test_the_same_name_twice_may_be_two_people():
    seen = read("Ime\nAna Žagar\nBor\nana zagar\nBor\nAna Žagar\n".encode())
    assert (seen.problems, seen.alike) == ((), ((2, 4), (3, 5), (2, 6)))


def test_every_language_is_understood_by_its_names_and_its_tag():
    assert {columns.LANGUAGES[name] for name in columns.LANGUAGES} == set(NAMES)
    written = "\n".join(["Jezik", *NAMES, *NAMES.values()])
    seen = read(written.encode())
    assert ([one.language for one in seen.listed], seen.problems) == ([*NAMES, *NAMES], ())


def test_there_is_a_sentence_for_everything_that_can_be_wrong():
    assert len({texts.left_out_row(LeftOut(4, one, "x")) for one in Left}) == len(Left)
    assert set(texts.UNREADABLE) == set(Unreadable)
    said = [texts.problem(RosterProblem(4, one, "7")) for one in RowFault]
    assert all(words.startswith("vrstica 4: ") and "{" not in words for words in said)
    assert len(set(said)) == len(RowFault)


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
    said = texts.refused("Pomlad", [RosterProblem(row + 2, RowFault.NO_NAME) for row in range(rows)])
    assert said.splitlines()[2] == f"Vpisali nismo nikogar. {begun}"


def test_more_problems_than_a_card_holds_stand_in_a_file():
    problems = [RosterProblem(row + 2, RowFault.NO_NAME) for row in range(14)]
    assert "\n… in še 2\xa0popravka\n" in texts.refused("Pomlad", problems)
    assert (texts.fit(problems), texts.fit(problems[:12])) == (False, True)
    assert texts.problems_file(problems).decode("utf-8-sig").splitlines() == [texts.problem(one) for one in problems]
