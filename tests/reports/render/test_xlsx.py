"""The spreadsheet, opened again: real numbers in their formats, words as words, nothing that computes."""

import re
from dataclasses import replace
from datetime import date
from io import BytesIO
from zipfile import ZipFile

import pytest
from openpyxl import load_workbook
from plugins.every_report import KINDS, SIZES

from reports.render.sheets.names import sheet_names
from reports.render.xlsx import as_xlsx
from reports.report import Chart, Facts, Figure, FigureSource, Paragraph, Quote, Report, Section, Table

SHARE = Figure("a.share", "delež", 0.63, 24, "share", 0, 0.4, 0.81, source=FigureSource("share", "x"))
CHANGE = Figure("a.change", "sprememba", -0.84, 24, "points", 1, -1.25, 0.4, signed=True)
COUNT = Figure("a.count", "ljudje", 15, 24, "people", note="stanje 1. 12. 2026")
MANY = Figure("a.many", "obiski", 12345, unit="people")
HIDDEN = Figure("a.hidden", "skrito", None, 3, "points", 1, note="premalo odgovorov")
MEAN = Figure("a.mean", "povprečje", 2.0, 24, "points", 1)
LATER = Figure("b.mean", "povprečje", 3.46, 24, "points", 1)
FIGURES = (SHARE, CHANGE, COUNT, MANY, HIDDEN)
WICKED = ("=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "{=1}", "https://example.org", "12", "1e5", "'x", "_x0041_", "a\x07b")


def sample(*blocks, **changes):
    sections = (Section("summary", "Na kratko", blocks),)
    return replace(Report("impact", "Naslov", "Podnaslov", "x", "2026-12-20", date(2026, 12, 20), sections), **changes)


def opened(report):
    return load_workbook(BytesIO(as_xlsx(report)))


def rows(sheet):
    """The filled rows as values."""
    return [tuple(row) for row in sheet.iter_rows(values_only=True) if any(cell is not None for cell in row)]


def row_of(sheet, name):
    return next(row for row in sheet.iter_rows() if row[0].value == name)


def shown(cells):
    return [(cell.value, cell.number_format) for cell in cells]


def test_numbers_are_numbers_in_the_format_of_their_unit():
    sheet = opened(sample(Facts("", FIGURES)))["Povzetek"]

    share = row_of(sheet, "delež")
    assert shown([share[1], *share[3:5]]) == [(0.63, "0 %"), (0.4, "0 %"), (0.81, "0 %")]
    change = row_of(sheet, "sprememba")
    signed = '+0.0;"−"0.0;0.0'
    assert shown([change[1], *change[3:5]]) == [(-0.8, signed), (-1.3, signed), (0.4, signed)]
    assert shown(row_of(sheet, "ljudje")[1:2]) == [(15, "[>=10000]#,##0;0")]
    assert shown(row_of(sheet, "obiski")[1:2]) == [(12345, "[>=10000]#,##0;0")]


def test_what_is_not_shown_stands_as_its_words_and_without_any_number():
    book = opened(sample(Facts("", (HIDDEN,)), Table("T", ("a", "b"), (("x", HIDDEN), ("y", MEAN)))))

    assert [cell.value for cell in row_of(book["Povzetek"], "skrito")[1:]] == [
        None, "točke", None, None, None, "premalo odgovorov"
    ]  # fmt: skip
    assert rows(book["T"])[1:] == [
        ("a", "b (točke)", "b (točke): opomba"),
        ("x", None, "premalo odgovorov"),
        ("y", 2, None),
    ]
    found = row_of(book["Šifrant"], "a.hidden")
    assert [cell.value for cell in found[3:7]] == [None] * 4
    assert found[9].value == "premalo odgovorov"


def test_intervals_notes_and_totals_of_a_table_have_columns_of_their_own():
    report = sample(Table("T", ("Kaj", "Delež", "Ljudje"), (("x", SHARE, COUNT), ("y", MEAN, ""))))

    assert rows(opened(report)["T"]) == [
        ("T", *[None] * 6),
        ("Kaj", "Delež", "Delež: od", "Delež: do", "Ljudje (število)", "Ljudje (število): opomba", "Od skupaj"),
        ("x", 0.63, 0.4, 0.81, 15, "stanje 1. 12. 2026", 24),
        ("y", 2.0, None, None, None, None, None),
    ]


def test_tables_of_one_section_and_form_share_a_sheet_and_keep_their_titles_and_captions():
    one, other = (
        Table(title, ("Odgovor", "Delež"), (("da", SHARE),), caption="24 ljudi") for title in ("Prvo?", "Drugo?")
    )

    assert [row[:2] for row in rows(opened(sample(one, other))["Na kratko"])] == [
        ("Na kratko", None),
        ("Odgovor", "Delež (%)"),
        ("Prvo?", None),
        ("da", 0.63),
        ("24 ljudi", None),
        ("Drugo?", None),
        ("da", 0.63),
        ("24 ljudi", None),
    ]


def test_the_codebook_has_every_figure_with_its_unit_and_how_it_is_read():
    book = opened(sample(Facts("", FIGURES[:2]), Table("T", ("a", "b"), (("x", COUNT),))))
    head, *found = rows(book["Šifrant"])[1:]

    assert head == (
        "Oznaka", "Kaj pove", "Enota", "Vrednost", "Od", "Do", "Ljudje", "Kako brati", "Kako je izračunano",
        "Opomba", "List"
    )  # fmt: skip
    assert found[0] == (
        *("a.share", "delež", "delež", 0.63, 0.4, 0.81, 24),
        "Delež: 0 % pomeni nihče, 100 % pomeni vsi. »Od« in »Do« sta meji 95-odstotnega intervala.",
        "Ljudje s tem odgovorom, deljeno z vsemi, ki so na vprašanje odgovorili.",
        None,
        "Povzetek",
    )
    assert [row[0] for row in found] == ["a.share", "a.change", "a.count"]
    assert found[2][-4:] == ("Preštejeno. Stolpec »Ljudje« pove, od koliko.", None, "stanje 1. 12. 2026", "T")


def test_the_codebook_reads_an_effect_size_in_units_of_spread():
    effect = replace(CHANGE, low=None, high=None, decimals=2, source=FigureSource("g_av", "x"))
    found = rows(opened(sample(Facts("", (effect,))))["Šifrant"])[2]

    assert found[2] == "velikost"
    assert found[7] == (
        "Sprememba v enotah razpršenosti odgovorov: okoli 0,2 je majhna, 0,5 srednja, 0,8 velika. "
        "Nad 0 pomeni več ali višje, pod 0 manj ali nižje."
    )


def test_the_first_sheet_tells_everything_in_order():
    book = opened(
        sample(
            Paragraph("Prvi stavek."),
            Facts("Številke", (MEAN,)),
            Table("T", ("a", "b"), (("x", MEAN),)),
            Table("Prazna", ("a", "b"), (), caption="premalo odgovorov"),
            Table("Prazna?", ("a", "b"), (), caption="premalo odgovorov"),
            Quote("Lepo je bilo.", "iz programa"),
        )
    )

    assert [row[0] for row in rows(book["Povzetek"])] == [
        "Naslov",
        "Kaj se je spremenilo · Podnaslov",
        "Knjižnice povezujejo · pripravljeno 20.\xa012.\xa02026",
        "Na kratko",
        "Prvi stavek.",
        "Številke",
        "povprečje",
        "T: tabela na listu »T«",
        "Prazna: premalo odgovorov",
        "Prazna? premalo odgovorov",
        "»Lepo je bilo.«",
        "iz programa",
        "Listi v tem zvezku",
        "T",
        "Šifrant",
    ]
    assert [sheet.title for sheet in book] == ["Povzetek", "T", "Šifrant"]


def test_heads_stay_in_sight_on_the_screen_and_on_paper():
    book = opened(sample(Table("T", ("a", "b"), (("x", MEAN),)), demo=True))

    assert {name: book[name].freeze_panes for name in ("T", "Šifrant")} == {"T": "B4", "Šifrant": "B4"}
    assert {name: book[name].print_title_rows for name in ("T", "Šifrant")} == {"T": "$1:$3", "Šifrant": "$1:$3"}
    for sheet in book:
        page = sheet.page_setup
        assert (page.paperSize, page.orientation) == (9, "landscape")
        assert (sheet.sheet_properties.pageSetUpPr.fitToPage, page.fitToHeight) == (True, 0)


def test_every_sheet_and_the_properties_say_that_answers_are_made_up():
    book = opened(sample(Table("T", ("a", "b"), (("x", MEAN), ("y", LATER))), demo=True))
    real = opened(sample(Table("T", ("a", "b"), (("x", MEAN), ("y", LATER)))))

    assert [sheet["A2"].value for sheet in book] == ["Izmišljeni podatki za predstavitev"] * len(book.sheetnames)
    assert book.properties.description == "Izmišljeni podatki za predstavitev"
    assert (real.properties.description or "") == ""
    assert "Izmišljeni" not in str([rows(sheet) for sheet in real])


def test_the_properties_name_the_report_and_its_day():
    found = opened(sample(Paragraph("Besede."))).properties

    assert (found.title, found.subject, found.category) == (
        "Naslov",
        "Kaj se je spremenilo · Podnaslov",
        "Kaj se je spremenilo",
    )
    assert (found.creator, found.created.date()) == ("Knjižnice povezujejo", date(2026, 12, 20))


def test_means_before_and_after_are_drawn_beside_each_other_with_a_title_and_words():
    columns = ("Kazalnik", "Začetek", "Zaključek", "Sprememba")
    hidden = replace(HIDDEN, id="c.mean")
    report = sample(Table("Povprečja", columns, (("x", MEAN, LATER, CHANGE), ("y", hidden, hidden, hidden))))
    with ZipFile(BytesIO(as_xlsx(report))) as parts:
        chart, drawing = (parts.read(f"xl/{name}.xml").decode() for name in ("charts/chart1", "drawings/drawing1"))

    assert re.findall(r"<c:f>([^<]*)</c:f>", chart) == [
        "Grafi!$B$5",
        "Grafi!$A$6",
        "Grafi!$B$6",
        "Grafi!$C$5",
        "Grafi!$A$6",
        "Grafi!$C$6",
    ]
    assert re.findall(r"<a:t>([^<]*)</a:t>", chart) == ["Povprečja"]
    assert re.findall(r'descr="([^"]*)"', drawing) == ["Povprečja. x: začetek 2,0, zaključek 3,5."]


def test_shares_and_the_flow_of_people_are_drawn_and_one_bar_alone_is_not():
    flow = Table("Pot", ("Korak", "Ljudje", "Odziv"), (("vpis", MANY, ""), ("privolitev", COUNT, SHARE)))
    shares = Table("Deleži", ("Odgovor", "Delež"), (("da", SHARE), ("ne", replace(SHARE, id="b.share"))))
    alone = Table("Sam", ("Odgovor", "Delež", "x"), (("da", SHARE, ""),))
    detail = replace(shares, title="Podrobno", detail=True)
    nobody = Table(
        "Nihče", ("Korak", "Ljudje"), (("vpis", replace(MANY, value=0)), ("privolitev", replace(COUNT, value=0)))
    )
    sheet = opened(sample(flow, shares, alone, detail, nobody))["Grafi"]

    assert [chart.title.tx.rich.p[0].r[0].t for chart in sheet._charts] == ["Pot", "Deleži"]


def test_changes_are_drawn_with_their_intervals_and_without_what_is_hidden():
    other = replace(CHANGE, id="b.change", value=0.5, low=0.2, high=0.8)
    table = Table("Program", ("Kaj", "Sprememba"), (("x", CHANGE), ("y", other), ("z", HIDDEN)))
    data = as_xlsx(sample(table))
    with ZipFile(BytesIO(data)) as parts:
        chart, drawing = (parts.read(f"xl/{name}.xml").decode() for name in ("charts/chart1", "drawings/drawing1"))
    ends = chart.partition("<c:errBars>")[2].partition("</c:errBars>")[0]

    assert "Grafi!$B$6:$B$7" in chart
    assert re.findall(r'<c:(max|min) val="([^"]*)"', chart) == [("max", "0.8"), ("min", "-1.4")]
    assert re.findall(r"<c:f>([^<]*)</c:f>", ends) == ["Grafi!$D$6:$D$7", "Grafi!$C$6:$C$7"]
    assert [row[:4] for row in rows(load_workbook(BytesIO(data))["Grafi"])[3:]] == [
        (None, "Sprememba", "Do spodnje meje", "Do zgornje meje"),
        ("x", -0.8, 0.5, 1.2),
        ("y", 0.5, 0.3, 0.3),
    ]
    assert re.findall(r'descr="([^"]*)"', drawing) == [
        "Program. x: sprememba −0,8 (−1,3\xa0do\xa0+0,4); y: sprememba +0,5 (+0,2\xa0do\xa0+0,8)."
    ]


def test_drawings_of_the_report_are_told_in_words():
    sheet = opened(sample(Chart("c", "Od desetih ljudi", "<svg/>", "Pri 7 od 10 ljudi.")))["Grafi"]

    assert [row[0] for row in rows(sheet)][1:] == [
        "Risbe poročila, povedane z besedami",
        "Od desetih ljudi",
        "Pri 7 od 10 ljudi.",
    ]


@pytest.mark.parametrize("words", WICKED)
def test_what_people_wrote_stays_words(words):
    figure = Figure(words, words, None, note=words)
    report = sample(
        Paragraph(words), Quote(words, words), Facts(words, (figure,)), Table(words, (words, "b"), ((words, words),)),
        title=words, subtitle=words, demo=True,
    )  # fmt: skip
    data = as_xlsx(report)
    cells = [cell for sheet in load_workbook(BytesIO(data)) for row in sheet.iter_rows() for cell in row]

    assert {cell.data_type for cell in cells if cell.value is not None} == {"s"}
    assert cells[0].value == words.replace("\x07", "")
    with ZipFile(BytesIO(data)) as parts:
        sheets = [parts.read(name).decode() for name in parts.namelist() if name.startswith("xl/worksheets/sheet")]
        links = [name for name in parts.namelist() if name.startswith("xl/worksheets/_rels") or "externalLink" in name]
    assert [sheet for sheet in sheets if "<f>" in sheet or "<f " in sheet] == []
    assert links == []


def test_the_same_report_gives_the_same_bytes():
    report = sample(Facts("", FIGURES), Table("T", ("a", "b"), (("x", MEAN), ("y", LATER))))

    assert as_xlsx(report) == as_xlsx(report)


def test_names_of_sheets_are_what_excel_allows():
    wishes = ["T", "t", "", "History", "Ali zdaj bolje veste, kaj vse ponuja knjižnica?", "a/b [c]: *d?", "'x'"]

    assert sheet_names(wishes) == [
        "T",
        "t 2",
        "2",
        "History 2",
        "Ali zdaj bolje veste, kaj vse…",
        "a b c d",
        "x",
    ]


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("kind", KINDS)
def test_each_column_of_every_sheet_holds_either_numbers_or_words(every_report, kind, size):
    book = opened(every_report(kind, size))
    mixed = []
    for sheet in book:
        top = sheet.freeze_panes and int(re.sub(r"\D", "", sheet.freeze_panes))
        if sheet.title == "Grafi" or not top:
            continue  # words alone, or tables of several forms
        for column in sheet.iter_cols(min_row=top, min_col=2):
            types = {cell.data_type for cell in column if cell.value is not None}
            mixed += [(sheet.title, sheet.cell(top - 1, column[0].column).value)] if len(types) > 1 else []

    assert mixed == []


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("kind", KINDS)
def test_no_name_of_a_sheet_is_cut(every_report, kind, size):
    names = opened(every_report(kind, size)).sheetnames

    assert [name for name in names if len(name) > 31 or name.endswith("…")] == []
    assert len({name.casefold() for name in names}) == len(names)


def test_a_title_too_long_for_a_sheet_gives_the_name_of_its_section():
    long = Table("Ali zdaj bolje veste, kaj vse ponuja knjižnica?", ("Odgovor", "Delež"), (("da", SHARE),))
    book = opened(sample(long, Table("Kratka", ("a", "b"), (("x", MEAN),))))

    assert book.sheetnames == ["Povzetek", "Na kratko", "Kratka", "Šifrant"]
    assert book["Na kratko"]["A1"].value == long.title


def test_the_head_of_a_column_of_numbers_says_their_unit():
    days = Figure("d", "dnevi", 3, unit="days")
    heads = ("Kaj", "Povprečje", "Sprememba (točke)", "Delež", "Število ljudi", "Dnevi", "Besede")
    report = sample(Table("T", heads, (("x", MEAN, MEAN, SHARE, MANY, days, "tako"),)))

    assert [one for one in rows(opened(report)["T"])[1] if ":" not in one] == [
        "Kaj", "Povprečje (točke)", "Sprememba (točke)", "Delež (%)", "Število ljudi", "Dnevi (dni)", "Besede"
    ]  # fmt: skip
