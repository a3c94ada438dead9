"""Cards on paper: what a telephone reads is the link, the programme is not named, a name is on the list alone."""

import io
from dataclasses import replace
from datetime import date
from functools import partial

import pypdf
import pytest
from plugins.printed_pages import box_of, dark, modules

from bot.runtime.process import WorkerProcess
from bot.texts import printed as texts
from bot.worker.printing import qr
from bot.worker.printing.cards import Card, CardSheet, as_pdf
from surveys.locale_sl import NO_BREAK

DAY = date(2026, 3, 2)
TYPED = "odgovori.knjiznica-brezice.si/k"
NUMBER = "4KX-72M-9PH-3TWA"
A7 = (105, 74.25)
QUIET = 4
PHONE = "+386 (0)4 537 39 00"


def people(count):
    return tuple(Card(f"RAD-{number:05}", f"https://t.me/povezujejo_bot?start={number:024}") for number in range(count))


def sheet(cards, library="Knjižnica Antona Tomaža Linharta Radovljica", group="Druženja v knjižnici", phone=""):
    return CardSheet(library, group, "Pomlad", cards, DAY, phone)


def words_of(pdf):
    return [
        " ".join(page.extract_text().replace(NO_BREAK, " ").split()) for page in pypdf.PdfReader(io.BytesIO(pdf)).pages
    ]


def test_every_qr_code_on_paper_is_that_of_its_link():
    cards = people(11)
    pdf = as_pdf(sheet(cards))
    for number, card in enumerate(cards):
        page, place = divmod(number, 8)
        wanted = [list(row) for row in qr.code(card.address).matrix]
        left, top = place % 2 * A7[0], place // 2 * A7[1]
        assert modules(dark(pdf, page), left, top, len(wanted)) == wanted


def test_a_module_is_large_enough_for_old_telephones_and_has_white_around():
    card = Card("RAD-00001", f"https://t.me/{'x' * 32}?start={'y' * 24}")  # the longest name that a bot can have
    is_dark = dark(as_pdf(sheet((card,))), 0)
    count = len(qr.code(card.address).matrix)
    x, y, size = box_of(is_dark, 0, 0)
    assert size / count > 0.75
    around = [QUIET * size / count * part for part in (0.2, 0.5, 0.9)]
    edge = [size * part / 40 for part in range(41)]
    assert not any(
        is_dark(*dot)
        for off in around
        for part in edge
        for dot in ((x - off, y + part), (x + size + off, y + part), (x + part, y - off), (x + part, y + size + off))
    )


def test_a_picture_for_screens_and_a_drawing_for_paper_show_the_same_code():
    import segno  # noqa: PLC0415 - the library itself is the oracle

    link = "https://t.me/povezujejo_bot?start=abc"
    assert [list(row) for row in segno.make_qr(link, error="m", mask=3, boost_error=False).matrix] == [
        list(row) for row in qr.code(link).matrix
    ]
    assert qr.png(link).startswith(b"\x89PNG")
    assert qr.svg(link).startswith("<svg")


