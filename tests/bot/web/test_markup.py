"""The text of a card as a page shows it: heading, what stands above and below, commands as buttons."""

import pytest

from bot.web.markup import CardText, announced, card_text, paragraphs

LABELS = {"jezik": "Jezik"}


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("<b>Kako?</b>", CardText("", "Kako?", "")),
        ("<i>Ana</i>\n\n2 od 8\n\n<b>Kako?</b>\n\nDa.", CardText("<p><i>Ana</i></p>", "Kako?", "<p>Da.</p>", "Ana")),
        ("<b>Prvo</b> in <b>drugo</b>\n\ndalje", CardText("", "", "<p><b>Prvo</b> in <b>drugo</b></p><p>dalje</p>")),
        ("<b>Ena\ndve</b>", CardText("", "Ena<br>dve", "")),
        ("<b>a &lt;b&gt; c</b>", CardText("", "a &lt;b&gt; c", "")),
        ("", CardText("", "", "")),
    ],
)  # fmt: skip
def test_the_first_bold_paragraph_is_the_heading_and_the_progress_is_left_out(text, shown):
    assert card_text(text, LABELS, "2 od 8") == shown


def test_a_command_is_a_button_by_its_name_and_what_looks_like_one_is_not():
    button = '<button class="word" form="menu" name="command" value="jezik">Jezik</button>'
    assert paragraphs("Napišite /jezik.", LABELS) == f"<p>Napišite {button}.</p>"
    assert paragraphs("https://a.si/jezik in /stop", LABELS) == "<p>https://a.si/jezik in /stop</p>"


def test_what_is_announced_has_no_tags_no_commands_and_no_words_that_run_together():
    assert announced("<b>2 &lt; 3</b>\nNapišite /jezik.\n\nDa.", LABELS) == "2 < 3 Napišite Jezik. Da."


def test_of_what_is_long_only_how_it_begins_is_announced():
    text = "<b>Pozdravljeni!</b>\nTukaj knjižnica.\n\n" + "Radi bi. " * 30 + "\n\n<b>Ali želite?</b>"
    assert card_text(text, LABELS, "").news == "Pozdravljeni! Tukaj knjižnica."
