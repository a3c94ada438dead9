"""How an edited text stands to the words of who wrote it: shortened only, changed, or wholly new. Pure."""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from enum import StrEnum

from surveys.reading import fold

_SENTENCE = re.compile(r"[^.!?…\n]+")
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
# What turns a sentence around when it is left out, in the languages in which people write to us.
_TURNING = re.compile(
    r"ne|ni|nis\w+|nima\w*|nocem|noces|noce\w*|necem|neces|nece\w*|nikoli|nic\w*|nihce|nikogar|nikjer|nikamor|nikakor"
    r"|noben\w*|brez|not|no|never|nothing|nobody|none|nor|without|cannot|\w+n['’]t"
)
_LEAST = 0.5  # so much of an edited text must be the author's words


class Edit(StrEnum):
    """What was done to somebody's words."""

    NONE = "none"  # word for word
    SHORTENED = "shortened"  # only left out
    CHANGED = "changed"  # other words or another order, or what turns a sentence around was left out
    NEW = "new"  # less than half of the words are the author's


MAY_STAND = frozenset({Edit.NONE, Edit.SHORTENED})
"""What may stand for the author's words without their being asked."""


def edit_of(original: str, edited: str) -> Edit:
    """What an edit did. Case, space, punctuation and marks such as »[…]« count for nothing."""
    before, after = _words(original), _words(edited)
    if before == after:
        return Edit.NONE
    kept = _kept(before, after)
    if kept is not None and not _turned(original, kept):
        return Edit.SHORTENED
    return Edit.CHANGED if _share(before, after) >= _LEAST else Edit.NEW


def _words(text: str) -> list[str]:
    return [fold(word) for word in _WORD.findall(text)]


def _kept(before: list[str], after: list[str]) -> set[int] | None:
    """Which words are left, by their place, the first that fit; None where there are others or in another order."""
    kept = set()
    place = 0
    for word in after:
        while place < len(before) and before[place] != word:
            place += 1
        if place == len(before):
            return None
        kept.add(place)
        place += 1
    return kept if after else None


def _turned(original: str, kept: set[int]) -> bool:
    """Whether a word that turns a sentence around was left out of a sentence of which other words are left."""
    place = 0
    for sentence in _SENTENCE.findall(original):
        words = _words(sentence)
        here = range(place, place + len(words))
        place += len(words)
        lost = (words[one - here.start] for one in here if one not in kept)
        if any(one in kept for one in here) and any(_TURNING.fullmatch(word) for word in lost):
            return True
    return False


def _share(before: list[str], after: list[str]) -> float:
    """Which part of the words after stands before, in the same order."""
    if not after:
        return 0.0
    matched = SequenceMatcher(None, before, after, autojunk=False).get_matching_blocks()
    return sum(block.size for block in matched) / len(after)
