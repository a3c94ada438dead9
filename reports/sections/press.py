"""A sentence to be copied into a newspaper or onto a slide, with the line that says where it is from.

Says nothing that the page does not show.
"""

from __future__ import annotations

from datetime import date

from reports.report import Copied, Section
from reports.texts import press as words


def press(library: str, sentences: list[tuple[str, str]]) -> Section:
    """Each sentence with its source line, as `source_of_counts` and `source_of_change` write it."""
    return Section("press", words.TITLE, tuple(Copied(said, f"{library}, {source}") for said, source in sentences))


def source_of_counts(as_of: date) -> str:
    """Of who enrolled and answered."""
    return words.counts(as_of)


def source_of_change(as_of: date, n: int, question: str) -> str:
    """Of how the answers of so many people to a question changed."""
    return words.change(as_of, n, question)
