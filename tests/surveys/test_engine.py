"""What holds for any questionnaire and any sequence of replies."""

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from surveys.conditions import AllOf, AnyOf, Compare, Not, holds
from surveys.engine import (
    NOT_ASKED,
    SEEN,
    Accepted,
    Added,
    Chose,
    Confirmed,
    Declined,
    Finished,
    Invalid,
    Seen,
    Stale,
    Toggled,
    Typed,
    allowed,
    answer,
    back,
    close,
    current,
    forward,
    is_said,
    path,
    progress,
)
from surveys.model import Answer, Choice, Item, Kind, NonAnswer, Questionnaire, QuestionSection
from surveys.reading import TEXT_LIMIT, Problem

CHOICES = tuple(Choice(code=code, label=label) for code, label in enumerate(("nič", "malo", "več", "vse")))


@st.composite
def conditions(draw, earlier, depth=2):
    shape = draw(st.sampled_from(["compare", "all", "any", "not"] if depth else ["compare"]))
    part = conditions(earlier, depth - 1)
    if shape == "all":
        return AllOf(all=tuple(draw(st.lists(part, min_size=1, max_size=2))))
    if shape == "any":
        return AnyOf(any=tuple(draw(st.lists(part, min_size=1, max_size=2))))
    if shape == "not":
        return Not(not_=draw(part))
    operation = draw(st.sampled_from(["eq", "ne", "lt", "le", "gt", "ge", "in", "has", "answered"]))
    code = draw(st.integers(0, 3))
    value = {"answered": None, "in": (code, 1)}.get(operation, code)
    return Compare(item=draw(st.sampled_from(earlier)), is_=operation, value=value)


@st.composite
def questionnaires(draw):
    items = []
    for number in range(draw(st.integers(1, 6))):
        kind = draw(st.sampled_from(Kind))
        earlier = [item.id for item in items]
        chosen = kind in {Kind.CHOICE, Kind.SCALE, Kind.FACES, Kind.MULTIPLE}
        items.append(
            Item(
                id=f"item{number}",
                kind=kind,
                text="?",
                choices=CHOICES if chosen else (),
                minimum=0 if kind in {Kind.NUMBER, Kind.DATE} else None,
                maximum=3 if kind in {Kind.NUMBER, Kind.DATE} else None,
                dont_know=draw(st.booleans()),
                refusable=draw(st.booleans()),
                optional=draw(st.booleans()),
                not_applicable=draw(st.booleans()),
                when=draw(st.none() | conditions(earlier)) if earlier else None,
            )
        )
    return Questionnaire(id="any", title="Karkoli", items=tuple(items))


REPLIES = st.one_of(
    st.builds(Chose, st.integers(0, 4)),
    st.builds(Toggled, st.integers(0, 4), st.none() | st.booleans()),
    st.just(Confirmed()),
    st.builds(
        Typed, st.sampled_from(["", "1", "2.", "1, 3", "malo", "VEC", "dva", "3,5", "9", "dober dan"]) | st.text()
    ),
    st.builds(Declined, st.sampled_from(NonAnswer)),
    st.just(Seen()),
)
TURNS = st.lists(st.tuples(st.integers(0, 6), REPLIES), max_size=25)


def target(questionnaire, answers, number):
    """Mostly what a person sees, sometimes what an old card names."""
    open_item = current(questionnaire, answers)
    return open_item.id if open_item and number > 1 else f"item{number}"


def check_row(item, row):
    held = [part for part in (row.value, row.text, row.non_answer) if part is not None]
    assert len(held) == 1
    assert row.draft is False or (item.kind is Kind.MULTIPLE and row.value is not None)
    if row.text is not None:
        assert (item.kind, 0 < len(row.text) <= TEXT_LIMIT, row.text.strip()) == (Kind.TEXT, True, row.text)
    if row.non_answer is not None:
        assert row.non_answer in (*allowed(item), NonAnswer.NOT_ASKED)
    if row.value is not None:
        codes = {Kind.MULTIPLE: range(0 if row.draft else 1, 16), Kind.NOTE: (1,), Kind.TEXT: ()}
        assert row.value in codes.get(item.kind, range(4))


