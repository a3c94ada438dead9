"""An export as a whole: the same columns whatever was answered, nobody who is erased, and tables that agree."""

import csv
import io
import subprocess
import sys

import pytest
from plugins.exporting import made, types
from plugins.respondents import OPENS

from reports.export.columns import NON_ANSWER_CODES
from reports.export.make import FORMS
from storage.answers import definitions
from storage.schema import EnrolmentState
from surveys.model import Choice, NonAnswer


def tables(group, **more):
    found = made(group, "csv", plain=True, **more)
    return tuple(list(csv.DictReader(io.StringIO(found[name].decode()))) for name in ("siroko.csv", "dolgo.csv"))


def heads(group):
    found = made(group, "csv", plain=True, texts=True)
    return [found[name].split(b"\n")[0] for name in ("siroko.csv", "dolgo.csv")]


def test_every_form_comes_with_codebook_and_ddi(new_group):
    group = new_group()
    assert {form: sorted(made(group, form)) for form in FORMS} == {
        "csv": ["ddi.xml", "dolgo.csv", "sifrant.md", "siroko.csv"],
        "xlsx": [".xlsx", "ddi.xml", "sifrant.md"],
        "sav": [".sav", "ddi.xml", "sifrant.md"],
    }


def test_columns_are_there_whether_or_not_anybody_answered(new_group):
    group = new_group("brezice-racunalnik")
    empty = heads(group)
    one = group.enrols()
    group.answers(one, "before", purposes=0b11110, primary=NonAnswer.SKIPPED)
    group.answers(one, "followup", used=1)
    assert heads(group) == empty


@pytest.mark.parametrize("form", FORMS)
def test_who_is_erased_is_nowhere(new_group, form):
    group = new_group()
    stays, goes = group.enrols(), group.enrols()
    for one in (stays, goes):
        group.answers(one, "after", primary=4)
        types(group, one, "after", "outcome_words", f"Besede osebe {one}")
    group.becomes(goes, EnrolmentState.ERASED)
    wide, long = tables(group, texts=True)
    assert ([row["code"] for row in wide], {row["code"] for row in long}) == (["KAM-10001"], {"KAM-10001"})
    assert b"KAM-10002" not in b"".join(made(group, form, texts=True).values())


def test_both_audiences_are_in_one_table(new_group):
    residents = new_group("ljutomer-branje")
    volunteers = new_group("ljutomer-branje", "volunteers")
    volunteers.enrols()
    residents.answers(residents.enrols(), "before", primary=2)
    wide, _ = tables(residents)
    assert [(row["audience"], row["cohort"], row["mode_t0"], row["primary_t0"]) for row in wide] == [
        ("participants", "1", "self", "2"),
        ("volunteers", "2", "", ""),
    ]


def test_an_option_that_a_version_did_not_have_stays_empty(new_group, memory):
    group = new_group("brezice-racunalnik")
    before, *rest = group.programme.questionnaires
    purposes = before.item("purposes")
    more = purposes.model_copy(update={"choices": (*purposes.choices, Choice(code=9, label="igre"))})
    items = tuple(more if item is purposes else item for item in before.items)
    newer = before.model_copy(update={"items": items})
    group.answers(group.enrols(), "before", purposes=0b10)
    group.programme = group.programme.model_copy(update={"questionnaires": (newer, *rest)})
    definitions.sync(memory, [group.programme], OPENS["after"])
    group.answers(group.enrols(), "before", purposes=1 << 9)
    wide, _ = tables(group)
    assert [(row["purposes_t0_1"], row["purposes_t0_9"]) for row in wide] == [("1", ""), ("0", "1")]


def test_the_wide_table_says_what_the_long_one_says(new_group):
    group = new_group("kamnik-slovenscina")
    for number in range(12):
        one = group.enrols()
        for wave in ("before", "after")[: number % 3]:
            group.answers(one, wave, primary=number % 5 + 1, belonging=list(NonAnswer)[number % 5], loneliness=3)
    wide, long = tables(group)
    marks = {"before": "t0", "after": "t1"}
    told = {
        (row["code"], f"{row['item']}_{marks[row['wave']]}"): row["value"]
        or str(NON_ANSWER_CODES[NonAnswer(row["non_answer"])])
        for row in long
    }
    names = [f"{item}_{mark}" for item in ("primary", "belonging", "loneliness") for mark in marks.values()]
    assert {(row["code"], name): row[name] for row in wide for name in names if row[name]} == told
    assert len(told) == 36


def test_nothing_heavy_is_loaded_before_it_is_needed():
    script = "import sys, reports.export.make; print(sorted({'pandas', 'pyreadstat', 'xlsxwriter'} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"
