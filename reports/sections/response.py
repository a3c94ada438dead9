"""How a response is told, the same in every report: its share from k people on, its denominator in words, what is open.

Knows no way of counting: that is `reports.data.participation`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from reports.data.participation import CONSENTED, ResponseStep
from reports.disclosure.suppression import enough
from reports.report import Block, Facts, Figure, FigureSource, Paragraph
from reports.texts import response as words
from surveys.locale_sl import rounded

Named = tuple[str, ResponseStep]  # the name of a step, and what is counted of it


def share(found: ResponseStep, k: int) -> float | None:
    """The response as it is shown; None where fewer than k could have answered."""
    return None if found.rate is None or not enough(found.eligible, k) else rounded(found.rate, 2)


def rate(id_: str, label: str, found: ResponseStep, k: int, source: FigureSource) -> Figure:
    """The share as a figure, or why there is none."""
    shown = share(found, k)
    return Figure(
        id_, label, shown, found.eligible, "share", note="" if shown is not None else why(found), source=source
    )


def count(id_: str, label: str, value: int, source: FigureSource, *, spare: bool = False) -> Figure:
    """A count of the work."""
    return Figure(id_, label, value, unit="people", spare=spare, source=source)


def facts(title: str, figures: Iterable[Figure]) -> Facts:
    """Counts of the work side by side, without those whose 0 says nothing."""
    return Facts(title, tuple(one for one in figures if not one.empty))


def due(figures: Iterable[Figure]) -> Block:
    """What is to come, without what is not; a sentence where nothing is."""
    found = facts("", figures)
    return found if found.figures else Paragraph(words.NOTHING_DUE)


def why(found: ResponseStep) -> str:
    """Why no share is told: nobody was asked, everybody still has time, or too few could have answered."""
    if found.eligible:
        return words.FEW
    return words.STILL_OPEN if found.begun else words.NOT_BEGUN


def paragraphs(steps: Iterable[Named], k: int, of: Callable[[int], str] = words.of_people) -> list[Paragraph]:
    """A sentence for each step that has begun: answers, denominator, share, and what is still open."""
    return [Paragraph(sentence(name, found, k, of)) for name, found in steps if found.begun]


def apart(unopened: int) -> list[Paragraph]:
    """The codes that nobody has opened, in a sentence, where there are any."""
    return [Paragraph(words.apart(unopened))] if unopened else []


def sentence(name: str, found: ResponseStep, k: int, of: Callable[[int], str] = words.of_people) -> str:
    """Such as »Zaključek: 34 odgovorov od 46 oseb, ki so do zdaj lahko odgovorile (74 %); še odprto: 8 vabil«."""
    return words.line(name, _parts(found, k, of))


def _parts(found: ResponseStep, k: int, of: Callable[[int], str]) -> Sequence[str]:
    if found.id == CONSENTED:
        told = [words.consented(found.responded, words.of_decided(found.eligible), share(found, k))]
        return [*told, *([words.unopened(found.open)] if found.open else [])]
    told = [words.answered(found.responded, of(found.eligible), share(found, k))] if found.eligible else []
    still = [words.still_open(found.open)] if found.open else []
    return [*told, *still, *([words.early(found.early)] if found.early else [])]
