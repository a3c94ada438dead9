"""Every format of one report says the same numbers: they are taken out of each and compared with its figures.

For each format, `told_by_…` takes out what it says, and `wrong_in_…` compares it with what the figures alone say.
"""

import io
import json
import re
from dataclasses import replace
from datetime import date
from html import unescape

import pypdfium2
import pytest
from lxml import html
from openpyxl import load_workbook
from plugins.every_report import KINDS, SIZES

from reports import texts
from reports.render import png
from reports.render.html import as_html
from reports.render.json import as_json
from reports.render.pdf import as_pdf
from reports.render.text import as_text
from reports.render.words import beside, value, written
from reports.render.words import bound as written_bound
from reports.render.xlsx import as_xlsx
from reports.report import Chart, Facts, Figure, Report, ReportPicture, Section, Table
from reports.texts.sheets import UNITS
from surveys.locale_sl import number, percent

HIDDEN = Figure("a.hidden", "skrito", None, 7777, "share", 1, 0.1234, 0.9876, note="premalo odgovorov")
FORMS = ("html", "pdf", "xlsx", "json", "text", "png")
WHOLE = ("html", "pdf", "xlsx", "json")  # hold every figure


def spaceless(words):
    return re.sub(r"[\s\u200b\u00ad]+", "", words)


def blocks(report):
    return [block for section in report.sections for block in section.blocks]


def rows(block):
    """The rows of a block as words and figures: a fact is a row of its label and its figure."""
    if isinstance(block, Facts):
        return [(figure.label, figure) for figure in block.figures]
    return block.rows if isinstance(block, Table) else ()


def words(cell):
    return written(cell) if isinstance(cell, Figure) else cell


# What each format says.


def told_by_html(report):
    page = html.fromstring(as_html(report))
    return [
        spaceless("|".join(cell.text_content() for cell in row))
        for row in page.xpath("//dl[@class='facts']/div | //tbody/tr")
    ]


def told_by_pdf(report):
    document = pypdfium2.PdfDocument(as_pdf(report))
    found = spaceless("".join(page.get_textpage().get_text_range() for page in document))
    document.close()
    return found


def told_by_xlsx(report):
    """Of every row of a figure in the codebook its id and how the cells of value, interval and note look."""
    sheet = load_workbook(io.BytesIO(as_xlsx(report)))["Šifrant"]
    head = next(place for place, row in enumerate(sheet.iter_rows(values_only=True)) if row[0] == "Oznaka")
    return [
        (row[0].value, *(look(row[place]) or "" for place in (3, 4, 5, 6)), row[9].value or "")
        for row in sheet.iter_rows(min_row=head + 2)
    ]


def cells_of_xlsx(report):
    """The filled cells of every row of the other sheets, and whether one is a number."""
    found = load_workbook(io.BytesIO(as_xlsx(report)))
    return [
        (
            tuple(look(cell) for cell in row if cell.value not in (None, "")),
            any(cell.data_type == "n" and cell.value is not None for cell in row),
        )
        for sheet in found
        if sheet.title not in ("Šifrant", "Grafi")
        for row in sheet.iter_rows()
    ]


def look(cell):
    """How a cell looks in a Slovenian Excel."""
    if cell.data_type != "n" or cell.value is None:
        return cell.value
    form = cell.number_format.split(";", maxsplit=1)[0]
    decimals = len(form.partition(".")[2].rstrip(" %"))
    if form.endswith("%"):
        return percent(cell.value, decimals)
    return number(cell.value, decimals, signed=form.startswith("+"))


def told_by_json(report):
    return json.loads(as_json(report))


def told_by_text(report):
    """The bold words of each line with a dot, section by section."""
    return [
        (section.partition("\n")[0], [bold for line in section.split("\n") if line[0] == "•" for bold in bolds(line)])
        for section in as_text(report).split("\n\n")[1:]
        if section.startswith("<b>")
    ]


def bolds(line):
    return [unescape(found) for found in re.findall(r"<b>(.*?)</b>", line)]


def told_by_png(report):
    """The facts in the data that typst draws."""
    return [
        (figure["label"], figure["value"], figure["beside"])
        for part in png._report_page(report)["parts"]
        for figure in part.get("figures", ())
    ]


