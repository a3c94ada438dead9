"""The sentences of Monday's message in all forms of the plural, with groups whose numbers add up."""

import pytest

from bot.texts import monday as texts
from storage.agenda import OfGroup


def groups(*counts):
    return [OfGroup(number, name, count) for number, (name, count) in enumerate(zip("ABCDE", counts, strict=False))]


def plain(words):
    return words.replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("counts", "said"),
    [
        ([1], "1 osebo iz skupine »A«."),
        ([2], "2 osebi iz skupine »A«."),
        ([4], "4 osebe iz skupine »A«."),
        ([3, 2], "5 oseb: 3 iz skupine »A«, 2 iz skupine »B«."),
        ([9, 5, 3], "17 oseb: 9 iz skupine »A«, 5 iz skupine »B«, 3 iz skupine »C«."),
        ([9, 5, 3, 2, 1], "20 oseb: 9 iz skupine »A«, 5 iz skupine »B«, 3 iz skupine »C«, 3 iz drugih skupin."),
    ],
)
def test_groups_are_named_and_their_numbers_add_up(counts, said):
    assert plain(texts.to_call(groups(*counts))) == f"Poklicati je treba {said}"


@pytest.mark.parametrize(
    ("count", "said"),
    [
        (1, "Na vašo odločitev čaka 1 zgodba."),
        (2, "Na vašo odločitev čakata 2 zgodbi."),
        (3, "Na vašo odločitev čakajo 3 zgodbe."),
        (5, "Na vašo odločitev čaka 5 zgodb."),
    ],
)
def test_stories(count, said):
    assert plain(texts.stories(count)) == said


@pytest.mark.parametrize(
    ("people", "said"),
    [(1, "Dobi ga 1 oseba."), (2, "Dobita ga 2 osebi."), (4, "Dobijo ga 4 osebe."), (12, "Dobi ga 12 oseb.")],
)
def test_a_questionnaire_that_opens(people, said):
    line = plain(texts.opens("A", "zaključek", "v sredo, 2. 12. 2026", people))
    assert line == f"V sredo, 2. 12. 2026, pride v skupino »A« zaključni vprašalnik. {said}"


@pytest.mark.parametrize(
    ("count", "said"),
    [
        (1, "Vprašalnik dobi še 1 skupina."),
        (2, "Vprašalnik dobita še 2 skupini."),
        (3, "Vprašalnik dobijo še 3 skupine."),
        (6, "Vprašalnik dobi še 6 skupin."),
    ],
)
def test_more_groups(count, said):
    assert plain(texts.more_open(count)) == said


def test_what_opens_today_is_said_so():
    line = plain(texts.opens("A", "zaključek", texts.TODAY, 1))
    assert line == "Danes pride v skupino »A« zaključni vprašalnik. Dobi ga 1 oseba."
