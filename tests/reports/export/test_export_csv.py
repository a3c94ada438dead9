"""CSV: as Slovenian Excel opens it, or plain; nothing that a person wrote becomes a formula."""

import csv
import io
from datetime import UTC, date, datetime

import pytest
from plugins.exporting import made, types
from plugins.respondents import seal

from reports.export.columns import ExportColumn, Holds
from reports.export.csv import as_csv
from reports.export.table import ExportTable
from storage.schema import Allocation
from surveys.model import Mode, NonAnswer

COLUMNS = (
    ExportColumn("code", "Koda", Holds.NAME),
    ExportColumn("value", "Vrednost", Holds.CODE),
    ExportColumn("text", "Besedilo", Holds.TEXT),
    ExportColumn("day", "Dan", Holds.DAY),
    ExportColumn("answered_at", "Kdaj", Holds.MOMENT),
)
MOMENT = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)


def table(*rows):
    return ExportTable("Tabela", "", COLUMNS, rows)


def test_excel_gets_a_mark_semicolons_and_slovenian_time():
    row = ("KAM-7F3K2", -99, "čaj; šipek", date(2026, 11, 22), MOMENT)
    assert as_csv(table(row)).decode("utf-8") == (
        '\ufeffcode;value;text;day;answered_at\r\nKAM-7F3K2;-99;"čaj; šipek";2026-11-22;2026-11-22 10:30:00\r\n'
    )


def test_programs_get_commas_utc_and_words_as_they_are():
    row = ("KAM-7F3K2", None, "=1+1", None, MOMENT)
    assert as_csv(table(row), plain=True) == (
        b"code,value,text,day,answered_at\nKAM-7F3K2,,=1+1,,2026-11-22T09:30:00Z\n"
    )


@pytest.mark.parametrize("begins", ["=", "+", "-", "@", "\t", "\r"])
def test_words_that_a_spreadsheet_would_calculate_get_an_apostrophe(begins):
    written = as_csv(table(("x", 1, f"{begins}SUM(A1)", None, MOMENT))).decode("utf-8-sig")
    assert list(csv.reader(io.StringIO(written, newline=""), delimiter=";"))[1][2] == f"'{begins}SUM(A1)"


def read(data):
    return list(csv.DictReader(io.StringIO(data.decode())))


def plain(group, **more):
    found = made(group, "csv", plain=True, **more)
    return read(found["siroko.csv"]), read(found["dolgo.csv"])


def filled(row):
    return {name: cell for name, cell in row.items() if cell and name not in {"cohort", "cohort_name", "audience"}}


def test_a_person_is_a_row_and_an_answer_is_a_row(new_group):
    group = new_group("brezice-racunalnik")
    one, _ = group.enrols(), group.enrols()
    group.answers(one, "before", Mode.PAPER, primary=2, purposes=0b1010, computer_days=NonAnswer.REFUSED)
    group.answers(one, "after", primary=NonAnswer.DONT_KNOW)
    wide, long = plain(group)
    options = {f"purposes_t0_{code}": str(int(code in {1, 3})) for code in range(1, 8)}
    assert [filled(row) for row in wide] == [
        {
            "code": "BRE-10001",
            "state": "active",
            "role": "participant",
            "mode_t0": "paper",
            "answered_on_t0": "2026-08-03",
            "mode_t1": "self",
            "answered_on_t1": "2026-08-29",
            "primary_t0": "2",
            "primary_t1": "-99",
            **options,
            "computer_days_t0": "-98",
        },
        {"code": "BRE-10002", "state": "active", "role": "participant"},
    ]
    said = [(row["wave"], row["item"], row["value"], row["label"], row["non_answer"], row["mode"]) for row in long]
    assert said == [
        ("before", "primary", "2", "zelo težko", "", "paper"),
        ("before", "computer_days", "", "Ne želim odgovoriti", "refused", "paper"),
        ("before", "purposes", "10", "e-pošta; pogovori z bližnjimi", "", "paper"),
        ("after", "primary", "", "Ne vem", "dont_know", "self"),
    ]


def test_the_channel_stands_beside_the_mode_where_there_was_one(new_group):
    group = new_group("brezice-racunalnik")
    one = group.enrols()
    group.channel = "web"
    group.answers(one, "before", primary=2)
    group.channel = "telegram"
    group.answers(one, "after", primary=3)
    group.channel = None
    group.answers(one, "followup", Mode.PAPER, primary=3)
    wide, long = plain(group)
    assert [wide[0][f"channel_t{wave}"] for wave in range(3)] == ["web", "telegram", ""]
    assert [row["channel"] for row in long] == ["web", "telegram", ""]


def test_who_waited_has_a_role_and_the_first_answers_of_the_next_row(new_group):
    group, spring = new_group("brezice-racunalnik"), new_group("brezice-racunalnik")
    waited = group.waits(Allocation.LOT)
    group.answers(waited, "before", primary=2)
    group.answers(waited, "after", primary=3)
    joined = spring.joins(waited)
    spring.brings(joined, waited)
    spring.answers(joined, "after", primary=5, outcome_learned=3)
    wide, long = plain(group)
    shown = ("code", "role", "allocation", "primary_t0", "primary_t1", "outcome_learned_t1")
    assert [tuple(row[name] for name in shown) for row in wide] == [
        ("BRE-10001", "waiting", "lot", "2", "3", "-95"),
        ("BRE-10001", "participant", "", "3", "5", "3"),
    ]
    assert [(row["role"], row["wave"], row["value"]) for row in long if row["item"] == "primary"] == [
        ("waiting", "before", "2"),
        ("waiting", "after", "3"),
        ("participant", "after", "5"),
    ]


def test_words_that_people_typed_are_there_only_when_wanted(new_group):
    group = new_group()
    one = group.enrols()
    group.answers(one, "after", primary=4)
    types(group, one, "after", "outcome_words", "Šivanje in čaj")
    wide, long = plain(group)
    assert (wide[0]["outcome_words_t1"], "outcome_words_t1_text" in wide[0], "text" in long[0]) == ("1", False, False)
    assert [row["label"] for row in long if row["item"] == "outcome_words"] == ["odgovor z besedami"]
    everything = b"".join(data for form in ("csv", "sav") for data in made(group, form).values())
    assert ("Šivanje".encode() in everything, seal("Šivanje in čaj") in everything) == (False, False)
    wide, long = plain(group, texts=True)
    assert (wide[0]["outcome_words_t1"], wide[0]["outcome_words_t1_text"]) == ("1", "Šivanje in čaj")
    assert [row["text"] for row in long] == ["", "Šivanje in čaj"]
