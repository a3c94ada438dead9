"""What of a text the printed fonts can show: everything else is said in words or becomes one small box.

Knows which characters the typeface and the fonts of other scripts have, and nothing of reports.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from html import escape
from textwrap import wrap
from unicodedata import category, name, normalize

from reports.charts.typeface import face
from reports.render import scripts
from reports.texts import paper

LINE_END = "\N{ZERO WIDTH SPACE}"
BOX = "\N{BALLOT BOX}"
_DROPPED = ("Cc", "Cf", "Cs", "Co", "Cn", "Mn", "Me", "Sk")  # controls, what only changes a neighbour, and no letters
_JOINERS = "\N{ZERO WIDTH NON-JOINER}\N{ZERO WIDTH JOINER}"  # part of how some scripts write a word
_SPACES = ("Zs", "Zl", "Zp")
_PIECE = 16  # letters
_ENDLESS = re.compile(r"\S{32,}")
_REPEATED = re.compile(f"{BOX}(?:[ {BOX}]*{BOX})")


def breakable(text: str) -> str:
    """The text with places where a line may end in words that no line would hold, such as an address."""
    return _ENDLESS.sub(lambda found: LINE_END.join(wrap(found[0], _PIECE)), text)


def printable(text: str, *, markup: bool = False) -> str:
    """The text in NFC with nothing outside the fonts; line feeds stay, other controls go.

    In `markup`, such as a drawing, only the typeface itself is there, and what stands for something else is escaped.
    """
    whole = normalize("NFC", text)
    if _own().issuperset(whole):
        return whole
    calm = whole.replace("\r\n", "\n").replace("\t", " ")
    shown = _in_drawing(calm) if markup else _in_text(calm)
    return _REPEATED.sub(BOX, "".join(shown))


def _in_drawing(text: str) -> Iterator[str]:
    for one in text:
        yield one if one in _own() else escape(_instead(one, _own()))


def _in_text(text: str) -> Iterator[str]:
    """Each letter, with what joins letters of scripts that need it."""
    before = ""
    for one in text:
        if one in _own() or (one in _JOINERS and before not in _own() and before in scripts.letters()):
            shown = one
        else:
            shown = _instead(one, known())
        yield shown
        before = one


def is_lost(text: str) -> bool:
    """Whether something of a text cannot be printed: it is of a script that no font here has."""
    return BOX in printable(text) and BOX not in text


@cache
def known() -> frozenset[str]:
    """The line feed and every character of the fonts."""
    return _own() | scripts.letters()


@cache
def _own() -> frozenset[str]:
    """What is in the typeface itself."""
    return frozenset("\n") | {one for one in face().advances if category(one) not in ("Cc", "Cf")}


def _instead(one: str, shown: frozenset[str]) -> str:
    """A simpler form in the typeface, the letter itself where that is `shown`, or what stands for it."""
    kind = category(one)
    if kind in _SPACES:
        return " "
    simpler = normalize("NFKC", one)
    if _own().issuperset(simpler) and kind not in _DROPPED:
        return simpler
    if one in shown:
        return one
    if kind in _DROPPED:
        return ""
    return simpler if shown.issuperset(simpler) else paper.sign(name(one, "")) or BOX
