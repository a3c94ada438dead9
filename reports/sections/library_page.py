"""What a library says of itself beside its results: what its programmes are, where, when, whom to ask, what they take.

Sentences and pictures as they were given; knows neither where they are kept nor how they are drawn.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from reports.disclosure.suppression import enough
from reports.report import Block, Figure, Paragraph, ReportPicture
from reports.texts import library_page as words
from surveys.model import Programme


@dataclass(frozen=True, slots=True)
class Spent:
    """What a programme took in a year: euros and hours of work, as far as they are known."""

    programme: str  # slug
    year: int
    euros: int | None = None
    hours: int | None = None


@dataclass(frozen=True, slots=True)
class LibraryPage:
    """Everything that a library may give; what it does not is left out."""

    about: Mapping[str, str] = field(default_factory=dict)  # a sentence for a programme, by its slug
    place: str = ""
    hours: str = ""
    contact: str = ""
    phone: str = ""
    email: str = ""
    web: str = ""
    logo: ReportPicture | None = None
    photo: ReportPicture | None = None
    spent: tuple[Spent, ...] = ()


NOTHING_GIVEN = LibraryPage()


def told(page: LibraryPage, programmes: Sequence[Programme]) -> list[Block]:
    """What the programmes are, one sentence each, then where, when and whom to ask; the photograph last."""
    several = len(programmes) > 1
    about = [
        Paragraph(words.about(said, one.name if several else ""))
        for one in programmes
        if (said := page.about.get(one.slug) or one.about)
    ]
    there = words.where(page.place, page.hours, words.reached(page.contact, page.phone, page.email, page.web))
    return [*about, *([Paragraph(there)] if there else []), *([page.photo] if page.photo else [])]


@dataclass(frozen=True, slots=True)
class PerPerson:
    """What a programme took for each person of the groups that began in a year."""

    spent: Spent
    programme: str  # its name, where there are several
    people: int

    @property
    def sentence(self) -> str:
        """With the totals, the number of people, and where they are from."""
        one = self.spent
        return words.spent(
            self.programme,
            one.year,
            (self._each(one.euros), one.euros),
            (self._each(one.hours), one.hours),
            self.people,
        )

    @property
    def figures(self) -> list[Figure]:
        """Euros and hours for each person."""
        of = f"{self.spent.programme}.{self.spent.year}"
        given = (("euros", words.EUROS_EACH, self.spent.euros), ("hours", words.HOURS_EACH, self.spent.hours))
        return [
            Figure(
                f"spent.{of}.{name}", words.of_year(label, self.spent.year), each, self.people, decimals=_decimals(each)
            )
            for name, label, total in given
            if (each := self._each(total)) is not None
        ]

    def _each(self, total: int | None) -> float | None:
        return None if total is None else total / self.people


def _decimals(each: float) -> int:
    return 0 if each >= 1 else 1


def per_person(
    page: LibraryPage, names: Mapping[str, str], people: Mapping[tuple[str, int], int], k: int
) -> list[PerPerson]:
    """Of each programme the newest year whose groups have at least k people.

    `names` are those of the programmes by slug, empty where there is but one; `people` counts by slug and year.
    """
    newest: dict[str, PerPerson] = {}
    for one in sorted(page.spent, key=lambda one: one.year):
        n = people.get((one.programme, one.year), 0)
        if one.programme in names and n and enough(n, k):
            newest[one.programme] = PerPerson(one, names[one.programme], n)
    return [newest[slug] for slug in names if slug in newest]
