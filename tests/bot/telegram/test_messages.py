import pytest

from bot.conversation.screens import Button, Picture, Screen, column
from bot.telegram import messages


def test_a_keyboard_has_the_rows_of_the_screen_and_links():
    rows = ((Button("a", "x:1"), Button("b", "x:2")), (Button("odpri", link="https://example.si"),))
    assert messages.keyboard(rows) == {
        "inline_keyboard": [
            [{"text": "a", "callback_data": "x:1"}, {"text": "b", "callback_data": "x:2"}],
            [{"text": "odpri", "url": "https://example.si"}],
        ]
    }
    assert messages.keyboard(()) is None


@pytest.mark.parametrize("action", ["", "č" * 33, "x" * 65])
def test_an_action_must_have_1_to_64_bytes(action):
    with pytest.raises(messages.Unsendable, match=r"bytes, not 1 to 64$"):
        messages.keyboard(column(Button("gumb", action)))


def test_length_is_counted_as_telegram_counts_it():
    assert messages.length("<b>a</b> &amp; 🙂 č") == 8


def test_a_long_text_is_cut_at_lines_and_never_inside_a_tag():
    text = "<b>ena\ndve</b>\ntri\nštiri\n"
    assert messages.split(text, 9) == ["<b>ena\ndve</b>", "tri\nštiri"]
    with pytest.raises(messages.Unsendable, match=r"^a text of 7 characters that cannot be cut$"):
        messages.split(text, 6)


def test_the_buttons_stand_under_the_last_piece():
    rows = column(Button("naprej", "home"))
    first, last = messages.messages(Screen("a" * 4000 + "\n" + "b" * 4000, rows))
    assert (first.text, first.keyboard) == ("a" * 4000, None)
    assert (last.text, last.keyboard) == ("b" * 4000, messages.keyboard(rows))


def test_a_long_caption_becomes_a_message_after_the_picture():
    picture = Picture(b"png")
    first, last = messages.messages(Screen("a" * 1025, media=picture))
    assert (first.text, first.media, last.text, last.media) == ("", picture, "a" * 1025, None)


def test_a_blank_text_is_unsendable():
    with pytest.raises(messages.Unsendable, match=r"^a message without text$"):
        messages.messages(Screen(" \n"))
