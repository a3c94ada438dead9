"""Columns come from definitions, keep their names over waves and versions, and never depend on answers."""

from datetime import UTC, datetime, timedelta

import pytest

from reports.export import columns
from reports.export.columns import ExportError, Holds, Measure
from reports.export.questions import places, questions
from storage.analysis.exports import Version
from surveys.model import Choice, Item, Kind, Programme, Questionnaire, Wave

MONDAY = datetime(2026, 8, 3, 8, tzinfo=UTC)
EVERY_PERSON = ("code", "cohort", "cohort_name", "audience", "state", "role", "allocation")


def scale(id_, *labels, **more):
    choices = tuple(Choice(code=code, label=label) for code, label in enumerate(labels or ("ne", "da"), start=1))
    return Item(id=id_, kind=Kind.SCALE, text=f"Kako je {id_}?", choices=choices, **more)


def programme(*waves, **questionnaires):
    """Waves as »id:audience:questionnaire«."""
    parts = [wave.split(":") for wave in waves]
    return Programme(
        slug="kamnik-slovenscina",
        name="Učenje",
        library="Knjižnica",
        code="KAM",
        group="Skupina",
        waves=tuple(
            Wave(id=id_, name=f"val {id_}", anchor="start", offset=timedelta(), audience=audience, questionnaire=asks)
            for id_, audience, asks in parts
        ),
        questionnaires=tuple(
            Questionnaire(id=id_, title="Vprašalnik", items=items) for id_, items in questionnaires.items()
        ),
    )


def stored(*items, id_="q", day=0):
    questionnaire = Questionnaire(id=id_, title="Vprašalnik", items=items)
    return Version(questionnaire.hash, questionnaire, MONDAY + timedelta(days=day))


def columns_of(of, versions=(), pinned=(), *, texts=False):
    everywhere = places(of, (wave for wave, _ in pinned))
    return columns.wide(everywhere.values(), questions(of, versions, pinned), texts=texts)


def names(*given, **more):
    return [column.name for column in columns_of(*given, **more) if column.question]


def test_a_column_is_named_by_its_item_and_the_place_of_its_wave(programmes):
    found = [column.name for column in columns_of(programmes["brezice-racunalnik"])]
    options = [*(f"purposes_t0_{code}" for code in range(1, 8)), *(f"purposes_t1_{code}" for code in range(1, 8))]
    core = ("problem_solving", "belonging", "loneliness", "life_satisfaction")
    assert found == [
        *EVERY_PERSON,
        *(f"{name}_t{wave}" for wave in range(3) for name in ("mode", "channel", "answered_on")),
        *("primary_t0", "primary_t1", "primary_t2", "fraud_t0", "fraud_t2", "computer_days_t0", "computer_days_t2"),
        *options,
        *(f"{item}_t{wave}" for item in core for wave in range(3)),
        *("outcome_learned_t1", "outcome_confidence_t1", "outcome_apply_t1", "outcome_library_t1", "outcome_words_t1"),
        "used_t2",
    ]


def test_waves_are_counted_in_each_audience_by_itself(programmes):
    marks = {wave: place.mark for wave, place in places(programmes["ljutomer-branje"]).items()}
    assert marks == {"before": "t0", "after": "t1", "followup": "t2", "volunteer_before": "t0", "volunteer_after": "t1"}
    volunteers = [name for name in names(programmes["ljutomer-branje"]) if name.startswith("volunteer_talk")]
    assert volunteers == ["volunteer_talk_t0", "volunteer_talk_t1"]


def test_two_audiences_that_share_an_item_share_its_column():
    of = programme("before:participants:q", "helpers:volunteers:h", q=(scale("mood"),), h=(scale("mood"), scale("joy")))
    assert names(of) == ["mood_t0", "joy_t0"]
    assert columns_of(of)[-2].label == "val before / val helpers: Kako je mood?"


