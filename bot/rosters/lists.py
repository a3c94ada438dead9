"""How far the file of a list is read."""

from __future__ import annotations

from bot.rosters.columns import ABOVE, is_heading
from bot.workbooks.book import BookRules

LISTS = BookRules(
    rows=400,
    columns=64,
    letters=400,  # more than any name has
    elements=500_000,  # of all parts: a second or two
    area=1_000_000,
    exact=False,
    is_heading=is_heading,
    top=2 * ABOVE,
)
