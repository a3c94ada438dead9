"""Expressions of XLSForm: examples by hand, and any expression against an evaluator of XPath that is not ours."""

import math
import re
from datetime import date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from surveys.expressions.checking import NameScope, read_expression
from surveys.expressions.evaluate import ExpressionContext, evaluate, holds
from surveys.expressions.flaws import UNSUPPORTED, ExpressionError, ExpressionFlaw, Flaw
from surveys.expressions.functions import FUNCTIONS, NOT_TAKEN
from surveys.expressions.lexer import LONGEST
from surveys.expressions.parser import BRACKETS, HIGHEST, parse
from surveys.expressions.patterns import compiled, matches
from surveys.expressions.tree import names
from surveys.expressions.values import to_number, to_text

TODAY = date(2026, 12, 3)
SCOPE = NameScope({"age": None, "born": None, "many": frozenset({"a", "b"}), "one": frozenset({"yes", "no"})}, True)
ANSWERED = {"age": 34.0, "born": date(1992, 11, 30), "many": "a b", "one": "yes"}
LABELS = {"one": {"yes": "da", "no": "ne"}}


def value(text, answers=ANSWERED, current="", today=TODAY):
    return evaluate(read_expression(text, SCOPE), ExpressionContext(today, answers, current, LABELS))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1 + 2 * 3", 7.0),
        ("(1 + 2) * 3", 9.0),
        ("7 div 2 - 7 mod 2", 2.5),
        ("-5 mod 3", -2.0),
        ("--1", 1.0),
        ("1 = 1 = 1", True),
        ("1 < 2 < 1", False),  # true is 1, which is not below 1
        ("${age} >= 18 and ${one} = 'yes' or false()", True),
        ("true() or false() and false()", True),
        ("not(${one} = 'no')", True),
        ("0.1 + 0.2 = 0.3", True),
        ("selected(${many}, 'a') and not(selected(${one}, 'no'))", True),
        ("selected('ab cd', 'a')", False),
        ("count-selected(${many})", 2.0),
        ("string-length('žaba')", 4.0),
        ("if(${age} > 30, 'old', 1 div 0)", "old"),
        ("coalesce('', ${one})", "yes"),
        ("coalesce('', '')", ""),
        ("coalesce(1 div 0 - 1 div 0, 3)", 3.0),
        ("regex('SI1234', '[A-Z]{2}[0-9]{4}')", True),
        ("regex('SI12345', '[A-Z]{2}[0-9]{4}')", False),
        ("concat(${age}, '–', 2.50, true())", "34–2.5true"),
        ("contains('knjižnica', 'njiž')", True),
        ("int(-2.7)", -2.0),
        ("int('x') = int('x')", False),
        ("round(2.5)", 3.0),
        ("round(-1.5)", -1.0),
        ("round('14.29123456789', 2)", 14.29),
        ("round(12345.12345, -1)", 12350.0),
        ("floor(-4.8)", -5.0),
        ("number('12') + 1", 13.0),
        ("today()", TODAY),
        ("now()", datetime(2026, 12, 3)),  # noqa: DTZ001 - as XForms, without a zone
        ("today() - ${born}", 12421.0),
        ("int((today() - ${born}) div 365.25)", 34.0),
        ("decimal-date-time('1970-01-03')", 2.0),
        ("${born} < date('1993-01-01')", True),
        ("date('2026-02-28') = '2026-02-28'", True),
        ("date(20789)", date(2026, 12, 2)),
        ("date(${one})", ""),
        ("jr:choice-name(${one}, '${one}')", "da"),
        ("jr:choice-name('maybe', '${one}')", ""),
        ("${age}-1", 33.0),
        ("${ age }>5and ${age}<50", True),
        ('concat("it\'s", "")', "it's"),
        ("${one} = ' yes'", False),
        ("1 div 0", math.inf),
        ("concat(-1 div 0, 0 div 0)", "-InfinityNaN"),
        ("${age} = 34.0", True),
        (".5 + 1.", 1.5),
        ("'1e3' = 1000", False),  # XPath 1.0 knows no such numbers
    ],
)
def test_what_an_expression_is_worth(text, expected):
    found = value(text)
    assert found == expected
    assert type(found) is type(expected)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("${age} != 5", True),
        ("${age} = 5", False),
        ("${age} = ''", True),
        ("${age} > 5", False),
        ("${age} < 5", False),
        ("not(${age} > 5)", True),
        ("${one} != 'yes'", True),
        ("selected(${many}, 'a')", False),
        ("count-selected(${many})", 0.0),
        ("string-length(${one}) = 0", True),
        ("coalesce(${age}, 7)", 7.0),
        ("${born} < today()", False),
        ("${age}", ""),
    ],
)
def test_what_is_not_answered_reads_as_empty(text, expected):
    assert value(text, {}) == expected


