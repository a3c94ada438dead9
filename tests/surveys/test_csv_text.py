"""CSV is written in one place, and words that a spreadsheet would calculate are guarded in one way."""

import ast
import csv
import io
from pathlib import Path

import pytest

import bot
from surveys import csv_text

ROOT = Path(bot.__file__).parents[1]


@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "\t", "\r"])
@pytest.mark.parametrize("before", ["", "'", "''"])
def test_what_a_spreadsheet_would_calculate_is_guarded_and_comes_back_as_it_was(sign, before):
    typed = f"{before}{sign}SUM(A1)"
    assert csv_text.guarded(typed) == f"'{typed}"
    assert csv_text.bare(csv_text.guarded(typed)) == typed


@pytest.mark.parametrize("typed", ["", "'", "'n Abend", "a=b", "1+1", "Čas: -5", "»Da«"])
def test_other_words_stay_as_they_are(typed):
    assert csv_text.guarded(typed) == csv_text.bare(typed) == typed


def test_rows_are_written_for_programs_and_for_excel_and_can_be_read():
    rows = [("šifra", "besede"), ("BRE-7F3K2", 'dva; "trije"\nin, še'), (1, None)]
    assert csv_text.written(rows[:1] + rows[2:]) == "šifra,besede\r\n1,\r\n"
    assert csv_text.written(rows[:1], end="\n") == "šifra,besede\n"
    excel = csv_text.for_excel(rows)
    assert excel.startswith("\ufeffšifra;besede\r\n".encode())
    read = list(csv.reader(io.StringIO(excel.decode("utf-8-sig"), newline=""), delimiter=";"))
    assert read == [["šifra", "besede"], ["BRE-7F3K2", 'dva; "trije"\nin, še'], ["1", ""]]


def test_every_text_is_guarded_where_nobody_says_otherwise_and_numbers_are_numbers():
    rows = [("Ana", '=HYPERLINK("http://x")', "-12xxx", -99)]
    assert csv_text.written(rows, end="") == 'Ana,"\'=HYPERLINK(""http://x"")",\'-12xxx,-99'
    assert csv_text.written(rows[:1], end="", guards=False).startswith('Ana,"=HYPERLINK(')


def test_nobody_else_writes_csv():
    writers = {
        file.relative_to(ROOT).as_posix()
        for package in ("bot", "reports", "storage", "surveys")
        for file in (ROOT / package).rglob("*.py")
        for node in ast.walk(ast.parse(file.read_text("utf-8")))
        if isinstance(node, ast.Attribute) and node.attr in {"writer", "DictWriter"}
        if isinstance(node.value, ast.Name) and node.value.id == "csv"
    }
    assert writers == {"surveys/csv_text.py"}
