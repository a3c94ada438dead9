"""The workbook: real numbers and days, frozen headers, a codebook, and no formula whatever people wrote."""

import io
from datetime import datetime

import openpyxl
import pytest
from plugins.exporting import made, types
from sqlalchemy import update

from reports.export import xlsx
from reports.export.columns import ExportError
from storage import schema
from surveys.model import NonAnswer

EVIL = '=HYPERLINK("https://zlo.si";"klik")'


@pytest.fixture
def group(new_group):
    """One person who answered twice, once in words that look like a formula."""
    added = new_group("brezice-racunalnik")
    added.connection.execute(update(schema.cohort).values(name="+jesen"))
    one = added.enrols()
    added.answers(one, "before", primary=4, computer_days=NonAnswer.REFUSED)
    added.answers(one, "after", primary=5)
    types(added, one, "after", "outcome_words", EVIL)
    return added


def opened(group, **more):
    return openpyxl.load_workbook(io.BytesIO(made(group, "xlsx", **more)[".xlsx"]))


def rows(sheet):
    head, *found = sheet.iter_rows(values_only=True)
    return [{name: cell for name, cell in zip(head, row, strict=True) if cell is not None} for row in found]


def test_the_wide_sheet_has_numbers_and_days(group):
    (person,) = rows(opened(group, texts=True)["Široko"])
    assert person == {
        "code": "BRE-10001",
        "cohort": 1,
        "cohort_name": "+jesen",
        "audience": "participants",
        "state": "active",
        "role": "participant",
        "mode_t0": "self",
        "answered_on_t0": datetime(2026, 8, 3),  # noqa: DTZ001 - a workbook knows no zones
        "mode_t1": "self",
        "answered_on_t1": datetime(2026, 8, 29),  # noqa: DTZ001 - the same
        "primary_t0": 4,
        "primary_t1": 5,
        "computer_days_t0": -98,
        "outcome_words_t1": 1,
        "outcome_words_t1_text": EVIL,
    }


def test_the_long_sheet_has_every_answer_in_slovenian_time(group):
    found = rows(opened(group, texts=True)["Dolgo"])
    assert [(row["item"], row.get("value"), row["label"], row.get("text"), row["answered_at"]) for row in found] == [
        ("primary", 4, "precej dobro", None, datetime(2026, 8, 3, 10)),  # noqa: DTZ001 - a workbook knows no zones
        ("computer_days", None, "Ne želim odgovoriti", None, datetime(2026, 8, 3, 10)),  # noqa: DTZ001 - the same
        ("primary", 5, "brez težav", None, datetime(2026, 8, 29, 10)),  # noqa: DTZ001 - the same
        ("outcome_words", None, "odgovor z besedami", EVIL, datetime(2026, 8, 28, 10)),  # noqa: DTZ001 - the same
    ]


def test_no_cell_is_a_formula_or_a_link(group):
    book = opened(group, texts=True)
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert [cell.coordinate for cell in cells if cell.data_type == "f" or cell.hyperlink] == []
    assert sum(cell.value == EVIL for cell in cells) == 2


def test_every_column_stands_in_the_codebook(group):
    book = opened(group)
    wide, long = ([cell.value for cell in book[name][1]] for name in ("Široko", "Dolgo"))
    entries = rows(book["Šifrant"])
    assert [(row["Tabela"], row["Stolpec"]) for row in entries] == [
        *(("Široko", name) for name in wide),
        *(("Dolgo", name) for name in long),
    ]
    assert next(row for row in entries if row["Stolpec"] == "primary_t1") == {
        "Stolpec": "primary_t1",
        "Tabela": "Široko",
        "Opis": "zaključek: Kako vam gre delo z računalnikom?",
        "Vprašanje": "Kako vam gre delo z računalnikom?",
        "Merjenje": "zaključek (t1)",
        "Odgovori": "1 = ne gre\n2 = zelo težko\n3 = z nekaj pomoči\n4 = precej dobro\n5 = brez težav",
        "Brez odgovora": "-99 = Ne vem",
        "Kdo je vprašan": "vsi, ki odgovarjajo na vprašalnik",
        "Merska raven": "urejenostna (ordinal)",
        "Vir": f"program brezice-racunalnik, vprašalnik after, različica {group.programme.questionnaires[1].hash[:12]}",
    }


def test_headers_are_frozen_on_every_sheet(group):
    assert [sheet.freeze_panes for sheet in opened(group)] == ["B2", "B2", "B2"]


def test_the_same_data_give_the_same_bytes(group):
    assert made(group, "xlsx") == made(group, "xlsx")


def test_more_rows_than_a_sheet_has_are_refused(group, monkeypatch):
    monkeypatch.setattr(xlsx, "_ROWS", 2)
    with pytest.raises(ExportError) as refused:
        made(group, "xlsx")
    assert str(refused.value) == "4 rows do not fit on a sheet; choose CSV."


def test_a_programme_without_people_is_a_workbook_too(new_group):
    book = opened(new_group("ljutomer-branje"))
    assert [sheet.max_row for sheet in book][:2] == [1, 1]
