"""Names, places and other short words: one rule, whoever writes them and wherever."""

import pytest

from surveys.short_words import NAME, Unfit, tidy, tidy_lines, unfit, unseen


@pytest.mark.parametrize(
    ("words", "tidied", "why"),
    [
        ("Pomladna skupina", "Pomladna skupina", None),
        ("  Torek\n17h ", "Torek 17h", None),
        ("\u202eTor\u200bek\u0000\u2028\u0007", "Torek", None),
        ("C\u030c\xa01", "Č 1", None),
        ("», «", "», «", Unfit.EMPTY),
        ("\u200d", "\u200d", Unfit.EMPTY),
        ("P" * (NAME + 1), "P" * (NAME + 1), Unfit.LONG),
        ("میخ\u200cها", "میخ\u200cها", None),
        ("👩\u200d🏫 Torek", "👩\u200d🏫 Torek", None),
    ],
)
def test_words_are_tidied_and_judged(words, tidied, why):
    assert tidy(words) == tidied
    assert unfit(tidied, NAME) == why


def test_several_lines_stay_several():
    assert tidy_lines("\n Prvi\u202e  \n\ndrugi \r\n") == "Prvi\n\ndrugi"


def test_what_nobody_sees_is_named():
    assert [unseen(words) for words in ("Č", "a\u202eb", "a\nb", "میخ\u200cها")] == ["", "U+202E", "U+000A", ""]
    assert (unseen("a\nb", lines=True), unseen("a\n\u200b", lines=True)) == ("", "U+200B")