def check_state(questionnaire, answers):
    walked = path(questionnaire, answers)
    open_item = current(questionnaire, answers)
    assert (open_item is None) or walked[-1] == open_item
    for here, there in pairwise(walked):
        assert forward(questionnaire, answers, here.id) == there
        assert back(questionnaire, answers, there.id) == here
    if walked:
        assert back(questionnaire, answers, walked[0].id) is None
        assert forward(questionnaire, answers, walked[-1].id) == open_item
        assert back(questionnaire, answers, None) == walked[-1]
    counted = progress(questionnaire, answers, walked[-1].id if walked else None)
    assert 0 <= counted.position <= counted.total
    assert counted.left >= (open_item is not None and open_item.asks)


def check_closed(questionnaire, answers):
    rows = close(questionnaire, answers)
    closed = {**answers, **rows}
    complete = current(questionnaire, answers) is None
    values = {}
    for item in questionnaire.items:
        row = closed.get(item.id)
        if holds(item.when, values):
            assert row is not None or not complete
            assert row is None or row == NOT_ASKED or row.draft is False
            if row is not None:
                values[item.id] = row.value if row.text is None else 1
        else:
            assert row == NOT_ASKED
    assert close(questionnaire, closed) == {}


@settings(max_examples=150, deadline=None)
@given(questionnaires(), TURNS)
def test_any_replies_leave_answers_that_fit_and_a_way_forward_and_back(questionnaire, turns):
    answers = {}
    for number, reply in turns:
        item_id = target(questionnaire, answers, number)
        outcome = answer(questionnaire, answers, item_id, reply)
        if isinstance(outcome, Accepted):
            assert next(iter(outcome.changes)) == item_id
            assert set(list(outcome.changes.values())[1:]) <= {NOT_ASKED}
            for changed, row in outcome.changes.items():
                check_row(questionnaire.item(changed), row)
                assert answers.get(changed) != row
            answers = {**answers, **outcome.changes}
            if reply != Toggled(getattr(reply, "code", 0)):
                again = answer(questionnaire, answers, item_id, reply)
                assert again == Stale()
        check_state(questionnaire, answers)
        check_closed(questionnaire, answers)
        assert answer(questionnaire, answers, item_id, reply, finished=True) == Finished()


@settings(max_examples=100, deadline=None)
@given(questionnaires())
def test_whoever_answers_every_open_item_reaches_the_end(questionnaire):
    answers = {}
    typed = {Kind.TEXT: "beseda", Kind.NUMBER: "2", Kind.DATE: "3. 1. 1970", Kind.MULTIPLE: "1, 2"}
    fitting = {Kind.NOTE: Seen(), **{kind: Typed(words) for kind, words in typed.items()}}
    for _ in questionnaire.items:
        item = current(questionnaire, answers)
        if item is None:
            break
        outcome = answer(questionnaire, answers, item.id, fitting.get(item.kind, Chose(1)))
        assert isinstance(outcome, Accepted)
        answers |= outcome.changes
    assert current(questionnaire, answers) is None
    finished = answers | close(questionnaire, answers)
    assert [item.id for item in questionnaire.items if item.id not in finished] == []


ONE = Questionnaire(
    id="one",
    title="Eno",
    items=(
        Item(id="first", kind="choice", text="?", choices=CHOICES, refusable=True, optional=True, not_applicable=True),
        Item(id="second", kind="text", text="?", when=Compare(item="first", is_="eq", value=1)),
    ),
)


def test_non_answers_are_offered_in_the_order_of_the_card():
    assert allowed(ONE.items[0]) == (
        NonAnswer.DONT_KNOW,
        NonAnswer.REFUSED,
        NonAnswer.NOT_APPLICABLE,
        NonAnswer.SKIPPED,
    )


def test_a_refusal_names_the_item_that_it_was_meant_for():
    outcome = answer(ONE, {}, "first", Chose(9))
    assert outcome == Invalid(problem=outcome.problem, item=ONE.items[0])


def test_words_that_may_mean_several_options_are_asked_back_with_these_options():
    outcome = answer(TICKS, {}, "many", Typed("2 malo"))
    assert outcome == Invalid(Problem.WHICH_CHOICE, MANY, (CHOICES[2], CHOICES[1]))


@pytest.mark.parametrize("chosen", [True, False])
def test_a_tap_that_says_what_it_brings_about_brings_it_about_once(chosen):
    outcome = answer(TICKS, {}, "many", Toggled(2, chosen=chosen))
    assert outcome == Accepted({"many": Answer(value=4 if chosen else 0, draft=True)})
    assert answer(TICKS, outcome.changes, "many", Toggled(2, chosen=chosen)) == Stale()