def test_a_dot_is_the_answer_that_is_checked():
    assert value(". >= 0 and . <= 7", current=7.0) is True
    assert value(". >= 0 and . <= 7", current=8.0) is False
    assert value("regex(., '[0-9]{3}')", current="123") is True


def test_today_is_a_day_though_a_moment_is_given():
    moment = datetime(2026, 12, 3, 18, 0)  # noqa: DTZ001 - as XForms, without a zone
    assert value("today()", today=moment) == TODAY
    assert value("decimal-date-time(now()) - decimal-date-time(today())", today=moment) == 0.75


def test_the_branch_that_is_not_taken_is_not_looked_at_and_names_are_told():
    assert names(parse("if(${a} = 1, ${b}, concat(${c}, -${d}))")) == {"a", "b", "c", "d"}


@pytest.mark.parametrize(
    ("text", "flaw", "at", "said"),
    [
        ("", Flaw.EMPTY, 0, "there is no expression"),
        ("  ", Flaw.EMPTY, 0, "there is no expression"),
        ("${age} > ‘5’", Flaw.CURLY_QUOTE, 9, "‘ is a curly quotation mark"),
        ("${one} = 'yes’", Flaw.CURLY_QUOTE, 13, "’ is a curly"),
        ("${one} = 'yes", Flaw.OPEN_QUOTE, 9, "never closed"),
        ("${age > 5", Flaw.OPEN_REFERENCE, 0, "${age is no name between braces"),
        ("$age > 5", Flaw.OPEN_REFERENCE, 0, "write ${name}"),
        ("(${age} > 5", Flaw.OPEN_BRACKET, 0, "never closed"),
        ("${age} > 5)", Flaw.LEFT_OVER, 10, ") stands behind"),
        ("${age} == 5", Flaw.STRANGE_SIGN, 7, "did you mean =?"),
        ("${age} <> 5", Flaw.STRANGE_SIGN, 7, "did you mean !=?"),
        ("${age} # 5", Flaw.STRANGE_SIGN, 7, "# means nothing here"),
        ("${age} >", Flaw.NO_VALUE, 8, "a value is missing"),
        ("and ${age}", Flaw.NO_VALUE, 0, "before and"),
        ("if(,1,2)", Flaw.NO_VALUE, 3, "before ,"),
        ("${age} > 5 AND ${age} < 9", Flaw.BARE_NAME, 11, "did you mean and?"),
        ("age > 5", Flaw.BARE_NAME, 0, "did you mean ${age}"),
        ("${age} 5", Flaw.LEFT_OVER, 7, "5 stands behind"),
        ("${agee} > 5", Flaw.UNKNOWN_NAME, 0, "did you mean age?"),
        ("select(${many}, 'a')", Flaw.UNKNOWN_FUNCTION, 0, "did you mean selected?"),
        ("selected(${many})", Flaw.ARGUMENTS, 0, "selected takes 2 values"),
        ("true(1)", Flaw.ARGUMENTS, 0, "true takes no value"),
        ("round(1, 2, 3)", Flaw.ARGUMENTS, 0, "1 to 2 values"),
        ("concat()", Flaw.ARGUMENTS, 0, "at least 1"),
        ("selected(${many}, 'c')", Flaw.UNKNOWN_OPTION, 18, "'c' is not among the choices"),
        ("'Yes' = ${one}", Flaw.UNKNOWN_OPTION, 0, "did you mean yes?"),
        ("concat('${age} let')", Flaw.QUOTED_NAME, 8, "${age} stands between quotes"),
        ("jr:choice-name(${one}, ${one})", Flaw.NOT_QUOTED_NAME, 23, "between quotes"),
        ("jr:choice-name(${one}, '${on}')", Flaw.UNKNOWN_NAME, 23, "no row has the name on"),
        ("date('3. 12. 2026')", Flaw.NO_DATE, 5, "write it as '2026-12-31'"),
        ("regex(${one}, '(a')", Flaw.PATTERN, 14, "no regular expression"),
        ("regex(${one}, '(?=a)b')", Flaw.PATTERN_UNSUPPORTED, 14, "(?="),
        ("regex(${one}, ${one})", Flaw.PATTERN_UNSUPPORTED, 14, "calculated"),
        ("../age > 5", Flaw.PATH, 0, "../age is a path"),
        ("pulldata('a', 'b', 'c', 'd')", Flaw.FUNCTION_UNSUPPORTED, 0, "pulldata is not taken"),
    ],
)
def test_what_is_wrong_is_said_with_its_place_in_two_languages(text, flaw, at, said):
    with pytest.raises(ExpressionError) as refused:
        read_expression(text, SCOPE)
    found = refused.value.flaws[0]
    assert (found.flaw, found.at) == (flaw, at)
    assert said in found.sentence()
    assert "{" not in found.sentence("sl").replace("${", "")
    assert found.sentence("sl")[-1] in ".?"


