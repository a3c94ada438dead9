"""What a printed letter shows, and what stands instead of what it does not."""

import unicodedata

import pytest

from reports.render.letters import BOX, LINE_END, breakable, is_lost, known, printable
from reports.texts import paper


@pytest.mark.parametrize(
    ("written", "printed"),
    [
        ("Čžš »ne« – 35\N{NO-BREAK SPACE}% −0,8", "Čžš »ne« – 35\N{NO-BREAK SPACE}% −0,8"),
        ("c\N{COMBINING CARON}", "č"),
        ("Живео, Ѓорѓи! Faleminderit, Ëndërr.", "Живео, Ѓорѓи! Faleminderit, Ëndërr."),
        ("Hvala 😊❤️", "Hvala :)<3"),
        ("Jok 😭, smeh 😂, roka 👍🏽", "Jok :(, smeh :), roka (palec gor)"),
        ("drugo 🦖🦕 in 你好", f"drugo {BOX} in 你好"),
        ("محمد عبد الله", "محمد عبد الله"),
        ("שרה כהן, ნინო ბერიძე, สมชาย ใจดี", "שרה כהן, ნინო ბერიძე, สมชาย ใจดี"),
        ("王小明, 김철수, さくら, አበበ ቢቂላ, राम कुमार, Նարե", "王小明, 김철수, さくら, አበበ ቢቂላ, राम कुमार, Նարե"),
        ("محمد\N{ZERO WIDTH NON-JOINER}رضا a\N{ZERO WIDTH NON-JOINER}b", "محمد\N{ZERO WIDTH NON-JOINER}رضا ab"),
        ("ⴰⵎⴰⵣⵉⵖ ދިވެހި", BOX),
        ("𝓗𝓮𝓵𝓵𝓸 １２３", "Hello 123"),
        ("ena\r\ndve\ttri\x07\x1b[0m", "ena\ndve tri[0m"),
        ("skrita\N{RIGHT-TO-LEFT OVERRIDE} smer\N{ZERO WIDTH JOINER}", "skrita smer"),
        ("\ud800", ""),
    ],
)
def test_what_is_printed(written, printed):
    assert printable(written) == printed


def test_a_drawing_has_the_typeface_alone():
    assert printable("<王小明> 😀", markup=True) == f"<{BOX}> :)"


def test_everything_that_is_printed_is_in_the_font():
    everything = "".join(map(chr, range(0x30000)))

    assert set(printable(everything)) <= known() | {"\N{ZERO WIDTH NON-JOINER}", "\N{ZERO WIDTH JOINER}"}


def test_what_no_font_has_is_lost_and_signs_that_are_said_in_words_are_not():
    assert [is_lost(one) for one in ("ⴰⵎⴰⵣⵉⵖ", "Ana ދިވެހި", "王小明", "Ana 😊", "☐")] == [True, True, False, False, False]


def test_the_words_for_signs_are_in_the_font_and_each_is_of_use():
    names = {unicodedata.name(chr(code), "") for code in (*range(0x2600, 0x2800), *range(0x1F300, 0x1FB00))}

    assert {part for part, _ in paper.SIGNS if not any(paper.sign(name) and part in name for name in names)} == set()
    assert set("".join(words for _, words in paper.SIGNS)) <= known()


def test_a_word_that_no_line_holds_may_be_broken_and_others_not():
    assert breakable("a" * 40) == LINE_END.join(["a" * 16, "a" * 16, "a" * 8])
    assert breakable("najnevarnejših sporazumevalnih") == "najnevarnejših sporazumevalnih"
    assert breakable("prva.vrstica\ndruga-vrstica " * 3) == "prva.vrstica\ndruga-vrstica " * 3