def test_an_unknown_item_counts_as_the_summary():
    answers = {"first": Answer(value=0)}
    assert back(ONE, answers, "gone") == ONE.items[0]
    assert forward(ONE, answers, "gone") is None
    assert forward(ONE, {}, "gone") == ONE.items[0]
    assert progress(ONE, answers, "gone") == progress(ONE, answers)


def test_a_hidden_item_leads_back_to_the_visible_one_before_it():
    answers = {"first": Answer(value=0)}
    assert back(ONE, answers, "second") == ONE.items[0]


def test_an_answer_to_a_hidden_item_counts_for_nothing():
    three = Questionnaire(
        id="three",
        title="Tri",
        items=(*ONE.items, Item(id="third", kind="note", text=".", when=Compare(item="second", is_="answered"))),
    )
    answers = {"first": Answer(value=0), "second": Answer(text="star odgovor")}
    assert [item.id for item in path(three, answers)] == ["first"]
    assert close(three, answers) == {"second": NOT_ASKED, "third": NOT_ASKED}


WORDS = Item(id="words", kind="text", text="?", optional=True)
NOTE = Item(id="note", kind="note", text=".")
MANY = Item(id="many", kind="multiple", text="?", choices=CHOICES)
TICKS = Questionnaire(id="ticks", title="Izbire", items=(MANY,))
FREE = Questionnaire(id="free", title="Besede", items=(WORDS,))


@pytest.mark.parametrize(
    ("item", "stored", "said"),
    [
        (WORDS, Answer(text="beseda"), True),
        (WORDS, Answer(non_answer=NonAnswer.SKIPPED), True),
        (WORDS, NOT_ASKED, False),
        (WORDS, None, False),
        (MANY, Answer(value=2), True),
        (MANY, Answer(value=2, draft=True), False),
        (NOTE, SEEN, False),
    ],
)
def test_said_is_what_somebody_answered_or_would_not_answer(item, stored, said):
    assert is_said(item, stored) is said


@pytest.mark.parametrize(
    ("added", "text"),
    [
        ("še ena", "prva\nše ena"),
        (" rva ", "prva\nrva"),  # a part of a line is not that line
        ("druga\ntretja", "prva\ndruga\ntretja"),
    ],
)
def test_what_is_added_stands_on_a_line_of_its_own(added, text):
    assert answer(FREE, {"words": Answer(text="prva")}, "words", Added(added)) == Accepted({"words": Answer(text=text)})


@pytest.mark.parametrize("again", ["prva", "druga", " druga\n", "prva\ndruga"])
def test_the_same_words_added_again_change_nothing(again):
    assert answer(FREE, {"words": Answer(text="prva\ndruga")}, "words", Added(again)) == Stale()


@pytest.mark.parametrize(
    ("stored", "added", "problem"),
    [
        (None, "druga", Problem.NOT_ALLOWED),
        (Answer(non_answer=NonAnswer.SKIPPED), "druga", Problem.NOT_ALLOWED),
        (Answer(text="prva"), " \n", Problem.EMPTY),
        (Answer(text="prva"), "a" * (TEXT_LIMIT - 4), Problem.TOO_LONG),
    ],
)
def test_nothing_is_added_where_no_words_stand_or_there_is_no_room(stored, added, problem):
    answers = {"words": stored} if stored else {}
    assert answer(FREE, answers, "words", Added(added)) == Invalid(problem, WORDS)


def test_words_are_added_up_to_the_limit():
    text = "prva\n" + "a" * (TEXT_LIMIT - 5)
    assert answer(FREE, {"words": Answer(text="prva")}, "words", Added("a" * (TEXT_LIMIT - 5))) == Accepted(
        {"words": Answer(text=text)}
    )


def test_the_rule_of_a_section_alone_hides_its_items():
    first = Item(id="first", kind=Kind.CHOICE, text="Prvo?", choices=CHOICES)
    within = Item(id="within", kind=Kind.CHOICE, text="Drugo?", choices=CHOICES, section="more")
    more = QuestionSection(id="more", title="Več", when=Compare(item="first", is_="eq", value=1))
    asked = Questionnaire(id="q", title="Vprašalnik", items=(first, within), sections=(more,))
    assert current(asked, {"first": Answer(value=0)}) is None
    assert current(asked, {"first": Answer(value=1)}) == within
