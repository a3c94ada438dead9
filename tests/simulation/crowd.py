"""A few people who have answered both questionnaires, written into the tables; and what may be told of so few."""

from sqlalchemy import text

from storage import cohorts
from surveys.model import CHOSEN
from tests.plugins.respondents import END, OPENS, START, Group

SLUG = "kamnik-slovenscina"
FEWEST = 5
TOLD = {"points", "share"}  # units of what is told of answers; how many people there are is told anyhow
_ANSWERED = text(
    "SELECT count(*) FROM answer JOIN run ON run.id = answer.run JOIN occasion ON occasion.id = run.occasion"
    " JOIN enrolment ON enrolment.id = occasion.enrolment JOIN cohort ON cohort.id = enrolment.cohort"
    " WHERE cohort.programme = :programme AND occasion.wave = :wave AND answer.item = :item"
    " AND answer.value IS NOT NULL"
)


def has_answered(connection, programme, people, random):
    """So many people, who have no phone."""
    cohort = cohorts.add(
        connection, programme=programme, name="Poletje", start=START, end=END, now=OPENS["before"], actor="operator"
    )
    group = Group(connection, programme, cohort.id)
    for _ in range(people):
        one = group.enrols(chat=False)
        for wave in ("before", "after"):
            asked = programme.questionnaire(programme.wave(wave)).items
            said = {item.id: random.choice(item.choices).code for item in asked if item.kind in CHOSEN}
            group.answers(one, wave, **said)


def shown_of_few(report, read):
    """The figures of a report that tell of fewer people than may be told of."""
    found = []
    for figure in report.figures.values():
        source = figure.source
        if figure.value is None or figure.unit not in TOLD or source is None or not source.item:
            continue
        waves = source.waves or ("before",)
        behind = min(read(_ANSWERED, programme=source.programme, wave=wave, item=source.item)[0][0] for wave in waves)
        if behind < FEWEST:
            found.append(f"{figure.id} of {behind}")
    return found