def test_a_dot_means_nothing_in_a_rule():
    with pytest.raises(ExpressionError, match="the dot means"):
        read_expression(". > 5", NameScope({}))


def test_all_that_is_wrong_is_said_at_once():
    with pytest.raises(ExpressionError) as refused:
        read_expression("${aeg} > 5 and foo(${xyz}) and selected(${many}, 'q')", SCOPE)
    assert [flaw.flaw for flaw in refused.value.flaws] == [
        Flaw.UNKNOWN_NAME,
        Flaw.UNKNOWN_FUNCTION,
        Flaw.UNKNOWN_NAME,
        Flaw.UNKNOWN_OPTION,
    ]


def test_every_flaw_has_a_sentence_in_both_languages():
    for flaw in Flaw:
        for language in ("en", "sl"):
            assert len(ExpressionFlaw(flaw, 0, "x", counts=(1, 2)).sentence(language)) > 10


def test_functions_are_taken_or_not():
    assert not FUNCTIONS.keys() & NOT_TAKEN
    for name in NOT_TAKEN:
        with pytest.raises(ExpressionError) as refused:
            read_expression(f"{name}(1)", SCOPE)
        assert refused.value.flaws[0].flaw in UNSUPPORTED


@pytest.mark.parametrize(
    "text",
    [
        "(" * (BRACKETS + 1) + "1" + ")" * (BRACKETS + 1),
        "-" * (BRACKETS + 1) + "1",
        "not(" * (BRACKETS + 1) + "1" + ")" * (BRACKETS + 1),
        "+".join("1" * (HIGHEST + 1)),
        "=".join("1" * 2000),
        "1" * (LONGEST + 1),
        "(" * 8000,
    ],
)
def test_what_is_too_long_or_too_deep_is_refused_in_a_sentence(text):
    with pytest.raises(ExpressionError) as refused:
        parse(text)
    assert refused.value.flaws[0].flaw in {Flaw.TOO_DEEP, Flaw.TOO_LONG, Flaw.OPEN_BRACKET}


def test_a_long_choice_between_many_is_taken():
    text = " or ".join(f"${{one}} = {number}" for number in range(400))
    assert value(text) is False
    assert value(f"{text} or {BRACKETS * '('}1{BRACKETS * ')'} = 1") is True


@given(st.text(max_size=60) | st.text("${}ab'\"()<>=!.,+-*/ 019", max_size=40))
def test_any_text_is_an_expression_or_refused_at_a_place_within_it(text):
    try:
        expression = read_expression(text, SCOPE)
    except ExpressionError as refused:
        flaws = refused.flaws
    else:
        flaws = ()
        holds(expression, ExpressionContext(TODAY, ANSWERED, "", LABELS))
    assert all(0 <= flaw.at <= len(text) and flaw.sentence() and flaw.sentence("sl") for flaw in flaws)


# An evaluator of XPath 1.0 that is not ours: libxml2. Names of items are its variables.

_NUMBERS = st.sampled_from(["0", "1", "2", "-3", "5", "0.5", "-2.5", "12"])
_WORDS = st.sampled_from(["''", "'a'", "'12'", "'-3'", "' 4 '", "'ab'", "'x y'"])
_NAMED = st.sampled_from(["${n}", "${m}", "${t}", "${u}", "${e}"])
_SMALL = _NUMBERS | _WORDS | _NAMED
_GIVEN = st.fixed_dictionaries(
    {
        "n": st.sampled_from([0.0, 1.0, -3.0, 0.5, -2.5, 12.0]),
        "m": st.integers(-3, 3).map(float),
        "t": st.sampled_from(["", "a", "12", "ab", "x y", "-7"]),
        "u": st.sampled_from(["a", "b", "3"]),
        "e": st.just(""),
    }
)


