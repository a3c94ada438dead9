"""What somebody means by words that are no answer: to stop, help, back, a language, thanks, a greeting, a question."""

from __future__ import annotations

import re
from collections.abc import Iterable

from bot.texts import intents as texts
from bot.texts.intents import Intent
from surveys.reading import fold

LONGEST = 200  # characters; who writes more tells something
_QUESTION_WORDS = 15  # a longer sentence that begins like a question, without its mark, tells something as well


def read(text: str) -> Intent | None:
    """What is meant by a message in any of the languages; None where it may be an answer or anything else."""
    if len(text) > LONGEST:
        return None
    said = _plain(text)
    rest = _bare(said)
    for words in (said, rest):
        found = _WHOLE.get(words) or next((one for one, begins in _BEGINS if words.startswith(begins)), None)
        if found is not None:
            return found
    if said and (not rest or (rest in _YES and said not in _YES)):  # »ok, hvala«
        return Intent.THANKS if _THANKS.search(said) else Intent.GREETING
    if text.rstrip().endswith(_MARKS):
        return Intent.QUESTION if rest else Intent.HELP
    first, _, more = rest.partition(" ")
    return Intent.QUESTION if first in _ASKING and 0 < len(more.split()) < _QUESTION_WORDS else None


def agrees(text: str) -> bool | None:
    """Whether a message says yes or no; None where it says neither."""
    said = _plain(text)
    rest = _bare(said)
    return True if said in _YES or rest in _YES else False if said in _NO or rest in _NO else None


def same(text: str, other: str) -> bool:
    """Whether two texts are the same words."""
    return _plain(text) == _plain(other)


def _plain(text: str) -> str:
    """The words alone, folded, whatever stands between and around them."""
    return " ".join("".join(sign if sign.isalnum() else " " for sign in fold(text)).split())


def _bare(said: str) -> str:
    """The words without greetings and thanks around them."""
    return _CLOSING.sub("", _OPENING.sub("", said))


def _all(phrases: Iterable[str]) -> tuple[str, ...]:
    return tuple(_plain(one) for one in phrases)


_MARKS = ("?", "？", "؟", "?!")
_YES, _NO = frozenset(_all(texts.YES)), frozenset(_all(texts.NO))
_ASKING = frozenset(_all(texts.ASKING))
_WHOLE = {
    phrase: intent
    for intent, phrases in (
        (Intent.GREETING, texts.GREETINGS),
        (Intent.THANKS, texts.THANKS),
        (Intent.BACK, texts.BACK),
        (Intent.LANGUAGE, texts.LANGUAGE),
        (Intent.HELP, texts.HELP),
        (Intent.STOP, texts.STOP),
    )
    for phrase in _all(phrases)
}
_BEGINS = ((Intent.STOP, _all(texts.STOP_BEGINS)), (Intent.HELP, _all(texts.HELP_BEGINS)))
_COURTESIES = "|".join(sorted(_all((*texts.GREETINGS, *texts.THANKS)), key=len, reverse=True))
_OPENING = re.compile(rf"^(?:(?:{_COURTESIES})(?: |$))+")
_CLOSING = re.compile(rf"(?:(?:^| )(?:{_COURTESIES}))+$")
_THANKS = re.compile(rf"\b(?:{'|'.join(_all(texts.THANKS))})\b")
