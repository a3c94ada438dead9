"""Files as offices send them: what can be read is read, and everything else is refused for its own true reason."""

import io
import zipfile
from pathlib import Path

import openpyxl
import pytest
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont

from bot.rosters import people
from bot.rosters.lists import LISTS
from bot.rosters.people import Listed
from bot.workbooks import file
from bot.workbooks.book import MAX_BYTES, Unreadable, UnreadableError, pack, unpack

CASES = Path(__file__).with_name("cases")
MAIN = b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"
EMPTY = b'<row r="1048576"><c r="XFD1048576" t="inlineStr"><is/></c></row>'
STRINGS = "xl/sharedStrings.xml"
SHEET = "xl/worksheets/sheet1.xml"
TABLE = "urn:oasis:names:tc:opendocument:xmlns:table:1.0"
OFFICE = "urn:oasis:names:tc:opendocument:xmlns:office:1.0"
TEXT = "urn:oasis:names:tc:opendocument:xmlns:text:1.0"


def book(*rows):
    workbook = openpyxl.Workbook()
    for row in rows:
        workbook.active.append(row)
    return saved(workbook)


def saved(workbook):
    packed = io.BytesIO()
    workbook.save(packed)
    return packed.getvalue()


def spoiled(data, name, change):
    """The same workbook with one part changed."""
    with zipfile.ZipFile(io.BytesIO(data)) as old:
        parts = {one: old.read(one) for one in old.namelist()}
    parts[name] = change(parts.get(name, b""))
    return zipped({one: content for one, content in parts.items() if content is not None})


def zipped(parts):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as new:
        for one, content in parts.items():
            new.writestr(one, content)
    return packed.getvalue()


def open_document(*tables, **parts):
    """An .ods with these tables, written as LibreOffice does."""
    content = (
        f'<office:document-content xmlns:office="{OFFICE}" xmlns:table="{TABLE}" xmlns:text="{TEXT}" '
        f'office:version="1.3"><office:body><office:spreadsheet>{"".join(tables)}</office:spreadsheet></office:body>'
        "</office:document-content>"
    )
    kind = {"mimetype": "application/vnd.oasis.opendocument.spreadsheet"}
    manifest = (
        '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
        '<manifest:file-entry manifest:full-path="/"/></manifest:manifest>'
    )
    return zipped({**kind, "META-INF/manifest.xml": manifest, "content.xml": content, **parts})


def cells(*words):
    filled = '<table:table-cell office:value-type="string"><text:p>{}</text:p></table:table-cell>'
    return "".join(filled.format(one) if one else "<table:table-cell/>" for one in words)


def read(data, **hidden):
    """The people of the list that is read first."""
    found = file.read(data, LISTS)
    return people.read(found.sheets[people.first_choice(found).sheet], **hidden)


def names(data, **hidden):
    return [one.printed for one in read(data, **hidden).listed]


def refusal(data):
    with pytest.raises(UnreadableError) as caught:
        file.read(data, LISTS)
    return caught.value.why


def unpackable(data):
    """Why what was read of a file is not kept."""
    with pytest.raises(UnreadableError) as caught:
        unpack(file.packed(data, LISTS))
    return caught.value.why


def case(name):
    return (CASES / name).read_bytes()


def test_a_filtered_row_is_not_read_until_somebody_says_so():
    data = case("filtered.xlsx")
    seen = read(data)
    assert ([one.name for one in seen.listed], seen.hidden) == (["Žagar Črt"], 1)
    assert read(data, hidden=True).listed == (
        Listed(2, "Žagar Črt", language="sl"),
        Listed(3, "Đurić Šejla", language="bs"),
    )


def test_a_list_on_a_sheet_that_can_be_seen_is_read_before_one_that_is_hidden():
    data = case("hidden first sheet.xlsx")
    assert names(data) == ["Nova Oseba"]
    found = file.read(data, LISTS)
    assert [(found.sheets[place].name, found.sheets[place].hidden) for place in people.lists(found)] == [
        ("Lani", True),
        ("Letos", False),
    ]


def test_a_list_on_the_second_sheet_is_found():
    workbook = openpyxl.Workbook()
    workbook.active.append(["Navodila", "Izpolnite list Osebe"])
    workbook.create_sheet("Osebe").append(["Ime"])
    workbook["Osebe"].append(["Ana"])
    assert names(saved(workbook)) == ["Ana"]
    assert people.first_choice(file.read(saved(workbook), LISTS)) == people.SheetChoice(1)


