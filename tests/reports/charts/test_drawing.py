"""What is drawn is measured with the typeface of reports: lines, legends, and the length that each text says."""

import re

from hypothesis import given
from hypothesis import strategies as st

from reports.charts.bands import BandRow, Scale, bands
from reports.charts.drawing import SIZE, WIDTH, lines, wide, words
from reports.charts.legends import EDGE, STEP, LegendKey, legend
from reports.charts.plots import Moved, dumbbell
from reports.charts.typeface import face


def key(label):
    return LegendKey(label, 16, lambda x, y: [f"<sign x={x:g} y={y:g}>"])


def test_the_font_says_how_wide_its_letters_are():
    assert face().width("nnnn", 1000) == 2188
    assert face("Semibold").width("nnnn", 1000) == 2240
    assert face().width("你", 19) == 19  # what it lacks is as wide as high


def test_each_line_of_text_says_how_long_it_is_whatever_font_draws_it():
    assert 'textLength="41.6" lengthAdjust="spacingAndGlyphs">nnnn<' in words(0, 0, "nnnn")
    assert 'textLength="42.6" lengthAdjust="spacingAndGlyphs">nnnn<' in words(0, 0, "nnnn", bold=True)
    assert "textLength" not in words(0, 0, "")


@given(st.text("abčž -\u00a0MW漢", max_size=120), st.integers(40, 300), st.booleans())
def test_no_line_is_longer_than_its_room_and_no_letter_is_lost(text, room, bold):
    broken = lines(text, room, bold=bold)

    assert [one for one in broken if wide(one, SIZE, bold=bold) > room] == []
    assert "".join(broken).replace(" ", "") == text.replace(" ", "")


@given(st.lists(st.text("abčž MW", max_size=90), max_size=8))
def test_no_sign_or_word_of_a_legend_stands_outside_the_drawing(labels):
    parts, below = legend([key(label) for label in labels])
    told = [part for part in parts if part.startswith("<text")]
    ends = [
        float(re.search(r' x="([\d.]+)"', one)[1]) + float(found[1])
        if (found := re.search(r'Length="([\d.]+)"', one))
        else 0
        for one in told
    ]

    assert [end for end in ends if end > WIDTH] == []
    assert below >= STEP


def test_a_key_that_does_not_fit_begins_the_next_line():
    parts, below = legend([key("n" * 20), key("n" * 40)])

    assert parts[0::2] == [f"<sign x={EDGE} y=14>", f"<sign x={EDGE} y={14 + STEP}>"]
    assert below == 2 * STEP


def upright(svg):
    """The upper and lower end of each upright line of a scale."""
    found = re.findall(r'<line x1="([\d.]+)" y1="([\d.]+)" x2="([\d.]+)" y2="([\d.]+)" class="tone0"', svg)
    return [(float(top), float(bottom)) for left, top, right, bottom in found if left == right]


def baselines(svg, told):
    return [float(y) for y in re.findall(rf'<text x="[\d.]+" y="([\d.]+)"[^>]*>{re.escape(told)}<', svg)]


def test_no_line_of_a_scale_strikes_a_word_or_a_number():
    moved = [Moved(name, 2.0, 2.8, 0.8) for name in ("branje", "pisanje")]
    beside = [BandRow(name, 0.2, None, None, 0.3) for name in ("branje", "pisanje")]
    scale = Scale(0.0, 1.0, (0.0, 0.5, 1.0), str)
    for drawn in (dumbbell("x", moved, (1, 5), "X").svg, bands("x", beside, scale, "X", "", ("a", "b"), ("", "")).svg):
        struck = [
            (told, y)
            for told in ("branje", "pisanje", "+0,8")
            for y in baselines(drawn, told)
            if any(top < y and bottom > y - SIZE for top, bottom in upright(drawn))
        ]
        assert upright(drawn)
        assert struck == []


def test_worse_and_better_stand_on_their_side_of_zero_or_not_at_all():
    def told(low):
        scale = Scale(low, 2.0, (low, 2.0), str, zero=True)
        drawn = bands("x", [BandRow("", 1.0, None, None, None)], scale, "X", "", ("a", "b"), ("slabše", "bolje")).svg
        return [f">{end}<" in drawn for end in ("slabše", "bolje")]

    assert told(0.0) == [False, True]
    assert told(-2.0) == [True, True]
