"""One report in every format: the same numbers, within the limits of each, safe from what people write."""

import json
import re
import xml.etree.ElementTree as ET
from dataclasses import replace
from html import unescape
from html.parser import HTMLParser

import pytest
from lxml import html
from plugins.every_report import KINDS, NOW, SIZES, UGLY

from reports.charts.drawing import WIDTH
from reports.charts.plots import Bar, bars
from reports.render import typesetting
from reports.render.html import as_html
from reports.render.json import as_json
from reports.render.png import as_png
from reports.render.text import LIMIT, as_text
from reports.render.words import value, written
from reports.report import Facts, Figure, Paragraph, Quote, Report, Section, Table

SVG = "{http://www.w3.org/2000/svg}"
NUMBER = re.compile(r"[+−]?\d+(?:,\d+)?")
VOID = {"img", "meta", "br", "rect", "line", "circle", "path"}


def sample(*blocks, **changes):
    given = Report("impact", "Naslov", "Podnaslov", "x", "2026-12-20", NOW.date(), (Section("a", "A", blocks),))
    return replace(given, **changes)


def plain(page):
    return unescape(re.sub(r"<[^>]*>", "", page))


class Outline(HTMLParser):
    """What a page is made of: tags, ids, and whether every tag is closed."""

    def __init__(self):
        super().__init__()
        self.tags, self.ids, self.links, self.open = [], [], [], []

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        self.ids += [content for name, content in attrs if name == "id"]
        self.links += [content for name, content in attrs if name in ("src", "href")]
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):  # noqa: ARG002 - the signature is HTMLParser's
        self.tags.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag


def outline(page):
    found = Outline()
    found.feed(page)
    return found


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("size", SIZES)
def test_every_figure_stands_in_the_page_as_it_is_written(every_report, kind, size):
    report = every_report(kind, size)
    page = plain(as_html(report)).replace("\N{NO-BREAK SPACE}", " ")

    missing = [
        figure.id for figure in report.figures.values() if value(figure).replace("\N{NO-BREAK SPACE}", " ") not in page
    ]
    assert not [id_ for id_ in missing if report.figures[id_].value is not None]


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("size", SIZES)
def test_json_has_every_figure_unrounded(every_report, kind, size):
    report = every_report(kind, size)
    figures = json.loads(as_json(report))["figures"]

    assert {id_: figure["value"] for id_, figure in figures.items()} == {
        id_: figure.value for id_, figure in report.figures.items()
    }


@pytest.mark.parametrize("kind", KINDS)
def test_every_number_of_the_message_is_one_of_the_page(every_report, kind):
    report = every_report(kind, 500)
    message, page = (
        set(NUMBER.findall(re.sub(r"<[^>]*>", " ", words))) for words in (as_text(report), as_html(report))
    )

    assert sorted(message - page) == []


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("size", SIZES)
def test_the_message_fits_telegram(every_report, kind, size):
    words = as_text(every_report(kind, size))

    assert len(plain(words).encode("utf-16-le")) // 2 <= LIMIT
    assert set(re.findall(r"</?(\w+)", words)) <= {"b", "i", "blockquote", "code"}


def test_a_message_leaves_out_the_sections_that_do_not_fit_and_says_so():
    long = Section("b", "Dolgo", (Paragraph("č" * 4090),))
    report = sample(Paragraph("Kratko."))
    words = as_text(replace(report, sections=(*report.sections, long, Section("c", "C", (Paragraph("Konec."),)))))

    assert words.split("\n\n")[1:] == [
        "<b>A</b>\nKratko.",
        "<b>C</b>\nKonec.",
        "<i>Celotno poročilo je v datoteki. Samo tam: »Dolgo«.</i>",
    ]


def test_a_message_counts_characters_as_telegram_does():
    fits = Section("b", "B", (Paragraph("😀" * 2000),))
    too_long = Section("b", "B", (Paragraph("😀" * 2040),))

    assert "😀" in as_text(sample(sections=(fits,)))
    assert "😀" not in as_text(sample(sections=(too_long,)))


