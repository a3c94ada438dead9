"""From enrolment to the last wave: who took each step, of how many who could, in sentences and a table.

Knows no way of counting (`reports.data.participation`) and no answers.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial

from reports.data import participation
from reports.data.indicators import AFTER
from reports.data.participation import BEFORE_WAVES, CONSENTED, ENROLLED, ResponseStep
from reports.disclosure.material import Material
from reports.disclosure.suppression import enough
from reports.report import Figure, FigureSource, Paragraph, Table
from reports.sections import response
from reports.sections.outcomes import step_name
from reports.texts import STEP
from reports.texts import response as words

Name = Callable[[str], str]
SHARES = (words.ELIGIBLE, words.RESPONDED, words.RESPONSE, words.EARLY, words.OPEN)
_COLUMNS = (STEP, words.SO_FAR, *SHARES)

_OF_WAVES = ("answered", "eligible", "responded", "rate", "open")  # what is counted of a step
_FORMULAS = {
    ENROLLED: ("enrolled", "", "", "", ""),
    CONSENTED: ("consented", "decided", "consented", "consent_rate", "unopened"),
}


def sentences(material: Material, steps: Sequence[ResponseStep]) -> list[Paragraph]:
    """Consent and each wave that has begun, and what the response of a later wave compares with."""
    named = [(step_name(material, step.id), step) for step in steps if step.id != ENROLLED]
    told = response.paragraphs(named, material.k)
    same = " ".join(_of_the_same(material, step) for step in steps if step.id in material.followups)
    return [*told, *([Paragraph(same.strip())] if same.strip() else [])]


def table(steps: Sequence[ResponseStep], name: Name, slug: str, k: int) -> Table:
    """Enrolled → consented → each wave, of one programme or (`slug` empty) of several together."""
    rows = tuple(_row(step, name(step.id), slug, k) for step in steps)
    return Table("", _COLUMNS, rows, caption=words.NOTE)


def _row(step: ResponseStep, label: str, slug: str, k: int) -> tuple[str | Figure, ...]:
    people = taken(f"flow.{step.id}", label, step, slug)
    return label, people, *(shares(step, label, slug, k) if step.id != ENROLLED else ("",) * len(SHARES))


def shares(step: ResponseStep, label: str, slug: str, k: int, of: str = "") -> tuple[str | Figure, ...]:
    """Under `SHARES`: what the response of a step is divided from, it, and what does not count in it yet.

    `of` stands in the ids of figures where several programmes have the step.
    """
    _, eligible, responded, share, still = _FORMULAS.get(step.id, _OF_WAVES)
    source = partial(FigureSource, programme=slug, waves=_waves(step.id))
    id_, of_consent = f"{of}.{step.id}" if of else step.id, step.id == CONSENTED
    notes = words.OF_CONSENT if of_consent else ("", "", "")

    def count(key: str, column: str, value: int, formula: str, note: str = "") -> Figure:
        spare = key in {"early", "open"}
        found = response.count(f"{key}.{id_}", f"{label}: {column}", value, source(formula), spare=spare)
        return replace(found, note=note)

    return (
        count("eligible", words.ELIGIBLE, step.eligible, eligible, notes[0]),
        count("responded", words.RESPONDED, step.responded, responded, notes[1]),
        response.rate(f"response.{id_}", f"{label}: {words.RESPONSE}", step, k, source(share)),
        "" if of_consent else count("early", words.EARLY, step.early, "early"),
        count("open", words.OPEN, step.open, still, notes[2]),
    )


def taken(id_: str, label: str, step: ResponseStep, slug: str) -> Figure:
    """How many took a step so far."""
    source = FigureSource(_FORMULAS.get(step.id, _OF_WAVES)[0], slug, waves=_waves(step.id))
    return response.count(id_, label, step.people, source)


def _waves(step: str) -> tuple[str, ...]:
    return () if step in BEFORE_WAVES else (step,)


def _of_the_same(material: Material, later: ResponseStep) -> str:
    """The response at the end of those alone who could have answered later, where that is not everybody's."""
    at_end = participation.response(material.data, AFTER, material.moment)
    found = participation.of_the_same(material.data, AFTER, later.id, material.moment)
    if found.rate is None or not enough(found.eligible, material.k) or found.eligible == at_end.eligible:
        return ""
    names = material.wave_name(later.id), material.wave_name(AFTER)
    return words.of_the_same(names[0], found.eligible, names[1], found.responded, found.rate)