@pytest.mark.parametrize(("count", "pages"), [(1, 2), (8, 2), (9, 3), (20, 4)])
def test_eight_cards_stand_on_a_page_and_the_list_after_them(count, pages):
    cards = people(count)
    found = words_of(as_pdf(sheet(cards)))
    assert len(found) == pages
    assert [page.count(texts.CODE) for page in found] == [*[8] * (count // 8), *([count % 8] if count % 8 else []), 0]
    assert [card.code for card in cards if card.code not in found[-1]] == []


@pytest.mark.parametrize("pages", [False, True])
def test_a_card_says_how_to_start_and_only_the_neutral_name_of_the_group(pages):
    scan, begin = texts.steps(pages=pages)
    first, listed = words_of(as_pdf(replace(sheet(people(1)), typed=TYPED if pages else "")))
    assert first == (
        f"Knjižnica Antona Tomaža Linharta Radovljica Druženja v knjižnici {texts.CODE} RAD-00000 "
        f"1. {scan} 2. {begin} {texts.help_on_card('', pages=pages)}"
    )
    assert ("Telegram" in first, "»Start«" in begin) == (not pages, not pages)
    assert listed == (
        f"{texts.LIST_TITLE} Knjižnica Antona Tomaža Linharta Radovljica · Druženja v knjižnici · Pomlad "
        f"Natisnjeno 2. 3. 2026 {texts.LIST_NOTE} {' '.join(texts.LIST_COLUMNS)} RAD-00000 {texts.PAGE} 1"
    )


def numbered(count):
    """Cards that lead to pages, with a number to type."""
    link = "https://odgovori.knjiznica-brezice.si/k/"
    return tuple(replace(one, address=f"{link}{place:024}", number=NUMBER) for place, one in enumerate(people(count)))


def test_a_card_has_a_number_and_says_where_it_is_typed():
    first, listed = words_of(as_pdf(replace(sheet(numbered(1), phone=PHONE), typed=TYPED)))
    assert f"RAD-00000 {texts.NO_CAMERA} {TYPED} {texts.THEN_NUMBER} {NUMBER} 1." in first
    assert f" 2. {texts.steps(pages=True)[1]} Kartica je samo za eno osebo." in first
    assert NUMBER not in listed


def test_what_is_typed_is_larger_than_the_code_that_opens_nothing():
    sizes = {}

    def note(text, _, __, ___, size):
        sizes.update({text.strip(): size})

    pypdf.PdfReader(io.BytesIO(as_pdf(replace(sheet(numbered(1)), typed=TYPED)))).pages[0].extract_text(
        visitor_text=note
    )
    assert sizes[NUMBER] > sizes[TYPED] >= sizes["RAD-00000"]


def test_a_card_of_before_there_were_numbers_speaks_of_none():
    first, _ = words_of(as_pdf(replace(sheet(people(1)), typed=TYPED)))
    assert texts.NO_CAMERA not in first
    assert TYPED not in first


def test_a_card_says_whom_to_call():
    first, _ = words_of(as_pdf(sheet(people(1), phone=PHONE)))
    assert first.endswith(f"Kartica je samo za eno osebo. Pomoč: {PHONE} ali v knjižnici.")


def test_a_name_stands_on_the_list_and_on_no_card():
    named = Card("RAD-00000", "https://t.me/x?start=1", "#Žan & <Zala> Čuk")
    first, listed = words_of(as_pdf(sheet((named,))))
    assert "Žan" not in first
    assert "RAD-00000 #Žan & <Zala> Čuk" in listed


def test_a_long_list_repeats_its_heading_and_counts_its_pages():
    *cards, one, two = words_of(as_pdf(sheet(people(40))))
    assert len(cards) == 5
    assert (one.count(texts.LIST_COLUMNS[0]), two.count(texts.LIST_COLUMNS[0])) == (1, 1)
    assert (one.endswith(f"{texts.PAGE} 1"), two.endswith(f"{texts.PAGE} 2")) == (True, True)


def test_screen_readers_find_every_code_as_a_heading_and_words_for_its_picture():
    cards = people(9)
    reader = pypdf.PdfReader(io.BytesIO(as_pdf(sheet(cards))))
    root = reader.trailer["/Root"]
    found = structure(root["/StructTreeRoot"])
    assert (root["/Lang"], root["/MarkInfo"]["/Marked"]) == ("sl", True)
    assert reader.metadata.title == texts.TITLE
    assert b"<pdfuaid:part>1<" in root["/Metadata"].get_object().get_data()
    assert [alt for tag, alt in found if tag == "/Figure"] == [texts.alt(card.code) for card in cards]
    assert [tag for tag, _ in found].count("/H1") == len(cards) + 1
    assert [tag for tag, _ in found].count("/TH") == len(texts.LIST_COLUMNS)


def structure(node):
    """Tag and alternative text of each element, in reading order."""
    node = node.get_object()
    if not isinstance(node, dict):
        return []
    below = node.get("/K", [])
    own = [(node["/S"], node.get("/Alt"))] if "/S" in node else []
    return own + [one for part in (below if isinstance(below, list) else [below]) for one in structure(part)]


async def test_the_process_beside_the_bot_prints_the_same_bytes():
    worker_process = WorkerProcess()
    try:
        assert await worker_process.do(partial(as_pdf, sheet(people(3)))) == as_pdf(sheet(people(3)))
    finally:
        worker_process.close()


@pytest.mark.parametrize("typed", ["", TYPED, f"odgovori.{'najdaljsi-naslov-na-svetu-' * 2}si/k"])
@pytest.mark.parametrize("library", ["Knjižnica", "Osrednja knjižnica " * 6, "Najdaljšaknjižnicanasvetu" * 4])
def test_whatever_a_library_is_called_nothing_leaves_its_card(library, typed):
    cards = numbered(8) if typed else people(8)
    printed = as_pdf(replace(sheet(cards, library.strip(), phone=PHONE), typed=typed))
    page = pypdf.PdfReader(io.BytesIO(printed)).pages[0]
    is_dark = dark(printed, 0)
    assert page.extract_text().count(texts.help_on_card(PHONE, pages=False).split()[-1]) == 8
    edges = [(x / 10, row * A7[1] - off) for row in (1, 2, 3, 4) for off in (2, 3.5) for x in range(10, 2090)]
    sides = [(side * A7[0] - 2.5, y / 10) for side in (1, 2) for y in range(10, 2960)]
    cut = {
        round(y / 10, 1) for row in (1, 2, 3) for y in range(round(row * A7[1] * 10) - 5, round(row * A7[1] * 10) + 6)
    }
    assert [dot for dot in edges if is_dark(*dot) and abs(dot[0] - A7[0]) > 1] == []
    assert [dot for dot in sides if is_dark(*dot) and round(dot[1], 1) not in cut] == []
