"""The words of a report on paper: page numbers, and what stands for a sign that no printed letter shows."""

from __future__ import annotations

PAGE = "Stran"
OF = "od"
AUTHOR = "Knjižnice povezujejo"

SIGNS = (  # part of a Unicode name → what is printed; the first that fits
    ("BROKEN HEART", "</3"),
    ("HEART", "<3"),
    ("WINK", ";)"),
    ("CRY", ":("),
    ("FROWN", ":("),
    ("DISAPPOINTED", ":("),
    ("PENSIVE", ":("),
    ("WORRIED", ":("),
    ("ANGRY", ":("),
    ("SMIL", ":)"),
    ("GRIN", ":)"),
    ("TEARS OF JOY", ":)"),
    ("KISS", ":*"),
    ("THUMBS UP", "(palec gor)"),
    ("THUMBS DOWN", "(palec dol)"),
    ("CLAPPING", "(ploskanje)"),
    ("FOLDED HANDS", "(hvala)"),
    ("FLEXED BICEPS", "(moč)"),
    ("PARTY POPPER", "(praznovanje)"),
    ("BOOK", "(knjiga)"),
    ("FLOWER", "(roža)"),
    ("BLOSSOM", "(roža)"),
    ("ROSE", "(roža)"),
    ("SUN", "(sonce)"),
    ("STAR", "(zvezda)"),
)


def sign(name: str) -> str:
    """What is printed for a sign of this Unicode name; nothing where nobody has found a word yet."""
    return next((words for part, words in SIGNS if part in name), "")
