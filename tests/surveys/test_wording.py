"""What counts as shortening somebody's words, as changing them, and as writing new ones."""

import pytest

from surveys.wording import Edit, edit_of

TOLD = "Prej sem klicala hčer, zdaj Tinetu v Globoko pišem sama. Računalnika se ne bojim več. To ni bilo lahko."


@pytest.mark.parametrize(
    "edited",
    [
        TOLD,
        TOLD.upper(),
        f"  »{TOLD.replace(', ', ' – ')}«\n",
        TOLD.replace(". ", ".\n[…] "),
    ],
)
def test_signs_and_spaces_change_no_words(edited):
    assert edit_of(TOLD, edited) is Edit.NONE


@pytest.mark.parametrize(
    "edited",
    [
        "Prej sem klicala hčer, zdaj […] pišem sama.",
        "Zdaj pišem sama. Računalnika se ne bojim več.",
        "Prej sem klicala hčer. […] To ni bilo lahko.",
        "Pišem sama.",
    ],
)
def test_who_only_leaves_out_shortens(edited):
    assert edit_of(TOLD, edited) is Edit.SHORTENED


@pytest.mark.parametrize(
    "edited",
    [
        "Prej sem klicala hčer, zdaj vnuku pišem sama.",
        "Zdaj pišem sama, prej sem klicala hčer.",
        "Prej sem klicala hčer, zdaj [vnuku] pišem sama.",
        "Računalnika se bojim več.",
        "Prej sem klicala hčer. To bilo lahko.",
    ],
)
def test_other_words_another_order_and_a_lost_not_change_what_was_said(edited):
    assert edit_of(TOLD, edited) is Edit.CHANGED


@pytest.mark.parametrize("edited", ["", "[…]", "Program je sijajen in ga priporočam vsem sosedom, sama."])
def test_words_that_are_hardly_the_authors_are_new(edited):
    assert edit_of(TOLD, edited) is Edit.NEW


def test_half_of_the_words_is_enough_to_be_asked_about():
    assert edit_of("ena dva", "ena nova") is Edit.CHANGED
    assert edit_of("ena dva", "ena nova nova") is Edit.NEW


@pytest.mark.parametrize("lost", ["not", "never", "don't", "nobody"])
def test_english_sentences_keep_their_not(lost):
    told = f"I am {lost} afraid now."
    assert edit_of(told, "I am afraid now.") is Edit.CHANGED