def test_hidden_columns_and_rows_of_no_height_are_hidden_too():
    workbook = openpyxl.Workbook()
    for row in (["Ime", "Priimek", "Telefon"], ["Ana", "Kos", 1], ["Bor", "Rus", 2], ["Cene", "Žen", 3]):
        workbook.active.append(row)
    workbook.active.column_dimensions["B"].hidden = True
    workbook.active.column_dimensions["C"].width = 0
    data = spoiled(
        saved(workbook), SHEET, lambda old: old.replace(b'<row r="3"', b'<row r="3" ht="0" customHeight="1"')
    )
    seen = read(data)
    assert [one.name for one in seen.listed] == ["Ana", "Cene"]
    assert (seen.hidden, seen.hidden_columns) == (1, ("Priimek",))
    assert names(data, hidden=True) == ["Ana Kos", "Bor Rus", "Cene Žen"]


def test_strict_open_xml_is_read():
    assert names(case("strict.xlsx")) == ["Žagar Črt", "Đurić Šejla"]


def test_old_excel_is_read_with_what_is_hidden_in_it():
    seen = read(case("old excel.xls"))
    assert seen.listed == (Listed(2, "Žagar Črt", "7"), Listed(4, "Kos Bor", "da"))
    assert (seen.hidden, seen.hidden_columns) == (1, ("Jezik",))
    assert read(case("old excel.xls"), hidden=True).listed[1] == Listed(3, "Đurić Šejla", "1. 3. 2026", language="bs")


def test_open_document_is_read_with_what_is_hidden_in_it():
    rows = "".join(
        f"<table:table-row{hidden}>{cells(*words)}</table:table-row>"
        for hidden, *words in (
            ("", "Ime", "", "Opomba"),
            ("", "Ana", "Kos", "x"),
            (' table:visibility="filter"', "Bor", "", "y"),
            (' table:number-rows-repeated="7"', "", "", ""),
            ("", "Cene", "", "z"),
        )
    )
    columns = (
        '<table:table-column table:number-columns-repeated="2"/><table:table-column table:visibility="collapse"/>'
        '<table:table-column table:number-columns-repeated="16381"/>'
    )
    folded = f"<table:table-row>{cells('Zgubljena')}</table:table-row>"
    folded = f'<table:table-row-group table:display="false">{folded}</table:table-row-group>'
    end = '<table:table-row table:number-rows-repeated="1048560"><table:table-cell/></table:table-row>'
    data = open_document(f'<table:table table:name="List1">{columns}{rows}{folded}{end}</table:table>')
    seen = read(data)
    assert seen.listed == (Listed(2, "Ana"), Listed(11, "Cene"))
    assert (seen.hidden, seen.hidden_columns) == (2, ("Opomba",))
    assert names(data, hidden=True) == ["Ana (x)", "Bor (y)", "Cene (z)", "Zgubljena"]


def test_cells_that_are_formatted_numbered_or_written_in_place_are_read():
    workbook = openpyxl.Workbook()
    rich = CellRichText(TextBlock(InlineFont(b=True), "Ana "), "Žagar")
    for row in (["Ime", None, "Opomba"], [rich, None, 7], ["Bor", None, True], ["Cene", None, 1.5]):
        workbook.active.append(row)
    assert names(saved(workbook)) == ["Ana Žagar (7)", "Bor (da)", "Cene (1,5)"]
    written = b"""<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>
        <row><c t="inlineStr"><is><t>Ime</t></is></c></row>
        <row><c t="inlineStr"><is><r><t>An</t></r><r><t>a</t></r></is></c><c r="ZZ2"><v>9</v></c></row>
        </sheetData></worksheet>"""
    in_place = spoiled(book(["Ime"]), SHEET, lambda _: written)
    assert read(in_place) == people.Roster((Listed(2, "Ana"),), ())


