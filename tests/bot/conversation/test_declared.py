"""Actions and views: what is written is read back as it was, and what we never write is refused."""

from datetime import date
from enum import StrEnum

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.conversation.declared import ForgedError, Rest, action, view


class Giver(StrEnum):
    SELF = "self"
    MOTHER = "mother"


@action
def record(enrolment: int, giver: Giver, day: date | None = None, page: int = 0) -> None:
    """Arguments of several types, the last ones may be missing."""


@action
def open_desk() -> None:
    """No arguments."""


@view
def question(response: int, place: str = "") -> None:
    """A card."""


@view
def home() -> None:
    """A card without arguments."""


@view
def import_(roster: int) -> None:
    """A card whose name is a word of Python."""


@view
def draft(words: Rest) -> None:
    """A card that holds a text with separators."""


def test_an_action_is_written_as_its_name_and_arguments():
    assert record(17, Giver.MOTHER) == "record:17:mother"
    assert record(17, Giver.SELF, date(2026, 11, 30), 2) == "record:17:self:2026-11-30:2"
    assert record(17, Giver.SELF, page=2) == record(17, Giver.SELF, None, 2) == "record:17:self::2"
    assert open_desk() == "open_desk"


def test_a_view_is_written_as_it_is_stored():
    assert (question(17), question(17, "2"), home(), draft("a:b")) == (
        "question:17",
        "question:17:2",
        "home:",
        "draft:a:b",
    )


@given(st.integers(0, 10**9 - 1), st.sampled_from(Giver), st.none() | st.dates(), st.integers(0, 99))
def test_what_is_written_is_read_back(enrolment, giver, day, page):
    name, _, written = record(enrolment, giver, day, page).partition(":")
    assert name == record.name
    assert record.read(written) == (enrolment, giver, day, page)


def test_a_view_is_read_of_what_is_stored():
    assert question.arguments_of("question:17:2") == (17, "2")
    assert question.arguments_of("question:17") == (17, "")
    assert question.arguments_of("question:x") is None
    assert question.arguments_of("draft:17") is None
    assert home.arguments_of("home:") == ()
    assert draft.arguments_of("draft:a:b") == ("a:b",)
    assert question.is_name_of("question:x")


@pytest.mark.parametrize(
    "written",
    [
        "",
        "17",
        "17:father",
        "x:self",
        "-1:self",
        "1234567890:self",
        "17:self:30-11",
        "17:self::2:3",
        "١٧:self",
        "17:self::",
    ],
)
def test_what_we_never_write_is_refused(written):
    with pytest.raises(ForgedError):
        record.read(written)


def test_a_name_that_is_a_word_of_python_is_written_without_its_underscore():
    assert import_(17) == "import:17"


def test_an_action_without_arguments_takes_none():
    assert open_desk.read("") == ()
    with pytest.raises(ForgedError):
        open_desk.read("1")


def test_words_are_letters_digits_and_few_signs():
    with pytest.raises(ForgedError):
        question.read("17:a b")