def test_what_people_wrote_is_no_markup_in_any_format():
    report = sample(Quote(UGLY, UGLY), Paragraph(UGLY), Table(UGLY, ("a", "b"), ((UGLY, UGLY),)), title=UGLY)
    page = as_html(report)

    assert "script" not in outline(page).tags
    assert plain(as_text(report)).count('<b>Čšž & "žaba"</b>') == 7
    assert "49" not in page
    assert as_png(report).startswith(b"\x89PNG")


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("size", SIZES)
def test_the_page_is_whole_needs_nothing_from_elsewhere_and_has_unique_ids(every_report, kind, size):
    page = as_html(every_report(kind, size))
    found = outline(page)

    assert found.open == []
    assert page.startswith('<!doctype html>\n<html lang="sl">')
    assert len(found.ids) == len(set(found.ids))
    outside = [one for one in found.links if not one.startswith(("#", "data:image/png;base64,"))]
    assert (outside, [tag for tag in found.tags if tag in ("script", "link")]) == ([], [])


def test_every_format_says_that_answers_are_made_up():
    report = sample(Paragraph("Besede."), demo=True)

    assert "Izmišljeni podatki" in as_text(report)
    assert "Izmišljeni podatki" in as_html(report)
    assert json.loads(as_json(report))["demo"] is True
    assert as_png(report) != as_png(replace(report, demo=False))


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("kind", KINDS)
def test_charts_have_words_for_who_does_not_see_them_and_large_type(every_report, kind, size):
    for chart in every_report(kind, size).charts:
        svg = ET.fromstring(chart.svg)
        sizes = [int(text.get("font-size")) for text in svg.iter(f"{SVG}text")]

        assert (svg.find(f"{SVG}title").text, svg.find(f"{SVG}desc").text) == (chart.title, chart.alt)
        assert chart.alt
        assert min(sizes) >= 14


@pytest.mark.parametrize("kind", KINDS)
def test_charts_stay_inside_their_canvas(every_report, kind):
    for chart in every_report(kind, 500).charts:
        svg = ET.fromstring(chart.svg)
        height = float(svg.get("height"))
        for box in svg.iter(f"{SVG}rect"):
            x, y, wide, high = (float(box.get(name)) for name in ("x", "y", "width", "height"))
            assert -0.5 <= x <= x + wide <= WIDTH + 0.5
            assert 0 <= y <= y + high <= height


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("kind", KINDS)
def test_the_picture_is_portrait_and_within_what_telegram_takes(every_report, kind, size):
    picture = as_png(every_report(kind, size))
    width, height = (int.from_bytes(picture[start : start + 4], "big") for start in (16, 20))

    assert width == 588 * 2
    assert width + height <= 10_000
    assert len(picture) < 10_000_000


def height(report):
    return int.from_bytes(as_png(report)[20:24], "big") // 2


def test_a_picture_is_no_higher_than_a_phone_shows_readably():
    short, tall = (bars("b", [Bar("vrstica", 1, 2)] * rows, "Stolpci") for rows in (2, 8))
    summary = Section("summary", "Na kratko", (Paragraph("Besede."),))

    def drawn(*blocks, kind="impact"):
        return height(sample(kind=kind, sections=(summary, Section("b", "B", blocks))))

    assert drawn(tall, short, short) == drawn(tall)
    assert drawn(short, short, short) == drawn(short, short) > drawn(short)
    assert drawn(short, short, short, kind="mayor") > drawn(short, short)


def test_the_picture_for_the_mayor_shows_what_people_said():
    summary = Section("summary", "Na kratko", (Paragraph("Besede."),))
    silent = sample(kind="mayor", sections=(summary,))

    assert height(replace(silent, sections=(summary, Section("b", "B", (Quote("Hvala.", "vir"),))))) > height(silent)


def test_one_chart_is_a_picture_too(every_report):
    chart = every_report("impact", 12, k=1).charts[0]

    assert as_png(chart).startswith(b"\x89PNG")


