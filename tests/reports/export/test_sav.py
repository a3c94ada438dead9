"""SPSS opens the file with names, labels, measure levels and user-missing values, and every value is what it was."""

from datetime import date

import pyreadstat
import pytest
from plugins.exporting import made, types

from reports.export.columns import ExportColumn, ExportError, Holds
from reports.export.sav import as_sav, check_names, cut
from reports.export.table import ExportTable
from surveys.model import Mode, NonAnswer

NON_ANSWERS = {
    -99: "Ne vem",
    -98: "Ne želim odgovoriti",
    -97: "Ne velja zame",
    -96: "Preskočeno",
    -95: "Ni bilo vprašano",
}
MISSING = [{"lo": -99.0, "hi": -95.0}]


@pytest.fixture
def opened(tmp_path):
    """A function that reads a file as SPSS would, with user-missing values kept or left out."""

    def read(data, *, user_missing=True):
        path = tmp_path / "data.sav"
        path.write_bytes(data)
        return pyreadstat.read_sav(path, user_missing=user_missing)

    return read


@pytest.fixture
def group(new_group):
    """Somebody with every kind of answer and non-answer, and somebody with none."""
    added = new_group("brezice-racunalnik")
    one = added.enrols()
    added.answers(
        one,
        "before",
        Mode.PAPER,
        primary=4,
        fraud=NonAnswer.DONT_KNOW,
        computer_days=5,
        purposes=0b110,
        problem_solving=NonAnswer.REFUSED,
        belonging=NonAnswer.NOT_APPLICABLE,
        loneliness=NonAnswer.SKIPPED,
        life_satisfaction=NonAnswer.NOT_ASKED,
    )
    added.answers(one, "after", primary=5)
    types(added, one, "after", "outcome_words", "Žena me uči č, š in ž 🙂")
    added.enrols()
    return added


def test_every_value_is_what_it_was(group, opened):
    frame, _ = opened(made(group, "sav", texts=True)[".sav"])
    first, second = (row.dropna().to_dict() for _, row in frame.iterrows())
    assert {name: cell for name, cell in first.items() if cell != ""} == {
        "code": "BRE-10001",
        "cohort": 1.0,
        "cohort_name": "jesen",
        "audience": "participants",
        "state": "active",
        "role": "participant",
        "mode_t0": "paper",
        "answered_on_t0": date(2026, 8, 3),
        "mode_t1": "self",
        "answered_on_t1": date(2026, 8, 29),
        "primary_t0": 4.0,
        "primary_t1": 5.0,
        "fraud_t0": -99.0,
        "computer_days_t0": 5.0,
        **{f"purposes_t0_{code}": float(code in {1, 2}) for code in range(1, 8)},
        "problem_solving_t0": -98.0,
        "belonging_t0": -97.0,
        "loneliness_t0": -96.0,
        "life_satisfaction_t0": -95.0,
        "outcome_words_t1": 1.0,
        "outcome_words_t1_text": "Žena me uči č, š in ž 🙂",
    }
    assert {name: cell for name, cell in second.items() if cell != ""} == {
        "code": "BRE-10002",
        "cohort": 1.0,
        "cohort_name": "jesen",
        "audience": "participants",
        "state": "active",
        "role": "participant",
    }


def test_non_answers_are_missing_for_spss_and_still_told_apart(group, opened):
    data = made(group, "sav")[".sav"]
    frame, _ = opened(data, user_missing=False)
    asked = ["fraud_t0", "problem_solving_t0", "belonging_t0", "loneliness_t0", "life_satisfaction_t0", "purposes_t0_1"]
    assert frame.loc[0, asked].isna().tolist() == [True] * 5 + [False]
    _, meta = opened(data)
    ranges = {name: meta.missing_ranges.get(name) for name in (*asked, "computer_days_t0", "cohort", "mode_t0")}
    assert ranges == {**dict.fromkeys([*asked, "computer_days_t0"], MISSING), "cohort": None, "mode_t0": None}


def test_variables_have_labels_and_levels(group, opened):
    _, meta = opened(made(group, "sav")[".sav"])
    told = {
        name: (meta.column_names_to_labels[name], meta.variable_measure[name], meta.variable_value_labels.get(name))
        for name in ("primary_t1", "purposes_t0_1", "computer_days_t0", "mode_t0")
    }
    can_do = {1: "ne gre", 2: "zelo težko", 3: "z nekaj pomoči", 4: "precej dobro", 5: "brez težav"}
    modes = {
        "self": "lastna roka",
        "assisted": "s pomočjo knjižnice",
        "proxy": "odrasla oseba za otroka",
        "paper": "na papirju",
    }
    assert told == {
        "primary_t1": ("zaključek: Kako vam gre delo z računalnikom?", "ordinal", {**can_do, **NON_ANSWERS}),
        "purposes_t0_1": (
            "izhodišče: »e-pošta« – Za kaj uporabljate računalnik?",
            "nominal",
            {0: "ni izbrano", 1: "izbrano", **NON_ANSWERS},
        ),
        "computer_days_t0": ("izhodišče: Koliko dni na teden uporabljate računalnik?", "scale", NON_ANSWERS),
        "mode_t0": ("izhodišče: način odgovarjanja", "nominal", modes),
    }
    assert (meta.file_label, meta.file_encoding) == ("Migam z računalnikom", "UTF-8")


def test_a_programme_without_people_has_its_variables_too(new_group, opened):
    empty, meta = opened(made(new_group("brezice-racunalnik"), "sav", texts=True)[".sav"])
    about = "izhodišče: Kako vam gre delo z računalnikom?"
    assert (len(empty), meta.column_names_to_labels["primary_t0"]) == (0, about)


def test_labels_are_cut_between_letters_and_say_so(opened):
    column = ExportColumn("x", "č" * 200, Holds.CODE, answers=((1, "ž" * 100),))
    _, meta = opened(as_sav(ExportTable("", "", (column,), [[1]]), "š" * 60))
    assert meta.column_labels == ["č" * 126 + "…"]
    assert meta.variable_value_labels == {"x": {1: "ž" * 58 + "…"}}
    assert meta.file_label == "š" * 30 + "…"


def test_what_fits_is_not_cut():
    assert (cut("č" * 32, 64), cut("č" * 33, 64), cut("dve\nvrstici", 64)) == ("č" * 32, "č" * 30 + "…", "dve vrstici")


def test_long_words_are_whole(opened):
    words = "Čaj, šipek in žajbelj. " * 300
    frame, _ = opened(
        as_sav(ExportTable("", "", (ExportColumn("x", "x", Holds.TEXT),), [[words.strip()], [None]]), "x")
    )
    assert frame["x"].tolist() == [words.strip(), ""]


@pytest.mark.parametrize("name", ["č_t0", "1x", "x" * 65, "x.", "with", "x y", "_x", ""])
def test_names_that_spss_does_not_take_are_refused(name):
    with pytest.raises(ExportError) as refused:
        check_names(["fine", name])
    assert str(refused.value) == f'SPSS takes no variable called "{name}"; give the item another id.'


def test_names_that_differ_by_case_alone_are_refused():
    with pytest.raises(ExportError) as refused:
        check_names(["mood", "Mood"])
    assert str(refused.value) == 'SPSS cannot tell two variables called "Mood" apart; give one item another id.'
