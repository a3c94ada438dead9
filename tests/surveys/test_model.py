"""Values of questionnaires: offsets, hashes, and the way through JSON."""

from datetime import timedelta

import pytest

from surveys.conditions import AllOf, Compare, Not
from surveys.model import Choice, Item, Programme, Questionnaire, Wave, read_offset, write_offset

ASKED = Questionnaire(
    id="asked",
    title="Vprašalnik",
    items=(
        Item(id="first", kind="choice", text="Ali?", choices=(Choice(code=1, label="da"), Choice(code=2, label="ne"))),
        Item(
            id="second",
            kind="note",
            text="Hvala.",
            when=AllOf(all=(Not(not_=Compare(item="first", is_="in", value=(2,))),)),
        ),
    ),
)
AFTER = Wave(id="after", name="zaključek", anchor="end", offset="90d", questionnaire="asked")
PROGRAMME = Programme(
    slug="kraj-branje",
    name="Branje",
    library="Knjižnica",
    code="KRA",
    group="Srečanja",
    waves=(AFTER,),
    questionnaires=(ASKED,),
)


@pytest.mark.parametrize(
    ("written", "length"),
    [
        ("90d", timedelta(days=90)),
        ("-12h", timedelta(hours=-12)),
        ("15m", timedelta(minutes=15)),
        ("30s", timedelta(seconds=30)),
    ],
)
def test_an_offset_is_written_as_it_was_read(written, length):
    assert read_offset(written) == length
    assert write_offset(length) == written
    assert read_offset(length) == length


@pytest.mark.parametrize("written", ["", "90", "1w", "1.5d", "d", 90, None])
def test_another_length_is_refused_with_a_sentence(written):
    with pytest.raises(ValueError, match=r'^a length of time is written like "90d", "12h", "15m" or "30s"$'):
        read_offset(written)


@pytest.mark.parametrize("written", ["36501d", "-36501d", "999999999999d", "9" * 5000 + "s"])
def test_a_length_beyond_all_days_is_refused_with_a_sentence(written):
    with pytest.raises(ValueError, match=r"^a length of time is at most 36500d$"):
        read_offset(written)


def test_a_questionnaire_is_the_same_behind_json():
    again = Questionnaire.model_validate_json(ASKED.model_dump_json())
    assert again == ASKED
    assert again.hash == ASKED.hash


def test_a_hash_names_the_content_and_no_default():
    assert ASKED.hash == "9f44e500de5ccd1921755c9ac67961d1f525ef14e70f3fe62fcf5b1b125abe7f"
    assert ASKED.model_copy(update={"title": "Drug vprašalnik"}).hash != ASKED.hash


def test_parts_are_found_by_their_id():
    assert ASKED.item("second") == ASKED.items[1]
    assert ASKED.item("third") is None
    assert ASKED.items[0].choice(2) == Choice(code=2, label="ne")
    assert ASKED.items[0].choice(3) is None
    assert PROGRAMME.wave("after") == AFTER
    assert PROGRAMME.wave("before") is None
    assert PROGRAMME.questionnaire(AFTER) == ASKED


def test_only_a_note_asks_nothing():
    assert [item.asks for item in ASKED.items] == [True, False]


def test_a_programme_is_the_same_behind_json():
    assert Programme.model_validate_json(PROGRAMME.model_dump_json()) == PROGRAMME