def test_an_item_that_is_not_asked_any_more_keeps_its_column_and_its_place():
    old, new = (scale("first"), scale("second")), (scale("third"), scale("second"))
    of = programme("before:participants:q", q=new)
    assert names(of, [stored(*old)]) == ["first_t0", "second_t0", "third_t0"]
    assert names(of, [stored(*new, day=1), stored(*old)]) == ["first_t0", "second_t0", "third_t0"]


def test_the_order_stays_when_an_older_version_comes_back():
    first, second = stored(scale("a"), scale("b")), stored(scale("a"), scale("c"), day=1)
    newer = programme("before:participants:q", q=second.questionnaire.items)
    again = programme("before:participants:q", q=first.questionnaire.items)
    assert names(newer, [first, second]) == names(again, [first, second]) == ["a_t0", "b_t0", "c_t0"]


def test_an_option_keeps_its_code_and_takes_its_newest_words():
    of = programme("before:participants:q", q=(scale("mood", "slabo", "dobro"),))
    mood = columns_of(of, [stored(scale("mood", "slaba volja", "dobra volja", "odlična volja"))])[-1]
    assert mood.answers == ((1, "slabo"), (2, "dobro"), (3, "odlična volja"))


def test_an_item_that_becomes_a_number_gets_a_column_of_its_own():
    days = Item(id="days", kind=Kind.NUMBER, text="Koliko dni?", minimum=0, maximum=7)
    of = programme("before:participants:q", q=(days,))
    found = columns_of(of, [stored(scale("days"))])[-2:]
    assert [(column.name, column.holds, column.measure) for column in found] == [
        ("days_t0", Holds.CODE, Measure.ORDINAL),
        ("days_number_t0", Holds.NUMBER, Measure.SCALE),
    ]


def test_a_wave_that_only_old_runs_know_keeps_columns_under_its_own_name():
    of, old = programme("before:participants:q", q=(scale("mood"),)), stored(scale("joy"), id_="gone")
    assert names(of, [old]) == ["mood_t0"]
    assert names(of, [old], {("autumn", old.hash)}) == ["joy_autumn", "mood_t0"]


def test_a_wave_keeps_what_it_asked_by_another_questionnaire():
    of, old = programme("before:participants:q", q=(scale("mood"),)), stored(scale("joy"), id_="other")
    assert names(of, [old], {("before", old.hash)}) == ["joy_t0", "mood_t0"]


def test_words_have_a_column_that_says_they_are_there_and_another_only_when_wanted():
    of = programme("before:participants:q", q=(Item(id="words", kind=Kind.TEXT, text="Kaj menite?"),))
    assert names(of) == ["words_t0"]
    assert [(column.name, column.holds) for column in columns_of(of, texts=True)[-2:]] == [
        ("words_t0", Holds.WRITTEN),
        ("words_t0_text", Holds.TEXT),
    ]


def test_notes_have_no_column():
    note = Item(id="note", kind=Kind.NOTE, text="Zdaj pa še to.")
    assert names(programme("before:participants:q", q=(note, scale("mood")))) == ["mood_t0"]


def test_an_item_called_like_a_column_of_every_wave_is_named_apart():
    assert names(programme("before:participants:q", q=(scale("mode"),))) == ["item_mode_t0"]


def test_two_columns_of_one_name_are_refused():
    of = programme("before:participants:q", q=(scale("mode"), scale("item_mode")))
    with pytest.raises(ExportError) as refused:
        columns_of(of)
    assert str(refused.value) == "Two columns would be called item_mode_t0; give one of the items another id."


def test_a_number_that_could_be_taken_for_a_non_answer_is_refused():
    of = programme(
        "before:participants:q", q=(Item(id="cold", kind=Kind.NUMBER, text="Koliko?", minimum=-95, maximum=0),)
    )
    with pytest.raises(ExportError) as refused:
        columns_of(of)
    assert str(refused.value) == (
        "cold_t0 may be -95, but the numbers -99 to -95 stand for non-answers; let the item begin above -95."
    )


def test_every_shipped_programme_has_names_that_spss_takes(programmes):
    from reports.export.sav import check_names  # noqa: PLC0415 - pandas comes only with SPSS

    for of in programmes.values():
        check_names([column.name for column in columns_of(of, texts=True)])
