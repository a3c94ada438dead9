"""The texts that people read in their own language. What a language has no words for is said in Slovenian."""

from __future__ import annotations

from bot.texts import easy, english, slovene
from bot.texts.participant import Participant
from surveys.languages import EASY, SLOVENIAN

WORDS: dict[str, Participant] = {
    SLOVENIAN: slovene.participant,
    EASY: easy.participant,
    "en": english.participant,
}


def words(language: str) -> Participant:
    """What participants read in a language, written as its tag: sl, sl-x-lahko, en."""
    return WORDS.get(language, slovene.participant)


def spoken(language: str) -> str:
    """In which language `words` really are."""
    return language if language in WORDS else SLOVENIAN