# What is wrong with `given`, as a format shows it, if `report` is the truth.


def wrong_in_html(report, given):
    expected = [spaceless("|".join(map(words, row))) for block in blocks(report) for row in rows(block)]
    return differences(told_by_html(given), expected)


def wrong_in_pdf(report, given):
    """Row by row in reading order: nothing else may stand between the cells of a row."""
    found, place, wrong = told_by_pdf(given), 0, []
    for block in blocks(report):
        for row in rows(block):
            expected = spaceless("".join(map(words, row)))
            at = found.find(expected, place)
            if at < 0:
                wrong.append(expected)
            place = max(place, at + len(expected))
    return wrong


def wrong_in_xlsx(report, given):
    codebook = [
        (
            figure.id,
            *(
                (bare(figure), bound(figure, figure.low), bound(figure, figure.high), people(figure), figure.note)
                if figure.value is not None
                else ("", "", "", "", written(figure))
            ),
        )
        for figure in report.figures.values()
    ]
    expected = [sheet_cells(row, block) for block in blocks(report) for row in rows(block)]
    found = [cells for cells, counts in cells_of_xlsx(given) if counts or cells in expected]
    return [*differences(told_by_xlsx(given), codebook), *differences(sorted(found), sorted(expected))]


def sheet_cells(row, block):
    """The filled cells of a row of a sheet: of facts with the people of each, of tables with what counts are of."""
    cells, totals = [], []
    for cell in row:
        if not isinstance(cell, Figure):
            cells.append(cell)
        elif cell.value is None:
            cells += [unit(cell, block), written(cell)]
        else:
            cells += [bare(cell), unit(cell, block), bound(cell, cell.low), bound(cell, cell.high)]
            cells += [people(cell), cell.note] if isinstance(block, Facts) else [cell.note]
            totals += [number(cell.n)] if isinstance(block, Table) and " od " in plain(value(cell)) else []
    return tuple(cell for cell in (*cells, *dict.fromkeys(totals)) if cell)


def unit(figure, block):
    """The unit of a fact stands beside it, that of a table in the head."""
    return UNITS[figure.unit] if figure.unit and isinstance(block, Facts) else ""


def plain(text):
    return text.replace("\N{NO-BREAK SPACE}", " ")


def bare(figure):
    """The value without of how many people it is."""
    return value(figure).split("\N{NO-BREAK SPACE}od\N{NO-BREAK SPACE}")[0]


def bound(figure, end):
    if figure.low is None or figure.high is None:
        return ""
    return written_bound(figure, end)


def people(figure):
    return "" if figure.n is None else number(figure.n)


def wrong_in_json(report, given):
    found = told_by_json(given)
    expected = {
        figure.id: (
            *((figure.value, figure.low, figure.high, figure.n) if figure.value is not None else [None] * 4),
            *(figure.decimals, figure.signed, figure.unit, figure.note),
        )
        for figure in report.figures.values()
    }
    keys = ("value", "low", "high", "n", "decimals", "signed", "unit", "note")
    told = {id_: tuple(one[key] for key in keys) for id_, one in found["figures"].items()}
    alts = [block["alt"] for section in found["sections"] for block in section["blocks"] if "alt" in block]
    return [
        *differences(list(told.items()), list(expected.items())),
        *differences(alts, [one.alt for one in blocks(report) if isinstance(one, Chart | ReportPicture)]),
    ]


def wrong_in_text(report, given):
    expected = dict.fromkeys(f"<b>{section.title}</b>" for section in report.sections)
    for section in report.sections:
        told = [block for block in section.blocks if not (isinstance(block, Table) and block.detail)]
        expected[f"<b>{section.title}</b>"] = [
            said
            for block in told
            for row in rows(block)
            for said in once([cell for cell in row[1:] if not_missed(cell)])
        ]
    found = told_by_text(given)
    return differences(found, [(title, expected[title]) for title, _ in found])


def not_missed(cell):
    """A zero that says nothing, a dash and an empty cell are left out of a message."""
    return not cell.empty if isinstance(cell, Figure) else cell not in {"", texts.NO_VALUE}


