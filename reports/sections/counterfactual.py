"""Would it have happened without the programme, too? Those who took part beside those who waited, or why not.

What may be told is decided in `reports.disclosure.waiting_list`; the report says in one sentence where nobody waits.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from reports import texts
from reports.charts.slopes import Slope, slopes
from reports.data.indicators import AFTER, BEFORE
from reports.disclosure import rounding
from reports.disclosure.adjusted import ESTIMATE, INTERVAL, VERDICT
from reports.disclosure.material import Material
from reports.disclosure.waiting_list import WaitingRelease
from reports.report import Block, Chart, Figure, FigureSource, Paragraph, Table
from reports.texts import counterfactual as words
from surveys.locale_sl import rounded


def blocks(material: Material, found: WaitingRelease) -> list[Block]:
    """Both changes in words, as two lines and as a table, with what they allow one to claim."""
    if not found.waiting:
        return [Paragraph(words.NO_GROUP)]
    if not found.release:
        return [Paragraph(words.too_few(found.waiting))]
    n, people = found.release.n, found.taking_part.n
    taking_part, waiting = changes(found)
    lead = words.side_by_side((n, waiting, _direction(found)), (people, taking_part))
    return [
        Paragraph(f"{lead} {_adjusted_words(found)}"),
        _chart(found, taking_part, waiting),
        Paragraph(words.claims(min(n, people), _of_whom(material, found), by_lot=found.by_lot)),
        _table(material, found, taking_part, waiting),
        *([Paragraph(words.in_both(found.both, n, people))] if found.both else []),
    ]


def annex(found: WaitingRelease) -> list[Block]:
    """How both differences are computed, for statisticians."""
    return [Paragraph(words.METHOD)] if found.release else []


def changes(found: WaitingRelease) -> tuple[float, float]:
    """Both changes as they are told: of those who took part, and of those who waited."""
    return rounding.change(found.taking_part).value, rounded(found.release["change"] or 0.0, rounding.POINTS)


def clear(found: WaitingRelease) -> bool:
    """Whether it may be told that those who took part fared better, beyond chance."""
    return found.level >= VERDICT and found.adjusted[1] > 0


def _of_whom(material: Material, found: WaitingRelease) -> str:
    """Of how many who take part the lot did not decide; nothing where it decided of nobody or of everybody."""
    if not found.lot or not found.outside:
        return ""
    n, k, part = found.taking_part.n, material.k, found.outside
    alone = part < k or 0 < n - part < k
    return words.outside(None if alone else part, n)


def _direction(found: WaitingRelease) -> int | None:
    if not found.release.shows("verdict"):
        return None
    low, high = (found.release[key] or 0.0 for key in ("ci_low", "ci_high"))
    return (low > 0) - (high < 0)


def _adjusted_words(found: WaitingRelease) -> str:
    if found.level < ESTIMATE:
        return words.ADJUSTED_HIDDEN
    value, low, high = found.adjusted
    direction = (low > 0) - (high < 0) if found.level >= VERDICT else None
    return words.adjusted(rounded(value, rounding.POINTS), direction)


def _chart(found: WaitingRelease, taking_part: float, waiting: float) -> Chart:
    rows = [
        (words.TAKING_PART, found.taking_part.n, taking_part, False),
        (words.WAITING, found.release.n, waiting, True),
    ]
    alt = words.drawn([(name, n, change) for name, n, change, _ in rows])
    drawn = [Slope(name, change, dashed) for name, _, change, dashed in rows]
    return slopes("counterfactual", drawn, words.CHART, alt)


def _table(material: Material, found: WaitingRelease, taking_part: float, waiting: float) -> Table:
    n, people = found.release.n, found.taking_part.n
    value = found.adjusted[0] if found.level >= ESTIMATE else None
    low, high = found.adjusted[1:] if found.level >= INTERVAL else (None, None)
    one = _Numbers(material)
    rows = (
        (
            words.TAKING_PART.capitalize(),
            one.people("n", f"{words.TAKING_PART}: {words.PEOPLE}", people, "pairs"),
            one.points("change", f"{words.TAKING_PART}: {words.CHANGE}", taking_part, people, "mean_change"),
        ),
        (
            words.WAITING.capitalize(),
            one.people("waiting.n", f"{words.WAITING}: {words.PEOPLE}", n, "waiting_pairs"),
            one.points("waiting.change", f"{words.WAITING}: {words.CHANGE}", waiting, n, "waiting_change"),
        ),
        (
            words.DIFFERENCE,
            "",
            one.points(
                "difference", words.DIFFERENCE, taking_part - waiting, found.people, "difference_in_differences"
            ),
        ),
        (
            words.ADJUSTED,
            "",
            replace(one.points("adjusted", words.ADJUSTED, value, found.people, "ancova"), low=low, high=high),
        ),
    )
    since = "" if found.release.fresh else f" {texts.as_of(date.fromisoformat(found.release.period)).capitalize()}."
    return Table(
        words.TABLE,
        (words.WHO, words.PEOPLE, words.CHANGE),
        rows,
        caption=f"{words.READING}{since}" if low is not None else since.strip(),
    )


@dataclass(frozen=True, slots=True)
class _Numbers:
    """Makes the figures of the table."""

    material: Material

    def people(self, id_: str, label: str, n: int, formula: str) -> Figure:
        """A number of people."""
        return Figure(f"counterfactual.{id_}", label, n, unit="people", source=self._source(formula))

    def points(self, id_: str, label: str, value: float | None, n: int, formula: str) -> Figure:
        """A change or a difference of changes; what may not be told says so."""
        note = "" if value is not None else texts.HIDDEN
        source = self._source(formula)
        return Figure(f"counterfactual.{id_}", label, value, n, "points", 1, note=note, signed=True, source=source)

    def _source(self, formula: str) -> FigureSource:
        one = self.material.primary
        return FigureSource(formula, self.material.programme.slug, one.id if one else "", (BEFORE, AFTER))