def test_an_error_of_the_spreadsheet_is_not_taken_for_an_empty_cell():
    workbook = openpyxl.Workbook()
    for row in (["Ime", "Priimek"], ["Ana", "#N/A"], ["#N/A", "#REF!"]):
        workbook.active.append(row)
    for cell in (workbook.active["B2"], workbook.active["A3"], workbook.active["B3"]):
        cell.data_type = "e"
    seen = read(saved(workbook))
    assert seen.problems == (people.RosterProblem(2, people.RowFault.CELL_ERROR, "#N/A"),)
    assert seen.left_out == (people.LeftOut(3, people.Left.ERROR, "#N/A #REF!"),)


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"x" * (MAX_BYTES + 1), Unreadable.TOO_BIG),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 and no more", Unreadable.DAMAGED),
        (b"\xd0\xcf\x11\xe0" + bytes(600) + "EncryptedPackage".encode("utf-16-le"), Unreadable.LOCKED),
        (b"\xd0\xcf\x11\xe0" + bytes(600) + "WordDocument".encode("utf-16-le"), Unreadable.WORD),
        (zipped({"word/document.xml": "<w/>", "[Content_Types].xml": "<t/>"}), Unreadable.WORD),
        (zipped({"Index/Document.iwa": "Numbers"}), Unreadable.OTHER_TABLE),
        (zipped({"xl/workbook.bin": "xlsb"}), Unreadable.OTHER_TABLE),
        (open_document(**{"META-INF/manifest.xml": "<m><encryption-data/></m>"}), Unreadable.LOCKED),
        (b"%PDF-1.7\n", Unreadable.PDF),
        (b"\x89PNG\r\n\0\0", Unreadable.PICTURE),
        (b"\xff\xd8\xff\xe0", Unreadable.PICTURE),
        (b"\xef\xbb\xbf\r\n<HTML><table>", Unreadable.WEB_PAGE),
        (b"\xff\xfe\0", Unreadable.NO_SHEET),
        (b"Ime\0\n", Unreadable.NO_SHEET),
        (b"Ime\n" + b"x" * 200_000, Unreadable.NO_SHEET),
        (b"PK\x03\x04 and no more", Unreadable.DAMAGED),
    ],
)
def test_what_is_no_list_is_refused_for_its_own_reason(data, why):
    assert refusal(data) is why


@pytest.mark.parametrize(
    ("part", "change", "why"),
    [
        ("xl/_rels/workbook.xml.rels", lambda _: None, Unreadable.DAMAGED),
        ("xl/workbook.xml", lambda _: b"<workbook/>", Unreadable.DAMAGED),
        (SHEET, lambda old: old[:-20], Unreadable.DAMAGED),
        (SHEET, lambda old: old.replace(b'r="A1"', b'r="' + b"A" * 400_000 + b'1"'), Unreadable.DAMAGED),
        (SHEET, lambda old: old.replace(b'r="A2"', b'r="XFD1048576"'), Unreadable.SWOLLEN),
        (SHEET, lambda old: old.replace(b"</sheetData>", EMPTY + b"</sheetData>"), Unreadable.SWOLLEN),
        (STRINGS, lambda _: b"<sst xmlns='%s' count='99999999'/>" % MAIN, Unreadable.SWOLLEN),
        (STRINGS, lambda _: b"<sst xmlns='%s' uniqueCount='99999999999999'/>" % MAIN, Unreadable.DAMAGED),
        (SHEET, lambda old: old.replace(b"<sheetData>", b" " * 70 * 2**20 + b"<sheetData>"), Unreadable.SWOLLEN),
        (SHEET, lambda old: old.replace(b"</sheetData>", b"<row/>" * 1_400_000 + b"</sheetData>"), Unreadable.SWOLLEN),
        (SHEET, lambda old: b"<!DOCTYPE a [<!ENTITY b 'c'>]>" + old, Unreadable.DAMAGED),
        (SHEET, lambda old: f"<!DOCTYPE a [<!ENTITY b 'c'>]>{old.decode()}".encode("utf-16"), Unreadable.DAMAGED),
    ],
    ids=[
        "no_relations",
        "no_sheet",
        "cut_off",
        "reference",
        "far",
        "far_nothing",
        "count",
        "counts",
        "spaces",
        "empty_rows",
        "entities",
        "utf_16",
    ],
)
def test_a_workbook_made_to_stop_the_bot_is_refused(part, change, why):
    data = spoiled(book(["Ime"], ["Ana"]), part, change)
    assert len(data) < MAX_BYTES
    assert refusal(data) is why


@pytest.mark.parametrize(
    ("part", "change"),
    [
        (SHEET, lambda old: old.replace(b"</sheetData>", b"<row/>" * 100_000 + b"</sheetData>")),
        (SHEET, lambda old: old.replace(b'<dimension ref="A1:A2"', b'<dimension ref="A1:XFD1048576"')),
        (SHEET, lambda old: old.replace(b"</sheetData>", b'<row r="9999"><c r="XFD9999" s="1"/></row></sheetData>')),
        ("xl/sharedStrings.xml", lambda _: b"<sst xmlns='%s'>%s</sst>" % (MAIN, b"<si><t>a</t></si>" * 430_000)),
        ("xl/media/logo.png", lambda _: bytes(90 * 2**20)),
    ],
    ids=["empty_rows", "dimension", "formatted_far_away", "strings", "picture"],
)
def test_a_swollen_workbook_is_read_where_what_it_says_is_a_list(part, change):
    assert names(spoiled(book(["Ime"], ["Ana"]), part, change)) == ["Ana"]


