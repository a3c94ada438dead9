"""How long a questionnaire takes, counted from its questions."""

import pytest

from surveys.effort import minutes, minutes_of_each
from surveys.load import load, shipped
from surveys.model import Choice, Item, Kind, Questionnaire

PROGRAMMES = load([shipped()]).programmes
SCALE = tuple(
    Choice(code=code, label=label) for code, label in enumerate(("ne", "malo", "srednje", "precej", "zelo"), 1)
)


def asking(kind, count, text="Kako vam gre?"):
    choices = SCALE if kind in {Kind.SCALE, Kind.MULTIPLE} else ()
    items = tuple(Item(id=f"q{number}", kind=kind, text=text, choices=choices) for number in range(count))
    return Questionnaire(id="q", title="Vprašalnik", items=items)


@pytest.mark.parametrize(
    ("kind", "count", "expected"),
    [
        (Kind.NOTE, 1, 1),
        (Kind.SCALE, 1, 1),
        (Kind.SCALE, 8, 2),
        (Kind.SCALE, 20, 5),
        (Kind.MULTIPLE, 8, 4),
        (Kind.TEXT, 3, 4),
    ],
)
def test_more_questions_and_heavier_ones_take_longer(kind, count, expected):
    assert minutes(asking(kind, count)) == expected


def test_longer_words_take_longer():
    assert minutes(asking(Kind.SCALE, 8, "Kako vam gre, ko " + "zelo " * 20)) == 4


def test_what_the_shipped_questionnaires_take():
    assert {
        slug: {one.id: minutes(one) for one in programme.questionnaires} for slug, programme in PROGRAMMES.items()
    } == {
        "brezice-racunalnik": {"before": 3, "after": 5, "followup": 3},
        "kamnik-slovenscina": {"before": 3, "after": 5, "followup": 3},
        "ljubljana-karierni-coaching": {"before": 3, "after": 5, "followup": 3},
        "ljutomer-branje": {"before": 3, "after": 5, "followup": 3, "volunteer_before": 2, "volunteer_after": 3},
        "novo-mesto-branje": {"before": 2, "after": 4, "followup": 2},
        "radovljica-zmoremo": {"before": 3, "after": 4, "followup": 3},
    }


def test_each_audience_hears_of_its_own_questionnaires():
    ljutomer = PROGRAMMES["ljutomer-branje"]
    assert [minutes_of_each(ljutomer, one) for one in ljutomer.audiences] == [(3, 5), (2, 3)]


def test_no_shipped_introduction_says_it_in_other_words():
    said = [one.intro for programme in PROGRAMMES.values() for one in programme.questionnaires]
    said += [words for programme in PROGRAMMES.values() for one in programme.questionnaires
             for language in one.translations.values() for words in language.values()]  # fmt: skip
    assert [words for words in said if "minut" in words] == []
