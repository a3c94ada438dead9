"""When-rules: what they hold for, what they refuse to be, and how they are written."""

import pytest
from pydantic import ValidationError

from surveys.conditions import AllOf, AnyOf, Compare, Not, comparisons_of, holds, items_of

ONE = Compare(item="a", is_="eq", value=1)
TWO = Compare(item="b", is_="answered")


@pytest.mark.parametrize(
    ("operation", "value", "held"),
    [
        ("eq", 2, True),
        ("eq", 3, False),
        ("ne", 3, True),
        ("ne", 2, False),
        ("lt", 3, True),
        ("lt", 2, False),
        ("le", 2, True),
        ("le", 1, False),
        ("gt", 1, True),
        ("gt", 2, False),
        ("ge", 2, True),
        ("ge", 3, False),
        ("in", (1, 2), True),
        ("in", (1, 3), False),
        ("has", 1, True),
        ("has", 0, False),
        ("answered", None, True),
    ],
)
def test_a_comparison_holds_for_its_values_and_for_no_missing_answer(operation, value, held):
    rule = Compare(item="a", is_=operation, value=value)
    assert holds(rule, {"a": 2}) is held
    assert holds(rule, {"a": None}) is False
    assert holds(rule, {}) is False


def test_rules_combine():
    values = {"a": 1, "b": None}
    assert holds(None, {}) is True
    assert holds(AllOf(all=(ONE, TWO)), values) is False
    assert holds(AllOf(all=(ONE, Not(not_=TWO))), values) is True
    assert holds(AnyOf(any=(TWO, ONE)), values) is True
    assert holds(AnyOf(any=(TWO,)), values) is False


def test_a_rule_tells_what_it_looks_at():
    rule = AllOf(all=(AnyOf(any=(ONE, TWO)), Not(not_=Compare(item="c", is_="ne", value=0))))
    assert items_of(rule) == frozenset({"a", "b", "c"})
    assert [part.item for part in comparisons_of(rule)] == ["a", "b", "c"]
    assert comparisons_of(None) == ()


@pytest.mark.parametrize(
    ("operation", "value", "sentence"),
    [
        ("answered", 1, '"answered" compares with nothing; leave "value" out'),
        ("in", 1, '"in" needs a list of numbers: value = [ … ]'),
        ("in", (), '"in" needs a list of numbers: value = [ … ]'),
        ("eq", None, '"eq" needs one number: value = …'),
        ("lt", (1, 2), '"lt" needs one number: value = …'),
        ("has", -1, '"has" needs the code of an option, which is never negative'),
    ],
)
def test_a_comparison_with_a_value_of_another_shape_is_refused(operation, value, sentence):
    with pytest.raises(ValidationError) as refused:
        Compare(item="a", is_=operation, value=value)
    assert [str(error["ctx"]["error"]) for error in refused.value.errors()] == [sentence]
