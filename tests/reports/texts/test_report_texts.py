"""The words of the reports: every one is used, and sentences with a count have all four forms."""

import re
from pathlib import Path

import pytest

from reports import texts
from reports.texts import periods
from reports.texts.periods import ToldPeriod
from surveys.weeks import Week

TOLD = ToldPeriod(Week(2026, 47), Week(2026, 47).end)
COUNTED = {
    "arrived": lambda n: periods.arrived(n, 1, TOLD),
    "waiting": texts.waiting,
    "due": lambda n: periods.due(n, TOLD),
    "people": texts.people,
}
NAMES = [name for name in vars(texts) if name.isupper() and not name.startswith("_")]


@pytest.mark.parametrize("name", COUNTED)
def test_a_sentence_with_a_count_has_four_forms(name):
    forms = [re.sub(r"\d+", "", COUNTED[name](n)) for n in (1, 2, 3, 5)]

    assert len(set(forms)) == 4
    assert [re.sub(r"\d+", "", COUNTED[name](n)) for n in (101, 102, 104, 111)] == forms


def test_every_text_is_used():
    rooms = Path(texts.__file__).parents[1].rglob("*.py")
    source = "\n".join(room.read_text(encoding="utf-8") for room in rooms)

    assert [name for name in NAMES if len(re.findall(rf"\b{name}\b", source)) < 2] == []


def test_quotes_and_minus_signs_are_slovenian():
    words = Path(texts.__file__).read_text(encoding="utf-8")

    assert re.findall("[„“”]", words) == []


def test_answers_that_are_joined_are_named_or_spanned():
    assert texts.joined(("ne",), ordered=True) == "ne"
    assert texts.joined(("ne", "delno"), ordered=True) == "ne ali delno"
    assert texts.joined(("ne gre", "zelo težko", "z nekaj pomoči"), ordered=True) == "od »ne gre« do »z nekaj pomoči«"
    assert texts.joined(("delo", "praksa", "drugo"), ordered=False) == "drugo"


def test_several_modes_are_named_with_one_ali():
    assert texts.either(["a"]) == "a"
    assert texts.either(["a", "b", "c"]) == "a, b ali c"


def test_the_verdict_is_calibrated_by_the_interval():
    assert "verjetno ni naključna" in texts.verdict(0.8, 0.4, 1.2)
    assert "gre navzdol in verjetno ni naključna" in texts.verdict(-0.8, -1.2, -0.4)
    assert "lahko tudi naključna" in texts.verdict(0.8, -0.1, 1.7)


def test_drop_outs_are_spoken_of_by_the_interval():
    assert texts.dropout_sentence(-0.9, -1.5, -0.3).startswith(
        "Kdor ni odgovoril ob zaključku, je začel nižje (za 0,9)"
    )
    assert texts.dropout_sentence(0.9, 0.3, 1.5).startswith("Kdor ni odgovoril ob zaključku, je začel višje (za 0,9)")
    assert texts.dropout_sentence(0.0, -0.6, 0.6) == "Oboji so na začetku v povprečju odgovorili enako."
    assert texts.dropout_sentence(-0.9, -1.5, 0.3) == "Razlika med njimi na začetku (0,9) je lahko naključna."


def test_of_questions_that_are_compared_at_once_it_is_said_that_one_is_stricter():
    assert texts.core_verdict(["samostojnost", "pripadnost"], 4) == (
        "Med skupnimi štirimi vprašanji se je jasno spremenilo: samostojnost, pripadnost. Ker primerjamo "
        "4\N{NO-BREAK SPACE}vprašanja hkrati, smo strožji kot pri vsakem posebej."
    )
    assert "2\N{NO-BREAK SPACE}vprašanji hkrati" in texts.core_verdict([], 2)
    assert texts.core_verdict([], 1) == "Pri skupnih štirih vprašanjih nobena sprememba ni dovolj jasna."
