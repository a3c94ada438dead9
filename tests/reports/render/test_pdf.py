"""A report on paper: tagged and titled for screen readers, every figure as written, whatever people write."""

import io
import re
from dataclasses import replace
from datetime import date

import pypdf
import pypdfium2
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from plugins.every_report import KINDS, SIZES, UGLY

from reports import texts
from reports.charts.plots import icons
from reports.render.pdf import as_pdf
from reports.render.words import written
from reports.report import ANNEX, Chart, Copied, Facts, Figure, Paragraph, Quote, Report, ReportPicture, Section, Table

DAY = date(2026, 11, 22)
EVERY = pytest.mark.parametrize(("kind", "size"), [(kind, size) for kind in KINDS for size in SIZES])
TOP, FOOT = 19, 276  # millimetres: between the margins


def sample(*blocks, **changes):
    given_ = Report("impact", "Naslov", "Podnaslov", "x", "2026-11-22", DAY, (Section("a", "Razdelek", blocks),))
    return replace(given_, **changes)


def pages(report):
    """The words of each page, with single spaces."""
    return words_of(as_pdf(report))


def words_of(pdf):
    document = pypdfium2.PdfDocument(pdf)
    found = [re.sub(r"[\s\u200b]+", " ", page.get_textpage().get_text_range()) for page in document]
    document.close()
    return found


def structure(reader):
    """The structure tree from the top, in reading order: tag and alternative text of each element."""
    found = []

    def walk(node):
        node = node.get_object()
        if not isinstance(node, dict):
            return
        if "/S" in node:
            found.append((node["/S"], node.get("/Alt")))
        below = node.get("/K", [])
        for one in below if isinstance(below, list) else [below]:
            walk(one)

    walk(reader.trailer["/Root"]["/StructTreeRoot"])
    return found


def fonts(reader):
    """Name and embedded file of every font."""
    found = {}
    for page in reader.pages:
        for font in page["/Resources"].get("/Font", {}).values():
            below = font.get_object()["/DescendantFonts"][0].get_object()
            descriptor = below["/FontDescriptor"].get_object()
            found[below["/BaseFont"]] = {"/FontFile", "/FontFile2", "/FontFile3"} & set(descriptor)
    return found


@EVERY
def test_a_pdf_is_tagged_slovenian_titled_and_has_its_fonts_inside(every_report, every_pdf, kind, size):
    report = every_report(kind, size)
    reader = pypdf.PdfReader(io.BytesIO(every_pdf(kind, size)))
    root = reader.trailer["/Root"]

    assert (root["/Lang"], root["/MarkInfo"]["/Marked"]) == ("sl", True)
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert reader.metadata.title == f"{report.title} – {texts.KINDS[kind]}"
    assert b"<pdfuaid:part>1<" in root["/Metadata"].get_object().get_data()
    assert all(fonts(reader).values())
    assert {name.split("+")[1].split("-")[0] for name in fonts(reader)} == {"SourceSansPro"}
    assert {tuple(map(round, page.mediabox)) for page in reader.pages} == {(0, 0, 595, 842)}


@EVERY
def test_headings_and_charts_are_read_in_their_order_with_words_for_each_chart(every_report, every_pdf, kind, size):
    report = every_report(kind, size)
    found = structure(pypdf.PdfReader(io.BytesIO(every_pdf(kind, size))))
    headings = [tag for tag, _ in found if tag in ("/H1", "/H2")]

    printed = [one for one in report.sections if not all(isinstance(block, Copied) for block in one.blocks)]
    seen = [block for one in printed for block in one.blocks if isinstance(block, Chart | ReportPicture)]
    logo = [] if report.logo is None else [report.logo]
    assert headings == ["/H1"] + ["/H2"] * len(printed)
    assert [alt for tag, alt in found if tag == "/Figure"] == [one.alt for one in (*logo, *seen)]
    tables = [block for section in report.sections for block in section.blocks if isinstance(block, Table)]
    assert [tag for tag, _ in found].count("/Table") == sum(bool(table.rows) for table in tables)


@EVERY
def test_every_figure_stands_on_paper_as_it_is_written(every_report, every_pdf, kind, size):
    report = every_report(kind, size)
    words = " ".join(words_of(every_pdf(kind, size)))

    assert [figure.id for figure in report.figures.values() if plain(written(figure)) not in words] == []


def plain(words):
    return re.sub(r"\s+", " ", words)


@EVERY
def test_every_page_has_its_number_its_title_and_says_that_answers_are_made_up(every_report, kind, size):
    report = replace(every_report(kind, size), demo=True)
    found = pages(report)

    for number, page in enumerate(found, 1):
        assert f"Stran {number} od {len(found)}" in page
        assert plain(report.title) in page
        assert plain(texts.made_on(report.made_on)) in page
        assert page.count(texts.DEMO) == 1


def reached(pdf):
    """How far down each page is used above its footer, from 0 to 1, as it is drawn."""
    document, found = pypdfium2.PdfDocument(pdf), []
    for page in document:
        bitmap = page.render(scale=0.5, grayscale=True)
        rows = (bitmap.to_numpy() < 200).reshape(bitmap.height, -1).any(axis=1)
        millimetres = [row / bitmap.height * 297 for row, dark in enumerate(rows) if dark]
        found.append((max(one for one in millimetres if one < FOOT) - TOP) / (FOOT - TOP))
        bitmap.close()
    document.close()
    return found


