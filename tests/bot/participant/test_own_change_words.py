"""The sentences of »Na začetku in zdaj« in every language that the bot speaks."""

import pytest

from bot.texts import easy, english, slovene


@pytest.mark.parametrize(
    ("words", "changed", "same"),
    [
        (slovene, "Q\nNa začetku: <b>slabo.</b> Ob koncu: <b>dobro.</b> Zdaj: <b>Da!</b>",
         "Q\nNa začetku, ob koncu in zdaj: <b>dobro.</b>"),
        (easy, "Q\nNa začetku: <b>slabo.</b> Ob koncu: <b>dobro.</b> Zdaj: <b>Da!</b>",
         "Q\nNa začetku, ob koncu in zdaj: <b>dobro.</b>"),
        (english, "Q\nAt the beginning: <b>slabo.</b> At the end: <b>dobro.</b> Now: <b>Da!</b>",
         "Q\nAt the beginning, at the end and now: <b>dobro.</b>"),
    ],
)  # fmt: skip
def test_sentences_in_every_language(words, changed, same):
    wishes = words.participant.wishes
    moments = (wishes.AT_THE_BEGINNING, wishes.AT_THE_END, wishes.NOW)
    assert wishes.then_and_now("Q", list(zip(moments, ("slabo", "dobro", "Da!"), strict=True))) == changed
    assert wishes.then_and_now("Q", [(one, "dobro") for one in moments]) == same
    assert wishes.then_and_now_about(child=True) != wishes.then_and_now_about(child=False)