def _larger(inner):
    pair = st.tuples(inner, inner)
    operators = ["+", "-", "*", " div ", " mod ", "=", "!=", "<", "<=", ">", ">=", " and ", " or "]
    return st.one_of(
        st.tuples(st.sampled_from(operators), pair).map(lambda one: f"({one[1][0]}{one[0]}{one[1][1]})"),
        st.tuples(st.sampled_from(operators), pair).map(lambda one: f"{one[1][0]} {one[0]} {one[1][1]}"),
        inner.map("-{}".format),
        inner.map("not({})".format),
        inner.map("number({})".format),
        inner.map("floor({})".format),
        inner.map("round({})".format),
        _SMALL.map("string-length(concat({}, ''))".format),  # libxml2 writes a third with fewer digits than we
        st.tuples(_SMALL, _SMALL).map(lambda one: f"concat({one[0]}, {one[1]})"),
        st.tuples(_SMALL, _SMALL).map(lambda one: f"contains({one[0]}, {one[1]})"),
    )


@settings(max_examples=500, deadline=None)
@given(_larger(_SMALL) | _larger(_larger(_SMALL) | _SMALL), _GIVEN)
def test_any_expression_is_worth_what_an_evaluator_of_xpath_says(text, answers):
    ours = evaluate(parse(text), ExpressionContext(TODAY, answers))
    theirs = etree.XPath(re.sub(r"\$\{(\w)\}", r"$\1 ", text))(etree.XML("<x/>"), **answers)
    if isinstance(ours, float):
        assert math.isclose(ours, theirs, abs_tol=1e-9) or ours == theirs or (math.isnan(ours) and math.isnan(theirs))
    else:
        assert ours == theirs


@given(st.floats(-1e12, 1e12, allow_nan=False).map(lambda number: round(number, 6)))
def test_a_number_is_written_so_that_it_is_read_again(number):
    assert to_number(to_text(number)) == number
    assert "e" not in to_text(number)


_PIECES = st.sampled_from(["a", "b", ".", "[ab]", "[^a]", "[a-c]", "\\d", "\\w", "\\s", "\\.", "1", " "])


def _longer(inner):
    return st.one_of(
        st.tuples(inner, inner).map("".join),
        st.tuples(inner, inner).map("|".join),
        inner.map("({})".format),
        inner.map("(?:{})".format),
        st.tuples(inner.map("({})".format) | _PIECES, st.sampled_from("*+?")).map("".join),
        st.tuples(_PIECES, st.sampled_from(["{2}", "{1,2}", "{0,}", "{0}"])).map("".join),
    )


@given(st.recursive(_PIECES, _longer, max_leaves=8), st.lists(st.text("abc1. ", max_size=6), max_size=6))
def test_any_pattern_fits_what_pythons_own_says(pattern, texts):
    for text in texts:
        assert matches(pattern, text) is (re.fullmatch(pattern, text, re.ASCII) is not None)


@pytest.mark.parametrize("pattern", ["^a+$", "a{1,3}", "", "[\\]a]", "[a-]", "[]a]", "\\+386\\d+", "a|", "(a|b)*c"])
def test_patterns_at_the_edge_fit_what_pythons_own_says(pattern):
    for text in ["a", "aa", "aaaa", "", "]", "-", "+38640", "abac", "c"]:
        assert matches(pattern, text) is (re.fullmatch(pattern, text, re.ASCII) is not None)


@pytest.mark.parametrize("pattern", ["(", ")", "[", "a{", "a{3,1}", "*", "\\", "[b-a]", "(?", "a{99999}"])
def test_what_is_no_pattern_is_refused(pattern):
    with pytest.raises(ExpressionError):
        compiled(pattern)


@pytest.mark.parametrize("pattern", ["(?i)a", "a*?", "\\1", "\\p{L}", "\\bx", "a^b", "(a{1,99}){1,99}", "x" * 501])
def test_a_pattern_that_is_not_taken_is_refused(pattern):
    with pytest.raises(ExpressionError) as refused:
        compiled(pattern)
    assert refused.value.flaws[0].flaw is Flaw.PATTERN_UNSUPPORTED


def test_no_pattern_takes_long():
    """By counting steps: each character of the text is held against each state once."""
    pattern = compiled("(a+)+b")
    steps = []
    for state in pattern._states:
        if state.fits is not None:
            state.fits = lambda one, fits=state.fits: steps.append(one) or fits(one)
    assert not pattern.fits("a" * 1000)
    assert len(steps) <= 1000 * len(pattern._states)
    compiled.cache_clear()
