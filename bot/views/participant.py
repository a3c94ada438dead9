"""The cards of participants. Their names and arguments stand in databases, so they stay."""

from __future__ import annotations

from enum import StrEnum

from bot.actions.participant import Child, Right
from bot.conversation.declared import Rest, view
from storage.schema import OccasionState


class Said(StrEnum):
    """What was understood of words at a question for consent."""

    YES = "y"
    NO = "n"


class Stayed(StrEnum):
    """Whether somebody stays on the telephone from which somebody moved."""

    NOBODY = ""
    SOME = "some"


class LeftBehind(StrEnum):
    """What somebody leaves behind who stops."""

    ANSWERS = ""
    NOTHING = "unanswered"


# Joining


@view
def welcome(enrolment_id: int, same_as: int | None = None) -> None:
    """The question for consent. `same_as`: whose phone it is; None where nobody else is asked here."""


@view
def which(enrolment_id: int) -> None:
    """For whom of this phone the link is."""


@view
def guardian(enrolment_id: int, whose: Child) -> None:
    """The question for a guardian's consent."""


@view
def moving(enrolment_id: int) -> None:
    """Whether to go on here, on another telephone."""


@view
def moved(stayed: Stayed = Stayed.NOBODY) -> None:
    """The telephone from which somebody moved."""


@view
def understood(said: Said, asked: Rest) -> None:
    """»Razumeli smo: da«, with the view of the question."""


@view
def declined(enrolment_id: int) -> None:
    """No consent."""


@view
def no_guardian(enrolment_id: int) -> None:
    """No guardian's consent."""


@view
def joined() -> None:
    """Consent was given, and nothing is open yet."""


# Answering


@view
def invitation(occasion_id: int) -> None:
    """An invitation or a reminder."""


@view
def question(response_id: int, index: int, times: int = 0) -> None:
    """One question. `times`: how often it was heard."""


@view
def meant(response_id: int, index: int, revision: int) -> None:
    """»Ali je to vaš odgovor?«."""


@view
def summary(response_id: int) -> None:
    """All answers before they are handed in."""


@view
def closed(state: OccasionState, response_id: int | None = None) -> None:
    """Why no more answers are taken."""


@view
def thanks(response_id: int) -> None:
    """After handing in."""


@view
def whom() -> None:
    """»Za koga odgovarjate?«."""


@view
def home() -> None:
    """Nothing is due; what a stranger sees."""


# Own answers


@view
def receipt(page: int) -> None:
    """»Moji odgovori«."""


@view
def own_change(response_id: int) -> None:
    """»Na začetku in zdaj«."""


# Another day


@view
def later(occasion_id: int) -> None:
    """The days that fit."""


@view
def never(occasion_id: int) -> None:
    """Whether no more messages are wished."""


@view
def wish(occasion_id: int) -> None:
    """What was settled."""


# Language and names


@view
def language(before: Rest) -> None:
    """The choice of a language, with the view that was on the screen."""


@view
def name(number: int, enrolment_id: int) -> None:
    """What somebody is called on a shared phone. `enrolment`: of who has just joined."""


@view
def names() -> None:
    """The names on this phone."""


# Calls


@view
def call_me(enrolment_id: int) -> None:
    """»Pokličite me«."""


@view
def call_before_consent(enrolment_id: int) -> None:
    """The same below the question whether to take part."""


# Stories


@view
def tell(response_id: int) -> None:
    """The invitation to tell a story."""


@view
def told(story_id: int) -> None:
    """The story read back."""


@view
def publish(story_id: int) -> None:
    """Whether it may be published."""


@view
def my_story(story_id: int) -> None:
    """One's own story."""


@view
def edited_story(story_id: int) -> None:
    """Whether the author agrees to the library's copy."""


@view
def drop_story(story_id: int) -> None:
    """Whether to erase it."""


@view
def story_gone() -> None:
    """It is erased."""


# Rights


@view
def privacy() -> None:
    """/zasebnost."""


@view
def help_() -> None:
    """/pomoc."""


@view
def whose(what: Right) -> None:
    """For whom of those who share the chat."""


@view
def my_data(whom: int | None = None) -> None:
    """/moji_podatki. `whom`: None for all of the chat, where nobody else shared it."""


@view
def stop(whom: int | None = None) -> None:
    """Whether the answers stay."""


@view
def stopped(left: LeftBehind = LeftBehind.ANSWERS) -> None:
    """No more messages."""


@view
def nothing_to_stop() -> None:
    """/stop of somebody who takes no part."""


@view
def nothing_held() -> None:
    """Nothing is held about whoever is here."""


@view
def erase(whom: int | None = None) -> None:
    """Whether to erase everything."""


@view
def mail() -> None:
    """By e-mail: whether, and to which address."""
