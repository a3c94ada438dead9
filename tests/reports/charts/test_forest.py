"""The forest plot: what it draws, what it says to who does not see it, and how it is cut."""

import re

from reports.charts.drawing import WIDTH
from reports.charts.forest import ROWS, Diamond, ForestRow, forest
from reports.render.png import as_png

LONG = "Pomoč romskim otrokom pri branju in razumevanju slovenskega jezika v Knjižnici Mirana Jarca Novo mesto"
ROW = ForestRow("Migam z računalnikom", 34, 0.52, 0.2, 0.84)
POOLED = Diamond("Skupaj", 0.4, 0.1, 0.7, -0.2, 1.0, hollow=False)


def numbers(chart, name):
    return [float(x) for x in re.findall(rf'{name}="(-?[\d.]+)"', chart.svg)]


def test_the_words_beside_the_plot_say_all_that_it_says():
    (chart,) = forest([ROW], [POOLED], "Programi")

    assert chart.alt == (
        "Desno od ničle je bolje, levo slabše. "
        "1 = toliko, kolikor se ljudje med seboj običajno razlikujejo že na začetku. "
        "Migam z računalnikom: +0,52 (od +0,20 do +0,84), 34\N{NO-BREAK SPACE}ljudi. "
        "Skupaj: +0,40 (od +0,10 do +0,70), nov podoben program verjetno od \N{MINUS SIGN}0,20 do +1,00."
    )


def test_long_names_are_broken_and_nothing_leaves_the_picture():
    (chart,) = forest([ForestRow(LONG, 12, -0.3, -9.0, 9.0), ROW], [POOLED], "Programi")

    assert len(re.findall(r"<text[^>]*>[^<]*(?:Pomoč|Jarca|slovenskega)", chart.svg)) >= 2
    assert all(0 <= x <= WIDTH for name in ("x1", "x2", "x") for x in numbers(chart, name))
    assert as_png(chart)


def test_what_leaves_the_scale_ends_in_an_arrow():
    (inside,), (outside,) = forest([ROW], [], "A"), forest([ROW, ForestRow("B", 9, 4.0, 1.0, 7.0)], [], "A")

    assert inside.svg.count("<rect") == 2
    assert outside.svg.count("<rect") == 2


def test_many_programmes_are_several_pictures_on_one_scale_with_the_result_on_the_last():
    charts = forest([ROW] * (ROWS + 2), [POOLED], "Programi")

    assert [chart.id for chart in charts] == ["forest", "forest-2"]
    assert [chart.title for chart in charts] == ["Programi (1/2)", "Programi (2/2)"]
    assert ["Skupaj" in chart.alt for chart in charts] == [False, True]
    assert len({tuple(re.findall(r">([+−]?\d(?:,5)?)</text>", chart.svg)) for chart in charts}) == 1


def test_nothing_makes_no_picture():
    assert forest([], [], "Programi") == []


def test_a_result_without_rows_is_drawn_alone():
    (chart,) = forest([], [POOLED], "Programi")

    assert "program z intervalom" not in chart.svg
