"""HTML and given entities become what Telegram shows."""

import pytest

from bot.simulator.markup import read_html
from bot.simulator.refusals import Refusal
from bot.simulator.texts import formatted


def entity(offset, length, kind, **more):
    return {"offset": offset, "length": length, "type": kind, **more}


@pytest.mark.parametrize(
    ("source", "text", "entities"),
    [
        ("<b>Živjo</b>, <i>svet</i>", "Živjo, svet", [entity(0, 5, "bold"), entity(7, 4, "italic")]),
        ("😀<strong>x</strong>", "😀x", [entity(2, 1, "bold")]),
        ("<b>a<i>b</i></b>", "ab", [entity(0, 2, "bold"), entity(1, 1, "italic")]),
        ("1 &lt; 2 &amp;&quot;&#269;&#x10D;&nbsp;", '1 < 2 &"čč&nbsp;', []),
        ('<a href="https://knjiznica.si/?a=1&amp;b=2">tu</a>', "tu",
         [entity(0, 2, "text_link", url="https://knjiznica.si/?a=1&b=2")]),
        ("<a href='x y'>tu</a>", "tu", []),
        ('<span class="tg-spoiler">x</span>', "x", [entity(0, 1, "spoiler")]),
        ("<tg-spoiler>x</tg-spoiler>", "x", [entity(0, 1, "spoiler")]),
        ("<blockquote expandable>x</blockquote>", "x", [entity(0, 1, "expandable_blockquote")]),
        ('<pre><code class="language-python">x</code></pre>', "x", [entity(0, 1, "pre", language="python")]),
        ('<code class="language-python">x</code>', "x", [entity(0, 1, "code")]),
        ("<u>a</u><s>b</s><pre>c</pre>", "abc",
         [entity(0, 1, "underline"), entity(1, 1, "strikethrough"), entity(2, 1, "pre")]),
        ("<b></b>x</", "x", None),
        ("<b>x</>", "x", [entity(0, 1, "bold")]),
        ("<B>x</b>", "x", [entity(0, 1, "bold")]),
    ],
)  # fmt: skip
def test_html_becomes_text_and_entities(source, text, entities):
    if entities is None:
        with pytest.raises(Refusal, match="Unexpected end tag at byte offset 8"):
            read_html(source)
    else:
        assert read_html(source) == (text, entities)


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("<span>x</span>", 'Tag "span" must have class "tg-spoiler" at byte offset 0'),
        ("č<b>x", 'Can\'t find end tag corresponding to start tag "b"'),
        ("<b x", 'Unclosed start tag "b" at byte offset 0'),
        ('<a ="x">x</a>', 'Empty attribute name in the tag "a" at byte offset 0'),
        ("<b>x</b", "Unclosed end tag at byte offset 4"),
    ],
)
def test_what_does_not_balance_is_named_with_its_place(source, words):
    with pytest.raises(Refusal) as refusal:
        read_html(source)
    assert refusal.value.description == f"Bad Request: can't parse entities: {words}"


def test_white_space_around_a_text_goes_and_entities_move_with_it():
    assert formatted("  <b> Živjo </b>\n", "HTML", None) == ("Živjo", [entity(0, 5, "bold")])


def test_given_entities_are_kept_and_those_that_telegram_finds_are_added():
    text = "/start glej https://knjiznica.si, @povezujejo_bot #branje"
    found = formatted(text, "", [entity(7, 4, "bold"), entity(0, 6, "bot_command")])
    assert found == (
        text,
        [
            entity(0, 6, "bot_command"),
            entity(7, 4, "bold"),
            entity(12, 20, "url"),
            entity(34, 15, "mention"),
            entity(50, 7, "hashtag"),
        ],
    )


def test_nothing_is_found_inside_code():
    assert formatted("<code>/start</code>", "HTML", None) == ("/start", [entity(0, 6, "code")])
