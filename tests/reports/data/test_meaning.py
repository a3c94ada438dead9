"""What a change means: steps in the words of the scale, the ceiling, and regression to the mean, from shown numbers."""

import json
import math
from datetime import UTC, datetime
from random import Random

import pytest
from plugins.respondents import open_text
from scipy import integrate
from scipy.stats import norm

from reports.disclosure.suppression import Cells
from reports.formulas.reversion import regression_to_the_mean
from reports.kinds.impact import impact
from reports.render.json import as_json
from reports.texts import meaning as words

NOW = datetime(2026, 12, 20, 12, tzinfo=UTC)
SLUG = "brezice-racunalnik"
CHANCE = Random(2)
BEFORE = CHANCE.choices(range(1, 6), (3, 4, 3, 2, 1), k=80)
PAIRS = [(x, min(5, max(1, x + CHANCE.choice((-1, 0, 0, 1, 1, 2))))) for x in BEFORE]
AT_TOP, BETTER = BEFORE.count(5), sum(y > x for x, y in PAIRS)


def sentences(report):
    document = json.loads(as_json(report))
    return [
        block["paragraph"]
        for one in document["sections"]
        if one["id"] == "evidence"
        for block in one["blocks"]
        if "paragraph" in block
    ]


@pytest.fixture
def told(memory, programmes, new_group):
    def made(pairs, k=5, reliability=None):
        new_group(SLUG).changes(pairs)
        programme = programmes[SLUG]
        if reliability is not None:
            sheets = tuple(_known(one, reliability) for one in programme.questionnaires)
            programme = programme.model_copy(update={"questionnaires": sheets})
        return sentences(impact(memory, programme, NOW, Cells(k, 2 * k), open_text))

    return made


def _known(sheet, reliability):
    items = (
        item.model_copy(update={"reliability": reliability}) if item.role == "primary" else item for item in sheet.items
    )
    return sheet.model_copy(update={"items": tuple(items)})


def test_steps_and_ceiling_are_said_in_the_words_of_the_scale(told):
    said = " ".join(told(PAIRS))

    assert "Korak na lestvici je sosednji odgovor, na primer od »zelo težko« do »z nekaj pomoči«." in said
    assert f"Vsaj en korak bolje je odgovorilo {BETTER} od 80." in said
    assert (
        f"Najvišji odgovor (brez težav) je izbralo že na začetku {AT_TOP} od 80; višje niso mogli odgovoriti." in said
    )
    assert said.endswith(words.NAMED)


def test_a_best_answer_of_few_people_is_told_with_its_neighbours(told):
    few = [pair for pair in PAIRS if pair[0] < 5]
    said = " ".join(told([*few, (5, 5), (5, 4)]))

    assert "Enega od najvišjih odgovorov (precej dobro ali brez težav) je izbralo že na začetku " in said
    assert "Najvišji odgovor" not in said


def test_where_no_answers_are_drawn_the_ceiling_is_protected(told):
    said = told([(1, 3), (2, 3), (2, 4), (3, 3), (1, 2), (3, 4)])

    assert words.CEILING_HIDDEN in said
    assert words.STEPS_HIDDEN in said[-3]


def test_a_known_reliability_gives_an_estimate_from_numbers_that_are_shown(told):
    assert told([(x, min(5, y + 1)) for x, y in PAIRS], reliability=0.7)[-1].endswith(
        "Če je zanesljivost vprašanja 0,70 in bi se vpisali samo ljudje, ki jim je šlo tedaj slabše od povprečja, bi "
        "bilo tega približno 0,3 točke."
    )


@pytest.mark.parametrize(("points", "told_as"), [(0.04, "manj kot 0,1 točke."), (0.06, "približno 0,1 točke.")])
def test_an_estimate_is_never_told_as_nothing(points, told_as):
    assert words.estimated(0.9, points).endswith(told_as)


def test_the_change_of_those_who_wait_holds_it():
    assert "v njihovi spremembi (+0,1) je to že všteto" in words.compared(0.1)
    assert words.compared(0.1).endswith("je v razliki med skupinama verjetno manj, posebno če sta začeli podobno.")


@pytest.mark.parametrize("count", [1, 2, 3, 5, 101, 102])
def test_verbs_agree_with_their_count(count):
    verbs = {1: "je odgovoril ", 2: "sta odgovorila ", 3: "so odgovorili ", 5: "je odgovorilo "}
    expected = verbs.get(count % 100, verbs[5])

    assert words.steps(count, 200) == f"Vsaj en korak bolje {expected}{count} od 200."


@pytest.mark.parametrize("reliability", [0.0, 0.4, 0.76, 1.0])
@pytest.mark.parametrize("cutoff", [-4 / 3, 0.0, 0.8])
def test_the_formula_is_the_mean_rise_of_those_below_a_cutoff_in_a_bivariate_normal(reliability, cutoff):
    """The first answer x is N(0, σ²); the second has the mean ρx: integrated over x below the cutoff."""
    deviation = 15.0
    rise = integrate.quad(lambda z: (reliability - 1) * z * deviation * norm.pdf(z), -math.inf, cutoff)[0]

    assert regression_to_the_mean(deviation, reliability, cutoff) == pytest.approx(rise / norm.cdf(cutoff), abs=1e-9)


@pytest.mark.parametrize(("deviation", "reliability"), [(-1.0, 0.5), (math.nan, 0.5), (1.0, -0.1), (1.0, 1.1)])
def test_impossible_numbers_are_refused(deviation, reliability):
    with pytest.raises(ValueError, match=r"reliability|standard deviation"):
        regression_to_the_mean(deviation, reliability)
