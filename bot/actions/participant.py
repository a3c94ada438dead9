"""What the buttons of participants ask for."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from bot.conversation.declared import action


class Consenting(StrEnum):
    """Who says yes at the question for consent, and so which text they have read."""

    SELF = "s"
    WAITING = "w"  # the person alone, on the waiting list
    GUARDIAN = "g"
    ON_PAPER = "p"  # a guardian who has signed


class Child(StrEnum):
    """For which child an adult would answer."""

    OWN = "o"
    IN_CARE = "c"


class Right(StrEnum):
    """What somebody asks for about their own data, where several share a chat."""

    SEE = "data"
    STOP = "stop"
    ERASE = "erase"


# Joining


@action
def agree_to_join(token: str, by: Consenting, same_as: int = 0) -> None:
    """A button that begins with »Da«. `same_as`: the number of somebody of this chat, where it is the same person."""


@action
def refuse_to_join(token: str) -> None:
    """A button that begins with »Ne«."""


@action
def refuse_as_guardian(token: str) -> None:
    """There is no guardian's consent."""


@action
def join_for_child(token: str, whose: Child) -> None:
    """»Za svojega otroka«, or for a child in care."""


@action
def join_in_language(token: str, language: str) -> None:
    """Another language on the first screen."""


@action
def take_link_for(token: str, same_as: int) -> None:
    """The link is for somebody who is here (by number), or for one more (0)."""


@action
def ask_consent_again(token: str) -> None:
    """The question once more, after a no."""


@action
def put_link_aside(token: str) -> None:
    """»Prekliči«: the link was not for here."""


@action
def back_to_consent() -> None:
    """From what was understood back to the question for consent."""


@action
def move_here(token: str, same_as: int = 0) -> None:
    """»Da, nadaljuj tukaj« on another telephone."""


# Answering


@action
def begin_answering(occasion_id: int) -> None:
    """»Začni« or »Nadaljuj« of an invitation."""


@action
def answer_question(response_id: int, index: int, revision: int, key: str) -> None:
    """An option, »Ne vem« and the like; `key` says which (`bot.participant.question_cards`)."""


@action
def hear_question(response_id: int, index: int, times: int) -> None:
    """»🔊 Poslušaj«. `times`: how often it was heard."""


@action
def question_before(response_id: int, index: int) -> None:
    """»‹ Nazaj«."""


@action
def question_after(response_id: int, index: int) -> None:
    """»Naprej ›«."""


@action
def change_answer(response_id: int, index: int) -> None:
    """An answer of the summary."""


@action
def hand_in(response_id: int, revision: int) -> None:
    """»Oddaj odgovore«."""


@action
def correct_answers(response_id: int) -> None:
    """»Popravi odgovore«."""


@action
def confirm_words(response_id: int, index: int, revision: int) -> None:
    """»Da, to je moj odgovor«."""


@action
def refuse_words(response_id: int, index: int, revision: int) -> None:
    """»Ne, …«: the words were meant otherwise."""


@action
def answer_for_others() -> None:
    """»Druga oseba«."""


# Own answers


@action
def show_own_answers(page: int = 1) -> None:
    """»Moji odgovori«."""


@action
def show_own_change(response_id: int) -> None:
    """»Na začetku in zdaj«."""


@action
def back_to_thanks(response_id: int) -> None:
    """From there back to the thanks."""


# Another day


@action
def postpone(occasion_id: int) -> None:
    """»Ne zdaj«."""


@action
def postpone_until(occasion_id: int, day: date) -> None:
    """Another day."""


@action
def back_to_invitation(occasion_id: int) -> None:
    """»‹ Nazaj«."""


@action
def ask_to_mute(occasion_id: int) -> None:
    """»Ne več«."""


@action
def mute_occasion(occasion_id: int) -> None:
    """No more messages about this questionnaire."""


# Language


@action
def choose_language() -> None:
    """»Drug jezik«."""


@action
def read_in_language(language: str) -> None:
    """One of the languages."""


@action
def read_chat_aloud(on: bool) -> None:  # noqa: FBT001 - a value of a button
    """»Telefon mi bere na glas«, and back."""


@action
def back_from_language() -> None:
    """»‹ Nazaj«."""


# The link into a browser


@action
def back_from_link() -> None:
    """»‹ Nazaj«."""


# Names on a shared phone


@action
def show_names() -> None:
    """The names on this phone."""


@action
def change_name(number: int) -> None:
    """Another name for one of them."""


@action
def skip_name(number: int, enrolment_id: int) -> None:
    """»Brez imena«."""


# Calls


@action
def ask_for_call(enrolment_id: int) -> None:
    """»Pokličite me«."""


@action
def withdraw_call(enrolment_id: int) -> None:
    """»Klica ne potrebujem«."""


@action
def ask_for_call_at_link(token: str) -> None:
    """»Pokličite me« below the question whether to take part."""


@action
def withdraw_call_at_link(token: str) -> None:
    """»Klica ne potrebujem« there."""


@action
def back_to_link(token: str) -> None:
    """»‹ Nazaj« to the question whether to take part."""


# Stories


@action
def tell_story(response_id: int) -> None:
    """»Povem svojo zgodbo«, and »Povem znova«."""


@action
def go_on_with_story(story_id: int) -> None:
    """»Nadaljuj zgodbo«."""


@action
def finish_story(story_id: int) -> None:
    """»Tako je prav«, or »Dovolim objavo«."""


@action
def publish_story(story_id: int, revision: int) -> None:
    """»Da, lahko objavite«."""


@action
def keep_story_private(story_id: int, revision: int) -> None:
    """»Ne, samo za knjižnico«, and »Prekličem dovoljenje«."""


@action
def show_own_story(story_id: int) -> None:
    """One's own story."""


@action
def ask_to_drop_story(story_id: int) -> None:
    """»Izbriši zgodbo«."""


@action
def drop_story(story_id: int) -> None:
    """The same, to be sure."""


@action
def agree_to_copy(story_id: int, revision: int) -> None:
    """»Strinjam se«."""


@action
def refuse_copy(story_id: int, revision: int) -> None:
    """»Ne strinjam se«."""


# Rights


@action
def choose_person(what: Right, whom: int) -> None:
    """One of those who share the chat (by number), or all of them (0)."""


@action
def stop_messages(whom: int | None = None) -> None:
    """No more messages; the answers stay. `whom`: None, where nobody shared the chat when it was asked."""


@action
def ask_to_erase(whom: int | None = None) -> None:
    """»Izbrišite vse« of /stop."""


@action
def erase_everything(whom: int | None = None) -> None:
    """The same, to be sure."""


@action
def go_home() -> None:
    """Back to where one is."""


# Mail


@action
def ask_for_mail() -> None:
    """»Opomnite me po e-pošti«."""


@action
def end_mail() -> None:
    """»Ne pišite mi več po e-pošti«."""
