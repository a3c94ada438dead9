"""Answers typed from paper: through the rules of the questionnaire, all of a file or none, and once."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select

from storage import cohorts, enrolments, occasions, participants, schema
from storage.answers import definitions, responses
from storage.answers.importing import Imported, ImportRefusedError
from storage.answers.paper import REFUSALS, WITHOUT_CONSENT, EntryDifference, WrittenAnswer, days, differences, record
from storage.schema import EnrolmentState, Giver, OccasionState
from surveys import engine, options
from surveys.conditions import Compare
from surveys.contact_policy import ContactPolicy
from surveys.model import Answer, Choice, Item, Mode, NonAnswer, Questionnaire
from surveys.plan import plan
from surveys.reading import Problem
from tests.plugins.consent_texts import text_read

ZONE = ZoneInfo("Europe/Ljubljana")
NOW = datetime(2026, 10, 20, 8, 0, tzinfo=UTC)
DAY = date(2026, 10, 5)
RHYTHM = ContactPolicy(ZONE, time(10), lambda _day: False)
WORDS = {"ne vem": NonAnswer.DONT_KNOW, "preskoci": NonAnswer.SKIPPED}
SCALE = tuple(Choice(code=code, label=label) for code, label in enumerate(("slabo", "srednje", "dobro"), start=1))
ASKED = Questionnaire(
    id="before",
    title="Vprašalnik",
    items=(
        Item(id="hello", kind="note", text="Pozdravljeni."),
        Item(id="primary", kind="scale", text="Kako vam gre?", choices=SCALE),
        Item(id="uses", kind="multiple", text="Kaj?", choices=SCALE, when=Compare(item="primary", is_="ge", value=2)),
        Item(id="days", kind="number", text="Koliko dni?", minimum=0, maximum=7),
        Item(id="words", kind="text", text="Kaj še?", optional=True),
    ),
)
WHOLE = {"primary": "dobro", "uses": "1; 3", "days": "3", "words": "Ne vem"}


@pytest.fixture
def programme(programmes, connection):
    """A programme whose first questionnaire has an item of each kind."""
    shipped = programmes["brezice-racunalnik"]
    first = shipped.questionnaire(shipped.wave("before")).id
    asked = ASKED.model_copy(update={"id": first})
    others = tuple(one for one in shipped.questionnaires if one.id != first)
    programme = shipped.model_copy(update={"questionnaires": (asked, *others)})
    definitions.sync(connection, [programme], NOW)
    return programme


@pytest.fixture
def person(connection, keys, programme):
    """The place of somebody who has agreed, in a group that began on 1 October."""
    return joins(connection, keys, programme, "Jesen")


def joins(connection, keys, programme, name, *, code=None):
    group = cohorts.add(connection, programme, name=name, start=date(2026, 10, 1), end=date(2026, 12, 15),
                        now=NOW, actor="operator")  # fmt: skip
    enrolled = enrolments.enrol(connection, keys, programme, group, NOW, "staff:1")
    place = participants.of_enrolment(connection, enrolled.enrolment)
    if code is not None:
        there = participants.of_code(connection, code)[0].participant
        change = schema.enrolment.update().where(schema.enrolment.c.id == place.id).values(participant=there)
        connection.execute(change)
        place = participants.of_enrolment(connection, enrolled.enrolment)
    participants.join(connection, place, None, Giver.WITNESS, Mode.ASSISTED, text_read("1"), NOW, "staff:1")
    for planned in plan(programme, date(2026, 10, 1), date(2026, 12, 15), "participants", None, RHYTHM):
        values = {"enrolment": place.id, "wave": planned.wave, "opens_at": planned.opens_at,
                  "closes_at": planned.closes_at, "state": OccasionState.PLANNED}  # fmt: skip
        connection.execute(schema.occasion.insert(), values)
    return place


@pytest.fixture
def take(connection, keys, programme):
    def take(written, **more):
        programmes = more.get("programmes", {programme.slug: programme})
        return record(connection, keys, programmes, ZONE, WORDS, written, NOW, "operator")

    return take


def typed(enrolment, wave="before", day=DAY, cohort="", line=2, **answers):
    """A line for each answer."""
    return [
        WrittenAnswer(number, enrolment.code, wave, item, answer, day, cohort=cohort)
        for number, (item, answer) in enumerate(answers.items(), start=line)
    ]


def problems(take, written, **more):
    with pytest.raises(ImportRefusedError) as refused:
        take(written, **more)
    return str(refused.value).splitlines()[1:]


def occasion(connection, enrolment, wave="before"):
    return next(one for one in occasions.of_enrolment(connection, enrolment.id) if one.wave == wave)


def sets(connection, place, state):
    one = occasion(connection, place)
    connection.execute(schema.occasion.update().where(schema.occasion.c.id == one.id).values(state=state))


def test_a_whole_questionnaire_is_recorded_as_handed_in_on_its_day(connection, keys, person, take):
    assert take(typed(person, **WHOLE)) == Imported(4, 4)
    one = occasion(connection, person)
    response = responses.of_occasion(connection, one.id)
    assert one.state is OccasionState.COMPLETE
    assert (response.mode, response.finished_at) == (Mode.PAPER, datetime(2026, 10, 5, 10, 0, tzinfo=UTC))
    assert responses.answers(connection, keys, response.id) == {
        "hello": Answer(value=1),
        "primary": Answer(value=3),
        "uses": Answer(value=0b1010),
        "days": Answer(value=3),
        "words": Answer(text="Ne vem"),
    }
    assert connection.scalars(
        select(schema.audit.c.subject).where(schema.audit.c.action == "answers.import")
    ).all() == [person.code]


def test_what_was_left_empty_makes_a_questionnaire_partial_and_hidden_items_were_not_asked(
    connection, keys, person, take
):
    assert take(typed(person, primary="1", uses="", days="ne vem", words="")) == Imported(2, 2)
    one = occasion(connection, person)
    stored = responses.answers(connection, keys, responses.of_occasion(connection, one.id).id)
    assert one.state is OccasionState.PARTIAL
    assert stored == {
        "hello": Answer(value=1),
        "primary": Answer(value=1),
        "uses": Answer(non_answer=NonAnswer.NOT_ASKED),
        "days": Answer(non_answer=NonAnswer.DONT_KNOW),
    }


def test_an_empty_paper_is_no_answer(connection, person, take):
    assert take(typed(person, primary="", days="")) == Imported(0, 0)
    assert occasion(connection, person).state is OccasionState.PLANNED


def test_the_same_paper_again_changes_nothing(connection, person, take):
    take(typed(person, **WHOLE))
    assert take(typed(person, **WHOLE)) == Imported(4, 0)


def test_other_answers_than_those_that_are_there_are_a_problem(connection, person, take):
    take(typed(person, **WHOLE))
    assert problems(take, typed(person, **{**WHOLE, "days": "4"})) == [
        f"line 2: »before« of {person.code} has other answers already (paper)"
    ]


def test_answers_by_another_hand_stay(connection, person, take, programme):
    one = occasion(connection, person)
    version = programme.questionnaire(programme.wave("before")).hash
    responses.begin(connection, one.id, version, Mode.SELF, NOW)
    assert problems(take, typed(person, primary="")) == [
        f"line 2: »before« of {person.code} has other answers already (self)"
    ]


def test_a_non_answer_may_stand_in_a_column_of_its_own(connection, keys, person, take):
    line = replace(typed(person, words="")[0], non_answer=NonAnswer.SKIPPED)
    assert take([line]) == Imported(1, 1)
    response = responses.of_occasion(connection, occasion(connection, person).id)
    assert responses.answers(connection, keys, response.id)["words"] == Answer(non_answer=NonAnswer.SKIPPED)


def test_a_wave_may_be_named_as_people_do_and_a_code_be_typed_loosely(person, take, programme):
    lines = typed(person, wave=programme.wave("before").name.upper(), primary="2")
    loose = replace(lines[0], code=person.code.replace("-", " ").lower())
    assert take([loose]) == Imported(1, 1)


def test_a_paper_of_a_wave_that_was_missed_still_counts(connection, person, take):
    sets(connection, person, OccasionState.MISSED)
    assert take(typed(person, primary="2")) == Imported(1, 1)


def test_a_paper_never_was_answered_before_its_wave_opens(connection, person, take):
    opens = occasion(connection, person).opens_at
    take(typed(person, day=opens.astimezone(ZONE).date(), primary="2"))
    response = responses.of_occasion(connection, occasion(connection, person).id)
    assert response.finished_at == max(
        opens, datetime.combine(opens.date(), datetime.min.time(), ZONE).replace(hour=12)
    )


@pytest.mark.parametrize(
    ("day", "sentence"),
    [
        (date(2026, 10, 21), "cannot have been answered on 2026-10-21, which is yet to come"),
        (date(2026, 9, 20), "opens on 2026-09-30; 2026-09-20 is too early"),
        (date(2026, 10, 19), "closed on 2026-10-14; 2026-10-19 is too late"),
    ],
)
def test_a_day_must_lie_within_its_wave(person, take, day, sentence):
    assert problems(take, typed(person, day=day, primary="2")) == [f"line 2: »before« of {person.code} {sentence}"]


def test_a_cancelled_wave_takes_nothing(connection, person, take):
    sets(connection, person, OccasionState.CANCELLED)
    assert problems(take, typed(person, primary="2")) == [f"line 2: »before« of {person.code} is cancelled"]


def test_every_problem_of_a_file_is_in_one_list_in_its_order(connection, person, take):
    lines = [
        *typed(person, primary="odlično", uses="4", days="9", words=" ", nothing="1"),
        *typed(person, line=7, wave="nekoč", primary="2"),
        *typed(replace(person, code="BRE-22222"), line=8, primary="2"),
        *typed(person, line=9, wave="after", day=None, primary="2"),
    ]
    assert problems(take, lines) == [
        f"line 2: »odlično« is none of the choices (primary of {person.code})",
        f"line 3: uses is not asked of {person.code} after the other answers",
        f"line 4: »9« is larger than the question allows (days of {person.code})",
        f"line 5: » « is empty (words of {person.code})",
        "line 6: »before« asks no nothing; see: povezujejo survey preview brezice-racunalnik",
        f"line 7: no wave »nekoč« is planned for {person.code}",
        "line 8: nobody has the code BRE-22222",
        f"line 9: the answers of {person.code} need the date on which they were given",
    ]
    assert responses.of_occasion(connection, occasion(connection, person).id) is None


@pytest.mark.parametrize(
    ("item", "answer", "sentence"),
    [
        ("primary", "7", "is none of the choices"),
        ("primary", "1; 2", "is none of the choices"),
        ("uses", "1; 7", "is none of the choices"),
        ("days", "nekaj", "is not a number"),
        ("days", "2 uri", "is a number with other words; write the number alone"),
        ("primary", "2. dobro", "may mean several choices; write the words: »srednje« »dobro«"),
        ("primary", "preskoči", "is not offered by the question"),
    ],
)
def test_an_answer_must_be_one_that_the_question_takes(person, take, item, answer, sentence):
    written = typed(person, **{"primary": "2", item: answer})
    assert problems(take, written)[0].endswith(f": »{answer}« {sentence} ({item} of {person.code})")


@pytest.mark.parametrize("written", ["3", "③", "tri", "dobro", "3. dobro", "3 (tri)", "\u200b3"])
def test_a_table_is_read_as_a_chat_is(connection, keys, person, take, written):
    take(typed(person, primary=written))
    response = responses.of_occasion(connection, occasion(connection, person).id)
    stored = responses.answers(connection, keys, response.id)["primary"]
    assert stored == Answer(value=3)
    assert engine.answer(ASKED, {"hello": engine.SEEN}, "primary", engine.Typed(written)).changes["primary"] == stored


def test_how_much_of_a_story_is_retold_is_one_number_in_a_chat_and_in_a_table(programmes):
    asked = programmes["novo-mesto-branje"].questionnaires[0]
    items = tuple(item for item in asked.items if item.id == "retelling")
    alone = asked.model_copy(update={"items": items})
    said = [engine.answer(alone, {}, "retelling", engine.Typed(str(number))) for number in range(5)]
    assert [one.changes["retelling"].value for one in said[:4]] == [0, 1, 2, 3]
    assert said[4] == engine.Invalid(Problem.NO_SUCH_CHOICE, items[0])
    assert options.named(items[0].choices)[3] == "3 · celo zgodbo"


def test_a_line_for_a_note_is_passed_over(person, take):
    assert take(typed(person, hello="1", primary="2")) == Imported(1, 1)


def test_an_item_stands_once_and_a_questionnaire_has_one_date(person, take):
    lines = [*typed(person, primary="2", days="3"), *typed(person, line=4, day=date(2026, 10, 6), primary="2")]
    assert problems(take, lines) == [
        f"line 4: primary of {person.code} stands on line 2 already",
        f"line 4: the answers of {person.code} in before have several dates; a questionnaire has one",
    ]


@pytest.mark.parametrize("state", WITHOUT_CONSENT)
def test_nothing_is_recorded_without_consent(connection, person, take, state):
    connection.execute(schema.enrolment.update().values(state=state))
    assert problems(take, typed(person, primary="2")) == [f"line 2: {person.code} {WITHOUT_CONSENT[state]}"]


def test_who_is_in_several_groups_is_found_by_the_name_of_one(connection, keys, programme, person, take):
    joins(connection, keys, programme, "Zima", code=person.code)
    assert problems(take, typed(person, primary="2")) == [
        f"line 2: {person.code} is in several groups; name the group in a column cohort"
    ]
    assert problems(take, typed(person, cohort="Pomlad", primary="2")) == [
        f"line 2: nobody has the code {person.code} in the group »Pomlad«"
    ]
    assert take(typed(person, cohort="Zima", primary="2")) == Imported(1, 1)


def test_a_programme_that_is_configured_no_more_has_no_waves(person, take):
    assert problems(take, typed(person, primary="2"), programmes={}) == [
        f"line 2: no wave »before« is planned for {person.code}"
    ]


def test_every_refusal_has_a_sentence():
    assert set(REFUSALS) == set(Problem)
    assert set(WITHOUT_CONSENT) == set(EnrolmentState) - {EnrolmentState.ACTIVE}


def test_a_day_fits_from_its_opening_until_its_closing_or_today(connection, person):
    one = replace(occasion(connection, person), opens_at=NOW - timedelta(days=3), closes_at=NOW + timedelta(days=5))
    assert days(one, ZONE, NOW) == (date(2026, 10, 17), date(2026, 10, 20))
    assert days(one, ZONE, NOW + timedelta(days=90)) == (date(2026, 10, 17), date(2026, 10, 25))
    assert days(one, ZONE, NOW - timedelta(days=4)) is None
    assert days(replace(one, state=OccasionState.COMPLETE), ZONE, NOW) is None


def compare(connection, keys, programme, written):
    return differences(connection, keys, {programme.slug: programme}, ZONE, WORDS, written, NOW)


def test_what_was_typed_twice_is_compared_and_stays_as_it_was(connection, keys, programme, person, take):
    take(typed(person, **WHOLE))
    assert compare(connection, keys, programme, typed(person, **WHOLE)) == []
    before = [tuple(row) for row in connection.execute(select(schema.answer))]
    again = typed(person, **{**WHOLE, "primary": "srednje", "days": ""})
    assert compare(connection, keys, programme, again) == [
        EntryDifference(person.code, "before", ASKED.item("primary"), Answer(value=3), Answer(value=2)),
        EntryDifference(person.code, "before", ASKED.item("days"), Answer(value=3), None),
    ]
    assert [tuple(row) for row in connection.execute(select(schema.answer))] == before


def test_another_branch_is_a_difference_like_any_other(connection, keys, programme, person, take):
    take(typed(person, **WHOLE))
    other = typed(person, **{**WHOLE, "primary": "slabo"})
    primary = EntryDifference(person.code, "before", ASKED.item("primary"), Answer(value=3), Answer(value=1))
    assert compare(connection, keys, programme, other) == [primary]
    shorter = typed(person, primary="slabo", days="3", words="Ne vem")
    [stored] = connection.scalars(select(schema.answer.c.value).where(schema.answer.c.item == "uses"))
    uses = EntryDifference(person.code, "before", ASKED.item("uses"), Answer(value=stored), None)
    assert compare(connection, keys, programme, shorter) == [primary, uses]


def test_there_is_nothing_to_compare_with_before_the_first_typing(connection, keys, programme, person):
    written = [*typed(person, **WHOLE), *typed(person, line=9, wave="never", primary="dobro")]
    with pytest.raises(ImportRefusedError) as refused:
        compare(connection, keys, programme, written)
    assert refused.value.problems == {
        f"»before« of {person.code} has no answers to compare with": 2,
        f"no wave »never« is planned for {person.code}": 9,
    }