def test_a_missing_font_is_an_error(monkeypatch):
    monkeypatch.setattr(typesetting, "FONT", "Comic Sans")

    with pytest.raises(typesetting.RenderError, match="comic sans"):
        as_png(sample(Paragraph("Besede.")))


@pytest.mark.parametrize("kind", KINDS)
def test_figures_have_unique_ids(every_report, kind):
    report = every_report(kind, 500)
    blocks = [block for section in report.sections for block in section.blocks]
    ids = [figure.id for block in blocks if isinstance(block, Facts) for figure in block.figures]
    ids += [cell.id for block in blocks if isinstance(block, Table) for row in block.rows for cell in row
            if isinstance(cell, Figure)]  # fmt: skip

    assert len(ids) == len(set(ids))


@pytest.mark.parametrize(
    ("figure", "words"),
    [
        (Figure("a", "A", 0.75, 12, "share"), "75 %"),
        (Figure("a", "A", 0.75, 12, "share", low=0.5, high=0.9), "75 % (50 % do 90 %)"),
        (Figure("a", "A", 9, 12, "people"), "9 od 12"),
        (Figure("a", "A", 12, 12, "people"), "12"),
        (Figure("a", "A", 0.84, 12, "points", 1, 0.4, 1.2, signed=True), "+0,8 (+0,4 do +1,2)"),
        (Figure("a", "A", 0.84, 12, "points", 1, 0.4, 1.2, "stanje 1. 2."), "0,8 (0,4 do 1,2; stanje 1. 2.)"),
        (Figure("a", "A", None), "premalo odgovorov"),
        (Figure("a", "A", None, note="skrito"), "skrito"),
    ],
)
def test_a_figure_is_written_the_same_everywhere(figure, words):
    assert written(figure).replace("\N{NO-BREAK SPACE}", " ") == words


def test_a_quotation_that_is_not_word_for_word_says_so_in_every_form():
    quotes = Quote("Zdaj pišem.", "vir"), Quote("Zdaj vnuku pišem.", "vir", edited=True)
    report = sample(*quotes)
    for words in (as_text(report), as_html(report)):
        assert [part in words for part in ("»Zdaj pišem.«", "»Zdaj pišem.« (urejeno)")] == [True, False]
        assert "»Zdaj vnuku pišem.« (urejeno)" in words
    blocks = json.loads(as_json(report))["sections"][0]["blocks"]
    assert [(block["quote"], block["edited"]) for block in blocks] == [
        ("Zdaj pišem.", False),
        ("Zdaj vnuku pišem.", True),
    ]


def test_bars_of_one_chart_are_parts_of_the_same_whole(every_report):
    for kind in KINDS:
        for chart in every_report(kind, 500).charts:
            grounds = re.findall(r'<rect x="2" y="[\d.]+" width="([\d.]+)" height="20" rx="3" class="tone0"', chart.svg)
            assert len(set(grounds)) <= 1, chart.id


def test_a_share_is_as_long_as_it_is_large_of_however_many_people():
    rows = [Bar("a", 50, 100), Bar("b", 5, 10), Bar("c", 0, 0), Bar("d", 3, 3)]
    lengths = re.findall(r'width="([\d.]+)" height="20" rx="3" class="accent"', bars("x", rows, "t").svg)

    assert [float(one) for one in lengths] == [268, 268, 0, 536]


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("size", [0, 500])
def test_the_contents_of_a_page_lead_to_every_section_in_order(every_report, kind, size):
    report = every_report(kind, size)
    page = html.fromstring(as_html(report))
    ids = page.xpath("//*/@id")
    links = [(one.get("href").removeprefix("#"), one.text_content()) for one in page.xpath("//nav//a")]
    wanted = [(f"s-{one.id}", one.title) for one in report.sections] if len(report.sections) > 2 else []

    assert links == wanted
    assert {target for target, _ in links} <= set(ids)
    assert len(ids) == len(set(ids))
    assert page.xpath("//script") == []
    assert len(page.xpath("//main")) == 1
