"""What the impact report says of the plan: since when it stands, and what became of it later."""

from datetime import UTC, datetime, timedelta

import pytest
from plugins.respondents import OPENS, open_text
from sqlalchemy import select, update

from reports.disclosure.suppression import Cells
from reports.kinds.impact import impact
from reports.sections.plan import plans
from storage import schema
from storage.answers import definitions, responses
from storage.schema import OccasionState
from surveys.locale_sl import NO_BREAK
from surveys.model import Mode, PlannedComparisons

NOW = datetime(2026, 12, 20, 12, tzinfo=UTC)
KNOWN = datetime(2026, 3, 3, 9, tzinfo=UTC)
CHANGED = datetime(2026, 10, 5, 9, tzinfo=UTC)
QUESTION = "»Kako vam gre, ko se pogovarjate v slovenščini?«"
SLUG = "kamnik-slovenscina"


@pytest.fixture
def kamnik(programmes):
    return programmes[SLUG]


@pytest.fixture
def begins(memory, kamnik):
    """Somebody of a group begins the first questionnaire."""

    def begins(group, moment):
        occasion = group.asks(group.enrols(), "before", OccasionState.OPEN)
        version = kamnik.questionnaire(kamnik.waves[0]).hash
        responses.begin(memory, occasion, version, Mode.SELF, moment)

    return begins


def told(memory, programme, now=NOW):
    found = plans(memory, programme, now)
    (table,) = found.annex or (None,)
    return [block.text.replace(NO_BREAK, " ") for block in found.blocks], table


def has_known(memory, programme, since):
    """The plan is known since this moment."""
    definitions.sync(memory, [programme], since)
    memory.execute(update(schema.analysis_plan).values(stored_at=since))


def other(programme, **changes):
    return programme.model_copy(update=changes)


def test_the_primary_question_was_fixed_before_the_first_answer(memory, kamnik, new_group, begins):
    has_known(memory, kamnik, KNOWN)
    begins(new_group(), OPENS["before"])
    words, table = told(memory, kamnik)
    assert words[0].startswith(
        f"Glavno vprašanje ({QUESTION}) je bilo določeno 3. 3. 2026, pred prvim odgovorom (2. 8. 2026)."
    )
    assert words[1] == (
        "Vnaprej načrtovane primerjave: začetek in zaključek; začetek in spremljanje; "
        "udeleženci in čakajoči, kjer jih skupina ima."
    )
    assert len(words) == 2
    ((fingerprint, since, _, first, asked, changed),) = table.rows
    assert [one.replace(NO_BREAK, " ") for one in (since, first, changed)] == ["3. 3. 2026", "2. 8. 2026", "nič"]
    assert memory.scalar(select(schema.programme.c.plan).filter_by(slug=SLUG)).startswith(fingerprint)
    assert kamnik.questionnaire(kamnik.waves[0]).hash[:12] in asked


def test_before_anybody_answers_the_question_is_named(memory, kamnik, new_group):
    new_group()
    words, table = told(memory, kamnik)
    assert words[0] == f"Glavno vprašanje je {QUESTION}. Odgovorov še ni."
    assert table is None


def test_a_plan_from_after_the_first_answer_is_said_to_be_one(memory, kamnik, new_group, begins):
    has_known(memory, kamnik, CHANGED)
    begins(new_group(), OPENS["before"])
    words, _ = told(memory, kamnik)
    assert not any("pred prvim odgovorom (" in one for one in words)
    assert any("načrt ni bil zapisan pred prvim odgovorom." in one for one in words)


def test_a_group_from_before_plans_were_kept_is_said_to_have_none(memory, kamnik, new_group):
    group = new_group()
    group.answers(group.enrols(), "before", primary=3)
    words, table = told(memory, kamnik)
    assert any(one.startswith("V skupini »") and one.endswith("pred prvim odgovorom.") for one in words)
    assert table is None


def test_another_comparison_is_a_change_that_is_seen(memory, kamnik, new_group, begins):
    has_known(memory, kamnik, KNOWN)
    begins(new_group(), OPENS["before"])
    fewer = other(kamnik, analysis_plan=PlannedComparisons(changes=("after",), waiting_list=False))
    definitions.sync(memory, [fewer], CHANGED)
    words, table = told(memory, fewer)
    assert words[1] == "Vnaprej načrtovane primerjave: začetek in zaključek."
    assert words[2].endswith("so bile načrtovane druge primerjave. Načrt programa je bil spremenjen 5. 10. 2026.")
    assert table.rows[0][5] == "primerjave"


def test_another_primary_question_is_a_change_that_is_seen(memory, kamnik, new_group, begins):
    has_known(memory, kamnik, KNOWN)
    begins(new_group(), OPENS["before"])
    second = next(item.id for item in kamnik.questionnaires[0].items if item.role == "programme")
    roles = {"primary": "programme", second: "primary"}
    asked = tuple(
        other(one, items=tuple(other(item, role=roles.get(item.id, item.role)) for item in one.items))
        for one in kamnik.questionnaires
    )
    changed = other(kamnik, questionnaires=asked)
    definitions.sync(memory, [changed], CHANGED)
    words, table = told(memory, changed)
    assert not any("je bilo določeno" in one for one in words)
    assert any(f"je bilo glavno vprašanje drugo: {QUESTION}. Načrt programa" in one for one in words)
    assert table.rows[0][5] == "glavno vprašanje, besedilo vprašalnikov"


def test_many_groups_are_counted_and_few_are_named(memory, kamnik, new_group):
    for number in range(1, 6):
        group = new_group()
        group.answers(group.enrols(), "before", primary=3)
        (words,) = [one for one in told(memory, kamnik)[0] if "ni bil zapisan" in one]
        assert words.count("»") == (number if number <= 3 else 0)
        assert words.startswith(f"V {number} skupinah" if number > 3 else "V skupin")


def test_a_report_of_an_earlier_moment_knows_no_later_answers(memory, kamnik, new_group, begins):
    has_known(memory, kamnik, KNOWN)
    begins(new_group(), OPENS["before"])
    words, _ = told(memory, kamnik, OPENS["before"] - timedelta(days=1))
    assert words[0].endswith("Odgovorov še ni.")


def test_the_impact_report_quotes_the_plan(memory, kamnik, new_group, begins):
    has_known(memory, kamnik, KNOWN)
    begins(new_group(), OPENS["before"])
    report = impact(memory, kamnik, NOW, Cells(5, 10), open_text)
    blocks = {section.id: section.blocks for section in report.sections}
    found = plans(memory, kamnik, NOW)
    assert found.blocks
    assert all(block in blocks["evidence"] for block in found.blocks)
    assert found.annex[0] in blocks["annex"]


def test_groups_with_the_same_plan_share_a_line(memory, kamnik, new_group, begins):
    has_known(memory, kamnik, KNOWN)
    for _ in range(4):
        begins(new_group(), OPENS["before"])
    _, table = told(memory, kamnik)
    ((_, _, groups, *_),) = table.rows
    assert groups == f"4{NO_BREAK}skupine"
