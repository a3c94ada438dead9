"""Shown before, after and change agree, an interval holds its change, and zero is told only where it is so."""

import json
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from plugins.every_report import KINDS, NOW, SIZES
from plugins.respondents import open_text

from reports import texts
from reports.disclosure import rounding
from reports.disclosure.suppression import Cells
from reports.kinds.impact import impact
from reports.kinds.mayor import mayor
from reports.kinds.weekly import weekly
from reports.render.json import as_json
from reports.report import Figure
from surveys import locale_sl
from surveys.locale_sl import half, percent, rounded, rounded_share
from surveys.weeks import week_of

numbers = st.floats(-9, 9)
decimals = st.integers(0, 3)
MOVED = re.compile(r"na začetku (\d,\d), ob zaključku (\d,\d), sprememba ([+−]?\d,\d)")


def read(words):
    return float(words.replace(",", ".").replace("\N{MINUS SIGN}", "-"))


@given(before=numbers, after=numbers, places=decimals)
def test_a_head_computes_the_change_from_both_means_and_finds_it_within_one_step(before, after, places):
    told = rounding.difference(before, after, places)

    assert told == pytest.approx(rounded(after, places) - rounded(before, places))
    assert abs(told - (after - before)) <= 2 * half(places) + 1e-9


@given(exact=numbers, places=decimals, upper=st.booleans())
def test_an_end_is_never_zero_and_lies_as_near_as_a_rounded_one(exact, places, upper):
    told = rounding.end(exact, places, upper=upper)
    low, high = rounding.meant(told, places)

    assert told != 0
    assert told * exact >= 0
    assert abs(told - exact) <= half(places) + 1e-9
    assert low - 1e-9 <= exact <= high + 1e-9


@given(ends=st.tuples(numbers, numbers), value=numbers, places=decimals)
def test_an_interval_holds_its_change_and_is_told_again_as_it_was(ends, value, places):
    low, high = sorted(ends)
    told = rounding.interval(low, high, value, places)

    assert told[0] <= rounded(value, places) <= told[1]
    assert told[0] <= rounding.end(low, places, upper=False) <= told[1]
    assert rounding.interval(*told, value, places) == told


@pytest.mark.parametrize(
    ("exact", "told"),
    [
        ((0.02, 0.61), "od +0,05 do +0,6"),
        ((-0.02, 0.61), "od −0,05 do +0,6"),
        ((0.0, 0.6), "od −0,05 do +0,6"),
        ((-0.6, -0.04), "od −0,6 do −0,05"),
        ((-0.6, 0.04), "od −0,6 do +0,05"),
        ((0.05, 0.6), "od +0,05 do +0,6"),
        ((0.06, 0.6), "od +0,1 do +0,6"),
    ],
)
def test_on_which_side_of_zero_an_end_is_can_be_read(exact, told):
    value = rounded(sum(exact) / 2, 1)

    assert locale_sl.between(*rounding.interval(*exact, value), 1) == told


def test_a_change_that_is_not_seen_in_the_means_is_not_called_clear():
    low, high = rounding.interval(0.01, 0.15, rounding.difference(2.36, 2.44))

    assert (low, high) == (-0.05, 0.2)
    assert not rounding.Change(0.0, low, high).clear


@pytest.mark.parametrize(
    ("share", "told"),
    [(0.0, "0"), (0.0031, "0,5"), (0.005, "0,5"), (0.0051, "1"), (0.994, "99"), (0.997, "99,5"), (1.0, "100")],
)
def test_a_share_is_none_or_all_only_where_it_is(share, told):
    figure = Figure("x", "x", share, 500, "share")

    assert percent(share) == percent(figure.value) == f"{told}\N{NO-BREAK SPACE}%"


@given(st.floats(0, 1), st.integers(0, 2))
def test_a_share_is_rounded_once(share, places):
    told = rounded_share(share, places)

    assert rounded_share(told, places) == told
    assert abs(told - share) <= half(places + 2) + 1e-9


def test_shares_that_do_not_add_up_say_so():
    assert texts.rounded_shares([1 / 3, 1 / 3, 1 / 3]) == (
        "deleži so zaokroženi, zato njihova vsota ni natanko 100\N{NO-BREAK SPACE}%"
    )
    assert texts.rounded_shares([0.25, 0.25, 0.5]) == ""


# In reports.


def disagreements(report):
    """Where shown numbers of a change contradict each other, in the figures and in what drawings say."""
    document = json.loads(as_json(report))
    figures, found = document["figures"], []
    for id_, change in figures.items():
        if not id_.endswith(".change") or change["value"] is None:
            continue
        sides = [figures.get(f"{id_.removesuffix('change')}{side}", {"value": None}) for side in ("before", "after")]
        first, last = (side["value"] for side in sides)
        if first is not None and last is not None and round(last - first, 1) != change["value"]:
            found.append((id_, first, last, change["value"]))
    for id_, figure in figures.items():
        if figure["low"] is not None and figure["signed"]:
            inside = figure["low"] <= figure["value"] <= figure["high"]
            found += [] if inside and figure["low"] and figure["high"] else [(id_, figure)]
    for chart in report.charts:
        for first, last, change in MOVED.findall(chart.alt):
            if round(read(last) - read(first), 1) != read(change):
                found.append((chart.id, first, last, change))
    return found


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("size", SIZES)
def test_before_after_and_change_agree_in_every_report(every_report, kind, size):
    assert disagreements(every_report(kind, size)) == []


def test_before_after_and_change_agree_where_rounding_each_of_them_would_not(memory, new_group, programmes):
    """2,35 → 2,6 is a change of 0,25: each by itself would be told as 2,4 → 2,6 with +0,3."""
    new_group("brezice-racunalnik").changes([(2, 2)] * 6 + [(2, 3)] * 7 + [(3, 3)] * 5 + [(3, 2)] * 2)
    programme, cells = programmes["brezice-racunalnik"], Cells(1, 2)
    whole = impact(memory, programme, NOW, cells, open_text)
    week = weekly(memory, programme, week_of(NOW), NOW, cells, open_text)
    page = mayor(memory, [programme], NOW, cells, open_text)
    figures = whole.figures

    assert [figures[f"primary.{key}"].value for key in ("before", "after", "change")] == [2.4, 2.6, 0.2]
    assert figures["headline.change"].value == week.figures["headline.change"].value == 0.2
    assert [disagreements(one) for one in (whole, week, page)] == [[], [], []]