@EVERY
def test_no_page_is_a_third_empty(every_pdf, kind, size):
    found = reached(every_pdf(kind, size))

    assert len(found) == 1 or min(found) > 0.65


def test_two_lines_too_many_make_no_second_page():
    for count in (32, 36, 40, 44):
        found = reached(as_pdf(sample(*[Paragraph("Beseda.") for _ in range(count)])))
        assert len(found) == 1 or min(found) > 0.65


def test_the_annex_begins_a_page_where_it_fills_one():
    long, short = ([Paragraph(f"{name} {number}.") for number in range(34)] for name in ("Prej", "Potem"))
    sections = (Section("a", "Prvi", tuple(long)), Section(ANNEX, "Za statistike", tuple(short)))
    few = replace(sections[1], blocks=tuple(short[:3]))

    assert [page.startswith("Za statistike") for page in pages(sample(sections=sections))] == [False, True]
    assert "Za statistike" in pages(sample(sections=(sections[0], few)))[0]


def test_the_same_report_gives_the_same_bytes(every_report):
    report = every_report("impact", 12)

    assert as_pdf(report) == as_pdf(report)
    assert as_pdf(report) != as_pdf(replace(report, made_on=DAY))


@pytest.mark.parametrize("size", SIZES)
def test_the_page_for_the_mayor_is_one_page(every_pdf, size):
    assert len(words_of(every_pdf("mayor", size))) == 1


@pytest.mark.parametrize("length", [0, 40, 400, 4000])
def test_the_page_for_the_mayor_stays_one_page_whatever_was_told(length):
    chart = icons(7, "Od desetih ljudi", "Pri 7 od 10.", ("višje", "enako ali nižje"))
    report = sample(Paragraph("Stavek."), chart, chart, Quote("žaba " * length + "konec", "vir"), kind="mayor")
    found = pages(report)

    assert len(found) == 1
    assert found[0].count("žaba") == length
    assert "konec«" in found[0]


def test_the_head_of_a_long_table_stands_on_every_page_and_is_read_once():
    rows = tuple((f"vrstica {number}", Figure(f"f{number}", "f", number)) for number in range(120))
    report = sample(Table("Dolga", ("Glavni stolpec", "Vrednost"), rows, caption="Opomba.", detail=True))
    found = pages(report)
    tags = [tag for tag, _ in structure(pypdf.PdfReader(io.BytesIO(as_pdf(report))))]

    assert len(found) == 3
    assert all("Glavni stolpec Vrednost" in page for page in found)
    assert (tags.count("/TH"), tags.count("/TR")) == (2, 121)
    assert "Opomba." in found[-1]


def test_a_heading_stays_with_what_it_stands_above():
    few = [Paragraph("Beseda.") for _ in range(36)]
    rows = tuple((f"vrstica {number}", Figure(f"f{number}", "f", number)) for number in range(10))
    for count in range(20, 36):
        found = pages(sample(*few[:count], Table("Naslov tabele", ("Ime", "Vrednost"), rows)))
        assert len([page for page in found if "Naslov tabele" in page and "vrstica 9" in page]) == 1


def test_a_table_of_many_columns_stays_on_the_page():
    columns = ("Ime", *(f"Stolpec {number}" for number in range(14)))
    row = (
        "Pomoč romskim otrokom pri branju",
        *(Figure(f"f{number}", "f", 12345.5, decimals=1) for number in range(14)),
    )
    document = pypdfium2.PdfDocument(as_pdf(sample(Table("", columns, (row,)))))
    text = document[0].get_textpage()
    right = max(text.get_charbox(index)[2] for index in range(text.count_chars()))
    document.close()

    assert right < 595 - 50


def test_markup_of_people_is_printed_and_not_obeyed():
    report = sample(Quote(UGLY, UGLY), Paragraph(UGLY), Table(UGLY, (UGLY, "b"), ((UGLY, UGLY),), UGLY), title=UGLY)

    assert "".join(pages(report)).replace(" ", "").count(UGLY.replace(" ", "")) == 10


def test_an_empty_report_is_a_page_with_its_title():
    assert "Naslov" in pages(sample(sections=()))[0]
    assert "Razdelek" in pages(sample(Facts("", ()), Table("", ("a",), ()), Paragraph("")))[0]


@given(st.text(max_size=60))
@example("😀👩‍👩‍👧‍👦🏳️‍🌈 1️⃣ ❤️")
@example("\0\x1b\ud800\ufffe\u202eabc\u2066 \u0301 a\u0301 \U000e0001")
@example("مرحبا 你好 नमस्ते ﷽")
@example("#" * 4000)
@example("\n\n\r\n \t \u2028")
@settings(max_examples=60)
def test_nothing_that_people_write_makes_a_report_fail(words):
    chart = icons(3, words, words, (words, words))
    figures = (Figure("a", words, None, note=words),)
    blocks = (Paragraph(words), Facts(words, figures), Table(words, (words, words), ((words, words),), words), chart)

    assert as_pdf(sample(*blocks, Quote(words, words), title=words, subtitle=words)).startswith(b"%PDF-1.7")