def once(cells):
    """What is hidden altogether is said once."""
    said = list(map(words, cells))
    hidden = all(isinstance(cell, str) or cell.value is None for cell in cells)
    return said[:1] if hidden and len(set(said)) == 1 else said


def wrong_in_png(report, given):
    facts = [
        (figure.label, value(figure), beside(figure))
        if figure.value is not None
        else (figure.label, texts.NO_VALUE, written(figure))
        for figure in report.figures.values()
    ]
    return [said for said in told_by_png(given) if said not in facts]


def differences(found, expected):
    missing = [f"missing: {one}" for one in expected if one not in found]
    foreign = [f"foreign: {one}" for one in found if one not in expected]
    return missing + foreign or ([] if list(found) == list(expected) else ["in another order, or not as often"])


WRONG = {
    "html": wrong_in_html,
    "pdf": wrong_in_pdf,
    "xlsx": wrong_in_xlsx,
    "json": wrong_in_json,
    "text": wrong_in_text,
    "png": wrong_in_png,
}


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("size", SIZES)
def test_a_format_says_the_figures_of_its_report_and_no_others(every_report, kind, size, form):
    report = every_report(kind, size)

    assert WRONG[form](report, report) == []


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("size", SIZES)
def test_a_figure_has_one_id_and_an_id_one_figure(every_report, kind, size):
    report = every_report(kind, size)
    found = [cell for block in blocks(report) for row in rows(block) for cell in row if isinstance(cell, Figure)]

    assert sorted(figure.id for figure in found) == sorted(report.figures)


def tampered(report, id_):
    """The report with one number changed by one step of what is shown."""

    def changed(cell):
        if not isinstance(cell, Figure) or cell.id != id_:
            return cell
        step = 10.0 ** -(cell.decimals + (2 if cell.unit == "share" else 0))
        return replace(cell, value=cell.value + (step if isinstance(cell.value, float) else 1))

    def again(block):
        if isinstance(block, Facts):
            return replace(block, figures=tuple(map(changed, block.figures)))
        if isinstance(block, Table):
            return replace(block, rows=tuple(tuple(map(changed, row)) for row in block.rows))
        return block

    sections = tuple(replace(one, blocks=tuple(map(again, one.blocks))) for one in report.sections)
    return replace(report, sections=sections)


@pytest.mark.parametrize("form", WHOLE)
@pytest.mark.parametrize("unit", ["people", "points", "share"])
def test_one_number_that_is_another_is_noticed(every_report, form, unit):
    report = every_report("impact", 500)
    id_ = [one.id for one in report.figures.values() if one.unit == unit and one.value is not None][-1]

    assert WRONG[form](report, tampered(report, id_)) != []


@pytest.mark.parametrize("form", FORMS)
def test_one_number_that_is_another_is_noticed_in_the_headline(every_report, form):
    report = every_report("impact", 500)

    assert WRONG[form](report, tampered(report, "headline.n")) != []


@pytest.mark.parametrize("form", FORMS)
def test_no_format_shows_any_number_of_a_figure_that_is_hidden(form):
    """Not even its bounds and people, should a report ever carry them."""
    table = Table("Tabela", ("Kaj", "Koliko", "Še"), (("vrsta", HIDDEN, ""),))
    sections = (Section("summary", "Na kratko", (Facts("", (HIDDEN,)), replace(table, rows=table.rows))),)
    report = Report("weekly", "Naslov", "Podnaslov", "x", "x", date(2026, 12, 20), sections)
    told = {
        "html": lambda: html.fromstring(as_html(report)).find("body").text_content(),
        "pdf": lambda: told_by_pdf(report),
        "xlsx": lambda: str([told_by_xlsx(report), cells_of_xlsx(report)]),
        "json": lambda: as_json(report),
        "text": lambda: as_text(report),
        "png": lambda: str(told_by_png(report)),
    }[form]()

    assert "premalo odgovorov" in told or "premaloodgovorov" in told
    assert re.findall(r"7777|7\.777|0[.,]1234|12[.,]3|0[.,]9876|98[.,]8", told) == []