def test_open_document_that_repeats_a_filled_row_a_million_times_is_refused():
    row = f'<table:table-row table:number-rows-repeated="1048576">{cells("Ana", "Kos")}</table:table-row>'
    assert refusal(open_document(f'<table:table table:name="x">{row}</table:table>')) is Unreadable.SWOLLEN


def test_a_workbook_with_more_words_than_a_write_unit_should_unpack_is_refused():
    rows = [["Ime", *"ABCDEFGHIJKLMNOPQRSTUVW"], *([f"{row}{'č' * 390}"] * 24 for row in range(399))]
    assert unpackable(book(*rows)) is Unreadable.SWOLLEN
    assert len(file.packed(book(["Ime"], *([f"Ana {row}"] for row in range(300))), LISTS)) < 10_000


def test_a_workbook_with_two_parts_of_one_name_is_refused():
    assert refusal(spoiled(book(["Ime"], ["Ana"]), SHEET.upper(), lambda _: b"<worksheet/>")) is Unreadable.DAMAGED


def test_rows_that_say_nothing_below_a_text_file_are_nobody():
    assert names(b"Ime;Priimek\r\nAna;Kos\r\n" + b";\r\n" * 1_048_576) == ["Ana Kos"]


LIST = "Ime;Priimek\r\nŠpela;Žagar\r\nČrt;Kočevar\r\nLučka;Bäcker\r\nMiloš;KOVAČIČ\r\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1250", "iso8859-2", "cp852", "mac-latin2"])
def test_a_text_file_is_read_in_the_encoding_in_which_its_names_are_names(encoding):
    ends = LIST.replace("\r\n", "\r") if encoding == "mac-latin2" else LIST
    assert names(ends.encode(encoding)) == ["Špela Žagar", "Črt Kočevar", "Lučka Bäcker", "Miloš KOVAČIČ"]


@pytest.mark.parametrize("name", ["Šuštar", "Koš", "Žan", "Ćuk", "Müller", "Đorđe", "Jože", "Áron", "Béla", "Köhler"])
def test_one_name_alone_is_read_as_windows_writes_it(name):
    assert names(f"Ime\r\n{name}\r\n".encode("cp1250")) == [name]


def test_names_of_the_case_in_cp852_are_read():
    assert names(case("names cp852.csv")) == ["Žiga Černe", "Špela Kos"]


def test_a_quotation_mark_that_is_never_closed_swallows_nobody():
    seen = read(case("unclosed quote.csv"))
    assert [one.printed for one in seen.listed] == [
        'Ana "Anči" Novak (x)',
        "Bor Kos (y)",
        "Cene Rus (z)",
        "Dana Žen (w)",
    ]
    assert seen.torn == 3


@pytest.mark.parametrize(
    ("text", "listed", "torn"),
    [
        ('Ime;Opomba\n"Ana Kos;x\nBor Rus;y\n"Cene Žen;z\n', ["Ana Kos (x)", "Bor Rus (y)", "Cene Žen (z)"], 2),
        ('Ime\nAna\n"Bor\nCene\n', ["Ana", "Bor", "Cene"], 3),
        ('Ime;Naslov\n"Ana Kos";"Cesta 1\n1000 Ljubljana"\nBor;x\n', ["Ana Kos", "Bor"], 0),
        ('Ime;Opomba\n"Kos; Ana";"reče ""da"""\n', ['Kos Ana (reče "da")'], 0),
    ],
)
def test_quotation_marks_are_read_as_they_are_meant(text, listed, torn):
    seen = read(text.replace("Kos; Ana", "Kos Ana").encode())
    assert ([one.printed for one in seen.listed], seen.torn) == (listed, torn)


@pytest.mark.parametrize("name", sorted(one.name for one in CASES.iterdir()))
def test_what_was_read_is_the_same_after_it_was_kept(name):
    found = file.read(case(name), LISTS)
    assert unpack(pack(found)) == found
    assert unpack(file.packed(case(name), LISTS)) == found


def test_why_nothing_was_read_is_kept_as_well():
    with pytest.raises(UnreadableError) as caught:
        unpack(file.packed(b"%PDF-1.7", LISTS))
    assert caught.value.why is Unreadable.PDF
