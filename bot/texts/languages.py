"""The texts that people read in their own language. What a language has no words for is said in Slovenian."""

from __future__ import annotations

from bot.texts import slovene
from bot.texts.participant import Participant

SLOVENE = "sl"
WORDS: dict[str, Participant] = {SLOVENE: slovene.participant}


def words(language: str) -> Participant:
    """What participants read in a language, written as its tag: sl, sl-x-lahko, en."""
    return WORDS.get(language, slovene.participant)
